using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MrAgreement.Web.Importing;

namespace MrAgreement.Functions.Importing;

/// <summary>An import as an orchestration: one activity that does the work, while
/// any instance of the app can see how far it is and ask it to stop.</summary>
/// <remarks>Frozen, as <see cref="Agreements.AgreementLife"/> is: a deployment may come in the middle of one.</remarks>
public static class LedgerImporting
{
    public const string Name = "ledger-import";
    public const string Progress = "progress";
    public const string Stop = "stop";

    // An outage of ours; what a file can be refused for is no failure.
    static readonly TaskOptions patience = TaskOptions.FromRetryPolicy(new(3, TimeSpan.FromSeconds(5), 4));

    /// <summary>Found by its agreement: whose id is the beginning of its own.</summary>
    public static string Instance(AgreementId agreement, Guid import) => $"{Prefix(agreement)}{import:D}";

    public static string Prefix(AgreementId agreement) => $"{Name}-{agreement}-";

    [Function(Name)]
    public static async Task<ImportOutcome> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var work = context.CallActivityAsync<ImportOutcome>(LedgerImportWork.Name, context.GetInput<OrderedImport>(), patience);
        var stop = context.WaitForExternalEvent<bool>(Stop);
        var progress = context.WaitForExternalEvent<ImportProgress>(Progress);
        var shown = new ImportProgress(0, 0, Stopping: false);
        while (!work.IsCompleted)
        {
            // Stopping is heard once; the work tells what came of it.
            await (shown.Stopping ? Task.WhenAny(work, progress) : Task.WhenAny(work, progress, stop));
            if (progress.IsCompleted)
            {
                shown = await progress with { Stopping = shown.Stopping };
                progress = context.WaitForExternalEvent<ImportProgress>(Progress);
            }
            if (stop.IsCompleted)
                shown = shown with { Stopping = true };
            context.SetCustomStatus(shown);
        }
        return await work;
    }
}

/// <summary>Does the work of an import, tells how far it is, and stops when its orchestration has been asked to.</summary>
public sealed class LedgerImportWork(LedgerImporter importer)
{
    public const string Name = "import-ledger";

    /// <summary>How often it tells how far it is, and asks whether to go on.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.FromSeconds(2);

    [Function(Name)]
    public async Task<ImportOutcome> Run([ActivityTrigger] OrderedImport ordered, [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var instance = LedgerImporting.Instance(new(ordered.Agreement), ordered.Import);
        var progress = new ImportProgress(0, 0, Stopping: false);
        using var stopping = new CancellationTokenSource();
        // An import that is given up here is begun anew, of the same file.
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = Task.Run(() => importer.Run(new(ordered.Agreement), ordered.Order(), ordered.On(),
            (bytes, vouchers) => progress = new(bytes, vouchers, false), stopping.Token, leaving.Token), CancellationToken.None);
        try
        {
            for (var told = progress; await Task.WhenAny(work, Task.Delay(Between, cancellation)) != work; told = progress)
            {
                if (progress != told)
                    await client.RaiseEventAsync(instance, LedgerImporting.Progress, progress, cancellation);
                if (await Stopped(client, instance, cancellation))
                    await stopping.CancelAsync();
            }
            return ImportOutcome.Of(await work);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return ImportOutcome.Of(new ImportEnd.Cancelled());
        }
        finally
        {
            // Whatever went wrong with telling: nothing goes on that nobody sees.
            await leaving.CancelAsync();
            await work.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    static async Task<bool> Stopped(DurableTaskClient client, string instance, CancellationToken cancellation) =>
        await client.GetInstanceAsync(instance, getInputsAndOutputs: true, cancellation) is not { IsCompleted: false } it
        || it.SerializedCustomStatus is not null && it.ReadCustomStatusAs<ImportProgress>() is { Stopping: true };
}
