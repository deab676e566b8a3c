using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MrAgreement.Web.People;

namespace MrAgreement.Web.SignIn;

/// <summary>The cookie of the pages: it holds the key of a session, and who that is is looked up at every request.</summary>
public static class SessionCookie
{
    public const string Scheme = "MrAgreement.Pages";

    // As the framework names it in the cookie.
    const string KeyClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    static readonly object unavailable = new();

    internal static void Add(AuthenticationBuilder authentication, Func<RedirectContext<CookieAuthenticationOptions>, Task> challenge)
    {
        authentication.AddCookie(Scheme, options =>
        {
            options.Cookie.Name = "mragreement";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.CookieManager = new HostCookies();
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "returnUrl";
            // Sessions know themselves when they end.
            options.SlidingExpiration = false;
            options.Events.OnValidatePrincipal = Refresh;
            options.Events.OnRedirectToLogin = challenge;
        });
        authentication.Services.AddSingleton<SessionTickets>();
        authentication.Services.AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<SessionTickets>((options, tickets) => options.SessionStore = tickets);
    }

    /// <summary>Signs somebody in, in a session of its own: what the browser had before ends, and its key is nobody's any more.</summary>
    public static async Task Begin(HttpContext http, PersonId person, Vouched? vouched)
    {
        await End(http);
        var services = http.RequestServices;
        var scheme = (await services.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(Scheme))!;
        // The one that has read the former session would go on with its key.
        var fresh = (CookieAuthenticationHandler)ActivatorUtilities.CreateInstance(services, scheme.HandlerType);
        await fresh.InitializeAsync(scheme, http);
        await fresh.SignInAsync(SessionTickets.Principal(person, vouched), new());
    }

    /// <summary>Ends the session of the request's cookie, whether it still lasts or not.</summary>
    public static async Task End(HttpContext http)
    {
        if (KeyOf(http) is { } key && key.Split('/') is [var person, var id, _] && Guid.TryParseExact(id, "N", out var session))
            await http.RequestServices.GetRequiredService<Sessions>().End(new(person), session, http.RequestAborted);
    }

    /// <summary>Whether the session that the request came with was ended, wherever that was.</summary>
    public static async Task<bool> HasEnded(HttpContext http)
    {
        if (http.User.Identity?.IsAuthenticated != true || KeyOf(http) is not { } key
            || await http.RequestServices.GetRequiredService<Sessions>().Find(key, afresh: true, http.RequestAborted) is not null)
            return false;
        http.User = new(new ClaimsIdentity());
        return true;
    }

    /// <summary>The key in the request's cookie, if it is one of ours; null for none.</summary>
    public static string? KeyOf(HttpContext http)
    {
        var options = http.RequestServices.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Scheme);
        return options.CookieManager.GetRequestCookie(http, options.Cookie.Name!) is { } cookie
            ? options.TicketDataFormat.Unprotect(cookie)?.Principal.FindFirstValue(KeyClaim) : null;
    }

    /// <summary>Whether it could not be found out who is signed in.</summary>
    public static bool IsUnknown(HttpContext http) => http.Items.ContainsKey(unavailable);

    internal static void NoteUnknown(HttpContext http) => http.Items[unavailable] = true;

    static async Task Refresh(CookieValidatePrincipalContext context)
    {
        try
        {
            await context.HttpContext.RequestServices.GetRequiredService<IPeople>().Refresh(context.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is StoreBusyException or StoreUnavailableException)
        {
            NoteUnknown(context.HttpContext);
            context.RejectPrincipal();
        }
    }
}
