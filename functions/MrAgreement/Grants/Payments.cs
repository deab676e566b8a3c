using System.Diagnostics;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Money;
using MrAgreement.Parties;
using NodaTime;
using Days = NodaTime.Period;

namespace MrAgreement.Grants;

public enum PaymentDirection
{
    /// <summary>Paid to the recipient.</summary>
    In,

    /// <summary>Paid back.</summary>
    Out
}

/// <summary>Records a payment by hand.</summary>
/// <param name="Requisition">The requisition that it pays; absent when the amount tells, or when there is none.</param>
public sealed record RecordPayment(PaymentDirection Direction, LocalDate PaidOn, Kronor Amount, string Reference, int? Requisition) : Command;

/// <param name="Side">Which side recorded it: the payer's or the recipient's.</param>
/// <param name="Repayment">The prepared repayment that it carries out.</param>
public sealed record PaymentRecorded(
    int Number, PaymentDirection Direction, LocalDate PaidOn, Kronor Amount, string Reference, int? Requisition, int? Repayment, PartyRole Side) : GrantEvent;

/// <summary>The other side has recorded the same payment: it counts once, confirmed from both sides.</summary>
public sealed record PaymentConfirmed(int Number, LocalDate PaidOn, string Reference, PartyRole Side) : GrantEvent;

/// <summary>Money that was moved.</summary>
/// <param name="Number">From 1, within the agreement.</param>
public sealed record Payment(
    int Number, PaymentDirection Direction, LocalDate PaidOn, Kronor Amount, string Reference, int? Requisition, int? Repayment, PartyRole Side, PersonId By, long Touched)
{
    public PersonId? ConfirmedBy { get; init; }

    // The two sides book a transfer some days apart.
    static readonly Days SameTransfer = Days.FromDays(5);

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        PaymentRecorded e => Counted(it, e, recorded),
        PaymentConfirmed e => it with
        {
            Payments = it.Payments.SetItem(e.Number - 1, it.Payments[e.Number - 1] with { ConfirmedBy = recorded.By, Touched = recorded.Sequence })
        },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    static Grant Counted(Grant it, PaymentRecorded e, Recorded recorded)
    {
        var after = it with
        {
            Payments = it.Payments.Add(new(e.Number, e.Direction, e.PaidOn, e.Amount, e.Reference, e.Requisition, e.Repayment, e.Side, recorded.By, recorded.Sequence))
        };
        if (e.Requisition is { } number && after.Received(after.Requisitions[number - 1]) >= after.Requisitions[number - 1].Amount)
            after = Grants.Requisition.With(after, number, r => r with { Status = RequisitionStatus.Paid, Touched = recorded.Sequence });
        return e.Repayment is { } repayment
            ? after with { Repayments = after.Repayments.SetItem(repayment - 1, after.Repayments[repayment - 1] with { Status = RepaymentStatus.Done, Touched = recorded.Sequence }) }
            : after;
    }

    internal static Decision Decide(Dossier dossier, RecordPayment command, Occasion on)
    {
        var it = dossier.Grant;
        var faults = new List<Fault>();
        if (!command.Amount.IsPositive)
            faults.Add(new("/amount", "amount-not-positive"));
        if (command.PaidOn > on.Today)
            faults.Add(new("/paidOn", "date-in-future", ("date", command.PaidOn)));
        if (command.Reference.Trim().Length is 0 or > 140)
            faults.Add(new("/reference", "text-length", ("max", 140)));
        if (command is { Direction: PaymentDirection.Out, Requisition: not null })
            faults.Add(new("/requisition", "requisition-of-repayment"));
        if (command.Requisition is { } wanted && (wanted < 1 || wanted > it.Requisitions.Count))
            faults.Add(new("/requisition", "no-such-requisition", ("number", wanted)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);

        var side = dossier.Agreement.Party(on.By.Party)!.Role;
        var requisition = command.Requisition ?? ByAmount(it, command);
        if (it.Payments.FirstOrDefault(p => p.IsSame(command, requisition) && p.Side != side) is { } theirs)
            return theirs.ConfirmedBy is null ? new PaymentConfirmed(theirs.Number, command.PaidOn, command.Reference.Trim(), side) : new Nothing();
        if (it.Payments.Any(p => p.IsSame(command, requisition) && p.Side == side && p.PaidOn == command.PaidOn && p.Reference == command.Reference.Trim()))
            return new Nothing();

        if (requisition is { } number)
        {
            var requested = it.Requisitions[number - 1];
            if (!requested.IsUnderWay)
                return new Refused("requisition-not-dispatched", ("number", number), ("status", requested.Status));
            var left = requested.Amount - it.Received(requested);
            if (command.Amount > left)
                return new Refused("payment-exceeds-requisition", ("number", number), ("amount", command.Amount), ("left", left));
        }
        var repayment = command.Direction == PaymentDirection.Out
            ? it.Repayments.Find(r => r.Status == RepaymentStatus.Attested && r.Amount == command.Amount)?.Number
            : null;
        return new PaymentRecorded(it.Payments.Count + 1, command.Direction, command.PaidOn, command.Amount, command.Reference.Trim(), requisition, repayment, side);
    }

    // Without a word of which requisition it pays, the only one under way with just that amount left is meant.
    static int? ByAmount(Grant it, RecordPayment command)
    {
        if (command.Direction == PaymentDirection.Out)
            return null;
        if (it.Payments.FirstOrDefault(p => p.IsSame(command, p.Requisition) && p.Reference == command.Reference.Trim()) is { Requisition: { } known })
            return known;
        var fitting = it.Requisitions.Where(r => r.Status is RequisitionStatus.Dispatched or RequisitionStatus.Received && r.Amount - it.Received(r) == command.Amount).ToList();
        return fitting is [var only] ? only.Number : null;
    }

    bool IsSame(RecordPayment command, int? requisition) =>
        Direction == command.Direction && Amount == command.Amount && Requisition == requisition
        && (requisition is not null || Direction == PaymentDirection.Out || Reference == command.Reference.Trim())
        && PaidOn <= command.PaidOn + SameTransfer && command.PaidOn <= PaidOn + SameTransfer;
}
