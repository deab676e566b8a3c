using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Web.Http;
using MrAgreement.Web.People;

namespace MrAgreement.Web.SignIn;

/// <summary>Who gets as far as the API: before anything of the request is read, it is clear who asks and what they act as.</summary>
static class Admission
{
    // For those too who belong nowhere yet.
    static readonly string[] forAnybody = ["/api/v1/me", "/api/v1/me/sessions"];

    /// <summary>What a policy asks: nothing stands against the caller.</summary>
    public static bool IsAdmitted(AuthorizationHandlerContext context) => context.Resource is HttpContext http && Against(http) is null;

    /// <summary>Answers with what stands against the caller.</summary>
    public static Task Refuse(HttpContext http)
    {
        var (status, refused) = Against(http) ?? (StatusCodes.Status403Forbidden, new Refused("not-invited"));
        if (http.User.FindFirstValue(ApiTokens.Lacking) is { } scopes)
            http.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scopes}\"";
        return Problem.Write(http, status, refused);
    }

    static (int Status, Refused Refused)? Against(HttpContext http)
    {
        if (http.User.FindFirstValue(ApiTokens.Lacking) is { } scopes)
            return (StatusCodes.Status403Forbidden, new("insufficient-scope", ("scopes", scopes)));
        var caller = http.RequestServices.GetRequiredService<Caller>();
        if (caller.Id is null)
            return (StatusCodes.Status403Forbidden, new("not-invited"));
        var roles = string.Join(", ", caller.Roles.Select(Caller.Name));
        return caller.HasSaid && caller.Roles.Count > 0 && caller.Known is null
            ? (StatusCodes.Status400BadRequest, new("acting-as-unknown", ("roles", roles)))
            : caller.Known is not null || IsForAnybody(http.Request.Path) ? null
            : caller.Roles.Count == 0 ? (StatusCodes.Status403Forbidden, new("no-membership"))
            : (StatusCodes.Status400BadRequest, new("acting-as-needed", ("roles", roles)));
    }

    static bool IsForAnybody(PathString path) =>
        forAnybody.Contains(path.Value?.TrimEnd('/'), StringComparer.OrdinalIgnoreCase)
            || path.StartsWithSegments(forAnybody[1], StringComparison.OrdinalIgnoreCase);
}
