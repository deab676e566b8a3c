using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on costs that are not accepted.</summary>
public static class DisallowanceDecisions
{
    /// <summary>What stands against an act on disallowances, or on one of them, as things are; null for nothing.</summary>
    internal static Refused? Against(Dossier dossier, Act act, Subject of) => act == Act.DisallowCosts
        ? Beyond(dossier.Grant, Kronor.Smallest)
        : dossier.Grant.Disallowance(of.Number) switch
        {
            null => new("no-such-disallowance", RefusalKind.NotFound, ("number", of.Number)),
            { Withdrawn: not null } => new("disallowance-withdrawn", ("number", of.Number)),
            { } it => it.IsRepaid(dossier) ? new("disallowance-repaid", ("number", of.Number), ("amount", it.Decision.Amount)) : null
        };

    static Refused? Beyond(Grant it, Kronor amount) =>
        amount > it.Costs ? new("disallowed-exceeds-costs", ("amount", amount), ("costs", it.Costs)) : null;

    internal static Decision Decide(Dossier dossier, DisallowCosts command, Occasion on)
    {
        var it = dossier.Grant;
        var faults = DateRange.FaultsOfPast("/decidedOn", command.DecidedOn, on.Today)
            .Concat(DateRange.Faults(("/repayBy", command.RepayBy))).ToList();
        if (!command.Amount.IsPositive)
            faults.Add(new("/amount", "amount-not-positive"));
        if (command.DecidedOn < dossier.Agreement.Signed!.SignedOn)
            faults.Add(new("/decidedOn", "before-signature"));
        if (command.RepayBy < command.DecidedOn)
            faults.Add(new("/repayBy", "period-reversed", ("earliest", command.DecidedOn)));
        faults.AddText("/reference", command.Reference, 200);
        faults.AddText("/reason", command.Reason, 2000);
        if (command.Category is { } category && !it.KnowsCategory(category))
            faults.Add(new("/category", "category-unknown", ("category", category)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (Disallowance.Same(it, command, on.By.Id) is not null)
            return new Nothing();
        if (Beyond(it, command.Amount) is { } beyond)
            return it.Costs.IsPositive ? beyond.NotSo() : beyond;
        // Claimed back after the agreement's days too, but then within a year.
        var last = LocalDate.Max(dossier.Agreement.LastDay, command.DecidedOn.PlusYears(1));
        if (!command.IsSure && command.RepayBy > last)
            return Refused.Invalid(new Fault("/sure", "repay-by-far-off", ("date", last)));
        var isClosed = dossier.Agreement.Status == AgreementStatus.Closed;
        var isClawback = isClosed || it.FinalAccounts is not null;
        var decided = new CostsDisallowed(
            it.Disallowances.Count + 1, command.Amount, command.DecidedOn, command.Reference.Trim(), command.Reason.Trim(),
            command.RepayBy ?? (isClawback ? Settlement.RepayBy(dossier.Agreement, command.DecidedOn) : null), command.Category,
            isClawback);
        return isClosed && !dossier.Evolve(decided, new(dossier.Sequence + 1, on.Now, on.By.Id)).Grant.Balances.Remaining.IsZero
            ? new Accepted([decided, new SettlementReopened(decided.Number)])
            : decided;
    }

    internal static Decision Decide(Dossier dossier, WithdrawDisallowance command, Occasion on)
    {
        if (dossier.Grant.Disallowance(command.Number) is { Withdrawn: { } done, WithdrawnBy: { } by } && by == on.By.Id
            && done.Reason == command.Reason.Trim())
            return new Nothing();
        return Against(dossier, command.Act, command.Subject) ?? Refused.Text("/reason", command.Reason, 2000)
            ?? (Decision)new DisallowanceWithdrawn(command.Number, command.Reason.Trim());
    }

    /// <summary>Whether something of it was paid back: of what is claimed, its part; of
    /// what has no day of its own, so much that it would be too much without it.</summary>
    public static bool IsRepaid(this Disallowance it, Dossier dossier)
    {
        var without = Disallowance.Evolve(dossier.Grant, new DisallowanceWithdrawn(it.Decision.Number, ""),
            new(dossier.Sequence + 1, dossier.LastAt, it.By)).Balances.Remaining;
        return Part(it, Settlement.Parts(dossier)) > Part(it, Settlement.Outstanding(dossier)) || without.IsNegative
            && without < dossier.Grant.Balances.Remaining;
    }

    static Kronor Part(Disallowance it, IReadOnlyList<RepaymentPart> parts) =>
        parts.Where(p => p.Disallowance == it.Decision.Number).Sum(p => p.Amount);
}
