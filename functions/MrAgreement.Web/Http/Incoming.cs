using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using MrAgreement.Web.Calendars;
using MrAgreement.Web.Feeds;
using MrAgreement.Web.Limits;
using MrAgreement.Web.Pages.SignIn;

namespace MrAgreement.Web.Http;

/// <summary>What a request is taken for, before anything answers it.</summary>
public static class Incoming
{
    /// <summary>A public address as somebody has written it; null when it is none, or has a path.</summary>
    public static Uri? ReadAddress(string written) =>
        Uri.TryCreate(written, UriKind.Absolute, out var address)
            && address is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" } ? address : null;

    /// <summary>What every request passes before its endpoint, in this order.</summary>
    /// <param name="address">See <see cref="UseMrAgreementAddress"/>.</param>
    public static IApplicationBuilder UseMrAgreement(this IApplicationBuilder app, Uri? address) =>
        app.UseMrAgreementAddress(address).UseCompression().UseMrAgreementProblems()
            .UseRouting().UseAuthentication().UseMrAgreementLimits().UseAuthorization().UseAntiforgery();

    /// <summary>To stand first in the pipeline.</summary>
    /// <param name="address">Where people reach the service: every address in an answer
    /// begins with it, whatever host a caller names. With null only this machine's own names are believed.</param>
    static IApplicationBuilder UseMrAgreementAddress(this IApplicationBuilder app, Uri? address) =>
        app.Use((http, next) =>
    {
        http.Response.OnStarting(Guard, http);
        if (address is not null)
            (http.Request.Scheme, http.Request.Host) = (address.Scheme, new HostString(address.Authority));
        else if (!IsBelieved(http.Request))
        {
            http.Request.Host = new("localhost");
            return Problem.Write(http, StatusCodes.Status400BadRequest, new("unknown-host"));
        }
        // What can be got can be asked about; the server leaves out the body.
        if (HttpMethods.IsHead(http.Request.Method))
            http.Request.Method = HttpMethods.Get;
        CalendarApi.Path.Hide(http);
        FeedApi.Path.Hide(http);
        InvitationPages.HideSecret(http);
        HideCode(http);
        return next();
    });

    // Whoever asks whether we are there may ask by any name: nothing of it is in the answer.
    static bool IsBelieved(HttpRequest request) => IsLoopback(request.Host.Host)
        || request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);

    static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var address)
            && IPAddress.IsLoopback(address);

    // On every answer, whoever writes it; pages say more.
    static Task Guard(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
        headers.TryAdd(HeaderNames.ContentSecurityPolicy,
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd(HeaderNames.CacheControl, "no-store");
        if (http.Request.IsHttps && !IsLoopback(http.Request.Host.Host))
            headers.TryAdd(HeaderNames.StrictTransportSecurity, "max-age=31536000");
        return Task.CompletedTask;
    }

    // What a provider hands over by way of the browser is in no trace.
    static void HideCode(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/sign-in")
            && http.Request.Path.Value!.EndsWith("/callback", StringComparison.OrdinalIgnoreCase))
            http.Features.Get<IHttpActivityFeature>()?.Activity?.SetTag("url.query", null);
    }
}
