using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MrAgreement.EventSourcing;

/// <summary>The hash chain over an agreement's log, from its first event on.</summary>
public static class HashChain
{
    // What is hashed begins with what it is, so that nothing passes for something else. Rows without a salt have no such mark:
    // they are from before there was one, and theirs begin with 32 bytes of a hash and are longer than a sealed link.
    const byte SaltedPayload = 1;
    const byte SealedEnvelope = 2;

    const int StackBytes = 1024;

    /// <summary>What the first event's hash builds on: bound to the agreement, so that logs can't be exchanged.</summary>
    public static Sha256 Start(AgreementId agreement) => Sha256.Of(agreement.Value.ToByteArray(bigEndian: true));

    /// <summary>The next row of the log.</summary>
    /// <param name="salt">Fresh for every row; null for a row as earlier versions wrote it.</param>
    public static StoredEvent Next(Sha256 previous, long sequence, Instant at, PersonId actor, string type, byte[] data,
        Salt? salt = null)
    {
        var row = new StoredEvent(sequence, at, actor, type, data, DigestOf(data, salt), default) { Salt = salt };
        return row with { Hash = After(previous, row) };
    }

    /// <summary>The first sequence whose row does not follow from the one before; null when the whole chain holds.</summary>
    /// <param name="readsErased">As in <see cref="ErasedRows.In"/>.</param>
    public static long? FirstBreak(AgreementId agreement, IEnumerable<StoredEvent> log, Func<StoredEvent, bool>? readsErased = null)
    {
        IReadOnlyList<StoredEvent> rows = [.. log];
        var (previous, sequence, erased) = (Start(agreement), 0L, ErasedRows.In(rows, readsErased));
        foreach (var row in rows)
        {
            sequence++;
            if (row.Sequence != sequence || !erased.Holds(row) || !Follows(previous, row))
                return sequence;
            previous = row.Hash;
        }
        return null;
    }

    /// <summary>The hash that a row should have after the one with that hash.</summary>
    public static Sha256 After(Sha256 previous, StoredEvent row) =>
        row.Salt is null ? OldLink(previous, row) : Link(previous, Seal(row));

    /// <summary>Whether a row follows on the one with that hash.</summary>
    public static bool Follows(Sha256 previous, StoredEvent row) =>
        // Of one whose salt has gone with its payload nobody knows any more whether it had one.
        row.Salt is null && OldLink(previous, row) == row.Hash || Link(previous, Seal(row)) == row.Hash;

    /// <summary>Whether the payload is the one that was digested; so it is of a row whose payload has been erased.</summary>
    public static bool HoldsItsPayload(StoredEvent row) => row.Data is not { } data || DigestOf(data, row.Salt) == row.Digest;

    /// <summary>The digest of what stands in a row: another than <see cref="StoredEvent.Digest"/> once its content was erased.</summary>
    public static Sha256 DigestNow(StoredEvent row) => DigestOf(row.Data ?? [], row.Salt);

    /// <summary>The hash that follows on another one, of a row of which only the seal is known.</summary>
    public static Sha256 Link(Sha256 previous, Sha256 seal)
    {
        Span<byte> both = stackalloc byte[64];
        previous.CopyTo(both);
        seal.CopyTo(both[32..]);
        return Sha256.Of(both);
    }

    /// <summary>All of a row but its place in the chain, as one hash. Its digest has random bits in it, so the seal tells nothing of
    /// the row: the chain can be followed past a row that is left out.</summary>
    public static Sha256 Seal(StoredEvent row) => OfEnvelope(row, [SealedEnvelope]);

    static Sha256 OldLink(Sha256 previous, StoredEvent row)
    {
        Span<byte> first = stackalloc byte[32];
        previous.CopyTo(first);
        return OfEnvelope(row, first);
    }

    static Sha256 DigestOf(ReadOnlySpan<byte> data, Salt? salt)
    {
        if (salt is not { } bits)
            return Sha256.Of(data);
        var length = 1 + Salt.Length + data.Length;
        var rented = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> space = rented is null ? stackalloc byte[StackBytes] : rented;
        var all = space[..length];
        all[0] = SaltedPayload;
        bits.CopyTo(all[1..]);
        data.CopyTo(all[(1 + Salt.Length)..]);
        var digest = Sha256.Of(all);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return digest;
    }

    static Sha256 OfEnvelope(StoredEvent row, ReadOnlySpan<byte> first)
    {
        var most = first.Length + 4 * sizeof(long) + 32 + Encoding.UTF8.GetMaxByteCount(row.Actor.Value.Length)
            + Encoding.UTF8.GetMaxByteCount(row.Type.Length);
        Span<byte> all = most > StackBytes ? new byte[most] : stackalloc byte[StackBytes];
        first.CopyTo(all);
        var rest = all[first.Length..];
        Number(row.Sequence, ref rest);
        Number(row.At.ToUnixTimeMilliseconds(), ref rest);
        Text(row.Actor.Value, ref rest);
        Text(row.Type, ref rest);
        row.Digest.CopyTo(rest);
        return Sha256.Of(all[..(all.Length - rest.Length + 32)]);
    }

    static void Number(long value, ref Span<byte> rest)
    {
        BinaryPrimitives.WriteInt64BigEndian(rest, value);
        rest = rest[sizeof(long)..];
    }

    // Length first, so that no two envelopes read alike.
    static void Text(string value, ref Span<byte> rest)
    {
        var length = Encoding.UTF8.GetBytes(value, rest[sizeof(long)..]);
        Number(length, ref rest);
        rest = rest[length..];
    }
}
