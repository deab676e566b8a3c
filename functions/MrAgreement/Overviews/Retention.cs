using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>How long a party keeps documents of a kind (gallringsfrist). Source: arkivlagen (1990:782) 10 §.</summary>
/// <param name="Years">From the day of the document; null for what is kept for ever (bevaras).</param>
/// <param name="Reference">Number of the decision.</param>
public sealed record RetentionPeriod(string Kind, int? Years, string Reference);

/// <summary>A party's periods by kind: what stands in none of them is kept for ever.</summary>
/// <param name="SetBy">Who set them last; null when nobody has.</param>
public sealed record RetentionPlan(string Party, IReadOnlyList<RetentionPeriod> Periods, PersonId? SetBy = null, Instant? SetAt = null)
{
    const int LongestReference = 100, MostYears = 200, MostKinds = 100;

    public static RetentionPlan None(string party) => new(party, []);

    public RetentionPeriod? Of(string kind) => Periods.FirstOrDefault(period => period.Kind == kind);

    /// <summary>What stands against periods as they are told.</summary>
    public static IReadOnlyList<Fault> Faults(IReadOnlyList<RetentionPeriod> periods)
    {
        var faults = new List<Fault>();
        if (periods.Count > MostKinds)
            faults.Add(new("/periods", "retention-too-many", ("max", MostKinds)));
        foreach (var (i, period) in periods.Index())
        {
            if (!RegisterDecisions.IsKind(period.Kind))
                faults.Add(new($"/periods/{i}/kind", "document-kind", ("kind", period.Kind)));
            else if (periods.Take(i).Any(other => other.Kind == period.Kind))
                faults.Add(new($"/periods/{i}/kind", "retention-twice", ("kind", period.Kind)));
            if (period.Years is < 1 or > MostYears)
                faults.Add(new($"/periods/{i}/years", "retention-years", ("max", MostYears)));
            faults.AddText($"/periods/{i}/reference", period.Reference, LongestReference);
        }
        return faults;
    }
}

/// <summary>A document whose period has ended: it may be disposed of, which somebody decides and asks for.</summary>
/// <param name="On">Its day for the party: when it came in or was drawn up, or was handed over to it.</param>
/// <param name="Since">From which day it may be disposed of.</param>
public sealed record Disposable(AgreementId Agreement, DiaryNumber Diary, string Matter, Document Document, LocalDate On,
    RetentionPeriod Period, LocalDate Since)
{
    /// <summary>Of what the party has of an agreement, its own and what it has received, by one of its people.</summary>
    public static IEnumerable<Disposable> Of(Dossier it, RetentionPlan plan, LocalDate today, Actor actor) =>
        from document in it.Documents.InOrder
        where !document.IsErased && Sight.Sees(it, actor, document)
        let period = plan.Of(document.Kind)
        where period is { Years: not null }
        let day = document.Party == plan.Party ? document.On : DocumentDecisions.CameOn(it, plan.Party, document)
        where day is not null
        let since = day.Value.PlusYears(period.Years!.Value)
        where since <= today
        select new Disposable(it.Id, it.Agreement.NumberOf(plan.Party), it.Agreement.Terms.Title, document, day.Value, period, since);
}
