using Microsoft.AspNetCore.Http;

namespace MrAgreement.Web.Http;

/// <summary>An answer as it was made, to be sent once or again.</summary>
sealed class Sent(int status, string? location, string? etag, byte[] body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        if (location is not null)
            response.Headers.Location = location;
        if (etag is not null)
            response.Headers.ETag = etag;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
