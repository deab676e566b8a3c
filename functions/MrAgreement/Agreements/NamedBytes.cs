using MrAgreement.Erasures;

namespace MrAgreement.Agreements;

/// <summary>Which stored bytes the rows of a log name.</summary>
public static class NamedBytes
{
    static readonly HashSet<string> naming =
        [.. EventJson.Types.Where(stored => stored.Value.GetMethod(nameof(Event.Bytes))!.DeclaringType != typeof(Event))
            .Select(stored => stored.Key)];

    /// <summary>Whether an event by that stored name names stored bytes at all: the others need not be read for it.</summary>
    public static bool Names(string type) => naming.Contains(type);

    /// <summary>What the rows of a whole log name; nothing of documents that were erased.</summary>
    /// <exception cref="UnknownEventException">As of each row.</exception>
    public static IReadOnlyList<StoredBytes> In(IReadOnlyList<StoredEvent> log)
    {
        var erased = Erased(log);
        return [.. log.SelectMany(In).Where(bytes => !erased.Contains(bytes.Of))];
    }

    /// <summary>Documents that were erased, as the rows of a log tell.</summary>
    public static IReadOnlySet<Guid> Erased(IEnumerable<StoredEvent> log) => log
        .Where(row => row is { Type: ErasedRows.Type, Data: not null })
        .Select(row => ((ContentErased)EventJson.Read(row.Type, row.Data!)).Document).OfType<Guid>().ToHashSet();

    /// <summary>What a row of the log names; nothing for one whose payload is gone.</summary>
    /// <exception cref="UnknownEventException">A newer program has written
    /// it, and may name what this one would take for nobody's.</exception>
    public static IEnumerable<StoredBytes> In(StoredEvent row) =>
        row.Data is not { } data ? []
        : naming.Contains(row.Type) || !EventJson.Types.ContainsKey(row.Type) ? EventJson.Read(row.Type, data).Bytes()
        : [];
}
