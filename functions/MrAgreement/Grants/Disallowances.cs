using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Money;
using MrAgreement.Parties;
using NodaTime;

namespace MrAgreement.Grants;

/// <summary>The grantor decides that a cost is not accepted; once the final accounts are in, that is a clawback (återkrav).</summary>
/// <param name="Amount">At most the costs that are still accepted.</param>
/// <param name="Reference">Of the decision.</param>
/// <param name="RepayBy">Last day to pay it back; null for the day of the repayment, or for thirty days when that has passed.</param>
/// <param name="Category">The cost category that it concerns; null when it concerns none in particular.</param>
public sealed record DisallowCosts(Kronor Amount, LocalDate DecidedOn, string Reference, string Reason, LocalDate? RepayBy, string? Category) : GrantCommand;

/// <summary>A cost was disallowed by a decision: it counts no more from that day on.</summary>
/// <param name="IsClawback">Decided after the final accounts: what was settled is claimed back.</param>
public sealed record CostsDisallowed(int Number, Kronor Amount, LocalDate DecidedOn, string Reference, string Reason, LocalDate? RepayBy, string? Category, bool IsClawback) : GrantEvent;

/// <param name="Touched">Place in the log.</param>
public sealed record Disallowance(CostsDisallowed Decision, PersonId By, long Touched)
{
    /// <summary>Whether a statement that was drawn up before it has the cost in it still; what is claimed back is settled without a new one.</summary>
    public bool Concerns(Statement statement) =>
        !Decision.IsClawback && Touched > statement.Sequence && Decision.DecidedOn >= statement.Period.From && Decision.DecidedOn <= statement.Period.To;

    /// <summary>What the same person has already decided in the same words.</summary>
    public static Disallowance? Same(Grant it, DisallowCosts command, PersonId by) =>
        it.Disallowances.Find(d => d.By == by
            && (d.Decision.Amount, d.Decision.DecidedOn, d.Decision.Reference) == (command.Amount, command.DecidedOn, command.Reference.Trim())
            && (d.Decision.Reason, d.Decision.RepayBy, d.Decision.Category) == (command.Reason.Trim(), command.RepayBy, command.Category));

    internal static Decision Decide(Dossier dossier, DisallowCosts command, Occasion on)
    {
        var it = dossier.Grant;
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
        if (Same(it, command, on.By.Id) is not null)
            return new Nothing();
        if (command.Amount > it.Costs)
            return new Refused("disallowed-exceeds-costs", ("amount", command.Amount), ("costs", it.Costs));
        var isClosed = dossier.Agreement.Status == AgreementStatus.Closed;
        var isClawback = isClosed || it.FinalAccounts is not null;
        var decided = new CostsDisallowed(
            it.Disallowances.Count + 1, command.Amount, command.DecidedOn, command.Reference.Trim(), command.Reason.Trim(),
            command.RepayBy ?? (isClawback ? Settlement.RepayBy(dossier.Agreement, command.DecidedOn) : null), command.Category, isClawback);
        return isClosed && !dossier.Evolve(decided, new(dossier.Sequence + 1, on.Now, on.By.Id)).Grant.Balances.Remaining.IsZero
            ? new Accepted([decided, new SettlementReopened(decided.Number)])
            : decided;
    }
}
