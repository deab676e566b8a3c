using Microsoft.AspNetCore.Http;
using MrAgreement.Calendars;
using MrAgreement.Web.Http;
using NodaTime.Text;

namespace MrAgreement.Web.Documents;

/// <summary>A document that is being uploaded: its fields are read, its bytes not stored yet.</summary>
sealed record DocumentUpload(Upload Form)
{
    public const long MaxBytes = 100 * 1024 * 1024;

    static readonly string[] newDocumentFields = ["title", "kind", "receivedOn", "confidential", "legalGround", "copyOf", "from"];

    public LocalDate? ReceivedOn => Date(Form);

    public Guid? CopyOf => Guid.TryParse(Form.Optional("copyOf"), out var id) ? id : null;

    public static async Task<(DocumentUpload? Upload, IResult? Failure)> Read(HttpRequest request, bool newDocument)
    {
        var (form, failure) = await Upload.Read(request, MaxBytes, newDocument ? newDocumentFields : [], Faults);
        return form is null ? (null, failure) : (new(form), null);
    }

    static IEnumerable<Fault> Faults(Upload form)
    {
        // Before its bytes are stored.
        if (form.HasFile && form.File.Length <= MaxBytes && Upload.Against(form.File) is { } fault)
            yield return fault;
        if (form.Optional("receivedOn") is not null && Date(form) is null)
            yield return new("/receivedOn", "invalid-date");
        if (form.Optional("copyOf") is { } copy && !Guid.TryParse(copy, out _))
            yield return new("/copyOf", "invalid-id");
        if (form.Optional("confidential") is not (null or "true" or "false"))
            yield return new("/confidential", "invalid-choice", ("choices", "true, false"));
    }

    static LocalDate? Date(Upload form) =>
        LocalDatePattern.Iso.Parse(form["receivedOn"]) is { Success: true, Value: var date } && DateRange.Holds(date.Year) ? date : null;
}
