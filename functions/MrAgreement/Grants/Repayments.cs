using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.EventSourcing;
using MrAgreement.Money;
using MrAgreement.Parties;
using NodaTime;

namespace MrAgreement.Grants;

/// <summary>Prepares to pay back what was not spent.</summary>
/// <param name="Amount">At most what remains, rounded to whole kronor.</param>
/// <param name="Reference">Our own reference, put on the payment.</param>
public sealed record PrepareRepayment(Kronor Amount, string Reference) : GrantCommand;

public sealed record AttestRepayment(int Number) : GrantCommand;

public sealed record RepaymentPrepared(int Number, Kronor Amount, string Reference) : GrantEvent;

public sealed record RepaymentAttested(int Number) : GrantEvent;

public enum RepaymentStatus
{
    Prepared,
    Attested,

    /// <summary>A payment out has carried it out.</summary>
    Done
}

/// <summary>Unspent money on its way back.</summary>
/// <param name="Number">From 1, within the agreement.</param>
public sealed record Repayment(int Number, Kronor Amount, string Reference, RepaymentStatus Status, PersonId PreparedBy, long Touched)
{
    public PersonId? AttestedBy { get; init; }
    public LocalDate? AttestedOn { get; init; }

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        RepaymentPrepared e => it with { Repayments = it.Repayments.Add(new(e.Number, e.Amount, e.Reference, RepaymentStatus.Prepared,
            recorded.By, recorded.Sequence)) },
        RepaymentAttested e => it with
        {
            Repayments = it.Repayments.SetItem(e.Number - 1, it.Repayments[e.Number - 1] with
            {
                Status = RepaymentStatus.Attested, AttestedBy = recorded.By, AttestedOn = StockholmTime.DateOf(recorded.At),
                Touched = recorded.Sequence
            })
        },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    /// <summary>What the same person has already prepared in the same words, and nobody has attested yet.</summary>
    public static Repayment? Same(Grant it, PrepareRepayment command, PersonId by) =>
        it.Repayments.Find(r => r.Status == RepaymentStatus.Prepared && r.PreparedBy == by
            && (r.Amount, r.Reference) == (command.Amount, command.Reference.Trim()));

    internal static Decision Decide(Grant it, PrepareRepayment command, Occasion on)
    {
        var faults = new List<Fault>();
        if (!command.Amount.IsPositive)
            faults.Add(new("/amount", "amount-not-positive"));
        if (command.Reference.Trim().Length is 0 or > 35)
            faults.Add(new("/reference", "text-length", ("max", 35)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (Same(it, command, on.By.Id) is not null)
            return new Nothing();
        var left = it.Balances.Remaining - it.Repayments.Where(r => r.Status != RepaymentStatus.Done).Sum(r => r.Amount);
        return command.Amount > Kronor.Greatest(left, left.ToWholeKronor())
            ? new Refused("repayment-exceeds-unspent", ("amount", command.Amount), ("left", left))
            : new RepaymentPrepared(it.Repayments.Count + 1, command.Amount, command.Reference.Trim());
    }

    internal static Decision Decide(Grant it, AttestRepayment command, Occasion on) =>
        (command.Number >= 1 && command.Number <= it.Repayments.Count ? it.Repayments[command.Number - 1] : null) switch
        {
            null => new Refused("no-such-repayment", RefusalKind.NotFound, ("number", command.Number)),
            { AttestedBy: { } by } when by == on.By.Id => new Nothing(),
            { PreparedBy: var by } when by == on.By.Id => new Refused("own-repayment", RefusalKind.Forbidden),
            { Status: RepaymentStatus.Prepared } => new RepaymentAttested(command.Number),
            { } other => new Refused("already-attested", ("number", other.Number), ("status", other.Status))
        };
}
