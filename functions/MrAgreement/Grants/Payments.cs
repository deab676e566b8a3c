using System.Diagnostics;
using MrAgreement.Banking;
using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Parties;
using Days = NodaTime.Period;

namespace MrAgreement.Grants;

public enum PaymentDirection
{
    /// <summary>Paid to the recipient.</summary>
    In,

    /// <summary>Paid back.</summary>
    Out
}

/// <summary>Records a payment by hand.</summary>
/// <param name="Requisition">The requisition that it pays; absent when the amount tells, or when there is none.</param>
/// <param name="IsSure">If not, whoever records it is asked first about what is not as it was requisitioned, or to be paid back.</param>
/// <param name="Repayment">The repayment that it carries out; absent when amount and reference tell, or when there is none.</param>
public sealed record RecordPayment(PaymentDirection Direction, LocalDate PaidOn, Kronor Amount, string Reference, int? Requisition,
    bool IsSure = true, int? Repayment = null) : GrantCommand(Act.RecordPayment);

/// <param name="Side">Which side recorded it: the payer's or the recipient's.</param>
/// <param name="Repayment">The prepared repayment that it carries out.</param>
public sealed record PaymentRecorded(
    int Number, PaymentDirection Direction, LocalDate PaidOn, Kronor Amount, string Reference, int? Requisition, int? Repayment,
    PartyRole Side) : GrantEvent;

/// <summary>The other side has recorded the same payment: it counts once, confirmed from both sides.</summary>
/// <param name="Requisition">The requisition that it pays, when only this side says so.</param>
public sealed record PaymentConfirmed(int Number, LocalDate PaidOn, string Reference, PartyRole Side, int? Requisition = null) : GrantEvent;

/// <summary>The other side says that it knows of no such payment, or of another.</summary>
public sealed record ContestPayment(int Number, string Reason) : NumberedCommand(Act.ContestPayment, Number);

/// <param name="Party">Key of the party that contests it.</param>
public sealed record PaymentContested(int Number, string Party, string Reason) : GrantEvent;

/// <summary>Takes back a payment that did not stand: a bank reversed it, or it was recorded by mistake.</summary>
/// <param name="On">The day from which it counts no more.</param>
public sealed record ReversePayment(int Number, LocalDate On, string Reason) : NumberedCommand(Act.ReversePayment, Number);

/// <summary>The payment counts no more; it stays on record.</summary>
/// <param name="Party">Who took it back; null in older events: whoever had recorded it.</param>
public sealed record PaymentReversed(int Number, LocalDate On, string Reason, string? Party = null) : GrantEvent;

/// <summary>Money that was moved.</summary>
/// <param name="Number">From 1, within the agreement.</param>
public sealed record Payment(
    int Number, PaymentDirection Direction, LocalDate PaidOn, Kronor Amount, string Reference, int? Requisition, int? Repayment,
    PartyRole Side, PersonId By, long Touched)
{
    /// <summary>Place in the log where it was recorded.</summary>
    public long Sequence { get; init; }

    public PersonId? ConfirmedBy { get; init; }

    /// <summary>What the other side has recorded of it; null until then.</summary>
    public PaymentConfirmed? Confirmed { get; init; }

    /// <summary>Place in the log where the other side did; null until then.</summary>
    public long? ConfirmedAt { get; init; }

    /// <summary>What the other side says is not right; null for nothing, and once it has confirmed it after all.</summary>
    public Contest? Contested { get; init; }

    /// <summary>The transaction of a bank's file that is this payment, or takes it back; null until one has been seen.</summary>
    public TransactionMatched? Bank { get; init; }

    /// <summary>Null while it stands.</summary>
    public PaymentReversed? Reversed { get; init; }

    public PersonId? ReversedBy { get; init; }

    /// <summary>Place in the log where it was reversed; null while it stands.</summary>
    public long? ReversedAt { get; init; }

    /// <summary>Number of the set-off that it is one half of; null for money that was moved.</summary>
    public int? SetOff { get; init; }

    /// <summary>Whether it counts at the end of a day.</summary>
    public bool CountsOn(LocalDate day) => PaidOn <= day && !(Reversed?.On <= day);

    /// <summary>Whether only the side that recorded it knows of it: neither the other side nor a bank's file has told of it.</summary>
    public bool IsUnconfirmed => this is { Confirmed: null, Bank: null, Reversed: null, SetOff: null };

    /// <summary>Whether the two sides say different things of it.</summary>
    public bool IsContested => Contested is not null && IsUnconfirmed;

    /// <summary>How far apart the two sides may book a transfer.</summary>
    public const int DaysApart = 5;

    static readonly Days SameTransfer = Days.FromDays(DaysApart);

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        PaymentRecorded e => Settled(
            it with
            {
                Payments = it.Payments.Add(new(e.Number, e.Direction, e.PaidOn, e.Amount, e.Reference, e.Requisition, e.Repayment, e.Side,
                    recorded.By, recorded.Sequence) { Sequence = recorded.Sequence })
            },
            e.Requisition, e.Repayment, recorded),
        PaymentConfirmed e => Settled(
            it with
            {
                Payments = it.Payments.SetItem(e.Number - 1, it.Payments[e.Number - 1] with
                {
                    Confirmed = e, ConfirmedBy = recorded.By, ConfirmedAt = recorded.Sequence, Contested = null,
                    Requisition = it.Payments[e.Number - 1].Requisition ?? e.Requisition,
                    Touched = recorded.Sequence
                })
            },
            e.Requisition, null, recorded),
        PaymentContested e => it with
        {
            Payments = it.Payments.SetItem(e.Number - 1, it.Payments[e.Number - 1] with
            {
                Contested = new(e.Party, e.Reason, recorded.By, recorded.At), Touched = recorded.Sequence
            })
        },
        PaymentReversed e => Unsettled(
            it with { Payments = it.Payments.SetItem(e.Number - 1,
                it.Payments[e.Number - 1] with { Reversed = e, ReversedBy = recorded.By, ReversedAt = recorded.Sequence,
                    Touched = recorded.Sequence }) },
            it.Payments[e.Number - 1], recorded),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    /// <summary>Without a bank's word for it: what that confirmed or reversed is as before.</summary>
    internal static Grant LetGo(Grant it, int number, MatchedByWhom match, Recorded recorded)
    {
        var (payment, isConfirmed) = (it.Payments[number - 1], match.Brought(it.Payments[number - 1].ConfirmedAt));
        var isReversed = match.Brought(payment.ReversedAt);
        // The requisition that only the confirmation named.
        var named = isConfirmed ? payment.Confirmed!.Requisition : null;
        if (named is not null)
            it = Unsettled(it, payment with { Repayment = null }, recorded);
        var after = it with
        {
            Payments = it.Payments.SetItem(number - 1, payment with
            {
                Bank = it.BankImports.SelectMany(i => i.Matches.Values).Where(m => m.Match.Payments.Contains(number))
                    .MaxBy(m => m.Sequence)?.Match,
                Confirmed = isConfirmed ? null : payment.Confirmed, ConfirmedBy = isConfirmed ? null : payment.ConfirmedBy,
                ConfirmedAt = isConfirmed ? null : payment.ConfirmedAt, Requisition = named is null ? payment.Requisition : null,
                Reversed = isReversed ? null : payment.Reversed, ReversedBy = isReversed ? null : payment.ReversedBy,
                ReversedAt = isReversed ? null : payment.ReversedAt, Touched = recorded.Sequence
            })
        };
        return isReversed ? Settled(after, payment.Requisition, payment.Repayment, recorded) : after;
    }

    // What it had paid, or carried out, is as it was before.
    static Grant Unsettled(Grant it, Payment reversed, Recorded recorded)
    {
        if (reversed.Requisition is { } paid && it.Requisitions[paid - 1].Status == RequisitionStatus.Paid)
            it = Grants.Requisition.With(it, paid, r => r with
            {
                Status = r.ReceivedOn is null ? RequisitionStatus.Dispatched : RequisitionStatus.Received, Touched = recorded.Sequence
            });
        return reversed.Repayment is { } done
            ? Grants.Repayment.With(it, done, r => r with { Status = RepaymentStatus.Attested, Touched = recorded.Sequence })
            : it;
    }

    // What it pays in full, or carries out, is done with.
    internal static Grant Settled(Grant it, int? requisition, int? repayment, Recorded recorded)
    {
        if (requisition is { } paid && it.Received(it.Requisitions[paid - 1]) >= it.Requisitions[paid - 1].Amount)
            it = Grants.Requisition.With(it, paid, r => r with { Status = RequisitionStatus.Paid, Touched = recorded.Sequence });
        return repayment is { } done
            ? Grants.Repayment.With(it, done, r => r with { Status = RepaymentStatus.Done, Touched = recorded.Sequence })
            : it;
    }

    /// <summary>What the same side has already recorded, or confirmed, in the same words.</summary>
    public static Payment? Same(Grant it, RecordPayment command, PartyRole side)
    {
        var written = (command.PaidOn, command.Reference.Trim());
        return it.Payments.Find(p => p.MayBe(command)
            && (p.Side == side ? (p.PaidOn, p.Reference) == written : p.Confirmed is { } known
            && (known.PaidOn, known.Reference) == written));
    }

    /// <summary>What can't be right in what a side says of a payment.</summary>
    internal static IEnumerable<Fault> Faults(Grant it, PaymentDirection direction, LocalDate paidOn, string reference, int? requisition,
        LocalDate today)
    {
        foreach (var fault in DateRange.FaultsOfPast("/paidOn", paidOn, today))
            yield return fault;
        if (Fault.Text("/reference", reference, 140) is { } text)
            yield return text;
        if (direction == PaymentDirection.Out && requisition is not null)
            yield return new("/requisition", "requisition-of-repayment");
        if (requisition is { } wanted && (wanted < 1 || wanted > it.Requisitions.Count))
            yield return new("/requisition", "no-such-requisition", ("number", wanted));
    }

    /// <summary>What stands against paying an amount on a requisition, or null.</summary>
    internal static Refused? Against(Grant it, int? requisition, Kronor amount)
    {
        if (requisition is not { } number)
            return null;
        var requested = it.Requisitions[number - 1];
        if (!requested.IsUnderWay)
            return new("requisition-not-dispatched", ("number", number), ("status", requested.Status));
        var left = it.LeftToPay(requested);
        return amount > left ? new("payment-exceeds-requisition", ("number", number), ("amount", amount), ("left", left)) : null;
    }

    // Without a word of which requisition it pays, the only one under way with just that amount left is meant.
    internal static int? Fitting(Grant it, RecordPayment command) =>
        command.Direction == PaymentDirection.In
        && it.Requisitions.Where(r => r.Status is RequisitionStatus.Dispatched or RequisitionStatus.Received
        && it.LeftToPay(r) == command.Amount).ToList() is [var only]
            ? only.Number
            : null;

    // Each side has its own reference, and may or may not know the requisition:
    // the same transfer has the same amount on about the same day.
    internal bool MayBe(RecordPayment command) =>
        this is { Reversed: null, SetOff: null } && Direction == command.Direction && Amount == command.Amount
        && (Requisition == command.Requisition || Requisition is null || command.Requisition is null)
        && (Repayment == command.Repayment || Repayment is null || command.Repayment is null) && IsAbout(command.PaidOn);

    /// <summary>Whether a day is near enough to be that of the same transfer.</summary>
    internal bool IsAbout(LocalDate day) => PaidOn <= day + SameTransfer && day <= PaidOn + SameTransfer;
}

/// <summary>Confirms just that payment which the other side has recorded, as it stands.</summary>
/// <param name="PaidOn">The day on which this side booked it, some days apart at most.</param>
/// <param name="Reference">This side's own.</param>
/// <param name="Requisition">The requisition that it pays, when the other side didn't say; null when none.</param>
public sealed record ConfirmPayment(int Number, LocalDate PaidOn, string Reference, int? Requisition = null)
    : NumberedCommand(Act.ConfirmPayment, Number);
