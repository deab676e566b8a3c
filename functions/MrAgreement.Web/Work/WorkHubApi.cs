using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Organisations;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Work;

/// <summary>The work itself at a glance: how much there is of each part, and what is missing.</summary>
static class WorkHubApi
{
    public static void MapWorkHub(this RouteGroupBuilder api) =>
        api.MapGet("/agreements/{agreementId:guid}/work", Show).WithTags("Work").Answers<WorkHubView>().Describe("Show the work at a glance",
            "For each part of the work how many there are, and what is missing now: findings that no measure takes up, measures whose "
            + "period has ended and of which nothing is told, readings past their day and so on. The figures are those of the coverage "
            + "and of the work list. Whoever may not read the work is told of no part.");

    static async Task<IResult> Show(AgreementId agreementId, Desk desk, KeptOrganisations register, HttpRequest request,
        DateParameter? asOf = null)
    {
        var all = await register.Read(request.HttpContext.RequestAborted);
        return await desk.Show(agreementId, asOf, at => Results.Json(WorkHubView.Of(at, all), ViewJson.Options));
    }
}

/// <summary>The work itself at a glance.</summary>
/// <param name="Parts">In the order in which the work is done.</param>
public sealed record WorkHubView(IReadOnlyList<WorkPartView> Parts)
{
    internal static WorkHubView Of(Viewpoint at, OrganisationRegister register) => new(at.SeesWork
        ? [.. WorkHub.Of(at.Dossier, at.By, at.Today, register).Select(row => new WorkPartView(row.Part, row.Count,
            [.. row.Missing.Select(gap => new WorkGapView(gap.Lack, gap.Of.Count,
                [.. gap.Of.Select(item => new LackingView(item.Key, item.Title, item.DueOn))]))]))]
        : []);
}

/// <param name="Part">recommendations, findings, plan, indicators, efforts, publications, reports or bodies.</param>
/// <param name="Count">How many there are; of a plan its measures, of efforts and findings those that stand.</param>
/// <param name="Missing">What is missing now; none when nothing is.</param>
public sealed record WorkPartView(WorkPart Part, int Count, IReadOnlyList<WorkGapView> Missing);

/// <param name="Lack">What is missing, as in without-measure or not-reported.</param>
/// <param name="Count">Of how many.</param>
/// <param name="Of">Which they are.</param>
public sealed record WorkGapView(WorkLack Lack, int Count, IReadOnlyList<LackingView> Of);

/// <param name="Key">Number of a recommendation, a finding, an information, an effort or a publication; key of an obligation, a measure, a
/// focus area, an indicator or a body.</param>
/// <param name="Title">What it is called; of an information the numbers of its recommendations.</param>
/// <param name="DueOn">The day by which it is to be handed in; null where there is none.</param>
public sealed record LackingView(string Key, string Title, LocalDate? DueOn);
