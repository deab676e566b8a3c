using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.SignIn;

namespace MrAgreement.Web.Limits;

/// <summary>How much one may ask for (docs/decisions/0059): persons by who they are, all others by their address.</summary>
public static class RequestLimits
{
    public static IServiceCollection AddMrAgreementLimits(this IServiceCollection services, LimitSettings limits)
    {
        services.AddSingleton(limits);
        services.TryAddSingleton(TimeProvider.System);
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<TimeProvider>((options, time) =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http => Asker.Of(http) switch
                {
                    null => RateLimitPartition.GetNoLimiter(""),
                    { Person: null } it => RateLimitPartition.Get(it.Key, _ => new Allowance(time, limits.Strangers, limits.Strangers)),
                    var it => RateLimitPartition.Get(it.Key, _ => new Allowance(time, limits.Person, limits.Burst))
                }),
                PartitionedRateLimiter.Create<HttpContext, string>(http => Asker.Of(http) is { Person: null } it && Asker.IsAtTheDoor(http)
                    ? RateLimitPartition.Get(it.Key, _ => new Allowance(time, limits.Door, limits.Door))
                    : RateLimitPartition.GetNoLimiter("")));
            options.OnRejected = Rejected;
        });
        return services;
    }

    internal static void AddAlerts(this IServiceCollection services) =>
        services.AddSingleton(provider => new Alerts(provider.GetRequiredService<SecurityLog>(), SystemClock.Instance));

    /// <summary>To stand where routing is done and nothing has been read yet.</summary>
    internal static IApplicationBuilder UseMrAgreementLimits(this IApplicationBuilder app)
    {
        app.Use(async (http, next) =>
        {
            await Asker.Find(http);
            await next();
            if (Asker.Of(http)?.Person is { } person)
                await http.RequestServices.GetRequiredService<Alerts>().Denied(http, person);
        });
        return app.ApplicationServices.GetService<LimitSettings>() is null ? app : app.UseRateLimiter();
    }

    static async ValueTask Rejected(OnRejectedContext context, CancellationToken cancellation)
    {
        var (http, asker) = (context.HttpContext, Asker.Of(context.HttpContext)!);
        var seconds = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 60;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await http.RequestServices.GetRequiredService<Alerts>().Limited(http, asker);
        if (Asker.Begins(http, "/api") || Asker.Begins(http, "/calendars") || Asker.Begins(http, "/checkpoints"))
        {
            await Problem.Write(http, StatusCodes.Status429TooManyRequests, new("too-many-requests", ("seconds", seconds)));
            return;
        }
        SecurityHeaders.Put(http.Response.Headers);
        await PageGuard.Guarded(http, () => http.RequestServices.GetRequiredService<LateForm>().Wait(http, asker.Person, seconds));
    }
}
