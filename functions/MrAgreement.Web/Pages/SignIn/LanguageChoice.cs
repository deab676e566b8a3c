using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.SignIn;

/// <summary>Choosing the language of the pages; kept for a year in a cookie that says nothing else.</summary>
static class LanguageChoice
{
    public const string Cookie = "language";

    public static void Map(IEndpointRouteBuilder pages) => pages.MapPost("/language", (HttpContext http) =>
    {
        Keep(http, Language.For(http.Request.Form["language"]));
        return FormPost.Go(http, ReturnAddress.Local(http.Request.Form["returnUrl"]));
    }).AllowAnonymous();

    public static void Keep(HttpContext http, Language language) =>
        http.Response.Cookies.Append(Cookie, language.Code, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps
        });
}
