using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using MrAgreement.Drafts;
using MrAgreement.Parties;

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

    // What another process has changed shows when it is so old.
    static readonly Duration glance = Duration.FromMinutes(2);

    volatile Glanced? last;
    volatile int writes;

    Instant Now => machine.GetCurrentInstant();

    public async Task<TermsDraft?> Find(Guid id, CancellationToken cancellation = default) =>
        await kept.Find(Kind, id.ToString(), Now, cancellation) is { } record
            ? record.Understood(it => Unpacked(id, it))
            : null;

    /// <summary>All there are, the latest first.</summary>
    public async Task<IReadOnlyList<TermsDraft>> All(CancellationToken cancellation = default) =>
        [.. (await kept.Range(Kind, "", Now, cancellation)).Understood(Read<TermsDraft>).OrderByDescending(draft => draft.Latest.At)];

    /// <summary>Keeps a new draft; what stands against it, or null. One by that id that is there already stays.</summary>
    public async Task<Refused?> Add(TermsDraft draft, CancellationToken cancellation = default)
    {
        if (TooLarge(draft, out var data) is { } refused)
            return refused;
        await kept.Put(new(Kind, draft.Id.ToString(), data, KeptRecord.New), Now, cancellation);
        Wrote();
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
            if (record.Understood(it => Unpacked(id, it)) is not { } before)
                return (null, null);
            var (after, refused) = change(before);
            if (refused is not null || ReferenceEquals(after, before))
                return (before, refused);
            if (TooLarge(after, out var data) is { } tooLarge)
                return (before, tooLarge);
            if (await kept.Put(new(Kind, record.Key, data, record.ETag), Now, cancellation) is null)
                continue;
            Wrote();
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
        Wrote();
    }

    /// <summary>The terms as this person has last said to have read them; null when never.</summary>
    public async Task<DraftAsRead?> LastRead(Guid id, PersonId by, CancellationToken cancellation = default) =>
        await kept.Find(Readings, Key(id, by), Now, cancellation) is { } record
            ? record.Understood(Read<DraftAsRead>)
            : null;

    /// <summary>The drafts as this person has last said to have read them, by id.</summary>
    public async Task<IReadOnlyDictionary<Guid, DraftAsRead>> LastRead(PersonId by, CancellationToken cancellation = default) =>
        (await kept.Range(Readings, "", Now, cancellation)).Where(record => record.Key.EndsWith($"/{by}", StringComparison.Ordinal))
        .Understood(record => (Id: Guid.Parse(record.Key.AsSpan(0, record.Key.IndexOf('/', StringComparison.Ordinal))),
            It: Read<DraftAsRead>(record) ?? throw new FormatException("It is empty."))).ToDictionary(it => it.Id, it => it.It);

    /// <summary>All drafts and what people have read of them, for pages that only tell of them: what another process has changed shows
    /// within two minutes, so that those pages cost the store nothing.</summary>
    public async Task<DraftsAtAGlance> Glance(CancellationToken cancellation = default)
    {
        var (now, before) = (Now, writes);
        if (last is { } known && known.Writes == before && now - known.At is var age && age >= Duration.Zero && age < glance)
            return known.Seen;
        var seen = new DraftsAtAGlance(await All(cancellation), (await kept.Range(Readings, "", now, cancellation))
            .Understood(record => (record.Key, It: Read<DraftAsRead>(record) with { Terms = [] })).ToDictionary(it => it.Key, it => it.It));
        last = new(now, before, seen);
        return seen;
    }

    /// <summary>Keeps what somebody has read.</summary>
    public async Task Keep(Guid id, PersonId by, DraftAsRead read, CancellationToken cancellation = default)
    {
        await kept.Put(new(Readings, Key(id, by), Written(read)), Now, cancellation);
        Wrote();
    }

    void Wrote() => Interlocked.Increment(ref writes);

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

    internal static string Key(Guid id, PersonId by) => $"{id}/{by}";

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

    // Holds for as long as nothing was written since.
    sealed record Glanced(Instant At, int Writes, DraftsAtAGlance Seen);
}

/// <summary>The drafts as they stood a moment ago, the latest first.</summary>
public sealed class DraftsAtAGlance(IReadOnlyList<TermsDraft> drafts, IReadOnlyDictionary<string, DraftAsRead> readings)
{
    /// <summary>Those that wait for somebody: shown to their party and changed since they read them, or their own party's and
    /// answered.</summary>
    /// <param name="mayGrant">Whether the person's party may make agreements.</param>
    public IEnumerable<TermsDraft> WaitingFor(Actor to, bool mayGrant) => drafts.Where(draft => draft.MadeAt is null
        && DraftSight.Sees(draft, to, mayGrant)
        && readings.GetValueOrDefault(KeptDrafts.Key(draft.Id, to.Id)) is var read
        && (draft.Party == to.Party ? draft.Said(to.Id, read).Any() : draft.IsNews(to.Id, read)));
}
