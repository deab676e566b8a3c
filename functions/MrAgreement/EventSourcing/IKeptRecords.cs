using System.Text;

namespace MrAgreement.EventSourcing;

/// <summary>What a host keeps that is not a log: bytes by kind and key, such as a setting, a session or a draft.</summary>
/// <remarks>A record that has expired is not there any more, whether it has been swept away or not.</remarks>
public interface IKeptRecords
{
    Task<KeptRecord?> Find(string kind, string key, Instant now, CancellationToken cancellation = default);

    /// <summary>Those whose keys begin so, in the order of their keys' bytes.</summary>
    Task<IReadOnlyList<KeptRecord>> Range(string kind, string prefix, Instant now, CancellationToken cancellation = default);

    /// <summary>Keeps a record; answers its ETag, or null when it is not as it should have been: then nothing was written.</summary>
    /// <param name="record">What it will be. Its <see cref="KeptRecord.ETag"/> is what it must be now: null for whatever it is,
    /// <see cref="KeptRecord.New"/> when there must be none. Until it is swept away one that has expired can be renewed.</param>
    Task<string?> Put(KeptRecord record, Instant now, CancellationToken cancellation = default);

    /// <summary>Forgets a record; answers whether it is gone.</summary>
    /// <param name="etag">What it must be; null for whatever it is. One that is gone already is gone.</param>
    Task<bool> Delete(string kind, string key, string? etag = null, CancellationToken cancellation = default);

    /// <summary>Clears away what has expired; answers how many they were.</summary>
    Task<int> Sweep(string kind, Instant now, CancellationToken cancellation = default);
}

/// <summary>Bytes by kind and key.</summary>
/// <param name="Kind">Small letters, with hyphens between them; at most 40.</param>
/// <param name="Key">At most 400 bytes of UTF-8.</param>
/// <param name="Data">At most <see cref="MaxBytes"/>.</param>
/// <param name="Expires">From then on it is not there; null for never. Kept in whole milliseconds.</param>
public sealed record KeptRecord(string Kind, string Key, ReadOnlyMemory<byte> Data, string? ETag = null, Instant? Expires = null)
{
    public const int MaxBytes = 256 * 1024;
    public const int MaxKeyBytes = 400;
    public const int MaxKindLength = 40;

    /// <summary>There must be none yet.</summary>
    public const string New = "";

    public bool IsThere(Instant now) => !(Expires <= now);

    /// <summary>The same record; a bug where it is none that every store can keep.</summary>
    public KeptRecord Checked()
    {
        if (Kind.Length is 0 or > MaxKindLength || !Kind.Split('-').All(word => word.Length > 0 && word.All(char.IsAsciiLetterLower)))
            throw new ArgumentException($"A kind is small letters and hyphens, not '{Kind}'.");
        if (Encoding.UTF8.GetByteCount(Key) > MaxKeyBytes)
            throw new ArgumentException($"A key has at most {MaxKeyBytes} bytes, not {Encoding.UTF8.GetByteCount(Key)}.");
        if (Data.Length > MaxBytes)
            throw new ArgumentException($"A kept record has at most {MaxBytes} bytes, not {Data.Length}.");
        return this;
    }
}

/// <summary>Texts that a host keeps by name, such as where its simulated clock stands.</summary>
public static class KeptSettings
{
    /// <summary>Among the kept records.</summary>
    public const string Kind = "settings";

    public static async Task<string?> Setting(this IKeptRecords kept, string name, CancellationToken cancellation = default) =>
        await kept.Find(Kind, name, Instant.MinValue, cancellation) is { } it ? Encoding.UTF8.GetString(it.Data.Span) : null;

    /// <param name="value">Null forgets the setting.</param>
    public static Task Set(this IKeptRecords kept, string name, string? value, CancellationToken cancellation = default) =>
        value is null ? kept.Delete(Kind, name, null, cancellation)
            : kept.Put(new(Kind, name, Encoding.UTF8.GetBytes(value)), Instant.MinValue, cancellation);
}
