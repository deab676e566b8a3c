using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;

namespace MrAgreement.Web.Pages.Portfolio;

/// <summary>What has changed in the agreements since a day, for whoever follows
/// them all: the latest of a few agreements, and how many more there are.</summary>
public sealed class Changes(Dossiers dossiers, IEventStore store, PageVisitor visitor)
{
    const int MostAgreements = 5;
    const int MostEach = 5;
    const int MostOfOne = 3;

    // Looked through for those to show; what is sent of itself lies between them.
    const int LookedThrough = 50;

    public async Task<Changed> Since(LocalDate day, ILists lists, CancellationToken cancellation)
    {
        var since = StockholmTime.StartOfDay(day);
        var query = new PortfolioQuery(visitor.Today, null, true, null, null, null, 1, MostAgreements) { Order = PortfolioOrder.Changed,
            ChangedSince = since };
        var found = await lists.Portfolio(query, cancellation);
        var agreements = new List<ChangedAgreement>();
        foreach (var item in found.Rows)
            if (await dossiers.ReadIfWhole(item.Row.Agreement, cancellation) is { } dossier)
            {
                var latest = await store.ReadSince(dossier.Id, Math.Max(0, dossier.Sequence - LookedThrough), cancellation);
                agreements.Add(new(dossier, [.. Told(dossier, latest.Where(row => row.At >= since && row.Actor != PersonId.System))
                    .Reverse().Take(MostEach)]));
            }
        return new(day, found.Total, agreements);
    }

    /// <summary>What others have done in one agreement since the person last looked at it; what was done last when they never did.
    /// </summary>
    public async Task<SinceVisit> Since(Dossier dossier, Visit? before, CancellationToken cancellation)
    {
        var first = Math.Max(before?.Sequence ?? 0, dossier.Sequence - LookedThrough);
        var rows = first < dossier.Sequence ? await store.ReadSince(dossier.Id, first, cancellation) : [];
        var told = Told(dossier, rows.Where(row => row.Sequence <= dossier.Sequence && row.Actor != PersonId.System
            && (before is null || row.Actor != visitor.Person.Id))).Reverse().ToList();
        return new(before?.At, [.. told.Take(MostOfOne)], before is null ? 0 : Math.Max(0, told.Count - MostOfOne));
    }

    // Documents that came with a submission are told of by it, and what the person may not read by nothing.
    IEnumerable<StoredEvent> Told(Dossier dossier, IEnumerable<StoredEvent> rows)
    {
        var read = rows.Where(row => !Sight.Hides(dossier, visitor.Actor, row))
            .Select(row => (Row: row, Event: row.Data is { } data ? EventJson.Read(row.Type, data) : null)).ToList();
        var delivered = read.Select(it => it.Event).OfType<SubmissionMade>().SelectMany(made => made.Documents).ToHashSet();
        return read.Where(it => it.Event switch
        {
            null => true,
            DocumentRegistered e when delivered.Contains(new(e.Document, 1)) => false,
            DocumentVersionAdded e when delivered.Contains(new(e.Document, e.Version)) => false,
            var happened => Sight.Sees(dossier, visitor.Actor, happened)
        }).Select(it => it.Row);
    }
}

/// <param name="Total">How many agreements have changed.</param>
/// <param name="Agreements">The few that changed last.</param>
public sealed record Changed(LocalDate Since, int Total, IReadOnlyList<ChangedAgreement> Agreements);

/// <param name="Latest">What people did, the latest first.</param>
public sealed record ChangedAgreement(Dossier Dossier, IReadOnlyList<StoredEvent> Latest);

/// <param name="At">When the person last looked; null when they never did.</param>
/// <param name="Rows">What others did, the latest first.</param>
/// <param name="More">How many more there are at least.</param>
public sealed record SinceVisit(Instant? At, IReadOnlyList<StoredEvent> Rows, int More);
