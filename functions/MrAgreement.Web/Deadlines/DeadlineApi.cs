using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using Period = NodaTime.Period;

namespace MrAgreement.Web.Deadlines;

/// <summary>Dated obligations across agreements.</summary>
static class DeadlineApi
{
    public static void MapDeadlines(this RouteGroupBuilder api) =>
        api.MapGet("/deadlines", List).WithTags("Deadlines").Answers<Listing<DeadlineView>>()
            .Describe("List deadlines", "Dated obligations across the caller's agreements, soonest first. from and to are inclusive; status may be a status or overdue.");

    static async Task<IResult> List(
        Paging paging, Desk desk, KeptOverviews overviews, HttpRequest request,
        DateParameter? from = null, DateParameter? to = null, string? party = null, string? status = null, Guid? agreement = null)
    {
        if (status is not null and not "overdue" && !Choice.Is<ObligationStatus>(status))
            return Problem.Result(StatusCodes.Status400BadRequest, new("malformed-parameter", ("name", "status")));
        var by = desk.Person.Actor;
        var page = await overviews.Deadlines(new(desk.Today, by.SeesEveryAgreement ? null : by.Party, from?.Date, to?.Date, party,
            status?.ToLowerInvariant(),
            agreement is { } id ? new AgreementId(id) : null, paging.Page, paging.Limit), request.HttpContext.RequestAborted);
        return Results.Json(paging.Of<DeadlineView>(request, [.. page.Rows.Select(row => DeadlineView.Of(row, desk.Today))], page.Total),
            ViewJson.Options);
    }
}

/// <summary>A dated obligation in the list across agreements.</summary>
/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="DiaryNumber">The agreement's diary number.</param>
/// <param name="Obligation">Key of the obligation.</param>
/// <param name="Title">Its title.</param>
/// <param name="DueOn">The nominal date.</param>
/// <param name="EffectiveDueOn">The date by the agreement's working-day rule.</param>
/// <param name="Status">waiting, open, submitted, returned, done or waived.</param>
/// <param name="Overdue">Past its effective date and not submitted, done or waived.</param>
/// <param name="OverdueDays">Days past the effective date; 0 when not overdue.</param>
/// <param name="Responsible">Keys of the parties that owe it.</param>
/// <param name="Recipient">Key of the party it is owed to.</param>
public sealed record DeadlineView(
    AgreementId Agreement, string DiaryNumber, string Obligation, string Title, LocalDate DueOn, LocalDate EffectiveDueOn, string Status,
    bool Overdue, int OverdueDays, IReadOnlyList<string> Responsible, string? Recipient)
{
    internal static DeadlineView Of(DueRow row, LocalDate today)
    {
        var overdue = row.Status is "waiting" or "open" or "returned" && row.EffectiveDueOn < today;
        return new(row.Agreement, row.DiaryNumber, row.Key, row.Title, row.DueOn, row.EffectiveDueOn, row.Status,
            overdue, overdue ? Period.DaysBetween(row.EffectiveDueOn, today) : 0, row.Responsible, row.Recipient);
    }
}
