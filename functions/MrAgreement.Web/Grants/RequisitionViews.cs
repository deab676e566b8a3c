using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Web.Http;
using MrAgreement.Web.Registry;
using MrAgreement.Web.Ledgers;

namespace MrAgreement.Web.Grants;

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
