using System.Diagnostics;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Money;
using NodaTime;

namespace MrAgreement.Grants;

public enum InstalmentStatus
{
    Decided,
    Conditional,
    Released,
    Lapsed
}

/// <summary>The condition is met: the instalment may be requisitioned.</summary>
/// <param name="Amount">When the decision allots another amount than was intended.</param>
/// <param name="RequisitionDueOn">Last day to requisition it.</param>
/// <param name="RepayBy">Last day to pay back what is unspent of it, when the decision sets one.</param>
public sealed record ReleaseInstalment(
    string Instalment, LocalDate DecidedOn, string Reference, LocalDate RequisitionDueOn, string? RiksdagReference = null, Kronor? Amount = null,
    Appropriation? Appropriation = null, LocalDate? RepayBy = null, IReadOnlyList<string>? Conditions = null) : GrantCommand;

/// <summary>The condition will not be met.</summary>
public sealed record LapseInstalment(string Instalment, string Reason) : GrantCommand;

public sealed record InstalmentReleased(
    string Instalment, LocalDate DecidedOn, string Reference, LocalDate RequisitionDueOn, string? RiksdagReference, Kronor Amount,
    Appropriation? Appropriation, LocalDate? RepayBy, IReadOnlyList<string>? Conditions) : GrantEvent;

public sealed record InstalmentLapsed(string Instalment, string Reason) : GrantEvent;

/// <summary>A year's part of the grant.</summary>
/// <param name="Condition">What must happen before it is decided; null when it is decided from signature.</param>
public sealed record Instalment(string Key, Kronor Amount, InstalmentStatus Status, string? Condition, LocalDate? RequisitionDueOn, Appropriation? Appropriation, long Touched)
{
    public InstalmentReleased? Released { get; init; }
    public string? LapseReason { get; init; }

    /// <summary>Nothing more is to be paid on it.</summary>
    public bool IsPaid(Grant grant) => Status == InstalmentStatus.Lapsed || (Status != InstalmentStatus.Conditional && grant.Received(Key) >= Amount);

    internal static Instalment Stated(InstalmentTerms terms, long sequence) =>
        new(terms.Key, terms.Amount, terms.Condition is null ? InstalmentStatus.Decided : InstalmentStatus.Conditional, terms.Condition, terms.RequisitionDueOn, terms.Appropriation, sequence);

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        InstalmentReleased e => With(it, e.Instalment, i => i with
        {
            Status = InstalmentStatus.Released,
            Amount = e.Amount,
            RequisitionDueOn = e.RequisitionDueOn,
            Appropriation = e.Appropriation ?? i.Appropriation,
            Released = e,
            Touched = recorded.Sequence
        }),
        InstalmentLapsed e => With(it, e.Instalment, i => i with { Status = InstalmentStatus.Lapsed, LapseReason = e.Reason, Touched = recorded.Sequence }),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    static Grant With(Grant it, string key, Func<Instalment, Instalment> change) =>
        it with { Instalments = it.Instalments.SetItem(it.Instalments.FindIndex(i => i.Key == key), change(it.Instalment(key)!)) };

    internal static Decision Decide(Grant it, ReleaseInstalment command)
    {
        if (it.Instalment(command.Instalment) is not { } instalment)
            return NoSuch(command.Instalment);
        if (instalment.Status != InstalmentStatus.Conditional)
            return new Refused("instalment-not-conditional", ("instalment", instalment.Key), ("status", instalment.Status));
        var faults = DateRange.Faults(("/decidedOn", command.DecidedOn), ("/requisitionDueOn", command.RequisitionDueOn), ("/repayBy", command.RepayBy)).ToList();
        if (command.Reference.Trim().Length is 0 or > 200)
            faults.Add(new("/reference", "text-length", ("max", 200)));
        if (command.RiksdagReference is { Length: > 200 })
            faults.Add(new("/riksdagReference", "text-length", ("max", 200)));
        if (command.Amount is { IsPositive: false })
            faults.Add(new("/amount", "amount-not-positive"));
        if (command.RequisitionDueOn < command.DecidedOn)
            faults.Add(new("/requisitionDueOn", "period-reversed", ("earliest", command.DecidedOn)));
        if (command.RepayBy < command.RequisitionDueOn)
            faults.Add(new("/repayBy", "period-reversed", ("earliest", command.RequisitionDueOn)));
        if (command.Appropriation is { } appropriation)
            faults.AddRange(GrantCheck.Faults(appropriation, "/appropriation"));
        return faults.Count > 0
            ? Refused.Invalid([.. faults])
            : new InstalmentReleased(command.Instalment, command.DecidedOn, command.Reference, command.RequisitionDueOn, command.RiksdagReference,
                command.Amount ?? instalment.Amount, command.Appropriation, command.RepayBy, command.Conditions);
    }

    internal static Decision Decide(Grant it, LapseInstalment command)
    {
        if (it.Instalment(command.Instalment) is not { } instalment)
            return NoSuch(command.Instalment);
        if (instalment.Status != InstalmentStatus.Conditional)
            return new Refused("instalment-not-conditional", ("instalment", instalment.Key), ("status", instalment.Status));
        return command.Reason.Trim().Length is 0 or > 2000
            ? Refused.Invalid(new Fault("/reason", "text-length", ("max", 2000)))
            : new InstalmentLapsed(command.Instalment, command.Reason);
    }

    static Refused NoSuch(string key) => new("no-such-instalment", RefusalKind.NotFound, ("instalment", key));
}
