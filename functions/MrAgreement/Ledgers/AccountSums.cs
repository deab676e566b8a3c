using MrAgreement.Money;

namespace MrAgreement.Ledgers;

/// <summary>What an account comes to, day by day and running on: the sum
/// of any period is two look-ups, however many rows there are.</summary>
public sealed class AccountSums
{
    public static readonly AccountSums None = new([], []);

    // In order; each day with all amounts up to and including it.
    readonly LocalDate[] days;
    readonly Kronor[] until;

    AccountSums(LocalDate[] days, Kronor[] until) => (this.days, this.until) = (days, until);

    /// <summary>First and last day with a sum; null where there is none.</summary>
    public (LocalDate First, LocalDate Last)? Days =>
        days is [var first, .., var last] ? (first, last) : days is [var only] ? (only, only) : null;

    /// <summary>From the first day to the last, both included; nothing when they are the wrong way round.</summary>
    public Kronor Between(LocalDate from, LocalDate to) =>
        from > to ? Kronor.Zero : Before(to, inclusive: true) - Before(from, inclusive: false);

    /// <summary>With what another import changes.</summary>
    public AccountSums With(IEnumerable<LedgerTotal> more)
    {
        var sums = new SortedDictionary<LocalDate, Kronor>();
        for (var i = 0; i < days.Length; i++)
            sums[days[i]] = i == 0 ? until[0] : until[i] - until[i - 1];
        foreach (var total in more)
            sums[total.Date] = sums.GetValueOrDefault(total.Date) + total.Amount;
        var running = Kronor.Zero;
        return new([.. sums.Keys], [.. sums.Values.Select(amount => running += amount)]);
    }

    Kronor Before(LocalDate day, bool inclusive)
    {
        var at = Array.BinarySearch(days, day);
        var count = at < 0 ? ~at : inclusive ? at + 1 : at;
        return count == 0 ? Kronor.Zero : until[count - 1];
    }
}
