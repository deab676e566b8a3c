using MrAgreement.Agreements;
using MrAgreement.Money;
using MrAgreement.Obligations;
using NodaTime;

namespace MrAgreement.Grants;

/// <summary>The settlement of a grant: when what is unspent is to be back, and the interest when it is late.</summary>
public static class Settlement
{
    // Percentage points over the reference rate. Source: räntelagen (1975:635) 6 §.
    const decimal Margin = 8;

    // The reference rate in tenths of a percent, from the day on which it changed. Source: Riksbanken; from 2025 on not checked against it.
    static readonly (LocalDate From, int TenthsOfPercent)[] referenceRates =
    [
        (new(2002, 7, 1), 45), (new(2003, 1, 1), 40), (new(2003, 7, 1), 30), (new(2004, 7, 1), 20),
        (new(2005, 7, 1), 15), (new(2006, 7, 1), 25), (new(2007, 1, 1), 30), (new(2007, 7, 1), 35),
        (new(2008, 1, 1), 40), (new(2008, 7, 1), 45), (new(2009, 1, 1), 20), (new(2009, 7, 1), 5),
        (new(2011, 1, 1), 15), (new(2011, 7, 1), 20), (new(2012, 7, 1), 15), (new(2013, 1, 1), 10),
        (new(2015, 1, 1), 0), (new(2016, 7, 1), -5), (new(2019, 7, 1), 0), (new(2022, 7, 1), 5),
        (new(2023, 1, 1), 25), (new(2023, 7, 1), 35), (new(2024, 1, 1), 40), (new(2025, 1, 1), 30),
        (new(2025, 7, 1), 20)
    ];

    /// <summary>The effective date of the repayment, or of a later clawback; null when nothing is owed by a day.</summary>
    public static LocalDate? DueOn(Dossier it)
    {
        var agreed = it.Agreement.InOrder.FirstOrDefault(o => o is { Kind: ObligationKind.Repayment, Instalment: null })?.EffectiveDueOn;
        var claimed = it.Grant.Disallowances.Max(d => d.Decision.RepayBy);
        return claimed is null || agreed > claimed ? agreed : claimed;
    }

    /// <summary>
    /// Interest up to and including a day on what is paid back late, by the agreement's rule: simple, by the actual days of 365. Indicative only:
    /// whether a claim for it stands is for the parties and the courts (NJA 2007 s. 115).
    /// </summary>
    public static Kronor Interest(Dossier it, LocalDate until)
    {
        if (it.Grant.Terms?.Interest is not InterestRule.Räntelagen6 || DueOn(it) is not { } dueOn)
            return Kronor.Zero;
        var balances = it.Grant.Balances;
        var unspent = balances.Received - balances.Used + balances.Rounding;
        var repaid = it.Grant.Payments.FindAll(p => p.Direction == PaymentDirection.Out);
        var öre = 0m;
        for (var day = dueOn.PlusDays(1); day <= until; day = day.PlusDays(1))
        {
            // The day of a repayment bears interest still; what a bank took back is owed again from that day on.
            var owed = unspent - repaid.Where(p => p.CountsOn(day.PlusDays(-1))).Sum(p => p.Amount);
            if (owed.IsPositive)
                öre += owed.Öre * (ReferenceRate(day) + Margin) / 100 / 365;
        }
        return Kronor.FromÖre((long)decimal.Round(öre, MidpointRounding.AwayFromZero));
    }

    /// <summary>The reference rate in percent on a day; on days after the table's last row its last rate.</summary>
    public static decimal ReferenceRate(LocalDate day) => referenceRates.LastOrDefault(rate => rate.From <= day).TenthsOfPercent / 10m;
}
