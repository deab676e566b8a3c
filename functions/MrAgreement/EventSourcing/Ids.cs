using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MrAgreement.EventSourcing;

/// <summary>Identifies an agreement and with it its log: a UUID, never sequential.</summary>
public readonly record struct AgreementId(Guid Value) : IParsable<AgreementId>
{
    public override string ToString() => Value.ToString("D");
    public static AgreementId Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "D"));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AgreementId result)
    {
        var found = Guid.TryParseExact(s, "D", out var value);
        result = new(value);
        return found;
    }

    /// <summary>The UUID (shape of version 4) that a person's idempotency key stands for, so that a retry creates the same thing.</summary>
    public static Guid FromKey(PersonId person, string key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{person}\n{key}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>Identifies a person in the register of people; events name people by it and hold nothing else about them.</summary>
public readonly record struct PersonId(string Value) : IParsable<PersonId>
{
    /// <summary>The system itself, when a deadline timer acts and no person does.</summary>
    public static readonly PersonId System = new("system");

    public override string ToString() => Value;
    public static PersonId Parse(string s, IFormatProvider? provider = null) => new(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PersonId result)
    {
        result = new(s ?? "");
        return s is { Length: > 0 };
    }
}

/// <summary>The SHA-256 of a document's or a payload's bytes; written as 64 lower-case hexadecimal digits.</summary>
public readonly record struct Sha256 : IParsable<Sha256>
{
    readonly ulong a, b, c, d;

    public Sha256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 32)
            throw new ArgumentException("A SHA-256 has 32 bytes.", nameof(bytes));
        a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    public static Sha256 Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(content, hash);
        return new(hash);
    }

    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, a);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], b);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], c);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], d);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[32];
        CopyTo(bytes);
        return bytes;
    }

    public override string ToString() => Convert.ToHexStringLower(ToArray());

    public static Sha256 Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException("A SHA-256 is written as 64 hexadecimal digits.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Sha256 result)
    {
        result = default;
        if (s is not { Length: 64 } || !s.All(char.IsAsciiHexDigit))
            return false;
        result = new(Convert.FromHexString(s));
        return true;
    }
}
