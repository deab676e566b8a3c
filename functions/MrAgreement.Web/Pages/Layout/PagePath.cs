using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MrAgreement.Web.Pages.Layout;

/// <summary>An address that people go to: not one of those that belong to programs.</summary>
sealed class PagePath : IRouteConstraint
{
    public const string Name = "page";

    static readonly string[] programs = ["api", "health", "calendars"];

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values,
        RouteDirection routeDirection) =>
        values[routeKey] is not string path || !programs.Contains(path.Split('/')[0], StringComparer.OrdinalIgnoreCase);
}
