using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>What an agreement waits for from its bank.</summary>
public static class BankExpectations
{
    /// <summary>What the agreement waits for.</summary>
    public static Expectations Expecting(this Dossier dossier)
    {
        var (it, terms) = (dossier.Grant, dossier.Agreement.Terms);
        var payer = new Counterpart(terms.Parties.FirstOrDefault(p => p.Role == PartyRole.Payer)?.Name, null);
        return new()
        {
            Requisitions = [.. it.Requisitions.Where(r => r is { IsUnderWay: true, DispatchedOn: not null }
                && it.LeftToPay(r).IsPositive)
                .Select(r => new ExpectedRequisition(dossier.Id, r.Number, terms.DiaryNumber, it.LeftToPay(r), r.Reference, payer,
                r.DispatchedOn!.Value))],
            Repayments = [.. it.Repayments.Where(r => r.Status == RepaymentStatus.Attested)
                .Select(r => new ExpectedRepayment(dossier.Id, r.Number, terms.DiaryNumber, r.Amount, r.Reference, payer,
                r.AttestedOn!.Value))],
            Payments = [.. it.Payments.Where(p => p is { Reversed: null, SetOff: null })
                .Select(p => new KnownPayment(dossier.Id, p.Number, terms.DiaryNumber, p.Direction, p.PaidOn, p.Amount, References(it, p),
                p.Bank?.BankReference)
            {
                IsSeen = p.Bank is not null
            })]
        };
    }

    static IReadOnlyList<string> References(Grant it, Payment payment) =>
    [
        payment.Reference,
        .. payment.Confirmed is { } confirmed ? [confirmed.Reference] : Array.Empty<string>(),
        .. payment.Requisition is { } requisition ? [it.Requisitions[requisition - 1].Reference] : Array.Empty<string>(),
        .. payment.Repayment is { } repayment ? [it.Repayments[repayment - 1].Reference] : Array.Empty<string>()
    ];
}
