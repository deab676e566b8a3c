using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>What keeps an agreement from being closed: obligations, a balance that is not zero, and money on its way.</summary>
public static class Closures
{
    /// <summary>All that remains, each by the place where it is; nothing when it may be closed.</summary>
    public static IEnumerable<Fault> Remaining(Dossier it)
    {
        foreach (var obligation in it.Agreement.InOrder.Where(o => o is { IsSettled: false, Kind: not ObligationKind.Continuous }))
            yield return new($"/obligations/{obligation.Key}", "obligation-remains", ("obligation", obligation.Title),
                ("status", it.Agreement.StatusOf(obligation)));
        if (!it.Grant.Balances.Remaining.IsZero)
            yield return new("/grant/balances/remaining", it.Grant.IsToRound ? "rounding-remains" : "balance-remains",
                ("amount", it.Grant.Balances.Remaining));
        if (ReportLimits.Against(it.Grant) is { } beyond)
            yield return beyond;
        foreach (var fault in OnItsWay(it))
            yield return fault;
    }

    /// <summary>What holds the closing up no more, and is told to whoever
    /// closes: what the recipient has laid aside may be the grant's.</summary>
    public static IEnumerable<Fault> Doubts(Dossier it) => it.Grant.BankImports.Sum(i => i.LaidAsideCiting.Count()) is > 0 and var count
        ? [new("/grant/bank-imports", "transactions-laid-aside", ("count", count))]
        : [];

    // Asked for, still to be decided, or told of by one side alone, or only by a bank's file. A draft of the recipient's is none.
    static IEnumerable<Fault> OnItsWay(Dossier it)
    {
        foreach (var requisition in it.Grant.Requisitions.Where(r => r.IsUnderWay && it.Grant.LeftToPay(r).IsPositive))
            yield return new($"/grant/requisitions/{requisition.Number}", "requisition-remains", ("number", requisition.Number),
                ("left", it.Grant.LeftToPay(requisition)));
        foreach (var instalment in it.Grant.Instalments.Where(i => i.Status == InstalmentStatus.Conditional))
            yield return new($"/grant/instalments/{instalment.Key}", "instalment-remains", ("instalment", instalment.Key),
                ("amount", instalment.Amount));
        // While a balance is left, that is what remains, and the repayment is of it.
        foreach (var repayment in it.Grant.Repayments.Where(r => r.Status == RepaymentStatus.Attested
            && !it.Grant.Balances.Remaining.IsPositive))
            yield return new($"/grant/repayments/{repayment.Number}", "repayment-remains", ("number", repayment.Number),
                ("amount", repayment.Amount));
        foreach (var import in it.Grant.BankImports.Where(i => i.Waiting > 0))
            yield return new($"/grant/bank-imports/{import.Read.File.Import}", "transactions-remain", ("count", import.Waiting),
                ("date", StockholmTime.DateOf(import.At)));
        foreach (var payment in Closures.ByWordAlone(it))
            yield return new($"/grant/payments/{payment.Number}", "payment-remains", ("number", payment.Number), ("amount", payment.Amount),
                ("date", payment.PaidOn));
    }

    /// <summary>
    /// Payments for which there is the recipient's word alone, where there is
    /// a payer who could tell: neither it nor a bank's file has told of them.
    /// What the payer tells of needs no more: it owes what it says it has paid, and has what it says it got back.
    /// </summary>
    public static IEnumerable<Payment> ByWordAlone(Dossier it) =>
        it.Agreement.Terms.Parties.Any(p => p.Role == PartyRole.Payer)
            ? it.Grant.Payments.Where(p => p.IsUnconfirmed && p.Side == PartyRole.Recipient)
            : [];
}
