using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on payments that the other side has recorded.</summary>
static class PaymentConfirmations
{
    /// <summary>What stands against confirming a payment from one side as things are; null for nothing.</summary>
    internal static Refused? Against(Payment payment, PartyRole side, PersonId by) => payment switch
    {
        { Side: var own } when own == side => new("own-payment", RefusalKind.Forbidden, ("number", payment.Number)),
        { By: var recorded } when recorded == by => FourEyes.Refusal,
        { SetOff: { } number } => new("payment-by-set-off", ("number", payment.Number), ("setOff", number)),
        { Reversed: not null } => new("payment-reversed", ("number", payment.Number)),
        { Confirmed: not null } => new("payment-confirmed", ("number", payment.Number)),
        _ => null
    };

    // What a bank's file tells of has taken place.
    internal static Refused? AgainstContesting(Payment payment) =>
        payment.Contested is not null ? new("already-contested", ("number", payment.Number))
        : payment.Bank is not null ? new("payment-confirmed", ("number", payment.Number)) : null;

    public static Decision Decide(Dossier dossier, ContestPayment command, Occasion on) =>
        dossier.Grant.Payments.Find(command.Number)?.Contested is { } done
            && (done.By, done.Reason) == (on.By.Id, command.Reason.Trim())
            ? new Nothing()
            : PaymentDecisions.Against(dossier, command.Act, command.Subject, on) ?? Refused.Text("/reason", command.Reason, 4000)
                ?? (Decision)new PaymentContested(command.Number, on.By.Party, command.Reason.Trim());

    public static Decision Decide(Dossier dossier, ConfirmPayment command, Occasion on)
    {
        var it = dossier.Grant;
        if (it.Payments.Find(command.Number) is { Reversed: null, Confirmed: { } known, ConfirmedBy: { } by }
            && by == on.By.Id && (known.PaidOn, known.Reference) == (command.PaidOn, command.Reference.Trim()))
            return new Nothing();
        if (PaymentDecisions.Against(dossier, command.Act, command.Subject, on) is { } refused)
            return refused;

        var (payment, side) = (it.Payments[command.Number - 1], dossier.Agreement.SideOf(on.By.Party));
        var faults = Payment.Faults(it, payment.Direction, command.PaidOn, command.Reference, command.Requisition, on.Today).ToList();
        if (DateRange.Holds(command.PaidOn.Year) && !payment.IsAbout(command.PaidOn))
            faults.Add(new("/paidOn", "payment-other-day", ("number", command.Number), ("date", payment.PaidOn),
                ("days", Payment.DaysApart)));
        if (command.Requisition is { } other && payment.Requisition is { } stated && other != stated)
            faults.Add(new("/requisition", "payment-other-requisition", ("number", command.Number), ("requisition", stated)));
        if (faults.Count > 0)
            return Refused.Invalid(faults);

        var named = payment.Requisition is null ? command.Requisition : null;
        return Payment.Against(it, named, payment.Amount) is { } unfit
            ? unfit.NotSo()
            : new PaymentConfirmed(command.Number, command.PaidOn, command.Reference.Trim(), side, named);
    }
}
