using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>What an amendment makes otherwise.</summary>
public enum Amended
{
    /// <summary>When an obligation is due.</summary>
    Date,

    /// <summary>What an obligation is called.</summary>
    Title,

    /// <summary>What the clause of an obligation says.</summary>
    Text,

    /// <summary>Which documents a submission must hold.</summary>
    Documents,

    /// <summary>There is a new obligation.</summary>
    Added,

    /// <summary>An obligation falls away.</summary>
    Dropped,

    /// <summary>What is agreed on in all.</summary>
    GrantTotal,

    /// <summary>What is agreed on of an instalment.</summary>
    InstalmentAmount,

    /// <summary>What an instalment waits for.</summary>
    InstalmentCondition,

    /// <summary>The last day to requisition an instalment.</summary>
    RequisitionDate,

    /// <summary>The agreement's first and last day.</summary>
    Period,

    /// <summary>A party comes in.</summary>
    Joined,

    /// <summary>A party goes out.</summary>
    Left,

    /// <summary>A party goes out and another has its place.</summary>
    TakenOver,

    /// <summary>Who has a duty.</summary>
    Duty,

    /// <summary>On which days reminders are sent.</summary>
    Reminders,

    /// <summary>After how many days the reviewer is reminded.</summary>
    ReviewReminders
}

/// <summary>One thing before, or after: what of it there is, in the type that it has.</summary>
/// <param name="Words">Keys of parties or kinds of document.</param>
/// <param name="Days">Signed days from the due date.</param>
public sealed record DifferenceValue(LocalDate? Date = null, Kronor? Amount = null, DateSpan? Period = null, string? Text = null,
    IReadOnlyList<string>? Words = null, IReadOnlyList<int>? Days = null);

/// <summary>One thing that an amendment makes otherwise.</summary>
/// <param name="Of">Key of the obligation, the instalment or the party, or the name of the duty; null where there is but one.</param>
/// <param name="Title">What it is called; null where it has no name of its own.</param>
/// <param name="Old">How it was; null for nothing.</param>
/// <param name="New">How it is; null for nothing.</param>
public sealed record Difference(Amended What, string? Of, string? Title, DifferenceValue? Old, DifferenceValue? New);

/// <summary>What an amendment changes, before and after; what hangs on a date that moves is among it.</summary>
public static class AmendmentDifference
{
    /// <param name="untouched">Keys of parties and instalments that could not be changed any more.</param>
    public static IReadOnlyList<Difference> Of(Agreement it, AmendmentProposed proposed, IReadOnlyList<string>? untouched = null)
    {
        // Before it has taken effect: as things will be then, by what is decided.
        if (untouched is null)
            it = Amendment.PendingOn(it, proposed.EffectiveFrom).Aggregate(it, (so, a) => so.Applying(a.Proposed, default));
        var then = it.Applying(proposed, default, untouched);
        then = then with { Obligations = DueDates.Work(then.Obligations, it.WorkingDayRule, null, 0, it.Signed?.SignedOn) };
        return [.. OfObligations(it, then, proposed), .. OfGrant(it.Terms, then.Terms), .. OfParties(it, then, proposed),
            .. OfAgreement(it, then)];
    }

    static IEnumerable<Difference> OfObligations(Agreement it, Agreement then, AmendmentProposed proposed)
    {
        var rescheduled = proposed.Changes.Select(change => change.Reschedule?.Key).OfType<string>()
            .SelectMany(it.Named).Where(o => !o.IsSettled).Select(o => o.Key).ToHashSet();
        foreach (var after in then.InOrder)
        {
            if (!it.Obligations.TryGetValue(after.Key, out var before))
            {
                yield return new(Amended.Added, after.Key, after.Title, null, Dated(after.DueOn) ?? new());
                continue;
            }
            if (after.Waived is { } waived)
            {
                if (before.Waived is null)
                    yield return new(Amended.Dropped, after.Key, before.Title, Dated(before.DueOn) ?? new(), new(Text: waived.Reason));
                continue;
            }
            if (before.Title != after.Title)
                yield return new(Amended.Title, after.Key, after.Title, new(Text: before.Title), new(Text: after.Title));
            if (before.Text != after.Text)
                yield return new(Amended.Text, after.Key, after.Title, Told(before.Text), Told(after.Text));
            if (!before.Documents.SequenceEqual(after.Documents))
                yield return new(Amended.Documents, after.Key, after.Title, new(Words: before.Documents), new(Words: after.Documents));
            if (!after.IsSettled && (before.DueOn != after.DueOn || rescheduled.Contains(after.Key)))
                yield return new(Amended.Date, after.Key, after.Title, Dated(before.DueOn), Dated(after.DueOn));
        }
    }

    static IEnumerable<Difference> OfGrant(Terms it, Terms then)
    {
        if (it.Grant is not { } before || then.Grant is not { } after)
            yield break;
        if (before.Total != after.Total)
            yield return new(Amended.GrantTotal, null, null, new(Amount: before.Total), new(Amount: after.Total));
        foreach (var (was, now) in before.Instalments.Zip(after.Instalments))
        {
            if (was.Amount != now.Amount)
                yield return new(Amended.InstalmentAmount, now.Key, null, new(Amount: was.Amount), new(Amount: now.Amount));
            if (was.Condition != now.Condition)
                yield return new(Amended.InstalmentCondition, now.Key, null, Told(was.Condition), Told(now.Condition));
            if (was.RequisitionDueOn != now.RequisitionDueOn)
                yield return new(Amended.RequisitionDate, now.Key, null, Dated(was.RequisitionDueOn), Dated(now.RequisitionDueOn));
        }
    }

    static IEnumerable<Difference> OfParties(Agreement it, Agreement then, AmendmentProposed proposed)
    {
        var on = proposed.EffectiveFrom;
        foreach (var change in proposed.Changes)
            if (change is { Join: { } joining } && it.Party(joining.Key) is null && then.Party(joining.Key) is not null)
                yield return new(Amended.Joined, joining.Key, joining.Name, null, new(Text: joining.Name));
            else if (change is { Leave: { } leaving } && it.Party(leaving.Key) is { } left && then.Party(leaving.Key) is null)
                yield return new(Amended.Left, left.Key, left.NameOn(on), new(Text: left.NameOn(on)), null);
            else if (change is { TakeOver: { } take } && it.Party(take.From) is { } from && then.Party(take.From) is null)
                yield return new(Amended.TakenOver, take.From, from.NameOn(on), new(Text: from.NameOn(on), Words: [take.From]),
                    new(Text: take.Name, Words: [take.Key]));
            else if (change is { Duty: { } given } && then.Party(given.Party) is { } deputy && deputy.Has(given.Duty))
                yield return new(Amended.Duty, Json.NameOf(given.Duty), null, Holders(it, given.Duty, on),
                    new(given.Until, Text: deputy.NameOn(on), Words: [deputy.Key]));
    }

    // A duty that nobody has been given is the recipient's.
    static DifferenceValue Holders(Agreement it, Duty duty, LocalDate on)
    {
        var parties = it.Terms.Parties.Where(party => Rights.Does(party, duty, it.Terms.Parties)).ToList();
        return new(Text: string.Join(", ", parties.Select(party => party.NameOn(on))), Words: [.. parties.Select(party => party.Key)]);
    }

    static IEnumerable<Difference> OfAgreement(Agreement it, Agreement then)
    {
        if (it.Terms.Period != then.Terms.Period)
            yield return new(Amended.Period, null, null, new(Period: it.Terms.Period), new(Period: then.Terms.Period));
        if (!it.Plan.Rungs.SequenceEqual(then.Plan.Rungs))
            yield return new(Amended.Reminders, null, null, new(Days: it.Plan.Rungs), new(Days: then.Plan.Rungs));
        if (!(it.Plan.Review ?? []).Order().SequenceEqual((then.Plan.Review ?? []).Order()))
            yield return new(Amended.ReviewReminders, null, null, new(Days: it.Plan.Review ?? []), new(Days: then.Plan.Review ?? []));
    }

    static DifferenceValue? Dated(LocalDate? date) => date is { } day ? new(Date: day) : null;

    static DifferenceValue? Told(string? text) => string.IsNullOrEmpty(text) ? null : new(Text: text);
}
