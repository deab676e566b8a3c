using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace MrAgreement.Web.SignIn;

/// <summary>A provider as the framework knows it: a scheme for the pages, and one for the API where its tokens open it.</summary>
static class Provider
{
    // Clocks differ; more than this is a fault that somebody must mend.
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    public static string SchemeOf(ProviderSettings provider) => $"MrAgreement.SignIn.{provider.Key}";

    public static void Add(AuthenticationBuilder authentication, ProviderSettings provider)
    {
        var discovery = Discovery(provider);
        authentication.AddOpenIdConnect(SchemeOf(provider), provider.Key, options => Pages(options, provider, discovery));
        if (provider.Api is { } api)
            ApiTokens.Add(authentication, provider, api, discovery);
    }

    /// <summary>What every token of a provider must be, whatever it opens.</summary>
    public static TokenValidationParameters Tokens(ProviderSettings provider, string audience) => new()
    {
        ValidAudience = audience,
        // As configured, and not whatever its description says.
        IssuerValidator = (issuer, _, _) =>
            issuer == provider.Issuer ? issuer : throw new SecurityTokenInvalidIssuerException("Another issuer."),
        ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
        ClockSkew = Skew,
        NameClaimType = provider.NameClaim
    };

    static ConfigurationManager<OpenIdConnectConfiguration> Discovery(ProviderSettings provider)
    {
        var client = new HttpClient { Timeout = patience, MaxResponseContentBufferSize = 1024 * 1024 };
        return new($"{provider.Issuer.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(client) { RequireHttps = IsSecure(provider) })
        {
            // A key that was changed today is fetched at once, and by strangers' tokens at most so often.
            RefreshInterval = TimeSpan.FromSeconds(30)
        };
    }

    static void Pages(OpenIdConnectOptions options, ProviderSettings provider, ConfigurationManager<OpenIdConnectConfiguration> discovery)
    {
        options.ConfigurationManager = discovery;
        options.RequireHttpsMetadata = IsSecure(provider);
        options.BackchannelTimeout = patience;
        options.SignInScheme = SessionCookie.Scheme;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.Secret?.Value;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // In the address, where our own cookies come along that no other site may send; the code is good once, and for us alone.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (var scope in provider.Scopes)
            options.Scope.Add(scope);
        options.CallbackPath = $"/sign-in/{provider.Key}/callback";
        options.SignedOutCallbackPath = $"/sign-out/{provider.Key}/callback";
        options.SignedOutRedirectUri = "/sign-in?out=1";
        // By a page of another site, without our cookies, nobody can be signed out; providers have the back channel for it.
        options.RemoteSignOutPath = default;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.Clear();
        options.ClaimActions.MapUniqueJsonKey(provider.Claim, provider.Claim);
        options.ClaimActions.MapUniqueJsonKey(provider.NameClaim, provider.NameClaim);
        // For as long as it takes to begin a session.
        options.SaveTokens = true;
        options.TokenValidationParameters = Tokens(provider, provider.ClientId);
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
        options.Events = new Arriving(provider);
    }

    static bool IsSecure(ProviderSettings provider) => provider.Issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
