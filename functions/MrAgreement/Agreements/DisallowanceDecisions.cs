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
        if (Disallowance.Same(it, command, on.By.Id) is not null)
            return new Nothing();
        if (it.Costs.IsZero && Beyond(it, Kronor.Greatest(command.Amount, Kronor.Smallest)) is { } refused)
            return refused;
        var faults = DateRange.Faults(("/decidedOn", command.DecidedOn), ("/repayBy", command.RepayBy)).ToList();
        if (!command.Amount.IsPositive)
            faults.Add(new("/amount", "amount-not-positive"));
        if (command.DecidedOn > on.Today)
            faults.Add(new("/decidedOn", "date-in-future", ("date", command.DecidedOn)));
        if (command.DecidedOn < dossier.Agreement.Signed!.SignedOn)
            faults.Add(new("/decidedOn", "before-signature"));
        if (command.RepayBy < command.DecidedOn)
            faults.Add(new("/repayBy", "period-reversed", ("earliest", command.DecidedOn)));
        if (command.Reference.Trim().Length is 0 or > 200)
            faults.Add(new("/reference", "text-length", ("max", 200)));
        if (command.Reason.Trim().Length is 0 or > 2000)
            faults.Add(new("/reason", "text-length", ("max", 2000)));
        if (command.Category is { } category && !it.KnowsCategory(category))
            faults.Add(new("/category", "category-unknown", ("category", category)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (Beyond(it, command.Amount) is { } beyond)
            return beyond.NotSo();
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
        return Against(dossier, command.Act, command.Subject) ?? (command.Reason.Trim().Length is 0 or > 2000
            ? Refused.Invalid(new Fault("/reason", "text-length", ("max", 2000)))
            : (Decision)new DisallowanceWithdrawn(command.Number, command.Reason.Trim()));
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
