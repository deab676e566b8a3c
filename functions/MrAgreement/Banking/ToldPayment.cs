using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Banking;

/// <summary>What two tellings of one payment always have in common.</summary>
/// <param name="Text">The amount in another currency; null in kronor.</param>
readonly record struct ToldMoney(PaymentDirection Direction, bool IsReversal, Kronor Amount, string? Text)
{
    public static ToldMoney Of(BankTransaction it) => it.Amount is { } kronor
        ? new(it.Direction, it.IsReversal, kronor, null)
        : new(it.Direction, it.IsReversal, Kronor.Zero,
        it.Currency + (it.AmountText.Contains('.', StringComparison.Ordinal) ? it.AmountText.TrimEnd('0').TrimEnd('.') : it.AmountText));

    /// <summary>What the transactions of an entry make together; null in another currency.</summary>
    public static ToldMoney? Of(IReadOnlyList<ToldPayment> entry)
    {
        if (entry.Any(it => it.It.Amount is null))
            return null;
        var sum = entry.Sum(it => it.It.Direction == PaymentDirection.In ? it.It.Amount!.Value : -it.It.Amount!.Value);
        return new(sum.IsNegative ? PaymentDirection.Out : PaymentDirection.In, entry[0].It.IsReversal, sum.Absolute, null);
    }
}

/// <summary>One telling among many, and which others are known to be the same payment.</summary>
/// <param name="part">Of all files' parts: the payment stands once in each.</param>
sealed class ToldPayment(Telling at, BankTransaction it, int part, BankReferences references)
{
    List<ToldPayment>? same;
    ToldPayment? standing;

    public Telling At => at;
    public BankTransaction It => it;
    public int Part => part;
    public BankReferences References => references;
    public ToldMoney Money { get; } = ToldMoney.Of(it);

    /// <summary>Whether somebody has decided on it, or said what it is: no other telling takes its place.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Whether a person is asked about it.</summary>
    public bool IsAsked { get; set; }

    /// <summary>The telling that counts: itself, while no other stands for it.</summary>
    public ToldPayment Standing => standing ?? this;

    public bool IsIn(int other) => same is null ? part == other : same.Exists(s => s.Part == other);

    /// <summary>By what another telling is this payment, all of its tellings considered; or that it can't be.</summary>
    public (bool Contradict, DuplicateBasis? Same) With(ToldPayment other, OwnAccounts accounts)
    {
        if (same is null)
            return Alone(other, accounts);
        DuplicateBasis? basis = null;
        foreach (var one in same)
            if (one.Alone(other, accounts) is var (contradicts, its) && contradicts)
                return (true, null);
            else
                basis ??= its;
        return (false, basis);
    }

    /// <summary>Counts no more: another stands for it, and for all that it stood for.</summary>
    public void Join(ToldPayment other)
    {
        var (all, stands) = (other.same ??= [other], other.Standing);
        if (all == same)
            return;
        all.AddRange(same ?? [this]);
        foreach (var one in all)
            (one.same, one.standing) = (all, stands);
    }

    (bool Contradict, DuplicateBasis? Same) Alone(ToldPayment other, OwnAccounts accounts) =>
        AreDaysApart(it, other.It) || accounts.AreOne(it.Account, other.It.Account) == false
            ? (true, null)
            : references.With(other.References);

    /// <summary>Whether the days are further apart than one bank's: an account statement
    /// books a payment on one day, and every other statement on the same.</summary>
    public static bool AreDaysApart(BankTransaction one, BankTransaction other)
    {
        var most = one.IsAdvice || other.IsAdvice || one.IsDayOfFile || other.IsDayOfFile ? Payment.DaysApart : 0;
        return Math.Abs(Period.DaysBetween(one.BookedOn, other.BookedOn)) > most;
    }
}
