using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.EventSourcing;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Reconciliations;
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
[JsonDerivedType(typeof(PaymentReversed), "payment-reversed")]
[JsonDerivedType(typeof(LedgerImported), "ledger-imported")]
[JsonDerivedType(typeof(CategoriesMapped), "categories-mapped")]
[JsonDerivedType(typeof(BudgetSet), "budget-set")]
[JsonDerivedType(typeof(StatementPrepared), "statement-prepared")]
[JsonDerivedType(typeof(StatementAttested), "statement-attested")]
[JsonDerivedType(typeof(StatementSubmitted), "statement-submitted")]
[JsonDerivedType(typeof(ExceptionWaived), "exception-waived")]
[JsonDerivedType(typeof(BankFileImported), "bank-file-imported")]
[JsonDerivedType(typeof(TransactionMatched), "transaction-matched")]
[JsonDerivedType(typeof(TransactionDismissed), "transaction-dismissed")]
public abstract record GrantEvent : Event;

/// <summary>The money of the terms; recorded with the agreement's creation.</summary>
public sealed record GrantOpened(GrantTerms Terms) : GrantEvent;

/// <summary>The final accounts were submitted: what they report is accepted from here on, less what is disallowed later.</summary>
/// <param name="Statement">The statement that says so; null when they were submitted without one, and the costs are those of the log.</param>
public sealed record FinalAccountsFixed(Kronor Costs, int? Statement = null) : GrantEvent;

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
    public ImmutableList<BankImport> BankImports { get; init; } = [];
    public Ledger Ledger { get; init; } = Ledger.None;
    public CategoryMap Categories { get; init; } = CategoryMap.None;
    public ImmutableList<BudgetLine> Budget { get; init; } = [];
    public ImmutableList<BudgetLine> Forecast { get; init; } = [];
    public ImmutableList<Statement> Statements { get; init; } = [];
    public ImmutableList<WaivedException> WaivedExceptions { get; init; } = [];

    /// <summary>Costs by the final accounts, once those are submitted; adjustments attested before they were drawn up are part of them.</summary>
    public FinalAccounts? FinalAccounts { get; init; }

    public long Touched { get; init; }

    public IEnumerable<Adjustment> Attested => Adjustments.Where(a => a.AttestedBy is not null);

    /// <summary>
    /// What the project has cost: what is booked within the eligible period and what attested adjustments add; own financing bears its part, disallowed costs count no more.
    /// Once the final accounts are submitted, what they say, and what was decided on them since.
    /// </summary>
    public Kronor Costs => Kronor.Greatest(Kronor.Zero, FinalAccounts is { } final
        ? final.Costs + Attested.Where(a => a.Touched > final.Sequence).Sum(a => a.CostEffect)
        : Ledger.Costs + Attested.Sum(a => a.CostEffect));

    public Balances Balances
    {
        get
        {
            var received = Standing(PaymentDirection.In).Sum(p => p.Amount);
            var repaid = Standing(PaymentDirection.Out).Sum(p => p.Amount);
            var used = Kronor.Least(Costs, received);
            var rounding = Attested.Where(a => a.Kind == AdjustmentKind.Rounding).Sum(a => a.Amount);
            return new(
                Instalments.Where(i => i.Status is InstalmentStatus.Decided or InstalmentStatus.Released).Sum(i => i.Amount),
                Instalments.Where(i => i.Status == InstalmentStatus.Conditional).Sum(i => i.Amount),
                received, used, repaid, rounding, received - used - repaid + rounding);
        }
    }

    public BankImport? BankImport(Guid import) => BankImports.Find(i => i.Read.File.Import == import);

    public Instalment? Instalment(string key) => Instalments.Find(i => i.Key == key);

    /// <summary>Whether a cost category by that key is in the terms or in the map of accounts.</summary>
    public bool KnowsCategory(string key) => Terms?.Categories?.Any(c => c.Key == key) == true || Categories.Lines.Exists(line => line.Category == key);

    /// <summary>Payments that have not been reversed.</summary>
    public IEnumerable<Payment> Standing(PaymentDirection direction) => Payments.Where(p => p.Direction == direction && p.Reversed is null);

    /// <summary>What has been requisitioned of an instalment and not refused.</summary>
    public Kronor Requisitioned(string instalment) => Requisitions.Where(r => r.Instalment == instalment && r.Status != RequisitionStatus.Refused).Sum(r => r.Amount);

    /// <summary>What has been received on an instalment's requisitions.</summary>
    public Kronor Received(string instalment) =>
        Standing(PaymentDirection.In).Where(p => p.Requisition is { } n && Requisitions[n - 1].Instalment == instalment).Sum(p => p.Amount);

    /// <summary>What was received on a requisition.</summary>
    public Kronor Received(Requisition requisition) =>
        Standing(PaymentDirection.In).Where(p => p.Requisition == requisition.Number).Sum(p => p.Amount);

    public static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => Changed(it, happened, recorded) with { Touched = recorded.Sequence };

    static Grant Changed(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        GrantOpened e => new()
        {
            Terms = e.Terms,
            Instalments = [.. e.Terms.Instalments.Select(i => Grants.Instalment.Stated(i, recorded.Sequence))],
            Categories = CategoryMap.Stated(e.Terms.Categories)
        },
        InstalmentReleased or InstalmentLapsed => Grants.Instalment.Evolve(it, happened, recorded),
        RequisitionEvent e => Requisition.Evolve(it, e, recorded),
        PaymentRecorded or PaymentConfirmed or PaymentReversed => Payment.Evolve(it, happened, recorded),
        AdjustmentPrepared or AdjustmentAttested => Adjustment.Evolve(it, happened, recorded),
        RepaymentPrepared or RepaymentAttested => Repayment.Evolve(it, happened, recorded),
        // A statement knows nothing of what was attested after it was drawn up.
        FinalAccountsFixed e => it with { FinalAccounts = new(e.Costs, recorded.At, e.Statement is { } number ? it.Statements[number - 1].Sequence : recorded.Sequence) },
        FinalAccountsReopened => it with { FinalAccounts = null },
        LedgerImported e => it with { Ledger = Ledger.Evolve(it.Ledger, e, it.Terms?.Eligible, recorded) },
        BankFileImported or TransactionMatched or TransactionDismissed => Banking.BankImport.Evolve(it, happened, recorded),
        CategoriesMapped e => it with { Categories = new(it.Categories.Version + 1, [.. e.Lines]) },
        BudgetSet e => BudgetDecisions.Evolve(it, e),
        StatementPrepared or StatementAttested or StatementSubmitted => Statement.Evolve(it, happened, recorded),
        ExceptionWaived e => it with { WaivedExceptions = it.WaivedExceptions.Add(new(e, recorded.By, recorded.At)) },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };
}

/// <summary>The costs that the final accounts report.</summary>
/// <param name="Sequence">Place in the log where they were drawn up: adjustments attested after it are not in them.</param>
public sealed record FinalAccounts(Kronor Costs, Instant At, long Sequence);
