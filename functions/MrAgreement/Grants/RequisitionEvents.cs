using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>Prepares a requisition of (a part of) an instalment.</summary>
/// <param name="Bankgiro">Where to pay; either this or <paramref name="Plusgiro"/>.</param>
/// <param name="Reference">What the payer is to put on the payment.</param>
/// <param name="Period">The days that the money is for; null when it says nothing of them.</param>
/// <param name="IsSure">If not, whoever prepares it is asked first about another account than the last one.</param>
public sealed record PrepareRequisition(
    string Instalment, Kronor Amount, Bankgiro? Bankgiro, Plusgiro? Plusgiro, string Reference, DateSpan? Period = null, bool IsSure = true)
        : InstalmentCommand(Act.PrepareRequisition, Instalment);

public sealed record AttestRequisition(int Number) : NumberedCommand(Act.AttestRequisition, Number);

public sealed record DispatchRequisition(int Number) : NumberedCommand(Act.DispatchRequisition, Number);

public sealed record ReceiveRequisition(int Number) : NumberedCommand(Act.ReceiveRequisition, Number);

public sealed record RefuseRequisition(int Number, string Reason) : NumberedCommand(Act.RefuseRequisition, Number);

/// <summary>Says that no more comes on a requisition that was paid in part: the rest of it lapses.</summary>
public sealed record EndRequisition(int Number, string Reason) : NumberedCommand(Act.EndRequisition, Number);

/// <summary>Something that happens to one requisition.</summary>
/// <param name="Number">From 1, within the agreement.</param>
public abstract record RequisitionEvent(int Number) : GrantEvent;

public sealed record RequisitionPrepared(
    int Number, string Instalment, Kronor Amount, Bankgiro? Bankgiro, Plusgiro? Plusgiro, string Reference, DateSpan? Period = null)
        : RequisitionEvent(Number);

public sealed record RequisitionAttested(int Number) : RequisitionEvent(Number);

public sealed record RequisitionDispatched(int Number, LocalDate On) : RequisitionEvent(Number);

public sealed record RequisitionReceived(int Number, LocalDate On) : RequisitionEvent(Number);

public sealed record RequisitionRefused(int Number, string Reason) : RequisitionEvent(Number);

/// <param name="Party">Whose decision it was; null in older events: the payer's.</param>
public sealed record RequisitionEnded(int Number, string Reason, string? Party = null) : RequisitionEvent(Number);

public enum RequisitionStatus
{
    Prepared,
    Attested,
    Dispatched,
    Received,
    Refused,
    Paid,

    /// <summary>Paid in part, and no more comes.</summary>
    Ended,

    /// <summary>Taken back before it was sent.</summary>
    Withdrawn,

    /// <summary>Sent back by whoever should have attested it.</summary>
    SentBack
}

/// <summary>What somebody tries to do with a requisition, as the refusal says it.</summary>
public enum RequisitionAct
{
    Attested,
    Dispatched,
    Received,
    Refused,
    RefusedWhenPartPaid,
    Ended
}
