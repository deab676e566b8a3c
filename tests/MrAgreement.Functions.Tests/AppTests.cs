using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Functions.Http;
using MrAgreement.Storage.Azure;
using MrAgreement.Web.Documents;

namespace MrAgreement.Functions.Tests;

/// <summary>What the host in front reads of the app: its settings, <c>host.json</c>, and the triggers.</summary>
public class AppTests
{
    static readonly JsonElement host = JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "host.json")));

    // As the SDK has found them: what is missing there is never called, and a setting that is wrong there is wrong in Azure.
    [Fact]
    public async Task The_host_is_told_of_every_function_and_of_its_triggers_as_they_are_meant()
    {
        var generated = Assert.Single(typeof(WebFunction).Assembly.GetTypes(), type => type.IsAssignableTo(typeof(IFunctionMetadataProvider)));
        var told = await ((IFunctionMetadataProvider)Activator.CreateInstance(generated)!).GetFunctionMetadataAsync(AppContext.BaseDirectory);

        Assert.Equal([
            "advance: activityTrigger poke dataType=String; durableClient client",
            "agreement-life: orchestrationTrigger context",
            "agreement-mail: orchestrationTrigger context",
            "archive-packages: orchestrationTrigger context",
            "deliver-mail: activityTrigger agreement dataType=String",
            "deliver-webhook: activityTrigger webhook dataType=String",
            "import-ledger: activityTrigger ordered; durableClient client",
            "ledger-import: orchestrationTrigger context",
            "log-round: timerTrigger timer schedule=0 45 2 * * *",
            "make-archive-package: activityTrigger ordered",
            "nightly-round: timerTrigger timer schedule=0 15 2 * * *; durableClient client",
            "poke: queueTrigger message connection=MRAGREEMENT_POKES dataType=String queueName=pokes; durableClient client",
            "read-bounces: timerTrigger timer schedule=0 5/10 * * * *",
            "wake-agreements: orchestrationTrigger context",
            "wake-some: activityTrigger agreements; durableClient client",
            "web: httpTrigger request authLevel=Anonymous methods=get,post,put,patch,delete,head,options route={*path}; durableClient client; http $return",
            "webhook-telling: orchestrationTrigger context"
        ], told.Select(Written).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_path_is_the_webs_from_its_first_letter() =>
        Assert.Equal("", host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());

    [Fact]
    public void A_poke_is_read_as_it_is_written()
    {
        // The extension's own way is Base64.
        Assert.Equal("none", host.GetProperty("extensions").GetProperty("queues").GetProperty("messageEncoding").GetString());
        Assert.Equal("pokes", PokeQueue.Name);
    }

    // Any other state, and the second of two requests at once clears what the first has begun.
    [Fact]
    public void What_runs_is_not_begun_anew() =>
        Assert.Equal("NonRunningStates", host.GetProperty("extensions").GetProperty("durableTask").GetProperty("overridableExistingInstanceStates").GetString());

    [Fact]
    public void Requests_are_not_logged_one_by_one() =>
        Assert.Equal("Warning", host.GetProperty("logging").GetProperty("logLevel").GetProperty("Microsoft.AspNetCore").GetString());

    // A calendar's secret stands in its address, which the host in front sees before we do.
    [Fact]
    public void No_address_of_a_request_is_kept_by_the_host()
    {
        var logging = host.GetProperty("logging");
        Assert.False(logging.GetProperty("applicationInsights").GetProperty("httpAutoCollectionOptions").GetProperty("enableHttpTriggerExtendedInfoCollection").GetBoolean());
        Assert.Equal("Warning", logging.GetProperty("logLevel").GetProperty("default").GetString());
        Assert.Equal(["Function", "Host.Aggregator", "Host.Function.Console", "Host.Results", "MrAgreement"],
            logging.GetProperty("logLevel").EnumerateObject().Where(it => it.Value.GetString() is not ("Warning" or "Error" or "None")).Select(it => it.Name).Order(StringComparer.Ordinal));
    }

    // The alert on failed work asks the traces; it must not miss the one that was dropped.
    [Fact]
    public void No_trace_is_sampled_away() =>
        Assert.Contains("Trace", host.GetProperty("logging").GetProperty("applicationInsights").GetProperty("samplingSettings").GetProperty("excludedTypes").GetString()!.Split(';'));

    [Theory]
    [InlineData(null, null, null, "MRAGREEMENT_STORAGE must name the storage account of logs and documents.")]
    [InlineData("mr2014", null, null, "Nobody could sign in: no identity provider is configured. Set MRAGREEMENT_SIGN_IN (docs/sign-in.md), or MRAGREEMENT_DEMO to true to admit the made-up people of the demo.")]
    [InlineData("mr2014", null, "yes", "Nobody could sign in: no identity provider is configured. Set MRAGREEMENT_SIGN_IN (docs/sign-in.md), or MRAGREEMENT_DEMO to true to admit the made-up people of the demo.")]
    [InlineData("mr2014", "avtal.example.se", "true", "MRAGREEMENT_PUBLIC_ADDRESS must be an address without a path such as https://avtal.example.se, not 'avtal.example.se'.")]
    public void It_does_not_start_as_it_can_not_be_meant(string? storage, string? address, string? demo, string why) =>
        Assert.Equal(why, Assert.Throws<StartRefusedException>(() => Read(storage, address, demo)).Message);

    [Fact]
    public void It_starts_with_a_store_and_the_people_of_the_demo() =>
        Assert.Equal(new("mr2014", new("https://avtal.example.se"), Demo: true), Read("mr2014", "https://avtal.example.se", "True"));

    // Where the extension looks for it: elsewhere it says nothing.
    [Fact]
    public void The_hub_holds_no_lease_of_the_app_s() =>
        Assert.False(host.GetProperty("extensions").GetProperty("durableTask").GetProperty("useAppLease").GetBoolean());

    [Theory]
    [InlineData(null, "mragreement.azurewebsites.net", "https://mragreement.azurewebsites.net/")]
    [InlineData(null, "localhost:7071", "http://localhost:7071/")]
    [InlineData(null, "127.0.0.1:7071", "http://127.0.0.1:7071/")]
    [InlineData("https://avtal.example.se", "localhost:7071", "https://avtal.example.se/")]
    [InlineData(null, null, null)]
    public void Its_address_is_the_one_set_or_the_platform_s(string? set, string? platform, string? expected) => Assert.Equal(expected, FunctionsSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("MRAGREEMENT_STORAGE", "mr2014"), new("MRAGREEMENT_PUBLIC_ADDRESS", set), new("WEBSITE_HOSTNAME", platform), new("MRAGREEMENT_DEMO", "true")]).Build()).PublicAddress?.AbsoluteUri);

    [Fact]
    public void It_knows_whom_people_turn_to() => Assert.Equal("webb@example.se", FunctionsSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("MRAGREEMENT_STORAGE", "mr2014"), new("MRAGREEMENT_CONTACT", "webb@example.se"), new("MRAGREEMENT_DEMO", "true")]).Build()).Contact);

    [Fact]
    public void It_knows_which_authority_publishes() => Assert.Equal("Regeringskansliet", FunctionsSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("MRAGREEMENT_STORAGE", "mr2014"), new("MRAGREEMENT_PUBLISHER", "Regeringskansliet"), new("MRAGREEMENT_DEMO", "true")]).Build()).Publisher);

    [Fact]
    public void It_knows_who_scans_documents()
    {
        static FunctionsSettings Set(string? scan) => FunctionsSettings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection([new("MRAGREEMENT_STORAGE", "mr2014"), new("MRAGREEMENT_SCAN", scan), new("MRAGREEMENT_DEMO", "true")]).Build());

        Assert.Equal(new ScannerAddress("clamd.internal", 3310), Set("clamd.internal:3310").Scan);
        Assert.Equal(ScannerAddress.None, Set(null).Scan);
        Assert.Contains("not 'clamd'", Assert.Throws<StartRefusedException>(() => Set("clamd")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail.example.se", null, "https://avtal.example.se", "MRAGREEMENT_MAIL takes an address such as smtp://")]
    [InlineData("smtp://mail.example.se?from=avtal@example.se&user=avtal", null, "https://avtal.example.se", "MRAGREEMENT_MAIL with user= needs MRAGREEMENT_MAIL_SECRET.")]
    [InlineData("smtp://mail.example.se?from=avtal@example.se", null, null, "MRAGREEMENT_MAIL needs MRAGREEMENT_PUBLIC_ADDRESS")]
    [InlineData(null, "hemligt", "https://avtal.example.se", "MRAGREEMENT_MAIL_SECRET is of no use without MRAGREEMENT_MAIL")]
    public void It_does_not_start_with_mail_that_can_not_be_meant(string? mail, string? secret, string? address, string why) =>
        Assert.StartsWith(why, Assert.Throws<StartRefusedException>(() => WithMail(mail, secret, address)).Message, StringComparison.Ordinal);

    [Fact]
    public void It_knows_who_takes_the_mail_and_tells_of_no_secret()
    {
        var settings = WithMail("smtp://mail.example.se?from=avtal@example.se&user=avtal", "hemligt", "https://avtal.example.se");
        Assert.Equal(("mail.example.se", 587, "hemligt"), (settings.Mail!.Host, settings.Mail.Port, settings.Mail.Secret));
        Assert.DoesNotContain("hemligt", settings.ToString(), StringComparison.Ordinal);
        Assert.Null(WithMail(null, null, null).Mail);
        Assert.Null(WithMail("", "", null).Mail);
    }

    // Whoever looks and whoever delivers get what they need only where mail is sent.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_sends_mail_is_there_only_where_mail_is_set(bool isSet)
    {
        using var folder = new TemporaryFolder();
        using var database = Storage.Sqlite.SqliteDatabase.Open(folder["data"]);
        var logs = new Storage.Sqlite.SqliteEventStore(database);
        var services = new ServiceCollection().AddLogging().AddSingleton<IKeptRecords>(new Storage.Sqlite.SqliteKeptRecords(database))
            .AddSingleton<Overviews.IReadModels>(new Storage.Sqlite.SqliteReadModels(database))
            .AddSingleton<Transparency.ICheckpointStore>(Storage.Files.FileCheckpointStore.Open(folder["checkpoints"]))
            .AddSingleton<IChangeFeed>(new Storage.Sqlite.SqliteChanges(database));
        services.AddMrAgreementFunctions(WithMail(isSet ? "smtp://mail.example.se?from=avtal@example.se" : null, null, "https://avtal.example.se"), logs, new PokeQueue(new Azure.Storage.Queues.QueueServiceClient("UseDevelopmentStorage=true")));
        await using var provider = services.BuildServiceProvider();

        Assert.Equal(isSet, provider.GetService<Functions.Messages.MailRounds>() is not null);
        Assert.NotNull(provider.GetRequiredService<Functions.Agreements.AgreementAdvance>());
        Assert.Equal(isSet, services.Any(it => it.ImplementationType == typeof(Functions.Messages.MailBeginning)));
        Assert.NotNull(ActivatorUtilities.CreateInstance<Functions.Messages.DeliverMail>(provider));
        Assert.NotNull(ActivatorUtilities.CreateInstance<Functions.Agreements.NightlyRound>(provider));
    }

    static FunctionsSettings WithMail(string? mail, string? secret, string? address) => FunctionsSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([
        new("MRAGREEMENT_STORAGE", "mr2014"), new("MRAGREEMENT_DEMO", "true"), new("MRAGREEMENT_MAIL", mail), new("MRAGREEMENT_MAIL_SECRET", secret),
        new("MRAGREEMENT_PUBLIC_ADDRESS", address)]).Build());

    static string Written(IFunctionMetadata function) => $"{function.Name}: {string.Join("; ", function.RawBindings!.Select(raw => Binding(JsonElement.Parse(raw))))}";

    static string Binding(JsonElement it) => string.Join(' ', [
        it.GetProperty("type").GetString(), it.GetProperty("name").GetString(),
        .. it.EnumerateObject().Where(p => p.Name is not ("type" or "name" or "direction" or "properties")).OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={(p.Value.ValueKind == JsonValueKind.Array ? string.Join(',', p.Value.EnumerateArray()) : p.Value.ToString())}")]);

    static FunctionsSettings Read(string? storage, string? address, string? demo) => FunctionsSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("MRAGREEMENT_STORAGE", storage), new("MRAGREEMENT_PUBLIC_ADDRESS", address), new("MRAGREEMENT_DEMO", demo)]).Build());
}
