using MrAgreement.Calendars;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on payments that the other side has recorded.</summary>
static class PaymentConfirmations
{
    public static Decision Decide(Dossier dossier, ConfirmPayment command, Occasion on)
    {
        var it = dossier.Grant;
        if (it.Payments.ElementAtOrDefault(command.Number - 1) is not { } payment)
            return new Refused("no-such-payment", RefusalKind.NotFound, ("number", command.Number));
        if (payment.Reversed is null && payment.ConfirmedBy == on.By.Id && payment.Confirmed is { } known
            && (known.PaidOn, known.Reference) == (command.PaidOn, command.Reference.Trim()))
            return new Nothing();
        var side = dossier.Agreement.SideOf(on.By.Party);
        if (payment.Side == side)
            return new Refused("own-payment", RefusalKind.Forbidden, ("number", command.Number));
        if (payment.Reversed is not null)
            return new Refused("payment-reversed", ("number", command.Number));
        if (payment.Confirmed is not null)
            return new Refused("payment-confirmed", ("number", command.Number));

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
            ? unfit
            : new PaymentConfirmed(command.Number, command.PaidOn, command.Reference.Trim(), side, named);
    }
}
