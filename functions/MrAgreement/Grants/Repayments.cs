using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>Prepares to pay back what was not spent.</summary>
/// <param name="Amount">At most what remains, rounded to whole kronor.</param>
/// <param name="Reference">Our own reference, put on the payment.</param>
/// <param name="Bankgiro">Where the payer wants it; this, <paramref name="Plusgiro"/> or neither, where nobody has said so yet.</param>
public sealed record PrepareRepayment(Kronor Amount, string Reference, Bankgiro? Bankgiro = null, Plusgiro? Plusgiro = null)
    : GrantCommand(Act.PrepareRepayment);

public sealed record AttestRepayment(int Number) : NumberedCommand(Act.AttestRepayment, Number);

/// <summary>Takes a repayment back that nobody has paid: it is not to be paid any more.</summary>
public sealed record WithdrawRepayment(int Number, string Reason) : NumberedCommand(Act.WithdrawRepayment, Number);

public sealed record RepaymentPrepared(int Number, Kronor Amount, string Reference, Bankgiro? Bankgiro = null, Plusgiro? Plusgiro = null)
    : GrantEvent;

public sealed record RepaymentAttested(int Number) : GrantEvent;

public sealed record RepaymentWithdrawn(int Number, string Reason) : GrantEvent;

public enum RepaymentStatus
{
    Prepared,
    Attested,

    /// <summary>A payment out has carried it out.</summary>
    Done,

    /// <summary>Taken back before it was paid.</summary>
    Withdrawn,

    /// <summary>Sent back by whoever should have attested it.</summary>
    SentBack
}

/// <summary>Unspent money on its way back.</summary>
/// <param name="Number">From 1, within the agreement.</param>
public sealed record Repayment(int Number, Kronor Amount, string Reference, RepaymentStatus Status, PersonId PreparedBy, long Touched)
{
    public PersonId? AttestedBy { get; init; }
    public LocalDate? AttestedOn { get; init; }
    public PersonId? WithdrawnBy { get; init; }
    public string? WithdrawalReason { get; init; }

    /// <summary>That it was sent back, and why; null where it was not.</summary>
    public Undone? Undone { get; init; }

    /// <summary>Where it is to be paid; null where nobody has said so.</summary>
    public Bankgiro? Bankgiro { get; init; }

    public Plusgiro? Plusgiro { get; init; }

    /// <summary>Whether it is still to be paid: neither carried out nor taken back.</summary>
    public bool IsOpen => Status is RepaymentStatus.Prepared or RepaymentStatus.Attested;

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        RepaymentPrepared e => it with { Repayments = it.Repayments.Add(new(e.Number, e.Amount, e.Reference, RepaymentStatus.Prepared,
            recorded.By, recorded.Sequence) { Bankgiro = e.Bankgiro, Plusgiro = e.Plusgiro }) },
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
            && (r.Amount, r.Reference, r.Bankgiro, r.Plusgiro) == (command.Amount, command.Reference.Trim(), command.Bankgiro,
            command.Plusgiro));

    /// <summary>What stands against an act on repayments, or on one of them, as things are; null for nothing.</summary>
    internal static Refused? Against(Grant it, Act act, Subject of, Occasion on) => act == Act.PrepareRepayment
        ? Beyond(it, Kronor.Smallest)
        : (act, it.Repayments.Find(of.Number)) switch
        {
            (_, null) => NoSuch(of.Number),
            (_, { Status: RepaymentStatus.Withdrawn }) => new("repayment-withdrawn", ("number", of.Number)),
            (Act.AttestRepayment, { Status: RepaymentStatus.SentBack }) => Preparations.Gone(PreparedKind.Repayment, of.Number),
            (Act.AttestRepayment, { PreparedBy: var by }) when by == on.By.Id => new("own-repayment", RefusalKind.Forbidden),
            (Act.AttestRepayment, { Status: RepaymentStatus.Prepared }) => null,
            (Act.AttestRepayment, { } other) => new("already-attested", ("number", other.Number), ("status", other.Status)),
            (_, { Status: RepaymentStatus.Done }) => new("repayment-paid", ("number", of.Number),
                ("payment", it.Standing(PaymentDirection.Out).First(p => p.Repayment == of.Number).Number)),
            _ => null
        };

    static Refused? Beyond(Grant it, Kronor amount)
    {
        var left = it.Balances.Remaining - it.Repayments.Where(r => r.IsOpen).Sum(r => r.Amount);
        return amount > Kronor.Greatest(left, left.ToWholeKronor())
            ? new("repayment-exceeds-unspent", ("amount", amount), ("left", left))
            : null;
    }

    internal static Decision Decide(Grant it, PrepareRepayment command, Occasion on)
    {
        var faults = new List<Fault>();
        if (!command.Amount.IsPositive)
            faults.Add(new("/amount", "amount-not-positive"));
        if (command.Bankgiro is not null && command.Plusgiro is not null)
            faults.Add(new("/bankgiro", "one-account"));
        faults.AddText("/reference", command.Reference, 35);
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (Same(it, command, on.By.Id) is not null)
            return new Nothing();
        if (Beyond(it, command.Amount) is { } beyond)
            return Beyond(it, Kronor.Smallest) is null ? beyond.NotSo() : beyond;
        return new RepaymentPrepared(it.Repayments.Count + 1, command.Amount, command.Reference.Trim(), command.Bankgiro,
            command.Plusgiro);
    }

    // Taken back, nothing more is done with it: what was done before is no retry any more.
    internal static Decision Decide(Grant it, AttestRepayment command, Occasion on) => it.Repayments.Find(command.Number) switch
    {
        { Status: not RepaymentStatus.Withdrawn, AttestedBy: { } by } when by == on.By.Id => new Nothing(),
        _ => Against(it, command.Act, command.Subject, on) ?? (Decision)new RepaymentAttested(command.Number)
    };

    internal static Decision Decide(Grant it, WithdrawRepayment command, Occasion on) => it.Repayments.Find(command.Number) switch
    {
        { WithdrawnBy: { } by, WithdrawalReason: var reason } when by == on.By.Id && reason == command.Reason.Trim() => new Nothing(),
        _ => Against(it, command.Act, command.Subject, on) ?? Refused.Text("/reason", command.Reason, 2000)
            ?? (Decision)new RepaymentWithdrawn(command.Number, command.Reason.Trim())
    };

    static Refused NoSuch(int number) => new("no-such-repayment", RefusalKind.NotFound, ("number", number));
}
