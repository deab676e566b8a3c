using System.Diagnostics;
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
/// <param name="IsSure">If not, whoever records it is asked first about a last day that is far off.</param>
public sealed record DisallowCosts(Kronor Amount, LocalDate DecidedOn, string Reference, string Reason, LocalDate? RepayBy, string? Category, bool IsSure = true) : GrantCommand;

/// <summary>A cost was disallowed by a decision: it counts no more from that day on.</summary>
/// <param name="IsClawback">Decided after the final accounts: what was settled is claimed back.</param>
public sealed record CostsDisallowed(int Number, Kronor Amount, LocalDate DecidedOn, string Reference, string Reason, LocalDate? RepayBy, string? Category, bool IsClawback) : GrantEvent;

/// <summary>Takes a decision back that was a mistake, as long as nothing was paid back of it: the settlement counts as before.</summary>
public sealed record WithdrawDisallowance(int Number, string Reason) : GrantCommand;

public sealed record DisallowanceWithdrawn(int Number, string Reason) : GrantEvent;

/// <param name="Sequence">Place in the log of the decision.</param>
public sealed record Disallowance(CostsDisallowed Decision, PersonId By, long Sequence)
{
    /// <summary>Null while it stands.</summary>
    public DisallowanceWithdrawn? Withdrawn { get; init; }

    public PersonId? WithdrawnBy { get; init; }

    /// <summary>Place in the log where it was withdrawn; null while it stands.</summary>
    public long? WithdrawnAt { get; init; }

    public long Touched => WithdrawnAt ?? Sequence;

    /// <summary>Whether it stood at a place in the log.</summary>
    public bool StoodAt(long sequence) => Sequence < sequence && !(WithdrawnAt < sequence);

    /// <summary>Whether a statement that was drawn up before it has the cost in it still; what is claimed back is settled without a new one.</summary>
    public bool Concerns(Statement statement) =>
        !Decision.IsClawback && Sequence > statement.Sequence && Decision.DecidedOn >= statement.Period.From && Decision.DecidedOn <= statement.Period.To;

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        // Öre that a decision on costs leaves are rounded by themselves.
        CostsDisallowed e => it with
        {
            Disallowances = it.Disallowances.Add(new(e, recorded.By, recorded.Sequence)), RoundedSince = it.RoundedSince is null ? null : recorded.Sequence
        },
        DisallowanceWithdrawn e => it with
        {
            Disallowances = it.Disallowances.SetItem(e.Number - 1, it.Disallowances[e.Number - 1] with { Withdrawn = e, WithdrawnBy = recorded.By, WithdrawnAt = recorded.Sequence })
        },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    /// <summary>What the same person has already decided in the same words.</summary>
    public static Disallowance? Same(Grant it, DisallowCosts command, PersonId by) =>
        it.Disallowances.Find(d => d.Withdrawn is null && d.By == by
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
        // Claimed back after the agreement's days too, but then within a year.
        var last = LocalDate.Max(dossier.Agreement.LastDay, command.DecidedOn.PlusYears(1));
        if (!command.IsSure && command.RepayBy > last)
            return Refused.Invalid(new Fault("/sure", "repay-by-far-off", ("date", last)));
        var isClosed = dossier.Agreement.Status == AgreementStatus.Closed;
        var isClawback = isClosed || it.FinalAccounts is not null;
        var decided = new CostsDisallowed(
            it.Disallowances.Count + 1, command.Amount, command.DecidedOn, command.Reference.Trim(), command.Reason.Trim(),
            command.RepayBy ?? (isClawback ? Settlement.RepayBy(dossier.Agreement, command.DecidedOn) : null), command.Category, isClawback);
        return isClosed && !dossier.Evolve(decided, new(dossier.Sequence + 1, on.Now, on.By.Id)).Grant.Balances.Remaining.IsZero
            ? new Accepted([decided, new SettlementReopened(decided.Number)])
            : decided;
    }

    internal static Decision Decide(Dossier dossier, WithdrawDisallowance command, Occasion on)
    {
        if (dossier.Grant.Disallowances.ElementAtOrDefault(command.Number - 1) is not { } it)
            return new Refused("no-such-disallowance", RefusalKind.NotFound, ("number", command.Number));
        if (it.Withdrawn is { } done)
            return it.WithdrawnBy == on.By.Id && done.Reason == command.Reason.Trim() ? new Nothing() : new Refused("disallowance-withdrawn", ("number", command.Number));
        if (command.Reason.Trim().Length is 0 or > 2000)
            return Refused.Invalid(new Fault("/reason", "text-length", ("max", 2000)));
        return it.IsRepaid(dossier) ? new Refused("disallowance-repaid", ("number", command.Number), ("amount", it.Decision.Amount)) : new DisallowanceWithdrawn(command.Number, command.Reason.Trim());
    }

    /// <summary>Whether something of it was paid back: of what is claimed, its part; of what has no day of its own, so much that it would be too much without it.</summary>
    public bool IsRepaid(Dossier dossier)
    {
        var without = Evolve(dossier.Grant, new DisallowanceWithdrawn(Decision.Number, ""), new(dossier.Sequence + 1, dossier.LastAt, By)).Balances.Remaining;
        return Part(Settlement.Parts(dossier)) > Part(Settlement.Outstanding(dossier)) || without.IsNegative && without < dossier.Grant.Balances.Remaining;
    }

    Kronor Part(IReadOnlyList<RepaymentPart> parts) => parts.Where(p => p.Disallowance == Decision.Number).Sum(p => p.Amount);
}
