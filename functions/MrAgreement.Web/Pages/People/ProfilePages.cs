using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.People;
using MrAgreement.Running;
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
        pages.MapGet("/me", (HttpContext http, KeptRegister register, Sessions sessions, FeedAddresses feeds,
            PageVisitor visitor) => Shown(http, register, sessions, feeds, visitor));
        // The address is shown on the page that answers the form, and nowhere else.
        pages.MapPost("/me/feed", async (HttpContext http, KeptRegister register, Sessions sessions, FeedAddresses feeds,
            PageVisitor visitor) => !FeedApi.May(visitor.Person) ? PeoplePages.Denied
                : await Shown(http, register, sessions, feeds, visitor, await FeedApi.Renew(visitor.Person.Id, feeds, http.Request)));
        pages.MapPost("/me/feed/end", async (HttpContext http, FeedAddresses feeds, PageVisitor visitor) =>
        {
            await feeds.Set(visitor.Person.Id, null, http.RequestAborted);
            return FormPost.Go(http, $"/me?{FormPost.Saved}");
        });
        pages.MapGet("/me/export", (HttpContext http, OwnExport export, PageVisitor visitor) => export.Answer(visitor.Person.Id, http));
        pages.MapPost("/me/sessions/{session:guid}/end", End);
        pages.MapPost("/me/sessions/end", EndAll);
        pages.MapPost("/me", Change);
        pages.MapPost("/me/acting", Act);
    }

    static async Task<IResult> Shown(HttpContext http, KeptRegister register, Sessions sessions, FeedAddresses feeds, PageVisitor visitor,
        string? feed = null) => PeoplePages.Page<ProfilePage>(new
        {
            Profile = (await register.ReadAfresh(http.RequestAborted))[visitor.Person.Id],
            Tag = RegisterTags.Of(register.Tag(visitor.Person.Id)),
            Sessions = await sessions.List(visitor.Person.Id, http.RequestAborted), Current = SessionTickets.SessionOf(http.User),
            HasFeed = await feeds.Has(visitor.Person.Id, http.RequestAborted), Feed = feed
        });

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
