using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Calendars;
using MrAgreement.Decisions;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Tests.Ledgers;
using MrAgreement.Work;

namespace MrAgreement.Tests.Access;

/// <summary>For every act one input that is taken wherever the act may be done at all.</summary>
sealed class Inputs(Story story)
{
    readonly Dictionary<Guid, IReadOnlyList<BankTransaction>> banks = [];
    int given;

    Grant Grant => story.Dossier.Grant;
    LocalDate Today => story.Today;

    // Nothing is given twice in the same words.
    string Words => $"Skäl {given}";

    public Command For(Act act, Subject of, Actor by)
    {
        given++;
        return OfAgreement(act, of, by) ?? OfObligation(act, of, by) ?? OfGrant(act, of, by) ?? OfMoney(act, of)
            ?? throw new InvalidOperationException($"No input for {act}.");
    }

    Command? OfAgreement(Act act, Subject of, Actor by) => act switch
    {
        Act.CreateAgreement => new CreateAgreement(story.Agreement.Terms),
        Act.SignAgreement => new SignAgreement(Today, [.. story.Agreement.Terms.Parties.Take(2).Select(p => new Signatory("Erik Ek", p.Key))]),
        Act.ConfirmSignature => new ConfirmSignature(),
        Act.ContestSignature => new ContestSignature(Words),
        Act.TerminateAgreement => new TerminateAgreement(WithinPeriod(given % 3 * 15), Words, WithinPeriod(given % 3 * 15), given % 2 == 0),
        Act.CorrectTermination => new CorrectTermination(WithinPeriod(20), Words, WithinPeriod(20), given % 2 == 0),
        Act.WithdrawTermination => new WithdrawTermination(Words),
        Act.CloseAgreement => new CloseAgreement(),
        Act.ProposeAmendment => new ProposeAmendment(Today, Words, Today, [new(Add: new($"extra-{given}", Words, [Recipient], ObligationKind.Deliverable,
            new(On: Today.PlusDays(100)), Grantor, [], true))]),
        Act.ConfirmAmendment => new ConfirmAmendment(of.Number),
        Act.ContestAmendment => new ContestAmendment(of.Number, Words),
        Act.WithdrawAmendment => new WithdrawAmendment(of.Number, Words),
        Act.RegisterDocument => Paper("report"),
        Act.AddDocumentVersion => new AddDocumentVersion(of.Id, Some.File(5_000_000 + given)),
        Act.RegisterDocuments => new RegisterDocuments([Paper("report"), Paper("plan")]),
        Act.WithdrawDocument => new WithdrawDocument(of.Id, Words),
        Act.MarkSecrecy => new MarkSecrecy(of.Id, Words),
        Act.RemoveSecrecyMarking => new RemoveSecrecyMarking(of.Id, of.Number, Words),
        // What is left may be such that it can only be refused.
        Act.RecordDisclosure => new RecordDisclosure(Today, Words, DisclosureOutcome.Refused,
            [new(story.Dossier.Documents.InOrder.LastOrDefault(d => DocumentDecisions.Holds(story.Dossier, by.Party, d))?.Id ?? Some.Id(1))], Words, null, Words),
        Act.WithdrawDisclosure => new WithdrawDisclosure(of.Number, Words),
        Act.SetUpBody => new SetUpBody($"body-{given}", Words),
        Act.TakeSeat => new TakeSeat(of.Key!, Words, Today),
        Act.LeaveSeat => new LeaveSeat(of.Key!, of.Number, Today.PlusDays(400)),
        Act.RecordMeeting => new RecordMeeting(of.Key!, Today, Words, null, []),
        Act.RecordDiaryNumber => new RecordDiaryNumber(DiaryNumber.Parse($"SKR 2014-{given}")),
        Act.RequestErasure => new RequestErasure(ErasureDecisions.Left(story.Dossier, by.Party).DefaultIfEmpty(1).Last(), null, ErasureGround.Disposal, Words),
        Act.ApproveErasure => story.Approval(of.Number),
        Act.DeclineErasure => new DeclineErasure(of.Number),
        Act.RecordRecommendation => new RecordRecommendation(Told()),
        Act.ReviseRecommendation => new ReviseRecommendation(of.Number, Told() with { Kind = RecommendationKind.ReviewBody }),
        Act.ImportRecommendations => new ImportRecommendations([new(2, Told())]),
        Act.InformOfRecommendations => new InformOfRecommendations([story.Dossier.Grounds.Recommendations.Find(it => it.IsToTell)?.Number ?? 1], Today, Words, []),
        Act.ReceiveInformation => new ReceiveInformation(of.Number),
        Act.RecordFinding => new RecordFinding(new(Words, Words, FindingKind.Need, [new(Interview: Words)], [])),
        Act.ReviseFinding => new ReviseFinding(of.Number, new(Words, Words, FindingKind.Strength, [], [Words]), given % 2 == 0),
        Act.RetractFinding => new RetractFinding(of.Number, Words),
        Act.MakePlanVersion => new MakePlanVersion(PlanReason.Other, null, Words, Plan()),
        Act.WriteProjectPlan => new WriteProjectPlan(of.Key!, Words, []),
        Act.CheckProjectPlan => new CheckProjectPlan(of.Key!, CheckOutcome.Comments, Words),
        Act.ReportMeasure => new ReportMeasure(of.Key!, Today, MeasureStatus.Ongoing, Words, [], []),
        Act.AssessMeasure => new AssessMeasure(of.Key!, MeasureResult.TooEarly, Words, null, []),
        Act.PublishMaterial => new PublishMaterial(new($"{Words} {given}", PublicationKind.Guide, null, "https://www.example.se/a", Today, "sv", null, [])),
        Act.SpreadMaterial => new SpreadMaterial(of.Number, new(by.Party, $"{Words} {given}", Today)),
        Act.ApprovePublication => new ApprovePublication(of.Number, new(new(true), new(true, Words), new(true))),
        Act.WithdrawPublication => new WithdrawPublication(of.Number, Words),
        Act.DefineIndicator => new DefineIndicator($"i-{given}", Followed()),
        Act.ReviseIndicator => new ReviseIndicator(of.Key!, (story.Dossier.Grounds.Indicators.GetValueOrDefault(of.Key!)?.Content ?? Followed()) with { Title = $"{Words} {given}" }),
        Act.SetTarget => new SetTarget(of.Key!, new(Today, given)),
        Act.EndIndicator => new EndIndicator(of.Key!, Words),
        Act.RecordReading => new RecordReading(of.Key!, new(Today, new(given), [], null, []),
            story.Dossier.Grounds.Indicators.GetValueOrDefault(of.Key!) is { Ended: not null, Latest: { } last } ? last.Number : null),
        Act.SetSupportLadder => new SetSupportLadder([new("bas", $"{Words} {given}", 1, [], false)]),
        Act.RecordEffort => new RecordEffort(Effort()),
        Act.ReviseEffort => new ReviseEffort(of.Number, Effort()),
        Act.CancelEffort => new CancelEffort(of.Number, Words),
        Act.RecordEffect => new RecordEffect(of.Number, new(Today, EffectKind.Knowledge, $"{Words} {given}")),
        Act.FreezeReport => Work.ReportTests.Freeze(story, by, Work.ReportTests.Draft(story, null, ReportKind.Other, by, Some.Id(7_000_000 + given))),
        Act.DeclareIntent => new DeclareIntent("0114", Words, $"{Words} {given}", Today, null),
        Act.RecordArchivePackage => new RecordArchivePackage(new(Some.Id(6_000_000 + given), of.Key!, story.Dossier.Sequence, story.Dossier.Hash, story.Dossier.Hash, 1, 1)),
        _ => null
    };

    Command? OfObligation(Act act, Subject of, Actor by) => act switch
    {
        Act.Submit => Delivery(of.Key!, by),
        Act.WithdrawSubmission => new WithdrawSubmission(of.Key!, of.Number, Words),
        Act.DraftSubmission => new DraftSubmission(of.Key!, Words, null, [], Opening(of.Key!)) { Enclosed = Papers(of.Key!) },
        Act.SendBackDraft => new SendBackDraft(of.Key!, story[of.Key!].Drafts.GetValueOrDefault(by.Party)?.Revision ?? 1, Words),
        Act.SignOffDraft => new SignOffDraft(of.Key!, story[of.Key!].Drafts.GetValueOrDefault(by.Party)?.Revision ?? 1),
        Act.DiscardDraft => new DiscardDraft(of.Key!),
        Act.AcceptSubmission => new AcceptSubmission(of.Key!, of.Number, Words),
        Act.ReturnSubmission => new ReturnSubmission(of.Key!, of.Number, Words, Today.PlusDays(10)),
        Act.NoteSubmission => new NoteSubmission(of.Key!, of.Number),
        Act.RecordMinistryComment => new RecordMinistryComment(of.Key!, of.Number, "Socialdepartementet", Words, Today),
        Act.CompleteObligation => new CompleteObligation(of.Key!, Today, Words, null),
        Act.ConfirmCompletion => new ConfirmCompletion(of.Key!),
        Act.ContestCompletion => new ContestCompletion(of.Key!, Words),
        Act.ScheduleObligation => new ScheduleObligation(of.Key!, Today.PlusDays(given % 30)),
        Act.ProposeTime => new ProposeTime(of.Key!, new(Today.PlusDays(1 + (given % 30)), new(9, given % 60), new(12, 0), MeetingForm.OnSite, Words)),
        Act.AgreeToTime => new AgreeToTime(of.Key!, of.Number),
        Act.CallOffTime => new CallOffTime(of.Key!, of.Number, Words),
        Act.GiveView => new GiveView(of.Key!, story[of.Key!].Agenda is [var item, ..] ? item.Key : "none", Words),
        Act.WriteInternalNote => new WriteInternalNote(of.Key!, null, Words),
        Act.ExtendObligation => new ExtendObligation(of.Key!, LocalDate.Max(story[of.Key!].DueOn ?? Today, Today).PlusDays(10), Words),
        Act.AcknowledgeReminder => new AcknowledgeReminder(of.Key!, Words, given % 2 == 0 ? Acknowledgements.Latest(story[of.Key!], Today) : null),
        Act.WaiveObligation => new WaiveObligation(of.Key!, Words, "A1"),
        _ => null
    };

    Command? OfGrant(Act act, Subject of, Actor by) => act switch
    {
        Act.ReleaseInstalment => Release(of.Key!),
        Act.CorrectRelease => new CorrectRelease(Released(of.Key!), Words),
        Act.WithdrawRelease => new WithdrawRelease(of.Key!, Words),
        Act.LapseInstalment => new LapseInstalment(of.Key!, Words),
        Act.WithdrawLapse => new WithdrawLapse(of.Key!, Words),
        Act.PrepareRequisition => new PrepareRequisition(of.Key!, Kronor.Greatest(Kronor.Least(Left(of.Key!), Kronor.Of(900_000)), Kronor.Smallest), Bankgiro.Parse("5050-1055"), null, Words, BeforeTheEnd),
        Act.AttestRequisition => new AttestRequisition(of.Number),
        Act.DispatchRequisition => new DispatchRequisition(of.Number),
        Act.ReceiveRequisition => new ReceiveRequisition(of.Number),
        Act.RefuseRequisition => new RefuseRequisition(of.Number, Words),
        Act.EndRequisition => new EndRequisition(of.Number, Words),
        Act.PrepareAdjustment => new PrepareAdjustment(AdjustmentKind.Correction, Kronor.Of(1 + (given % 2000)), Some.Year(2015), null, Words),
        Act.AttestAdjustment => new AttestAdjustment(of.Number),
        Act.PrepareRepayment => new PrepareRepayment(Kronor.Smallest, Words),
        Act.AttestRepayment => new AttestRepayment(of.Number),
        Act.WithdrawRepayment => new WithdrawRepayment(of.Number, Words),
        Act.WithdrawPrepared => new WithdrawPrepared(Kind(of), of.Number, Words),
        Act.SendBackPrepared => new SendBackPrepared(Kind(of), of.Number, Words),
        Act.WithdrawAllocationReport => new WithdrawAllocationReport(of.Number, Words),
        Act.SendBackAllocationReport => new SendBackAllocationReport(of.Number, Words),
        Act.PrepareStatement => new PrepareStatement(given % 2 == 0 ? StatementKind.Final : StatementKind.Annual, given % 2 == 0 ? null : Some.Year(2015), []),
        Act.AttestStatement => new AttestStatement(of.Number),
        Act.DisallowCosts => new DisallowCosts(Kronor.Smallest, Today, Words, Words, given % 3 == 0 ? null : Today.PlusDays(30), null),
        Act.WithdrawDisallowance => new WithdrawDisallowance(of.Number, Words),
        Act.WaiveException => new WaiveException(of.Key!, Words),
        Act.MakeAllocation => Allocation(by),
        Act.PrepareAllocationReport => new PrepareAllocationReport(of.Number, [new("unassigned", Kronor.Smallest)], Words),
        Act.AttestAllocationReport => new AttestAllocationReport(of.Number),
        Act.AcceptAllocationReport => new AcceptAllocationReport(of.Number, Words),
        Act.ReturnAllocationReport => new ReturnAllocationReport(of.Number, Words),
        _ => null
    };

    // The last one with a measure more: what it had it has still.
    PlanContent Plan() => (story.Dossier.Grounds.Plans.LastOrDefault()?.Content ?? PlanContent.Empty with { Period = new(Today, Today), FocusAreas = [new("area", Words)] }) is var last
        ? last with { Measures = [.. last.Measures, new($"m-{given}", Words, MeasureKind.Measure, "area", [], [], [], [], [], [], [], [], [])] } : last;

    // Of what the plan has, or else of a goal of the terms.
    IndicatorContent Followed() => new(Words, WorkDimension.Process, [], IndicatorUnit.Number, IndicatorDirection.Up,
        story.Dossier.Grounds.Plans.Count > 0 ? new(FocusArea: "area") : new(Goal: story.Agreement.Terms.Goals is [var first, ..] ? first.Key : "goal"), [], [], IndicatorSource.Manual);

    ToldEffort Effort() => new($"{Words} {given}", EffortKind.Seminar, "bas", Today, null, EffortForm.Both, [], [], new(["0114"], null, []), null, [], null, []);

    RecommendationContent Told() => new(RecommendationKind.ReviewBody, "CERD", "Periodisk granskning", 2013, "CERD/C/SWE/CO/19-21", $"{given}", new(Words), [Concern.Municipalities], []);

    static PreparedKind Kind(Subject of) => Enum.GetValues<PreparedKind>().FirstOrDefault(kind => Json.NameOf(kind) == of.Key);

    Command? OfMoney(Act act, Subject of) => act switch
    {
        Act.RecordPayment => new RecordPayment(PaymentDirection.In, Today, given % 3 == 0 ? Kronor.Of(400_000) : Kronor.Smallest, Words, given % 3 == 0 ? null : Part),
        Act.SetOffDebt => new SetOffDebt(of.Number, Kronor.Smallest, Today, Words, Words),
        Act.ConfirmPayment => new ConfirmPayment(of.Number, Grant.Payments.ElementAtOrDefault(of.Number - 1)?.PaidOn ?? Today, Words),
        Act.ReversePayment => new ReversePayment(of.Number, Today, Words),
        Act.ContestPayment => new ContestPayment(of.Number, Words),
        Act.ImportLedger => story.Import(Books.File(7_000_000 + given, 2015, Books.Sum("5010", "2015-03-01", "1500.50"))),
        Act.MapCategories => new MapCategories([new(Category ?? "personal", [new(7000, 7000 + (given % 600))])]),
        Act.SetBudget => new SetBudget(BudgetKind.Forecast, Category is { } known ? [new(known, 2015, Kronor.Of(given))] : []),
        Act.ImportBankFile => BankFile(),
        Act.MatchTransaction => Match(of),
        Act.DismissTransaction => new DismissTransaction(of.Id, of.Number, Words),
        Act.ReopenTransaction => new ReopenTransaction(of.Id, of.Number),
        Act.RecogniseTransaction => Recognised(of),
        Act.DistinguishTransaction => new DistinguishTransaction(of.Id, of.Number),
        Act.UnmatchTransaction => new UnmatchTransaction(of.Id, of.Number, Words),
        Act.WithdrawBankFile => new WithdrawBankFile(of.Id, Words, [.. Files.Where(file => file.Import != of.Id)]),
        Act.WithdrawLedgerImport => new WithdrawLedgerImport(of.Id, Words, [.. Grant.Ledger.Imports.Select(i => i.Read).Where(read => read.Import != of.Id)]),
        _ => null
    };

    string Recipient => story.Agreement.Terms.Parties.First(p => p.Role == PartyRole.Recipient).Key;

    string Grantor => story.Agreement.Terms.Parties.First(p => p.Role == PartyRole.Grantor).Key;

    string? Category => Grant.Terms?.Categories is [var first, ..] ? first.Key : Grant.Categories.Lines.FirstOrDefault()?.Category;

    LocalDate WithinPeriod(int later) => LocalDate.Min(Today.PlusDays(later), story.Agreement.Terms.Period.To);

    DateSpan? BeforeTheEnd => (story.Agreement.Terminated?.On ?? story.Agreement.Ending?.On) is { } end ? new(end, end) : null;

    int? Part => Grant.Requisitions.Find(r => r.IsUnderWay && Grant.LeftToPay(r) > Kronor.Smallest)?.Number;

    Kronor Left(string instalment) => Grant.Instalment(instalment) is { } it ? Grant.LeftToRequisition(it) : Kronor.Zero;

    RegisterDocument Paper(string kind, int more = 0) => Some.Document(8_000_000 + (given * 10) + more, kind);

    RegisterDocument[] Papers(string key) => [.. story[key].Documents.Select((kind, i) => Paper(kind, i))];

    // Of final accounts that are accepted only a new statement opens them.
    int? Opening(string key) => story[key].IsSettled
        ? Grant.Statements.FindLast(s => s is { AttestedBy: not null } && s.Successor(Grant) is null && s.IsProposal(Grant)
            && !s.Moved(Grant, story.Dossier.CostDays).Any())?.Number ?? Grant.Statements.FindLast(s => s.IsProposal(Grant))?.Number
        : null;

    // Where a colleague has to sign it off, only what was signed off.
    Submit Delivery(string key, Actor by) =>
        story.Agreement.Party(by.Party)?.SignOff is true && story[key].Drafts.GetValueOrDefault(by.Party) is { } draft
            ? new(key, draft.Content.Summary, [.. draft.Content.Documents.Select(d => d.Document)], draft.Content.Statement, draft.Content.CoverLetter)
            : new Submit(key, Words, [], Opening(key)) { Enclosed = Papers(key) };

    ReleaseInstalment Release(string key)
    {
        var (instalment, others) = (Grant.Instalment(key), Grant.Instalments.Where(i => i.Key != key && i.Status is InstalmentStatus.Decided or InstalmentStatus.Released).Sum(i => i.Amount));
        return new(key, Today, Words, Today.PlusDays(30), Amount: Kronor.Least(instalment?.Agreed ?? Kronor.Smallest, Kronor.Greatest(Grant.AgreedTotal - others, Kronor.Smallest)));
    }

    ReleaseInstalment Released(string key) => Grant.Instalment(key)?.Released is { } before
        ? new(key, before.DecidedOn, Words, before.RequisitionDueOn, before.RiksdagReference, before.Amount, before.Appropriation, before.RepayBy, before.Conditions)
        : Release(key);

    // Of what is left, or else something of what was given is taken back.
    MakeAllocation Allocation(Actor by)
    {
        var left = Grant.Balances.Decided - Grant.Allocations.Sum(a => a.Made.Amount);
        var sharer = Grant.Terms?.Shares is { Count: > 0 } ? null : story.Agreement.Terms.Parties.FirstOrDefault(p => p.CanShare)?.Key;
        var back = Grant.Allocations.Select(a => new MakeAllocation(-Kronor.Smallest, a.Made.Year, Words, a.Made.Category, a.Made.Appropriation, a.Made.Party));
        return left.IsPositive
            ? new(Kronor.Greatest(Kronor.FromÖre(left.Öre / 2), Kronor.Smallest), 2024, Words, Party: sharer)
            : back.FirstOrDefault(b => story.Dossier.Decide(b, new(by, story.Now)) is Accepted) ?? new(Kronor.Smallest, 2024, Words, Party: sharer);
    }

    IEnumerable<ToldFile> Files => Grant.BankImports.Select(i => new ToldFile(i.Read.File.Import, banks[i.Read.File.Import]));

    ImportBankFile BankFile()
    {
        var number = given;
        List<BankTransaction> transactions = [.. Enumerable.Range(1, 3).Select(n => Banking.Bank.In("700", n == 1 ? [story.Agreement.Terms.DiaryNumber.ToString()] : []) with
        {
            Number = n, BookedOn = new(Today.Year - (Today.Year % 3), 1, 1), BankReference = n == 3 ? null : $"B{number}-{n}"
        })];
        var file = new BankFile(Some.Id(9_000_000 + number), Sha256.Of(BitConverter.GetBytes(number)), $"camt-{number}.xml", 1000, "camt.053.001.02", $"M{number}", story.Now, [], 3, 0, 3, []);
        banks[file.Import] = transactions;
        return new(file, transactions, [.. Files], Grant.BankImports.LastOrDefault()?.Read.File.Import, Grant.WithdrawnFiles.Count);
    }

    BankTransaction Told(Guid import, int number) => banks.GetValueOrDefault(import)?.ElementAtOrDefault(number - 1) ?? Banking.Bank.In("1") with { Number = number };

    // A transaction that is just what is waited for.
    MatchTransaction Match(Subject of)
    {
        var (told, expected) = (Told(of.Id, of.Number) with { BookedOn = Today, Texts = [Words] }, BankExpectations.Expecting(story.Dossier));
        if (expected.Repayments is [var repayment, ..])
            return new(of.Id, told with { Amount = repayment.Amount, Direction = PaymentDirection.Out }, [new RepaymentTarget(story.Dossier.Id, repayment.Number)]);
        if (expected.Payments.FirstOrDefault(p => !p.IsSeen) is { } known)
            return new(of.Id, told with { Amount = known.Amount, Direction = known.Direction }, [new PaymentTarget(story.Dossier.Id, known.Number)]);
        if (expected.Requisitions is [var requisition, ..])
            return new(of.Id, told with { Amount = requisition.Left, Direction = PaymentDirection.In }, [new RequisitionTarget(story.Dossier.Id, requisition.Number)]);
        return expected.Payments is [var seen, ..]
            ? new(of.Id, told with { Amount = seen.Amount, IsReversal = true, Direction = seen.Direction == PaymentDirection.In ? PaymentDirection.Out : PaymentDirection.In }, [new PaymentTarget(story.Dossier.Id, seen.Number)])
            : new(of.Id, told, [new RequisitionTarget(story.Dossier.Id, 1)]);
    }

    RecogniseTransaction Recognised(Subject of) => Grant.BankImport(of.Id)?.HeldAgainst(of.Number) is [var other, ..]
        ? new(of.Id, Told(of.Id, of.Number), other, Told(other.Import, other.Transaction))
        : new(of.Id, Told(of.Id, of.Number), new(of.Id, 1 + (of.Number % 3)), Told(of.Id, 1 + (of.Number % 3)));
}
