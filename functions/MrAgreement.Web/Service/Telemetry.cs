using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MrAgreement.Running;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MrAgreement.Web.Service;

/// <summary>Traces, metrics and logs over OTLP, where OpenTelemetry's own
/// settings (<c>OTEL_…</c>) say where to; otherwise nobody listens.</summary>
public static class Telemetry
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static IServiceCollection AddMrAgreementTelemetry(this IServiceCollection services, Func<string, string?> environment)
    {
        if (environment(Endpoint) is not { Length: > 0 })
            return services;
        // Requests bear the usual attributes; ASP.NET Core leaves that to others unless told so.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        services.AddHostedService<Listening>();
        return services.AddLogging(logging => logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(Program(ResourceBuilder.CreateDefault()));
            logs.AddOtlpExporter();
        }));
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last and have their way.
    static ResourceBuilder Program(ResourceBuilder resource) =>
        resource.AddService("mragreement", serviceVersion: typeof(Telemetry).Assembly.GetName().Version!.ToString(3))
            .AddEnvironmentVariableDetector();

    sealed class Listening : IHostedService, IDisposable
    {
        readonly TracerProvider traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(it => Program(it))
            .AddSource(Instruments.Name, "Microsoft.AspNetCore").AddOtlpExporter().Build();
        readonly MeterProvider metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(it => Program(it))
            .AddMeter(Instruments.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter().Build();

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        // What has not been told yet is told on the way out.
        public void Dispose()
        {
            traces.Dispose();
            metrics.Dispose();
        }
    }
}
