using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Pages;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.SignIn;

namespace MrAgreement.Web.SignIn;

/// <summary>The way to a provider and back: whoever it vouches for comes in, or hears why not.</summary>
sealed class Arriving(ProviderSettings provider) : OpenIdConnectEvents
{
    /// <summary>In the protected state: that the person was sent to show who they are again.</summary>
    public const string Again = "again";

    /// <summary>In the protected state: the secret of an invitation.</summary>
    public const string Invitation = "invitation";

    const int MostLetters = 255;

    /// <summary>What goes with somebody on the way to a provider and back: where to, whether again, and by which invitation.</summary>
    public static OpenIdConnectChallengeProperties Way(HttpContext http)
    {
        var query = http.Request.Query;
        var way = new OpenIdConnectChallengeProperties { RedirectUri = ReturnAddress.Local(query["returnUrl"]) };
        if (query.ContainsKey(Again))
        {
            way.Items[Again] = Again;
            (way.MaxAge, way.Prompt) = (TimeSpan.Zero, OpenIdConnectPrompt.Login);
        }
        if (query.ContainsKey(Invitation) && InvitationPages.MarkOf(http) == query[Invitation]
            && InvitationPages.SecretOf(http) is { } secret)
            way.Items[Invitation] = secret;
        return way;
    }

    // The provider may have looked at its clock before we asked.
    static readonly Duration again = Duration.FromMinutes(5) + Duration.FromTimeSpan(Provider.Skew);

    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        context.ProtocolMessage.UiLocales = context.HttpContext.RequestServices.GetRequiredService<PageVisitor>().Language.Code;
        if (context.Properties.Items.ContainsKey(Again) && provider.StepUp is { Acr.Count: > 0 } up)
            context.ProtocolMessage.AcrValues = string.Join(' ', up.Acr);
        return Task.CompletedTask;
    }

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        // Where there are several, none of them hands over what is another's (RFC 9207): one that says whose its answers are always does.
        if (context.ProtocolMessage.Iss is { Length: > 0 } issuer ? issuer != provider.Issuer : await Names(context))
            context.Fail("The answer says that it is another provider's, or does not say whose it is.");
    }

    static async Task<bool> Names(MessageReceivedContext context) =>
        (await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted))
            .AuthorizationResponseIssParameterSupported;

    public override Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        SecurityHeaders.Put(context.Response.Headers);
        var way = context.Properties!;
        return PageGuard.Guarded(context.HttpContext, () =>
            Arrive(context.HttpContext, context.Principal!, way.GetTokenValue(OpenIdConnectParameterNames.IdToken), way.Items,
                context.ReturnUri));
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        Refuse(context.HttpContext, "denied");
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        var why = SignInFailure.Of(context.Failure);
        context.HttpContext.RequestServices.GetRequiredService<ProviderTrouble>().Tell(provider.Key, why, context.Failure);
        Refuse(context.HttpContext, why);
        return Task.CompletedTask;
    }

    /// <summary>Begins a session of whom the provider vouches for, or says why not.</summary>
    /// <param name="principal">What the provider says of them, verified.</param>
    /// <param name="state">What went with them on their way.</param>
    public async Task Arrive(HttpContext http, ClaimsPrincipal principal, string? idToken, IDictionary<string, string?> state,
        string? returnUrl)
    {
        var log = http.RequestServices.GetRequiredService<SecurityLog>();
        var from = http.Connection.RemoteIpAddress?.ToString();
        var vouched = new Vouched(provider.Issuer, principal.FindFirstValue("sub"), principal.FindFirstValue("sid"),
            SessionTickets.TimeOf(principal), principal.FindFirstValue(SessionTickets.Acr), Protected(http, idToken));
        var arrival = principal.FindFirstValue(provider.Claim) is not { Length: > 0 and <= MostLetters } subject
            ? new(SignInFailure.NoClaim)
            : state.ContainsKey(Again) && !(vouched.At > NodaTime.SystemClock.Instance.GetCurrentInstant() - again)
            ? new(SignInFailure.NotAgain)
            : await http.RequestServices.GetRequiredService<Arrivals>().Arrive(new(provider.Issuer, subject), Name(principal),
                http.RequestServices.GetRequiredService<PageVisitor>().Language.Code,
                state.TryGetValue(Invitation, out var secret) ? secret : null, http.RequestAborted);
        if (arrival.Person is not { } person)
        {
            await log.Write(SecurityEvent.SignInRefused, null, provider.Key, from, arrival.Refused, http.RequestAborted);
            Refuse(http, arrival.Refused!);
            return;
        }
        await SessionCookie.Begin(http, person, vouched);
        InvitationPages.Forget(http);
        await log.Write(arrival.Invitation is null ? SecurityEvent.SignedIn : SecurityEvent.CameIn, person,
            arrival.Invitation?.Id.ToString() ?? provider.Key, from, state.ContainsKey(Again) ? Again : null, http.RequestAborted);
        Go(http, ReturnAddress.Local(returnUrl));
    }

    string? Name(ClaimsPrincipal principal) =>
        principal.FindFirstValue(provider.NameClaim)?.Trim() is { Length: > 0 } name ? name[..Math.Min(name.Length, 200)] : null;

    // Only where it is of use: it says who somebody is.
    string? Protected(HttpContext http, string? idToken) =>
        idToken is null || provider.Logout != LogoutPlace.Provider ? null : SigningOut.Protector(http).Protect(idToken);

    static void Refuse(HttpContext http, string why) => Go(http, $"/sign-in?why={why}");

    static void Go(HttpContext http, string address)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = address;
    }
}
