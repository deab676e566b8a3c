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
        var stored = await Stored(documents, cancellation);
        return await Of(await LogsRead.Of(logs, cancellation), stored, documents, cancellation);
    }

    /// <summary>That of logs which nobody writes to any more, and of what has been put for them.</summary>
    public static async Task<Inventory> Of(LogsRead logs, IDocumentStore documents, CancellationToken cancellation = default) =>
        await Of(logs, await Stored(documents, cancellation), documents, cancellation);

    static async Task<Inventory> Of(LogsRead logs, Dictionary<Sha256, StoredDocument> stored, IDocumentStore documents,
        CancellationToken cancellation)
    {
        var discords = logs.Discords.ToList();
        foreach (var (agreement, bytes) in logs.Named)
            if (await Lacking(documents, stored, agreement, bytes, cancellation) is { } lacking)
                discords.Add(lacking);
        var named = logs.Named.Select(it => it.Bytes.Address).ToHashSet();
        return new(logs.Agreements, discords, [.. stored.Values.Where(it => !named.Contains(it.Address)).OrderBy(it => it.StoredAt)],
            logs.First, logs.Last);
    }

    /// <summary>The bytes that these logs name and that are not there, or of another size.</summary>
    public static async Task<IReadOnlyList<Discord>> Lacking(IEventStore logs, IDocumentStore documents,
        IEnumerable<AgreementId> agreements, CancellationToken cancellation = default)
    {
        var stored = await Stored(documents, cancellation);
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

    static async Task<Dictionary<Sha256, StoredDocument>> Stored(IDocumentStore documents, CancellationToken cancellation) =>
        await documents.List(cancellation).ToDictionaryAsync(it => it.Address, cancellationToken: cancellation);
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
