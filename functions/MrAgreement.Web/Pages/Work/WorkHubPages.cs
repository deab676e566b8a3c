using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Work;

/// <summary>The page that the parts of the work lead from.</summary>
static class WorkHubPages
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet($"/agreements/{{id:guid}}{Places.Work}", async (HttpContext http,
        Guid id, Dossiers dossiers, PageVisitor visitor, KeptOrganisations register) => await visitor.Find(dossiers, id) is { } dossier
            ? WorkPages.Page<WorkHubPage>(dossier, visitor, new { Dossier = dossier, Register = await register.Read(http.RequestAborted) })
            : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();

    /// <summary>The pages of a part, its own first, below the agreement's address; with the keys of their names.</summary>
    public static IReadOnlyList<(string Name, string Page)> Of(WorkPart part) => part switch
    {
        WorkPart.Recommendations => [("recommendations.heading", Places.Recommendations)],
        WorkPart.Findings => [("findings.heading", Places.Findings)],
        WorkPart.Plan => [("plan.heading", Places.Plan)],
        WorkPart.Indicators => [("indicators.heading", Places.Indicators), ("heat.heading", Places.HeatMap)],
        WorkPart.Efforts =>
            [("efforts.heading", Places.Efforts), ("reached.heading", Places.Coverage), ("ladder.heading", Places.Ladder)],
        WorkPart.Publications => [("publications.heading", Places.Publications)],
        WorkPart.Reports => [("work-report.heading", Places.Reports)],
        WorkPart.Bodies => [("bodies.heading", Places.Bodies)]
    };

    /// <summary>Where what is lacking is seen to, below the agreement's address.</summary>
    public static string To(WorkPart part, WorkLack lack, string key) => lack switch
    {
        WorkLack.PlanOwed or WorkLack.ReportOwed => $"{Places.Obligations}/{Uri.EscapeDataString(key)}",
        WorkLack.NotReceived => $"{Places.Recommendations}#information-{key}",
        WorkLack.NotChecked => $"{Places.Plan}/focus-areas/{key}",
        WorkLack.NotReported => $"{Places.Plan}/measures/{key}",
        WorkLack.NotMet => $"{Places.Bodies}#body-{key}",
        _ => $"{Of(part)[0].Page}/{key}"
    };
}
