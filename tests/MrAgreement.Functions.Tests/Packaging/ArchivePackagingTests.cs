using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Agreements;
using MrAgreement.Functions.Packaging;
using MrAgreement.Functions.Tests.Doubles;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage.Files;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Grants;
using MrAgreement.Web.Packaging;
using MrAgreement.Web.People;
using MrAgreement.Web.Service;

namespace MrAgreement.Functions.Tests.Packaging;

/// <summary>Orders of packages as orchestrations: the real maker over real stores, asked about by way of the engine.</summary>
public sealed class ArchivePackagingTests : IDisposable
{
    static readonly Occasion now = new(Some.Officer, Some.Utc("2016-02-15T10:00:00Z"));

    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;
    readonly Dossiers dossiers;
    readonly Checkpoints checkpoints;
    readonly PackageShelf shelf;
    readonly FileDocumentStore documents;
    readonly Engine engine = new(now.Now.ToDateTimeUtc());
    readonly DurableArchiveRuns runs;
    readonly HashSet<Guid> failing = [];

    public ArchivePackagingTests()
    {
        database = SqliteDatabase.Open(folder["data"]);
        documents = FileDocumentStore.Open(folder["documents"]);
        shelf = new(FileDocumentStore.Open(folder["packages"]));
        var store = new SqliteEventStore(database);
        dossiers = new(store, Guid.CreateVersion7);
        checkpoints = new(store, FileCheckpointStore.Open(folder["checkpoints"]), new SqliteKeptRecords(database), Guid.CreateVersion7, () => default);
        var work = new MakeArchivePackage(new(dossiers, checkpoints, new(store, checkpoints, new DemoPeople(), RequisitionTemplates.In()), documents, shelf,
            new(store, dossiers, documents, new(false), NullLogger<LostBytes>.Instance)));
        engine.Orchestrator(ArchivePackaging.Name, ArchivePackaging.Run).Activity<OrderedArchive, PackageOutcome>(
            MakeArchivePackage.Name, ordered => failing.Contains(ordered.Packages[0].Agreement) ? throw new IOException("The disk is full.") : work.Run(ordered, default));
        var http = new DefaultHttpContext();
        http.Features.Set<DurableTaskClient>(engine);
        runs = new(new HttpContextAccessor { HttpContext = http });
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_package_of_an_order_is_made_a_few_at_once()
    {
        var order = await Ordered(10);

        await runs.Start(order, Cancellation);
        Assert.Equal((0, 0, false), Shown(await runs.Find(order.Id, Cancellation)));
        await engine.Run();

        Assert.Equal((10, 0, true), Shown(await runs.Find(order.Id, Cancellation)));
        Assert.Equal(4, engine.MostAwaited);
        foreach (var package in order.Packages)
            Assert.Contains(await Entries(package), entry => entry.EndsWith("/METS.xml", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_order_again_begins_nothing_anew()
    {
        var order = await Ordered(2);

        await runs.Start(order, Cancellation);
        await runs.Start(order, Cancellation);
        await engine.Run();
        await runs.Start(order, Cancellation);
        await engine.Run();

        Assert.Equal(2, engine.Begun.Count);
        Assert.Equal((2, 0, true), Shown(await runs.Find(order.Id, Cancellation)));
    }

    [Fact]
    public async Task The_same_order_twice_at_the_same_time_is_begun_once_and_both_hear_of_it()
    {
        var order = await Ordered(2);
        // Neither hears of the other's before it begins its own.
        var (asked, both) = (0, new TaskCompletionSource());
        engine.Shown = () =>
        {
            if (Interlocked.Increment(ref asked) == 2)
                both.SetResult();
            return both.Task;
        };

        var begun = await Task.WhenAll(runs.Start(order, Cancellation), runs.Start(order, Cancellation));
        await engine.Run();

        Assert.All(begun, run => Assert.Equal(order.Packages, run.Order.Packages));
        Assert.Equal(2, engine.Begun.Count);
    }

    [Fact]
    public async Task One_that_fails_is_tried_again_and_holds_up_nobody_else()
    {
        var order = await Ordered(6);
        failing.Add(order.Packages[1].Agreement.Value);

        await runs.Start(order, Cancellation);
        await engine.Run();
        Assert.Equal((5, 0, false), Shown(await runs.Find(order.Id, Cancellation)));
        failing.Clear();
        await engine.RunUntil(engine.Now.AddSeconds(5));

        Assert.Equal((6, 0, true), Shown(await runs.Find(order.Id, Cancellation)));
    }

    [Fact]
    public async Task One_that_fails_for_good_is_told_as_a_failure_of_ours()
    {
        var order = await Ordered(3);
        failing.Add(order.Packages[1].Agreement.Value);

        await runs.Start(order, Cancellation);
        await engine.RunUntil(engine.Now.AddMinutes(1));

        var run = await runs.Find(order.Id, Cancellation);
        Assert.Equal((2, 1, true), Shown(run));
        Assert.Equal(new FailedPackage(order.Packages[1], null), Assert.Single(run!.Failures));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_said_and_nothing_is_noted()
    {
        var order = await Ordered(1);
        var file = await documents.Put(new MemoryStream("Rapporten"u8.ToArray()), 100, Cancellation);
        await Do(order.Packages[0].Agreement, Some.Officer, Some.Document(1) with { File = new("rapport.pdf", "application/pdf", file.Address, file.Size) });
        await documents.Delete(file.Address, NodaTime.Instant.MaxValue, Cancellation);

        await runs.Start(order, Cancellation);
        await engine.RunUntil(engine.Now.AddMinutes(1));

        var failed = Assert.Single((await runs.Find(order.Id, Cancellation))!.Failures);
        Assert.Equal("document-gone", failed.Why!.Slug);
        Assert.Contains("rapport.pdf", Assert.Single(failed.Why.Values).Value.ToString(), StringComparison.Ordinal);
        Assert.Empty((await dossiers.Read(order.Packages[0].Agreement, Cancellation))!.Packages.InOrder);
        Assert.Single(engine.Begun);
    }

    [Fact]
    public async Task Begun_again_after_it_was_made_a_package_is_the_same()
    {
        var order = await Ordered(1);
        await runs.Start(order, Cancellation);
        await engine.Run();
        var made = (await dossiers.Read(order.Packages[0].Agreement, Cancellation))!.Packages.InOrder[0];

        // As when the instance of the app was gone before it could tell.
        var work = new MakeArchivePackage(new(dossiers, null!, null!, null!, null!, null!));
        Assert.True((await work.Run(OrderedArchive.Of(order), Cancellation)).IsMade);

        Assert.Equal(made, Assert.Single((await dossiers.Read(order.Packages[0].Agreement, Cancellation))!.Packages.InOrder));
    }

    [Fact]
    public async Task An_order_that_can_not_be_begun_says_so_and_an_unknown_one_is_unknown()
    {
        var http = new DefaultHttpContext();
        http.Features.Set<DurableTaskClient>(new Engine(engine.Now) { Broken = true });
        var broken = new DurableArchiveRuns(new HttpContextAccessor { HttpContext = http });

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await broken.Start(await Ordered(1), Cancellation));
        Assert.Null(await runs.Find(Some.Id(404), Cancellation));
    }

    [Fact]
    public async Task One_that_was_ended_from_outside_has_failed()
    {
        var order = await Ordered(2);
        await runs.Start(order, Cancellation);

        engine[ArchivePackaging.Instance(order.Id)].Terminate();

        Assert.Equal((0, 2, true), Shown(await runs.Find(order.Id, Cancellation)));
    }

    public void Dispose()
    {
        checkpoints.Dispose();
        database.Dispose();
        folder.Dispose();
    }

    static (int Made, int Failed, bool IsDone) Shown(ArchiveRun? run) => (run!.Made, run.Failed, run.IsDone);

    async Task<ArchiveOrder> Ordered(int count)
    {
        var packages = new List<OrderedPackage>();
        for (var n = 1; n <= count; n++)
        {
            await Do(Some.AgreementId(n), Some.Officer, new CreateAgreement(Some.Terms2014));
            await Do(Some.AgreementId(n), Some.Officer, Some.Signature("2014-06-13"));
            packages.Add(new(Some.AgreementId(n), Some.Id(100 + n), "RK"));
        }
        return new(Some.Id(1), packages, now);
    }

    async Task Do(AgreementId id, Actor by, Command command) => Assert.Null((await dossiers.Execute(id, command, now with { By = by })).Refused);

    async Task<IReadOnlyList<string>> Entries(OrderedPackage package)
    {
        var made = (await dossiers.Read(package.Agreement, Cancellation))!.Packages[package.Package]!.Made;
        await using var content = await shelf.Open(made.Sha256, Cancellation);
        await using var zip = await ZipArchive.CreateAsync(content!, ZipArchiveMode.Read, false, null, Cancellation);
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }
}
