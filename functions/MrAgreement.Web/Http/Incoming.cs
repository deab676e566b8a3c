using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MrAgreement.Web.Http;

/// <summary>What a request is taken for, before anything answers it.</summary>
public static class Incoming
{
    /// <summary>To stand first in the pipeline.</summary>
    /// <param name="address">Where people reach the service: every address in an answer begins with it, whatever host a caller names. Null takes the caller's word.</param>
    public static IApplicationBuilder UseMrAgreementAddress(this IApplicationBuilder app, Uri? address) => app.Use((http, next) =>
    {
        if (address is not null)
            (http.Request.Scheme, http.Request.Host) = (address.Scheme, new HostString(address.Authority));
        // What can be got can be asked about; the server leaves out the body.
        if (HttpMethods.IsHead(http.Request.Method))
            http.Request.Method = HttpMethods.Get;
        return next();
    });
}
