using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Money;
using NodaTime;

namespace MrAgreement.Grants;

/// <summary>What happens to an agreement's money.</summary>
// Stored for ever: add cases; never rename, remove or reuse one (docs/decisions/0002).
[JsonDerivedType(typeof(GrantOpened), "grant-opened")]
[JsonDerivedType(typeof(InstalmentReleased), "instalment-released")]
[JsonDerivedType(typeof(InstalmentLapsed), "instalment-lapsed")]
[JsonDerivedType(typeof(RequisitionPrepared), "requisition-prepared")]
[JsonDerivedType(typeof(RequisitionAttested), "requisition-attested")]
[JsonDerivedType(typeof(RequisitionDispatched), "requisition-dispatched")]
[JsonDerivedType(typeof(RequisitionReceived), "requisition-received")]
[JsonDerivedType(typeof(RequisitionRefused), "requisition-refused")]
[JsonDerivedType(typeof(PaymentRecorded), "payment-recorded")]
[JsonDerivedType(typeof(PaymentConfirmed), "payment-confirmed")]
[JsonDerivedType(typeof(AdjustmentPrepared), "adjustment-prepared")]
[JsonDerivedType(typeof(AdjustmentAttested), "adjustment-attested")]
[JsonDerivedType(typeof(RepaymentPrepared), "repayment-prepared")]
[JsonDerivedType(typeof(RepaymentAttested), "repayment-attested")]
[JsonDerivedType(typeof(FinalAccountsFixed), "final-accounts-fixed")]
[JsonDerivedType(typeof(FinalAccountsReopened), "final-accounts-reopened")]
public abstract record GrantEvent : Event;

/// <summary>The money of the terms; recorded with the agreement's creation.</summary>
public sealed record GrantOpened(GrantTerms Terms) : GrantEvent;

/// <summary>The final accounts were submitted: what they report is accepted from here on, less what is disallowed later.</summary>
public sealed record FinalAccountsFixed(Kronor Costs) : GrantEvent;

/// <summary>The final accounts were returned or withdrawn: the ledger and the adjustments tell again.</summary>
public sealed record FinalAccountsReopened : GrantEvent;

/// <summary>The money at one moment; always remaining = received − used − repaid + rounding.</summary>
/// <param name="Decided">Instalments decided or released.</param>
/// <param name="Conditional">Instalments that still wait for their condition; never shown as decided.</param>
/// <param name="Used">Grant-financed costs, at most what was received.</param>
public sealed record Balances(Kronor Decided, Kronor Conditional, Kronor Received, Kronor Used, Kronor Repaid, Kronor Rounding, Kronor Remaining);

/// <summary>A grant as its events have left it.</summary>
public sealed record Grant
{
    public static readonly Grant None = new();

    public GrantTerms? Terms { get; init; }
    public ImmutableList<Instalment> Instalments { get; init; } = [];
    public ImmutableList<Requisition> Requisitions { get; init; } = [];
    public ImmutableList<Payment> Payments { get; init; } = [];
    public ImmutableList<Adjustment> Adjustments { get; init; } = [];
    public ImmutableList<Repayment> Repayments { get; init; } = [];

    /// <summary>Costs by the final accounts, once those are submitted; then adjustments attested earlier are part of them.</summary>
    public FinalAccounts? FinalAccounts { get; init; }

    public long Touched { get; init; }

    /// <summary>What the grant may be used for: attested adjustments; own financing bears its part, disallowed costs count no more.</summary>
    public Kronor Costs => FinalAccounts is { } final
        ? Kronor.Greatest(Kronor.Zero, final.Costs + Adjusted(Adjustments.Where(a => a.Touched > final.Sequence)))
        : Kronor.Greatest(Kronor.Zero, Adjusted(Adjustments));

    public Balances Balances
    {
        get
        {
            var received = Payments.Where(p => p.Direction == PaymentDirection.In).Sum(p => p.Amount);
            var repaid = Payments.Where(p => p.Direction == PaymentDirection.Out).Sum(p => p.Amount);
            var used = Kronor.Least(Costs, received);
            var rounding = Attested(Adjustments).Where(a => a.Kind == AdjustmentKind.Rounding).Sum(a => a.Amount);
            return new(
                Instalments.Where(i => i.Status is InstalmentStatus.Decided or InstalmentStatus.Released).Sum(i => i.Amount),
                Instalments.Where(i => i.Status == InstalmentStatus.Conditional).Sum(i => i.Amount),
                received, used, repaid, rounding, received - used - repaid + rounding);
        }
    }

    public Instalment? Instalment(string key) => Instalments.Find(i => i.Key == key);

    /// <summary>What has been requisitioned of an instalment and not refused.</summary>
    public Kronor Requisitioned(string instalment) => Requisitions.Where(r => r.Instalment == instalment && r.Status != RequisitionStatus.Refused).Sum(r => r.Amount);

    /// <summary>What has been received on an instalment's requisitions.</summary>
    public Kronor Received(string instalment) =>
        Payments.Where(p => p.Direction == PaymentDirection.In && p.Requisition is { } n && Requisitions[n - 1].Instalment == instalment).Sum(p => p.Amount);

    /// <summary>What was received on a requisition.</summary>
    public Kronor Received(Requisition requisition) =>
        Payments.Where(p => p.Direction == PaymentDirection.In && p.Requisition == requisition.Number).Sum(p => p.Amount);

    public static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => Changed(it, happened, recorded) with { Touched = recorded.Sequence };

    static Grant Changed(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        GrantOpened e => new() { Terms = e.Terms, Instalments = [.. e.Terms.Instalments.Select(i => Grants.Instalment.Stated(i, recorded.Sequence))] },
        InstalmentReleased or InstalmentLapsed => Grants.Instalment.Evolve(it, happened, recorded),
        RequisitionEvent e => Requisition.Evolve(it, e, recorded),
        PaymentRecorded or PaymentConfirmed => Payment.Evolve(it, happened, recorded),
        AdjustmentPrepared or AdjustmentAttested => Adjustment.Evolve(it, happened, recorded),
        RepaymentPrepared or RepaymentAttested => Repayment.Evolve(it, happened, recorded),
        FinalAccountsFixed e => it with { FinalAccounts = new(e.Costs, recorded.At, recorded.Sequence) },
        FinalAccountsReopened => it with { FinalAccounts = null },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    static IEnumerable<Adjustment> Attested(IEnumerable<Adjustment> adjustments) => adjustments.Where(a => a.AttestedBy is not null);

    static Kronor Adjusted(IEnumerable<Adjustment> adjustments) => Attested(adjustments).Sum(a => a.CostEffect);
}

/// <summary>The costs that the final accounts report.</summary>
/// <param name="Sequence">Place in the log: adjustments attested after it are decisions on the final accounts.</param>
public sealed record FinalAccounts(Kronor Costs, Instant At, long Sequence);
