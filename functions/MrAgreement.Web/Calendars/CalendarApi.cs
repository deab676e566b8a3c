using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Formats.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.People;
using MrAgreement.Web.Texts;
using NodaTime;

namespace MrAgreement.Web.Calendars;

/// <summary>Deadlines as a calendar to subscribe to, at a secret address that its owner can take back.</summary>
static class CalendarApi
{
    public static void MapCalendarAddress(this RouteGroupBuilder api)
    {
        var mine = api.MapGroup("/me/calendar").WithTags("Calendar");
        mine.MapPost("", Give).Answers<CalendarAddress>(StatusCodes.Status201Created).Describe("Get a calendar address", "A new secret address of one's deadlines; an earlier one stops working. Readers have none.");
        mine.MapDelete("", Take).Produces(StatusCodes.Status204NoContent).Describe("Revoke the calendar address", "The address stops working.");
    }

    public static void MapCalendars(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/calendars/{token}.ics", Feed).AllowAnonymous().ExcludeFromDescription();

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

    static async Task<IResult> Feed(string token, CalendarAddresses addresses, DemoPeople people, Dossiers dossiers, Overviews overviews, IClock clock, HttpContext http)
    {
        if (await addresses.Find(new(token), http.RequestAborted) is not { } id || people.Find(id) is not { } person)
            return Results.NotFound();
        var language = Language.For(http.Request.Headers.AcceptLanguage);
        var (days, page, today) = (new List<CalendarDay>(), 1, MrAgreement.Calendars.StockholmTime.DateOf(clock.GetCurrentInstant()));
        while (true)
        {
            var rows = await overviews.Portfolio(new(today, person.Actor.SeesEveryAgreement ? null : person.Party, false, null, null, null, page++, 100), http.RequestAborted);
            foreach (var item in rows.Rows)
                if (await dossiers.Read(item.Row.Agreement, http.RequestAborted) is { } dossier)
                    days.AddRange(dossier.Agreement.InOrder.Where(o => o.EffectiveDueOn is not null).Select(o => Day(dossier, o, language, http.Request)));
            if (page > (rows.Total + 99) / 100)
                return Results.Text(ICalendar.Write(language.Say("calendar.name"), days, SystemClock.Instance.GetCurrentInstant()), ICalendar.MediaType);
        }
    }

    // Nothing in it names a person: the address may be passed on.
    static CalendarDay Day(Dossier dossier, Obligation it, Language language, HttpRequest request) => new(
        $"{it.Key}.{dossier.Id}@mragreement", (int)dossier.Touched, dossier.LastAt, it.EffectiveDueOn!.Value,
        it.IsDelivered ? language.Say("calendar.delivered", ("obligation", it.Title)) : it.Title,
        $"{dossier.Agreement.Terms.DiaryNumber}: {DueText.Of(language, dossier.Agreement, it)}",
        new($"{request.Scheme}://{request.Host}/agreements/{dossier.Id}/obligations/{it.Key}"), it.Waived is not null);
}

/// <summary>A secret address to subscribe to.</summary>
/// <param name="Url">The address; whoever has it sees the deadlines.</param>
public sealed record CalendarAddress(string Url);
