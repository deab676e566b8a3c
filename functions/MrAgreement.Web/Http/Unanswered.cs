using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Http;

/// <summary>What no resource has answered: no such resource, or one that takes other methods or other content.</summary>
static class Unanswered
{
    public static async Task Answer(HttpContext http)
    {
        // Which resources there are is told to those who are signed in.
        if (!(await http.AuthenticateAsync(BearerTokens.Scheme)).Succeeded)
        {
            http.Response.Headers.Allow = default;
            await http.ChallengeAsync(BearerTokens.Scheme);
            return;
        }
        var status = http.Response.StatusCode == StatusCodes.Status404NotFound ? Reason(http) : http.Response.StatusCode;
        await Problem.Write(http, status, new(status switch
        {
            StatusCodes.Status404NotFound => "not-found",
            StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
            StatusCodes.Status413PayloadTooLarge => "too-large",
            StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
            _ => "bad-request"
        }, ("max", 1024 * 1024)));
    }

    // A host that also serves pages has a fallback for whatever is no page: it takes
    // every method and all content, so routing itself never says which of them was wrong.
    static int Reason(HttpContext http)
    {
        var here = http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => IsAt(endpoint, http.Request.Path)).ToList();
        var methods = here.SelectMany(Methods).Distinct().ToList();
        if (methods.Count == 0)
            return StatusCodes.Status404NotFound;
        if (methods.Contains(http.Request.Method))
            return here.Any(endpoint => Methods(endpoint).Contains(http.Request.Method) && !Takes(endpoint, http.Request.ContentType))
                ? StatusCodes.Status415UnsupportedMediaType
                : StatusCodes.Status404NotFound;
        http.Response.Headers.Allow = string.Join(", ", methods);
        return StatusCodes.Status405MethodNotAllowed;
    }

    static bool IsAt(RouteEndpoint endpoint, PathString path) =>
        endpoint.RoutePattern.RawText is { } pattern && pattern.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)
        && new TemplateMatcher(TemplateParser.Parse(pattern), []).TryMatch(path, []);

    static IReadOnlyList<string> Methods(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    static bool Takes(Endpoint endpoint, string? contentType) =>
        endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not { } accepts
        || MediaTypeHeaderValue.TryParse(contentType, out var given) && accepts.ContentTypes.Any(type => given.IsSubsetOf(new(type)));
}
