using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.People;

namespace MrAgreement.Web.SignIn;

/// <summary>The API by a provider's access tokens: of people, and of programs that are people in the register.</summary>
static class ApiTokens
{
    /// <summary>On whoever's token does not allow what it must: the scopes that it takes.</summary>
    public const string Lacking = "mragreement:lacking";

    static readonly string[] allowing = ["scp", "scope", "roles"];

    public static string SchemeOf(ProviderSettings provider) => $"MrAgreement.Api.{provider.Key}";

    /// <summary>Sends each token to the scheme of the provider that it says
    /// it is of; what is none goes to <paramref name="otherwise"/>.</summary>
    public static void AddChoice(AuthenticationBuilder authentication, SignInSettings settings, string otherwise) =>
        authentication.AddPolicyScheme(BearerTokens.Scheme, null, options => options.ForwardDefaultSelector = http =>
            settings.Of(IssuerOf(http)) is { Api: not null } provider ? SchemeOf(provider) : otherwise);

    public static void Add(AuthenticationBuilder authentication, ProviderSettings provider, ApiSettings api,
        ConfigurationManager<OpenIdConnectConfiguration> discovery) => authentication.AddJwtBearer(SchemeOf(provider), options =>
        {
            options.ConfigurationManager = discovery;
            options.RequireHttpsMetadata = provider.Issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
            options.MapInboundClaims = false;
            options.SaveToken = false;
            options.TokenValidationParameters = Provider.Tokens(provider, api.Audience);
            options.Events = new()
            {
                OnTokenValidated = context => Admit(context, provider, api),
                OnChallenge = Challenge,
                OnForbidden = context => Admission.Refuse(context.HttpContext)
            };
        });

    // What the token says of the caller gives way to who that is here.
    static async Task Admit(TokenValidatedContext context, ProviderSettings provider, ApiSettings api)
    {
        var (token, http) = (context.Principal!, context.HttpContext);
        // What a provider told us of a sign-in may be meant for the same audience, and have roles; it is no access token.
        if (token.HasClaim(it => it.Type is "nonce" or "at_hash"))
        {
            context.Fail("An ID token opens no API.");
            return;
        }
        var claims = new List<Claim> { new(SessionTickets.Issuer, provider.Issuer) };
        claims.AddRange(new[] { SessionTickets.AuthTime, SessionTickets.Acr }.Select(token.FindFirst).OfType<Claim>()
            .Select(it => new Claim(it.Type, it.Value)));
        await http.RequestServices.GetRequiredService<IPeople>().Refresh(http.RequestAborted);
        var allowed = allowing.SelectMany(name => token.FindAll(name)).SelectMany(it => it.Value.Split(' ')).ToHashSet();
        var register = http.RequestServices.GetRequiredService<KeptRegister>().Now;
        if (api.Scopes.Except(allowed).Any())
            claims.Add(new(Lacking, string.Join(' ', api.Scopes)));
        else if (IdentityOf(token, provider, api) is { } identity && register[identity] is { } known)
            claims.Add(new(ClaimTypes.NameIdentifier, known.Id.Value));
        context.Principal = new(new ClaimsIdentity(claims, BearerTokens.Scheme));
    }

    // A program's token is about the program itself; where it is about a person too, it is the person's.
    static Identity? IdentityOf(ClaimsPrincipal token, ProviderSettings provider, ApiSettings api)
    {
        var (person, program) = (token.FindFirst(provider.Claim)?.Value, token.FindFirst(api.Claim)?.Value);
        var isProgram = program is not null && (person is null || token.FindFirst("sub")?.Value == program
            || token.FindFirst("idtyp")?.Value == "app");
        return (isProgram ? program : person) is { Length: > 0 } subject ? new(provider.Issuer, subject) : null;
    }

    static Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.Headers.WWWAuthenticate = context.AuthenticateFailure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        return Problem.Write(context.HttpContext, StatusCodes.Status401Unauthorized, new("not-signed-in"));
    }

    // As it says itself, before anything of it is believed.
    static string? IssuerOf(HttpContext http)
    {
        if (http.Request.Headers.Authorization is not [{ } header] || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            return new JsonWebToken(header["Bearer ".Length..].Trim()).Issuer;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
