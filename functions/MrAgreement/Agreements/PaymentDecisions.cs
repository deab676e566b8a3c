using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on payments: recorded by either side, and taken back.</summary>
static class PaymentDecisions
{
    internal static Decision Decide(Dossier dossier, RecordPayment command, Occasion on)
    {
        var it = dossier.Grant;
        var faults = Payment.Faults(it, command.Direction, command.PaidOn, command.Reference, command.Requisition, on.Today).ToList();
        if (!command.Amount.IsPositive)
            faults.Insert(0, new("/amount", "amount-not-positive"));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);

        var side = dossier.Agreement.SideOf(on.By.Party);
        if (Payment.Same(it, command, side) is not null)
            return new Nothing();
        if (it.Payments.Where(p => p.MayBe(command) && p.Side != side && p.Confirmed is null)
            .MinBy(p => p.Requisition == command.Requisition ? 0 : 1) is { } theirs)
        {
            var named = theirs.Requisition is null ? command.Requisition : null;
            if (Payment.Against(it, named, command.Amount) is { } unfit)
                return unfit.NotSo();
            return new PaymentConfirmed(theirs.Number, command.PaidOn, command.Reference.Trim(), side, named);
        }

        var requisition = command.Requisition ?? Payment.Fitting(it, command);
        if (Payment.Against(it, requisition, command.Amount) is { } refused)
            return refused.NotSo();
        var repayment = command.Direction == PaymentDirection.Out ? CarriedOut(it, command)?.Number : null;
        if (!command.IsSure && PaymentDoubts.Of(dossier, command, side, requisition, repayment).ToList() is { Count: > 0 } doubts)
            return Refused.Invalid(doubts);
        return new PaymentRecorded(it.Payments.Count + 1, command.Direction, command.PaidOn, command.Amount, command.Reference.Trim(),
            requisition, repayment, side);
    }

    // The one that is named, or else the one by that reference, or the first: where the amount is another, it is none of them.
    static Repayment? CarriedOut(Grant it, RecordPayment command) =>
        it.Repayments.Where(r => r.Status == RepaymentStatus.Attested && r.Amount == command.Amount)
            .MinBy(r => r.Number == command.Repayment ? 0 : r.Reference == command.Reference.Trim() ? 1 : 2);

    /// <summary>What stands against an act on payments, or on one of them, as things are; null for nothing.</summary>
    internal static Refused? Against(Dossier dossier, Act act, Subject of, Occasion on) => act == Act.RecordPayment
        ? null
        : dossier.Grant.Payments.Find(of.Number) is not { } payment
            ? new("no-such-payment", RefusalKind.NotFound, ("number", of.Number))
            : act is Act.ConfirmPayment or Act.ContestPayment
                ? PaymentConfirmations.Against(payment, dossier.Agreement.SideOf(on.By.Party), on.By.Id)
                    ?? (act == Act.ContestPayment ? PaymentConfirmations.AgainstContesting(payment) : null)
                : AgainstReversing(dossier, payment, dossier.Agreement.SideOf(on.By.Party));

    // Received money is stated in the final accounts: from then on the payer alone says that it was not.
    static Refused? AgainstReversing(Dossier dossier, Payment payment, PartyRole side)
    {
        if (payment.Reversed is not null)
            return new("payment-reversed", ("number", payment.Number));
        var isStated = payment.Direction == PaymentDirection.In && dossier.Grant.FinalAccounts is not null
            && dossier.Agreement.Terms.Parties.Any(p => p.Role == PartyRole.Payer);
        if (isStated && side == PartyRole.Recipient)
            return new("received-is-stated", ("number", payment.Number));
        return !isStated && side != payment.Side && side != payment.Confirmed?.Side
            ? new("payment-of-other-side", RefusalKind.Forbidden, ("number", payment.Number))
            : null;
    }

    internal static Decision Decide(Dossier dossier, ReversePayment command, Occasion on)
    {
        if (dossier.Grant.Payments.Find(command.Number) is { Reversed: { } done, ReversedBy: { } by } && by == on.By.Id
            && (done.On, done.Reason) == (command.On, command.Reason.Trim()))
            return new Nothing();
        if (Against(dossier, command.Act, command.Subject, on) is { } refused)
            return refused;
        var (payment, faults) = (dossier.Grant.Payments[command.Number - 1], new List<Fault>());
        if (command.On < payment.PaidOn || command.On > on.Today)
            faults.Add(new("/on", "reversal-day", ("from", payment.PaidOn), ("to", on.Today)));
        faults.AddText("/reason", command.Reason, 2000);
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        // Both halves of a set-off go together.
        return payment.SetOff is { } number && dossier.Grant.SetOffs[number - 1] is var halves
            ? new Accepted([Reversed(halves.PaidIn), Reversed(halves.PaidOut)])
            : Reversed(command.Number);

        PaymentReversed Reversed(int of) => new(of, command.On, command.Reason.Trim(), on.By.Party);
    }
}
