using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using MrAgreement.Ledgers;

namespace MrAgreement.Storage.Sqlite;

/// <summary>Bytes to hash, in a buffer that is used again.</summary>
sealed class VoucherPrints
{
    readonly ArrayBufferWriter<byte> buffer = new(256);

    public ReadOnlySpan<byte> Span => buffer.WrittenSpan;

    public void Clear() => buffer.ResetWrittenCount();

    public void Write(LocalDate date) => Write((date.Year * 100 + date.Month) * 100 + date.Day);

    public void Write(VoucherRow row)
    {
        Write(row.Account.Length);
        buffer.Advance(Encoding.UTF8.GetBytes(row.Account, buffer.GetSpan(row.Account.Length * 3)));
        Write(row.Date);
        Write(row.Amount.Öre);
    }

    void Write(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }
}
