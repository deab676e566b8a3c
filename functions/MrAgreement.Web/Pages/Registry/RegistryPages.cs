using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Formats.Tables;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Registry;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Registry;

/// <summary>What the visitor's party registers of a day, as a page and as CSV for the registrator; and its own number of a matter.
/// </summary>
static class RegistryPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/registry", (HttpContext http, DailyRegistry registry, PageVisitor visitor) => Of(http, registry, visitor,
            (day, found) => Rendered.Page<RegistryPage>(new { On = day, found.Rows, found.Unread })));
        pages.MapGet("/registry.csv", (HttpContext http, DailyRegistry registry, PageVisitor visitor) => Of(http, registry, visitor,
            (day, found) => Attachment.Of(Csv.Write(DailyRegistry.Sheet(day, found, visitor.Language)), Csv.MediaType,
                $"{Attachment.Name("diarium", visitor.Actor.Party, LocalDatePattern.Iso.Format(day))}.csv")));
        pages.MapPost("/agreements/{id:guid}/diary-number", (HttpContext http, Guid id, FormPost post, PageVisitor visitor) => post.Answer(
            http, new(id), new Filled(http.Request.Form, http.Request.RouteValues),
            it => new RecordDiaryNumber(it.Value<DiaryNumber>("number")),
            _ => null, (dossier, refused) => AgreementPages.Show(Places.Documents, dossier, visitor, refused),
            AgreementPages.Done(id, "documents")));
        pages.MapGet("/agreements/{id:guid}/receipts/{sequence:long}/{party}", async (Guid id, long sequence, string party,
            Dossiers dossiers, PageVisitor visitor) => await visitor.Find(dossiers, id) is { } dossier
            && dossier.Acts.Find(it => it.Sequence == sequence) is { } of
            && Sight.Sees(dossier, visitor.Actor, of.Happened)
            && ReceiptView.Of(of, dossier.Agreement).FirstOrDefault(it => it.Party == party) is { } receipt
            ? receipt.File(visitor.At(dossier), of.Party, visitor.Language.Word(MrAgreement.Overviews.Registry.KindOf(of)), [of.Title],
                sequence)
            : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapGet("/agreements/{id:guid}/diary-number", (Guid id) => Results.LocalRedirect($"/agreements/{id}{Places.To("documents")}"));
    }

    // Another day than was asked for would be filed as that.
    static async Task<IResult> Of(HttpContext http, DailyRegistry registry, PageVisitor visitor,
        Func<LocalDate, OutOfMany<RegisteredRow>, IResult> show) =>
        !DailyRegistry.IsKeptBy(visitor.Actor) ? Failures.Page(StatusCodes.Status403Forbidden)
        : Day(visitor) is not { } day ? Failures.Page(StatusCodes.Status400BadRequest)
        : show(day, await registry.On(day, visitor.Actor, http.RequestAborted));

    static LocalDate? Day(PageVisitor visitor) => visitor.Asked("date") is not { Length: > 0 } asked ? visitor.Present
        : LocalDatePattern.Iso.Parse(asked) is { Success: true, Value: var day } ? day : null;
}
