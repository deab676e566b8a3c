using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MrAgreement.Web.Http;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.People;

/// <summary>Tells by a bearer token who calls the API, where the host admits the people of the demo;
/// elsewhere nobody is known by one.</summary>
sealed class BearerTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    DemoPeople? people = null)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        if (people is null)
            return Task.FromResult(AuthenticateResult.NoResult());
        if (people.ByToken(header["Bearer ".Length..].Trim()) is not { } person)
            return Task.FromResult(AuthenticateResult.Fail("The token is not known."));
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, person.Id.Value)], Scheme);
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme)));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Admission.Refuse(Context);

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Write(Context, StatusCodes.Status401Unauthorized, new Refused("not-signed-in"));
    }
}
