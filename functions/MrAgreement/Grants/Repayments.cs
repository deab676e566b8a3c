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

/// <summary>Takes a repayment back that nobody has paid: it is not to be paid any more.</summary>
public sealed record WithdrawRepayment(int Number, string Reason) : GrantCommand;

public sealed record RepaymentPrepared(int Number, Kronor Amount, string Reference) : GrantEvent;

public sealed record RepaymentAttested(int Number) : GrantEvent;

public sealed record RepaymentWithdrawn(int Number, string Reason) : GrantEvent;

public enum RepaymentStatus
{
    Prepared,
    Attested,

    /// <summary>A payment out has carried it out.</summary>
    Done,

    /// <summary>Taken back before it was paid.</summary>
    Withdrawn
}

/// <summary>Unspent money on its way back.</summary>
/// <param name="Number">From 1, within the agreement.</param>
public sealed record Repayment(int Number, Kronor Amount, string Reference, RepaymentStatus Status, PersonId PreparedBy, long Touched)
{
    public PersonId? AttestedBy { get; init; }
    public LocalDate? AttestedOn { get; init; }
    public PersonId? WithdrawnBy { get; init; }
    public string? WithdrawalReason { get; init; }

    /// <summary>Whether it is still to be paid: neither carried out nor taken back.</summary>
    public bool IsOpen => Status is RepaymentStatus.Prepared or RepaymentStatus.Attested;

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        RepaymentPrepared e => it with { Repayments = it.Repayments.Add(new(e.Number, e.Amount, e.Reference, RepaymentStatus.Prepared,
            recorded.By, recorded.Sequence)) },
        RepaymentAttested e => With(it, e.Number, r => r with
        {
            Status = RepaymentStatus.Attested, AttestedBy = recorded.By, AttestedOn = StockholmTime.DateOf(recorded.At),
            Touched = recorded.Sequence
        }),
        RepaymentWithdrawn e => With(it, e.Number, r => r with
        {
            Status = RepaymentStatus.Withdrawn, WithdrawnBy = recorded.By, WithdrawalReason = e.Reason, Touched = recorded.Sequence
        }),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    internal static Grant With(Grant it, int number, Func<Repayment, Repayment> change) =>
        it with { Repayments = it.Repayments.SetItem(number - 1, change(it.Repayments[number - 1])) };

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
        var left = it.Balances.Remaining - it.Repayments.Where(r => r.IsOpen).Sum(r => r.Amount);
        return command.Amount > Kronor.Greatest(left, left.ToWholeKronor())
            ? new Refused("repayment-exceeds-unspent", ("amount", command.Amount), ("left", left))
            : new RepaymentPrepared(it.Repayments.Count + 1, command.Amount, command.Reference.Trim());
    }

    // Taken back, nothing more is done with it: what was done before is no retry any more.
    internal static Decision Decide(Grant it, AttestRepayment command, Occasion on) => Find(it, command.Number) switch
    {
        null => NoSuch(command.Number),
        { Status: RepaymentStatus.Withdrawn } => IsWithdrawn(command.Number),
        { AttestedBy: { } by } when by == on.By.Id => new Nothing(),
        { PreparedBy: var by } when by == on.By.Id => new Refused("own-repayment", RefusalKind.Forbidden),
        { Status: RepaymentStatus.Prepared } => new RepaymentAttested(command.Number),
        { } other => new Refused("already-attested", ("number", other.Number), ("status", other.Status))
    };

    internal static Decision Decide(Grant it, WithdrawRepayment command, Occasion on) => Find(it, command.Number) switch
    {
        null => NoSuch(command.Number),
        { WithdrawnBy: { } by, WithdrawalReason: var reason } when by == on.By.Id && reason == command.Reason.Trim() => new Nothing(),
        { Status: RepaymentStatus.Withdrawn } => IsWithdrawn(command.Number),
        { Status: RepaymentStatus.Done } => new Refused("repayment-paid", ("number", command.Number),
            ("payment", it.Standing(PaymentDirection.Out).First(p => p.Repayment == command.Number).Number)),
        _ when command.Reason.Trim().Length is 0 or > 2000 => Refused.Invalid(new Fault("/reason", "text-length", ("max", 2000))),
        _ => new RepaymentWithdrawn(command.Number, command.Reason.Trim())
    };

    static Repayment? Find(Grant it, int number) => number >= 1 && number <= it.Repayments.Count ? it.Repayments[number - 1] : null;

    static Refused NoSuch(int number) => new("no-such-repayment", RefusalKind.NotFound, ("number", number));

    static Refused IsWithdrawn(int number) => new("repayment-withdrawn", ("number", number));
}
