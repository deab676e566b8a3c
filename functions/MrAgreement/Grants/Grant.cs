using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Banking;
using MrAgreement.Calendars;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Grants;

/// <summary>A grant as its events have left it.</summary>
public sealed record Grant
{
    public static readonly Grant None = new();

    public GrantTerms? Terms { get; init; }

    /// <summary>What the parties have agreed on in all: as the terms have it, or an amendment since.</summary>
    public Kronor AgreedTotal { get; init; }

    public ImmutableList<Instalment> Instalments { get; init; } = [];
    public ImmutableList<Requisition> Requisitions { get; init; } = [];
    public ImmutableList<Payment> Payments { get; init; } = [];
    public ImmutableList<SetOff> SetOffs { get; init; } = [];
    public ImmutableList<Adjustment> Adjustments { get; init; } = [];
    public ImmutableList<Repayment> Repayments { get; init; } = [];
    public ImmutableList<Disallowance> Disallowances { get; init; } = [];

    /// <summary>
    /// Place in the log from which roundings are summed: the first submission of
    /// final accounts, or what the grantor has done to the costs since (a new version
    /// accepted, a cost disallowed), which leaves öre of its own. Null before any.
    /// </summary>
    public long? RoundedSince { get; init; }
    public ImmutableList<BankImport> BankImports { get; init; } = [];

    /// <summary>Ledger and bank files that were the wrong ones; nothing of them counts.</summary>
    public ImmutableList<WithdrawnFile> WithdrawnFiles { get; init; } = [];

    public Ledger Ledger { get; init; } = Ledger.None;
    public CategoryMap Categories { get; init; } = CategoryMap.None;
    public ImmutableList<BudgetLine> Budget { get; init; } = [];

    /// <summary>Who set the budget as it is, and when; null while nobody has.</summary>
    public (PersonId By, Instant At)? BudgetSet { get; init; }

    public ImmutableList<BudgetLine> Forecast { get; init; } = [];
    public ImmutableList<Statement> Statements { get; init; } = [];
    public ImmutableList<WaivedException> WaivedExceptions { get; init; } = [];
    public ImmutableList<Allocation> Allocations { get; init; } = [];
    public ImmutableList<AllocationReport> AllocationReports { get; init; } = [];

    /// <summary>The costs that were submitted, in the place of the books, for those who see no others (Access/Sight); else null.</summary>
    public ImmutableList<Cost>? Told { get; init; }

    /// <summary>Costs by the final accounts, once those are submitted;
    /// adjustments attested before they were drawn up are part of them.</summary>
    public FinalAccounts? FinalAccounts { get; init; }

    public long Touched { get; init; }

    /// <summary>Whether the recipient charges the appropriation itself: nothing is requisitioned, paid or paid back.</summary>
    public bool IsRightToCharge => Terms?.Transfer == TransferKind.Dispositionsratt;

    /// <summary>Whether costs are what those who share report: with a right to
    /// charge, each charges on its own, and no one ledger has it all.</summary>
    public bool CostsAreReported => IsRightToCharge && Allocations.Count > 0;

    public IEnumerable<AllocationReport> CountedReports => AllocationReports.Where(r => r.Counts);

    /// <summary>
    /// The reports whose spending is a cost of the grant. With a right to charge
    /// those that count; of a grant that is paid what was last accepted of those
    /// whose costs the recipient's own ledger can't have, beside that ledger.
    /// </summary>
    public IEnumerable<AllocationReport> CostReports => CostsAreReported
        ? CountedReports
        : AllocationReports.Where(r => r.IsCost
        && !AllocationReports.Exists(later => later.IsCost && later.Number > r.Number && (later.Party, later.Year) == (r.Party, r.Year)));

    public IEnumerable<Adjustment> Attested => Adjustments.Where(a => a.AttestedBy is not null);

    /// <summary>Decisions on costs that have not been withdrawn.</summary>
    public IEnumerable<Disallowance> Disallowed => Disallowances.Where(d => d.Withdrawn is null);

    /// <summary>
    /// What the project has cost: what is booked within the eligible period, what those who share have reported,
    /// and what attested adjustments add; own financing bears its part, disallowed costs count no more.
    /// Once the final accounts are submitted, what they say, and what was decided
    /// on them since: of what the recipient alone attests, only what settles them.
    /// </summary>
    public Kronor Costs => Kronor.Greatest(Kronor.Zero,
        FinalAccounts is { } final ? final.Costs + DecidedAfter(final.Sequence) : OpenCosts);

    /// <summary>What the books, the reports and all that is attested come to, whatever final accounts say; may be below zero.</summary>
    public Kronor OpenCosts => Told is { } told
        ? told.Sum(c => c.Amount)
        : (CostsAreReported ? Kronor.Zero : Ledger.Costs) + CostReports.Sum(r => r.Spent) + DecidedAfter(0);

    /// <summary>What is booked in a period on days that the terms do not let count; null for nothing.</summary>
    internal Kronor? NotEligible(DateSpan period) =>
        Terms?.Eligible is { } days && !CostsAreReported && Ledger.CostsOutside(period, days) is { IsZero: false } outside ? outside : null;

    /// <summary>
    /// What adjustments and decisions on costs that came after final accounts
    /// were drawn up do to them; from 0 on, all there are. A decision that they
    /// have left out counts again when it is withdrawn.
    /// </summary>
    internal Kronor DecidedAfter(long sequence) =>
        Attested.Where(a => a.Touched > sequence && (sequence == 0 || !a.IsForNextVersion)).Sum(a => a.CostEffect)
        - Disallowed.Where(d => d.Sequence > sequence).Sum(d => d.Decision.Amount)
        + Disallowances.Where(d => d.Sequence <= sequence && d.WithdrawnAt > sequence).Sum(d => d.Decision.Amount);

    /// <summary>What may be used at most: what came in, or, with a right to charge, what is decided.</summary>
    public Kronor Usable(Kronor received) => IsRightToCharge ? Decided : received;

    /// <summary>What the appropriation itself has borne of what was used.</summary>
    public Kronor Charged(Kronor used) => IsRightToCharge ? used : Kronor.Zero;

    Kronor Decided => Instalments.Where(i => i.Status is InstalmentStatus.Decided or InstalmentStatus.Released).Sum(i => i.Amount);

    public Balances Balances
    {
        get
        {
            var received = Standing(PaymentDirection.In).Sum(p => p.Amount);
            var repaid = Standing(PaymentDirection.Out).Sum(p => p.Amount);
            var used = Kronor.Least(Costs, Usable(received));
            var rounding = Attested.Where(a => a.Kind == AdjustmentKind.Rounding).Sum(a => a.Amount);
            return new(
                Decided,
                Instalments.Where(i => i.Status == InstalmentStatus.Conditional).Sum(i => i.Amount),
                received, used, repaid, rounding, received + Charged(used) - used - repaid + rounding, Charged(used), Costs);
        }
    }

    /// <summary>What is to be paid back as it stands. Source: lag (1970:1029), whole kronor.</summary>
    public Kronor Payable => Kronor.Greatest(Kronor.Zero, Balances.Remaining).ToWholeKronor();

    /// <summary>Whether all that remains is öre too few to pay, or paid too
    /// many by whole kronor: an adjustment for rounding settles it.</summary>
    public bool IsToRound => Payable.IsZero && !Balances.Remaining.IsZero && Balances.Remaining.Absolute <= Adjustment.MostRounding;

    public BankImport? BankImport(Guid import) => BankImports.Find(i => i.Read.File.Import == import);

    /// <summary>The decision of that number; null when there is none, and for whoever sees their own share alone.</summary>
    public Disallowance? Disallowance(int number) => Disallowances.Find(number);

    public Instalment? Instalment(string key) => Instalments.Find(i => i.Key == key);

    /// <summary>An instalment as the terms have it.</summary>
    public InstalmentTerms Stated(string instalment) => Terms!.Instalments.First(i => i.Key == instalment);

    /// <summary>What is agreed on of an instalment, or in all when none is named.</summary>
    public Kronor Agreed(string? instalment) => instalment is null ? AgreedTotal : Instalment(instalment)?.Agreed ?? Kronor.Zero;

    /// <summary>Whether a cost category by that key is in the terms or in the map of accounts.</summary>
    public bool KnowsCategory(string key) =>
        Terms?.Categories?.Any(c => c.Key == key) == true || Categories.Lines.Exists(line => line.Category == key);

    /// <summary>What the terms, or the map of accounts, call a cost category; null where it has only its key.</summary>
    public string? CategoryTitle(string key) =>
        Terms?.Categories?.FirstOrDefault(c => c.Key == key)?.Title ?? Categories.Lines.Find(line => line.Category == key)?.Title;

    /// <summary>What a party has been allocated of one year, category and appropriation.</summary>
    public Kronor Allocated(string party, MakeAllocation like) =>
        Allocations.Where(a => (a.Made.Year, a.Made.Category, a.Made.Appropriation) == (like.Year, like.Category, like.Appropriation))
            .SelectMany(a => a.Made.Parts).Where(part => part.Party == party).Sum(part => part.Amount);

    /// <summary>Payments that have not been reversed.</summary>
    public IEnumerable<Payment> Standing(PaymentDirection direction) => Payments.Where(p => p.Direction == direction && p.Reversed is null);

    /// <summary>What has been requisitioned of an instalment: dispatched to the payer, and neither refused nor ended.</summary>
    public Kronor Requisitioned(string instalment) => Requisitions.Where(r => r.Instalment == instalment && r.IsUnderWay).Sum(Standing);

    // Of one that was ended, what was paid.
    Kronor Standing(Requisition requisition) => requisition.Status == RequisitionStatus.Ended ? Received(requisition) : requisition.Amount;

    /// <summary>What is prepared of an instalment and has not left the recipient.</summary>
    public Kronor InPreparation(string instalment) =>
        Requisitions.Where(r => r.Instalment == instalment && r.IsInPreparation).Sum(r => r.Amount);

    /// <summary>What no requisition asks for yet, dispatched or not.</summary>
    public Kronor LeftToRequisition(Instalment it) => it.Amount - Requisitioned(it.Key) - InPreparation(it.Key);

    /// <summary>What came in on no requisition, and so on no instalment.</summary>
    public Kronor ReceivedOnNone => Standing(PaymentDirection.In).Where(p => p.Requisition is null).Sum(p => p.Amount);

    /// <summary>What has been received on an instalment's requisitions.</summary>
    public Kronor Received(string instalment) =>
        Standing(PaymentDirection.In).Where(p => p.Requisition is { } n && Requisitions[n - 1].Instalment == instalment).Sum(p => p.Amount);

    /// <summary>What was received on a requisition.</summary>
    public Kronor Received(Requisition requisition) =>
        Standing(PaymentDirection.In).Where(p => p.Requisition == requisition.Number).Sum(p => p.Amount);

    /// <summary>What is still to be paid on a requisition.</summary>
    public Kronor LeftToPay(Requisition requisition) => Standing(requisition) - Received(requisition);

    public static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) =>
        Changed(it, happened, recorded) with { Touched = recorded.Sequence };

    static Grant Changed(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        GrantOpened e => new()
        {
            Terms = e.Terms,
            AgreedTotal = e.Terms.Total,
            Instalments = [.. e.Terms.Instalments.Select(i => Grants.Instalment.Stated(i, recorded.Sequence))],
            Categories = CategoryMap.Stated(e.Terms.Categories)
        },
        InstalmentReleased or InstalmentLapsed or LapseWithdrawn or ReleaseCorrected or ReleaseWithdrawn or AgreedAmountRaised
            or InstalmentAmended =>
            Grants.Instalment.Evolve(it, happened, recorded),
        RequisitionEvent e => Requisition.Evolve(it, e, recorded),
        PaymentRecorded or PaymentConfirmed or PaymentContested or PaymentReversed => Payment.Evolve(it, happened, recorded),
        DebtSetOff e => SetOff.Evolve(it, e, recorded),
        AdjustmentPrepared or AdjustmentAttested => Adjustment.Evolve(it, happened, recorded),
        RepaymentPrepared or RepaymentAttested or RepaymentWithdrawn => Repayment.Evolve(it, happened, recorded),
        // A statement knows nothing of what was attested after it was drawn up.
        FinalAccountsFixed e => it with
        {
            FinalAccounts = new(e.Costs, recorded.At, e.Statement is { } number ? it.Statements[number - 1].Sequence : recorded.Sequence,
                e.Statement),
            RoundedSince = it.FinalAccounts is null ? it.RoundedSince ?? recorded.Sequence : recorded.Sequence
        },
        FinalAccountsReopened => it with { FinalAccounts = null },
        LedgerImported e => it with { Ledger = Ledger.Evolve(it.Ledger, e, it.Terms?.Eligible, recorded) },
        LedgerImportWithdrawn or BankFileWithdrawn => WithdrawnFile.Evolve(it, happened, recorded),
        BankFileImported or TransactionMatched or TransactionDismissed or TransactionReopened or TransactionRecognised
            or TransactionDistinguished or TransactionUnmatched =>
            Banking.BankImport.Evolve(it, happened, recorded),
        CostsDisallowed or DisallowanceWithdrawn => Grants.Disallowance.Evolve(it, happened, recorded),
        CategoriesMapped e => it with { Categories = new(it.Categories.Version + 1, [.. e.Lines]) },
        BudgetSet e => BudgetDecisions.Evolve(it, e, recorded),
        StatementPrepared or StatementAttested or StatementSubmitted => Statement.Evolve(it, happened, recorded),
        PreparedUndone e => Preparations.Evolve(it, e, recorded),
        AllocationMade e => Allocation.Evolve(it, e, recorded),
        AllocationReportPrepared or AllocationReportAttested or AllocationReportAccepted or AllocationReportReturned =>
            AllocationReport.Evolve(it, happened, recorded),
        ExceptionWaived e => it with { WaivedExceptions = it.WaivedExceptions.Add(new(e, recorded.By, recorded.At)) },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };
}

/// <summary>The costs that the final accounts report.</summary>
/// <param name="Sequence">Place in the log where they were drawn up: adjustments attested after it are not in them.</param>
/// <param name="Statement">The statement that says so; null when they came without one.</param>
public sealed record FinalAccounts(Kronor Costs, Instant At, long Sequence, int? Statement = null);
