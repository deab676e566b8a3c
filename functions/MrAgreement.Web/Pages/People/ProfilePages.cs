using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Calendars;
using MrAgreement.Web.Feeds;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.SignIn;
using MrAgreement.Web.People;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.Pages.People;

/// <summary>One's own profile, and as what one acts.</summary>
static class ProfilePages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/me", (HttpContext http, PageVisitor visitor) => Show(http, visitor));
        pages.MapGet("/me/export", (HttpContext http, OwnExport export, PageVisitor visitor) => export.Answer(visitor.Person.Id, http));
        pages.MapPost("/me/sessions/{session:guid}/end", End);
        pages.MapPost("/me/sessions/end", EndAll);
        pages.MapPost("/me", Change);
        pages.MapPost("/me/acting", Act);
        pages.MapPost("/me/calendar", GiveCalendar);
        pages.MapPost("/me/calendar/revocation", RevokeCalendar);
        pages.MapPost("/me/feed", GiveFeed);
        pages.MapPost("/me/feed/revocation", RevokeFeed);
    }

    static async Task<IResult> Show(HttpContext http, PageVisitor visitor, string? calendar = null, string? feed = null)
    {
        var (services, id) = (http.RequestServices, visitor.Person.Id);
        var register = services.GetRequiredService<KeptRegister>();
        return PeoplePages.Page<ProfilePage>(new
        {
            Profile = (await register.ReadAfresh(http.RequestAborted))[id], Tag = RegisterTags.Of(register.Tag(id)),
            Sessions = await services.GetRequiredService<Sessions>().List(id, http.RequestAborted),
            Current = SessionTickets.SessionOf(http.User), Calendar = calendar,
            HasCalendar = await services.GetRequiredService<CalendarAddresses>().Has(id, http.RequestAborted), Feed = feed,
            HasFeed = await services.GetRequiredService<FeedAddresses>().Has(id, http.RequestAborted)
        });
    }

    // The address is shown on the page that answers the form, and nowhere else.
    static async Task<IResult> GiveCalendar(HttpContext http, CalendarAddresses addresses, PageVisitor visitor) =>
        visitor.Actor.Role == Role.Reader ? PeoplePages.Denied
            : await Show(http, visitor, await CalendarApi.GiveNew(addresses, visitor.Person.Id, http.Request));

    static async Task<IResult> RevokeCalendar(HttpContext http, CalendarAddresses addresses, PageVisitor visitor)
    {
        await addresses.Set(visitor.Person.Id, null, PeoplePages.Address(http), http.RequestAborted);
        return FormPost.Go(http, $"/me?{FormPost.Saved}#calendar");
    }

    static async Task<IResult> GiveFeed(HttpContext http, FeedAddresses feeds, PageVisitor visitor) =>
        !FeedApi.May(visitor.Person) ? PeoplePages.Denied
            : await Show(http, visitor, feed: await FeedApi.Renew(visitor.Person.Id, feeds, http.Request));

    static async Task<IResult> RevokeFeed(HttpContext http, FeedAddresses feeds, PageVisitor visitor)
    {
        await feeds.Set(visitor.Person.Id, null, PeoplePages.Address(http), http.RequestAborted);
        return FormPost.Go(http, $"/me?{FormPost.Saved}#feed");
    }

    static async Task<IResult> Change(HttpContext http, KeptRegister register, Registrar registrar, PageVisitor visitor)
    {
        var id = visitor.Person.Id;
        if ((await register.ReadAfresh(http.RequestAborted))[id] is not { } before || register.Tag(id) is not { } tag)
            return PeoplePages.Unknown;
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var (name, mail, language) = (filled.Text("name"), filled.Text("mail"), filled.Text("language"));
        var refused = filled.Faults.Count > 0 ? Refused.Invalid(filled.Faults)
            : RegisterTags.Of(tag) != filled.Text(PeoplePages.Tag) ? Attempt.ChangedMeanwhile
            : await registrar.ChangeOwn(id, name, mail, language, tag, PeoplePages.Address(http), http.RequestAborted);
        return refused is null ? FormPost.Go(http, $"/me?{FormPost.Saved}")
            : new ShownAgain(Attempt.Of(http.Request.Path, filled, refused, visitor.Language),
                it => PeoplePages.Page<ProfilePage>(new { Profile = before, Tag = RegisterTags.Of(tag), Attempt = it }, it.Status));
    }

    static async Task<IResult> End(HttpContext http, Guid session, Sessions sessions, SecurityLog log, PageVisitor visitor)
    {
        if (await sessions.End(visitor.Person.Id, session, http.RequestAborted))
            await log.Write(SecurityEvent.SessionEnded, visitor.Person.Id, session.ToString(), PeoplePages.Address(http), null,
                http.RequestAborted);
        return FormPost.Go(http, "/me#sessions");
    }

    // This one too: the next page asks to sign in.
    static async Task<IResult> EndAll(HttpContext http, Sessions sessions, SecurityLog log, PageVisitor visitor)
    {
        var id = visitor.Person.Id;
        await sessions.EndAll(id, http.RequestAborted);
        await log.Write(SecurityEvent.SessionEnded, id, id.Value, PeoplePages.Address(http), "all", http.RequestAborted);
        return FormPost.Go(http, "/sign-in");
    }

    // Kept for as long as the browser is open; whoever comes back acts as before the switch.
    static IResult Act(HttpContext http, PageVisitor visitor)
    {
        if (visitor.Roles.FirstOrDefault(role => Caller.Name(role) == http.Request.Form["role"]) is { } chosen)
            http.Response.Cookies.Append(Caller.Cookie, Caller.Name(chosen), new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps
            });
        return FormPost.Go(http, ReturnAddress.Local(http.Request.Form["returnUrl"]));
    }
}
