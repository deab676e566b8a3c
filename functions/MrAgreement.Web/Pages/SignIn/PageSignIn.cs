using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.People;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.Pages.SignIn;

/// <summary>The way in to the pages, and out: as one of the made-up people of the demo, or by a provider.</summary>
static class PageSignIn
{
    /// <summary>In the address of the page to sign in on: why nobody was.</summary>
    public const string Why = "why";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sign-in", Show).AllowAnonymous();
        pages.MapPost("/sign-out", End).AllowAnonymous();
        if (pages.ServiceProvider.GetService<SignInSettings>() is null)
        {
            pages.MapPost("/sign-in", Choose).AllowAnonymous();
            return;
        }
        pages.MapGet("/sign-in/{key}", Begin).AllowAnonymous();
        InvitationPages.Map(pages);
    }

    /// <summary>To whoever is not signed in and must be: a form that comes too late is not sent away, which would lose it.</summary>
    public static Task Challenge(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        SecurityHeaders.Put(http.Response.Headers);
        if (SessionCookie.IsUnknown(http))
        {
            http.Response.Headers.RetryAfter = "1";
            return PageGuard.Guarded(http, () => Failures.Page(StatusCodes.Status503ServiceUnavailable).ExecuteAsync(http));
        }
        if (HttpMethods.IsPost(http.Request.Method))
            return PageGuard.Guarded(http, () => http.RequestServices.GetRequiredService<LateForm>().Answer(http));
        http.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    static IResult Show(HttpContext http, PageVisitor visitor)
    {
        var (query, returnUrl) = (http.Request.Query, ReturnAddress.Local(http.Request.Query["returnUrl"]));
        var why = query[Why].ToString() is { Length: > 0 } slug && SignInFailure.All.Contains(slug) ? slug : null;
        if (visitor.Known is not null && why is null)
            return FormPost.Go(http, returnUrl);
        return http.RequestServices.GetService<SignInSettings>() is { } settings
            ? new RazorComponentResult<SignInPage>(
                new { ReturnUrl = returnUrl, settings.Providers, Why = why, IsOut = query.ContainsKey("out") })
            {
                PreventStreamingRendering = true,
                StatusCode = why is null ? StatusCodes.Status200OK
                    : why == SignInFailure.Down ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status403Forbidden
            }
            : Rendered.Page<DemoSignInPage>(new { ReturnUrl = returnUrl });
    }

    static async Task<IResult> Choose(HttpContext http, DemoPeople people)
    {
        var (chosen, party) = (http.Request.Form["person"].ToString(), http.Request.Form["party"].ToString().Trim());
        if (people.One(new(party.Length == 0 ? chosen : $"{chosen}@{party}")) is not { } person)
            return Failures.Page(StatusCodes.Status400BadRequest);
        await SessionCookie.Begin(http, person.Id, null);
        return FormPost.Go(http, ReturnAddress.Local(http.Request.Form["returnUrl"]));
    }

    static async Task<IResult> Begin(string key, HttpContext http, SignInSettings settings, ProviderTrouble trouble)
    {
        if (settings.ByKey(key) is not { } provider)
            return Failures.Page(StatusCodes.Status404NotFound);
        var way = Arriving.Way(http);
        try
        {
            if (!way.Items.ContainsKey(Arriving.Again) && await AppService.WhoIsThere(http, provider) is var (person, idToken))
                await new Arriving(provider).Arrive(http, person, idToken, way.Items, way.RedirectUri);
            else
                await http.ChallengeAsync(Provider.SchemeOf(provider), way);
            return Results.Empty;
        }
        // Its description could not be read, or it does not take what it is asked.
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException or OpenIdConnectProtocolException
            or OperationCanceledException && !http.RequestAborted.IsCancellationRequested)
        {
            var why = e is InvalidOperationException ? SignInFailure.Down : SignInFailure.Of(e);
            trouble.Tell(key, why, e);
            return FormPost.Go(http, $"/sign-in?{Why}={why}");
        }
    }

    // A second parameter keeps it from passing for a delegate whose answer nobody reads.
    static async Task<IResult> End(HttpContext http, SecurityLog log) => await SigningOut.End(http, log) is { } elsewhere
        ? Rendered.Page<SignedOutPage>(new { Elsewhere = elsewhere })
        : FormPost.Go(http, "/sign-in");
}
