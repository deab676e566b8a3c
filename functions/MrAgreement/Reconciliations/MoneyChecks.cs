using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Reconciliations;

/// <summary>Checks of what is decided, requisitioned, paid, used and paid back.</summary>
static class MoneyChecks
{
    public static IEnumerable<Check> Of(Dossier it, LocalDate today)
    {
        var grant = it.Grant;
        yield return RequisitionsWithinDecided(grant);
        yield return RequisitionsPaid(grant);
        yield return RequisitionsInTime(grant);
        yield return Check.None("payments-on-requisition",
            [.. grant.Standing(PaymentDirection.In).Where(p => p.Requisition is null).Select(p => $"{p.Number}")],
            [.. grant.Standing(PaymentDirection.In).Select(p => Source.Of("payment", p.Number))], Outcome.Warning);
        yield return InBankFiles(grant);
        foreach (var check in BankChecks.Of(grant))
            yield return check;
        yield return BalanceAddsUp(grant);
        yield return RepaidInTime(it, today);
        yield return FourEyes(grant);
        yield return OwnContribution(it, today);
    }

    // What has left the recipient and stands: a draft is its own, what was refused
    // asks for nothing, and what was ended for no more than was paid of it.
    static Check RequisitionsWithinDecided(Grant it)
    {
        var (requested, most) = (Requisitioned(it), it.Instalments.Sum(Decided));
        var fits = requested <= most && it.Instalments.TrueForAll(i => it.Requisitioned(i.Key) <= Decided(i));
        static Kronor Decided(Instalment it) => it.Status is InstalmentStatus.Decided or InstalmentStatus.Released
            ? it.Amount
            : Kronor.Zero;
        return new("requisitions-within-decided", fits ? Outcome.Ok : Outcome.Error, most, requested,
            [("expected", most), ("actual", requested)], Requisitions(it));
    }

    static Check RequisitionsPaid(Grant it) =>
        Check.Equal("requisitions-paid", Requisitioned(it), it.Requisitions.Where(r => r.IsUnderWay).Sum(it.Received),
            [.. Requisitions(it), .. it.Standing(PaymentDirection.In).Select(p => Source.Of("payment", p.Number))], Outcome.Warning);

    static Kronor Requisitioned(Grant it) => it.Instalments.Sum(i => it.Requisitioned(i.Key));

    static Check RequisitionsInTime(Grant it)
    {
        var late = it.Requisitions.Where(r => r.IsUnderWay && r.DispatchedOn > it.Instalment(r.Instalment)!.RequisitionDueOn)
            .Select(r => $"{r.Number}").ToList();
        return it.Instalments.All(i => i.RequisitionDueOn is null)
            ? Check.NotInTerms("requisitions-in-time")
            : Check.None("requisitions-in-time", late, Requisitions(it), Outcome.Warning);
    }

    static Check InBankFiles(Grant it)
    {
        const string rule = "payments-in-bank-files";
        var standing = it.Payments.Where(p => p is { Reversed: null, SetOff: null }).ToList();
        return it.BankImports.Count == 0
            ? Check.NothingYet(rule)
            : Check.None(rule, [.. standing.Where(p => p.Bank is null).Select(p => $"{p.Number}")],
            [.. standing.Select(p => Source.Of("payment", p.Number))], Outcome.Warning);
    }

    // Reckoned another way than the balances are: entry by entry, as they are in the log.
    internal static Check BalanceAddsUp(Grant it)
    {
        var costs = it.FinalAccounts is { } final
            ? final.Costs + it.DecidedAfter(final.Sequence)
            : it.Told is { } told ? told.Sum(c => c.Amount)
            : it.Ledger.CostsUntil(LocalDate.MaxIsoValue, it.Terms?.Eligible) + it.DecidedAfter(0)
              + (it.IsRightToCharge ? Kronor.Zero : it.CostReports.Sum(r => r.Prepared.Lines.Sum(line => line.Amount)));
        var balance = it.Payments.Where(p => p.Reversed is null).Sum(p => p.Direction == PaymentDirection.In ? p.Amount : -p.Amount)
            + it.Attested.Where(a => a.Kind == AdjustmentKind.Rounding).Sum(a => a.Amount);
        var received = it.Balances.Received;
        return Check.Equal("balance-adds-up", balance - Kronor.Least(Kronor.Greatest(Kronor.Zero, costs), received), it.Balances.Remaining,
            [.. it.Payments.Select(p => Source.Of("payment", p.Number)), .. it.Attested.Select(a => Source.Of("adjustment", a.Number))]);
    }

    static Check RepaidInTime(Dossier it, LocalDate today)
    {
        const string rule = "repaid-in-time";
        if (Settlement.DueOn(it) is not { } dueOn)
            return Check.NotInTerms(rule);
        var (balances, parts, left) = (it.Grant.Balances, Settlement.Parts(it), Settlement.Outstanding(it));
        var overdue = left.Where(part => part.DueOn < today).ToList();
        var back = it.Grant.Standing(PaymentDirection.Out).OrderBy(p => p.PaidOn).ThenBy(p => p.Number).ToList();
        var late = Settlement.Late(it);
        var byWord = Closures.ByWordAlone(it).Where(p => p.Direction == PaymentDirection.Out).ToList();
        var isError = overdue.Count > 0 || balances.Remaining.IsNegative && today > dueOn;
        var outcome = isError ? Outcome.Error : late.Count > 0 || byWord.Count > 0 ? Outcome.Warning : Outcome.Ok;
        var isUnspentAlone = outcome == Outcome.Ok && left is [] or [{ Disallowance: null }] && !balances.Remaining.IsNegative;
        return new(rule, outcome, balances.Remaining + balances.Repaid, balances.Repaid,
            [("date", dueOn), ("remaining", balances.Remaining)],
            [.. back.Select(p => Source.Of("payment", p.Number)), .. it.Grant.Repayments.Select(r => Source.Of("repayment", r.Number))])
        {
            IsNotYet = outcome == Outcome.Ok && !balances.Remaining.IsZero,
            Remarks = isUnspentAlone ? [] : [.. LeftToRepay(it.Grant, left, today), .. Late(late.Count), .. ByWord(byWord)],
            // What is accepted of the first day is not accepted of a later one, nor of what nobody has confirmed.
            Found = Check.HashOf([.. overdue.Where(part => part.DueOn > parts.Min(p => p.DueOn))
                .Select(part => $"part {part.Disallowance}"),
                .. byWord.Select(p => $"payment {p.Number}")])
        };
    }

    static IEnumerable<Remark> LeftToRepay(Grant it, IReadOnlyList<RepaymentPart> left, LocalDate today)
    {
        var remaining = it.Balances.Remaining;
        if (it.IsToRound)
            return [new("to-round", ("amount", remaining))];
        return remaining.IsNegative ? [new("beyond", ("amount", remaining.Absolute))] : left.Select(part => part.DueOn is { } day
            ? new Remark(day < today ? "overdue" : "ahead", ("amount", part.Amount), ("date", day))
            : new("undated", ("amount", part.Amount)));
    }

    static IEnumerable<Remark> Late(int count) => count switch
    {
        0 => [],
        1 => [new("late-one")],
        _ => [new("late-many", ("count", count))]
    };

    // What only the recipient says it has paid back is not known to be back.
    static IEnumerable<Remark> ByWord(IReadOnlyList<Payment> payments) =>
        payments.Count == 0 ? [] : [new("by-word", ("amount", payments.Sum(p => p.Amount)))];

    static Check FourEyes(Grant it)
    {
        var all = it.Requisitions.Select(r => (Source.Of("requisition", r.Number), r.PreparedBy, r.AttestedBy))
            .Concat(it.Adjustments.Select(a => (Source.Of("adjustment", a.Number), a.PreparedBy, a.AttestedBy)))
            .Concat(it.Repayments.Select(r => (Source.Of("repayment", r.Number), r.PreparedBy, r.AttestedBy)))
            .Concat(it.Statements.Select(s => (Source.Of("statement", s.Number), s.PreparedBy, s.AttestedBy)))
            .Concat(it.AllocationReports.Select(r => (Source.Of("allocation-report", r.Number), r.PreparedBy, r.AttestedBy)))
            .Where(x => x.AttestedBy is not null).ToList();
        return Check.None("four-eyes", [.. all.Where(x => x.AttestedBy == x.PreparedBy).Select(x => $"{x.Item1.Kind} {x.Item1.Id}")],
            [.. all.Select(x => x.Item1)]);
    }

    // It grows with the costs: all of it must be there once the accounts are final, and at the latest when the settlement is due.
    static Check OwnContribution(Dossier dossier, LocalDate today)
    {
        const string rule = "own-contribution";
        var it = dossier.Grant;
        if (it.Terms?.OwnContribution is not { } least)
            return Check.NotInTerms(rule);
        var dueOn = Settlement.DueOn(dossier) ?? dossier.Agreement.Terms.Period.To;
        var isDue = today > dueOn || it.FinalAccounts is not null || Statement.InForce(it).Any(s => s.Kind == StatementKind.Final);
        var borne = it.Attested.Where(a => a.Kind == AdjustmentKind.OwnFinancing).ToList();
        var actual = borne.Sum(a => a.Amount);
        return new(rule, actual < least && isDue ? Outcome.Error : Outcome.Ok, least, actual, [("expected", least), ("actual", actual)],
            [.. borne.Select(a => Source.Of("adjustment", a.Number))])
        {
            IsNotYet = actual < least && !isDue
        };
    }

    static IReadOnlyList<Source> Requisitions(Grant it) =>
        [.. it.Requisitions.Where(r => r.DispatchedOn is not null).Select(r => Source.Of("requisition", r.Number))];
}
