using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using MrAgreement.People;
using MrAgreement.Running;

namespace MrAgreement.Web.SignIn;

/// <summary>Signing out: the session ends here, and then the person goes on to the provider to be signed out there.</summary>
static class SigningOut
{
    public static IDataProtector Protector(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("MrAgreement.IdToken");

    /// <summary>Ends the session; answers where to be signed out at the provider, or null when that is nowhere.</summary>
    public static async Task<string?> End(HttpContext http, SecurityLog log)
    {
        var (signedIn, services) = (http.User, http.RequestServices);
        await SessionCookie.End(http);
        await http.SignOutAsync(SessionCookie.Scheme);
        if (SessionTickets.SessionOf(signedIn) is not { } session)
            return null;
        var vouched = SessionTickets.VouchedOf(signedIn);
        await log.Write(SecurityEvent.SignedOut, new(signedIn.FindFirstValue(ClaimTypes.NameIdentifier)!), session.ToString(),
            http.Connection.RemoteIpAddress?.ToString(), null, http.RequestAborted);
        return services.GetService<SignInSettings>()?.Of(vouched?.Issuer) is { Logout: LogoutPlace.Provider } provider
            ? await At(provider, vouched!, http) : null;
    }

    // Not by the framework's redirection: a form's answer may not lead to another site (form-action).
    static async Task<string?> At(ProviderSettings provider, Vouched vouched, HttpContext http)
    {
        if (provider.AppService)
            return AppService.SignOut;
        var options = http.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(Provider.SchemeOf(provider));
        try
        {
            var described = await options.ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
            if (described.EndSessionEndpoint is not { Length: > 0 } address)
                return null;
            var request = http.Request;
            return new OpenIdConnectMessage
            {
                IssuerAddress = address, ClientId = provider.ClientId, IdTokenHint = Unprotected(http, vouched.IdToken),
                PostLogoutRedirectUri = $"{request.Scheme}://{request.Host}{options.SignedOutCallbackPath}",
                State = options.StateDataFormat.Protect(new AuthenticationProperties { RedirectUri = options.SignedOutRedirectUri })
            }.CreateLogoutRequestUrl();
        }
        // Here it is over all the same.
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException)
        {
            return null;
        }
    }

    static string? Unprotected(HttpContext http, string? idToken)
    {
        try
        {
            return idToken is null ? null : Protector(http).Unprotect(idToken);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
