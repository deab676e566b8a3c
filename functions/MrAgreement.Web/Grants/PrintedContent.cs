using Microsoft.AspNetCore.Http;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Grants;

/// <summary>Something of the grant as a file: an attachment, never sniffed. The same content has the same ETag.</summary>
/// <param name="name">What the file is called, without its ending.</param>
sealed class PrintedContent(byte[] bytes, string mediaType, string name, string ending) : IResult
{
    /// <summary>A file's name with the diary number in front, as in <c>A2014-2289-DISK-rekvisition-1</c>.</summary>
    public static string Name(Viewpoint at, string what, int number) =>
        string.Concat($"{at.Agreement.Terms.DiaryNumber}-{what}-{number}".Select(c => char.IsLetterOrDigit(c) ? c : '-'));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.XContentTypeOptions = "nosniff";
        httpContext.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        await Results.File(bytes, mediaType, $"{name}.{ending}", entityTag: new($"\"{Sha256.Of(bytes)}\"")).ExecuteAsync(httpContext);
    }
}
