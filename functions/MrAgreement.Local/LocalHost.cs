using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Console;
using MrAgreement.Mail;
using MrAgreement.Messages;
using MrAgreement.Running;
using MrAgreement.Web;
using MrAgreement.Web.Grants;
using MrAgreement.Web.Http;
using MrAgreement.Web.Limits;
using MrAgreement.Web.Log;
using MrAgreement.Web.Messages;
using MrAgreement.Web.Packaging;
using MrAgreement.Web.People;
using MrAgreement.Web.Pages;
using MrAgreement.Web.Pages.Accessibility;
using MrAgreement.Web.Published;
using MrAgreement.Web.Service;
using MrAgreement.Web.Simulation;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Local;

/// <summary>The host in one process: pages, API and background clock over the stores of a folder or of a storage account.</summary>
static class LocalHost
{
    public static Task<WebApplication> Build(HostSettings settings, Stores stores) => Build(Begin(settings), settings, stores);

    /// <summary>All of it that needs no stores, so that they can be opened meanwhile.</summary>
    public static WebApplicationBuilder Begin(HostSettings settings)
    {
        // Settings are read once, so no file of them is watched.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddConsoleFormatter<PlainConsole, ConsoleFormatterOptions>();
        builder.Logging.AddConsole(options => options.FormatterName ??= PlainConsole.Called);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // A line for each request without a token would be anybody's to write.
        builder.Logging.AddFilter("MrAgreement.Web.People", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Nor is one for each connection beyond the bound: their number is measured (docs/observability.md).
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", LogLevel.Error);
        // Program tells in one line why a start failed.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        var services = builder.Services;
        services.AddSingleton(RequisitionTemplates.In(Path.Combine(settings.Data, "templates")));
        services.AddDataProtection().SetApplicationName("MrAgreement");
        services.AddHostedService<OverviewKeeping>();
        services.AddHostedService<RunKeeping>();
        services.AddSingleton(new NearStore(settings.Storage is null));
        services.AddMrAgreementTelemetry(Environment.GetEnvironmentVariable);
        if (settings.SignIn is null)
            services.AddSingleton(new DemoPeople(["RK", .. settings.Grantors]));
        services.AddSingleton(settings.Scan);
        services.AddSingleton(new WebhookSettings(ReachedAt(settings)) { Loopback = settings.LoopbackWebhooks });
        services.AddMrAgreementApi(settings.SignIn);
        if (settings.Limits is { } limits)
            services.AddMrAgreementLimits(limits);
        services.AddSingleton(new Contact(settings.Contact));
        services.AddSingleton(new Publisher(settings.Publisher));
        services.AddMrAgreementPages(settings.PublicAddress?.Scheme == Uri.UriSchemeHttps);
        return builder;
    }

    public static async Task<WebApplication> Build(WebApplicationBuilder begun, HostSettings settings, Stores stores)
    {
        var services = begun.Services;
        services.AddSingleton(stores.Events);
        services.AddSingleton(stores.Changes);
        services.AddSingleton(stores.ReadModels);
        services.AddSingleton(stores.Documents);
        services.AddSingleton(stores.LedgerRows);
        services.AddSingleton(new PackageShelf(stores.Packages));
        services.AddSingleton(stores.Kept);
        services.AddSingleton(stores.Checkpoints);
        services.AddSingleton(stores.Erasures);
        services.AddSingleton(new StoresAnswer(stores.Answer));
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = stores.Keys);
        services.AddHostedService(provider => new LogKeeping(provider.GetRequiredService<LogWatch>(), settings.Clock is null,
            provider.GetRequiredService<ILogger<LogKeeping>>()));
        if (settings.Clock is { } start)
        {
            services.AddSingleton(await stores.Clock(start));
            services.AddSingleton<ClockMoving>();
            services.AddSingleton<IClock>(provider => provider.GetRequiredService<SimulatedClock>());
        }
        else
        {
            services.AddSingleton<IClock>(SystemClock.Instance);
            services.AddHostedService<BackgroundClock>();
        }

        if (settings.Mail is not null || settings.MailFolder)
        {
            services.AddSingleton<IPostbox>(settings.Mail is { } server ? new SmtpPostbox(server, TimeProvider.System)
                : new MailFolder(Path.Combine(settings.Data, "mail")));
            services.AddMrAgreementMail(ReachedAt(settings));
            services.AddSingleton(provider => new Mailing(provider.GetRequiredService<Postman>(), SystemClock.Instance));
            if (settings.Bounces is { } mailbox)
                services.AddMrAgreementBounces(new BounceMailbox(mailbox, TimeProvider.System));
            services.AddHostedService<MailKeeping>();
        }

        services.AddHostedService<WebhookKeeping>();

        var app = begun.Build();
        if (settings.Proxies.Count > 0)
            app.UseForwardedHeaders(Forwarded(settings.Proxies));
        app.UseMrAgreement(settings.PublicAddress);
        // Hosts that share an account share its clock: whichever of them has moved it.
        if (settings is { Clock: not null, Storage: not null })
            app.UseSharedClock();
        app.MapMrAgreement();
        return app;
    }

    // Whoever is not one of them can say of no request where it comes from.
    static ForwardedHeadersOptions Forwarded(IReadOnlyList<IPAddress> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
            options.KnownProxies.Add(proxy);
        return options;
    }

    // What is no address at all is told when it is listened on.
    static Uri ReachedAt(HostSettings settings) => settings.PublicAddress
        ?? (Uri.TryCreate(settings.Urls.Split(';')[0], UriKind.Absolute, out var listening) ? listening : new("http://localhost"));
}
