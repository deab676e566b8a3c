using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>What may be meant so, or be a slip of the pen, in a payment:
/// whoever records it by hand is asked, and programs are told.</summary>
public static class PaymentDoubts
{
    const string Sure = "/sure";

    /// <param name="side">Of whoever records it.</param>
    /// <param name="requisition">That it would pay.</param>
    /// <param name="repayment">That it would carry out.</param>
    internal static IEnumerable<Fault> Of(Dossier dossier, RecordPayment command, PartyRole side, int? requisition, int? repayment)
    {
        var it = dossier.Grant;
        if (it.Payments.Find(p => p.IsUnconfirmed && p.Side != side && p.Direction == command.Direction
            && (p.Requisition == requisition || p.Requisition is null || requisition is null)) is { } theirs)
            yield return new(Sure, "payment-beside-another", ("number", theirs.Number), ("amount", theirs.Amount), ("date", theirs.PaidOn));
        if (command.Direction == PaymentDirection.In && requisition is { } number && it.LeftToPay(it.Requisitions[number - 1]) is var left
            && left != command.Amount)
            yield return new(Sure, "payment-of-other-amount", ("number", number), ("amount", command.Amount), ("left", left));
        // It counts at once, also when nobody has attested it.
        if (command.Direction == PaymentDirection.Out && repayment is null)
            yield return new(Sure, "payment-without-repayment", ("amount", command.Amount));
        if (command.Direction == PaymentDirection.Out && repayment is null && command.Amount > it.Payable
            && !IsAboveReceived(it, command.Direction, InAll()))
            yield return new(Sure, "payment-beyond-unspent", ("amount", command.Amount), ("left", it.Payable));
        foreach (var doubt in Either(dossier, command.Direction, command.PaidOn, command.Amount, requisition, InAll()))
            yield return doubt;

        Kronor InAll() => it.Standing(command.Direction).Sum(p => p.Amount) + command.Amount;
    }

    /// <summary>What stays worth a look in a payment that is recorded; nothing once it is reversed.</summary>
    public static IEnumerable<Fault> Of(Dossier dossier, Payment it) => it.Reversed is not null ? []
        : Either(dossier, it.Direction, it.PaidOn, it.Amount, it.Requisition,
        dossier.Grant.Standing(it.Direction).Where(p => p.Number <= it.Number).Sum(p => p.Amount));

    static bool IsAboveReceived(Grant it, PaymentDirection direction, Kronor inAll) =>
        direction == PaymentDirection.Out && inAll > it.Balances.Received;

    /// <param name="inAll">All that has gone that way, with this one.</param>
    static IEnumerable<Fault> Either(Dossier dossier, PaymentDirection direction, LocalDate paidOn, Kronor amount, int? requisition,
        Kronor inAll)
    {
        var (it, balances) = (dossier.Grant, dossier.Grant.Balances);
        if (direction == PaymentDirection.In && requisition is null)
            yield return new(Sure, "payment-without-requisition", ("amount", amount));
        if (direction == PaymentDirection.In && inAll > balances.Decided)
            yield return new(Sure, "payment-above-decided", ("received", inAll), ("decided", balances.Decided));
        if (requisition is { } number && it.Requisitions[number - 1] is { DispatchedOn: { } dispatchedOn } && paidOn < dispatchedOn)
            yield return new(Sure, "payment-before-dispatch", ("number", number), ("date", dispatchedOn));
        if (IsAboveReceived(it, direction, inAll))
            yield return new(Sure, "payment-above-received", ("repaid", inAll), ("received", balances.Received));
        if (paidOn < dossier.Agreement.Signed?.SignedOn)
            yield return new(Sure, "payment-before-signature", ("date", dossier.Agreement.Signed.SignedOn));
    }
}
