using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Web.Grants;

/// <param name="DecidedOn">The day of the decision.</param>
/// <param name="Reference">The decision's reference.</param>
/// <param name="RequisitionDueOn">Last day to requisition it.</param>
/// <param name="RiksdagReference">The Riksdag's document that appropriated the money.</param>
/// <param name="Amount">When the decision allots less than was agreed on.</param>
/// <param name="Appropriation">When it is charged elsewhere than the terms say.</param>
/// <param name="RepayBy">Last day to pay back what is unspent of it.</param>
/// <param name="Conditions">Conditions of the decision.</param>
public sealed record ReleaseRequest(
    LocalDate DecidedOn, string Reference, LocalDate RequisitionDueOn, string? RiksdagReference = null, Kronor? Amount = null,
    Appropriation? Appropriation = null, LocalDate? RepayBy = null, IReadOnlyList<string>? Conditions = null);

/// <param name="DecidedOn">The day of the decision.</param>
/// <param name="Reference">The decision's reference.</param>
/// <param name="RequisitionDueOn">Last day to requisition it.</param>
/// <param name="RiksdagReference">The Riksdag's document that appropriated the money.</param>
/// <param name="Amount">When the decision allots less than was agreed on.</param>
/// <param name="Appropriation">When it is charged elsewhere than the terms say.</param>
/// <param name="RepayBy">Last day to pay back what is unspent of it.</param>
/// <param name="Conditions">Conditions of the decision.</param>
/// <param name="Reason">Why it is corrected.</param>
public sealed record ReleaseCorrectionRequest(
    LocalDate DecidedOn, string Reference, LocalDate RequisitionDueOn, string? RiksdagReference = null, Kronor? Amount = null,
    Appropriation? Appropriation = null, LocalDate? RepayBy = null, IReadOnlyList<string>? Conditions = null, string? Reason = null);

/// <param name="Reason">Why the condition will not be met.</param>
public sealed record LapseRequest(string Reason);

/// <param name="Instalment">Key of the instalment.</param>
/// <param name="Amount">At most what is left of it.</param>
/// <param name="Reference">What the payer is to put on the payment.</param>
/// <param name="Bankgiro">Where to pay; either this or plusgiro.</param>
/// <param name="Plusgiro">Where to pay; either this or bankgiro.</param>
/// <param name="Period">The days that the money is for.</param>
public sealed record RequisitionRequest(string Instalment, Kronor Amount, string Reference, Bankgiro? Bankgiro = null,
    Plusgiro? Plusgiro = null, DateSpan? Period = null);

/// <param name="Reason">Why it is refused.</param>
public sealed record RefusalRequest(string Reason);

/// <param name="Reason">Why no more comes.</param>
public sealed record EndingRequest(string Reason);

/// <param name="Direction">in = paid to the recipient, out = paid back.</param>
/// <param name="PaidOn">Today or earlier.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Reference">What the payment says.</param>
/// <param name="Requisition">The requisition that it pays, when that isn't plain from the amount.</param>
public sealed record PaymentRequest(PaymentDirection Direction, LocalDate PaidOn, Kronor Amount, string Reference, int? Requisition = null);

/// <param name="Kind">accrual, correction, disallowed, own-financing, rounding or other-income.</param>
/// <param name="Amount">Signed for accrual, correction and rounding; otherwise positive.</param>
/// <param name="Period">The days it concerns.</param>
/// <param name="Reason">Why.</param>
/// <param name="Voucher">The voucher it concerns.</param>
/// <param name="Category">The cost category it concerns.</param>
public sealed record AdjustmentRequest(AdjustmentKind Kind, Kronor Amount, DateSpan Period, string Reason, string? Voucher = null,
    string? Category = null);

/// <summary>What one side says of a payment that the other has recorded.</summary>
/// <param name="PaidOn">The day on which this side booked it.</param>
/// <param name="Reference">This side's own.</param>
/// <param name="Requisition">Number of the requisition that it pays, when the other side didn't say.</param>
public sealed record ConfirmationRequest(LocalDate PaidOn, string Reference, int? Requisition = null);

/// <param name="On">From which day it counts no more; not before it was paid.</param>
/// <param name="Reason">Why.</param>
public sealed record ReversalRequest(LocalDate On, string Reason);

/// <param name="Amount">At most what remains.</param>
/// <param name="Reference">Our own reference on the payment, at most 35 characters.</param>
/// <param name="Bankgiro">Where the payer wants it; either this or plusgiro, or neither.</param>
/// <param name="Plusgiro">Where the payer wants it.</param>
public sealed record RepaymentRequest(Kronor Amount, string Reference, Bankgiro? Bankgiro = null, Plusgiro? Plusgiro = null);

/// <param name="Amount">What is not accepted; at most the costs that are.</param>
/// <param name="DecidedOn">The day of the decision; today or earlier.</param>
/// <param name="Reference">Of the decision.</param>
/// <param name="Reason">Why.</param>
/// <param name="RepayBy">Last day to pay it back, when the decision sets one.</param>
/// <param name="Category">The cost category that it concerns.</param>
public sealed record DisallowanceRequest(Kronor Amount, LocalDate DecidedOn, string Reference, string Reason, LocalDate? RepayBy = null,
    string? Category = null);

/// <param name="Reason">What is to be mended.</param>
public sealed record SendBackRequest(string Reason);

/// <param name="Amount">At most what is left to pay, and at most what is claimed back.</param>
/// <param name="DecidedOn">The day of the decision; not before the requisition was dispatched.</param>
/// <param name="Reference">Of the decision.</param>
/// <param name="Reason">What the decision rests on.</param>
public sealed record SetOffRequest(Kronor Amount, LocalDate DecidedOn, string Reference, string Reason);
