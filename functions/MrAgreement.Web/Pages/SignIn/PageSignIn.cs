using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Pages.SignIn;

/// <summary>Signing in to the pages by cookie, and out. The cookie holds
/// the person's id; who that is, is looked up at every request.</summary>
public static class PageSignIn
{
    public const string Scheme = "MrAgreement.Pages";

    public static void Add(IServiceCollection services) => services.AddAuthentication().AddCookie(Scheme, options =>
    {
        options.Cookie.Name = "mragreement";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = StillInTheRegister;
        options.Events.OnRedirectToLogin = Challenge;
    });

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in", (HttpContext http, PageVisitor visitor) =>
            visitor.Known is null ? Show(http.Request.Query["returnUrl"])
                : FormPost.Go(http, ReturnAddress.Local(http.Request.Query["returnUrl"]))).AllowAnonymous();
        pages.MapPost("/sign-in", SignIn).AllowAnonymous();
        pages.MapPost("/sign-out", async (HttpContext http) =>
        {
            await http.RequestServices.GetRequiredService<Sessions>().End(http.User);
            await http.SignOutAsync(Scheme);
            return FormPost.Go(http, "/sign-in");
        }).AllowAnonymous();
    }

    static RazorComponentResult<SignInPage> Show(string? returnUrl) =>
        new(new { ReturnUrl = ReturnAddress.Local(returnUrl) }) { PreventStreamingRendering = true };

    static async Task<IResult> SignIn(HttpContext http, DemoPeople people)
    {
        var (chosen, party) = (http.Request.Form["person"].ToString(), http.Request.Form["party"].ToString().Trim());
        if (people.One(new(party.Length == 0 ? chosen : $"{chosen}@{party}")) is not { } person)
            return Failures.Page(StatusCodes.Status400BadRequest);
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, person.Id.Value), Sessions.New()], Scheme);
        await http.SignInAsync(Scheme, new(identity));
        return FormPost.Go(http, ReturnAddress.Local(http.Request.Form["returnUrl"]));
    }

    // A form that comes too late is not sent away, which would lose it.
    static async Task Challenge(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method))
        {
            SecurityHeaders.Put(http.Response.Headers);
            await PageGuard.Guarded(http, () => http.RequestServices.GetRequiredService<LateForm>().Answer(http));
        }
        else
            http.Response.Redirect(context.RedirectUri);
    }

    static Task StillInTheRegister(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id
            || services.GetRequiredService<IPeople>().Find(new PersonId(id)).Count == 0
            || services.GetRequiredService<Sessions>().IsEnded(context.Principal))
            context.RejectPrincipal();
        return Task.CompletedTask;
    }
}
