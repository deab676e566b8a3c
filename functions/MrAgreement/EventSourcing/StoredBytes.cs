namespace MrAgreement.EventSourcing;

/// <summary>Stored bytes that an event names: they must be there for as long as the log is (docs/decisions/0030).</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Of">Id of the document or the import whose they are.</param>
public sealed record StoredBytes(Sha256 Address, long Size, StoredBytesKind Kind, Guid Of);

public enum StoredBytesKind
{
    Document,
    LedgerImport,
    BankImport
}

/// <summary>A hash that is the address of no stored bytes; every other hash in an event is declared in <see cref="Event.Bytes"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DigestAttribute : Attribute;
