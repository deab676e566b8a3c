using MrAgreement.Agreements;
using MrAgreement.Documents;

namespace MrAgreement.Running;

/// <summary>What the logs name and what lies in the store, held against each other (docs/decisions/0030).</summary>
/// <param name="Agreements">How many logs there are.</param>
/// <param name="Discords">Where heads, logs and bytes disagree: as long as they do, nobody knows what may go.</param>
/// <param name="Unnamed">Bytes that no log names.</param>
/// <param name="First">When the first event of all logs happened; null without any.</param>
/// <param name="Last">When the last one did.</param>
public sealed record Inventory(
    int Agreements, IReadOnlyList<Discord> Discords, IReadOnlyList<StoredDocument> Unnamed, Instant? First, Instant? Last)
{
    /// <summary>Bytes that came before or after all that the logs tell of: they are named by other logs than these, of a database
    /// that was lost, or newer than this one.</summary>
    public IReadOnlyList<StoredDocument> OfOtherLogs => [.. Unnamed.Where(it => !(it.StoredAt >= First && it.StoredAt <= Last))];

    /// <exception cref="UnknownEventException">A newer program has written a log: only that one knows what it names.</exception>
    public static async Task<Inventory> Take(IEventStore logs, IDocumentStore documents, CancellationToken cancellation = default)
    {
        // Before the logs are read: what is put and named meanwhile is in the logs, and not in the list.
        var stored = await documents.List(cancellation).ToDictionaryAsync(it => it.Address, cancellationToken: cancellation);
        var (agreements, discords, named) = (0, new List<Discord>(), new HashSet<Sha256>());
        var (first, last) = ((Instant?)null, (Instant?)null);
        foreach (var trace in await logs.Survey(cancellation).ToListAsync(cancellation))
        {
            agreements++;
            var log = trace.Rows == 0 ? [] : await logs.ReadSince(trace.Agreement, 0, cancellation);
            if (Against(trace, log) is { } discord)
                discords.Add(discord);
            if (log.Count > 0)
                (first, last) = (Instant.Min(first ?? log[0].At, log[0].At), Instant.Max(last ?? log[^1].At, log[^1].At));
            foreach (var bytes in NamedBytes.In(log))
                if (named.Add(bytes.Address) && await Lacking(documents, stored, trace.Agreement, bytes, cancellation) is { } lacking)
                    discords.Add(lacking);
        }
        return new(agreements, discords, [.. stored.Values.Where(it => !named.Contains(it.Address)).OrderBy(it => it.StoredAt)],
            first, last);
    }

    /// <summary>The bytes that these logs name and that are not there, or of another size.</summary>
    public static async Task<IReadOnlyList<Discord>> Lacking(IEventStore logs, IDocumentStore documents,
        IEnumerable<AgreementId> agreements, CancellationToken cancellation = default)
    {
        var stored = await documents.List(cancellation).ToDictionaryAsync(it => it.Address, cancellationToken: cancellation);
        var discords = new List<Discord>();
        foreach (var agreement in agreements)
            foreach (var bytes in NamedBytes.In(await logs.ReadSince(agreement, 0, cancellation)))
                if (await Lacking(documents, stored, agreement, bytes, cancellation) is { } lacking)
                    discords.Add(lacking);
        return discords;
    }

    // What was put since the list was made is not in it.
    static async Task<Discord?> Lacking(IDocumentStore documents, Dictionary<Sha256, StoredDocument> stored, AgreementId agreement,
        StoredBytes bytes, CancellationToken cancellation) => stored.TryGetValue(bytes.Address, out var there)
        ? there.Size == bytes.Size ? null : new(agreement, DiscordKind.BytesDamaged, bytes)
        : await documents.Exists(bytes.Address, cancellation) ? null : new(agreement, DiscordKind.BytesMissing, bytes);

    static Discord? Against(LogTrace trace, IReadOnlyList<StoredEvent> log) =>
        trace.Rows == 0 ? new(trace.Agreement, DiscordKind.NoLog, null)
        : trace.Head is null ? new(trace.Agreement, DiscordKind.NoHead, null)
        : HashChain.FirstBreak(trace.Agreement, log, ErasableFields.ReadsErased) is { } broken
            ? new(trace.Agreement, DiscordKind.LogBroken, null) { Sequence = broken }
        // Rows that came in between the look and the reading are no disagreement.
        : log.Count < trace.Head || trace.Rows > trace.Head
        ? new(trace.Agreement, DiscordKind.HeadElsewhere, null) { Sequence = trace.Head }
        : null;
}

/// <summary>Something that does not hold together.</summary>
/// <param name="Bytes">The bytes that it is about; null when it is about the log.</param>
public sealed record Discord(AgreementId Agreement, DiscordKind Kind, StoredBytes? Bytes)
{
    /// <summary>The row of the log that it is about.</summary>
    public long? Sequence { get; init; }
}

public enum DiscordKind
{
    /// <summary>There is a log, and no head that tells where it ends.</summary>
    NoHead,

    /// <summary>There is a head, and no log.</summary>
    NoLog,

    /// <summary>The log does not end where its head says.</summary>
    HeadElsewhere,

    /// <summary>A row of the log does not follow from the one before.</summary>
    LogBroken,

    BytesMissing,
    BytesDamaged
}
