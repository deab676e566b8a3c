using MrAgreement.Grants;

namespace MrAgreement.Agreements;

/// <summary>Requisitions that are prepared and can no more be sent.</summary>
static class Unsendable
{
    /// <summary>What is prepared and can't be sent any more, after the end of the agreement
    /// or for want of money, is refused by the decision that stands against it.</summary>
    public static RequisitionRefused? Next(Dossier dossier, LocalDate today)
    {
        var it = dossier.Grant;
        return it.Requisitions.FindLast(r => r.IsInPreparation && Reason(r) is not null) is { } prepared
            ? new(prepared.Number, Reason(prepared)!)
            : null;

        string? Reason(Requisition r) => it.Instalment(r.Instalment)! switch
        {
            _ when Termination.Against(dossier.Agreement, r.Period, today) is not null => dossier.Agreement.Terminated?.Reference,
            { WithdrawalReason: { } withdrawn } => withdrawn,
            { Released: { } released } i when it.Requisitioned(i.Key) + it.InPreparation(i.Key) > i.Amount => released.Reference,
            _ => null
        };
    }
}
