using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MrAgreement.Ledgers;

/// <summary>What is compared of a voucher: its day, and its rows' days, accounts and amounts in their order; texts may
/// change. Stored, so that it is reckoned the same for ever.</summary>
/// <param name="Value">The first half of a SHA-256, the highest byte first.</param>
public readonly record struct VoucherFingerprint(UInt128 Value)
{
    public const int Bytes = 16;

    public static VoucherFingerprint Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    public override string ToString() => Value.ToString("X32", CultureInfo.InvariantCulture);
}

/// <summary>Takes fingerprints, in a buffer that is used again.</summary>
public sealed class FingerprintTaker
{
    readonly ArrayBufferWriter<byte> written = new(256);

    /// <param name="rows">Those that carry the project.</param>
    public VoucherFingerprint Of(LocalDate date, IReadOnlyList<VoucherRow> rows)
    {
        written.ResetWrittenCount();
        Write(date);
        for (var i = 0; i < rows.Count; i++)
            Write(rows[i]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(written.WrittenSpan, hash);
        return VoucherFingerprint.Read(hash);
    }

    void Write(VoucherRow row)
    {
        Write(row.Account.Length);
        written.Advance(Encoding.UTF8.GetBytes(row.Account, written.GetSpan(row.Account.Length * 3)));
        Write(row.Date);
        Write(row.Amount.Öre);
    }

    void Write(LocalDate date) => Write((date.Year * 100 + date.Month) * 100 + date.Day);

    void Write(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(written.GetSpan(8), value);
        written.Advance(8);
    }
}
