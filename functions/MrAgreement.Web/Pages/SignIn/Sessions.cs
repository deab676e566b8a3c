using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Pages.SignIn;

/// <summary>
/// Sign-ins by their cookies: those that somebody ended, and those that ran
/// out by themselves a while ago. What was ended here is known to this host
/// and kept for the others, which ask for it only when something long comes: a look at a page costs no read.
/// </summary>
sealed class Sessions(IOptionsMonitor<CookieAuthenticationOptions> cookies, IKeptRecords kept, ILogger<Sessions> log)
{
    const string Kind = "ended-sign-ins";

    // Of the oldest that were ended, the cookies have run out by then.
    const int MostEnded = 10_000;

    // Within it somebody signs in again and goes on.
    static readonly TimeSpan mayBeLate = TimeSpan.FromDays(1);

    // A copy of a cookie that is used elsewhere is renewed there for as long as it is.
    static readonly Duration remembered = Duration.FromDays(30);

    readonly ConcurrentDictionary<string, byte> ended = new();
    readonly ConcurrentQueue<string> inOrder = new();

    /// <summary>What tells one sign-in from the person's others.</summary>
    public static Claim New() => new(ClaimTypes.Sid, Guid.NewGuid().ToString("N"));

    public async Task End(ClaimsPrincipal signedIn)
    {
        if (Id(signedIn) is not { } session || !Remember(session))
            return;
        try
        {
            await kept.Put(new(Kind, session, new byte[] { 1 }, Expires: Now + remembered), Now);
            await kept.Sweep(Kind, Now);
        }
        // Here it is over all the same.
        catch (Exception e) when (e is StoreBusyException or StoreUnavailableException)
        {
            log.LogWarning(e, "A sign-in was ended here, and other hosts could not be told.");
        }
    }

    public bool IsEnded(ClaimsPrincipal? signedIn) => Id(signedIn) is { } session && ended.ContainsKey(session);

    /// <summary>Whether somebody ended it, at whichever host; asked for what is long only.</summary>
    public async Task<bool> IsEndedAnywhere(ClaimsPrincipal? signedIn, CancellationToken cancellation)
    {
        if (Id(signedIn) is not { } session)
            return false;
        if (!ended.ContainsKey(session) && await kept.Find(Kind, session, Now, cancellation) is not null)
            Remember(session);
        return ended.ContainsKey(session);
    }

    /// <summary>Whether the request brings a cookie of ours that nobody ended and that ran out within a day.</summary>
    public async Task<bool> HasJustRunOut(HttpContext http)
    {
        var options = cookies.Get(PageSignIn.Scheme);
        if (options.CookieManager.GetRequestCookie(http, options.Cookie.Name!) is not { } cookie
            || options.TicketDataFormat.Unprotect(cookie) is not { Properties.ExpiresUtc: { } until } ticket)
            return false;
        var late = (options.TimeProvider ?? TimeProvider.System).GetUtcNow() - until;
        return late > TimeSpan.Zero && late < mayBeLate
            && !(Bounds.IsLong(http.Request) ? await IsEndedAnywhere(ticket.Principal, http.RequestAborted) : IsEnded(ticket.Principal));
    }

    bool Remember(string session)
    {
        if (!ended.TryAdd(session, 0))
            return false;
        inOrder.Enqueue(session);
        while (inOrder.Count > MostEnded && inOrder.TryDequeue(out var oldest))
            ended.TryRemove(oldest, out _);
        return true;
    }

    static string? Id(ClaimsPrincipal? signedIn) => signedIn?.FindFirstValue(ClaimTypes.Sid);

    // Of the machine, as cookies run out by it.
    static Instant Now => SystemClock.Instance.GetCurrentInstant();
}
