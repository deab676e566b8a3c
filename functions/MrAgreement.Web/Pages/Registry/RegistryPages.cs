using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Formats.Tables;
using MrAgreement.Parties;
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
        pages.MapGet("/registry", async Task<IResult> (HttpContext http, DailyRegistry registry, PageVisitor visitor) => !May(visitor)
            ? Failures.Page(StatusCodes.Status403Forbidden)
            : new RazorComponentResult<RegistryPage>(new
            {
                On = Day(visitor), Rows = await registry.On(Day(visitor), visitor.Actor, http.RequestAborted)
            }) { PreventStreamingRendering = true });
        pages.MapGet("/registry.csv", async Task<IResult> (HttpContext http, DailyRegistry registry, PageVisitor visitor) => !May(visitor)
            ? Failures.Page(StatusCodes.Status403Forbidden)
            : Attachment.Of(Csv.Write(DailyRegistry.Sheet(Day(visitor),
                await registry.On(Day(visitor), visitor.Actor, http.RequestAborted), visitor.Language)), Csv.MediaType,
                $"{Attachment.Name("diarium", visitor.Actor.Party, LocalDatePattern.Iso.Format(Day(visitor)))}.csv"));
        pages.MapPost("/agreements/{id:guid}/diary-number", (HttpContext http, Guid id, FormPost post) => post.Answer(http, new(id),
            new Filled(http.Request.Form, http.Request.RouteValues), it => new RecordDiaryNumber(it.Value<DiaryNumber>("number")),
            _ => null, AgreementPages.Show, $"/agreements/{id}?{FormPost.Saved}"));
        pages.MapGet("/agreements/{id:guid}/diary-number", (Guid id) => Results.LocalRedirect($"/agreements/{id}"));
    }

    public static bool May(PageVisitor visitor) => Rights.MaySomewhere(visitor.Actor, Right.UploadDocument);

    static LocalDate Day(PageVisitor visitor) =>
        LocalDatePattern.Iso.Parse(visitor.Asked("date")) is { Success: true, Value: var day } ? day : visitor.Present;
}
