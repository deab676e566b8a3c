using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Decisions;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Agreements;

/// <summary>One life of a small agreement, shared with a sub-recipient, at random.</summary>
sealed class SettlementWalk
{
    static readonly Actor finance = Some.Finance;
    static readonly Actor approver = Some.Approver;
    static readonly Actor lead = Some.ProjectLead;
    static readonly Actor officer = Some.Officer;
    static readonly Actor payer = Some.Payer;
    static readonly Actor boardFinance = new(new("board-finance"), "LST-C", Role.Finance);
    static readonly Actor boardApprover = new(new("board-approver"), "LST-C", Role.Approver);

    static readonly DateSpan whole = new(Some.Day("2014-06-01"), Some.Day("2015-12-31"));

    static readonly Terms terms = Some.Terms(
        new("payment", "Utbetalning", ["KAMK"], ObligationKind.Payment, Some.NoDate, "SKR"),
        new("report", "Rapport", ["SKR"], ObligationKind.Deliverable, Some.On("2015-05-31"), "RK", Acceptance: true),
        new("statement", "Ekonomisk redovisning", ["SKR"], ObligationKind.Deliverable, new(EveryYear: new(4, 2015, 2016)), "RK", Acceptance: true, Documents: ["statement"], Financial: true),
        new("final-accounts", "Slutlig ekonomisk redovisning", ["SKR"], ObligationKind.Deliverable, Some.On("2016-03-01"), "RK", Acceptance: true, Documents: ["accounts"], Financial: true),
        new("repayment", "Återbetalning", ["SKR"], ObligationKind.Repayment, Some.On("2016-06-01"), "KAMK", ["final-accounts"])) with
    {
        Period = whole,
        Parties = [.. Some.Terms().Parties, new("LST-C", "Länsstyrelsen i Uppsala län", PartyRole.SubRecipient)],
        Grant = new("SEK", Kronor.Of(3_000_000),
            [new("2014", Kronor.Of(2_000_000), RequisitionDueOn: Some.Day("2014-09-01")), new("2015", Kronor.Of(1_000_000), "riksdag-appropriation")])
    };

    readonly Random random;
    readonly Story story;
    readonly RandomMoney money;
    readonly List<string> told = [];
    int accounts;
    int stated;

    public SettlementWalk(int seed)
    {
        random = new(seed);
        story = Story.Draft(terms).Given(officer, new SignAgreement(Some.Day("2014-06-13"), [new("Erik Ullenhag", "RK"), new("Anders Knape", "SKR")]));
        money = new(seed, story);
    }

    public bool WasClosed { get; private set; }
    public bool WasReopened { get; private set; }

    /// <summary>What is looked at now: what does not hold, when it fails.</summary>
    public string Looking { get; private set; } = "The step itself";

    /// <summary>What was done, up to where it failed.</summary>
    public IReadOnlyList<string> Told => told;

    Grant Grant => story.Dossier.Grant;

    LocalDate Today => story.Today;

    public void Go(int steps)
    {
        for (var step = 0; step < steps; step++)
            if (random.Next(12) == 0)
                Wait();
            else
                Try();
        Assert.Null(HashChain.FirstBreak(story.Dossier.Id, story.Log));
        Assert.Equal(StateText.Of(story.Dossier), StateText.Of(new Dossier(story.Dossier.Id).With(story.Log)));
    }

    void Wait()
    {
        story.At(story.Now + Duration.FromDays(random.Next(1, 40)));
        story.Advance();
        told.Add($"— {Today:uuuu-MM-dd}");
        Holds(null, story.Dossier);
    }

    void Try()
    {
        // Mostly what waits to be done, so that lives come to their end; often enough anything.
        var (by, command) = random.Next(2) == 0 && Waiting().ToList() is { Count: > 0 } waiting ? One(waiting) : Next();
        var before = story.Dossier;
        if (before.Decide(command, new(by, story.Now)) is not Accepted accepted)
            return;
        told.Add($"{by.Id}: {command}");
        story.Record(accepted.Events, by.Id);
        Assert.False(story.Dossier.Decide(command, new(by, story.Now)) is Accepted, "A second time it adds something.");
        if (command is WithdrawDisallowance { Number: var number })
            Assert.Equal(before.Grant.OpenCosts + Grant.Disallowances[number - 1].Decision.Amount, Grant.OpenCosts);
        if (command is WithdrawRepayment)
            Assert.Equal(before.Grant.Balances, Grant.Balances);
        Holds(by, before);
    }

    IEnumerable<(Actor By, Command Command)> Waiting()
    {
        foreach (var r in Grant.Requisitions)
            if (r.Status switch
            {
                RequisitionStatus.Prepared => (approver, new AttestRequisition(r.Number)),
                RequisitionStatus.Attested => (finance, new DispatchRequisition(r.Number)),
                RequisitionStatus.Dispatched => (payer, new ReceiveRequisition(r.Number)),
                RequisitionStatus.Received => (payer, new RecordPayment(PaymentDirection.In, Today, Grant.LeftToPay(r), $"Utb {r.Number}", r.Number)),
                _ => ((Actor, Command)?)null
            } is { } next)
                yield return next;
        foreach (var p in Grant.Payments.Where(p => p.IsUnconfirmed))
            yield return (p.Side == PartyRole.Payer ? finance : payer, new ConfirmPayment(p.Number, p.PaidOn, "Bg", null));
        foreach (var a in Grant.Adjustments.Where(a => a.AttestedBy is null))
            yield return (approver, new AttestAdjustment(a.Number));
        if (Grant.Statements is [.., { AttestedBy: null } drawnUp])
            yield return (approver, new AttestStatement(drawnUp.Number));
        foreach (var o in story.Agreement.InOrder.Where(o => o is { Kind: ObligationKind.Deliverable, IsSettled: false }))
            if (o.LastSubmission is { State: SubmissionState.Submitted } sent)
                yield return (officer, new AcceptSubmission(o.Key, sent.Number, null));
            else if (o.Key == "report" || Grant.Statements.Exists(s => s.AttestedBy is not null && s.Kind == KindOf(o.Key)))
                yield return (lead, Delivery(o.Key));
            else
                yield return (finance, new PrepareStatement(KindOf(o.Key), KindOf(o.Key) == StatementKind.Final ? null : Some.Year(o.Key.EndsWith('5') ? 2014 : 2015), []));
        foreach (var r in Grant.Repayments.Where(r => r.IsOpen))
            yield return r.Status == RepaymentStatus.Prepared ? (approver, new AttestRepayment(r.Number))
                : r.Amount > Grant.Payable ? (finance, new WithdrawRepayment(r.Number, "Betalas inte"))
                : (finance, new RecordPayment(PaymentDirection.Out, Today, r.Amount, r.Reference, null));
        if (Grant.FinalAccounts is not null && Grant.Payable.IsPositive && Grant.Repayments.TrueForAll(r => !r.IsOpen))
            yield return (finance, new PrepareRepayment(Grant.Payable, $"ÅTER {Grant.Repayments.Count}"));
        if (Grant.FinalAccounts is not null && Grant.IsToRound)
            yield return (finance, Rounding());
        if (Grant.AllocationReports is [.., { Status: AllocationReportStatus.Attested } reported])
            yield return (lead, new AcceptAllocationReport(reported.Number));
        if (money.Undecided() is { } dismissed)
            yield return (finance, dismissed);
        if (story.Agreement.Status != AgreementStatus.Closed)
            yield return (officer, new CloseAgreement());
    }

    static StatementKind KindOf(string key) => key == "final-accounts" ? StatementKind.Final : StatementKind.Annual;

    (Actor By, Command Command) Next() => random.Next(34) switch
    {
        0 => (officer, random.Next(4) switch
        {
            0 => new CorrectRelease(Release(), "Rättelse"),
            1 => new WithdrawRelease("2015", "Fel beslut"),
            _ => Release()
        }),
        1 => (officer, random.Next(5) == 0 ? new LapseInstalment("2015", "Avslag") : random.Next(5) == 0 ? new WithdrawLapse("2015", "Fel") : new WaiveObligation(One(["report", "statement-2015", "final-accounts", "repayment"]), "Behövs inte", "A1")),
        2 or 3 => (finance, Instalment() is { } i && Grant.LeftToRequisition(i) is { IsPositive: true } left
            ? Some.Requisition(i.Key) with { Amount = random.Next(4) == 0 ? Part(left) : left } : Some.Requisition()),
        4 => (approver, new AttestRequisition(Number(Grant.Requisitions.Count))),
        5 => (finance, new DispatchRequisition(Number(Grant.Requisitions.Count))),
        6 => random.Next(4) == 0 ? (One([payer, officer]), new EndRequisition(Number(Grant.Requisitions.Count), "Inget mer")) :
            random.Next(8) == 0 ? (payer, new RefuseRequisition(Number(Grant.Requisitions.Count), "Fel")) : (payer, new ReceiveRequisition(Number(Grant.Requisitions.Count))),
        7 or 8 => (One([payer, payer, finance]), Paid(PaymentDirection.In)),
        9 => random.Next(3) == 0 ? (payer, SetOff()) : (One([payer, finance]), Paid(PaymentDirection.Out)),
        10 or 11 => (One([payer, finance]), new ConfirmPayment(Number(Grant.Payments.Count), Grant.Payments is [.., { } last] ? last.PaidOn : Today, $"Bg {random.Next(2)}", null)),
        12 => random.Next(4) == 0 ? (One([payer, finance]), new ReversePayment(Number(Grant.Payments.Count), Today, "Fel")) : (finance, money.Next()),
        13 => (finance, Books()),
        14 => (finance, money.Next()),
        15 or 16 => (finance, Adjustment()),
        17 or 18 => (One([approver, approver, Some.OtherApprover]), new AttestAdjustment(Number(Grant.Adjustments.Count))),
        19 => (officer, random.Next(3) == 0 ? new WithdrawDisallowance(Number(Grant.Disallowances.Count), "Fel") : Disallow()),
        20 or 21 => (finance, new PrepareStatement(random.Next(3) == 0 ? StatementKind.Annual : StatementKind.Final, random.Next(2) == 0 ? null : new(whole.From, LocalDate.Max(whole.From, Today)), [])),
        22 or 23 => (approver, new AttestStatement(Number(Grant.Statements.Count))),
        24 or 25 => (lead, Delivery(One(["report", "statement-2015", "statement-2016", "final-accounts", "final-accounts", "final-accounts"]))),
        26 or 27 => Review(One(["report", "statement-2015", "statement-2016", "final-accounts", "final-accounts", "final-accounts"])),
        28 => (finance, new PrepareRepayment(random.Next(3) == 0 ? Amount() : Grant.Payable, $"ÅTER {random.Next(3)}")),
        29 => random.Next(5) == 0 ? (finance, new WithdrawRepayment(Number(Grant.Repayments.Count), "Fel")) : (approver, new AttestRepayment(Number(Grant.Repayments.Count))),
        30 or 31 => (officer, new CloseAgreement()),
        32 => Share(),
        _ => random.Next(6) == 0 ? (officer, End()) : (finance, Rounding())
    };

    // The end before its time, most often some way off.
    Command End()
    {
        var (on, last) = (Near(), Some.Day("2016-03-01"));
        return random.Next(4) switch
        {
            0 => new CorrectTermination(on, "A9", LocalDate.Min(on.PlusDays(100), last), random.Next(2) == 0),
            1 => new WithdrawTermination("Parterna fortsätter"),
            _ => new TerminateAgreement(on, "A9", LocalDate.Min(on.PlusDays(100), last), random.Next(2) == 0)
        };
    }

    // An allocation, or a report of it.
    (Actor, Command) Share() => random.Next(6) switch
    {
        0 => (finance, new MakeAllocation(random.Next(4) == 0 ? -Part(Kronor.Of(200_000)) : Kronor.Of(100_000 * random.Next(1, 4)), Year(), $"B {random.Next(4)}", Party: "LST-C")),
        1 or 2 => (boardFinance, new PrepareAllocationReport(Year(), [new(CategoryMap.Unassigned, random.Next(5) == 0 ? Kronor.Of(99_000_000) : Part(Kronor.Of(400_000)))])),
        3 => (boardApprover, new AttestAllocationReport(Number(Grant.AllocationReports.Count))),
        4 => (lead, new AcceptAllocationReport(Number(Grant.AllocationReports.Count))),
        _ => (lead, new ReturnAllocationReport(Number(Grant.AllocationReports.Count), "Fel"))
    };

    ReleaseInstalment Release() => new("2015", Today, "A2015/99/DISK", Today.PlusDays(random.Next(60)), "rskr. 2014/15:86",
        random.Next(4) == 0 ? Part(Kronor.Of(1_500_000)) : null, null, random.Next(3) == 0 ? Today.PlusDays(400) : null);

    RecordPayment Paid(PaymentDirection direction)
    {
        var wanted = direction == PaymentDirection.In
            ? Grant.Requisitions.Find(r => r.IsUnderWay && Grant.LeftToPay(r).IsPositive) is { } r ? Grant.LeftToPay(r) : Part(Kronor.Of(1_000_000))
            : Grant.Repayments.Find(r => r.Status == RepaymentStatus.Attested)?.Amount ?? Grant.Payable;
        return new(direction, Today.PlusDays(-random.Next(3)), random.Next(6) == 0 ? Part(wanted) : wanted.IsPositive ? wanted : Kronor.Of(1), $"Ref {random.Next(5)}",
            direction == PaymentDirection.In && random.Next(3) > 0 ? Number(Grant.Requisitions.Count) : null);
    }

    SetOffDebt SetOff() => new(Number(Grant.Requisitions.Count), random.Next(2) == 0 ? Part(Demands.Left(story.Dossier)) : Demands.Left(story.Dossier), Today, $"Kv {random.Next(5)}", "Återkravet är försenat");

    ImportLedger Books() =>
        story.Import(Tests.Ledgers.Books.File(200 + ++accounts, Year(), new LedgerTotal("5010", new LocalDate(Year(), 7, 1), Part(Kronor.Of(1_200_000)), 1)));

    PrepareAdjustment Adjustment() => new(One(Enum.GetValues<AdjustmentKind>()), Amount(), random.Next(3) == 0 ? whole : Some.Year(2015), null, $"Skäl {random.Next(3)}");

    PrepareAdjustment Rounding() => new(AdjustmentKind.Rounding, -Grant.Balances.Remaining, Some.Year(2015), null, "Öresavrundning");

    DisallowCosts Disallow() => new(random.Next(3) == 0 ? Grant.Costs : Part(Grant.Costs), Today.PlusDays(-random.Next(3)), $"A {random.Next(20)}", "Inte stödberättigat",
        random.Next(2) == 0 ? Today.PlusDays(30) : null, null);

    Submit Delivery(string key)
    {
        int? statement = key == "report" ? null : Grant.Statements.FindLast(s => s.Kind == KindOf(key) && s.AttestedBy is not null)?.Number ?? Number(Grant.Statements.Count);
        return new(key, $"Översänds {random.Next(20)}", [], statement);
    }

    (Actor, Command) Review(string key)
    {
        var version = story.Agreement.Obligations.TryGetValue(key, out var o) ? o.Submissions.Count : 1;
        return random.Next(5) switch
        {
            0 => (officer, new ReturnSubmission(key, version, "Komplettera", Today.PlusDays(20))),
            1 => (lead, new WithdrawSubmission(key, version, "Fel")),
            _ => (officer, new AcceptSubmission(key, version, null))
        };
    }

    Kronor Amount() => random.Next(6) switch
    {
        0 => Grant.Balances.Remaining,
        1 => -Grant.Balances.Remaining,
        2 => Kronor.FromÖre(random.Next(-50, 51)),
        3 => Grant.Costs,
        _ => Kronor.FromÖre(random.Next(1, 150_000_000))
    };

    // Often with öre in it.
    Kronor Part(Kronor of) => Kronor.FromÖre(Math.Max(1, (long)(of.Öre * random.NextDouble()) / (random.Next(2) == 0 ? 1 : 10_000)));

    Instalment? Instalment() => Grant.Instalments.Find(i => i.Status is InstalmentStatus.Decided or InstalmentStatus.Released && Grant.LeftToRequisition(i).IsPositive);

    int Year() => random.Next(3) == 0 ? 2014 : 2015;

    LocalDate Near() => Today.PlusDays(random.Next(-30, 200));

    // Mostly the newest.
    int Number(int count) => random.Next(3) > 0 ? count : random.Next(0, count + 2);

    T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    // Not after every step: it is worked out for each who looks.
    void AppropriationsAddUp()
    {
        if (story.Dossier.Sequence % 4 != 0)
            return;
        var rows = AppropriationRows.Of(story.Dossier).ToList();
        foreach (var actor in new[] { finance, officer, payer, boardFinance, new(new("adam"), "", Role.Admin) })
        {
            var own = rows.Where(row => row.SeenBy.Contains(AppropriationRows.Viewer(actor))).ToList();
            var (sum, seen) = (own.Aggregate(AppropriationSums.None, (all, row) => all + row.Sums), Sight.Seen(story.Dossier, actor).Grant.Balances);
            Assert.Equal((seen.Decided, seen.Conditional, seen.Received + seen.Charged), (sum.Decided, sum.Conditional, sum.Paid));
            Assert.Equal(Sight.SeesEveryShare(story.Dossier, actor), own.All(row => row.IsWhole));
            if (own.All(row => row.IsWhole))
                Assert.Equal((seen.Used, seen.Repaid - seen.Rounding, seen.Remaining), (sum.Used, sum.Returned, sum.Remaining));
        }
    }

    void Holds(Actor? by, Dossier before)
    {
        WasReopened |= WasClosed && story.Agreement.Status != AgreementStatus.Closed;
        WasClosed |= story.Agreement.Status == AgreementStatus.Closed;
        Look("The balance adds up", BalanceAddsUp);
        Look("The recipient alone lowers no debt after its final accounts", () => OwesNoLess(by, before));
        Look("Money by appropriation and year adds up to what each sees of the grant", AppropriationsAddUp);
        Look("Roundings since the final accounts come to half a krona at most, either way", RoundedWithinBounds);
        Look("What is closed has no money on its way", NothingOnItsWay);
        Look("Accepted is what was submitted less what was disallowed", AcceptedIsSubmittedLessDisallowed);
        Look("The categories of a statement are what it says is used", CategoriesAreUsed);
        Look("No report above its allocation is accepted", ReportsAreWithinAllocations);
        Look("Nothing is repaid before the final accounts", RepaidAfterFinalAccounts);
    }

    void Look(string what, Action holds)
    {
        Looking = what;
        holds();
        Looking = "The step itself";
    }

    void BalanceAddsUp()
    {
        var b = Grant.Balances;
        Assert.True(b.Remaining == b.Received + b.Charged - b.Used - b.Repaid + b.Rounding && b.Used <= b.Received && !b.Used.IsNegative, $"{b}");
    }

    // Claimed in all: what has been paid back is no less owed for that. Paying in more, or paying in again, is the payer's doing.
    static Kronor Owed(Grant it) => it.Balances.Received - it.Balances.Used;

    void OwesNoLess(Actor? by, Dossier before)
    {
        if (by?.Party is not ("SKR" or "LST-C") || before.Grant.FinalAccounts is not { } then || Grant.FinalAccounts is not { } now || now != then)
            return;
        var (was, @is) = (Owed(before.Grant), Owed(Grant));
        Assert.True(@is >= was || IsPayment(before), $"The recipient alone lowered what it owes from {was} to {@is}.");
    }

    void RoundedWithinBounds()
    {
        var rounded = Grant.Attested.Where(a => a.Kind == AdjustmentKind.Rounding && a.Touched > Grant.RoundedSince).Sum(a => a.Amount);
        Assert.True(rounded.Absolute <= Kronor.FromÖre(50), $"Rounded by {rounded}.");
    }

    // What it says of money that came in is held against the payer's word, and no cost.
    bool IsPayment(Dossier before) => before.Grant.Balances.Received != Grant.Balances.Received;

    void NothingOnItsWay()
    {
        if (story.Agreement.Status != AgreementStatus.Closed)
            return;
        Assert.True(Grant.Balances.Remaining.IsZero, $"Closed with {Grant.Balances.Remaining} remaining.");
        Assert.True(Grant.Requisitions.TrueForAll(r => !r.IsUnderWay || Grant.LeftToPay(r).IsZero), "Closed with a requisition on its way.");
        Assert.True(Grant.Repayments.TrueForAll(r => r.Status != RepaymentStatus.Attested), "Closed with a repayment on its way.");
        Assert.True(Grant.Instalments.TrueForAll(i => i.Status != InstalmentStatus.Conditional), "Closed with a conditional instalment.");
        Assert.True(Grant.BankImports.TrueForAll(i => i.Waiting == 0), "Closed with a bank transaction that waits for somebody.");
        Assert.True(Grant.Payments.TrueForAll(p => !p.IsUnconfirmed || p.Side == PartyRole.Payer), "Closed with a payment on the recipient's word alone.");
    }

    void AcceptedIsSubmittedLessDisallowed()
    {
        if (Grant.FinalAccounts is not { } final)
            return;
        // One that they have left out counts again when it is withdrawn.
        var disallowed = Grant.Disallowed.Where(d => d.Sequence > final.Sequence).Sum(d => d.Decision.Amount)
            - Grant.Disallowances.Where(d => d.Sequence <= final.Sequence && d.WithdrawnAt > final.Sequence).Sum(d => d.Decision.Amount);
        var own = Grant.Attested.Where(a => a.Touched > final.Sequence && a.Kind == AdjustmentKind.OwnFinancing).Sum(a => a.Amount);
        var most = Kronor.Greatest(Kronor.Zero, final.Costs - disallowed);
        // What the recipient bears itself it may owe on top, never less.
        Assert.True(Grant.Costs <= most && Grant.Costs >= Kronor.Greatest(Kronor.Zero, most - own), $"Accepted is {Grant.Costs}, but {final.Costs} was submitted, {disallowed} disallowed since and {own} borne by the recipient.");
    }

    void CategoriesAreUsed()
    {
        foreach (var it in Grant.Statements.Skip(stated))
            Assert.True(it.Content.Lines.Sum(line => line.Amount) == it.Content.Used, $"Statement {it.Number}: the categories are {it.Content.Lines.Sum(line => line.Amount)}, used is {it.Content.Used}.");
        stated = Grant.Statements.Count;
    }

    void ReportsAreWithinAllocations()
    {
        foreach (var report in Grant.AllocationReports.Where(r => r.Status == AllocationReportStatus.Accepted))
        {
            var allocated = Grant.Allocations.Where(a => a.Made.Year == report.Year).SelectMany(a => a.Made.Parts).Where(part => part.Party == report.Party).Sum(part => part.Amount);
            Assert.True(report.Spent <= allocated, $"Report {report.Number} of {report.Spent} is accepted, {allocated} was allocated.");
        }
    }

    void RepaidAfterFinalAccounts() =>
        Assert.True(story["repayment"].FulfilledOn is null || (Grant.FinalAccounts is not null || WasReopened) && Grant.Balances.Remaining.IsZero, "The repayment is done before the final accounts, or before all is back.");
}
