using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Importing;
using MrAgreement.Functions.Packaging;
using MrAgreement.Functions.Webhooks;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Packaging;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>Each orchestration on the real engine: what it asks for is what the engine takes, and its types travel.</summary>
public sealed class RealEngineTests
{
    const string Id = "00000001-2014-4613-8000-000000000001";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agreement_is_woken_by_its_timer_and_by_a_change_and_ends_when_it_is_closed()
    {
        var (looks, asleep) = (new ConcurrentQueue<string>(), new TaskCompletionSource());
        await using var engine = await RealEngine.InMemory(tasks => tasks
            .AddOrchestratorFunc<string?>(AgreementLife.Name, (context, _) => AgreementLife.Run(context))
            .AddActivityFunc<string, Sleep>(AgreementAdvance.Name, (_, poke) =>
            {
                looks.Enqueue(poke);
                if (looks.Count == 2)
                    asleep.SetResult();
                return looks.Count switch
                {
                    1 => new Sleep("active", DateTime.UtcNow.AddMilliseconds(200), Ended: false),
                    2 => new("active", DateTime.UtcNow.AddDays(400), Ended: false),
                    _ => new("closed", null, Ended: true)
                };
            }));

        await engine.Client.ScheduleNewOrchestrationInstanceAsync(AgreementLife.Name, $"{Id} first", new StartOrchestrationOptions(Id), Cancellation);
        await asleep.Task.WaitAsync(Cancellation);
        await engine.Client.RaiseEventAsync(Id, AgreementLife.Changed, $"{Id} second", Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(Id, getInputsAndOutputs: true, Cancellation);

        Assert.Equal([$"{Id} first", Id, $"{Id} second"], looks);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(new("closed", null, Ended: true), ended.ReadCustomStatusAs<Sleep>());
    }

    [Fact]
    public async Task A_webhook_is_tried_again_by_its_timer_hears_of_what_has_moved_and_ends_when_all_is_told()
    {
        var (rounds, asleep, instance) = (new ConcurrentQueue<string>(), new TaskCompletionSource(), WebhookTelling.Instance(Some.Id(7)));
        await using var engine = await RealEngine.InMemory(tasks => tasks
            .AddOrchestratorFunc<string>(WebhookTelling.Name, (context, _) => WebhookTelling.Run(context))
            .AddActivityFunc<string, Round>(DeliverWebhook.Name, (_, webhook) =>
            {
                rounds.Enqueue(webhook);
                if (rounds.Count == 3)
                    asleep.SetResult();
                return rounds.Count switch
                {
                    1 => new Round(DateTime.UtcNow.AddMilliseconds(200)),
                    2 => new(DateTime.UtcNow.AddMilliseconds(100)),
                    3 => new(DateTime.UtcNow.AddHours(1)),
                    _ => new(null)
                };
            }));

        await engine.Client.ScheduleNewOrchestrationInstanceAsync(WebhookTelling.Name, $"{Some.Id(7)}", new StartOrchestrationOptions(instance), Cancellation);
        await asleep.Task.WaitAsync(Cancellation);
        await engine.Client.RaiseEventAsync(instance, Rounds.Moved, true, Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, Cancellation);

        Assert.Equal(Enumerable.Repeat($"{Some.Id(7)}", 4), rounds);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(new(null), ended.ReadCustomStatusAs<Round>());
    }

    [Fact]
    public async Task Many_are_woken_fifty_at_a_time()
    {
        var woken = new ConcurrentBag<Guid>();
        await using var engine = await RealEngine.InMemory(tasks => tasks
            .AddOrchestratorFunc<IReadOnlyList<Guid>, int>(Waking.Name, (context, _) => Waking.Run(context))
            .AddActivityFunc<IReadOnlyList<Guid>, int>(WakeSome.Name, (_, some) =>
            {
                foreach (var one in some)
                    woken.Add(one);
                return some.Count;
            }));
        var all = Enumerable.Range(1, 120).Select(n => Some.AgreementId(n).Value).ToList();

        var ended = await Run(engine, Waking.Name, all);

        Assert.Equal(120, ended.ReadOutputAs<int>());
        Assert.Equal(all.Order(), woken.Order());
    }

    [Fact]
    public async Task An_import_shows_how_far_it_is_and_hears_that_it_is_to_stop()
    {
        var instance = LedgerImporting.Instance(Some.AgreementId(), Some.Id(42));
        var (shown, engine) = (new TaskCompletionSource(), (RealEngine?)null);
        async Task<ImportProgress?> Shown(Func<ImportProgress?, bool> enough)
        {
            while (true)
                if (await engine!.Client.GetInstanceAsync(instance, getInputsAndOutputs: true, Cancellation) is { } it
                    && (it.SerializedCustomStatus is null ? null : it.ReadCustomStatusAs<ImportProgress>()) is var progress && enough(progress))
                    return progress;
        }
        await using var started = engine = await RealEngine.InMemory(tasks => tasks
            .AddOrchestratorFunc<OrderedImport, ImportOutcome>(LedgerImporting.Name, (context, _) => LedgerImporting.Run(context))
            .AddActivityFunc<OrderedImport, ImportOutcome>(LedgerImportWork.Name, async (_, ordered) =>
            {
                await engine!.Client.RaiseEventAsync(instance, LedgerImporting.Progress, new ImportProgress(ordered.Size / 2, 7, Stopping: false));
                await Shown(progress => progress is { BytesRead: 500, Vouchers: 7, Stopping: false });
                shown.SetResult();
                await Shown(progress => progress is { Stopping: true });
                return new ImportOutcome(null, null, Cancelled: true);
            }));
        var ordered = new OrderedImport(Some.AgreementId().Value, Some.Id(42), "ledger.se", "text/plain", "", 1000, 6, "P 2289", null, false, "farid.falk", "SKR", "Finance", "2016-02-15T10:00:00Z", []);

        await engine.Client.ScheduleNewOrchestrationInstanceAsync(LedgerImporting.Name, ordered, new StartOrchestrationOptions(instance), Cancellation);
        await shown.Task.WaitAsync(Cancellation);
        await engine.Client.RaiseEventAsync(instance, LedgerImporting.Stop, true, Cancellation);
        var ended = await engine.Client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, Cancellation);

        Assert.Equal(new(null, null, Cancelled: true), ended.ReadOutputAs<ImportOutcome>());
        Assert.Equal(new(500, 7, Stopping: true), ended.ReadCustomStatusAs<ImportProgress>());
    }

    [Fact]
    public async Task Packages_are_made_one_by_one_and_one_that_can_not_be_made_holds_up_nobody()
    {
        await using var engine = await RealEngine.InMemory(tasks => tasks
            .AddOrchestratorFunc<OrderedArchive, IReadOnlyList<PackageOutcome>>(ArchivePackaging.Name, (context, _) => ArchivePackaging.Run(context))
            .AddActivityFunc<OrderedArchive, PackageOutcome>(MakeArchivePackage.Name, (_, order) =>
            {
                var one = Assert.Single(order.Packages);
                return new PackageOutcome(one.Package, one.Package == Some.Id(3) ? new("no-such-party", "Invalid", [], []) : null, Failed: false);
            }));
        var order = new OrderedArchive(Some.Id(100), [.. Enumerable.Range(1, 6).Select(n => new PlainPackage(Some.AgreementId(n).Value, Some.Id(n), "RK"))], "olga.olsson", "RK", "Officer", "2016-02-15T10:00:00Z");

        var ended = await Run(engine, ArchivePackaging.Name, order);

        var outcomes = ended.ReadOutputAs<IReadOnlyList<PackageOutcome>>()!;
        Assert.Equal(order.Packages.Select(p => p.Package), outcomes.Select(o => o.Package).Order());
        Assert.Equal([Some.Id(3)], outcomes.Where(o => !o.IsMade).Select(o => o.Package));
        Assert.Equal(new(5, 1), ended.ReadCustomStatusAs<ArchiveProgress>());
    }

    static async Task<OrchestrationMetadata> Run(RealEngine engine, string name, object input) =>
        await engine.Client.WaitForInstanceCompletionAsync(await engine.Client.ScheduleNewOrchestrationInstanceAsync(name, input, Cancellation), getInputsAndOutputs: true, Cancellation);
}
