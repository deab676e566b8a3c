using System.Diagnostics;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>What somebody prepares and a colleague attests.</summary>
public enum PreparedKind
{
    Requisition,
    Adjustment,
    Repayment,
    Statement,
    AllocationReport
}

/// <summary>Does something with what was prepared and has not counted yet.</summary>
public abstract record PreparedCommand(Act Act, PreparedKind What, int Number, string Reason) : GrantCommand(Act)
{
    public override Subject Subject => SubjectOf(What, Number);

    /// <summary>How something that was prepared is named as the subject of an act.</summary>
    public static Subject SubjectOf(PreparedKind what, int number) => new(Json.NameOf(what), number);
}

/// <summary>Takes back what one's party has prepared, before the next hand: it was a mistake, or a colleague has sent it back.</summary>
public sealed record WithdrawPrepared(PreparedKind What, int Number, string Reason)
    : PreparedCommand(Act.WithdrawPrepared, What, Number, Reason);

/// <summary>Whoever should attest it sends it back instead, and says why.</summary>
public sealed record SendBackPrepared(PreparedKind What, int Number, string Reason)
    : PreparedCommand(Act.SendBackPrepared, What, Number, Reason);

/// <summary>The same of a report of what one's party has spent.</summary>
public sealed record WithdrawAllocationReport(int Number, string Reason)
    : PreparedCommand(Act.WithdrawAllocationReport, PreparedKind.AllocationReport, Number, Reason);

/// <inheritdoc cref="SendBackPrepared"/>
public sealed record SendBackAllocationReport(int Number, string Reason)
    : PreparedCommand(Act.SendBackAllocationReport, PreparedKind.AllocationReport, Number, Reason);

/// <summary>Something prepared is not to be attested any more.</summary>
public abstract record PreparedUndone(PreparedKind What, int Number, string Reason) : GrantEvent;

public sealed record PreparedWithdrawn(PreparedKind What, int Number, string Reason) : PreparedUndone(What, Number, Reason);

public sealed record PreparedSentBack(PreparedKind What, int Number, string Reason) : PreparedUndone(What, Number, Reason);

/// <summary>Why something that was prepared does not count: taken back, or sent back by whoever should have attested it.</summary>
/// <param name="IsSentBack">It waits for being prepared anew, or withdrawn.</param>
public sealed record Undone(bool IsSentBack, string Reason, PersonId By, Instant At);

/// <summary>What may be undone before it counts, whatever it is.</summary>
public static class Preparations
{
    /// <summary>Something that was prepared, as far as undoing it goes.</summary>
    /// <param name="HasLeft">The next hand has it: it counts, or has been sent.</param>
    /// <param name="Party">Whose it is, where that is not whoever may prepare the money.</param>
    readonly record struct State(PersonId PreparedBy, bool HasLeft, Undone? Undone, string? Party = null);

    /// <summary>Everything that was prepared of a kind, by its subject.</summary>
    public static IEnumerable<Subject> Subjects(Grant it, PreparedKind what) =>
        Enumerable.Range(1, Count(it, what)).Select(number => PreparedCommand.SubjectOf(what, number));

    /// <summary>Kinds of which an act may undo some. A repayment that is withdrawn has its own act.</summary>
    public static IReadOnlyList<PreparedKind> Kinds(Act act) => act switch
    {
        Act.WithdrawPrepared => [PreparedKind.Requisition, PreparedKind.Adjustment, PreparedKind.Statement],
        Act.SendBackPrepared => [PreparedKind.Requisition, PreparedKind.Adjustment, PreparedKind.Repayment, PreparedKind.Statement],
        _ => [PreparedKind.AllocationReport]
    };

    /// <summary>Who has prepared it; null when there is none.</summary>
    public static PersonId? PreparedBy(Grant it, Subject of) => Find(it, of)?.State.PreparedBy;

    /// <summary>What stands against undoing something as things are; null for nothing.</summary>
    internal static Refused? Against(Grant it, Act act, Subject of, Occasion on)
    {
        if (Find(it, of) is not var (kind, state) || !Kinds(act).Contains(kind)
            || state.Party is { } party && party != on.By.Party)
            return new("no-such-preparation", RefusalKind.NotFound, ("number", of.Number));
        return state switch
        {
            { HasLeft: true } => new("preparation-gone-on", ("number", of.Number), ("kind", kind)),
            { Undone.IsSentBack: false } => Gone(kind, of.Number),
            { Undone.IsSentBack: true } when IsSendingBack(act) => Gone(kind, of.Number),
            { PreparedBy: var by } when IsSendingBack(act) && by == on.By.Id => new("own-preparation", RefusalKind.Forbidden),
            _ => null
        };
    }

    /// <summary>What an act on something says that was withdrawn or sent back.</summary>
    internal static Refused Gone(PreparedKind kind, int number) => new("preparation-undone", ("number", number), ("kind", kind));

    internal static Decision Decide(Grant it, PreparedCommand command, Occasion on)
    {
        var reason = command.Reason.Trim();
        if (Find(it, command.Subject)?.State.Undone is { } done && done.By == on.By.Id && done.Reason == reason
            && done.IsSentBack == IsSendingBack(command.Act))
            return new Nothing();
        return Against(it, command.Act, command.Subject, on) ?? Refused.Text("/reason", command.Reason, 2000) ?? (Decision)(
            IsSendingBack(command.Act) ? new PreparedSentBack(command.What, command.Number, reason)
            : new PreparedWithdrawn(command.What, command.Number, reason));
    }

    internal static Grant Evolve(Grant it, PreparedUndone happened, Recorded recorded)
    {
        var (index, undone) = (happened.Number - 1, new Undone(happened is PreparedSentBack, happened.Reason, recorded.By, recorded.At));
        return happened.What switch
        {
            PreparedKind.Requisition => Requisition.With(it, happened.Number, r => r with
            {
                Status = undone.IsSentBack ? RequisitionStatus.SentBack : RequisitionStatus.Withdrawn, Undone = undone,
                Touched = recorded.Sequence
            }),
            PreparedKind.Adjustment => it with
            {
                Adjustments = it.Adjustments.SetItem(index, it.Adjustments[index] with { Undone = undone, Touched = recorded.Sequence })
            },
            PreparedKind.Repayment => Repayment.With(it, happened.Number, r => r with
            {
                Status = RepaymentStatus.SentBack, Undone = undone, Touched = recorded.Sequence
            }),
            PreparedKind.Statement => it with
            {
                Statements = it.Statements.SetItem(index, it.Statements[index] with { Undone = undone, Touched = recorded.Sequence })
            },
            PreparedKind.AllocationReport => it with
            {
                AllocationReports = it.AllocationReports.SetItem(index, it.AllocationReports[index] with
                {
                    Status = undone.IsSentBack ? AllocationReportStatus.SentBack : AllocationReportStatus.Withdrawn, Undone = undone,
                    Touched = recorded.Sequence
                })
            },
            _ => throw new UnreachableException($"No next state for {happened}.")
        };
    }

    /// <summary>Of the money: sent back, and neither prepared anew nor withdrawn since, so that somebody has it to do. A report of spend
    /// is owed as long as none stands.</summary>
    public static IEnumerable<(PreparedKind What, int Number, Undone Undone)> ToRedo(Grant it) =>
        it.Requisitions.Where(r => r.Status == RequisitionStatus.SentBack
            && !it.Requisitions.Exists(later => later.Number > r.Number && later.Instalment == r.Instalment))
            .Select(r => (PreparedKind.Requisition, r.Number, r.Undone!))
        .Concat(it.Adjustments.Where(a => a.Undone is { IsSentBack: true }
            && !it.Adjustments.Exists(later => later.Number > a.Number && later.Kind == a.Kind))
            .Select(a => (PreparedKind.Adjustment, a.Number, a.Undone!)))
        .Concat(it.Repayments.Where(r => r.Status == RepaymentStatus.SentBack && !it.Repayments.Exists(later => later.Number > r.Number))
            .Select(r => (PreparedKind.Repayment, r.Number, r.Undone!)))
        .Concat(it.Statements.Where(s => s.Undone is { IsSentBack: true }
            && !it.Statements.Exists(later => later.Number > s.Number && later.IsOf(s.Kind, s.Period)))
            .Select(s => (PreparedKind.Statement, s.Number, s.Undone!)));

    static bool IsSendingBack(Act act) => act is Act.SendBackPrepared or Act.SendBackAllocationReport;

    static int Count(Grant it, PreparedKind what) => what switch
    {
        PreparedKind.Requisition => it.Requisitions.Count,
        PreparedKind.Adjustment => it.Adjustments.Count,
        PreparedKind.Repayment => it.Repayments.Count,
        PreparedKind.Statement => it.Statements.Count,
        PreparedKind.AllocationReport => it.AllocationReports.Count,
        _ => 0
    };

    static (PreparedKind Kind, State State)? Find(Grant it, Subject of)
    {
        var kinds = Enum.GetValues<PreparedKind>().Where(kind => Json.NameOf(kind) == of.Key).ToList();
        return kinds is [var kind] && of.Number >= 1 && of.Number <= Count(it, kind) ? (kind, Of(it, kind, of.Number - 1)) : null;
    }

    static State Of(Grant it, PreparedKind kind, int index) => kind switch
    {
        PreparedKind.Requisition => it.Requisitions[index] is var r
            ? new(r.PreparedBy, r is { IsInPreparation: false, Undone: null }, r.Undone) : default,
        PreparedKind.Adjustment => it.Adjustments[index] is var a ? new(a.PreparedBy, a.AttestedBy is not null, a.Undone) : default,
        PreparedKind.Repayment => it.Repayments[index] is var r
            ? new(r.PreparedBy, r.Status is not (RepaymentStatus.Prepared or RepaymentStatus.SentBack), r.Undone) : default,
        PreparedKind.Statement => it.Statements[index] is var s ? new(s.PreparedBy, s.AttestedBy is not null, s.Undone) : default,
        PreparedKind.AllocationReport => it.AllocationReports[index] is var r
            ? new(r.PreparedBy, r.AttestedBy is not null, r.Undone, r.Party) : default,
        _ => throw new UnreachableException($"{kind} is not prepared.")
    };
}
