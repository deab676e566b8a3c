using System.IO.Compression;
using System.Text.Json;
using MrAgreement.Work;

namespace MrAgreement.Running;

/// <summary>Drafts of reports as kept records: one for each report, among those of its agreement and party.</summary>
public sealed class KeptReportDrafts(IKeptRecords kept, IClock machine)
{
    /// <summary>Among the kept records.</summary>
    public const string Kind = "report-drafts";

    // Whoever meets others so often in turn is not let in between.
    const int MostTries = 20;

    Instant Now => machine.GetCurrentInstant();

    /// <summary>The party's draft; null when there is none.</summary>
    public async Task<ReportDraft?> Find(AgreementId agreement, string party, Guid report, CancellationToken cancellation = default) =>
        await kept.Find(Kind, Key(agreement, party, report), Now, cancellation) is { } record ? record.Understood(Read) : null;

    /// <summary>The party's drafts, the last begun first.</summary>
    public async Task<IReadOnlyList<ReportDraft>> All(AgreementId agreement, string party, CancellationToken cancellation = default) =>
        [.. (await kept.Range(Kind, $"{agreement}/{party}/", Now, cancellation)).Understood(Read).OrderByDescending(draft => draft.Id)];

    /// <summary>Begins a draft; answers the one that is there already under its id.</summary>
    public async Task<(ReportDraft Draft, Refused? Refused)> Begin(AgreementId agreement, ReportDraft draft,
        CancellationToken cancellation = default)
    {
        if (await Find(agreement, draft.Party, draft.Id, cancellation) is { } there)
            return (there, null);
        if ((await All(agreement, draft.Party, cancellation)).Count >= ReportDraft.Most)
            return (draft, new("report-drafts-full", ("max", ReportDraft.Most)));
        return await Put(agreement, draft, KeptRecord.New, cancellation) switch
        {
            { } refused => (draft, refused),
            _ => (await Find(agreement, draft.Party, draft.Id, cancellation) ?? draft, null)
        };
    }

    /// <summary>Changes a draft. Who meets somebody else's change has theirs judged anew on top of it.</summary>
    /// <returns>The draft as it is then, null when there is none; and what stood against the change.</returns>
    public async Task<(ReportDraft? Draft, Refused? Refused)> Change(AgreementId agreement, string party, Guid report,
        Func<ReportDraft, (ReportDraft After, Refused? Refused)> change, CancellationToken cancellation = default)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var record = await kept.Find(Kind, Key(agreement, party, report), Now, cancellation);
            if (record?.Understood(Read) is not { } before)
                return (null, new("unknown-report", RefusalKind.NotFound));
            var (after, refused) = change(before);
            if (refused is not null || ReferenceEquals(after, before))
                return (before, refused);
            if (Packed(after) is not { } data)
                return (before, TooLarge);
            if (await kept.Put(new(Kind, record.Key, data, record.ETag), Now, cancellation) is not null)
                return (after, null);
        }
        throw new StoreBusyException();
    }

    /// <summary>Throws a draft away, if it still says what the tag is of.</summary>
    public async Task<bool> Delete(AgreementId agreement, string party, Guid report, string tag,
        CancellationToken cancellation = default) =>
        await kept.Find(Kind, Key(agreement, party, report), Now, cancellation) is not { } record
            || record.Understood(Read)?.Tag == tag && await kept.Delete(Kind, record.Key, record.ETag, cancellation);

    /// <summary>The agreements of whose reports' drafts this person changed one last.</summary>
    public async Task<IReadOnlyList<Guid>> LastWrittenBy(PersonId person, CancellationToken cancellation = default) =>
    [
        .. (await kept.Range(Kind, "", Now, cancellation))
            .Understood(record => (Agreement: Guid.Parse(record.Key.AsSpan(0, record.Key.IndexOf('/', StringComparison.Ordinal))),
                Draft: Read(record)))
            .Where(it => it.Draft.By == person).Select(it => it.Agreement).Distinct()
    ];

    static Refused TooLarge => new("report-too-large", RefusalKind.Invalid, ("max", ReportContent.MostBytes / 1024));

    async Task<Refused?> Put(AgreementId agreement, ReportDraft draft, string etag, CancellationToken cancellation)
    {
        if (Packed(draft) is not { } data)
            return TooLarge;
        await kept.Put(new(Kind, Key(agreement, draft.Party, draft.Id), data, etag), Now, cancellation);
        return null;
    }

    static string Key(AgreementId agreement, string party, Guid report) => $"{agreement}/{party}/{report:D}";

    // Null when it is larger than what is kept.
    static byte[]? Packed(ReportDraft it)
    {
        var written = JsonSerializer.SerializeToUtf8Bytes(it, Json.Options);
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write(written);
        return written.Length > 2 * ReportContent.MostBytes || packed.Length > KeptRecord.MaxBytes ? null : packed.ToArray();
    }

    static ReportDraft Read(KeptRecord record)
    {
        using var unpacking = new BrotliStream(new MemoryStream(record.Data.ToArray()), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<ReportDraft>(unpacking, Json.Options) is { Party: not null, Title: not null, Period: not null,
            Sections: not null } draft
            && draft.Sections.All(section => section is { Key: not null, Title: not null, Blocks: not null, Contents: not null }
                && section.Blocks.All(block => block is not null))
            ? draft : throw new JsonException("It is empty, or something in it is.");
    }
}
