using Microsoft.AspNetCore.Http;
using MrAgreement.EventSourcing;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Forms;

/// <summary>A form that was refused: it comes back with what was typed, and says what to mend and where.</summary>
/// <param name="Action">The address it was sent to, by which the page finds the form again.</param>
/// <param name="Sentence">What stood against it as a whole; null when the fields say it all.</param>
/// <param name="Uploaded">Documents that came with it and need not be sent again.</param>
public sealed record Attempt(string Action, IFormCollection Typed, int Status, string? Sentence, IReadOnlyList<FieldFault> Faults, IReadOnlyList<Guid> Uploaded)
{
    /// <summary>The refusal of a form that somebody else's change overtook.</summary>
    public static readonly Refused ChangedMeanwhile = new("changed-meanwhile");

    internal static Attempt Of(string action, Filled filled, Refused refused, Language language) => new(
        action, filled.Form, StatusOf(refused),
        refused.Faults.Count == 0 || refused.Faults.All(f => f.Rule != refused.Slug) ? Say(language, refused.Slug, refused.Values) : null,
        [.. refused.Faults.Select(f => new FieldFault(Field(f.Pointer, filled), Say(language, f.Rule, f.Values)))],
        filled.Uploaded);

    /// <summary>The fault beside a field, or null.</summary>
    public string? FaultOf(string field) => Faults.FirstOrDefault(f => f.Field == field)?.Sentence;

    static int StatusOf(Refused refused) => refused == ChangedMeanwhile
        ? StatusCodes.Status412PreconditionFailed
        : refused.Kind switch
        {
            RefusalKind.Rule => StatusCodes.Status409Conflict,
            RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound
        };

    // "/signatories/0/name" is the field of that name, if the form has it; else the group that it belongs to.
    static string? Field(string pointer, Filled filled)
    {
        var whole = pointer.TrimStart('/');
        return filled.Form.ContainsKey(whole) || filled.Form.Files.GetFile(whole) is not null ? whole : whole.Split('/')[0];
    }

    static string Say(Language language, string slug, IReadOnlyList<(string Place, object Value)> values)
    {
        var key = new[] { $"form.{slug}", $"rule.{slug}", $"problem.{slug}.detail" }.FirstOrDefault(key => language.Find(key) is not null);
        return language.Say(key ?? "form.refused", values);
    }
}

/// <param name="Field">Name of the field, or of the group of fields; null for the form as a whole.</param>
public sealed record FieldFault(string? Field, string Sentence);
