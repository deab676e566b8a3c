using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MrAgreement.Web.Calendars;

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
        app.UseMrAgreementAddress(address).UseMrAgreementProblems().UseRouting().UseAuthentication().UseAuthorization().UseAntiforgery();

    /// <summary>To stand first in the pipeline.</summary>
    /// <param name="address">Where people reach the service: every address in an answer
    /// begins with it, whatever host a caller names. Null takes the caller's word.</param>
    static IApplicationBuilder UseMrAgreementAddress(this IApplicationBuilder app, Uri? address) => app.Use((http, next) =>
    {
        if (address is not null)
            (http.Request.Scheme, http.Request.Host) = (address.Scheme, new HostString(address.Authority));
        // What can be got can be asked about; the server leaves out the body.
        if (HttpMethods.IsHead(http.Request.Method))
            http.Request.Method = HttpMethods.Get;
        CalendarApi.HideSecret(http);
        return next();
    });
}
