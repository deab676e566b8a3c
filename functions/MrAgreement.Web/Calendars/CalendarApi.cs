using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using MrAgreement.Calendars;
using MrAgreement.Formats.Calendars;
using MrAgreement.Overviews;
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

    /// <summary>Where the calendars are.</summary>
    public static readonly SecretPath Path = new("/calendars", ".ics");

    public static void MapCalendars(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path.Hidden, Feed).AllowAnonymous().ExcludeFromDescription();

    static bool May(Person person) => person.Role != Role.Reader;

    static async Task<IResult> Give(Desk desk, CalendarAddresses addresses, HttpRequest request)
    {
        if (!May(desk.Person))
            return Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", desk.Person.Role)));
        var address = await GiveNew(addresses, desk.Person.Id, request);
        request.HttpContext.Response.Headers.Location = address;
        return Results.Json(new CalendarAddress(address), ViewJson.Options, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>A new address for somebody, in the place of any earlier one.</summary>
    public static async Task<string> GiveNew(CalendarAddresses addresses, PersonId person, HttpRequest request)
    {
        var token = CalendarToken.New();
        await addresses.Set(person, token, request.HttpContext.Connection.RemoteIpAddress?.ToString(), request.HttpContext.RequestAborted);
        return Path.Of(token.Secret, request);
    }

    static async Task<IResult> Take(Desk desk, CalendarAddresses addresses, HttpContext http)
    {
        await addresses.Set(desk.Person.Id, null, http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted);
        return Results.NoContent();
    }

    static async Task<IResult> Feed(
        CalendarAddresses addresses, IPeople people, CalendarDays days, KeptOverviews overviews, KeptRegister register, IClock clock,
        HttpContext http)
    {
        try
        {
            return await Written(Path.SecretOf(http), addresses, people, days, overviews, register, clock, http);
        }
        // Calendar programs come again by themselves.
        catch (Exception e) when (e is StoreBusyException or StoreUnavailableException)
        {
            http.Response.Headers.RetryAfter = "60";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    static async Task<IResult> Written(
        string token, CalendarAddresses addresses, IPeople people, CalendarDays days, KeptOverviews overviews, KeptRegister register,
        IClock clock, HttpContext http)
    {
        if (await addresses.Find(new(token), http.RequestAborted) is not { } id
            || people.Find(id).Where(May).ToList() is not { Count: > 0 } roles)
            return Results.NotFound();
        var language = Language.For(register.Now[id]?.Language ?? http.Request.Headers.AcceptLanguage.ToString());
        var (host, today) = (new Uri($"{http.Request.Scheme}://{http.Request.Host}"), StockholmTime.DateOf(clock.GetCurrentInstant()));
        var seen = new List<(PortfolioRow Row, CalendarFeed Feed)>();
        foreach (var role in roles)
            seen.AddRange((await Agreements(role.Actor, today, overviews, http.RequestAborted))
                .Select(row => (row, new CalendarFeed(role.Actor, language, host))));
        // What somebody sees in several roles is there once, as the first of them sees it.
        var agreements = seen.DistinctBy(it => it.Row.Agreement).ToList();
        var tag = CalendarFeed.Tag(language, agreements);
        http.Response.GetTypedHeaders().ETag = tag;
        http.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        // Whose it is stands in the address alone: only their own program keeps it, and asks each time whether it still holds.
        http.Response.Headers.CacheControl = "private, no-cache";
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var all = new List<CalendarDay>();
        foreach (var (row, feed) in agreements)
            all.AddRange(await days.Of(row, feed, http.RequestAborted));
        return Results.Text(ICalendar.Write(language.Say("calendar.name"), all, SystemClock.Instance.GetCurrentInstant()),
            ICalendar.MediaType);
    }

    // In an order that does not depend on the day.
    static async Task<IReadOnlyList<PortfolioRow>> Agreements(Actor actor, LocalDate today, KeptOverviews overviews,
        CancellationToken cancellation)
    {
        var (lists, found) = (await overviews.Now(cancellation), new List<PortfolioRow>());
        for (var page = 1; ; page++)
        {
            var rows = await lists.Portfolio(new(today, actor.SeesEveryAgreement ? null : actor.Party, false, null, null, null, page,
                100) { Order = PortfolioOrder.DiaryNumber }, cancellation);
            found.AddRange(rows.Rows.Select(item => item.Row));
            if (page * 100 >= rows.Total)
                return found;
        }
    }
}

/// <summary>A secret address to subscribe to.</summary>
/// <param name="Url">The address; whoever has it sees the deadlines.</param>
public sealed record CalendarAddress(string Url);
