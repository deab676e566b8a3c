using MrAgreement.Agreements;
using MrAgreement.EventSourcing;

namespace MrAgreement.Grants;

/// <summary>What may be meant so, or be a slip of the pen, in a payment recorded by hand: whoever records it is asked.</summary>
static class PaymentDoubts
{
    const string Sure = "/sure";

    /// <param name="side">Of whoever records it.</param>
    /// <param name="requisition">That it would pay.</param>
    /// <param name="repayment">That it would carry out.</param>
    public static IEnumerable<Fault> Of(Dossier dossier, RecordPayment command, PartyRole side, int? requisition, int? repayment)
    {
        var it = dossier.Grant;
        if (it.Payments.Find(p => p.IsUnconfirmed && p.Side != side && p.Direction == command.Direction && (p.Requisition == requisition || p.Requisition is null || requisition is null)) is { } theirs)
            yield return new(Sure, "payment-beside-another", ("number", theirs.Number), ("amount", theirs.Amount), ("date", theirs.PaidOn));
        foreach (var doubt in command.Direction == PaymentDirection.In ? In(it, command, requisition) : Out(it, command, repayment))
            yield return doubt;
        if (command.PaidOn < dossier.Agreement.Signed?.SignedOn)
            yield return new(Sure, "payment-before-signature", ("date", dossier.Agreement.Signed.SignedOn));
    }

    static IEnumerable<Fault> In(Grant it, RecordPayment command, int? requisition)
    {
        if (requisition is not { } number)
        {
            yield return new(Sure, "payment-without-requisition", ("amount", command.Amount));
            yield break;
        }
        var requested = it.Requisitions[number - 1];
        if (it.LeftToPay(requested) is var left && left != command.Amount)
            yield return new(Sure, "payment-of-other-amount", ("number", number), ("amount", command.Amount), ("left", left));
        if (command.PaidOn < requested.DispatchedOn)
            yield return new(Sure, "payment-before-dispatch", ("number", number), ("date", requested.DispatchedOn.Value));
    }

    // It counts at once, also when nobody has attested it.
    static IEnumerable<Fault> Out(Grant it, RecordPayment command, int? repayment)
    {
        if (repayment is null)
            yield return new(Sure, "payment-without-repayment", ("amount", command.Amount));
        if (repayment is null && command.Amount > it.Payable)
            yield return new(Sure, "payment-beyond-unspent", ("amount", command.Amount), ("left", it.Payable));
    }
}
