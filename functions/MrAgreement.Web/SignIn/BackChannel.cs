using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MrAgreement.People;
using MrAgreement.Running;

namespace MrAgreement.Web.SignIn;

/// <summary>Where a provider tells that somebody has been signed out there (OpenID Connect Back-Channel Logout 1.0).</summary>
static class BackChannel
{
    const string Event = "http://schemas.openid.net/event/backchannel-logout";
    const int MaxBytes = 64 * 1024;

    // Which tokens have been used, for as long as they could be.
    const string Kind = "logout-tokens";

    // A token is for now; nobody keeps one to sign somebody out with later.
    static readonly TimeSpan lasts = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<SignInSettings>() is not null)
            routes.MapPost("/sign-out/{key}/back-channel", Told).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }

    static async Task<IResult> Told(string key, HttpContext http, SignInSettings settings, Sessions sessions, SecurityLog log,
        IOptionsMonitor<OpenIdConnectOptions> schemes, IKeptRecords kept)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (settings.ByKey(key) is not { } provider)
            return Results.NotFound();
        if (!http.Request.HasFormContentType || http.Request.ContentLength is null or > MaxBytes)
            return Bad();
        var token = (await http.Request.ReadFormAsync(http.RequestAborted))["logout_token"].ToString();
        if (await Read(token, provider, schemes.Get(Provider.SchemeOf(provider)), http.RequestAborted) is not { } told)
            return Bad();
        var (used, now) = (Sha256.Of(Encoding.UTF8.GetBytes($"{provider.Issuer}\n{told.Token}")).ToString(),
            SystemClock.Instance.GetCurrentInstant());
        // Whoever has come by one signs nobody out with it again.
        if (await kept.Find(Kind, used, now, http.RequestAborted) is not null)
            return Bad();
        foreach (var ended in await sessions.EndVouched(provider.Issuer, told.Subject, told.Session, http.RequestAborted))
            await log.Write(SecurityEvent.SessionEnded, null, ended.Id.ToString(), null, "back-channel", http.RequestAborted);
        await kept.Sweep(Kind, now, http.RequestAborted);
        await kept.Put(new(Kind, used, ReadOnlyMemory<byte>.Empty, null, now + Duration.FromTimeSpan(lasts + Provider.Skew)), now,
            http.RequestAborted);
        return Results.Ok();
    }

    static async Task<(string? Subject, string? Session, string Token)?> Read(string token, ProviderSettings provider,
        OpenIdConnectOptions options, CancellationToken cancellation)
    {
        var rules = Provider.Tokens(provider, provider.ClientId);
        rules.ConfigurationManager = options.ConfigurationManager as BaseConfigurationManager;
        // It need not say until when it holds; it says when it was made.
        rules.RequireExpirationTime = false;
        var read = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, rules);
        cancellation.ThrowIfCancellationRequested();
        if (!read.IsValid || read.SecurityToken is not JsonWebToken it)
            return null;
        var (subject, session) = (Text(it, "sub"), Text(it, "sid"));
        return it.TryGetPayloadValue("events", out JsonElement events) && events.ValueKind == JsonValueKind.Object
            && events.TryGetProperty(Event, out _)
            && !it.TryGetClaim("nonce", out _) && (subject ?? session) is not null
            && it.Id is { Length: > 0 } id && DateTime.UtcNow - it.IssuedAt is var age && age < lasts && age > -Provider.Skew
            ? (subject, session, id) : null;
    }

    static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue(claim, out string? value) && value is { Length: > 0 } ? value : null;

    static IResult Bad() => Results.Json(new { error = "invalid_request" }, statusCode: StatusCodes.Status400BadRequest);
}
