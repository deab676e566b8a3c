using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Simulation;

/// <summary>The simulated clock as a resource; it exists only where the host has such a clock.</summary>
public static class SimulationApi
{
    internal static void MapSimulation(this RouteGroupBuilder api)
    {
        if (((IEndpointRouteBuilder)api).ServiceProvider.GetService<SimulatedClock>() is null)
            return;
        var simulation = api.MapGroup("/simulation/clock").WithTags("Simulation");
        simulation.MapGet("", Show).Answers<ClockView>().Describe("Show the simulated clock", "Where it stands.");
        simulation.MapPost("", Move).Answers<ClockMoved>()
            .Describe("Move the simulated clock",
            "Forwards, to a date (12:00 in Stockholm) or an instant; everything that falls due on the way runs before it answers.");
    }

    /// <summary>Has each request look where the clock stands, for hosts that share it.</summary>
    public static IApplicationBuilder UseSharedClock(this IApplicationBuilder app)
    {
        var clock = app.ApplicationServices.GetRequiredService<SimulatedClock>();
        return app.UseWhen(http => !http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase), told =>
            told.Use(async (http, next) =>
        {
            await clock.Follow(http.RequestAborted);
            await next();
        }));
    }

    static IResult Show(SimulatedClock clock) => Results.Json(new ClockView(clock.GetCurrentInstant()), ViewJson.Options);

    static async Task<IResult> Move(Body<ClockRequest> body, ClockMoving moving, HttpContext http) =>
        await moving.MoveTo(body.Value.Now, http.RequestAborted) switch
        {
            (Moved: { } moved, _) => Results.Json(moved, ViewJson.Options),
            (_, Refused: var refused) => Problem.Result(refused!)
        };
}

/// <param name="Now">A date (12:00 in Stockholm) or an instant.</param>
public sealed record ClockRequest(string Now);

/// <param name="Now">Where the clock stands.</param>
public sealed record ClockView(Instant Now);
