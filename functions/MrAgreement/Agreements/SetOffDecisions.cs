using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on set-off: a debt that is met by a part of a payment.</summary>
static class SetOffDecisions
{
    /// <summary>What stands against setting off against a requisition as things are; null for nothing.</summary>
    internal static Refused? Against(Dossier dossier, Subject of) => dossier.Grant.Requisitions.Find(of.Number) switch
    {
        null => new("no-such-requisition", RefusalKind.NotFound, ("number", of.Number)),
        { IsUnderWay: false } it => new("requisition-not-dispatched", ("number", it.Number), ("status", it.Status)),
        var it when !dossier.Grant.LeftToPay(it).IsPositive => new("requisition-paid-in-full", ("number", it.Number)),
        _ => Demands.Left(dossier).IsPositive ? null : new("nothing-to-set-off")
    };

    internal static Decision Decide(Dossier dossier, SetOffDebt command, Occasion on)
    {
        var it = dossier.Grant;
        var faults = DateRange.FaultsOfPast("/decidedOn", command.DecidedOn, on.Today).ToList();
        if (!command.Amount.IsPositive)
            faults.Insert(0, new("/amount", "amount-not-positive"));
        if (it.Requisitions.Find(command.Number)?.DispatchedOn is { } sent && command.DecidedOn < sent)
            faults.Add(new("/decidedOn", "set-off-before-dispatch", ("number", command.Number), ("date", sent)));
        faults.AddText("/reference", command.Reference, 140);
        faults.AddText("/reason", command.Reason, 2000);
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (SetOff.Same(it, command, on.By.Id) is not null)
            return new Nothing();
        if (Against(dossier, command.Subject) is { } refused)
            return refused;
        var (left, debt) = (it.LeftToPay(it.Requisitions[command.Number - 1]), Demands.Left(dossier));
        if (command.Amount > left)
            return new Refused("set-off-exceeds-requisition", ("number", command.Number), ("amount", command.Amount), ("left", left)).NotSo();
        // How much is left is not told: it rests on costs that the payer may not know of yet.
        if (command.Amount > debt)
            return new Refused("set-off-exceeds-debt", ("amount", command.Amount)).NotSo();
        // The recipient may have paid it already.
        return !command.IsSure && it.Repayments.Find(r => r.Status == RepaymentStatus.Attested) is { } onItsWay
            ? Refused.Invalid(new Fault("/sure", "set-off-beside-repayment", ("number", onItsWay.Number), ("amount", onItsWay.Amount)))
            : new DebtSetOff(it.SetOffs.Count + 1, command.Number, command.Amount, command.DecidedOn, command.Reference.Trim(),
                command.Reason.Trim());
    }
}
