using MrAgreement.Grants;
using MrAgreement.Web.Banking;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Banking;

/// <summary>What a transaction may be, in words.</summary>
static class MatchWords
{
    public static string Of(BankCandidateView it, Grant grant, Language language) => it switch
    {
        { Requisitions.Count: > 0 } => string.Join(" + ", it.Requisitions.Select(n => Of(grant.Requisitions[n - 1], grant, language))),
        { Repayment: { } repayment } => Of(grant.Repayments[repayment - 1], language),
        { Payment: { } payment } => Of(grant.Payments[payment - 1], language),
        _ => ""
    };

    /// <summary>The amount in kronor; in a foreign currency as the file has it.</summary>
    public static string Amount(TransactionView it, Language language) =>
        it.Amount is { } amount ? language.Money(amount) : $"{language.Write(new PlainNumber(it.AmountText))} {it.Currency}";

    /// <summary>Everything that a transaction can be matched with, each as it stands in a form.</summary>
    public static IReadOnlyList<(string Value, string Text)> All(TransactionView it, Grant grant, Language language)
    {
        if (it.Reversal)
            return [.. grant.Payments.Where(p => p.Reversed is null && p.Direction != it.Direction && p.Amount == it.Amount)
                .Select(Payment)];
        var payments = grant.Standing(it.Direction).Where(p => p.Bank is null && (it.Amount is null || p.Amount == it.Amount))
            .Select(Payment);
        // What is paid in a foreign currency is recorded by hand first.
        if (it.Amount is null)
            return [.. payments];
        var open = it.Direction == PaymentDirection.In
            ? grant.Requisitions.Where(r => r.IsUnderWay && grant.LeftToPay(r).IsPositive)
            .Select(r => ($"requisition:{r.Number}", Of(r, grant, language)))
            : grant.Repayments.Where(r => r.Status == RepaymentStatus.Attested).Select(r => ($"repayment:{r.Number}", Of(r, language)));
        return [.. open, .. payments];

        (string, string) Payment(Payment p) => ($"payment:{p.Number}", Of(p, language));
    }

    static string Of(Requisition it, Grant grant, Language language) =>
        language.Say("bank.requisition", ("number", it.Number), ("left", grant.LeftToPay(it)), ("amount", it.Amount));

    static string Of(Repayment it, Language language) => language.Say("bank.repayment", ("number", it.Number), ("amount", it.Amount));

    static string Of(Payment it, Language language) =>
        language.Say("bank.payment", ("number", it.Number), ("amount", it.Amount), ("date", it.PaidOn));
}
