using MrAgreement.Parties;

namespace MrAgreement.Web.Ledgers;

/// <summary>Imports that go on inside this process, for a host that is one process.</summary>
public sealed class LedgerRuns(WholeImport import, RunningImports running) : ILedgerRuns
{
    // As long as a page may be kept waiting for an import to stop.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    public long MostAwaited => long.MaxValue;

    public Task Start(AgreementId agreement, LedgerOrder order, Occasion on, IReadOnlyDictionary<string, string> typed,
        CancellationToken cancellation = default)
    {
        running.Start(agreement, order, on, typed, it => import.Run(agreement, order, on, it.Note, it.Cancellation));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<LedgerRun>> UnderWay(AgreementId agreement, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<LedgerRun>>([.. running.Of(agreement).Select(it => it.AsRun)]);

    public Task<LedgerRun?> Find(AgreementId agreement, Guid import, CancellationToken cancellation = default) =>
        Task.FromResult(running.Find(agreement, import)?.AsRun ?? running.Ended(agreement, import));

    public Task Cancel(AgreementId agreement, Guid import, CancellationToken cancellation = default)
    {
        if (running.Find(agreement, import) is not { } it)
            return Task.CompletedTask;
        it.Cancel();
        return Task.WhenAny(it.Work, Task.Delay(patience, cancellation));
    }
}
