using System.Diagnostics;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>The grantor decides that a cost is not accepted; once the final accounts are in, that is a clawback (återkrav).</summary>
/// <param name="Amount">At most the costs that are still accepted.</param>
/// <param name="Reference">Of the decision.</param>
/// <param name="RepayBy">Last day to pay it back; null for the day of the repayment, or for thirty days when that has passed.</param>
/// <param name="Category">The cost category that it concerns; null when it concerns none in particular.</param>
/// <param name="IsSure">If not, whoever records it is asked first about a last day that is far off.</param>
public sealed record DisallowCosts(Kronor Amount, LocalDate DecidedOn, string Reference, string Reason, LocalDate? RepayBy,
    string? Category, bool IsSure = true) : GrantCommand(Act.DisallowCosts);

/// <summary>A cost was disallowed by a decision: it counts no more from that day on.</summary>
/// <param name="IsClawback">Decided after the final accounts: what was settled is claimed back.</param>
public sealed record CostsDisallowed(int Number, Kronor Amount, LocalDate DecidedOn, string Reference, string Reason, LocalDate? RepayBy,
    string? Category, bool IsClawback) : GrantEvent;

/// <summary>Takes a decision back that was a mistake, as long as nothing was paid back of it: the settlement counts as before.</summary>
public sealed record WithdrawDisallowance(int Number, string Reason) : NumberedCommand(Act.WithdrawDisallowance, Number);

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

    /// <summary>Whether a statement that was drawn up before it has the cost in
    /// it still; what is claimed back is settled without a new one.</summary>
    public bool Concerns(Statement statement) =>
        !Decision.IsClawback && Sequence > statement.Sequence && Decision.DecidedOn >= statement.Period.From
            && Decision.DecidedOn <= statement.Period.To;

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        // Öre that a decision on costs leaves are rounded by themselves.
        CostsDisallowed e => it with
        {
            Disallowances = it.Disallowances.Add(new(e, recorded.By, recorded.Sequence)),
            RoundedSince = it.RoundedSince is null ? null : recorded.Sequence
        },
        DisallowanceWithdrawn e => it with
        {
            Disallowances = it.Disallowances.SetItem(e.Number - 1,
                it.Disallowances[e.Number - 1] with { Withdrawn = e, WithdrawnBy = recorded.By, WithdrawnAt = recorded.Sequence })
        },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    /// <summary>What the same person has already decided in the same words.</summary>
    public static Disallowance? Same(Grant it, DisallowCosts command, PersonId by) =>
        it.Disallowances.Find(d => d.Withdrawn is null && d.By == by
            && (d.Decision.Amount, d.Decision.DecidedOn, d.Decision.Reference) == (command.Amount, command.DecidedOn,
            command.Reference.Trim())
            && (d.Decision.Reason, d.Decision.Category) == (command.Reason.Trim(), command.Category)
            // Where no day is given one may have been set.
            && (command.RepayBy is null || command.RepayBy == d.Decision.RepayBy));
}
