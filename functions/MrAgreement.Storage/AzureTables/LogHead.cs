using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace MrAgreement.Storage.AzureTables;

/// <summary>Where a log ends. Whoever appends writes it anew, and loses when somebody else has done so since it was read.</summary>
/// <param name="WakeAt">In milliseconds since 1970; null for never.</param>
/// <param name="ETag">Null for a head that is not there yet.</param>
sealed record LogHead(long Sequence, Guid AppendId, long? WakeAt, string? ETag)
{
    public static readonly LogHead None = new(0, Guid.Empty, null, null);

    /// <summary>Of the last row; null where it is not known, as in what earlier versions wrote.</summary>
    public Sha256? Hash { get; init; }

    public static LogHead Read(TableEntity row) =>
        new(row.Number(nameof(Sequence)), Guid.Parse(row.GetString(nameof(AppendId))), row.GetInt64(nameof(WakeAt)), row.Mark())
    {
        Hash = row.GetString(nameof(Hash)) is { } hash ? Sha256.Parse(hash) : null
    };

    /// <summary>What a row says of where a log ends, whatever somebody has made of it: one that can't be read ends nowhere.</summary>
    public static FoundHead Find(TableEntity row) =>
        TryRead(row) is { } head ? new(head.Sequence, head.Hash, null) : new(0, default(Sha256), null);

    /// <summary>The head; null for what no program has written.</summary>
    public static LogHead? TryRead(TableEntity row)
    {
        try
        {
            return Read(row);
        }
        catch (Exception e) when (UnreadableRowException.Is(e))
        {
            return null;
        }
    }

    /// <param name="etag">The head must be as it was then; null when there must be none.</param>
    public TableTransactionAction Write(string shard, AgreementId agreement, string? etag)
    {
        var row = new TableEntity(shard, LogKeys.Head(agreement)) { [nameof(Sequence)] = Sequence, [nameof(AppendId)] = $"{AppendId}" };
        if (WakeAt is { } at)
            row[nameof(WakeAt)] = at;
        if (Hash is { } hash)
            row[nameof(Hash)] = $"{hash}";
        return etag is null ? row.Insert() : row.Put(etag);
    }
}

/// <summary>Heads as they were last seen. Only a start: an append that builds on an old one is refused by the table.</summary>
sealed class KnownHeads
{
    const int MaxKept = 2000;

    readonly ConcurrentDictionary<AgreementId, LogHead> kept = new();

    public LogHead? this[AgreementId agreement] => kept.GetValueOrDefault(agreement);

    /// <param name="before">What was known when it was asked for.</param>
    public void Keep(AgreementId agreement, LogHead head, LogHead? before = null)
    {
        if (kept.Count >= MaxKept)
            kept.Clear();
        // Of two that were read at the same time the later one counts; but a log that has become shorter since was set back.
        kept.AddOrUpdate(agreement, head, (_, known) => known.Sequence > head.Sequence && !ReferenceEquals(known, before) ? known : head);
    }

    public void Forget(AgreementId agreement) => kept.TryRemove(agreement, out _);
}
