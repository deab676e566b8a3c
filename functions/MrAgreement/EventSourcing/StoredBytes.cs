namespace MrAgreement.EventSourcing;

/// <summary>Stored bytes that an event names: they must be there for as long as the log is (docs/decisions/0030).</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Of">Id of the document or the import whose they are.</param>
public sealed record StoredBytes(Sha256 Address, long Size, StoredBytesKind Kind, Guid Of)
{
    static readonly HashSet<string> naming =
        [.. EventJson.Types.Where(stored => stored.Value.GetMethod(nameof(Event.Bytes))!.DeclaringType != typeof(Event)).Select(stored => stored.Key)];

    /// <summary>Whether an event by that stored name names stored bytes at all: the others need not be read for it.</summary>
    public static bool NamedBy(string type) => naming.Contains(type);

    /// <summary>What a row of the log names; nothing for one whose payload has been erased.</summary>
    /// <exception cref="UnknownEventException">A newer program has written it, and may name what this one would take for nobody's.</exception>
    public static IEnumerable<StoredBytes> In(StoredEvent row) =>
        row.Data is not { } data ? []
        : naming.Contains(row.Type) || !EventJson.Types.ContainsKey(row.Type) ? EventJson.Read(row.Type, data).Bytes()
        : [];
}

public enum StoredBytesKind
{
    Document,
    LedgerImport,
    BankImport
}

/// <summary>A hash that is the address of no stored bytes; every other hash in an event is declared in <see cref="Event.Bytes"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DigestAttribute : Attribute;
