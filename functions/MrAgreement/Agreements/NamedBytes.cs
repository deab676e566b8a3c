namespace MrAgreement.Agreements;

/// <summary>Which stored bytes the rows of a log name.</summary>
public static class NamedBytes
{
    static readonly HashSet<string> naming =
        [.. EventJson.Types.Where(stored => stored.Value.GetMethod(nameof(Event.Bytes))!.DeclaringType != typeof(Event))
            .Select(stored => stored.Key)];

    /// <summary>Whether an event by that stored name names stored bytes at all: the others need not be read for it.</summary>
    public static bool Names(string type) => naming.Contains(type);

    /// <summary>What a row of the log names; nothing for one whose payload has been erased.</summary>
    /// <exception cref="UnknownEventException">A newer program has written
    /// it, and may name what this one would take for nobody's.</exception>
    public static IEnumerable<StoredBytes> In(StoredEvent row) =>
        row.Data is not { } data ? []
        : naming.Contains(row.Type) || !EventJson.Types.ContainsKey(row.Type) ? EventJson.Read(row.Type, data).Bytes()
        : [];
}
