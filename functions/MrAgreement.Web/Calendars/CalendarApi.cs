using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Formats.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.People;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Calendars;

/// <summary>Deadlines as a calendar to subscribe to, at a secret address that its owner can take back.</summary>
static class CalendarApi
{
    public static void MapCalendarAddress(this RouteGroupBuilder api)
    {
        var mine = api.MapGroup("/me/calendar").WithTags("Calendar");
        mine.MapPost("", Give).Answers<CalendarAddress>(StatusCodes.Status201Created)
            .Describe("Get a calendar address",
            "A new secret address of one's deadlines; an earlier one stops working. Readers have none.");
        mine.MapDelete("", Take).Produces(StatusCodes.Status204NoContent)
            .Describe("Revoke the calendar address", "The address stops working.");
    }

    // What stands in the address in place of the secret, for whatever logs it or traces it.
    const string Hidden = "-";
    const string Folder = "/calendars";
    const string Ending = ".ics";

    static readonly object secret = new();

    /// <summary>Takes a calendar's secret out of the request's address and of its span, before anything else reads them.</summary>
    public static void HideSecret(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Folder, out var rest) || !rest.HasValue || rest.Value.Length < 2)
            return;
        var named = rest.Value[1..];
        http.Items[secret] = named.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? named[..^Ending.Length] : "";
        http.Request.Path = $"{Folder}/{Hidden}{Ending}";
        http.Features.Get<IHttpActivityFeature>()?.Activity?.SetTag("url.path", http.Request.Path.Value);
    }

    public static void MapCalendars(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"{Folder}/{Hidden}{Ending}", Feed).AllowAnonymous().ExcludeFromDescription();

    static async Task<IResult> Give(Desk desk, CalendarAddresses addresses, HttpRequest request)
    {
        if (desk.Person.Role == Role.Reader)
            return Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", desk.Person.Role)));
        var token = CalendarToken.New();
        await addresses.Set(desk.Person.Id, token, request.HttpContext.RequestAborted);
        var address = $"{request.Scheme}://{request.Host}/calendars/{token.Secret}.ics";
        request.HttpContext.Response.Headers.Location = address;
        return Results.Json(new CalendarAddress(address), ViewJson.Options, statusCode: StatusCodes.Status201Created);
    }

    static async Task<IResult> Take(Desk desk, CalendarAddresses addresses, HttpContext http)
    {
        await addresses.Set(desk.Person.Id, null, http.RequestAborted);
        return Results.NoContent();
    }

    static async Task<IResult> Feed(
        CalendarAddresses addresses, DemoPeople people, Dossiers dossiers, KeptOverviews overviews, IClock clock, HttpContext http)
    {
        try
        {
            return await Written(http.Items[secret] as string ?? "", addresses, people, dossiers, overviews, clock, http);
        }
        // Calendar programs come again by themselves.
        catch (Exception e) when (e is StoreBusyException or StoreUnavailableException)
        {
            http.Response.Headers.RetryAfter = "60";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    static async Task<IResult> Written(
        string token, CalendarAddresses addresses, DemoPeople people, Dossiers dossiers, KeptOverviews overviews, IClock clock,
        HttpContext http)
    {
        if (await addresses.Find(new(token), http.RequestAborted) is not { } id || people.Find(id) is not { } person)
            return Results.NotFound();
        var language = Language.For(http.Request.Headers.AcceptLanguage);
        var (days, page, today) = (new List<CalendarDay>(), 1, StockholmTime.DateOf(clock.GetCurrentInstant()));
        while (true)
        {
            var rows = await overviews.Portfolio(new(today, person.Actor.SeesEveryAgreement ? null : person.Party, false, null, null, null,
                page++, 100), http.RequestAborted);
            foreach (var item in rows.Rows)
                if (await dossiers.Read(item.Row.Agreement, http.RequestAborted) is { } dossier)
                    days.AddRange(dossier.Agreement.InOrder
                        .Select(o => Day(Drafts.Seen(dossier, person.Actor), o, language, http.Request)).OfType<CalendarDay>());
            if (page > (rows.Total + 99) / 100)
                return Results.Text(ICalendar.Write(language.Say("calendar.name"), days, SystemClock.Instance.GetCurrentInstant()),
                    ICalendar.MediaType);
        }
    }

    // Nothing in it names a person: the address may be passed on. Null for what never had a day.
    static CalendarDay? Day(Dossier dossier, Obligation it, Language language, HttpRequest request)
    {
        var (agreement, number) = (dossier.Agreement, dossier.Agreement.Terms.DiaryNumber);
        if (On(agreement, it) is not { } on)
            return null;
        return new(
            $"{it.Key}.{dossier.Id}@mragreement", (int)dossier.Touched, dossier.LastAt, on,
            Happened(agreement, it) is { } happened
                ? language.Say(happened, ("obligation", it.Title), ("date", it.DeliveredOn ?? on))
                : it.Title,
            it is { Waived: not null, DueOn: null } ? $"{number}" : $"{number}: {DueText.Of(language, dossier, it)}",
            new($"{request.Scheme}://{request.Host}/agreements/{dossier.Id}/obligations/{it.Key}"),
            it.Waived is not null || HasLostItsDay(it));
    }

    // On the day set for it, else the last for it. What has no day any more
    // stays on the one it had: those who subscribe see what became of it.
    static LocalDate? On(Agreement agreement, Obligation it) =>
        it.TakesPlaceOn ?? it.EffectiveDueOn ?? (it.Moves is [.., { From: var last }] ? agreement.WorkingDayRule.Effective(last) : null);

    static bool HasLostItsDay(Obligation it) => it is { EffectiveDueOn: null, ScheduledOn: null, IsDelivered: false };

    // What has become of it, as a text of the calendar; null while it is still owed.
    static string? Happened(Agreement agreement, Obligation it) => it switch
    {
        { Waived: not null } when agreement.IsDroppedByEnd(it) => "calendar.terminated",
        { Waived: not null } => "calendar.waived",
        { FulfilledOn: not null, Kind: ObligationKind.Requisition } => "calendar.requisitioned",
        { FulfilledOn: not null, Kind: ObligationKind.Repayment } => "calendar.repaid",
        { FulfilledOn: not null } => "calendar.paid",
        { Completions.Count: > 0, Agenda.Count: > 0 } => "calendar.held",
        { Completions.Count: > 0 } => "calendar.completed",
        { LastSubmission.State: SubmissionState.Accepted, Acceptance: true } => "calendar.accepted",
        { LastSubmission.State: SubmissionState.Accepted or SubmissionState.Submitted } => "calendar.delivered",
        { LastSubmission.State: SubmissionState.Returned } => "calendar.returned",
        _ when HasLostItsDay(it) => "calendar.undated",
        _ => null
    };
}

/// <summary>A secret address to subscribe to.</summary>
/// <param name="Url">The address; whoever has it sees the deadlines.</param>
public sealed record CalendarAddress(string Url);
