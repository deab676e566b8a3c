using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Functions.Importing;
using MrAgreement.Functions.Tests.Doubles;
using MrAgreement.Money;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage.Files;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Service;
using MrAgreement.Web.Texts;

namespace MrAgreement.Functions.Tests.Importing;

/// <summary>Imports as orchestrations: the real importer over real stores, asked about and stopped by way of the engine.</summary>
public sealed class LedgerImportingTests : IDisposable
{
    static readonly AgreementId id = Some.AgreementId();
    static readonly Occasion now = new(Some.Finance, Some.Utc("2016-02-15T10:00:00Z"));
    static readonly Dictionary<string, string> typed = new() { ["project"] = "P 2289" };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;
    readonly SqliteLedgerRows rows;
    readonly FileDocumentStore documents;
    readonly Dossiers dossiers;
    readonly Engine engine = new(now.Now.ToDateTimeUtc());
    readonly LedgerImporter importer;
    readonly ILedgerRuns runs;
    readonly HeldDocuments held;

    public LedgerImportingTests()
    {
        database = SqliteDatabase.Open(folder["data"]);
        rows = SqliteLedgerRows.Open(folder["data"]);
        documents = FileDocumentStore.Open(folder["documents"]);
        held = new(documents);
        dossiers = new(new SqliteEventStore(database), Guid.CreateVersion7);
        importer = new(held, rows, dossiers);
        var work = new LedgerImportWork(importer) { Between = TimeSpan.FromMilliseconds(20) };
        engine.Orchestrator(LedgerImporting.Name, LedgerImporting.Run).Activity<OrderedImport, ImportOutcome>(LedgerImportWork.Name, ordered => work.Run(ordered, engine, default));
        var http = new DefaultHttpContext();
        http.Features.Set<DurableTaskClient>(engine);
        runs = new DurableLedgerRuns(new HttpContextAccessor { HttpContext = http }, new());
    }

    [Fact]
    public async Task An_import_goes_on_by_itself_and_any_instance_can_tell_what_came_of_it()
    {
        var order = await Ordered();

        await runs.Start(id, order, now, typed, Cancellation);
        var underWay = Assert.Single(await runs.UnderWay(id, Cancellation));
        await engine.Run();

        Assert.Equal(("ledger.se", Some.Finance.Id, now.Now), (underWay.File, underWay.By, underWay.StartedAt));
        Assert.Equal(new ImportEnd.Imported(order.Import), (await runs.Find(id, order.Import, Cancellation))!.End);
        Assert.Empty(await runs.UnderWay(id, Cancellation));
        Assert.Equal(order.Import, Assert.Single((await dossiers.Read(id, Cancellation))!.Grant.Ledger.Imports).Read.Import);
    }

    [Fact]
    public async Task The_same_import_begun_twice_at_once_is_one()
    {
        var order = await Ordered();

        await runs.Start(id, order, now, typed, Cancellation);
        await runs.Start(id, order, now, typed, Cancellation);
        await engine.Run();

        Assert.Single(engine.Begun);
        Assert.Single((await dossiers.Read(id, Cancellation))!.Grant.Ledger.Imports);
    }

    [Fact]
    public async Task An_import_that_can_not_be_begun_says_so()
    {
        var order = await Ordered();
        var http = new DefaultHttpContext();
        http.Features.Set<DurableTaskClient>(new Engine(engine.Now) { Broken = true });
        ILedgerRuns broken = new DurableLedgerRuns(new HttpContextAccessor { HttpContext = http }, new());

        await Assert.ThrowsAsync<InvalidOperationException>(() => broken.Start(id, order, now, typed, Cancellation));
    }

    [Fact]
    public async Task A_stopped_import_leaves_nothing()
    {
        var order = await Ordered();
        held.Hold();
        await runs.Start(id, order, now, typed, Cancellation);
        var running = engine.Run();
        await held.Reached;

        await runs.Cancel(id, order.Import, Cancellation);
        await running;

        Assert.Equal(new ImportEnd.Cancelled(), (await runs.Find(id, order.Import, Cancellation))!.End);
        Assert.Empty((await dossiers.Read(id, Cancellation))!.Grant.Ledger.Imports);
        Assert.DoesNotContain(order.Import, await rows.Held(id, Cancellation));
        Assert.False(await documents.Exists(order.File.Sha256, Cancellation));
    }

    [Fact]
    public async Task A_refused_file_says_why_with_what_was_typed()
    {
        var order = await Ordered() with { Project = new(6, "P 9999") };

        await runs.Start(id, order, now, typed, Cancellation);
        await engine.Run();

        var run = (await runs.Find(id, order.Import, Cancellation))!;
        var why = Assert.IsType<ImportEnd.Refused>(run.End).Why;
        Assert.Equal(("project-not-in-ledger", RefusalKind.Invalid), (why.Slug, why.Kind));
        Assert.Equal("/project", Assert.Single(why.Faults).Pointer);
        Assert.Equal(typed, run.Typed);
        Assert.False(await documents.Exists(order.File.Sha256, Cancellation));
        Assert.Contains("P 9999", Language.English.Say($"problem.{why.Slug}.detail", why.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_was_done_already_when_its_activity_is_given_again_is_the_same_one()
    {
        var order = await Ordered();
        var work = new LedgerImportWork(new(documents, rows, dossiers));
        var ordered = OrderedImport.Of(id, order, now, typed);

        await engine.ScheduleNewOrchestrationInstanceAsync(LedgerImporting.Name, ordered, new StartOrchestrationOptions(LedgerImporting.Instance(id, order.Import)), Cancellation);
        var (first, second) = (await work.Run(ordered, engine, Cancellation), await work.Run(ordered, engine, Cancellation));

        Assert.Equal((order.Import, order.Import), (first.Import, second.Import));
        Assert.Single((await dossiers.Read(id, Cancellation))!.Grant.Ledger.Imports);
    }

    [Fact]
    public async Task An_import_whose_instance_is_stopped_keeps_the_file_for_the_next_one()
    {
        var order = await Ordered();
        var ordered = OrderedImport.Of(id, order, now, typed);
        await engine.ScheduleNewOrchestrationInstanceAsync(LedgerImporting.Name, ordered, new StartOrchestrationOptions(LedgerImporting.Instance(id, order.Import)), Cancellation);
        using var stopping = new CancellationTokenSource();
        held.Hold();
        var running = new LedgerImportWork(importer).Run(ordered, engine, stopping.Token);
        await held.Reached;
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.True(await documents.Exists(order.File.Sha256, Cancellation));
        Assert.Equal(order.Import, (await new LedgerImportWork(new(documents, rows, dossiers)).Run(ordered, engine, Cancellation)).Import);
    }

    [Fact]
    public async Task An_outage_is_tried_again_and_fails_for_all_to_see_when_it_lasts()
    {
        var order = await Ordered() with { File = new("borta.se", "text/plain", Sha256.Of([1, 2, 3]), 3) };

        await runs.Start(id, order, now, typed, Cancellation);
        await engine.RunUntil(engine.Now.AddHours(1));

        Assert.Equal(new ImportEnd.Failed(), (await runs.Find(id, order.Import, Cancellation))!.End);
        Assert.Equal(3, engine.Begun.Count);
    }

    [Fact]
    public void A_refusal_is_said_the_same_after_it_was_stored()
    {
        var refused = new Refused("some-rule", RefusalKind.Invalid, ("count", 1234), ("day", new LocalDate(2015, 2, 1)), ("amount", Kronor.Parse("312450.50")), ("role", Role.Finance), ("name", "ö{x}"))
        {
            Faults = [new("/file", "one", ("max", 100)), Fault.OnLine(17, "two", ("day", new LocalDate(2016, 1, 31)))]
        };

        var read = System.Text.Json.JsonSerializer.Deserialize<StoredRefusal>(System.Text.Json.JsonSerializer.Serialize(StoredRefusal.Of(refused)))!.Refused();

        Assert.Equal((refused.Slug, refused.Kind), (read.Slug, read.Kind));
        Assert.Equal(refused.Values, read.Values);
        Assert.Equal(refused.Faults.Select(f => (f.Pointer, f.Line, f.Rule)), read.Faults.Select(f => (f.Pointer, f.Line, f.Rule)));
        Assert.Equal(refused.Faults.SelectMany(f => f.Values), read.Faults.SelectMany(f => f.Values));
    }

    [Fact]
    public void An_order_is_the_same_after_it_was_stored()
    {
        var order = new LedgerOrder(Some.Id(7), new("å.se", "text/plain", Sha256.Of([1]), 1), new(6, "P 2289"), [new(5010, 5010), new(7000, 7699)], Texts: true)
        {
            Put = new(Sha256.Of([1]), 1, now.Now) { New = "7" }
        };

        var read = System.Text.Json.JsonSerializer.Deserialize<OrderedImport>(System.Text.Json.JsonSerializer.Serialize(OrderedImport.Of(id, order, now, typed)))!;

        Assert.Equal(order with { Chosen = null }, read.Order() with { Chosen = null });
        Assert.Equal(order.Chosen, read.Order().Chosen);
        Assert.Equal(now, read.On());
    }

    public void Dispose()
    {
        rows.Dispose();
        database.Dispose();
        folder.Dispose();
    }

    async Task<LedgerOrder> Ordered()
    {
        var terms = Some.Terms2014 with { Parties = [.. Some.Terms2014.Parties.Select(p => p.Key == "SKR" ? p with { OrganisationNumber = OrganisationNumber.Parse("555555-5555") } : p)] };
        var signed = new Occasion(Some.Officer, Some.Utc("2014-06-13T10:00:00Z"));
        Assert.Null((await dossiers.Execute(id, new CreateAgreement(terms), signed)).Refused);
        Assert.Null((await dossiers.Execute(id, Some.Signature("2014-06-13"), signed)).Refused);
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "ledger.se"));
        var stored = await documents.Put(file, 1_000_000, Cancellation);
        return new(Some.Id(42), new("ledger.se", "text/plain", stored.Address, stored.Size), new(6, "P 2289"), null, Texts: false) { Put = stored };
    }

    /// <summary>Documents that wait, when they are told to, before they are read.</summary>
    sealed class HeldDocuments(IDocumentStore documents) : IDocumentStore
    {
        readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool holds;

        public Task Reached => reached.Task;

        public void Hold() => holds = true;

        public async Task<Stream?> Open(Sha256 address, CancellationToken cancellation = default)
        {
            if (holds)
            {
                reached.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            return await documents.Open(address, cancellation);
        }

        public Task<StoredDocument> Put(Stream content, long limit, CancellationToken cancellation = default) => documents.Put(content, limit, cancellation);
        public Task<bool> Exists(Sha256 address, CancellationToken cancellation = default) => documents.Exists(address, cancellation);
        public IAsyncEnumerable<StoredDocument> List(CancellationToken cancellation = default) => documents.List(cancellation);
        public Task<bool> Withdraw(StoredDocument put, CancellationToken cancellation = default) => documents.Withdraw(put, cancellation);
        public Task<bool> Delete(Sha256 address, Instant storedBefore, CancellationToken cancellation = default) => documents.Delete(address, storedBefore, cancellation);
    }
}
