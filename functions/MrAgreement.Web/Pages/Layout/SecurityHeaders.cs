using Microsoft.AspNetCore.Http;

namespace MrAgreement.Web.Pages.Layout;

/// <summary>What browsers are told about every page: only our own stylesheet, forms and pictures; no script, no frame.</summary>
static class SecurityHeaders
{
    const string Policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static void Put(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // Pages hold what only this person may see; a shared computer keeps nothing.
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
    }
}
