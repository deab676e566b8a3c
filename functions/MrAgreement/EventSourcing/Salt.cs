using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace MrAgreement.EventSourcing;

/// <summary>128 random bits beside a payload: without them nobody can try guesses at it against its digest; written as 32 hexadecimal
/// digits.</summary>
public readonly record struct Salt : IParsable<Salt>
{
    public const int Length = 16;

    readonly ulong a, b;

    public Salt(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"A salt has {Length} bytes.", nameof(bytes));
        a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, a);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], b);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public override string ToString() => Convert.ToHexStringLower(ToArray());

    public static Salt Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException("A salt is written as 32 hexadecimal digits.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Salt result)
    {
        result = default;
        if (s is not { Length: 2 * Length } || !s.All(char.IsAsciiHexDigit))
            return false;
        result = new(Convert.FromHexString(s));
        return true;
    }
}
