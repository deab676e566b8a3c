using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Web.Http;
using MrAgreement.Web.Registry;
using MrAgreement.Web.Ledgers;

namespace MrAgreement.Web.Grants;

/// <summary>The grant as it stands, or stood at the end of a day. Amounts in kronor, exact to the öre.</summary>
/// <param name="Balances">The money in all.</param>
/// <param name="Instalments">Each year's part.</param>
/// <param name="Costs">Costs by category and year; a party that sees its own share alone sees what it has reported itself.</param>
public sealed record GrantView(BalancesView Balances, IReadOnlyList<InstalmentView> Instalments, IReadOnlyList<CostView> Costs)
{
    internal static GrantView Of(Viewpoint at)
    {
        var it = at.Dossier.Grant;
        var seesDrafts = Sight.SeesLedger(at.Dossier, at.By);
        return new(BalancesView.Of(it.Balances, at.SeesWhole),
            [
                .. InstalmentFigures.Of(it).Where(of => of.Instalment is not null).Select(of => InstalmentView.Of(of.Instalment!,
                    at.Dossier, at.SeesWhole ? of.Used : null, at.SeesWhole ? of.Returned : null, seesDrafts))
            ],
            [.. Cost.Of(it, new(LocalDate.MinIsoValue, LocalDate.MaxIsoValue)).Select(c => new CostView(c.Category, c.Year, c.Amount))]);
    }
}

/// <param name="Decided">Decided or released instalments.</param>
/// <param name="Conditional">Instalments that wait for their condition.</param>
/// <param name="Received">Paid to the recipient.</param>
/// <param name="Charged">Charged to the appropriation as it was used, under a right to charge it; else 0.</param>
/// <param name="Costs">What the project has cost, whatever was received: imported
/// and adjusted. For a party that sees its own share alone: its own.</param>
/// <param name="Used">The same, at most what was received, or decided under a right to charge.</param>
/// <param name="Repaid">Paid back; null for a party that sees its own share alone.</param>
/// <param name="Rounding">Attested rounding entries; null likewise.</param>
/// <param name="Remaining">Received + charged − used − repaid + rounding; null likewise.</param>
public sealed record BalancesView(
    Kronor Decided, Kronor Conditional, Kronor Received, Kronor Charged, Kronor Costs, Kronor Used, Kronor? Repaid, Kronor? Rounding,
    Kronor? Remaining)
{
    internal static BalancesView Of(Balances it, bool seesWhole) =>
        new(it.Decided, it.Conditional, it.Received, it.Charged, it.Used + it.Beyond, it.Used,
        seesWhole ? it.Repaid : null, seesWhole ? it.Rounding : null, seesWhole ? it.Remaining : null);
}

/// <param name="Key">Its key, as in 2014.</param>
/// <param name="Amount">Its amount; the released one where a decision set another.</param>
/// <param name="Agreed">The most that a decision may release: as the terms have it, or an amendment since.</param>
/// <param name="Status">decided, conditional, released or lapsed.</param>
/// <param name="Condition">What must happen before it is decided.</param>
/// <param name="RequisitionDueOn">Last day to requisition it.</param>
/// <param name="Appropriation">Where in the state budget it comes from.</param>
/// <param name="Requisitioned">Dispatched to the payer and not refused; of what was ended, what was paid.</param>
/// <param name="InPreparation">Prepared and not dispatched yet; null for those who do not see the recipient's drafts.</param>
/// <param name="Received">Received on its requisitions.</param>
/// <param name="Awaited">What is still to come of it; nothing once it has lapsed, its
/// requisition was ended, or the agreement ended before it was requisitioned.</param>
/// <param name="UsedComputed">What is used of it, computed oldest first; null for a party that sees its own share alone.</param>
/// <param name="RepaidComputed">What is paid back of it, rounding included, computed oldest first; null likewise.</param>
/// <param name="Release">The decision that released it.</param>
/// <param name="LapseReason">Why it lapsed.</param>
public sealed record InstalmentView(
    string Key, Kronor Amount, Kronor Agreed, InstalmentStatus Status, string? Condition, LocalDate? RequisitionDueOn,
    Appropriation? Appropriation,
    Kronor Requisitioned, Kronor? InPreparation, Kronor Received, Kronor Awaited, Kronor? UsedComputed, Kronor? RepaidComputed,
    ReleaseView? Release, string? LapseReason)
{
    internal static InstalmentView Of(Instalment it, Dossier dossier, Kronor? used, Kronor? repaid, bool seesDrafts) => new(
        it.Key, it.Amount, it.Agreed, it.Status, it.Condition, it.RequisitionDueOn, it.Appropriation, dossier.Grant.Requisitioned(it.Key),
        seesDrafts ? dossier.Grant.InPreparation(it.Key) : null, dossier.Grant.Received(it.Key),
        dossier.Grant.IsRightToCharge ? Kronor.Zero : it.Awaited(dossier.Grant, dossier.Agreement.BarsRequisitions()), used, repaid,
        it.Released is { } released ? new(released.DecidedOn, released.Reference, released.RiksdagReference, released.RepayBy,
            released.Conditions) : null, it.LapseReason);
}

/// <param name="DecidedOn">The day of the decision.</param>
/// <param name="Reference">The decision's reference.</param>
/// <param name="RiksdagReference">The Riksdag's document that appropriated the money.</param>
/// <param name="RepayBy">Last day to pay back what is unspent of it.</param>
/// <param name="Conditions">Conditions of the decision.</param>
public sealed record ReleaseView(LocalDate DecidedOn, string Reference, string? RiksdagReference, LocalDate? RepayBy,
    IReadOnlyList<string>? Conditions);

/// <param name="Category">Cost category; unassigned where no account or adjustment tells.</param>
/// <param name="Year">Calendar year.</param>
/// <param name="Amount">Cost in kronor.</param>
public sealed record CostView(string Category, int Year, Kronor Amount);

/// <summary>Why something that was prepared does not count.</summary>
/// <param name="Kind">withdrawn by whoever prepares, or sent-back by whoever should have attested it.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">By whom.</param>
/// <param name="At">When.</param>
public sealed record UndoneView(string Kind, string Reason, PersonView By, Instant At)
{
    internal static UndoneView? Of(Undone? it, Viewpoint at) => it is null ? null : new(Status(it), it.Reason, at.Name(it.By), it.At);

    internal static string Status(Undone it) => it.IsSentBack ? "sent-back" : "withdrawn";
}

/// <summary>A requisition. It is no receivable: no due date for the payer and no interest.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Instalment">Key of the instalment.</param>
/// <param name="Amount">The amount asked for.</param>
/// <param name="Received">What has been received on it.</param>
/// <param name="Bankgiro">Where to pay.</param>
/// <param name="Plusgiro">Where to pay.</param>
/// <param name="Reference">What the payer is to put on the payment.</param>
/// <param name="Period">The days that the money is for.</param>
/// <param name="Status">prepared, attested, dispatched, received, refused, paid, ended (paid in part, and no more comes),
/// withdrawn, or sent-back by whoever should have attested it.</param>
/// <param name="PreparedBy">Who prepared it.</param>
/// <param name="AttestedBy">Who attested it; never who prepared it.</param>
/// <param name="DispatchedOn">The day it was dispatched.</param>
/// <param name="Late">Whether it was dispatched after the last day to requisition.</param>
/// <param name="ReceivedOn">The day the payer received it.</param>
/// <param name="RefusalReason">Why the payer refused it.</param>
/// <param name="EndReason">Why no more comes on it.</param>
/// <param name="Warnings">What is worth a look before it is attested or
/// received: that it is to be paid to another account than the last one.</param>
/// <param name="Undone">Why it was never sent; null where it was, or may be.</param>
/// <param name="Receipt">By whom and when it came in, and under which number; null until it is dispatched.</param>
public sealed record RequisitionView(
    int Number, string Instalment, Kronor Amount, Kronor Received, Bankgiro? Bankgiro, Plusgiro? Plusgiro, string Reference,
    DateSpan? Period, RequisitionStatus Status,
    PersonView PreparedBy, PersonView? AttestedBy, LocalDate? DispatchedOn, bool? Late, LocalDate? ReceivedOn, string? RefusalReason,
    string? EndReason,
    IReadOnlyList<WarningView> Warnings, UndoneView? Undone, ReceiptView? Receipt)
{
    internal static RequisitionView Of(Requisition it, Viewpoint at) => new(
        it.Number, it.Instalment, it.Amount, at.Dossier.Grant.Received(it), it.Bankgiro, it.Plusgiro, it.Reference, it.Period, it.Status,
        at.Name(it.PreparedBy), at.Name(it.AttestedBy), it.DispatchedOn,
        it.DispatchedOn is { } on && at.Dossier.Grant.Instalment(it.Instalment)?.RequisitionDueOn is { } due ? on > due : null,
        it.ReceivedOn, it.RefusalReason, it.EndReason, WarningView.Of(it.Doubts(at.Dossier.Grant), at), UndoneView.Of(it.Undone, at),
        ReceiptView.Of(it, at.Agreement));
}

/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Direction">in = paid to the recipient, out = paid back.</param>
/// <param name="PaidOn">The day of payment.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Reference">What the payment says.</param>
/// <param name="Requisition">The requisition that it pays.</param>
/// <param name="Repayment">The repayment that it carries out.</param>
/// <param name="RecordedBy">Who recorded it.</param>
/// <param name="Confirmed">Whether the other side has recorded it too.</param>
/// <param name="ReversedOn">From which day it counts no more; null while it stands.</param>
/// <param name="ReversalReason">Why it was reversed.</param>
/// <param name="Warnings">What is worth a look: more than is decided or was
/// received, on no requisition, before it was sent or the agreement signed.</param>
/// <param name="Contested">What the other side says is not right; null for nothing.</param>
/// <param name="SetOff">Number of the set-off that it is one half of: no money was moved. Null for a payment.</param>
public sealed record PaymentView(
    int Number, PaymentDirection Direction, LocalDate PaidOn, Kronor Amount, string Reference, int? Requisition, int? Repayment,
    PersonView RecordedBy, bool Confirmed,
    LocalDate? ReversedOn, string? ReversalReason, IReadOnlyList<WarningView> Warnings, ContestView? Contested, int? SetOff)
{
    internal static PaymentView Of(Payment it, Viewpoint at) => new(
        it.Number, it.Direction, it.PaidOn, it.Amount, it.Reference, it.Requisition, it.Repayment, at.Name(it.By),
        it.ConfirmedBy is not null,
        it.Reversed?.On, it.Reversed?.Reason, WarningView.Of(PaymentDoubts.Of(at.Dossier, it), at),
        ContestView.Of(it.IsContested ? it.Contested : null, at), it.SetOff);
}

/// <summary>A claim that was met by a part of a requisition.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Requisition">The requisition that it was taken from.</param>
/// <param name="Amount">The amount.</param>
/// <param name="DecidedOn">The day of the decision.</param>
/// <param name="Reference">Of the decision.</param>
/// <param name="Reason">What the decision rests on.</param>
/// <param name="PaidIn">Number of the entry among the payments by which the requisition is paid.</param>
/// <param name="PaidOut">Number of the entry by which the claim is paid back.</param>
/// <param name="By">Who decided it.</param>
/// <param name="ReversedOn">From which day it counts no more; null while it stands.</param>
/// <param name="ReversalReason">Why it was taken back.</param>
public sealed record SetOffView(
    int Number, int Requisition, Kronor Amount, LocalDate DecidedOn, string Reference, string Reason, int PaidIn, int PaidOut,
    PersonView By, LocalDate? ReversedOn, string? ReversalReason)
{
    internal static SetOffView Of(SetOff it, Viewpoint at)
    {
        var reversed = at.Dossier.Grant.Payments[it.PaidIn - 1].Reversed;
        return new(it.Number, it.Decision.Requisition, it.Decision.Amount, it.Decision.DecidedOn, it.Decision.Reference,
            it.Decision.Reason, it.PaidIn, it.PaidOut, at.Name(it.By), reversed?.On, reversed?.Reason);
    }
}

/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Kind">accrual, correction, disallowed, own-financing, rounding or other-income.</param>
/// <param name="Amount">The amount; signed for accrual, correction and rounding.</param>
/// <param name="Period">The days it concerns.</param>
/// <param name="Voucher">The voucher it concerns.</param>
/// <param name="Reason">Why.</param>
/// <param name="Category">The cost category it concerns.</param>
/// <param name="Status">prepared, or attested: only then it counts; withdrawn or sent-back: it never does.</param>
/// <param name="PreparedBy">Who prepared it.</param>
/// <param name="AttestedBy">Who attested it; never who prepared it.</param>
/// <param name="NextVersion">Whether it was attested while the final
/// accounts stood: it counts once a new version of them is accepted.</param>
/// <param name="Warnings">What may be a slip.</param>
/// <param name="Undone">Why nobody attests it; null where somebody has, or may.</param>
public sealed record AdjustmentView(
    int Number, AdjustmentKind Kind, Kronor Amount, DateSpan Period, string? Voucher, string Reason, string? Category, string Status,
    PersonView PreparedBy, PersonView? AttestedBy,
    bool NextVersion, IReadOnlyList<WarningView> Warnings, UndoneView? Undone)
{
    internal static AdjustmentView Of(Adjustment it, Viewpoint at) => new(
        it.Number, it.Kind, it.Amount, it.Period, it.Voucher, it.Reason, it.Category,
        it.Undone is { } undone ? UndoneView.Status(undone) : it.AttestedBy is null ? "prepared" : "attested",
        at.Name(it.PreparedBy), at.Name(it.AttestedBy),
        it.IsForNextVersion, WarningView.Of(it.Doubts(at.Dossier.CostDays, at.Dossier.Grant.Balances.Remaining), at),
        UndoneView.Of(it.Undone, at));
}

/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Amount">The amount to pay back.</param>
/// <param name="Reference">Our own reference on the payment.</param>
/// <param name="Status">prepared, attested, done, withdrawn or sent-back.</param>
/// <param name="PreparedBy">Who prepared it.</param>
/// <param name="AttestedBy">Who attested it; never who prepared it.</param>
/// <param name="WithdrawnBy">Who took it back; null while it stands.</param>
/// <param name="WithdrawalReason">Why it was taken back; null while it stands.</param>
/// <param name="Undone">That it was sent back, and why; null where it was not.</param>
/// <param name="Bankgiro">Where it is to be paid.</param>
/// <param name="Plusgiro">Where it is to be paid.</param>
public sealed record RepaymentView(int Number, Kronor Amount, string Reference, RepaymentStatus Status, PersonView PreparedBy,
    PersonView? AttestedBy, PersonView? WithdrawnBy, string? WithdrawalReason, UndoneView? Undone, Bankgiro? Bankgiro, Plusgiro? Plusgiro)
{
    internal static RepaymentView Of(Repayment it, Viewpoint at) =>
        new(it.Number, it.Amount, it.Reference, it.Status, at.Name(it.PreparedBy), at.Name(it.AttestedBy), at.Name(it.WithdrawnBy),
            it.WithdrawalReason, UndoneView.Of(it.Undone, at), it.Bankgiro, it.Plusgiro);
}

/// <summary>What is left to settle.</summary>
/// <param name="Basis">ledger, until the final accounts are submitted; then final-accounts.</param>
/// <param name="Received">Paid to the recipient.</param>
/// <param name="AcceptedCosts">Costs less what a recorded decision disallows.</param>
/// <param name="Unspent">Received less accepted costs.</param>
/// <param name="Payable">Unspent less repaid, rounded to whole kronor by lag (1970:1029).</param>
/// <param name="DueOn">When the next part is to be back.</param>
/// <param name="Interest">Interest on late repayment; indicative.</param>
/// <param name="Repaid">Paid back.</param>
/// <param name="Unconfirmed">Of what is paid back, what there is only the recipient's word for:
/// the payer confirms it, or a bank's file tells of it, before the agreement is closed.</param>
/// <param name="Remaining">The balance; the agreement closes only at exactly zero.</param>
/// <param name="Disallowed">What recorded decisions have disallowed; left out of the accepted costs.</param>
/// <param name="Parts">What is still to be paid back by which day, the soonest
/// first: what was unspent, and what each decision claims back.</param>
public sealed record SettlementView(
    string Basis, Kronor Received, Kronor AcceptedCosts, Kronor Unspent, Kronor Payable, LocalDate? DueOn, InterestView Interest,
    Kronor Repaid, Kronor Unconfirmed, Kronor Remaining, Kronor Disallowed,
    IReadOnlyList<RepaymentPart> Parts)
{
    internal static SettlementView Of(Viewpoint at)
    {
        var (grant, balances) = (at.Dossier.Grant, at.Dossier.Grant.Balances);
        return new(grant.FinalAccounts is not null ? "final-accounts" : grant.Told is null ? "ledger" : "statements", balances.Received,
            grant.Costs,
            Kronor.Greatest(Kronor.Zero, balances.Received - grant.Costs),
            grant.Payable, Settlement.DueOn(at.Dossier),
            new(grant.Terms?.Interest ?? InterestRule.None, Settlement.Interest(at.Dossier, at.Today), Indicative: true), balances.Repaid,
            Closures.ByWordAlone(at.Dossier).Where(p => p.Direction == PaymentDirection.Out).Sum(p => p.Amount), balances.Remaining,
            grant.Disallowed.Sum(d => d.Decision.Amount), Settlement.Outstanding(at.Dossier));
    }
}

/// <param name="Rule">none or rantelagen-6.</param>
/// <param name="Amount">Interest so far.</param>
/// <param name="Indicative">Always true: the figure is a help, not a claim.</param>
public sealed record InterestView(InterestRule Rule, Kronor Amount, bool Indicative);

/// <summary>A decision that a cost is not accepted.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Amount">What is not accepted.</param>
/// <param name="DecidedOn">The day of the decision.</param>
/// <param name="Reference">Of the decision.</param>
/// <param name="Reason">Why.</param>
/// <param name="RepayBy">Last day to pay it back; null when the day of the repayment stands.</param>
/// <param name="Category">The cost category that it concerns.</param>
/// <param name="Clawback">Decided after the final accounts: claimed back.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Withdrawn">Whether it was withdrawn: it counts no more.</param>
/// <param name="WithdrawalReason">Why it was withdrawn; null while it stands.</param>
public sealed record DisallowanceView(
    int Number, Kronor Amount, LocalDate DecidedOn, string Reference, string Reason, LocalDate? RepayBy, string? Category, bool Clawback,
    PersonView By, bool Withdrawn, string? WithdrawalReason)
{
    internal static DisallowanceView Of(Disallowance it, Viewpoint at) => new(
        it.Decision.Number, it.Decision.Amount, it.Decision.DecidedOn, it.Decision.Reference, it.Decision.Reason, it.Decision.RepayBy,
        it.Decision.Category, it.Decision.IsClawback,
        at.Name(it.By), it.Withdrawn is not null, it.Withdrawn?.Reason);
}
