namespace MrAgreement.Ledgers;

/// <summary>The financial year within which a voucher's number is its own.</summary>
/// <param name="IsAssumed">No file has said which it is: until one does, the calendar year is taken for it.</param>
public readonly record struct VoucherYear(LocalDate From, LocalDate To, bool IsAssumed)
{
    /// <summary>The warning that tells of an assumed year.</summary>
    public const string Warning = "ledger-year-assumed";

    /// <summary>The year of a day in a file that declares none (SIE 4I need not):
    /// as an earlier file declares it, or else the calendar year.</summary>
    public static VoucherYear Of(LocalDate day, IReadOnlyList<LedgerImported> earlier)
    {
        for (var i = earlier.Count - 1; i >= 0; i--)
            if (!earlier[i].YearIsAssumed() && earlier[i].FinancialYear is var year && year.From <= day && day <= year.To)
                return new(year.From, year.To, false);
        return new(new(day.Year, 1, 1), new(day.Year, 12, 31), true);
    }
}
