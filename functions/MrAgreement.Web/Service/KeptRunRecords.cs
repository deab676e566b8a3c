using System.Text.Json;

namespace MrAgreement.Web.Service;

/// <summary>Work that goes on by itself, as it is kept for every host.</summary>
/// <param name="HeldUntil">Until then some process is at it, by real time.</param>
sealed record KeptRun<T>(T Run, Instant HeldUntil) where T : class, IKeptRun
{
    // What has ended so many processes will end the next one too.
    const int MostTaken = 3;

    /// <summary>Whether somebody wishes it to stop.</summary>
    public bool IsStopped { get; init; }

    /// <summary>How often it was taken up after whoever was at it had gone without a word.</summary>
    public int Taken { get; init; }

    /// <summary>What its record is known by.</summary>
    public string? ETag { get; init; }

    public bool IsHopeless => Taken >= MostTaken;
}

/// <summary>Work that goes on by itself among the kept records, as JSON.</summary>
sealed class KeptRunRecords<T>(IKeptRecords kept, string family) where T : class, IKeptRun
{
    const string Kind = "runs";

    // What no program leaves out is there.
    static readonly JsonSerializerOptions whole = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    // As long as packages wait to be fetched.
    static readonly Duration told = Duration.FromDays(30);

    /// <summary>By real time: what a process is at does not stand still with the domain's clock.</summary>
    public static Instant Now => SystemClock.Instance.GetCurrentInstant();

    public async Task<KeptRun<T>?> Find(string key, CancellationToken cancellation = default) =>
        await kept.Find(Kind, family + key, Now, cancellation) is { } record
            ? await Understood(record, cancellation)
            : null;

    public async Task<IReadOnlyList<(string Key, KeptRun<T> It)>> Range(string prefix, CancellationToken cancellation) =>
        [.. (await kept.Range(Kind, family + prefix, Now, cancellation))
            .Understood(record => (record.Key[family.Length..], Read(record)))];

    /// <returns>What it is known by then; null when it is not as <paramref name="etag"/> says.</returns>
    public Task<string?> Put(string key, KeptRun<T> it, string? etag, CancellationToken cancellation = default) =>
        kept.Put(new(Kind, family + key, JsonSerializer.SerializeToUtf8Bytes(
            new Written(it.Run, it.HeldUntil.ToUnixTimeMilliseconds(), it.IsStopped, it.Taken)), etag, Now + told), Now, cancellation);

    // What nobody can read is nobody's run, and must not stand in the way of one.
    async Task<KeptRun<T>?> Understood(KeptRecord record, CancellationToken cancellation)
    {
        var it = record.Understood(Read);
        if (it is null)
            await kept.Delete(Kind, record.Key, record.ETag, cancellation);
        return it;
    }

    public Task Sweep(CancellationToken cancellation) => kept.Sweep(Kind, Now, cancellation);

    static KeptRun<T> Read(KeptRecord record) => JsonSerializer.Deserialize<JsonElement>(record.Data.Span) is var json
        && !KeptReading.HasNothingInLists(json) && json.Deserialize<Written>(whole) is { } it
        ? new(it.Run, Instant.FromUnixTimeMilliseconds(it.HeldUntil)) { IsStopped = it.Stopped, Taken = it.Taken, ETag = record.ETag }
        : throw new JsonException($"The record {record.Key} is empty.");

    sealed record Written(T Run, long HeldUntil, bool Stopped, int Taken);
}
