using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.Limits;

namespace MrAgreement.Web.SignIn;

/// <summary>Where much hangs on an act: whether the session still lasts, read again, and
/// whether the sign-in is as the provider is set to ask.</summary>
public sealed class StepUp(IHttpContextAccessor accessor, Sessions sessions, IClock machine, Alerts alerts,
    SignInSettings? settings = null)
{
    // Over the API, and by the pages' forms.
    static readonly PathString[] register = ["/api/v1/people", "/api/v1/parties", "/api/v1/invitations", "/people", "/parties"];

    // A clock that is a little ahead of ours.
    static readonly Duration skew = Duration.FromMinutes(2);

    HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Nobody asks but in a request.");

    /// <summary>Whether what is done with a right asks for more than being signed in.</summary>
    public static bool IsAskedBy(Right right) =>
        right is Right.Attest or Right.AttestReport or Right.Review or Right.Close or Right.Erase or Right.ManagePeople;

    /// <summary>What must be done before something is done with a right; null when nothing must.</summary>
    public async Task<Demand?> Before(Right right)
    {
        if (!IsAskedBy(right))
            return null;
        if (SessionCookie.KeyOf(Http) is { } key && SessionTickets.SessionOf(Http.User) is not null
            && await sessions.Find(key, afresh: true, Http.RequestAborted) is null)
            return new(null, null);
        var signedIn = Http.User;
        if (settings?.Of(signedIn.FindFirstValue(SessionTickets.Issuer)) is not { StepUp: { } asked } provider || Meets(signedIn, asked))
            return null;
        if (signedIn.FindFirstValue(ClaimTypes.NameIdentifier) is { } person)
            await alerts.Demanded(Http, new(person), provider.Key);
        return new(provider, asked);
    }

    /// <summary>What must be done before people's rights are changed by this request; null when nothing must.</summary>
    public static async Task<Demand?> BeforeRegister(HttpContext http) => !HttpMethods.IsGet(http.Request.Method)
        && register.Any(place => http.Request.Path.StartsWithSegments(place, StringComparison.OrdinalIgnoreCase))
        ? await http.RequestServices.GetRequiredService<StepUp>().Before(Right.ManagePeople) : null;

    /// <summary>The same over the API.</summary>
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await BeforeRegister(context.HttpContext) is { } demand ? demand : await next(context);

    bool Meets(ClaimsPrincipal signedIn, StepUpSettings asked) =>
        (asked.Acr.Count == 0 || asked.Acr.Contains(signedIn.FindFirstValue(SessionTickets.Acr) ?? ""))
        && (asked.MaxAgeMinutes is not { } minutes || SessionTickets.TimeOf(signedIn) is { } at
            && machine.GetCurrentInstant() - at is var age && age <= Duration.FromMinutes(minutes) && age >= -skew);

    /// <param name="Provider">Where to sign in again; null when the session has ended.</param>
    public sealed record Demand(ProviderSettings? Provider, StepUpSettings? Asked) : IResult, IRefusal
    {
        /// <summary>To a program.</summary>
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.WWWAuthenticate = Challenge;
            return Problem.Write(httpContext, StatusCodes.Status401Unauthorized, new("sign-in-again"));
        }

        /// <summary>As a program is told it (RFC 9470).</summary>
        public string Challenge => string.Join(", ", new[]
        {
            "Bearer error=\"insufficient_user_authentication\"", "error_description=\"Sign in again\"",
            Asked is { Acr.Count: > 0 } ? $"acr_values=\"{string.Join(' ', Asked.Acr)}\"" : null,
            Asked?.MaxAgeMinutes is { } minutes ? $"max_age=\"{minutes * 60}\"" : null
        }.OfType<string>());
    }
}
