using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>How far a person had come in an agreement when they last looked at it: kept for each of both, and no part of the log.</summary>
public sealed class Visits(IKeptRecords kept)
{
    public const string Kind = "visits";

    // Whoever comes back within the hour goes on with the same visit.
    static readonly Duration pause = Duration.FromHours(1);

    static readonly Duration keptFor = Duration.FromDays(400);
    static readonly Duration sweptEvery = Duration.FromDays(1);

    Instant swept;

    /// <summary>Keeps that somebody looks; answers where they stood on the visit before this one, null when it is the first.</summary>
    /// <param name="now">By the domain's clock; how long it is kept is the machine's matter.</param>
    public async Task<Visit?> Look(PersonId by, Dossier dossier, Instant now, CancellationToken cancellation)
    {
        var (key, machine) = ($"{by}/{dossier.Id}", SystemClock.Instance.GetCurrentInstant());
        var record = await kept.Find(Kind, key, machine, cancellation);
        var was = record?.Understood(Read);
        var isNew = was is null || now - was.Latest.At >= pause;
        var before = isNew ? was?.Latest : was!.Before;
        if (!isNew && was!.Latest.Sequence == dossier.Sequence)
            return before;
        try
        {
            // Written twice at once it is the same person's either way.
            var latest = new Visit(isNew ? now : was!.Latest.At, dossier.Sequence);
            await kept.Put(new(Kind, key, JsonSerializer.SerializeToUtf8Bytes(new Visited(latest, before), Json.Options),
                record?.ETag ?? KeptRecord.New, machine + keptFor), machine, cancellation);
            if (machine - swept > sweptEvery)
            {
                swept = machine;
                await kept.Sweep(Kind, machine, cancellation);
            }
        }
        catch (Exception unavailable) when (Failures.StatusOf(unavailable) == 503)
        {
            // Where nothing can be kept now, the page can be read still.
        }
        return before;
    }

    /// <summary>All that is kept of a person's visits.</summary>
    public async Task<IReadOnlyList<(AgreementId Agreement, Visit Latest)>> Of(PersonId person, CancellationToken cancellation) =>
        [.. (await kept.Range(Kind, $"{person}/", SystemClock.Instance.GetCurrentInstant(), cancellation)).Understood(record =>
            (AgreementId.Parse(record.Key[(record.Key.LastIndexOf('/') + 1)..], null), Read(record).Latest))];

    static Visited Read(KeptRecord it) => JsonSerializer.Deserialize<Visited>(it.Data.Span, Json.Options) is { Latest: not null } visited
        ? visited
        : throw new JsonException("It is empty.");

    sealed record Visited(Visit Latest, Visit? Before);
}

/// <param name="At">When the visit began.</param>
/// <param name="Sequence">The last event that there was when the person last looked.</param>
public sealed record Visit(Instant At, long Sequence);
