using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Formats.Letters;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Portfolio;

/// <summary>Reports of a month or a quarter over a party's agreements.</summary>
static class ReportApi
{
    public static void MapReports(this RouteGroupBuilder api) =>
        api.MapGet("/reports/{period}", Show).WithTags("Agreements").AnswersContent(LetterPdf.MediaType)
            .Describe("Print a month's or a quarter's report",
                "What came in, what was decided, what was late and what was paid in the agreements of the caller's party, as PDF. Of a span that is not over, until today.");

    static async Task<IResult> Show(string period, Desk desk, SpanReports reports, HttpContext http)
    {
        var by = desk.Person.Actor;
        if (!SpanReports.IsFor(by))
            return Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", desk.Person.Role)));
        if (ReportSpan.Parse(period) is not { } span)
            return Problem.Malformed("period");
        if (span.From > desk.Today)
            return Problem.Result(new Refused("report-not-begun", ("date", span.From)));
        return await reports.File(span, by, desk.Today, Language.For(http.Request.Headers.AcceptLanguage.ToString()),
            http.RequestAborted);
    }
}
