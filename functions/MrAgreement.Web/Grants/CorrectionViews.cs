using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Web.Http;
using MrAgreement.Web.Ledgers;

namespace MrAgreement.Web.Grants;

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
