using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace MrAgreement.Web.Pages.SignIn;

/// <summary>Sign-ins by their cookies: those that somebody ended here, and those that ran out by themselves a while ago.</summary>
sealed class Sessions(IOptionsMonitor<CookieAuthenticationOptions> cookies)
{
    // Of the oldest that were ended, the cookies have run out by then.
    const int MostEnded = 10_000;

    // Within it somebody signs in again and goes on.
    static readonly TimeSpan mayBeLate = TimeSpan.FromDays(1);

    readonly ConcurrentDictionary<string, byte> ended = new();
    readonly ConcurrentQueue<string> inOrder = new();

    /// <summary>What tells one sign-in from the person's others.</summary>
    public static Claim New() => new(ClaimTypes.Sid, Guid.NewGuid().ToString("N"));

    public void End(ClaimsPrincipal signedIn)
    {
        if (signedIn.FindFirstValue(ClaimTypes.Sid) is not { } session || !ended.TryAdd(session, 0))
            return;
        inOrder.Enqueue(session);
        while (inOrder.Count > MostEnded && inOrder.TryDequeue(out var oldest))
            ended.TryRemove(oldest, out _);
    }

    public bool IsEnded(ClaimsPrincipal? signedIn) => signedIn?.FindFirstValue(ClaimTypes.Sid) is { } session && ended.ContainsKey(session);

    /// <summary>Whether the request brings a cookie of ours that nobody ended and that ran out within a day.</summary>
    public bool HasJustRunOut(HttpContext http)
    {
        var options = cookies.Get(PageSignIn.Scheme);
        if (options.CookieManager.GetRequestCookie(http, options.Cookie.Name!) is not { } cookie
            || options.TicketDataFormat.Unprotect(cookie) is not { Properties.ExpiresUtc: { } until } ticket)
            return false;
        var late = (options.TimeProvider ?? TimeProvider.System).GetUtcNow() - until;
        return late > TimeSpan.Zero && late < mayBeLate && !IsEnded(ticket.Principal);
    }
}
