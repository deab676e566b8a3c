using System.Buffers.Binary;

namespace MrAgreement.Formats.Ledgers;

/// <summary>
/// Values that come again and again in a file, such as accounts: made once
/// and given again for as long as nothing else has taken their place.
/// The memory is the same however long the file is.
/// </summary>
/// <param name="places">A power of two.</param>
sealed class Recurring<T>(int places, Recurring<T>.Maker make) where T : class
{
    const int Longest = 64;

    readonly byte[] keys = new byte[places * Longest];
    readonly byte[] lengths = new byte[places];
    readonly T?[] values = new T?[places];

    public delegate T Maker(ReadOnlySpan<byte> bytes);

    public T Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest)
            return make(bytes);
        var place = (int)Hash(bytes) & (places - 1);
        var key = keys.AsSpan(place * Longest, Longest);
        if (values[place] is { } known && key[..lengths[place]].SequenceEqual(bytes))
            return known;
        bytes.CopyTo(key);
        lengths[place] = (byte)bytes.Length;
        return values[place] = make(bytes);
    }

    // No protection is needed against those who seek collisions: a collision costs no more than making the value anew.
    static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length;
        if (bytes.Length >= 8)
        {
            for (var rest = bytes; rest.Length > 8; rest = rest[8..])
                hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest)) * 0x9E3779B97F4A7C15;
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]);
        }
        else if (bytes.Length >= 4)
            hash ^= ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]);
        else
            foreach (var b in bytes)
                hash = (hash << 8) ^ b;
        hash *= 0x9E3779B97F4A7C15;
        return (uint)(hash >> 32);
    }
}
