using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

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

    // For a clawback without a day of its own, once the repayment's has passed; as
    // long as it takes before interest runs. Source: räntelagen (1975:635) 4 §.
    const int DaysToPay = 30;

    /// <summary>The obligation to pay back what is unspent of the whole grant.</summary>
    public static Obligation? Repayment(Agreement it) =>
        it.InOrder.FirstOrDefault(o => o is { Kind: ObligationKind.Repayment, Instalment: null });

    /// <summary>
    /// What is to be paid back in all, each part by its own day, the soonest first:
    /// what was unspent by the agreed one, and what was disallowed by the decision's.
    /// A part without a day comes first.
    /// </summary>
    public static IReadOnlyList<RepaymentPart> Parts(Dossier it)
    {
        var (repayment, balances) = (Repayment(it.Agreement), it.Grant.Balances);
        var left = Kronor.Greatest(Kronor.Zero, balances.Remaining + balances.Repaid);
        var parts = new List<RepaymentPart>();
        foreach (var decision in it.Grant.Disallowed.Select(d => d.Decision).Where(d => d.RepayBy is not null).OrderBy(d => d.RepayBy))
        {
            // Costs that the recipient bears itself are not owed back.
            var owed = Kronor.Least(decision.Amount, left);
            left -= owed;
            parts.Add(new(owed, repayment?.Claimed == decision.Number
                ? repayment.EffectiveDueOn
                : it.Agreement.WorkingDayRule.Effective(Claimed(repayment, decision)), decision.Number));
        }
        parts.Add(new(left, Agreed(repayment), null));
        return [.. parts.Where(p => p.Amount.IsPositive).OrderBy(p => p.DueOn ?? LocalDate.MinIsoValue).ThenBy(p => p.Disallowance ?? 0)];
    }

    static LocalDate Claimed(Obligation? repayment, CostsDisallowed decision) =>
        repayment is not null && repayment.ExtendedClaims.TryGetValue(decision.Number, out var extended)
            ? extended
            : decision.RepayBy!.Value;

    /// <summary>What is left of each part. What was paid back covers the soonest of what was owed then, and only
    /// what is over covers what was claimed later.</summary>
    public static IReadOnlyList<RepaymentPart> Outstanding(Dossier it) => Left(it, Parts(it), p => p.Reversed is null);

    /// <summary>Payments back that came when a part was due already that those
    /// before them had not covered, in the order of their days.</summary>
    public static IReadOnlyList<Payment> Late(Dossier it)
    {
        var parts = Parts(it);
        return [.. it.Grant.Standing(PaymentDirection.Out).OrderBy(p => p.PaidOn).ThenBy(p => p.Number)
            .Where(late => Left(it, parts, p => p.Reversed is null && (p.PaidOn, p.Number).CompareTo((late.PaidOn, late.Number)) < 0)
                .Exists(part => part.DueOn < late.PaidOn))];
    }

    static List<RepaymentPart> Left(Dossier it, IReadOnlyList<RepaymentPart> parts, Func<Payment, bool> counts)
    {
        var left = parts.Select(part => part.Amount).ToArray();
        var over = Kronor.Zero;
        foreach (var payment in it.Grant.Payments.Where(p => p.Direction == PaymentDirection.Out && counts(p)))
            over += Cover(payment.Amount,
                part => part.Disallowance is not { } claimed || it.Grant.Disallowances[claimed - 1].Sequence < payment.Sequence);
        Cover(over, _ => true);
        return [.. parts.Select((part, i) => part with { Amount = left[i] }).Where(part => part.Amount.IsPositive)];

        // Soonest first; gives what is over.
        Kronor Cover(Kronor amount, Func<RepaymentPart, bool> isOwed)
        {
            for (var i = 0; i < left.Length; i++)
                if (isOwed(parts[i]))
                {
                    var paid = Kronor.Least(left[i], amount);
                    (left[i], amount) = (left[i] - paid, amount - paid);
                }
            return amount;
        }
    }

    /// <summary>The day by which the next part is to be back; when nothing is
    /// left, the last part's. Null when nothing is owed by a day.</summary>
    public static LocalDate? DueOn(Dossier it) =>
        Outstanding(it) is { Count: > 0 } left ? left.Min(part => part.DueOn) : Parts(it).Max(part => part.DueOn)
            ?? Repayment(it.Agreement)?.EffectiveDueOn;

    /// <summary>The decision that holds the settlement of a closed agreement open: the first that stands of that
    /// which opened it and those since, or that one when none does. Null while it is not open.</summary>
    public static Disallowance? HeldOpenBy(Dossier it)
    {
        if (it.Agreement.Reopened is not { } reopened)
            return null;
        var since = it.Grant.Disallowances.Skip(reopened.Disallowance - 1).ToList();
        return since.Find(d => d.Withdrawn is null) ?? since.FirstOrDefault();
    }

    /// <summary>The day of a clawback that names none; null while the repayment's stands.</summary>
    public static LocalDate? RepayBy(Agreement it, LocalDate decidedOn) =>
        Agreed(Repayment(it)) is { } agreed && agreed >= decidedOn ? null : decidedOn.PlusDays(DaysToPay);

    static LocalDate? Agreed(Obligation? repayment) => repayment?.Agreed is { } agreed ? agreed.Effective : repayment?.EffectiveDueOn;

    /// <summary>
    /// Interest up to and including a day on what is paid back late, by the
    /// agreement's rule: simple, by the actual days of 365. Indicative only:
    /// whether a claim for it stands is for the parties and the courts (NJA 2007 s. 115).
    /// </summary>
    public static Kronor Interest(Dossier it, LocalDate until)
    {
        var parts = Parts(it);
        if (it.Grant.Terms?.Interest is not InterestRule.Räntelagen6 || parts.Min(p => p.DueOn) is not { } dueOn)
            return Kronor.Zero;
        var öre = 0m;
        for (var day = dueOn.PlusDays(1); day <= until; day = day.PlusDays(1))
        {
            // The day of a repayment bears interest still; what a bank took back is owed again from that day on.
            var owed = Left(it, parts, p => p.CountsOn(day.PlusDays(-1))).Where(part => part.DueOn < day).Sum(part => part.Amount);
            if (owed.IsPositive)
                öre += owed.Öre * (ReferenceRate(day) + Margin) / 100 / 365;
        }
        return Kronor.FromÖre((long)decimal.Round(öre, MidpointRounding.AwayFromZero));
    }

    /// <summary>The reference rate in percent on a day; on days after the table's last row its last rate.</summary>
    public static decimal ReferenceRate(LocalDate day) => referenceRates.LastOrDefault(rate => rate.From <= day).TenthsOfPercent / 10m;
}

/// <summary>A part of what is to be paid back.</summary>
/// <param name="Amount">In kronor.</param>
/// <param name="DueOn">By the agreement's working-day rule; null when it has no day.</param>
/// <param name="Disallowance">The decision that claims it; null for what was unspent.</param>
public sealed record RepaymentPart(Kronor Amount, LocalDate? DueOn, int? Disallowance);
