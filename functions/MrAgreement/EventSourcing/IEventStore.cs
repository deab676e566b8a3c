using System.Runtime.CompilerServices;

namespace MrAgreement.EventSourcing;

/// <summary>Where agreements' logs rest: one log per agreement, appended to as a whole or not at all.</summary>
public interface IEventStore
{
    /// <summary>
    /// Appends durably when the log still ends where the decision read it;
    /// otherwise changes nothing and answers <see cref="AppendOutcome.Moved"/>.
    /// The events, the wake-up and the answer become visible together, and the agreement's read
    /// models are behind from then on, unless the append is <see cref="Append.Unlisted"/>.
    /// </summary>
    /// <exception cref="StoreBusyException">Too much is waiting to be written; nothing was written. Try again shortly.</exception>
    /// <exception cref="StoreUnavailableException">The store could not write (a full disk, say). Nothing was
    /// written; of a store that is gone in the middle of it, whoever sends the same key again finds out.</exception>
    Task<AppendOutcome> Append(Append append, CancellationToken cancellation = default);

    /// <summary>At most <paramref name="limit"/> rows after <paramref name="sequence"/>, in order.
    /// Empty for an agreement that does not exist.</summary>
    Task<IReadOnlyList<StoredEvent>> ReadSince(AgreementId agreement, long sequence, int limit, CancellationToken cancellation = default);

    /// <summary>The rows after one that is known, in order; null when the log does not hold
    /// that one, as in a store that was set back: what is known is of no worth then.</summary>
    /// <param name="sequence">Of the known row; 0 for none, which every log begins with.</param>
    /// <param name="hash">Of the known row.</param>
    Task<IReadOnlyList<StoredEvent>?> ReadAfter(AgreementId agreement, long sequence, Sha256 hash,
        CancellationToken cancellation = default);

    /// <summary>The answer that a person's idempotency key got on this agreement, or null.</summary>
    Task<Answer?> FindAnswer(AgreementId agreement, PersonId person, string key, CancellationToken cancellation = default);

    /// <summary>Empties the bodies of all answers that are kept of an agreement: they may hold what was erased. That they were given
    /// stays known.</summary>
    Task ForgetAnswers(AgreementId agreement, CancellationToken cancellation = default);

    /// <summary>Sees to it that what was erased stands nowhere where writes wait before they reach their place. Answers whether it is so;
    /// false while somebody reads what was there before. To be asked after an erasure, and again until it is so.</summary>
    Task<bool> WriteBack(CancellationToken cancellation = default) => Task.FromResult(true);

    /// <summary>Forgets answers of all agreements that have been kept for so long: their keys are free again. To be asked every night,
    /// since a store may know their age by that alone.</summary>
    Task SweepAnswers(Instant now, Duration age, CancellationToken cancellation = default);

    /// <summary>Every agreement that has a log, in order of id.</summary>
    IAsyncEnumerable<AgreementId> ListAgreements(CancellationToken cancellation = default);

    /// <summary>
    /// Every agreement of which anything is there, also where its head or its log is lost.
    /// For whoever must know that nothing is missing before something is cleared away;
    /// it reads more than anything else does.
    /// </summary>
    IAsyncEnumerable<LogTrace> Survey(CancellationToken cancellation = default);

    /// <summary>Where every log ends, by its last row; but for those whose head and last row say different things.</summary>
    async IAsyncEnumerable<LogTop> Tops([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var agreement in ListAgreements(cancellation))
            if (await ReadSince(agreement, 0, int.MaxValue, cancellation) is [.., var last])
                yield return new(agreement, last.Sequence, last.Hash);
    }

    /// <summary>What lies there of a log after a row, without failing on what it is.</summary>
    async Task<FoundLog> Examine(AgreementId agreement, long since = 0, CancellationToken cancellation = default)
    {
        var rows = await ReadSince(agreement, since, int.MaxValue, cancellation);
        return new(rows is [.., var last] ? new FoundHead(last.Sequence, last.Hash, last.At) : null,
            [.. rows.Select(row => new FoundRow(row.Sequence, row))]);
    }

    /// <summary>At most <paramref name="limit"/> wake-ups that are due at <paramref name="until"/> (inclusive), soonest first.</summary>
    Task<IReadOnlyList<WakeUp>> DueWakeUps(Instant until, int limit, CancellationToken cancellation = default);
}

/// <summary>What any store can be asked.</summary>
public static class EventStores
{
    /// <summary>The rows after <paramref name="sequence"/>, in order; all of them for 0.</summary>
    public static Task<IReadOnlyList<StoredEvent>> ReadSince(this IEventStore store, AgreementId agreement, long sequence,
        CancellationToken cancellation = default) => store.ReadSince(agreement, sequence, int.MaxValue, cancellation);
}

public enum AppendOutcome
{
    Appended,

    /// <summary>The log has moved since it was read, or the idempotency key has been used: read again and decide afresh.</summary>
    Moved
}

/// <summary>What one decision writes, as a whole or not at all.</summary>
public sealed record Append
{
    public const int MaxEvents = 90;

    /// <summary>Of the events and the answer together: what goes into one transaction of Table storage, written there as Base64.</summary>
    public const int MaxBytes = 5 * 1024 * 1024 / 2;

    /// <param name="id">Fresh for every attempt; a store that lost an answer finds out by it whether the append took effect.</param>
    /// <param name="expected">The last sequence that the decision read; 0 for a new log.</param>
    /// <param name="events">Rows that follow <paramref name="expected"/> without a gap; may be empty to move the wake-up only.</param>
    /// <param name="nextWakeUp">When the agreement's lifecycle must look again; null for never.</param>
    /// <exception cref="ArgumentException">More than <see cref="MaxEvents"/> events
    /// or <see cref="MaxBytes"/> bytes, or a gap in the sequence.</exception>
    public Append(Guid id, AgreementId agreement, long expected, IReadOnlyList<StoredEvent> events, Instant? nextWakeUp)
    {
        if (events.Count > MaxEvents || !Fits(events, null))
            throw new ArgumentException($"An append holds at most {MaxEvents} events and {MaxBytes} bytes; large content is a document.",
                nameof(events));
        if (events.Where((e, i) => e.Sequence != expected + i + 1).Any())
            throw new ArgumentException("The events must follow the expected sequence without a gap.", nameof(events));
        (Id, Agreement, Expected, Events, NextWakeUp) = (id, agreement, expected, events, nextWakeUp);
    }

    public Guid Id { get; }
    public AgreementId Agreement { get; }
    public long Expected { get; }
    public IReadOnlyList<StoredEvent> Events { get; }
    public Instant? NextWakeUp { get; }

    /// <summary>Hash of the last row that the decision read: a log that has another
    /// there has moved, though it be as long. Null where that does not matter.</summary>
    public Sha256? After { get; init; }

    /// <summary>Whether the read models show nothing of the events: they are behind afterwards only if they were before.</summary>
    public bool Unlisted { get; init; }

    /// <summary>Rows before it whose content it erases, as they stand from then on: with another payload and another salt, and all else
    /// as it was.</summary>
    /// <exception cref="ArgumentException">With the events they come to more than <see cref="MaxBytes"/>.</exception>
    public IReadOnlyList<StoredEvent> Erased
    {
        get;
        init => field = Fits([.. Events, .. value], Answer)
            ? value
            : throw new ArgumentException($"An append holds at most {MaxBytes} bytes with what it erases.", nameof(value));
    } = [];

    /// <summary>What to answer when the same request comes again; null when it had no idempotency key.</summary>
    /// <exception cref="ArgumentException">With the events it comes to more than <see cref="MaxBytes"/>.</exception>
    public Answer? Answer
    {
        get;
        init => field = Fits(Events, value)
            ? value
            : throw new ArgumentException($"An append holds at most {MaxBytes} bytes with its answer.", nameof(value));
    }

    public static bool Fits(IReadOnlyList<StoredEvent> events, Answer? answer) =>
        events.Sum(e => e.Data?.Length ?? 0) + (answer?.Body.Length ?? 0) <= MaxBytes;
}

/// <summary>The answer that an idempotency key stands for, kept with the hash of its request.</summary>
/// <param name="RequestHash">SHA-256 over method, path and body: the same key with another request is refused.</param>
/// <param name="Body">The answer's JSON, exactly as first sent; empty once something was erased in the agreement.</param>
public sealed record Answer(PersonId Person, string Key, Sha256 RequestHash, int Status, string? Location, string? ETag, byte[] Body);

/// <summary>An agreement whose lifecycle asked to look again at an instant.</summary>
public readonly record struct WakeUp(AgreementId Agreement, Instant At);

/// <summary>What a store has of an agreement's log.</summary>
/// <param name="Head">The last sequence, as the head tells it; null when there is no head.</param>
/// <param name="Rows">How many events there are.</param>
public readonly record struct LogTrace(AgreementId Agreement, long? Head, long Rows);

/// <summary>Too much is waiting to be written; nothing was written.</summary>
public sealed class StoreBusyException() : Exception("The store has too much waiting to be written. Try again shortly.");

/// <summary>The store could not read or write.</summary>
public class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The store could not write, though what is there can be read.</summary>
/// <param name="isFull">Whether there is no more room.</param>
public sealed class StoreUnwritableException(string message, bool isFull, Exception? inner = null)
    : StoreUnavailableException(message, inner)
{
    public bool IsFull => isFull;
}
