using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Importing;
using MrAgreement.Functions.Messages;
using MrAgreement.Functions.Packaging;
using MrAgreement.Functions.Webhooks;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Packaging;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>
/// A rolling deployment: histories of orchestrations as an earlier version of the program has left them on the engine, each replayed by this one.
/// What it asks for must be what was asked for then. The files in Histories only grow; with MRAGREEMENT_RECORD set, those that are missing are recorded.
/// Those of the name alone come from the engine in memory, those of an account from the backend that the app has in Azure.
/// </summary>
public sealed class HistoryReplayTests(Azurite azurite)
{
    const string Id = "00000001-2014-4613-8000-000000000001";

    static readonly string[] names = [AgreementLife.Name, LedgerImporting.Name, ArchivePackaging.Name, Waking.Name, MailDelivery.Name, WebhookTelling.Name];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Histories => [.. Directory.EnumerateFiles(Folder, "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    static string? Recording => Environment.GetEnvironmentVariable("MRAGREEMENT_RECORD") is { Length: > 0 } into ? into : null;

    static string Folder => Path.Combine(AppContext.BaseDirectory, "Durable", "Histories");

    [Theory]
    [MemberData(nameof(Histories))]
    public void A_history_that_an_earlier_version_has_left_is_replayed_to_the_same_calls(string history)
    {
        var turns = 0;
        foreach (var line in File.ReadLines(Path.Combine(Folder, $"{history}.jsonl")))
        {
            if (line.Split('\t') is not [var request, var asked])
                throw new FormatException(line);
            Assert.Equal(asked, Asked(JsonParser.Default.Parse<OrchestratorRequest>(request)));
            turns++;
        }
        Assert.InRange(turns, 2, 1000);
    }

    [Fact]
    public void Every_orchestration_has_a_history() =>
        Assert.Equal(names.Order(StringComparer.Ordinal), Histories.Select(row => names.Single(name => row.Data.StartsWith(name, StringComparison.Ordinal))).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_replay_that_asks_for_something_else_is_found_out()
    {
        var request = JsonParser.Default.Parse<OrchestratorRequest>(File.ReadLines(Path.Combine(Folder, $"{AgreementLife.Name}.jsonl")).Last().Split('\t')[0]);

        var asked = Run(request, Waking.Name);

        Assert.Contains("NonDeterministic", asked, StringComparison.Ordinal);
    }

    // In the shape that an activity's result had before it told what an agreement sleeps for.
    sealed record FormerSleep(string State, DateTime? Until, bool Ended);

    [Fact]
    public async Task What_this_version_leaves_is_replayed_without_a_fault()
    {
        using var folder = new TemporaryFolder();
        var into = Recording ?? folder.Path;
        await Recorded(into, AgreementLife.Name, tasks =>
        {
            var looks = 0;
            tasks.AddOrchestratorFunc<string?>(AgreementLife.Name, (context, _) => AgreementLife.Run(context)).AddActivityFunc<string, FormerSleep>(AgreementAdvance.Name, (_, _) => Interlocked.Increment(ref looks) switch
            {
                1 => new FormerSleep("active", DateTime.UtcNow.AddMilliseconds(200), Ended: false),
                2 => new("active", DateTime.UtcNow.AddDays(400), Ended: false),
                3 => new("draft", null, Ended: false),
                _ => new("closed", null, Ended: true)
            });
        }, async client =>
        {
            await client.ScheduleNewOrchestrationInstanceAsync(AgreementLife.Name, $"{Id} first", new StartOrchestrationOptions(Id), Cancellation);
            foreach (var state in (string[])["2", "draft"])
            {
                while ((await client.GetInstanceAsync(Id, getInputsAndOutputs: true, Cancellation))?.SerializedCustomStatus?.Contains(state == "2" ? $"\"{DateTime.UtcNow.AddDays(400).Year}" : "draft", StringComparison.Ordinal) != true)
                    await Task.Delay(20, Cancellation);
                await client.RaiseEventAsync(Id, AgreementLife.Changed, $"{Id} {state}", Cancellation);
            }
            return Id;
        });
        await Recorded(into, LedgerImporting.Name, tasks => tasks
            .AddOrchestratorFunc<OrderedImport, ImportOutcome>(LedgerImporting.Name, (context, _) => LedgerImporting.Run(context))
            .AddActivityFunc<OrderedImport, ImportOutcome>(LedgerImportWork.Name, async (_, _) =>
            {
                await Task.Delay(1500);
                return new ImportOutcome(null, null, Cancelled: true);
            }), async client =>
        {
            var instance = LedgerImporting.Instance(Some.AgreementId(), Some.Id(42));
            await client.ScheduleNewOrchestrationInstanceAsync(LedgerImporting.Name, new OrderedImport(Some.AgreementId().Value, Some.Id(42), "ledger.se", "text/plain", "", 1000, 6, "P 2289", null, false, "farid.falk", "SKR", "Finance", "2016-02-15T10:00:00Z", []), new StartOrchestrationOptions(instance), Cancellation);
            foreach (var read in (int[])[250, 500])
            {
                await client.RaiseEventAsync(instance, LedgerImporting.Progress, new ImportProgress(read, 7, Stopping: false), Cancellation);
                await Task.Delay(300, Cancellation);
            }
            await client.RaiseEventAsync(instance, LedgerImporting.Stop, true, Cancellation);
            return instance;
        });
        await Recorded(into, ArchivePackaging.Name, tasks => tasks
            .AddOrchestratorFunc<OrderedArchive, IReadOnlyList<PackageOutcome>>(ArchivePackaging.Name, (context, _) => ArchivePackaging.Run(context))
            .AddActivityFunc<OrderedArchive, PackageOutcome>(MakeArchivePackage.Name, (_, order) => order.Packages[0].Package == Some.Id(3)
                ? throw new InvalidOperationException("An outage.") : new PackageOutcome(order.Packages[0].Package, null, Failed: false)), async client =>
            await client.ScheduleNewOrchestrationInstanceAsync(ArchivePackaging.Name, new OrderedArchive(Some.Id(100), [.. Enumerable.Range(1, 6).Select(n => new PlainPackage(Some.AgreementId(n).Value, Some.Id(n), "RK"))], "erik.ek", "RK", "Officer", "2016-02-15T10:00:00Z"), Cancellation));
        await RecordedRounds(into, MailDelivery.Name, DeliverMail.Name, MailDelivery.Run, MailDelivery.Instance(Some.AgreementId()), Id);
        await RecordedRounds(into, WebhookTelling.Name, DeliverWebhook.Name, WebhookTelling.Run, WebhookTelling.Instance(Some.Id(7)), $"{Some.Id(7)}");
        await Recorded(into, Waking.Name, tasks => tasks
            .AddOrchestratorFunc<IReadOnlyList<Guid>, int>(Waking.Name, (context, _) => Waking.Run(context))
            .AddActivityFunc<IReadOnlyList<Guid>, int>(WakeSome.Name, (_, some) => some.Count), async client =>
            await client.ScheduleNewOrchestrationInstanceAsync(Waking.Name, Enumerable.Range(1, 120).Select(n => Some.AgreementId(n).Value).ToList(), Cancellation));
    }

    // Rounds: again at once, in some days, overtaken by a move, and then nothing is left.
    async Task RecordedRounds(string into, string name, string activity, Func<TaskOrchestrationContext, Task> run, string instance, string of) => await Recorded(into, name, tasks =>
        {
            var rounds = 0;
            tasks.AddOrchestratorFunc<string>(name, (context, _) => run(context)).AddActivityFunc<string, Round>(activity, (_, _) => Interlocked.Increment(ref rounds) switch
            {
                1 => new Round(DateTime.UtcNow.AddMilliseconds(200)),
                2 => new(DateTime.UtcNow.AddDays(2)),
                _ => new(null)
            });
        }, async client =>
        {
            await client.ScheduleNewOrchestrationInstanceAsync(name, of, new StartOrchestrationOptions(instance), Cancellation);
            while ((await client.GetInstanceAsync(instance, getInputsAndOutputs: true, Cancellation))?.SerializedCustomStatus?.Contains($"\"{DateTime.UtcNow.AddDays(2):yyyy-MM-dd}", StringComparison.Ordinal) != true)
                await Task.Delay(20, Cancellation);
            await client.RaiseEventAsync(instance, Rounds.Moved, true, Cancellation);
            return instance;
        });

    async Task Recorded(string into, string name, Action<DurableTaskRegistry> tasks, Func<DurableTaskClient, Task<string>> begin)
    {
        var file = Path.Combine(into, $"{name} on an account.jsonl");
        if (File.Exists(file))
            return;
        var recorder = new HistoryRecorder();
        await using var engine = Recording is null ? await RealEngine.InMemory(tasks, recorder) : await RealEngine.OnAccount(azurite.FreshAccount(), tasks, recorder);
        await engine.Client.WaitForInstanceCompletionAsync(await begin(engine.Client), Cancellation);
        // Where the code lay that failed is nothing to replay.
        foreach (var failed in recorder.Requests.SelectMany(request => request.PastEvents.Concat(request.NewEvents)).Where(e => e.TaskFailed is not null))
            failed.TaskFailed.FailureDetails.StackTrace = null;
        Assert.DoesNotContain(recorder.Requests, request => Asked(request).Contains("NonDeterministic", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(file, recorder.Requests.Select(request => $"{JsonFormatter.Default.Format(request)}\t{Asked(request)}"), Cancellation);
    }

    static string Asked(OrchestratorRequest request) =>
        Run(request, request.PastEvents.Concat(request.NewEvents).Select(e => e.ExecutionStarted?.Name).First(name => name is not null)!);

    // As the worker in the Functions app runs it.
    static string Run(OrchestratorRequest request, string name)
    {
        var encoded = Convert.ToBase64String(request.ToByteArray());
        var answer = name switch
        {
            AgreementLife.Name => GrpcOrchestrationRunner.LoadAndRun<string, object?>(encoded, async (context, _) =>
            {
                await AgreementLife.Run(context);
                return null;
            }),
            MailDelivery.Name => GrpcOrchestrationRunner.LoadAndRun<string, object?>(encoded, async (context, _) =>
            {
                await MailDelivery.Run(context);
                return null;
            }),
            WebhookTelling.Name => GrpcOrchestrationRunner.LoadAndRun<string, object?>(encoded, async (context, _) =>
            {
                await WebhookTelling.Run(context);
                return null;
            }),
            LedgerImporting.Name => GrpcOrchestrationRunner.LoadAndRun<OrderedImport, ImportOutcome>(encoded, async (context, _) => await LedgerImporting.Run(context)),
            ArchivePackaging.Name => GrpcOrchestrationRunner.LoadAndRun<OrderedArchive, IReadOnlyList<PackageOutcome>>(encoded, async (context, _) => await ArchivePackaging.Run(context)),
            Waking.Name => GrpcOrchestrationRunner.LoadAndRun<IReadOnlyList<Guid>, int>(encoded, async (context, _) => await Waking.Run(context)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such orchestration.")
        };
        var response = OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer));
        return string.Join(' ', response.Actions.Select(action => JsonFormatter.Default.Format(action)));
    }
}
