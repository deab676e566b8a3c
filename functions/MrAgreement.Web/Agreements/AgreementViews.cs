using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.Ledgers;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.Registry;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Agreements;

/// <summary>An agreement at a glance.</summary>
/// <param name="Id">UUID of the agreement.</param>
/// <param name="DiaryNumber">The number under which the matter is registered.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">draft, active, closed or terminated.</param>
/// <param name="Version">The last event that touched it, reminders not counted; also its ETag.</param>
/// <param name="Parties">The parties to it.</param>
/// <param name="Period">First and last day, both included.</param>
/// <param name="Grant">The money as it stands.</param>
/// <param name="NextDeadline">The soonest obligation to come that is not delivered; null when there is none.</param>
/// <param name="OverdueCount">How many obligations are overdue.</param>
/// <param name="TerminatesOn">The day to come on which it ends before its time; null when there is none, and once it has ended.</param>
public sealed record AgreementSummary(
    AgreementId Id, DiaryNumber DiaryNumber, string Title, AgreementStatus Status, long Version, IReadOnlyList<Party> Parties,
    DateSpan Period,
    GrantSummary Grant, NextDeadline? NextDeadline, int OverdueCount, LocalDate? TerminatesOn)
{
    internal static AgreementSummary Of(PortfolioItem item, Actor by)
    {
        var (row, summary) = (item.Row, Projection.Summary(item.Row));
        return new(row.Agreement, DiaryNumber.Parse(row.DiaryNumber), row.Title, Enum.Parse<AgreementStatus>(row.Status, ignoreCase: true),
            summary.Version, summary.Parties,
            summary.Period, GrantSummary.Of(summary.SeenBy(by) ?? summary.Balances,
                summary.SeenBy(by) is not null && Sight.SeesEveryShare(summary.Parties, by)),
            item.Next is { } next ? new(next.Key, next.DueOn) : null, item.OverdueCount, summary.TerminatesOn);
    }
}

/// <summary>An agreement as it stands, or stood at the end of a day.</summary>
/// <param name="Id">UUID of the agreement.</param>
/// <param name="DiaryNumber">The number under which the matter is registered.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">draft, active, closed or terminated.</param>
/// <param name="Version">The last event that touched it, reminders not counted; also its ETag.</param>
/// <param name="Parties">The parties to it.</param>
/// <param name="Period">First and last day, both included.</param>
/// <param name="Grant">The money as it stands.</param>
/// <param name="NextDeadline">The soonest obligation to come that is not delivered; null when there is none.</param>
/// <param name="OverdueCount">How many obligations are overdue.</param>
/// <param name="WorkingDayRule">What happens to a date that is no working day.</param>
/// <param name="Reminders">On which days reminders are sent.</param>
/// <param name="Signature">When and by whom it was signed; null for a draft.</param>
/// <param name="Termination">How it ends, or ended, before its time; null unless it does.</param>
/// <param name="TerminatesOn">The day to come on which it ends before its time; null when there is none, and once it has ended.</param>
/// <param name="Amendments">Amendments, in order.</param>
/// <param name="Warnings">What whoever closes it should know, for those who may: transactions that name it and were laid aside.</param>
/// <param name="Reopened">The clawback that opened the settlement of a closed agreement
/// again: its status is active, or terminated, until it is closed again. Else null.</param>
public sealed record AgreementView(
    AgreementId Id, DiaryNumber DiaryNumber, string Title, AgreementStatus Status, long Version, IReadOnlyList<Party> Parties,
    DateSpan Period,
    GrantSummary Grant, NextDeadline? NextDeadline, int OverdueCount, WorkingDayRule WorkingDayRule, ReminderPlan Reminders,
    SignatureView? Signature, TerminationView? Termination, LocalDate? TerminatesOn, IReadOnlyList<AmendmentView> Amendments,
    ReopeningView? Reopened,
    IReadOnlyList<WarningView> Warnings)
{
    internal static AgreementView Of(Viewpoint at)
    {
        var it = at.Agreement;
        var next = it.Status == AgreementStatus.Draft ? null : it.InOrder
            .Where(o => !o.IsDelivered && o.EffectiveDueOn >= at.Today)
            .OrderBy(o => o.EffectiveDueOn).ThenBy(o => o.Key, StringComparer.Ordinal).FirstOrDefault();
        return new(at.Dossier.Id, it.Terms.DiaryNumber, it.Terms.Title, it.Status, at.Dossier.Touched, it.Terms.Parties, it.Terms.Period,
            GrantSummary.Of(at.Dossier.Grant.Balances, at.SeesWhole), next is null ? null : new(next.Key, next.DueOn!.Value),
            it.Status == AgreementStatus.Draft ? 0 : it.Obligations.Values.Count(o => o.IsOverdue(at.Today)),
            it.WorkingDayRule, it.Plan,
            SignatureView.Of(at),
            TerminationView.Of(it), it.Ending?.On,
            [.. it.Amendments.Select(a => AmendmentView.Of(a, at))],
            it.Reopened is { } reopened
                ? new(reopened.On, Settlement.HeldOpenBy(at.Dossier)?.Decision.Number ?? reopened.Disallowance)
                : null,
            Rights.May(at.By, Right.Close, it.Terms.Parties) ? WarningView.Of(Closures.Doubts(at.Dossier), at) : []);
    }
}

/// <param name="On">The day on which it was opened again.</param>
/// <param name="Disallowance">Number of the decision that claims money back: that which opened it, or while
/// that is withdrawn, the next that stands.</param>
public sealed record ReopeningView(LocalDate On, int Disallowance);

/// <summary>The money at a glance, in kronor.</summary>
/// <param name="Decided">Decided or released instalments.</param>
/// <param name="Conditional">Instalments that wait for their condition.</param>
/// <param name="Received">Paid to the recipient.</param>
/// <param name="Used">Grant-financed costs, at most what was received; of what was submitted for whoever sees no other costs, and
/// null for a party that sees its own share alone.</param>
/// <param name="Repaid">Paid back; null likewise.</param>
/// <param name="Remaining">Received less used and repaid, with rounding; null likewise.</param>
public sealed record GrantSummary(Money.Kronor Decided, Money.Kronor Conditional, Money.Kronor Received, Money.Kronor? Used,
    Money.Kronor? Repaid, Money.Kronor? Remaining)
{
    internal static GrantSummary Of(Balances it, bool seesWhole) =>
        new(it.Decided, it.Conditional, it.Received, seesWhole ? it.Used : null, seesWhole ? it.Repaid : null,
            seesWhole ? it.Remaining : null);
}

/// <param name="Obligation">Key of the obligation.</param>
/// <param name="DueOn">Its nominal date.</param>
public sealed record NextDeadline(string Obligation, LocalDate DueOn);

/// <param name="On">The day on which it ends: what falls due by then stays.</param>
/// <param name="Reference">The decision's reference.</param>
/// <param name="FinalDueOn">The agreed day for final report, final accounts and repayment.</param>
/// <param name="RequisitionsAfterEnd">Whether costs before the end may still be requisitioned after it.</param>
/// <param name="InEffect">Whether it has taken effect; until then it can be corrected and withdrawn.</param>
public sealed record TerminationView(LocalDate On, string Reference, LocalDate FinalDueOn, bool RequisitionsAfterEnd, bool InEffect)
{
    internal static TerminationView? Of(Agreement it) => it switch
    {
        { Terminated: { } ended } => new(ended.On, ended.Reference, ended.FinalDueOn, !it.BarsRequisitions(), true),
        { Ending: { } ending } => new(ending.On, ending.Reference, ending.FinalDueOn, ending.RequisitionsAfterEnd, false),
        _ => null
    };
}

/// <param name="Number">From 1, within the agreement.</param>
/// <param name="DecidedOn">The day of the decision it refers to.</param>
/// <param name="Reference">The decision's reference.</param>
/// <param name="EffectiveFrom">The day from which it applies.</param>
/// <param name="Changes">What it changes.</param>
/// <param name="Party">The party that recorded it.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Confirmed">Whether the other party has confirmed it.</param>
/// <param name="ConfirmedBy">Who confirmed it.</param>
/// <param name="Status">proposed, pending (binding, its day has not come), in-effect or withdrawn.</param>
/// <param name="Untouched">Keys that it named but that were done by then.</param>
/// <param name="Contested">What the other party says is not right; null for nothing.</param>
/// <param name="SettledBy">Number of the amendment that was recorded in its place since; null while none was.</param>
/// <param name="Receipts">From each party that received it.</param>
/// <param name="Documents">The amendment on paper.</param>
/// <param name="Difference">What it changes, before and after: as things stood when it was recorded, and once it has taken effect, as they
/// stood then.</param>
/// <param name="Withdrawn">That it was taken back; null while it was not.</param>
public sealed record AmendmentView(
    int Number, LocalDate DecidedOn, string Reference, LocalDate EffectiveFrom, IReadOnlyList<AmendmentChange> Changes, string Party,
    PersonView By,
    bool Confirmed, PersonView? ConfirmedBy, string Status, IReadOnlyList<string> Untouched, ContestView? Contested, int? SettledBy,
    IReadOnlyList<ReceiptView> Receipts, IReadOnlyList<SubmittedDocumentView> Documents,
    IReadOnlyList<DifferenceView> Difference, AmendmentWithdrawalView? Withdrawn)
{
    internal static AmendmentView Of(Amendment it, Viewpoint at) => new(
        it.Number, it.Proposed.DecidedOn, it.Proposed.Reference, it.Proposed.EffectiveFrom, it.Proposed.Changes, it.Proposed.Party,
        at.Name(it.By),
        it.Confirmed is not null, at.Name(it.ConfirmedBy), it.Withdrawn is not null ? "withdrawn" : it.TookEffect is not null ? "in-effect" : it.IsBinding ? "pending" : "proposed",
        it.TookEffect?.Untouched ?? [], ContestView.Of(it.Contested, at), it.SettledBy,
        ReceiptView.Of(it.Proposed, at.Dossier), SubmittedDocumentView.Of(it.Proposed.Documents ?? [], at),
        [.. it.Difference.Select(each => DifferenceView.From(each, at.Language))],
        it.Withdrawn is { } back ? new(at.Name(back.By), back.At, back.Reason, back.Had) : null);
}

/// <param name="By">Who of the party that recorded it took it back.</param>
/// <param name="Had">Whether it had taken effect: what it changed went back to what it was.</param>
public sealed record AmendmentWithdrawalView(PersonView By, Instant At, string Reason, bool Had);

/// <param name="What">What becomes otherwise.</param>
/// <param name="Of">Key of the obligation, the instalment or the party, or the name of the duty; null where there is but one.</param>
/// <param name="Title">What it is called; null where it has no name of its own.</param>
/// <param name="Old">How it was; null for nothing.</param>
/// <param name="New">How it is; null for nothing.</param>
/// <param name="Sentence">The same in words, in the language that was asked for.</param>
public sealed record DifferenceView(Amended What, string? Of, string? Title, DifferenceValue? Old, DifferenceValue? New, string Sentence)
{
    internal static DifferenceView From(Difference it, Language language) =>
        new(it.What, it.Of, it.Title, it.Old, it.New, language.Say(AmendmentWords.Of(language, it)));
}
