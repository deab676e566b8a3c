using System.Text.Json;

namespace MrAgreement.EventSourcing;

/// <summary>Rows whose content was erased: another digest than the chained one is right where a later row of the same log names it
/// (docs/decisions/0066).</summary>
public sealed class ErasedRows
{
    /// <summary>Stored name of the event that names a row and the digest of what stands there now.</summary>
    public const string Type = "content-erased";

    readonly ILookup<long, (long By, Sha256 Now)> named;

    readonly Func<StoredEvent, bool>? readsErased;

    ErasedRows(IEnumerable<(long Row, long By, Sha256 Now)> named, Func<StoredEvent, bool>? readsErased) =>
        (this.named, this.readsErased) = (named.ToLookup(it => it.Row, it => (it.By, it.Now)), readsErased);

    /// <summary>Those that the rows of a log tell of, whatever somebody has made of them.</summary>
    /// <param name="readsErased">Whether a row is of a kind of which something may be erased, and all of that is; null where nothing
    /// can have been.</param>
    public static ErasedRows In(IEnumerable<StoredEvent> log, Func<StoredEvent, bool>? readsErased = null) =>
        new(log.Where(row => row.Type == Type).SelectMany(Told), readsErased);

    /// <summary>Whether the payload is the one that was digested, or the one that stands there since it was erased.</summary>
    public bool Holds(StoredEvent row) => HashChain.HoldsItsPayload(row)
        || named[row.Sequence].Any(it => it.By > row.Sequence && it.Now == HashChain.DigestNow(row))
            && readsErased?.Invoke(row) == true;

    /// <summary>Whether rows tell of an erasure in a row that stands before them all: that one must be looked at too.</summary>
    public static bool NameOlder(IReadOnlyList<StoredEvent> rows) =>
        rows is [var first, ..] && rows.Where(row => row.Type == Type).SelectMany(Told).Any(it => it.Item1 < first.Sequence);

    static IEnumerable<(long, long, Sha256)> Told(StoredEvent row)
    {
        // What was altered itself explains nothing.
        if (row.Data is not { } data || !HashChain.HoldsItsPayload(row))
            return [];
        try
        {
            using var json = JsonDocument.Parse(data);
            return json.RootElement.TryGetProperty("row", out var of) && json.RootElement.TryGetProperty("now", out var now)
                ? [(of.GetInt64(), row.Sequence, Sha256.Parse(now.GetString()!))]
                : [];
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return [];
        }
    }
}
