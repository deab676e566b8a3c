using System.Diagnostics;
using MrAgreement.Running;

namespace MrAgreement.Web.Service;

/// <summary>A store whose appends are timed. The rules have no clock, so it stands around the host's store.</summary>
sealed class TimedEventStore(IEventStore store) : IEventStore
{
    public async Task<AppendOutcome> Append(Append append, CancellationToken cancellation = default)
    {
        var (began, outcome) = (Stopwatch.GetTimestamp(), "failed");
        try
        {
            var appended = await store.Append(append, cancellation);
            outcome = appended == AppendOutcome.Appended ? "appended" : "moved";
            return appended;
        }
        finally
        {
            Instruments.Appended(Stopwatch.GetElapsedTime(began), outcome);
        }
    }

    public Task<IReadOnlyList<StoredEvent>> ReadSince(AgreementId agreement, long sequence, int limit,
        CancellationToken cancellation = default) => store.ReadSince(agreement, sequence, limit, cancellation);

    public Task<IReadOnlyList<StoredEvent>?> ReadAfter(AgreementId agreement, long sequence, Sha256 hash,
        CancellationToken cancellation = default) => store.ReadAfter(agreement, sequence, hash, cancellation);

    public Task<Answer?> FindAnswer(AgreementId agreement, PersonId person, string key, CancellationToken cancellation = default) =>
        store.FindAnswer(agreement, person, key, cancellation);

    public Task SweepAnswers(Instant now, Duration age, CancellationToken cancellation = default) =>
        store.SweepAnswers(now, age, cancellation);

    public Task<bool> WriteBack(CancellationToken cancellation = default) => store.WriteBack(cancellation);

    public Task ForgetAnswers(AgreementId agreement, CancellationToken cancellation = default) =>
        store.ForgetAnswers(agreement, cancellation);

    public IAsyncEnumerable<AgreementId> ListAgreements(CancellationToken cancellation = default) => store.ListAgreements(cancellation);

    public IAsyncEnumerable<LogTrace> Survey(CancellationToken cancellation = default) => store.Survey(cancellation);

    public IAsyncEnumerable<LogTop> Tops(CancellationToken cancellation = default) => store.Tops(cancellation);

    public Task<FoundLog> Examine(AgreementId agreement, long since = 0, CancellationToken cancellation = default) =>
        store.Examine(agreement, since, cancellation);

    public Task<IReadOnlyList<WakeUp>> DueWakeUps(Instant until, int limit, CancellationToken cancellation = default) =>
        store.DueWakeUps(until, limit, cancellation);
}
