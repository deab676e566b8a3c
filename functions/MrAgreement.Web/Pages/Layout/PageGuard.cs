using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MrAgreement.Documents;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.SignIn;
using MrAgreement.Web.People;
using MrAgreement.Web.Service;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.Pages.Layout;

/// <summary>What every page gets: security headers, the person behind the cookie and
/// nothing else, forms from our own pages only, failures in the pages' own voice.</summary>
static class PageGuard
{
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        SecurityHeaders.Put(http.Response.Headers);
        // A bearer token opens no page, whatever scheme the host has as its first.
        http.User = (await http.AuthenticateAsync(SessionCookie.Scheme)).Principal ?? new ClaimsPrincipal(new ClaimsIdentity());
        await Guarded(http, async () =>
        {
            if (HttpMethods.IsPost(http.Request.Method))
            {
                if (!http.Request.HasFormContentType)
                    throw new BadHttpRequestException("A page takes forms only.");
                // A copy of a cookie whose session was ended at another host.
                if (Bounds.IsLong(http.Request) && await SessionCookie.HasEnded(http))
                {
                    await http.RequestServices.GetRequiredService<LateForm>().Answer(http);
                    return;
                }
                await (http.User.Identity?.IsAuthenticated == true ? LargestUpload.Read(http) : LargestUpload.ReadStrangers(http));
                await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
                if (await StepUp.BeforeRegister(http) is { } demand)
                {
                    await LateForm.Again(http, new(http.Request.Form, http.Request.RouteValues), demand).ExecuteAsync(http);
                    return;
                }
            }
            if (BelongsNowhere(http))
                await (CallerOf(http).Roles.Count == 0 ? NoMembership(http) : Failures.Page(StatusCodes.Status403Forbidden))
                    .ExecuteAsync(http);
            // Carried out in here, so that a page that fails while it is written becomes a page too.
            else if (await next(context) is IResult result)
                await result.ExecuteAsync(http);
        });
        return Results.Empty;
    }

    // Such a person sees nothing but what everybody sees, and what to do.
    static bool BelongsNowhere(HttpContext http) => http.User.Identity?.IsAuthenticated == true
        && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null && CallerOf(http).Known is null;

    static Caller CallerOf(HttpContext http) => http.RequestServices.GetRequiredService<Caller>();

    static RazorComponentResult<NoMembershipPage> NoMembership(HttpContext http) =>
        new(new { Name = http.RequestServices.GetRequiredService<IPeople>().NameOf(CallerOf(http).Id!.Value) })
        {
            StatusCode = StatusCodes.Status403Forbidden, PreventStreamingRendering = true
        };

    /// <summary>Answers, with a page in our own voice when that fails.</summary>
    public static async Task Guarded(HttpContext http, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (Exception thrown) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            var status = Failures.StatusOf(thrown);
            if (status >= StatusCodes.Status500InternalServerError
                && !http.RequestServices.GetRequiredService<StoreTrouble>().Told(thrown))
                http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("MrAgreement.Pages")
                    .LogError(thrown, "The page {Path} failed.", http.Request.Path);
            if (thrown is DocumentDamagedException damaged
                && AgreementId.TryParse(http.GetRouteValue("id") as string, null, out var agreement))
                await http.RequestServices.GetRequiredService<LostBytes>().Found(agreement, damaged);
            if (status == StatusCodes.Status503ServiceUnavailable)
                http.Response.Headers.RetryAfter = RetryLater.After(thrown);
            BeginAnew(http.Response);
            await (thrown is StoreUnwritableException unwritable ? Failures.Page(status, StoreTrouble.Refused(unwritable))
                : Failures.Page(status)).ExecuteAsync(http);
        }
    }

    /// <summary>Before a page is written in place of another: components note on
    /// the answer that they wrote it, and fail where that stands already.</summary>
    public static void BeginAnew(HttpResponse response) => response.Headers.Remove("blazor-enhanced-nav");
}
