using System.IO.Compression;
using System.Text.Json;
using MrAgreement.Work;

namespace MrAgreement.Running;

/// <summary>Drafts of plans as kept records: one for each agreement and party.</summary>
public sealed class KeptPlanDrafts(IKeptRecords kept, IClock machine)
{
    /// <summary>Among the kept records.</summary>
    public const string Kind = "plan-drafts";

    // Whoever meets others so often in turn is not let in between.
    const int MostTries = 20;

    Instant Now => machine.GetCurrentInstant();

    /// <summary>The party's draft; null while there is none.</summary>
    public async Task<PlanDraft?> Find(AgreementId agreement, string party, CancellationToken cancellation = default) =>
        await kept.Find(Kind, Key(agreement, party), Now, cancellation) is { } record ? record.Understood(Read) : null;

    /// <summary>Changes a draft. Who meets somebody else's change has theirs judged anew on top of it.</summary>
    /// <param name="begin">What it begins as, where there is none.</param>
    /// <returns>The draft as it is then, and what stood against the change.</returns>
    public async Task<(PlanDraft Draft, Refused? Refused)> Change(AgreementId agreement, string party, PlanDraft begin,
        Func<PlanDraft, (PlanDraft After, Refused? Refused)> change, CancellationToken cancellation = default)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var record = await kept.Find(Kind, Key(agreement, party), Now, cancellation);
            var before = record?.Understood(Read) ?? begin;
            var (after, refused) = change(before);
            if (refused is not null || ReferenceEquals(after, before))
                return (before, refused);
            var data = Written(after);
            if (data.Length > KeptRecord.MaxBytes || after.Content.Written().Length > PlanContent.MostBytes)
                return (before, new("plan-too-large", RefusalKind.Invalid, ("max", PlanContent.MostBytes / 1024)));
            if (await kept.Put(new(Kind, Key(agreement, party), data, record?.ETag ?? KeptRecord.New), Now, cancellation) is not null)
                return (after, null);
        }
        throw new StoreBusyException();
    }

    /// <summary>Throws a draft away, if it still says what the tag is of.</summary>
    public async Task Delete(AgreementId agreement, string party, string tag, CancellationToken cancellation = default)
    {
        if (await kept.Find(Kind, Key(agreement, party), Now, cancellation) is { } record && record.Understood(Read)?.Tag == tag)
            await kept.Delete(Kind, record.Key, record.ETag, cancellation);
    }

    /// <summary>The agreements whose plan's draft this person changed last.</summary>
    public async Task<IReadOnlyList<Guid>> LastWrittenBy(PersonId person, CancellationToken cancellation = default) =>
    [
        .. (await kept.Range(Kind, "", Now, cancellation))
            .Understood(record => (Agreement: Guid.Parse(record.Key.AsSpan(0, record.Key.IndexOf('/', StringComparison.Ordinal))),
                Draft: Read(record)))
            .Where(it => it.Draft.By == person).Select(it => it.Agreement)
    ];

    static string Key(AgreementId agreement, string party) => $"{agreement}/{party}";

    static byte[] Written(PlanDraft it)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest))
            JsonSerializer.Serialize(packing, it, Json.Options);
        return packed.ToArray();
    }

    static PlanDraft Read(KeptRecord record)
    {
        using var unpacking = new BrotliStream(new MemoryStream(record.Data.ToArray()), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<PlanDraft>(unpacking, Json.Options) is { Party: not null, Content: { Goals: not null,
            TargetGroups: not null, FocusAreas: not null, Measures: not null, Dropped: not null } } draft
            ? draft : throw new JsonException("It is empty, or something in it is.");
    }
}
