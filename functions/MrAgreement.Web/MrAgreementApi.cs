using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MrAgreement.Documents;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Transparency;
using MrAgreement.Web.Agreements;
using MrAgreement.Web.Archives;
using MrAgreement.Web.Banking;
using MrAgreement.Web.Calendars;
using MrAgreement.Web.Deadlines;
using MrAgreement.Web.Documents;
using MrAgreement.Web.Drafts;
using MrAgreement.Web.Erasures;
using MrAgreement.Web.Feeds;
using MrAgreement.Web.Grants;
using MrAgreement.Web.Http;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Ledgers;
using MrAgreement.Web.Limits;
using MrAgreement.Web.Log;
using MrAgreement.Web.Messages;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.Organisations;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.Packaging;
using MrAgreement.Web.Payments;
using MrAgreement.Web.People;
using MrAgreement.Web.Portfolio;
using MrAgreement.Web.Published;
using MrAgreement.Web.Reconciliations;
using MrAgreement.Web.Registry;
using MrAgreement.Web.Search;
using MrAgreement.Web.Service;
using MrAgreement.Web.SignIn;
using MrAgreement.Web.Simulation;
using MrAgreement.Web.Webhooks;
using MrAgreement.Web.Work;

namespace MrAgreement.Web;

/// <summary>The HTTP API, for a host to add; it gives the stores and the clock.</summary>
public static class MrAgreementApi
{
    /// <param name="signIn">Who vouches for people and programs; null admits the made-up people of the demo, and nobody else.</param>
    public static IServiceCollection AddMrAgreementApi(this IServiceCollection services, SignInSettings? signIn)
    {
        services.AddHttpContextAccessor();
        // What is told there of every request has its whole address, a calendar's secret too.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        services.TryAddScoped<Caller>();
        services.AddRegister();
        services.AddSignIn(signIn);
        services.AddSingleton(provider =>
            new Dossiers(new TimedEventStore(provider.GetRequiredService<IEventStore>()), Guid.CreateVersion7, it =>
        {
            provider.GetRequiredService<KeptOverviews>().Renew();
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("MrAgreement.Logs").LogError(
                "The log of agreement {Agreement} was known up to event {Remembered}, and does not hold it any more: its store was set back. It ends at {Found}", it.Agreement, it.Remembered, it.Found);
        }, FreshSalt.Draw, id => provider.GetRequiredService<Erasing>().TryToFinish(id), id =>
        {
            provider.GetService<Mailing>()?.Moved(id);
            provider.GetRequiredService<WebhookHearing>().Moved();
        }));
        services.AddSingleton<SealedErasures>();
        services.AddSingleton<Erasing>();
        services.AddSingleton<LogReading>();
        services.AddSingleton(provider => new OwnMessages(provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<Dossiers>(),
            provider.GetRequiredService<KeptOverviews>(),
            (id, e) => provider.GetRequiredService<ILoggerFactory>().CreateLogger("MrAgreement.Messages")
                .LogError(e, "The log of agreement {Agreement} can't be read; its messages are passed over", id)));
        services.AddSingleton<ToldMessages>();
        services.AddChanges();
        services.AddSingleton(provider => new Checkpoints(provider.GetRequiredService<IEventStore>(),
            provider.GetRequiredService<ICheckpointStore>(), provider.GetRequiredService<IKeptRecords>(), Guid.CreateVersion7,
            FreshSalt.Draw));
        services.AddSingleton<LogExamination>();
        services.AddSingleton<LogWatch>();
        services.AddSingleton<Verifying>();
        services.AddSingleton<VerificationRuns>();
        // A host that has templates of its own has added them before.
        services.TryAddSingleton(_ => RequisitionTemplates.In());
        services.AddSingleton<Clockwork>();
        // A host whose agreements are woken one by one has said so before.
        services.TryAddSingleton<ILooks, ClockworkLooks>();
        services.AddSingleton(provider =>
            new KeptOverviews(provider.GetRequiredService<IReadModels>(), provider.GetRequiredService<Dossiers>(),
            (id, e) => provider.GetRequiredService<ILoggerFactory>().CreateLogger("MrAgreement.Overviews")
                .LogError(e, "The log of agreement {Agreement} can't be projected", id),
            new DamagedLists(provider.GetRequiredService<ILogger<DamagedLists>>()).MayBeMadeAnew));
        services.AddAlerts();
        services.AddSingleton<PublishedReading>();
        services.AddSingleton<DiaryNumbers>();
        services.AddSingleton<DailyRegistry>();
        services.AddSingleton(provider => new KeptPlanDrafts(provider.GetRequiredService<IKeptRecords>(), SystemClock.Instance));
        services.AddSingleton<PlanDrafting>();
        services.AddSingleton(provider => new KeptReportDrafts(provider.GetRequiredService<IKeptRecords>(), SystemClock.Instance));
        services.AddSingleton<ReportDrafting>();
        services.AddSingleton(provider => new KeptDrafts(provider.GetRequiredService<IKeptRecords>(), SystemClock.Instance));
        services.AddSingleton<Drafting>();
        services.AddSingleton(provider => new KeptAnswers(provider.GetRequiredService<IKeptRecords>(),
            provider.GetRequiredService<IDataProtectionProvider>(), SystemClock.Instance));
        services.AddDataProtection();
        services.AddSingleton<Bounds>();
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(Bounds.Set);
        services.AddSingleton<CalendarAddresses>();
        services.AddSingleton(provider => new Openings(provider.GetRequiredService<IKeptRecords>(), SystemClock.Instance));
        services.AddSingleton<CalendarDays>();
        // A host whose documents lie on its own disk has said so before.
        services.TryAddSingleton(new NearStore(false));
        services.AddSingleton<LostBytes>();
        services.AddSingleton<StoreTrouble>();
        // A host whose stores cost something to be asked has said before how it does.
        services.TryAddSingleton(provider =>
            StoresAnswer.Both(provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<IDocumentStore>()));
        services.AddSingleton<LedgerImporter>();
        services.AddSingleton<BankImporter>();
        services.AddSingleton<ImportWithdrawal>();
        services.TryAddSingleton(ScannerAddress.None);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Scanner>();
        services.AddSingleton<AwaitedImports>();
        services.AddSingleton<LedgerRuns>();
        // A host that runs imports elsewhere has said so before.
        services.TryAddSingleton<ILedgerRuns>(provider => provider.GetRequiredService<LedgerRuns>());
        services.AddSingleton<PackageContents>();
        services.AddSingleton<PackageMaker>();
        // So with packages for archives.
        services.AddSingleton<ArchiveRuns>();
        services.TryAddSingleton<IArchiveRuns>(provider => provider.GetRequiredService<ArchiveRuns>());
        services.AddScoped<Desk>();
        services.AddScoped<PaymentsDesk>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton<SpanReports>();
        services.AddScoped<Searching>();
        services.AddAuthorization();
        services.ConfigureHttpJsonOptions(options =>
        {
            foreach (var converter in Json.Options.Converters)
                options.SerializerOptions.Converters.Add(converter);
            options.SerializerOptions.NumberHandling = Json.Options.NumberHandling;
        });
        return services.AddContract();
    }

    /// <summary>Errors of every kind below <c>/api</c> answered as problems; to stand first in the pipeline.</summary>
    public static IApplicationBuilder UseMrAgreementProblems(this IApplicationBuilder app) => app.UseWhen(IsApi, api =>
    {
        api.Use((http, next) =>
        {
            if (Activity.Current?.Id is { } trace)
                http.Response.Headers["traceparent"] = trace;
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.CacheControl = "no-store";
            return next();
        });
        // What is the request's own problem is no failure of ours, and what is one we tell ourselves, in one line.
        api.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Failed,
            SuppressDiagnosticsCallback = it => it.Exception is DocumentTooLargeException or BadHttpRequestException
                or DocumentDamagedException or StoreBusyException or StoreUnavailableException or ClockStoppedException });
        api.UseStatusCodePages(context => Unanswered.Answer(context.HttpContext));
    });

    internal static void MapMrAgreementApi(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapContract();
        routes.MapCalendars();
        routes.MapFeeds();
        routes.MapPublicCheckpoints();
        var api = routes.MapGroup("/api/v1")
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(BearerTokens.Scheme).RequireAuthenticatedUser()
                .RequireAssertion(Admission.IsAdmitted))
            .AddEndpointFilter(StepUp.Filter)
            .AddEndpointFilter(ReadFailures.Filter);
        api.MapApiInfo();
        api.MapAgreements();
        api.MapDrafts();
        api.MapLifecycle();
        api.MapObligations();
        api.MapMessages();
        api.MapOwn();
        api.MapConsultations();
        api.MapMeetings();
        api.MapBodies();
        api.MapWorkHub();
        api.MapRecommendations();
        api.MapFindings();
        api.MapPlans();
        api.MapWorkReports();
        api.MapPublications();
        api.MapPublished();
        api.MapIndicators();
        api.MapEfforts();
        api.MapDocuments();
        api.MapDisclosures();
        api.MapGrant();
        api.MapLedger();
        api.MapBank();
        api.MapWithdrawals();
        api.MapStatements();
        api.MapAllocations();
        api.MapReconciliation();
        api.MapArchives();
        api.MapLog();
        api.MapChanges();
        api.MapFeedAddress();
        api.MapWebhooks();
        api.MapCheckpoints();
        api.MapErasures();
        api.MapRegistry();
        api.MapRetention();
        api.MapDeadlines();
        api.MapPayments();
        api.MapViews();
        api.MapAppropriations();
        api.MapReports();
        api.MapSearch();
        api.MapCalendarAddress();
        api.MapSimulation();
        api.MapPeople();
        api.MapParties();
        api.MapOrganisations();
        api.MapInvitations();
        api.MapMe();
        api.MapMailChoice();
        api.MapSessions();
    }

    static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    static async Task Failed(HttpContext http)
    {
        var failure = http.Features.Get<IExceptionHandlerFeature>()!.Error;
        var (status, refused) = failure switch
        {
            ClockStoppedException e => (StatusCodes.Status503ServiceUnavailable, new Refused("clock-stopped", ("now", e.At))),
            DocumentDamagedException e => (StatusCodes.Status409Conflict, new Refused(e.Slug, ("path", e.Name))),
            StoreBusyException => (StatusCodes.Status503ServiceUnavailable, new Refused("busy")),
            StoreUnavailableException e => (StatusCodes.Status503ServiceUnavailable, StoreTrouble.Refused(e)),
            DocumentTooLargeException e => (StatusCodes.Status413PayloadTooLarge, new Refused("too-large", ("max", (int)e.Limit))),
            BadHttpRequestException e => (e.StatusCode,
                new Refused(e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-request", ("max", 1024 * 1024))),
            _ => (StatusCodes.Status500InternalServerError, new Refused("internal"))
        };
        if (status >= StatusCodes.Status500InternalServerError && !http.RequestServices.GetRequiredService<StoreTrouble>().Told(failure))
            http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("MrAgreement.Api")
                .LogError(failure, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
        if (status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = RetryLater.After(failure);
        if (failure is DocumentDamagedException damaged
            && AgreementId.TryParse(http.Features.Get<IExceptionHandlerFeature>()!.RouteValues?["agreementId"] as string, null,
            out var agreement))
            await http.RequestServices.GetRequiredService<LostBytes>().Found(agreement, damaged);
        await Problem.Write(http, status, refused);
    }
}
