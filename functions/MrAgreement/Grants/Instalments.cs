using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

public enum InstalmentStatus
{
    Decided,
    Conditional,
    Released,
    Lapsed
}

/// <summary>The condition will not be met.</summary>
public sealed record LapseInstalment(string Instalment, string Reason) : InstalmentCommand(Act.LapseInstalment, Instalment);

public sealed record InstalmentLapsed(string Instalment, string Reason) : GrantEvent;

/// <summary>Takes back a lapse that was recorded by mistake: the instalment waits for its condition again.</summary>
public sealed record WithdrawLapse(string Instalment, string Reason) : InstalmentCommand(Act.WithdrawLapse, Instalment);

public sealed record LapseWithdrawn(string Instalment, string Reason) : GrantEvent;

/// <summary>An amendment has raised what is agreed on.</summary>
/// <param name="Instalment">Key of the instalment; null for the whole grant.</param>
public sealed record AgreedAmountRaised(string? Instalment, Kronor Amount) : GrantEvent;

/// <summary>An amendment has given an instalment other terms; what is absent stays as it was.</summary>
/// <param name="Amendment">Number of the amendment.</param>
/// <param name="Unconditional">True when it has no condition any more.</param>
public sealed record InstalmentAmended(int Amendment, string Instalment, Kronor? Amount = null, string? Condition = null,
    bool? Unconditional = null, LocalDate? RequisitionDueOn = null) : GrantEvent;

/// <summary>A year's part of the grant.</summary>
/// <param name="Condition">What must happen before it is decided; null when it is decided from signature.</param>
public sealed record Instalment(string Key, Kronor Amount, InstalmentStatus Status, string? Condition, LocalDate? RequisitionDueOn,
    Appropriation? Appropriation, long Touched)
{
    /// <summary>The most that a decision may release: as the terms have it, or an amendment since.</summary>
    public Kronor Agreed { get; init; } = Amount;

    /// <summary>Numbers of the amendments that have given it other terms.</summary>
    public ImmutableList<int> Amendments { get; init; } = [];

    public InstalmentReleased? Released { get; init; }

    /// <summary>Why its release was taken back; null when it was not, or was released anew.</summary>
    public string? WithdrawalReason { get; init; }

    public string? LapseReason { get; init; }

    /// <summary>Nothing more is to be paid on it: all is, it has lapsed, or its last requisition was ended.</summary>
    public bool IsPaid(Grant grant) =>
        Status == InstalmentStatus.Lapsed || (Status != InstalmentStatus.Conditional && (grant.Received(Key) >= Amount || IsEnded(grant)));

    bool IsEnded(Grant grant) => grant.Requisitions.FindAll(r => r.Instalment == Key
        && r.IsUnderWay) is [.., { Status: RequisitionStatus.Ended }] own
        && own.TrueForAll(r => grant.LeftToPay(r).IsZero);

    /// <summary>What is still to come of it. Where nothing more is requisitioned: what was, and has not been paid.</summary>
    /// <param name="isBarred">Whether the agreement has ended so that nothing more may be requisitioned.</param>
    public Kronor Awaited(Grant it, bool isBarred) => it switch
    {
        _ when Status == InstalmentStatus.Lapsed => Kronor.Zero,
        var grant when isBarred || IsEnded(grant) => grant.Requisitioned(Key) - grant.Received(Key),
        var grant => Kronor.Greatest(Kronor.Zero, Amount - grant.Received(Key))
    };

    /// <summary>Whether it was decided and nothing of it was requisitioned before the agreement ended.</summary>
    /// <param name="isBarred">Whether the agreement has ended so that nothing more may be requisitioned.</param>
    public bool IsNeverRequisitioned(Grant it, bool isBarred) =>
        Status is InstalmentStatus.Decided or InstalmentStatus.Released && isBarred && it.Requisitioned(Key).IsZero;

    internal static Instalment Stated(InstalmentTerms terms, long sequence) =>
        new(terms.Key, terms.Amount, terms.Condition is null ? InstalmentStatus.Decided : InstalmentStatus.Conditional, terms.Condition,
            terms.RequisitionDueOn, terms.Appropriation, sequence);

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        InstalmentReleased e => Releasing(it, e, recorded),
        ReleaseCorrected e => Releasing(it, e.Release, recorded),
        ReleaseWithdrawn e => With(it, e.Instalment,
            i => Stated(it.Stated(i.Key), recorded.Sequence) with { Amount = i.Agreed, Agreed = i.Agreed, WithdrawalReason = e.Reason,
                Amendments = i.Amendments }),
        AgreedAmountRaised { Instalment: null } e => it with { AgreedTotal = e.Amount },
        // What is released stays as it was decided.
        AgreedAmountRaised { Instalment: { } key } e => With(it, key, i => i with
        {
            Agreed = e.Amount,
            Amount = i.Status is InstalmentStatus.Decided or InstalmentStatus.Conditional ? e.Amount : i.Amount,
            Touched = recorded.Sequence
        }),
        InstalmentAmended e => With(it with { Terms = Amended(it.Terms!, e) }, e.Instalment, i => i with
        {
            Agreed = e.Amount ?? i.Agreed,
            Amount = e.Amount ?? i.Amount,
            Condition = e.Unconditional is true ? null : e.Condition ?? i.Condition,
            Status = e.Unconditional is true ? InstalmentStatus.Decided : e.Condition is null ? i.Status : InstalmentStatus.Conditional,
            RequisitionDueOn = e.RequisitionDueOn ?? i.RequisitionDueOn,
            Amendments = i.Amendments.Add(e.Amendment),
            Touched = recorded.Sequence
        }),
        InstalmentLapsed e => With(it, e.Instalment,
            i => i with { Status = InstalmentStatus.Lapsed, LapseReason = e.Reason, Touched = recorded.Sequence }),
        LapseWithdrawn e => With(it, e.Instalment,
            i => i with { Status = InstalmentStatus.Conditional, Amount = i.Agreed, LapseReason = null, Touched = recorded.Sequence }),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    static GrantTerms Amended(GrantTerms terms, InstalmentAmended by) => terms with
    {
        Instalments = [.. terms.Instalments.Select(i => i.Key != by.Instalment ? i : i with
        {
            Amount = by.Amount ?? i.Amount,
            Condition = by.Unconditional is true ? null : by.Condition ?? i.Condition,
            RequisitionDueOn = by.RequisitionDueOn ?? i.RequisitionDueOn
        })]
    };

    static Grant Releasing(Grant it, InstalmentReleased e, Recorded recorded) => With(it, e.Instalment, i => i with
    {
        Status = InstalmentStatus.Released,
        Amount = e.Amount,
        RequisitionDueOn = e.RequisitionDueOn,
        Appropriation = e.Appropriation ?? it.Stated(i.Key).Appropriation,
        Released = e,
        WithdrawalReason = null,
        Touched = recorded.Sequence
    });

    static Grant With(Grant it, string key, Func<Instalment, Instalment> change) =>
        it with { Instalments = it.Instalments.SetItem(it.Instalments.FindIndex(i => i.Key == key), change(it.Instalment(key)!)) };

    internal static Refused? NotConditional(Instalment it) => it.Status == InstalmentStatus.Conditional
        ? null
        : new("instalment-not-conditional", ("instalment", it.Key), ("status", it.Status));

    // Once final accounts rest on a lapse it stands.
    internal static Refused? AgainstWithdrawing(Grant it, Instalment of) => of.Status != InstalmentStatus.Lapsed
        ? new("instalment-not-lapsed", ("instalment", of.Key), ("status", of.Status))
        : it.FinalAccounts is { } standing && of.Touched < standing.Sequence ? new("lapse-settled", ("instalment", of.Key)) : null;

    internal static Decision Decide(LapseInstalment command) => Refused.Text("/reason", command.Reason, 2000)
        ?? (Decision)new InstalmentLapsed(command.Instalment, command.Reason);

    internal static Decision Decide(WithdrawLapse command) => Refused.Text("/reason", command.Reason, 2000)
        ?? (Decision)new LapseWithdrawn(command.Instalment, command.Reason);

    internal static Refused NoSuch(string key) => new("no-such-instalment", RefusalKind.NotFound, ("instalment", key));
}
