using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using MrAgreement.Drafts;

namespace MrAgreement.Running;

/// <summary>Drafts of terms as kept records, each a record of its own; and beside them what each person has read of one.</summary>
public sealed class KeptDrafts(IKeptRecords kept, IClock machine)
{
    const string Kind = "drafts";
    const string Readings = "draft-readings";

    // Whoever meets others so often in turn is not let in between.
    const int MostTries = 20;

    /// <summary>As large as terms may be that come in at once.</summary>
    public const int MostBytes = 1024 * 1024;

    // As many as people write at a time, so that a page does not unpack again what has not changed.
    const int MostAtHand = 16;

    readonly ConcurrentDictionary<Guid, (string ETag, TermsDraft Draft)> atHand = [];

    Instant Now => machine.GetCurrentInstant();

    public async Task<TermsDraft?> Find(Guid id, CancellationToken cancellation = default) =>
        await kept.Find(Kind, id.ToString(), Now, cancellation) is { } record ? Unpacked(id, record) : null;

    /// <summary>All there are, the latest first.</summary>
    public async Task<IReadOnlyList<TermsDraft>> All(CancellationToken cancellation = default) =>
        [.. (await kept.Range(Kind, "", Now, cancellation)).Select(Read<TermsDraft>).OrderByDescending(draft => draft.Latest.At)];

    /// <summary>Keeps a new draft; what stands against it, or null. One by that id that is there already stays.</summary>
    public async Task<Refused?> Add(TermsDraft draft, CancellationToken cancellation = default)
    {
        if (TooLarge(draft, out var data) is { } refused)
            return refused;
        await kept.Put(new(Kind, draft.Id.ToString(), data, KeptRecord.New), Now, cancellation);
        return null;
    }

    /// <summary>Changes a draft. Who meets somebody else's change has theirs judged anew on top of it.</summary>
    /// <returns>The draft as it is then, and what stood against the change; no draft where there is none.</returns>
    public async Task<(TermsDraft? Draft, Refused? Refused)> Change(Guid id,
        Func<TermsDraft, (TermsDraft After, Refused? Refused)> change, CancellationToken cancellation = default)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await kept.Find(Kind, id.ToString(), Now, cancellation) is not { } record)
                return (null, null);
            var before = Unpacked(id, record);
            var (after, refused) = change(before);
            if (refused is not null || ReferenceEquals(after, before))
                return (before, refused);
            if (TooLarge(after, out var data) is { } tooLarge)
                return (before, tooLarge);
            if (await kept.Put(new(Kind, record.Key, data, record.ETag), Now, cancellation) is not null)
                return (after, null);
        }
        throw new StoreBusyException();
    }

    /// <summary>Throws a draft away, and what people had read of it.</summary>
    public async Task Delete(Guid id, CancellationToken cancellation = default)
    {
        await kept.Delete(Kind, id.ToString(), null, cancellation);
        foreach (var reading in await kept.Range(Readings, $"{id}/", Now, cancellation))
            await kept.Delete(Readings, reading.Key, null, cancellation);
    }

    /// <summary>The terms as this person has last said to have read them; null when never.</summary>
    public async Task<DraftAsRead?> LastRead(Guid id, PersonId by, CancellationToken cancellation = default) =>
        await kept.Find(Readings, Key(id, by), Now, cancellation) is { } record ? Read<DraftAsRead>(record) : null;

    /// <summary>The drafts as this person has last said to have read them, by id.</summary>
    public async Task<IReadOnlyDictionary<Guid, DraftAsRead>> LastRead(PersonId by, CancellationToken cancellation = default) =>
        (await kept.Range(Readings, "", Now, cancellation)).Where(record => record.Key.EndsWith($"/{by}", StringComparison.Ordinal))
        .ToDictionary(record => Guid.Parse(record.Key.AsSpan(0, record.Key.IndexOf('/', StringComparison.Ordinal))),
            Read<DraftAsRead>);

    /// <summary>Keeps what somebody has read.</summary>
    public Task Keep(Guid id, PersonId by, DraftAsRead read, CancellationToken cancellation = default) =>
        kept.Put(new(Readings, Key(id, by), Written(read)), Now, cancellation);

    TermsDraft Unpacked(Guid id, KeptRecord record)
    {
        if (atHand.TryGetValue(id, out var known) && known.ETag == record.ETag)
            return known.Draft;
        if (atHand.Count >= MostAtHand)
            atHand.Clear();
        var draft = Read<TermsDraft>(record);
        foreach (var section in draft.Sections)
            DraftTerms.Unfold(section.Content);
        atHand[id] = (record.ETag!, draft);
        return draft;
    }

    static Refused? TooLarge(TermsDraft draft, out byte[] data)
    {
        data = Written(draft);
        return data.Length > KeptRecord.MaxBytes
            || JsonSerializer.SerializeToUtf8Bytes(DraftTerms.Whole(draft), Json.Options).Length > MostBytes
            ? new("draft-too-large", RefusalKind.Invalid, ("max", MostBytes / 1024))
            : null;
    }

    static string Key(Guid id, PersonId by) => $"{id}/{by}";

    // Terms are mostly words, and shrink to a fifth or less.
    static byte[] Written<T>(T it)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest))
            JsonSerializer.Serialize(packing, it, Json.Options);
        return packed.ToArray();
    }

    static T Read<T>(KeptRecord record)
    {
        using var unpacking = new BrotliStream(new MemoryStream(record.Data.ToArray()), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(unpacking, Json.Options)!;
    }
}
