using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MrAgreement.Web.SignIn;

/// <summary>Whoever App Service authentication has signed in in front of the host need not do it again.
/// What it says of them is believed as far as it is the provider's own word: an ID token, which is verified here.</summary>
static class AppService
{
    /// <summary>The platform's variable: True where its authentication is on, and drops what others send by the header's name.</summary>
    public const string Switch = "WEBSITE_AUTH_ENABLED";

    /// <summary>Where one is signed out of it, and of the provider.</summary>
    public const string SignOut = "/.auth/logout";

    // With the token store on.
    const string Header = "X-MS-TOKEN-AAD-ID-TOKEN";

    /// <summary>Whom the platform has signed in by that provider; null when nobody, or when its word no longer holds.</summary>
    public static async Task<(ClaimsPrincipal Person, string IdToken)?> WhoIsThere(HttpContext http, ProviderSettings provider)
    {
        if (!provider.AppService || http.Request.Headers[Header] is not [{ Length: > 0 } token])
            return null;
        var options = http.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(Provider.SchemeOf(provider));
        var rules = Provider.Tokens(provider, provider.ClientId);
        rules.ConfigurationManager = options.ConfigurationManager as BaseConfigurationManager;
        rules.ValidTypes = ["JWT"];
        var read = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, rules);
        http.RequestAborted.ThrowIfCancellationRequested();
        // What opens the API may be meant for the same audience; it has no nonce.
        return read.IsValid && read.ClaimsIdentity.HasClaim(it => it is { Type: "nonce", Value.Length: > 0 })
            ? (new(read.ClaimsIdentity), token) : null;
    }
}
