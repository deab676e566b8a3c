using System.Globalization;
using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

/// <summary>What decisions of a consultation lead to, and what earlier records of the same one have led to already.</summary>
public sealed class ConsultationConsequences
{
    const string Revision = "-revision-";
    // With a number after it, as long as a title may be.
    const int LongestTitle = 270;

    const string NoMore = "Inte längre beslutat vid samrådet";

    readonly Agreement agreement;
    readonly Obligation consultation;
    readonly IReadOnlyList<Amendment> earlier;
    readonly IReadOnlyList<ConsultationDecision> decided;

    ConsultationConsequences(Agreement agreement, Obligation consultation)
    {
        (this.agreement, this.consultation) = (agreement, consultation);
        var records = consultation.Completions.Select(c => c.Consultation).OfType<ConsultationRecord>().ToList();
        earlier = [.. records.Select(record => record.Amendment).OfType<int>().Distinct().Order().Select(n => agreement.Amendments[n - 1])];
        decided = [.. records.SelectMany(record => record.Decisions)];
    }

    /// <summary>The duty that a consultation's decision to revise the plan brought; null for none, and while it waits.</summary>
    public static Obligation? RevisionOf(Agreement agreement, Obligation consultation) =>
        new ConsultationConsequences(agreement, consultation).Brought;

    public static ConsultationConsequences Of(Agreement agreement, Obligation consultation) => new(agreement, consultation);

    /// <summary>Whether a new date was decided before and holds: it is scheduled so, or an amendment that binds says so.</summary>
    public bool Holds(ConsultationDecision decision) => agreement.Obligations[decision.Obligation!] is var moved
        && decided.Any(before => (before.Kind, before.Obligation, before.On) == (decision.Kind, decision.Obligation, decision.On))
        && (moved.ScheduledOn == decision.On
            || Binding.Any(a => a.Proposed.Changes.Any(c => c.Reschedule == new Reschedule(moved.Key, new(On: decision.On))))
            && (moved.Due == new OnDate(decision.On!.Value) || Binding.Any(a => a.IsWaiting)));

    /// <summary>The change by which the plan is to be revised: a duty of its own, which is due on the day decided or on none. Decided
    /// before and on another day, that duty moves; decided no more, it goes.</summary>
    /// <param name="decision">Null where none was made.</param>
    /// <param name="beside">What else is decided.</param>
    public IEnumerable<AmendmentChange> OfPlan(ConsultationDecision? decision, IReadOnlyList<AmendmentChange> beside)
    {
        var brought = Brought;
        if (brought is { IsSettled: true })
            return [];
        if (decision is null)
            return brought is null ? [] : [new(Drop: new(brought.Key, NoMore))];
        DueTerms due = decision.On is { } on ? new(On: on) : new(None: true);
        if (brought is not null)
            return brought.Due == (decision.On is { } same ? new OnDate(same) : new Undated()) ? []
                : [new(Reschedule: new(brought.Key, due))];
        return Plan() is { } plan ? [new(Add: Revised(plan, due, beside))] : [];
    }

    /// <summary>An earlier record's amendment that says just this and waits for the grantor; null for none.</summary>
    public Amendment? Waiting(IReadOnlyList<AmendmentChange> changes) => changes.Count == 0 ? null
        : earlier.LastOrDefault(a => !a.IsBinding && SaySame(a.Proposed.Changes, changes));

    /// <summary>The amendment to which the decisions of a record came before; null for none.</summary>
    public Amendment? Last(ConsultationRecord record) =>
        record.Decisions.Any(d => d.Kind != ConsultationDecisionKind.Other) ? Binding.LastOrDefault() : null;

    Obligation? Brought => Binding.SelectMany(a => a.Proposed.Changes).Select(change => change.Add).OfType<ObligationTerms>()
        .Where(add => add.Key.Contains(Revision, StringComparison.Ordinal)).Select(add => agreement.Obligations.GetValueOrDefault(add.Key))
        .OfType<Obligation>().LastOrDefault(o => o.Waived is null);

    IEnumerable<Amendment> Binding => earlier.Where(a => a.IsBinding);

    // A duty that waits for the grantor has a number already: where all is decided as before it is that one, else one of its own.
    ObligationTerms Revised(Obligation plan, DueTerms due, IReadOnlyList<AmendmentChange> beside)
    {
        var before = earlier.Where(a => !a.IsBinding).SelectMany(a => a.Proposed.Changes).Select(change => change.Add)
            .LastOrDefault(add => add?.Key.StartsWith(plan.TermsKey + Revision, StringComparison.Ordinal) == true && add.Due == due);
        return before is not null && !agreement.Obligations.ContainsKey(before.Key) && Waiting([.. beside, new(Add: before)]) is not null
            ? before
            : Revised(plan, due, Enumerable.Range(1, int.MaxValue).First(n => !IsTaken($"{plan.TermsKey}{Revision}{n}")));
    }

    ObligationTerms Revised(Obligation plan, DueTerms due, int number)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"{plan.Title[..Math.Min(plan.Title.Length, LongestTitle)]}, revidering ");
        return new($"{plan.TermsKey}{Revision}{number}", $"{title}{number}", plan.Responsible, ObligationKind.Deliverable, due,
            plan.Recipient, [consultation.Key], plan.Acceptance, plan.Documents, consultation.Clause, plan.Financial, null, Purpose.Plan,
            null, plan.Reading?.Acceptance is { } acceptance ? new(Acceptance: acceptance) : null,
            plan.Contents.Count > 0 ? plan.Contents : null);
    }

    bool IsTaken(string key) => agreement.Obligations.ContainsKey(key)
        || agreement.Amendments.Any(a => a.IsWaiting && a.Proposed.Changes.Any(change => change.Add?.Key == key));

    // The plan of the consultation's own year where there is one each year, and no revision of it.
    Obligation? Plan() => agreement.InOrder
        .Where(o => agreement.PurposeOf(o) == Purpose.Plan && (o.Year ?? consultation.Year) == consultation.Year)
        .OrderBy(o => o.Key.Contains(Revision, StringComparison.Ordinal)).FirstOrDefault();

    static bool SaySame(IReadOnlyList<AmendmentChange> some, IReadOnlyList<AmendmentChange> others) => some.Count == others.Count
        && some.Zip(others).All(pair => Written(pair.First) == Written(pair.Second));

    static string Written(AmendmentChange change) => System.Text.Json.JsonSerializer.Serialize(change, Json.Options);
}
