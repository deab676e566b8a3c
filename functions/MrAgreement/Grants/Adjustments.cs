using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>Why the figures are adjusted; each adjustment is an entry of its own.</summary>
public enum AdjustmentKind
{
    /// <summary>A cost that arose in another period than it was booked (periodisering); signed.</summary>
    Accrual,

    /// <summary>A correction of a cost; signed.</summary>
    Correction,

    /// <summary>A cost that a recorded decision does not accept; positive, and counts no more.</summary>
    Disallowed,

    /// <summary>Costs beyond the grant that the recipient bears itself; positive.</summary>
    OwnFinancing,

    /// <summary>What rounding to whole kronor leaves; signed, added to the balance, at most 50 öre. Source: lag (1970:1029) 2 §.</summary>
    Rounding,

    /// <summary>Other income of the project (fees, say); shown gross, and reduces no cost unless the terms say so.</summary>
    OtherIncome
}

/// <param name="Voucher">The voucher that it concerns, when there is one.</param>
/// <param name="Category">The cost category that it concerns; null when it concerns none in particular.</param>
/// <param name="IsSure">If not, whoever prepares it is asked first about days that
/// may be a slip, and a rounding that brings nothing to whole kronor.</param>
public sealed record PrepareAdjustment(
    AdjustmentKind Kind, Kronor Amount, DateSpan Period, string? Voucher, string Reason, string? Category = null, bool IsSure = true)
        : GrantCommand(Act.PrepareAdjustment);

public sealed record AttestAdjustment(int Number) : NumberedCommand(Act.AttestAdjustment, Number);

public sealed record AdjustmentPrepared(int Number, AdjustmentKind Kind, Kronor Amount, DateSpan Period, string? Voucher, string Reason,
    string? Category = null) : GrantEvent;

/// <param name="NextVersion">True when the final accounts stood: it moves nothing until a new version of them has it.</param>
public sealed record AdjustmentAttested(int Number, bool? NextVersion = null) : GrantEvent;

/// <summary>An adjustment; counts once somebody else has attested it.</summary>
/// <param name="Number">From 1, within the agreement.</param>
public sealed record Adjustment(
    int Number, AdjustmentKind Kind, Kronor Amount, DateSpan Period, string? Voucher, string Reason, string? Category, PersonId PreparedBy,
    long Touched)
{
    internal static readonly Kronor MostRounding = Kronor.FromÖre(50);

    public PersonId? AttestedBy { get; init; }

    /// <summary>Why nobody attests it; null where somebody has, or may.</summary>
    public Undone? Undone { get; init; }

    /// <summary>Whether it waits for a colleague.</summary>
    public bool IsWaiting => AttestedBy is null && Undone is null;

    /// <summary>Whether it waits for a new version of the final accounts, that the grantor accepts.</summary>
    public bool IsForNextVersion { get; init; }

    /// <summary>What it does to the costs that the grant bears.</summary>
    public Kronor CostEffect => EffectOf(Kind, Amount);

    internal static Kronor EffectOf(AdjustmentKind kind, Kronor amount) => kind switch
    {
        AdjustmentKind.Accrual or AdjustmentKind.Correction => amount,
        AdjustmentKind.Disallowed or AdjustmentKind.OwnFinancing => -amount,
        AdjustmentKind.Rounding or AdjustmentKind.OtherIncome => Kronor.Zero
    };

    /// <summary>Moves or corrects a cost, on the days that it concerns.</summary>
    bool IsOfCosts => Kind is AdjustmentKind.Accrual or AdjustmentKind.Correction;

    /// <summary>Whether it is a cost on none of these days.</summary>
    internal bool IsOutside(DateSpan? days) => days is not null && IsOfCosts && (Period.To < days.From || Period.From > days.To);

    /// <summary>Whether it is a cost on some of a statement's days and on others besides: all of it counts on its last one.</summary>
    internal bool Straddles(DateSpan stated) =>
        IsOfCosts && Period.From <= stated.To && Period.To >= stated.From && (Period.From < stated.From || Period.To > stated.To);

    /// <summary>What may be meant so, or be a slip.</summary>
    /// <param name="costDays">On which costs are the agreement's.</param>
    /// <param name="remaining">The balance as long as nobody has attested it.</param>
    public IEnumerable<Fault> Doubts(DateSpan costDays, Kronor remaining)
    {
        if (IsOfCosts && (Period.From < costDays.From || Period.To > costDays.To))
            yield return new("/sure", "adjustment-outside-agreement", ("from", costDays.From), ("to", costDays.To));
        if (Kind == AdjustmentKind.Rounding && AttestedBy is null && !Rounds(remaining, Amount))
            yield return new("/sure", "rounding-other-way", ("amount", Amount), ("remaining", remaining));
    }

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        AdjustmentPrepared e => it with { Adjustments = it.Adjustments.Add(new(e.Number, e.Kind, e.Amount, e.Period, e.Voucher, e.Reason,
            e.Category, recorded.By, recorded.Sequence)) },
        AdjustmentAttested e => it with
        {
            Adjustments = it.Adjustments.SetItem(e.Number - 1, it.Adjustments[e.Number - 1] with
            {
                AttestedBy = recorded.By, IsForNextVersion = e.NextVersion == true, Touched = recorded.Sequence
            })
        },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    /// <summary>What the same person has already prepared in the same words, and nobody has attested yet.</summary>
    public static Adjustment? Same(Grant it, PrepareAdjustment command, PersonId by) =>
        it.Adjustments.Find(a => a.IsWaiting && a.PreparedBy == by
            && (a.Kind, a.Amount, a.Period, a.Voucher, a.Reason, a.Category) == (command.Kind, command.Amount, command.Period,
            command.Voucher, command.Reason.Trim(), command.Category));

    internal static Decision Decide(Grant it, DateSpan costDays, PrepareAdjustment command, Occasion on)
    {
        var faults = DateRange.Faults(("/period/from", command.Period.From), ("/period/to", command.Period.To)).ToList();
        var signed = command.Kind is AdjustmentKind.Accrual or AdjustmentKind.Correction or AdjustmentKind.Rounding;
        if (command.Amount.IsZero || (!signed && command.Amount.IsNegative))
            faults.Add(new("/amount", signed ? "adjustment-zero" : "amount-not-positive"));
        if (command.Kind == AdjustmentKind.Rounding && command.Amount.Absolute > MostRounding)
            faults.Add(new("/amount", "rounding-too-large"));
        if (command.Period.From > command.Period.To)
            faults.Add(new("/period", "period-reversed", ("earliest", command.Period.From)));
        faults.AddText("/reason", command.Reason, 2000);
        faults.AddOptionalText("/voucher", command.Voucher, 100);
        if (command.Category is { } category && !it.KnowsCategory(category))
            faults.Add(new("/category", "category-unknown", ("category", category)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (Same(it, command, on.By.Id) is not null)
            return new Nothing();
        var waiting = it.Adjustments.Where(a => a.IsWaiting).Sum(a => Kronor.Greatest(Kronor.Zero, a.CostEffect));
        if (Unfit(it, command.Kind, command.Amount, waiting) is { } unfit)
            return unfit.NotSo();
        var prepared = new Adjustment(it.Adjustments.Count + 1, command.Kind, command.Amount, command.Period, command.Voucher,
            command.Reason.Trim(), command.Category, on.By.Id, 0);
        return !command.IsSure && prepared.Doubts(costDays, it.Balances.Remaining).ToList() is { Count: > 0 } doubts
            ? Refused.Invalid(doubts)
            : new AdjustmentPrepared(prepared.Number, prepared.Kind, prepared.Amount, prepared.Period, prepared.Voucher, prepared.Reason,
            prepared.Category);
    }

    /// <summary>What stands against an act on adjustments, or on one of them, as things are; null for nothing.</summary>
    internal static Refused? Against(Grant it, Act act, Subject of, Occasion on) => act == Act.PrepareAdjustment
        ? null
        : it.Adjustments.Find(of.Number) switch
        {
            null => new("no-such-adjustment", RefusalKind.NotFound, ("number", of.Number)),
            { Undone: not null } => Preparations.Gone(PreparedKind.Adjustment, of.Number),
            { PreparedBy: var by } when by == on.By.Id => new("own-adjustment", RefusalKind.Forbidden),
            { AttestedBy: null } a => Unfit(it, a.Kind, a.Amount, Kronor.Zero),
            _ => new("already-attested", ("number", of.Number), ("status", "attested"))
        };

    internal static Decision Decide(Grant it, AttestAdjustment command, Occasion on)
    {
        var adjustment = it.Adjustments.Find(command.Number);
        if (adjustment?.AttestedBy == on.By.Id)
            return new Nothing();
        return Against(it, command.Act, command.Subject, on)
            ?? (Decision)new AdjustmentAttested(command.Number, Settles(it, adjustment!.Kind, adjustment.Amount) ? null : true);
    }

    // From the final accounts on the recipient alone moves only what is rounded, and
    // what it bears itself beyond the grant or of what it has paid back too much.
    static bool Settles(Grant it, AdjustmentKind kind, Kronor amount) => it.FinalAccounts is null || kind switch
    {
        AdjustmentKind.Rounding => true,
        AdjustmentKind.OwnFinancing =>
            amount <= Kronor.Greatest(Kronor.Zero, it.Costs - it.Usable(it.Balances.Received))
            + Kronor.Greatest(Kronor.Zero, -it.Balances.Remaining),
        AdjustmentKind.Accrual or AdjustmentKind.Correction or AdjustmentKind.Disallowed or AdjustmentKind.OtherIncome => false
    };

    // No cost goes below zero, nor is more borne than it costs; of an accrual in two halves
    // the one that adds comes first. After the final accounts rounding lets go of the öre
    // beyond whole kronor, and in all of no more than one rounding may, either way, however often it is done.
    static Refused? Unfit(Grant it, AdjustmentKind kind, Kronor amount, Kronor waiting)
    {
        var (costs, remaining) = (Kronor.Greatest(Kronor.Zero, it.OpenCosts) + waiting, it.Balances.Remaining);
        if (EffectOf(kind, amount).IsNegative && (costs + EffectOf(kind, amount)).IsNegative)
            return new("adjustment-exceeds-costs", ("amount", amount.Absolute), ("costs", costs));
        if (kind != AdjustmentKind.Rounding || it.RoundedSince is null)
            return null;
        if (it.FinalAccounts is not null && amount.IsNegative && !Rounds(remaining, amount))
            return new("nothing-to-round", ("amount", amount), ("remaining", remaining));
        var rounded = Rounded(it);
        // Where more was rounded in an older log, less of it is a way back.
        return (rounded + amount).Absolute is var after && after > MostRounding && after >= rounded.Absolute
            ? new("rounding-in-all-too-large", ("amount", amount), ("rounded", rounded))
            : null;
    }

    // Since the final accounts were first submitted, or the grantor last changed their costs; taking them back begins no new sum.
    static Kronor Rounded(Grant it) =>
        it.Attested.Where(a => a.Kind == AdjustmentKind.Rounding && a.Touched > it.RoundedSince).Sum(a => a.Amount);

    // Towards the nearest whole krona and not past it; half a krona may go either way.
    static bool Rounds(Kronor balance, Kronor by)
    {
        var off = balance - balance.ToWholeKronor();
        return by.Absolute <= off.Absolute && (off.Absolute == MostRounding || off.IsNegative != by.IsNegative);
    }
}
