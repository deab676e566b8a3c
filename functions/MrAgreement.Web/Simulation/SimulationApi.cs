using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MrAgreement.Running;
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

    static async Task<IResult> Move(Body<ClockRequest> body, SimulatedClock clock, Clockwork clockwork, Dossiers dossiers,
        KeptOverviews overviews, ILoggerFactory logs, HttpContext http)
    {
        if (SimulatedClock.Read(body.Value.Now) is not { } to)
            return Problem.Result(Refused.Invalid(new Fault("/now", "invalid-instant")));
        return await clock.MoveTo(to, clockwork, dossiers, overviews,
            (id, e) => logs.CreateLogger("MrAgreement.Simulation").LogError(e, "What is due in agreement {Agreement} could not be run", id),
            http.RequestAborted) is { } moved
            ? Results.Json(moved, ViewJson.Options)
            : Problem.Result(new Refused("clock-backwards", ("now", clock.GetCurrentInstant())));
    }
}

/// <param name="Now">A date (12:00 in Stockholm) or an instant.</param>
public sealed record ClockRequest(string Now);

/// <param name="Now">Where the clock stands.</param>
public sealed record ClockView(Instant Now);
