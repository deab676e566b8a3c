using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Calendars;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.Pages.SignIn;

/// <summary>
/// A link of an invitation is followed: its secret goes from the address into a protected cookie at once, and from there with the person
/// to the provider and back.
/// </summary>
static partial class InvitationPages
{
    const string Folder = "/invitations";
    const string Hidden = "-";
    const string Cookie = "mragreement-invitation";

    static readonly object secret = new();
    static readonly TimeSpan lasts = TimeSpan.FromHours(1);
    static readonly HostCookies cookies = new();

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet($"{Folder}/{Hidden}", Follow).AllowAnonymous();
        pages.MapGet("/invitation", Show).AllowAnonymous();
    }

    /// <summary>Takes the secret out of the request's address and of its span, before anything else reads them.</summary>
    public static void HideSecret(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Folder, out var rest) || !Secret().IsMatch(rest.Value ?? ""))
            return;
        http.Items[secret] = rest.Value![1..];
        http.Request.Path = $"{Folder}/{Hidden}";
        http.Features.Get<IHttpActivityFeature>()?.Activity?.SetTag("url.path", http.Request.Path.Value);
    }

    /// <summary>The secret of the invitation that the browser follows; null for none.</summary>
    public static string? SecretOf(HttpContext http)
    {
        try
        {
            return cookies.GetRequestCookie(http, Cookie) is { } kept ? Protector(http).Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Shows in a link that it stood on the page that says what is
    /// accepted: another site does not know it. Null for none.</summary>
    public static string? MarkOf(HttpContext http) => cookies.GetRequestCookie(http, Cookie) is { } kept
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kept)))
        : null;

    /// <summary>It has led in, and is used up.</summary>
    public static void Forget(HttpContext http)
    {
        if (cookies.GetRequestCookie(http, Cookie) is not null)
            cookies.DeleteCookie(http, Cookie, Options(http));
    }

    static IResult Follow(HttpContext http)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (http.Items[secret] is string followed)
            cookies.AppendResponseCookie(http, Cookie, Protector(http).Protect(followed, lasts), Options(http));
        return FormPost.Go(http, "/invitation");
    }

    static async Task<IResult> Show(HttpContext http, KeptInvitations invitations, KeptRegister register, SignInSettings settings)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var found = SecretOf(http) is { } followed ? await invitations.Find(followed, http.RequestAborted) : null;
        var (now, all) = (SystemClock.Instance.GetCurrentInstant(), await register.Read(http.RequestAborted));
        var refused = found is null ? "no-such-invitation" : found.UsedBy is not null ? "invitation-used" : now >= found.Until
            ? "invitation-ended" : null;
        return new RazorComponentResult<InvitationPage>(new
        {
            Invitation = found, Refused = refused, settings.Providers, Mark = MarkOf(http),
            Party = found is null ? null : all[found.Party]?.NameOn(StockholmTime.DateOf(now))
        })
        {
            PreventStreamingRendering = true,
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status404NotFound
        };
    }

    static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/" };

    static ITimeLimitedDataProtector Protector(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("MrAgreement.Invitation")
            .ToTimeLimitedDataProtector();

    // Whatever else lies below it is a page.
    [GeneratedRegex("^/[0-9a-f]{48}/?\\z")]
    private static partial Regex Secret();
}
