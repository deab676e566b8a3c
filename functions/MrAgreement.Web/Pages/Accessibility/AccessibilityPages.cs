using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MrAgreement.Web.Pages.Accessibility;

/// <summary>The accessibility statement (tillgänglighetsredogörelse) that the act on
/// accessibility of digital public services (2018:1937) asks for, open to everybody.</summary>
static class AccessibilityPages
{
    public const string Address = "/accessibility";

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet(Address, IResult () => new RazorComponentResult<AccessibilityPage> { PreventStreamingRendering = true })
            .AllowAnonymous();
}
