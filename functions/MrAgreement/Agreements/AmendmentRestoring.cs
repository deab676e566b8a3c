using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>What an amendment that has taken effect changed, the other way round: changes of a new amendment, by which what held before
/// holds from then on (docs/decisions/0111).</summary>
/// <param name="Changes">To be gone through, and decided by the parties as any other.</param>
/// <param name="Left">Places of the amendment's own changes that no amendment turns round.</param>
public sealed record AmendmentRestoring(IReadOnlyList<AmendmentChange> Changes, IReadOnlyList<int> Left)
{
    /// <summary>Null where there is nothing to restore: it never took effect, or was taken back.</summary>
    /// <param name="reason">Why what it added is let go.</param>
    public static AmendmentRestoring? Of(Dossier dossier, Amendment one, string reason)
    {
        if (one is not { TookEffect: { } effect, Withdrawn: null, Effect: { } made })
            return null;
        var (changes, left) = (new List<AmendmentChange>(), new List<int>());
        foreach (var (i, change) in one.Proposed.Changes.Index())
        {
            var key = change.Reschedule?.Key ?? change.Drop?.Key ?? change.Revise?.Key ?? AmendmentMoney.Key(change)
                ?? AmendmentParties.Key(change);
            // What it could not touch is as it was.
            if (key is not null && effect.Untouched.Contains(key))
                continue;
            changes.AddRange(Back(dossier, change, made, reason));
            if (IsLeft(dossier, change, made))
                left.Add(i);
        }
        return new(changes, left);
    }

    static IEnumerable<AmendmentChange> Back(Dossier dossier, AmendmentChange change, AmendmentEffect made, string reason)
    {
        var (now, before) = (dossier.Agreement, made.Terms);
        IEnumerable<(Obligation Now, Obligation Before)> Touched(string key) => now.Named(key).Where(o => !o.IsSettled)
            .Select(o => (o, Before: made.Before.GetValueOrDefault(o.Key))).Where(pair => pair.Before is not null)
            .Select(pair => (pair.o, pair.Before!));
        return change switch
        {
            { Period: not null } when before.Period != now.Terms.Period => [new(Period: before.Period)],
            { Reminders: not null } when (before.Reminders ?? ReminderPlan.Usual) is var plan && !plan.IsSame(now.Plan) =>
                [new(Reminders: plan)],
            { Join: { Key: var joined } } when now.Party(joined) is not null => [new(Leave: new(joined))],
            { Leave: { Key: var gone } } when Was(before, gone) is { } party && now.Party(gone) is null => [new(Join: party)],
            { TakeOver: { } take } when Was(before, take.From) is { } party && now.Party(take.From) is null =>
                [new(TakeOver: new(take.Key, party.Key, party.Name, party.OrganisationNumber))],
            { Duty: { } given } when Holder(before, given.Duty) is { } holder && holder != given.Party =>
                [new(Duty: new(given.Duty, holder))],
            { Raise: { Instalment: { } raised } } => Instalment(dossier, before, raised),
            { Instalment: { Key: var amended } } => Instalment(dossier, before, amended),
            { Reschedule: { Key: var moved } } => Touched(moved).Where(pair => pair.Before.DueOn is { } day && pair.Now.DueOn != day)
                .Select(pair => new AmendmentChange(Reschedule: new(pair.Now.Key, new(On: pair.Before.DueOn)))),
            { Add: { Key: var added } } => now.InOrder.Where(o => o.TermsKey == added && !o.IsSettled).Take(1)
                .Select(_ => new AmendmentChange(Drop: new(added, reason))),
            { Revise: { Key: var revised } } => Touched(revised).Where(pair => pair.Now.Title != pair.Before.Title
                || pair.Now.Text != pair.Before.Text || !pair.Now.Documents.SequenceEqual(pair.Before.Documents))
                .Select(pair => new AmendmentChange(Revise: new(pair.Now.Key, pair.Before.Title, pair.Before.Text,
                    pair.Before.Documents.Count > 0 ? pair.Before.Documents : null))),
            _ => []
        };
    }

    // What was let go is agreed on anew in words of its own; a whole grant that was raised is not lowered, and a day that there was not is
    // not taken away.
    static bool IsLeft(Dossier dossier, AmendmentChange change, AmendmentEffect made) => change switch
    {
        { Raise: { Instalment: null } } => made.Terms.Grant?.Total < dossier.Grant.Agreed(null),
        { Drop: { Key: var dropped } } => dossier.Agreement.InOrder.Any(o => (o.Key == dropped || o.TermsKey == dropped)
            && o.Waived is not null && made.Before.GetValueOrDefault(o.Key)?.Waived is null),
        { Reschedule: { Key: var moved } } => dossier.Agreement.Named(moved).Any(o => !o.IsSettled && o.DueOn is not null
            && made.Before.GetValueOrDefault(o.Key) is { DueOn: null }),
        { Instalment: { Key: var amended, RequisitionDueOn: not null } } => dossier.Grant.Instalment(amended)?.RequisitionDueOn is not null
            && made.Terms.Grant?.Instalments.FirstOrDefault(stated => stated.Key == amended) is { RequisitionDueOn: null },
        _ => false
    };

    static Party? Was(Terms before, string key) => before.Parties.FirstOrDefault(party => party.Key == key);

    static string? Holder(Terms before, Duty duty) => before.Parties.FirstOrDefault(party => Rights.Does(party, duty, before.Parties))?.Key;

    // As the terms in force had it before.
    static IEnumerable<AmendmentChange> Instalment(Dossier dossier, Terms before, string key)
    {
        if (before.Grant?.Instalments.FirstOrDefault(stated => stated.Key == key) is not { } then
            || dossier.Grant.Instalment(key) is not { } now)
            yield break;
        var (amount, condition, day) = (then.Amount == now.Agreed ? (Kronor?)null : then.Amount,
            then.Condition == now.Condition ? null : then.Condition,
            then.RequisitionDueOn == now.RequisitionDueOn ? null : then.RequisitionDueOn);
        bool? unconditional = then.Condition is null && now.Condition is not null ? true : null;
        if (amount is not null || condition is not null || unconditional is not null || day is not null)
            yield return new(Instalment: new(key, amount, condition, unconditional, day));
    }
}
