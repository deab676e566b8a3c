using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Http;
using MrAgreement.Functions.Importing;
using MrAgreement.Functions.Messages;
using MrAgreement.Functions.Packaging;
using MrAgreement.Functions.Webhooks;
using MrAgreement.Ledgers;
using MrAgreement.Mail;
using MrAgreement.Messages;
using MrAgreement.Running;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;
using MrAgreement.Web;
using MrAgreement.Web.Agreements;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Limits;
using MrAgreement.Web.Log;
using MrAgreement.Web.Messages;
using MrAgreement.Web.Packaging;
using MrAgreement.Web.Pages;
using MrAgreement.Web.Pages.Accessibility;
using MrAgreement.Web.Published;
using MrAgreement.Web.Service;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Functions;

/// <summary>What the app adds to the worker.</summary>
public static class MrAgreementFunctions
{
    public static IServiceCollection AddMrAgreementStores(this IServiceCollection services, AzureStores stores)
    {
        services.AddSingleton(stores.ReadModels);
        services.AddSingleton(stores.Changes);
        services.AddSingleton(stores.Documents);
        services.AddSingleton<ILedgerRows>(stores.LedgerRows);
        services.AddSingleton(new PackageShelf(stores.Packages));
        services.AddSingleton(stores.Kept);
        services.AddSingleton(stores.Checkpoints);
        services.AddSingleton(stores.Erasures);
        services.AddSingleton(new StoresAnswer(stores.Answer));
        services.AddDataProtection().SetApplicationName("MrAgreement");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new StoredKeys(stores.Keys));
        return services;
    }

    /// <param name="logs">The logs without pokes.</param>
    public static IServiceCollection AddMrAgreementFunctions(this IServiceCollection services, FunctionsSettings settings, IEventStore logs,
        PokeQueue pokes)
    {
        services.AddSingleton(settings);
        services.AddSingleton(new UnpokedLogs(logs));
        services.AddSingleton<IEventStore>(new PokedEventStore(logs, pokes, TimeProvider.System));
        services.AddSingleton<IClock>(SystemClock.Instance);
        services.AddSingleton<ILooks, DurableLooks>();
        services.AddSingleton<ILedgerRuns, DurableLedgerRuns>();
        services.AddSingleton<IArchiveRuns, DurableArchiveRuns>();
        if (settings.PublicAddress is { } address)
            services.AddSingleton(new WebhookSettings(address));
        services.AddSingleton<WebhookRounds>();
        services.AddSingleton<IWebhookTeller>(provider => provider.GetRequiredService<WebhookRounds>());
        services.AddMrAgreementApi(settings.SignIn);
        if (settings.Limits is { } limits)
            services.AddMrAgreementLimits(limits);
        services.AddSingleton(settings.Scan);
        services.AddSingleton(new Contact(settings.Contact));
        services.AddSingleton(new Publisher(settings.Publisher));
        services.AddMrAgreementPages(settings.PublicAddress?.Scheme == Uri.UriSchemeHttps);
        services.AddSingleton(WebPipeline.Build);
        services.AddSingleton<AgreementAdvance>();
        if (settings.Mail is { } server)
        {
            services.AddSingleton<IPostbox>(new SmtpPostbox(server, TimeProvider.System));
            // What became of mail makes nothing due: no poke for that.
            services.AddMrAgreementMail(settings.PublicAddress!, new Dossiers(logs, Guid.CreateVersion7, freshSalt: FreshSalt.Draw));
            services.AddSingleton<MailRounds>();
            services.AddHostedService<MailBeginning>();
            if (settings.Bounces is { } mailbox)
                services.AddMrAgreementBounces(new BounceMailbox(mailbox, TimeProvider.System));
        }
        services.AddHostedService(provider => new LogKeeping(provider.GetRequiredService<LogWatch>(), hasNights: false,
            provider.GetRequiredService<ILogger<LogKeeping>>()));
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        // The worker trusts whatever is forwarded, so that a client could choose the host that answers name.
        services.PostConfigure<ForwardedHeadersOptions>(options =>
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        return services;
    }
}
