using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Tests.EventSourcing;

/// <summary>A life in which everything that can happen happens.</summary>
static class GoldenLife
{
    public static List<StoredEvent> Log { get; } = Lived().Log;

    static RecommendationContent Cerd(string paragraph, string en, string? sv = null) =>
        new(RecommendationKind.ReviewBody, "CERD", "Periodisk granskning", 2013, "CERD/C/SWE/CO/19-21", paragraph, new(en, sv), [Concern.Municipalities, Concern.Regions], ["rasism"], ReviewAnswer.Accepted);

    static Story Lived()
    {
        var story = Story.Of2014().Given(Some.ProjectLead, new ContestSignature("Fel dag")).Given(Some.Officer, Some.Signature()).Given(Some.ProjectLead, new ConfirmSignature()).On("2014-08-15")
            .Given(Some.Finance, Some.Requisition()).Given(Some.Approver, new AttestRequisition(1)).Given(Some.Finance, new DispatchRequisition(1)).Given(Some.Payer, new RefuseRequisition(1, "Fel kontonummer"))
            .Given(Some.Finance, new PrepareRequisition("2014", Some.Kr("4000000"), null, Plusgiro.Parse("1-8"), "MR 2014 (2)")).Given(Some.Approver, new AttestRequisition(2))
            .Given(Some.Finance, new DispatchRequisition(2)).Given(Some.Payer, new ReceiveRequisition(2), Some.Payment("4000000", "2014-08-15"))
            .Given(Some.Finance, Some.Payment("4000000", "2014-08-14", "Bg 77"))
            .Given(Some.Finance, new MakeAllocation(Some.Kr("1000.01"), 2014, "A2014/9", Party: "SKR"))
            .Given(Some.Finance, new PrepareAllocationReport(2014, [new("unassigned", Some.Kr("999.5"), new(1, "6:1", 14))], "Preliminärt")).Given(Some.Approver, new AttestAllocationReport(1)).Given(Some.ProjectLead, new AcceptAllocationReport(1, "Tack"))
            .Given(Some.Finance, new PrepareAllocationReport(2014, [])).Given(Some.Approver, new AttestAllocationReport(2)).Given(Some.ProjectLead, new ReturnAllocationReport(2, "Raderna saknas"))
            .On("2015-01-16").Given(Some.Officer, Some.Release("2015"), new WithdrawRelease("2015", "Fel årsbelopp"), Some.Release("2015"), new CorrectRelease(Some.Release("2015", "2015-10-01", repayBy: "2016-03-01"), "Fel dag"), new LapseInstalment("2016", "Riksdagen avslog"),
                new WithdrawLapse("2016", "Fel årsbelopp"), new LapseInstalment("2016", "Riksdagen avslog"))
            .Until("2015-01-20").Given(Some.ProjectLead, new RegisterDocument(Some.Id(1), "Kartläggning på kommunal nivå", "report", Some.File(1), Some.Day("2015-01-19"), true, "OSL 21 kap. 1 §"))
            .Given(Some.ProjectLead, Some.Document(3, "note"), new WithdrawDocument(Some.Id(3), "Fel handling"))
            .Given(Some.ProjectLead, new MarkSecrecy(Some.Id(1), "OSL 21 kap. 1 §"), new RemoveSecrecyMarking(Some.Id(1), 1, "Uppgifterna är publicerade"),
                new RecordDisclosure(Some.Day("2015-01-20"), "Anna Ek", DisclosureOutcome.Refused, [new(Some.Id(1))], "Lena Lind", "A2015/3", "OSL 21 kap. 1 §"), new WithdrawDisclosure(1, "Fel dag"))
            .Given(Some.ProjectLead, new AddDocumentVersion(Some.Id(1), Some.File(2)), new Submit("mapping-report", "Kartläggningen", [Some.Id(1)]), new WithdrawSubmission("mapping-report", 1, "Fel version"))
            .Given(Some.ProjectLead, new DraftSubmission("mapping-report", "Kartläggningen", "Härmed översänds", [Some.Id(1)], null)).Given(Some.Approver, new SendBackDraft("mapping-report", 1, "Bilagan saknas")).Given(Some.ProjectLead, new DraftSubmission("mapping-report", "Kartläggningen med bilaga", "Härmed översänds", [Some.Id(1)], null)).Given(Some.Approver, new SignOffDraft("mapping-report", 2), new DiscardDraft("mapping-report"))
            .Submitted("mapping-report").Given(Some.Officer, new WriteInternalNote("mapping-report", 2, "Stäm av"), new RecordMinistryComment("mapping-report", 2, "Socialdepartementet", "Bra", Some.Day("2015-01-20")))
            .Given(Some.ProjectLead, new GiveView("annual-consultation-2015", "mapping", "Läggs till grund"))
            .Given(Some.ProjectLead, new ProposeTime("annual-consultation-2015", Some.Time("2015-05-20"))).Given(Some.Officer, new AgreeToTime("annual-consultation-2015", 1), new CallOffTime("annual-consultation-2015", 1, "Flyttas"))
            .Given(Some.Officer, new SetUpBody("coordination", "Samordningsgruppen"), new TakeSeat("coordination", "Handläggare, Socialdepartementet", Some.Day("2015-01-20")), new LeaveSeat("coordination", 1, Some.Day("2015-06-30")), new RecordMeeting("coordination", Some.Day("2015-01-20"), null, "Mötas igen i mars", []))
            .Given(Some.Officer, new RecordRecommendation(Cerd("12", "Strengthen it")), new ReviseRecommendation(1, Cerd("12", "Strengthen it", "Stärk det")), new InformOfRecommendations([1], Some.Day("2015-01-20"), "Vid ett möte", []))
            .Given(Some.ProjectLead, new ReceiveInformation(1), new RecordFinding(new("Kunskap saknas", "Få känner till den", FindingKind.Need, [new(Interview: "Sakkunnig, länsstyrelsen"), new(Document: Some.Id(1), Page: 4), new(Recommendation: 1)], ["kunskap"])),
                new ReviseFinding(1, new("Kunskap saknas ofta", "Få känner till den", FindingKind.Need, [new(Recommendation: 1)], ["kunskap"]), true), new RetractFinding(1, "Fel underlag"))
            .Given(Some.ProjectLead, new MakePlanVersion(PlanReason.First, null, "Första planen", new([new("kunskap", "Ökad kunskap")], [], [new("utbildning", "Utbildning")],
                [new("natverk", "Nätverk", MeasureKind.Pilot, "utbildning", ["kunskap"], [], [1], [], [], ["all"], [new(2015, Some.Kr("100"))], [], [], new("SKR", "Projektledare"))], [], new(Some.Day("2015-06-01"), Some.Day("2017-06-30")), "Bristerna")),
                new WriteProjectPlan("utbildning", "Kurser i nord", []), new ReportMeasure("natverk", Some.Day("2015-01-20"), MeasureStatus.Ongoing, "Pågår", [], ["0114"]), new ReportMeasure("natverk", Some.Day("2015-01-20"), MeasureStatus.Planned, "Ska börja", [], [], 1),
                new AssessMeasure("natverk", MeasureResult.Partly, "Nästan", "I nätverken", [new(Report: 2)]))
            .Given(Some.Officer, new CheckProjectPlan("utbildning", CheckOutcome.Comments, "Tidplanen saknas"))
            .Given(Some.ProjectLead, Some.Document(21, "report"), new PublishMaterial(new("En vägledning", PublicationKind.Guide, Some.Id(21), null, Some.Day("2015-01-20"), "sv", "natverk", [PublicationAudience.PublicFacing])))
            .Given(Some.Officer, new ApprovePublication(1, new(new(true, "Öppen"), new(true), new(true, "Läst"))), new SpreadMaterial(1, new("RK", "Nyhetsbrevet", Some.Day("2015-01-20"), "https://www.example.se/brev")), new WithdrawPublication(1, "Fel bilaga"))
            .Given(Some.ProjectLead, new DefineIndicator("natverk-andel", new("Andel i nätverk", WorkDimension.Result, [Principle.Inclusion], IndicatorUnit.Share, IndicatorDirection.Up, new(Measure: "natverk"), [], [new("kon", "Kön", ["kvinnor", "män"])],
                IndicatorSource.Survey, 1, Baseline: new(Some.Day("2014-01-01"), new(36), "Enkät 2014"), Of: "fråga 4")), new SetTarget("natverk-andel", new(Some.Day("2016-12-31"), 60)),
                new ReviseIndicator("natverk-andel", new("Andel i nätverk", WorkDimension.Result, [Principle.Inclusion], IndicatorUnit.Share, IndicatorDirection.Up, new(Measure: "natverk"), [], [new("kon", "Kön", ["kvinnor", "män"])], IndicatorSource.Survey)),
                new RecordReading("natverk-andel", new(Some.Day("2015-01-19"), new(null, 10, 16), [new("kon", "kvinnor", new(null, 6, 8))], "Enkät 2015", [])),
                new RecordReading("natverk-andel", new(Some.Day("2015-01-19"), new(null, 11, 16), [], "Enkät 2015", []), 1), new EndIndicator("natverk-andel", "Följs på annat sätt"),
                new SetSupportLadder([new("bas", "Generella insatser", 1, [EffortKind.Network], false), new("riktat", "Riktat stöd", 2, [], true)]),
                new DeclareIntent("0114", "styrning", "Vi vill mer", Some.Day("2015-01-19"), null),
                new RecordEffort(new("Nätverksträff", EffortKind.Network, "bas", Some.Day("2015-01-10"), null, EffortForm.Digital, ["SKR"], [EffortAudience.Officials], new(["0114"], null, []), 20, ["barn"], "natverk", [])),
                new ReviseEffort(1, new("Nätverksträff", EffortKind.Network, "riktat", Some.Day("2015-01-10"), Some.Day("2015-01-11"), EffortForm.Digital, ["SKR"], [], new([], null, ["AB"]), 25, [], null, [])),
                new RecordEffect(1, new(Some.Day("2015-01-19"), EffectKind.Contact, "Nya kontakter", "0114", "Samtal")), new CancelEffort(1, "Blev inte av"))
            .Given(Some.ProjectLead, it => Work.ReportTests.Freeze(it, Some.ProjectLead, Work.ReportTests.Draft(it, "final-report", ReportKind.Final)))
            .Given(Some.Officer, new ReturnSubmission("mapping-report", 2, "Komplettera", Some.Day("2015-02-15")))
            .Submitted("mapping-report", summary: "Kompletterad").Accepted("mapping-report")
            .Given(Some.ProjectLead, new ScheduleObligation("mapping-discussion", Some.Day("2015-01-20"))).Completed("mapping-discussion")
            .Given(Some.Officer, new ContestCompletion("mapping-discussion", "Fel dag"), new ConfirmCompletion("mapping-discussion"), new ExtendObligation("action-plan", Some.Day("2015-05-01"), "A2015/7"),
                new WaiveObligation("coordination-group", "Ingen grupp behövs", "A2015/8"))
            .Given(Some.ProjectLead, new ProposeAmendment(Some.Day("2015-01-10"), "A2015/9", Some.Day("2015-01-15"),
                [new(Reschedule: new("final-report", Some.On("2017-10-01"))), new(Add: Some.Deliverable("extra", Some.Before("final-report", 30), false, "action-plan")), new(Drop: new("documentation", "Ersatt"))]))
            .Given(Some.Officer, new ContestAmendment(1, "Fel dag"), new ConfirmAmendment(1), new ProposeAmendment(Some.Day("2015-01-12"), "A2015/10", Some.Day("2015-01-15"), [new(Raise: new(Some.Kr("13000000"))), new(Raise: new(Some.Kr("5000000"), "2015"))]))
            .Given(Some.Officer, new ProposeAmendment(Some.Day("2015-01-18"), "A2015/11", Some.Day("2015-01-20"), [new(Instalment: new("2014", RequisitionDueOn: Some.Day("2014-09-15"))), new(Duty: new(Duty.MoneyHandler, "SKR", Some.Day("2015-01-31")))]))
            .Given(Some.Officer, new WaiveObligation("annual-consultation-2016", "Ställs in", "A2016/1"))
            .Given(Some.Officer, new ProposeAmendment(Some.Day("2015-01-19"), "A2015/12", Some.Day("2015-01-20"), [new(Reschedule: new("final-report", Some.On("2017-09-01")))]), new WithdrawAmendment(4, "Fel dag"))
            .Until("2017-08-15").Given(Some.Payer, Some.Payment("70", "2017-08-01", "Fel")).Given(Some.Finance, new ContestPayment(2, "Har inte kommit")).Given(Some.Payer, new ReversePayment(2, Some.Day("2017-08-15"), "Fel mottagare"))
            .Given(Some.Finance, Some.Requisition("2015", "100", "MR 2015")).Given(Some.Approver, new AttestRequisition(3)).Given(Some.Finance, new DispatchRequisition(3))
            .Given(Some.Payer, Some.Payment("60", "2017-08-15", "Utb 3", 3), new EndRequisition(3, "Inget mer betalas"), new ReversePayment(3, Some.Day("2017-08-15"), "Fel belopp"))
            .Given(Some.Finance, new MapCategories([new("lokaler", [new(5010, 5019), new(5090, 5090)])]), new SetBudget(BudgetKind.Budget, [new("lokaler", 2015, Some.Kr("150"))]), new ImportLedger(GoldenFiles.WrongLedger, null), new WithdrawLedgerImport(Some.Id(9002), "Fel projekt", []), new ImportLedger(GoldenFiles.Ledger, null, 1),
                new ImportBankFile(GoldenFiles.WrongBank, [], [], null, 1), new WithdrawBankFile(Some.Id(8009), "Fel konto", []),
                new ImportBankFile(GoldenFiles.Bank, [], [], null, 2), new DismissTransaction(Some.Id(8001), 2, "Avser annat"), new ReopenTransaction(Some.Id(8001), 2), new MatchTransaction(Some.Id(8001), GoldenFiles.Transaction, [new PaymentTarget(Some.AgreementId(), 1)]),
                new UnmatchTransaction(Some.Id(8001), 1, "Fel betalning"), new MatchTransaction(Some.Id(8001), GoldenFiles.Transaction, [new PaymentTarget(Some.AgreementId(), 1)]),
                new ImportBankFile(GoldenFiles.SecondBank, [GoldenFiles.Unnamed], [new(Some.Id(8001), [GoldenFiles.Transaction with { Number = 2, BankReference = "B2" }])], Some.Id(8001), 2),
                new DistinguishTransaction(Some.Id(8003), 1), new RecogniseTransaction(Some.Id(8003), GoldenFiles.Unnamed, new(Some.Id(8001), 2), GoldenFiles.Transaction))
            .Given(Some.Approver, new WaiveException("vouchers-unchanged", "Rättad i efterhand"))
            .Given(Some.Finance, new PrepareStatement(StatementKind.Annual, Some.Year(2015), [new("lokaler", "Lägre hyra")])).Given(Some.Approver, new AttestStatement(1))
            .Given(Some.Finance, new PrepareStatement(StatementKind.Annual, Some.Year(2014), [])).Given(Some.Approver, new SendBackPrepared(PreparedKind.Statement, 2, "Hyran saknas")).Given(Some.Finance, new WithdrawPrepared(PreparedKind.Statement, 2, "Behövs inte"))
            .Given(Some.Finance, new Submit("financial-statement-2017", "Redovisning", [], 1))
            .Given(Some.Finance, Some.Adjustment(AdjustmentKind.Correction, "3999010"), Some.Adjustment(AdjustmentKind.Rounding, "-0.5") with { Voucher = "A 12" }).Given(Some.Approver, new AttestAdjustment(1))
            .Given(Some.Officer, new DisallowCosts(Some.Kr("10"), Some.Day("2017-08-14"), "A2017/3", "Saknar underlag", null, "lokaler"),
                new DisallowCosts(Some.Kr("20"), Some.Day("2017-08-14"), "A2017/4", "Avser annat", null, null), new WithdrawDisallowance(2, "Fel överenskommelse"))
            .Given(Some.Officer, new DisallowCosts(Some.Kr("3"), Some.Day("2017-08-15"), "A2017/5", "Dubbelt bokfört", Some.Day("2017-09-15"), null))
            .Given(Some.Finance, Some.Requisition("2015", "3", "MR 4")).Given(Some.Approver, new AttestRequisition(4)).Given(Some.Finance, new DispatchRequisition(4))
            .Given(Some.Payer, new SetOffDebt(4, Some.Kr("3"), Some.Day("2017-08-15"), "Kv 1", "Återkravet kvittas"), new ReversePayment(4, Some.Day("2017-08-15"), "Fel krav"), new RefuseRequisition(4, "Begärs på nytt"))
            .Given(Some.Officer, new WithdrawDisallowance(3, "Fel verifikat"))
            .Submitted("final-accounts", Some.Finance).Given(Some.Finance, new PrepareRepayment(Some.Kr("1000"), "ÅTER 1")).Given(Some.Approver, new AttestRepayment(1)).Given(Some.Payer, Some.PaymentBack("1000", "2017-08-15"))
            .Given(Some.Officer, new ReturnSubmission("final-accounts", 1, "Verifikat saknas", Some.Day("2017-09-20"))).Submitted("final-accounts", Some.Finance, "Nu med verifikat").Accepted("final-accounts")
            .Given(Some.Officer, new TerminateAgreement(Some.Day("2017-09-01"), "A2017/1", Some.Day("2017-09-30")), new CorrectTermination(Some.Day("2017-08-20"), "A2017/1", Some.Day("2017-09-30")), new WithdrawTermination("Den löper vidare"),
                new TerminateAgreement(Some.Day("2017-08-15"), "A2017/1", Some.Day("2017-09-30")));
        foreach (var left in story.Agreement.InOrder.Where(o => !o.IsSettled))
            story.Given(Some.Officer, new WaiveObligation(left.Key, "Avslutas", "A2017/2"));
        story.Given(Some.Finance, new DismissTransaction(Some.Id(8001), 2, "Avser annat")).Given(Some.Officer, new CloseAgreement(), new DisallowCosts(Some.Kr("5"), Some.Day("2017-08-15"), "A2017/4", "Privat resa", Some.Day("2017-10-31"), null))
            .Given(Some.Finance, Some.Adjustment(AdjustmentKind.Accrual, "7")).Given(Some.Approver, new AttestAdjustment(3)).Given(Some.Finance, new PrepareRepayment(Some.Kr("5"), "ÅTER 2"), new WithdrawRepayment(2, "Fel referens")).Given(Some.Payer, Some.PaymentBack("5", "2017-08-15", "ÅTER 2"));
        return story.Given(Some.Officer, new CloseAgreement(), new RecordArchivePackage(new(Some.Id(9001), "RK", 12, Sha256.Of("tolv"u8), Sha256.Of("paket"u8), 4096, 3)))
            .Given(Some.ProjectLead, new RecordDiaryNumber(DiaryNumber.Parse("SKR 2014-17")), new RequestErasure(story.RowOf("submission-withdrawn").Sequence, null, ErasureGround.Correction, null)).Given(Some.Approver, new DeclineErasure(1))
            .Erased(Some.ProjectLead, Some.Approver, "submission-withdrawn")
            .Happened(new SubmissionNoted("mapping-report", 3), new ReviewReminded("mapping-report", 2, 14, Some.Utc("2015-02-03T07:00:00Z"), ["RK", "SKR"]), new ReminderAcknowledged("action-plan", "SKR", Some.Day("2015-05-01"), Some.Day("2015-04-20"), "Remissen är ute"), new ReminderAcknowledged("mapping-report", "RK", Some.Day("2015-01-20"), Some.Day("2015-02-10"), "Beredningen pågår", 2))
            .Happened(new MessageHandedOver(2, MessageReason.Turn, "SKR", Role.ProjectLead, [Some.ProjectLead.Id], "mail.example.se"), new MessageGivenUp(2, MessageReason.Turn, "KAMK", Role.Payer, [], MessageFailure.Nobody), new MessageBounced(2, MessageReason.Turn, "SKR", Role.ProjectLead, [Some.ProjectLead.Id], "5.1.1"));
    }
}
