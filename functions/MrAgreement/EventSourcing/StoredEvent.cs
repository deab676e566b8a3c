using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MrAgreement.EventSourcing;

/// <summary>One row of an agreement's log: the envelope, and the event itself as JSON.</summary>
/// <param name="Sequence">Place in the agreement's one sequence, from 1 without gaps.</param>
/// <param name="At">Recorded time, in whole milliseconds; never before that of the row before.</param>
/// <param name="Actor">Who did it; <see cref="PersonId.System"/> for a timer.</param>
/// <param name="Type">The event's stored name, as listed beside its stream.</param>
/// <param name="Data">The event as UTF-8 JSON; null when the payload has been erased, which leaves a provable gap.</param>
/// <param name="Digest">SHA-256 of the payload, kept when the payload is erased.</param>
/// <param name="Hash">The chain so far: SHA-256 over the previous row's hash, the envelope and the digest.</param>
public sealed record StoredEvent(long Sequence, Instant At, PersonId Actor, string Type, byte[]? Data, Sha256 Digest, Sha256 Hash);

/// <summary>The hash chain over an agreement's log, from its first event on.</summary>
public static class HashChain
{
    /// <summary>What the first event's hash builds on: bound to the agreement, so that logs can't be exchanged.</summary>
    public static Sha256 Start(AgreementId agreement) => Sha256.Of(agreement.Value.ToByteArray(bigEndian: true));

    /// <summary>The next row of the log.</summary>
    public static StoredEvent Next(Sha256 previous, long sequence, Instant at, PersonId actor, string type, byte[] data)
    {
        var digest = Sha256.Of(data);
        return new(sequence, at, actor, type, data, digest, Link(previous, sequence, at, actor, type, digest));
    }

    /// <summary>The first sequence whose row does not follow from the one before; null when the whole chain holds.</summary>
    public static long? FirstBreak(AgreementId agreement, IEnumerable<StoredEvent> log)
    {
        var (previous, sequence) = (Start(agreement), 0L);
        foreach (var row in log)
        {
            sequence++;
            var whole = row.Sequence == sequence
                && (row.Data is null || Sha256.Of(row.Data) == row.Digest)
                && Link(previous, sequence, row.At, row.Actor, row.Type, row.Digest) == row.Hash;
            if (!whole)
                return sequence;
            previous = row.Hash;
        }
        return null;
    }

    /// <summary>Whether a row follows on the one with that hash.</summary>
    public static bool Follows(Sha256 previous, StoredEvent row) =>
        Link(previous, row.Sequence, row.At, row.Actor, row.Type, row.Digest) == row.Hash;

    static Sha256 Link(Sha256 previous, long sequence, Instant at, PersonId actor, string type, Sha256 digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> buffer = stackalloc byte[32];
        previous.CopyTo(buffer);
        hash.AppendData(buffer);
        Number(sequence, buffer);
        Number(at.ToUnixTimeMilliseconds(), buffer);
        Text(actor.Value, buffer);
        Text(type, buffer);
        digest.CopyTo(buffer);
        hash.AppendData(buffer);
        hash.GetHashAndReset(buffer);
        return new(buffer);

        void Number(long value, Span<byte> space)
        {
            BinaryPrimitives.WriteInt64BigEndian(space, value);
            hash.AppendData(space[..8]);
        }

        // Length first, so that no two envelopes read alike.
        void Text(string value, Span<byte> space)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            Number(bytes.Length, space);
            hash.AppendData(bytes);
        }
    }
}
