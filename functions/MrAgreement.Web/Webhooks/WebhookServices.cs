using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MrAgreement.Running;
using MrAgreement.Web.Feeds;

namespace MrAgreement.Web.Webhooks;

/// <summary>What other systems hear of changes by.</summary>
static class WebhookServices
{
    public static void AddChanges(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ChangeReading(provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<Dossiers>(), provider.GetRequiredService<LogReading>(),
            (id, e) => provider.GetRequiredService<ILoggerFactory>().CreateLogger("MrAgreement.Changes")
                .LogError(e, "The log of agreement {Agreement} can't be read; its changes are passed over", id)));
        services.AddSingleton<ChangeCursor>();
        services.AddSingleton<FeedAddresses>();
        // A host that knows where people reach it has said so before.
        services.TryAddSingleton(new WebhookSettings(new("http://localhost:5080")));
        services.AddSingleton<WebhookHearing>();
        // A host that delivers elsewhere has said so before.
        services.TryAddSingleton<IWebhookTeller>(provider => provider.GetRequiredService<WebhookHearing>());
        services.AddSingleton<KeptWebhooks>();
        services.AddSingleton<WebhookDesk>();
        services.AddSingleton<WebhookDelivery>();
        // What became of a delivery is kept, and shown; its tries are nobody's log.
        services.Configure<LoggerFilterOptions>(it => it.AddFilter("Polly", LogLevel.None));
        services.AddHttpClient<WebhookSender>(client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => WebhookSender.Handler(provider.GetRequiredService<WebhookSettings>()))
            .AddResilienceHandler("webhooks", (tries, context) =>
                WebhookSender.Retry(tries, context.ServiceProvider.GetRequiredService<WebhookSettings>()));
    }
}
