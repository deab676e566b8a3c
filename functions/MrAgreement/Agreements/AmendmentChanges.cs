using System.Globalization;
using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

/// <summary>What amendments do to an agreement and its obligations.</summary>
static class AmendmentChanges
{
    public static Agreement With(this Agreement it, int number, Func<Amendment, Amendment> change) =>
        it with { Amendments = it.Amendments.SetItem(number - 1, change(it.Amendments[number - 1])) };

    /// <summary>The agreement with an amendment's changes; what is settled is left untouched.</summary>
    /// <param name="untouched">Keys of parties and instalments that could not be changed any more.</param>
    public static Agreement Applying(this Agreement it, AmendmentProposed amendment, Recorded recorded,
        IReadOnlyList<string>? untouched = null) =>
        amendment.Changes.Where(change => (AmendmentMoney.Key(change) ?? AmendmentParties.Key(change)) is not { } key
            || untouched?.Contains(key) != true).Aggregate(it, (so, change) => so.Changed(change, amendment, recorded) with
            {
                Terms = TermsInForce.Changed(so.Terms, change)
            });

    static Agreement Changed(this Agreement so, AmendmentChange change, AmendmentProposed amendment, Recorded recorded) => change switch
        {
            { Reschedule: { } r } => so.Unsettled(r.Key).Aggregate(so, (s, o) => s.Changing(o.Key, was => was with
            {
                Due = Rule(s, o, r.Due),
                // What its date was read from is no longer what it says.
                Reading = was.Reading?.WithoutDue,
                DecidedDueOn = null,
                ScheduledOn = was.AgreedTime?.Time.On,
                LostDateOf = null,
                Touched = recorded.Sequence
            })),
            { Drop: { } d } => so.Unsettled(d.Key).Aggregate(so, (s, o) => s.Changing(o.Key, was => was with
            {
                Waived = new(d.Reason, amendment.Reference, recorded.By, recorded.At),
                Touched = recorded.Sequence
            })),
            { Add: { } add } => so.Adding([.. Occurrences.Of([add], [.. so.InOrder]).Where(o => !so.Obligations.ContainsKey(o.Key))],
                recorded),
            { Revise: { } r } => so.Unsettled(r.Key).Aggregate(so, (s, o) => s.Changing(o.Key, was => Revised(was, r) with
            {
                Touched = recorded.Sequence
            })),
            { Instalment: { RequisitionDueOn: { } day } i } => so.Requisitioned(i.Key, day, recorded),
            // What would have been reminded of before is not caught up with.
            { Reminders: not null } => so with
            {
                Obligations = so.Obligations.SetItems(so.InOrder.Where(o => o.RemindersSince is not null)
                    .Select(o => KeyValuePair.Create(o.Key, o with { RemindersSince = recorded.At })))
            },
            { Leave: { } leave } => so.Without(leave.Key),
            { TakeOver: { } take } => so.Without(take.From).With(take),
            { Duty: { } duty } => so.Giving(duty, amendment.Number),
            _ => so
        };

    /// <summary>By what an obligation's date would be counted.</summary>
    public static DueRule Rule(Agreement it, Obligation of, DueTerms due) =>
        Occurrences.Rule(due, of.Year, key => it.InOrder.Any(other => other.TermsKey == key && other.Year is not null));

    /// <summary>The obligation in other words, or with other documents.</summary>
    public static Obligation Revised(Obligation it, ReviseObligation change) => it with
    {
        Title = change.Title is not { } title ? it.Title
            : it.Year is { } year && it.Key != change.Key ? string.Create(CultureInfo.InvariantCulture, $"{title.Trim()} {year}") : title.Trim(),
        Text = change.Text is { } text ? HiddenLetters.WithoutOrNull(text) : it.Text,
        Documents = change.Documents ?? it.Documents
    };

    // The day to requisition it is that of its obligation, which there may not have been one for.
    static Agreement Requisitioned(this Agreement it, string instalment, LocalDate day, Recorded recorded) =>
        it.Obligations.GetValueOrDefault(Occurrences.RequisitionKey(instalment)) switch
        {
            null => it.Adding([Occurrences.Requisition(instalment, day, it.Terms.Parties, clause: null) with
            {
                RemindersSince = recorded.At
            }], recorded),
            { IsSettled: true } => it,
            var o => it.Changing(o.Key, was => was with
            {
                Due = new OnDate(day), DecidedDueOn = null, ScheduledOn = null, LostDateOf = null, Touched = recorded.Sequence
            })
        };

    /// <summary>The obligation by that key, or of a yearly one by its key in the terms those years that are not settled.</summary>
    public static IEnumerable<Obligation> Named(this Agreement it, string key) =>
        it.Obligations.TryGetValue(key, out var one) ? [one] : it.InOrder.Where(o => o.TermsKey == key && !o.IsSettled);

    static IEnumerable<Obligation> Unsettled(this Agreement it, string key) => it.Named(key).Where(o => !o.IsSettled);
}
