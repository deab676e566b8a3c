namespace MrAgreement.Storage.Azure;

/// <summary>Logs whose agreements' lifecycles hear of every append: the poke
/// goes before it, so that nothing is accepted that nobody hears of.</summary>
/// <param name="time">What the wait for an append is measured by.</param>
public sealed class PokedEventStore(IEventStore store, PokeQueue pokes, TimeProvider time) : IEventStore
{
    // By then an append has taken effect or failed: whoever looks at the poke sees what became of it.
    static readonly TimeSpan hidden = TimeSpan.FromSeconds(30);
    static readonly TimeSpan slow = TimeSpan.FromSeconds(20);

    /// <exception cref="StoreUnavailableException">The log could not be written, or the poke not be sent; nothing was written.</exception>
    public async Task<AppendOutcome> Append(Append append, CancellationToken cancellation = default)
    {
        await pokes.Poke(append.Agreement, hidden, cancellation);
        var began = time.GetTimestamp();
        try
        {
            return await store.Append(append, cancellation);
        }
        finally
        {
            if (time.GetElapsedTime(began) > slow)
                await PokeAgain(append.Agreement);
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

    // The first poke may have been looked at too early. This one must not turn an append that took
    // effect into a failure; where it fails too, the nightly round finds what it would have told.
    async Task PokeAgain(AgreementId agreement)
    {
        try
        {
            await pokes.Poke(agreement, TimeSpan.Zero);
        }
        catch (Exception e) when (e is StoreBusyException or StoreUnavailableException)
        {
        }
    }
}
