using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MrAgreement.Web.Published;

/// <summary>What everybody may read, as a file that whoever keeps it asks about each time: what is withdrawn is gone at once.</summary>
static class OpenFile
{
    public const string Kept = "public, no-cache";

    // A feed or a table is asked for by programs, which ask in their own language or in none.
    public static IResult Of(HttpContext http, byte[] bytes, string mediaType, bool byLanguage = false)
    {
        var tag = new EntityTagHeaderValue($"\"{Sha256.Of(bytes)}\"");
        http.Response.GetTypedHeaders().ETag = tag;
        if (byLanguage)
            http.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        Keep(http.Response.Headers);
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(bytes, mediaType);
    }

    public static void Keep(IHeaderDictionary headers)
    {
        headers.CacheControl = Kept;
        headers.Remove(HeaderNames.Pragma);
    }
}
