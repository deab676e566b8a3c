using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.Portfolio;
using MrAgreement.Web.Portfolio;

namespace MrAgreement.Web.Pages.Deadlines;

/// <summary>Dated obligations across agreements: as a list of what is overdue
/// and what comes, or of what somebody filters for; or as a month.</summary>
static class DeadlinePages
{
    public const int PageSize = 50;

    /// <summary>As many as a month shows.</summary>
    public const int MostInMonth = 150;

    /// <summary>Who is late with what.</summary>
    public const string Late = "/late";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/deadlines", Show);
        pages.MapGet(Late, ShowLate);
        foreach (var format in SheetFile.Formats)
        {
            pages.MapGet($"{Late}.{format}", async (HttpContext http, KeptOverviews overviews, PageVisitor visitor) =>
                SheetFile.Of(format, "late.file", visitor, new PortfolioSheets(visitor.Language, visitor.Actor, visitor.Today)
                    .Late(LateParty.Of(await Overdue(overviews, visitor, http.RequestAborted), visitor.Today))));
            pages.MapGet($"/deadlines.{format}", async (HttpContext http, KeptOverviews overviews, PageVisitor visitor) =>
            {
                var filter = DeadlineFilter.In(http.Request.Query, visitor.Today);
                // What is overdue comes before what is to come: by day they are one list.
                var all = await overviews.Deadlines(Shown(filter, Query(filter, visitor) with { Page = 1 }, visitor.Today) with
                {
                    From = filter.Month?.OnDayOfMonth(1), Limit = int.MaxValue
                }, http.RequestAborted);
                return SheetFile.Of(format, "deadlines.file", visitor,
                    new PortfolioSheets(visitor.Language, visitor.Actor, visitor.Today).Deadlines(all.Rows));
            });
        }
    }

    static async Task<IResult> ShowLate(HttpContext http, KeptOverviews overviews, PageVisitor visitor) =>
        Rendered.Page<LatePage>(new { Rows = LateParty.Of(await Overdue(overviews, visitor, http.RequestAborted),
            visitor.Today) });

    static async Task<IReadOnlyList<DueRow>> Overdue(KeptOverviews overviews, PageVisitor visitor, CancellationToken cancellation) =>
        (await overviews.Deadlines(LateParty.Query(visitor.Actor, visitor.Today), cancellation)).Rows;

    static DeadlineQuery Query(DeadlineFilter filter, PageVisitor visitor) => new(visitor.Today,
        visitor.Actor.SeesEveryAgreement ? null : visitor.Actor.Party, null, null, filter.Party, filter.Status, filter.Agreement,
        filter.Page, PageSize) { Responsible = filter.Responsible };

    static DeadlineQuery Shown(DeadlineFilter filter, DeadlineQuery query, LocalDate today) => filter switch
    {
        { Month: { } month } => query with { From = month.OnDayOfMonth(1), To = month.ToDateInterval().End, Page = 1,
            Limit = MostInMonth },
        { IsUpcoming: true } => query with { From = today, OutstandingOnly = true },
        _ => query
    };

    static async Task<IResult> Show(HttpContext http, KeptOverviews overviews, SavedViews views, PageVisitor visitor)
    {
        var filter = DeadlineFilter.In(http.Request.Query, visitor.Today);
        var query = Query(filter, visitor);
        var lists = await overviews.Now(http.RequestAborted);
        var overdue = filter.IsUpcoming
            ? await lists.Deadlines(query with { Status = DeadlineFilter.Overdue, Page = 1 }, http.RequestAborted) : new([], 0);
        var found = await lists.Deadlines(Shown(filter, query, visitor.Today), http.RequestAborted);
        var parties = await lists.Parties(query.Viewer, http.RequestAborted);
        return Rendered.Page<DeadlinesPage>(new { Overdue = overdue, Found = found, Filter = filter,
            Parties = parties, Views = await views.Glance(visitor.Person.Id, http.RequestAborted) });
    }
}
