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
    public static void MapDeadlines(this RouteGroupBuilder api)
    {
        api.MapGet("/deadlines", List).WithTags("Deadlines").Answers<Listing<DeadlineView>>()
            .Describe("List deadlines", "Dated obligations across the caller's agreements, soonest first. from and to are inclusive; status may be a status or overdue.");
        api.MapGet("/deadlines/late", Late).WithTags("Deadlines").Answers<Listing<LatePartyView>>()
            .Describe("List who is late", "Each party that owes something overdue in the caller's agreements: how many obligations, and for how long. Whoever is late with most comes first.");
    }

    static async Task<IResult> Late(Paging paging, Desk desk, KeptOverviews overviews, HttpRequest request)
    {
        var all = await overviews.Deadlines(LateParty.Query(desk.Person.Actor, desk.Today), request.HttpContext.RequestAborted);
        return Results.Json(paging.Of(request, LateParty.Of(all.Rows, desk.Today).Select(LatePartyView.Of).ToList()), ViewJson.Options);
    }

    static async Task<IResult> List(
        Paging paging, Desk desk, KeptOverviews overviews, HttpRequest request,
        DateParameter? from = null, DateParameter? to = null, string? party = null, string? status = null, Guid? agreement = null,
        string? responsible = null)
    {
        if (status is not null and not "overdue" && !Choice.Is<ObligationStatus>(status))
            return Problem.Malformed("status");
        var by = desk.Person.Actor;
        var page = await overviews.Deadlines(new(desk.Today, by.SeesEveryAgreement ? null : by.Party, from?.Date, to?.Date, party,
            status?.ToLowerInvariant(),
            agreement is { } id ? new AgreementId(id) : null, paging.Page, paging.Limit)
        {
            Responsible = responsible
        }, request.HttpContext.RequestAborted);
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
        var overdue = row.IsLate(today);
        return new(row.Agreement, row.DiaryNumber, row.Key, row.Title, row.DueOn, row.EffectiveDueOn, row.Status,
            overdue, overdue ? Period.DaysBetween(row.EffectiveDueOn, today) : 0, row.Responsible, row.Recipient);
    }
}

/// <summary>A party that is late.</summary>
/// <param name="Party">Its key; null where nobody in particular owes it.</param>
/// <param name="Number">Obligations that it owes, alone or with others, and that are overdue.</param>
/// <param name="Agreements">How many agreements they are in.</param>
/// <param name="OldestDays">For how many days the oldest has been overdue.</param>
/// <param name="Oldest">The one that has been overdue for longest.</param>
public sealed record LatePartyView(string? Party, int Number, int Agreements, int OldestDays, OldestView Oldest)
{
    internal static LatePartyView Of(LateParty it) => new(it.Party, it.Number, it.Agreements, it.Days, new(it.Oldest.Agreement,
        it.Oldest.DiaryNumber, it.Oldest.Key, it.Oldest.Title, it.Oldest.EffectiveDueOn));
}

/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="DiaryNumber">The agreement's diary number.</param>
/// <param name="Obligation">Key of the obligation.</param>
/// <param name="Title">Its title.</param>
/// <param name="EffectiveDueOn">The date by the agreement's working-day rule.</param>
public sealed record OldestView(AgreementId Agreement, string DiaryNumber, string Obligation, string Title, LocalDate EffectiveDueOn);
