using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MrAgreement.Web.Pages.Layout;

/// <summary>Pages for what went wrong, in the voice of the others.</summary>
static class Failures
{
    /// <param name="status">400, 401, 403, 404, 409 (a damaged file), 413, 500 or 503.</param>
    public static IResult Page(int status) =>
        new RazorComponentResult<Failure>(new { Status = status }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>The page for a refusal that no form can show, in its own words.</summary>
    public static IResult Page(int status, Refused refused) => new RazorComponentResult<Failure>(new { Status = status, Refused = refused })
    {
        StatusCode = status, PreventStreamingRendering = true
    };

    /// <summary>The page for a refusal that no form can show.</summary>
    public static IResult Page(Refused refused) => Page(refused.Kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status400BadRequest
    });

    /// <summary>The status of what was thrown.</summary>
    public static int StatusOf(Exception thrown) => thrown switch
    {
        BadHttpRequestException bad =>
            bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? bad.StatusCode : StatusCodes.Status400BadRequest,
        MrAgreement.Documents.DocumentTooLargeException => StatusCodes.Status413PayloadTooLarge,
        // What the form reader throws when a part is larger than it takes.
        InvalidDataException => StatusCodes.Status413PayloadTooLarge,
        Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException => StatusCodes.Status400BadRequest,
        MrAgreement.Documents.DocumentDamagedException => StatusCodes.Status409Conflict,
        StoreBusyException or StoreUnavailableException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError
    };
}
