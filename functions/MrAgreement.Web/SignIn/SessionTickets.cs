using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace MrAgreement.Web.SignIn;

/// <summary>Sessions as the framework's tickets of cookies.</summary>
sealed class SessionTickets(Sessions sessions) : ITicketStore
{
    // What a provider has said of a sign-in, in its own words.
    public const string Issuer = "iss", AuthTime = "auth_time", Acr = "acr";

    const string Subject = "sub", ProviderSession = "sid", IdToken = "id_token";

    /// <summary>Somebody with what a provider has said of their sign-in.</summary>
    public static ClaimsPrincipal Principal(PersonId person, Vouched? vouched, Guid? session = null) => new(new ClaimsIdentity(
        ((IEnumerable<(string Type, string? Value)>)
        [
            (ClaimTypes.NameIdentifier, person.Value), (ClaimTypes.Sid, session?.ToString("N")), (Issuer, vouched?.Issuer),
            (Subject, vouched?.Subject), (ProviderSession, vouched?.Session),
            (AuthTime, vouched?.At?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            (Acr, vouched?.Acr), (IdToken, vouched?.IdToken)
        ]).Where(claim => claim.Value is not null).Select(claim => new Claim(claim.Type, claim.Value!)), SessionCookie.Scheme));

    /// <summary>What a provider has said, as it stands in claims; null when none has.</summary>
    public static Vouched? VouchedOf(ClaimsPrincipal it) => it.FindFirstValue(Issuer) is { } issuer
        ? new(issuer, it.FindFirstValue(Subject), it.FindFirstValue(ProviderSession), TimeOf(it), it.FindFirstValue(Acr),
            it.FindFirstValue(IdToken))
        : null;

    /// <summary>When somebody last showed who they are; null when it is not told.</summary>
    public static Instant? TimeOf(ClaimsPrincipal it) =>
        long.TryParse(it.FindFirstValue(AuthTime), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= int.MaxValue * 2L
            ? Instant.FromUnixTimeSeconds(seconds) : null;

    public static Guid? SessionOf(ClaimsPrincipal it) => Guid.TryParseExact(it.FindFirstValue(ClaimTypes.Sid), "N", out var id) ? id : null;

    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        sessions.Begin(new(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!), VouchedOf(ticket.Principal),
            Seen.Network(httpContext.Connection.RemoteIpAddress), Seen.Browser(httpContext.Request.Headers.UserAgent), cancellationToken);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.Find(key, cancellation: cancellationToken) is { } it
                ? new(Principal(it.Person, it.Vouched, it.Id), SessionCookie.Scheme) : null;
        }
        catch (Exception e) when (e is StoreBusyException or StoreUnavailableException)
        {
            SessionCookie.NoteUnknown(httpContext);
            return null;
        }
    }

    // Nothing of a session changes while it lasts; it is ended by its id.
    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public Task RemoveAsync(string key) => Task.CompletedTask;

    public Task<string> StoreAsync(AuthenticationTicket ticket) => throw new NotSupportedException("A session is begun in a request.");

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => throw new NotSupportedException("A session is looked up in a request.");
}
