using MrAgreement.Banking;
using MrAgreement.Decisions;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Banking;

public class BankDecisionsTests
{
    static readonly Actor otherFinance = Finance with { Id = new("person-finance-2") };

    static BankFile File(int n = 1, int transactions = 9) =>
        new(Id(8000 + n), Sha256.Of(BitConverter.GetBytes(n)), $"camt-{n}.xml", 1000, "camt.054.001.02", $"M{n}", Utc("2015-02-03T08:00:00Z"), [], transactions, 0, transactions, []);

    static BankTransaction In(int number, string amount, params string[] texts) => Bank.In(amount, texts) with { Number = number, BankReference = $"B{number}" };

    static BankTransaction Out(int number, string amount, string? endToEndId = null) => Bank.Out(amount, endToEndId) with { Number = number, BankReference = $"B{number}" };

    static ImportBankFile Import(Story story, params BankTransaction[] transactions) =>
        new(File(story.Dossier.Grant.BankImports.Count + 1), transactions, [], story.Dossier.Grant.BankImports.LastOrDefault()?.Read.File.Import);

    static Story Imported(Story story, params BankTransaction[] transactions) => story.Given(Finance, Import(story, transactions));

    static MatchTransaction Match(BankTransaction it, params MatchTarget[] targets) => new(Id(8001), it, targets);

    static RequisitionTarget Requisitioned(int number) => new(Some.AgreementId(), number);

    static PaymentTarget Known(int number) => new(Some.AgreementId(), number);

    static RepaymentTarget Repaying(int number) => new(Some.AgreementId(), number);

    /// <summary>Two requisitions of 2014 under way, as the bank's days are in February 2015.</summary>
    static Story Dispatched(string first = "1000000", string second = "3000000")
    {
        var story = Story.Of2014().On("2015-01-28");
        foreach (var (amount, number) in new[] { (first, 1), (second, 2) })
            story.Given(Finance, Requisition(amount: amount, reference: $"MR {number}")).Given(Approver, new AttestRequisition(number)).Given(Finance, new DispatchRequisition(number));
        return story.On("2015-02-04");
    }

    [Fact]
    public void What_names_the_agreement_in_the_exact_amount_is_a_payment_at_once()
    {
        var story = Dispatched();
        story.When(Finance, Import(story, In(1, "1000000", "A2014/2289/DISK"), In(2, "77"))).Then(
            new BankFileImported(File(), 0, [], []), new PaymentRecorded(1, PaymentDirection.In, Bank.Day, Kr("1000000"), "A2014/2289/DISK", 1, null, PartyRole.Recipient),
            new TransactionMatched(Id(8001), 1, MatchRule.DiaryNumber, [1], "B1"));

        Assert.Equal((RequisitionStatus.Paid, "B1"), (story.Dossier.Grant.Requisitions[0].Status, story.Dossier.Grant.Payments[0].Bank!.BankReference));
        Assert.Equal((true, false), (story.Dossier.Grant.BankImports[0].IsDecided(1), story.Dossier.Grant.BankImports[0].IsDecided(2)));
    }

    [Fact]
    public void Whoever_is_not_sure_is_asked_about_days_that_lie_far_apart()
    {
        var story = Dispatched();
        Imported(story, In(1, "77"), In(2, "78"), In(3, "79") with { BookedOn = Day("2015-01-27") });
        story.Given(Payer, Payment("77", "2015-01-28", "OCR"), Payment("78", "2015-01-29", "OCR"));

        story.When(Finance, Match(In(1, "77"), Known(1)) with { IsSure = false }).ThenFaults(("/sure", "match-far-off"));
        story.When(Finance, Match(In(3, "79") with { BookedOn = Day("2015-01-27") }, Requisitioned(1)) with { IsSure = false }).ThenFaults(("/sure", "payment-before-dispatch"));
        story.When(Finance, Match(In(2, "78"), Known(2)) with { IsSure = false }).Then<TransactionMatched>();
        story.When(Finance, Match(In(1, "77"), Known(1))).Then<TransactionMatched>();
    }

    [Fact]
    public void The_same_file_again_is_nothing_and_one_compared_with_less_is_overtaken()
    {
        var story = Dispatched();
        var import = Import(story, In(1, "1000000", "A2014/2289/DISK"));
        story.Given(Finance, import);

        story.When(Finance, import).ThenNothing();
        story.When(otherFinance, import with { File = File() with { Import = Id(1) } }).ThenNothing();
        story.When(Finance, import with { File = File(2) }).ThenRefused("import-overtaken");
    }

    [Fact]
    public void What_the_payer_recorded_is_confirmed_by_the_bank_and_counts_once()
    {
        var story = Imported(Dispatched().Given(Payer, Payment("1000000", "2015-02-02", "KAMK 1", 1)), In(1, "1000000", "KAMK 1"));

        story.When(Finance, Match(In(1, "1000000", "KAMK 1"), Known(1))).Then(
            new PaymentConfirmed(1, Bank.Day, "KAMK 1", PartyRole.Recipient), new TransactionMatched(Id(8001), 1, null, [1], "B1"));
        Assert.Equal(Kr("1000000"), story.Dossier.Grant.Balances.Received);
        story.When(Finance, Match(In(1, "1000000", "KAMK 1"), Known(1))).ThenNothing();
    }

    [Fact]
    public void One_payment_pays_two_requisitions_together()
    {
        var both = In(1, "4000000");
        var story = Imported(Dispatched(), both);

        story.When(Finance, Match(both with { Amount = Kr("3999999") }, Requisitioned(1), Requisitioned(2))).ThenRefused("transaction-parts-differ");
        story.Given(Finance, Match(both, Requisitioned(1), Requisitioned(2)));

        Assert.Equal(["1000000", "3000000"], story.Dossier.Grant.Payments.Select(p => p.Amount.ToString()));
        Assert.All(story.Dossier.Grant.Requisitions, r => Assert.Equal(RequisitionStatus.Paid, r.Status));
        story.When(Finance, Match(both, Requisitioned(2), Requisitioned(1))).ThenNothing();
        story.When(Finance, Match(both, Requisitioned(1))).ThenRefused("transaction-matched");
        story.When(Finance, Match(both)).ThenRefused("transaction-matched");
    }

    [Fact]
    public void A_repayment_is_paid_by_its_own_reference_or_by_a_person_s_word()
    {
        Story Owing() => Imported(Dispatched(), In(1, "1000000", "A2014/2289/DISK")).Given(Finance, new PrepareRepayment(Kr("500"), "REPAY-1")).Given(Approver, new AttestRepayment(1));
        var automatic = Owing();
        Imported(automatic, Out(1, "500", "REPAY-1"));
        var byHand = Owing();
        Imported(byHand, Out(1, "500"), Out(2, "400")).Given(Finance, new MatchTransaction(Id(8002), Out(1, "500"), [Repaying(1)]));

        Assert.All([automatic, byHand], story => Assert.Equal((RepaymentStatus.Done, 1, Kr("999500")),
            (story.Dossier.Grant.Repayments[0].Status, story.Dossier.Grant.Payments[1].Repayment, story.Dossier.Grant.Balances.Remaining)));
        var wrong = Owing();
        Imported(wrong, Out(1, "400")).When(Finance, new MatchTransaction(Id(8002), Out(1, "400"), [Repaying(1)])).ThenRefused("transaction-not-the-repayment");
    }

    [Fact]
    public void A_reversal_takes_back_the_payment_that_it_names()
    {
        var back = Out(2, "1000000") with { IsReversal = true, References = ["A2014/2289"], BookedOn = Bank.Day.PlusDays(1) };
        var story = Imported(Dispatched(), In(1, "1000000", "A2014/2289/DISK"), back);
        Assert.False(story.Dossier.Grant.BankImports[0].IsDecided(2));

        story.When(Finance, Match(back, Requisitioned(1))).ThenRefused("transaction-other-way");
        story.When(Finance, Match(back with { Amount = Kr("1") }, Known(1))).ThenRefused("transaction-other-way");
        story.When(Finance, Match(back, Known(1))).Then(new PaymentReversed(1, Bank.Day.PlusDays(1), "A2014/2289", "SKR"), new TransactionMatched(Id(8001), 2, null, [1], "B2"));
        Assert.Equal((RequisitionStatus.Dispatched, Kronor.Zero), (story.Dossier.Grant.Requisitions[0].Status, story.Dossier.Grant.Balances.Received));
        story.When(Finance, Match(back, Known(1))).ThenNothing();
    }

    [Fact]
    public void A_payment_and_its_reversal_in_one_file_are_both_matched_and_nothing_is_received()
    {
        var back = Out(1, "1000000") with { IsReversal = true, References = ["B2"], BookedOn = Bank.Day.PlusDays(1) };
        var story = Imported(Dispatched(), back, In(2, "1000000", "A2014/2289/DISK"));

        Assert.Equal((MatchRule.Reversal, MatchRule.DiaryNumber), (story.Dossier.Grant.BankImports[0].Matches[1].Match.Rule, story.Dossier.Grant.BankImports[0].Matches[2].Match.Rule));
        Assert.Equal((Kronor.Zero, RequisitionStatus.Dispatched, Bank.Day.PlusDays(1)),
            (story.Dossier.Grant.Balances.Received, story.Dossier.Grant.Requisitions[0].Status, story.Dossier.Grant.Payments[0].Reversed!.On));
    }

    [Fact]
    public void Another_person_s_match_is_no_retry()
    {
        var story = Imported(Dispatched(), In(1, "1000000")).Given(Finance, Match(In(1, "1000000"), Requisitioned(1)));

        story.When(otherFinance, Match(In(1, "1000000"), Requisitioned(1))).ThenRefused("transaction-matched");
        story.When(Finance, Match(In(1, "1000000"), Requisitioned(2))).ThenRefused("transaction-matched");
        story.When(Finance, new DismissTransaction(Id(8001), 1, "Annan")).ThenRefused("transaction-matched");
    }

    [Fact]
    public void What_does_not_fit_is_not_matched()
    {
        var story = Imported(Dispatched(), In(1, "1000000"));
        void Refused(string slug, BankTransaction it, RefusalKind kind, params MatchTarget[] targets) => story.When(Finance, Match(it, targets)).ThenRefused(slug, kind);

        Refused("transaction-foreign", In(1, "5") with { Amount = null, Currency = "EUR" }, RefusalKind.NotSo, Requisitioned(1));
        Refused("transaction-other-way", Out(1, "5"), RefusalKind.NotSo, Requisitioned(1));
        Refused("transaction-other-way", In(1, "5"), RefusalKind.NotSo, Repaying(1));
        Refused("payment-exceeds-requisition", In(1, "1000000.01"), RefusalKind.NotSo, Requisitioned(1));
        Refused("no-such-requisition", In(1, "5"), RefusalKind.Invalid, Requisitioned(3));
        Refused("no-such-requisition", In(1, "4000000"), RefusalKind.Invalid, Requisitioned(1), Requisitioned(3));
        story.When(Finance, Match(In(1, "4000000"), Requisitioned(2), Requisitioned(1), Requisitioned(1))).ThenFaults(("/requisitions", "requisition-twice"));
        Refused("no-such-payment", In(1, "5"), RefusalKind.Invalid, Known(1));
        Refused("transaction-not-the-repayment", Out(1, "5"), RefusalKind.NotSo, Repaying(1));
        story.When(Finance, new MatchTransaction(Id(1), In(1, "5"), [Requisitioned(1)])).ThenRefused("no-such-import", RefusalKind.NotFound);
    }

    [Fact]
    public void A_transaction_is_matched_with_one_thing_or_with_several_requisitions_and_never_with_nothing()
    {
        var story = Imported(Dispatched(), In(1, "1000000"));

        Assert.All(new[] { In(1, "5"), In(1, "0"), Out(1, "5") }, it => Assert.All(
            new MatchTarget[][] { [], [Repaying(1), Repaying(2)], [Known(1), Known(2)], [Requisitioned(1), Repaying(1)] },
            targets => Assert.IsType<Refused>(story.Dossier.Decide(Match(it, targets), new(Finance, story.Now)))));
    }

    [Fact]
    public void What_is_dismissed_is_not_matched_any_more()
    {
        var story = Imported(Dispatched(), In(1, "1000000")).When(Finance, new DismissTransaction(Id(8001), 1, " Avser annat ")).Then(new TransactionDismissed(Id(8001), 1, "Avser annat"));

        story.When(Finance, new DismissTransaction(Id(8001), 1, "Avser annat")).ThenNothing();
        story.When(Finance, new DismissTransaction(Id(8001), 1, "Nytt skäl")).ThenRefused("transaction-dismissed");
        story.When(Finance, Match(In(1, "1000000"), Requisitioned(1))).ThenRefused("transaction-dismissed");
        story.When(Finance, new DismissTransaction(Id(8001), 2, " ")).ThenFaults(("/reason", "text-length"));
        story.When(Finance, new DismissTransaction(Id(8001), 10, "x")).ThenRefused("no-such-transaction", RefusalKind.NotFound);
        story.When(Finance, new DismissTransaction(Id(1), 1, "x")).ThenRefused("no-such-transaction", RefusalKind.NotFound);
    }

    [Fact]
    public void A_dismissal_can_be_taken_back_and_what_was_dismissed_be_matched()
    {
        var story = Imported(Dispatched(), In(1, "1000000")).Given(Finance, new DismissTransaction(Id(8001), 1, "Avser annat"))
            .When(otherFinance, new ReopenTransaction(Id(8001), 1)).Then(new TransactionReopened(Id(8001), 1));
        Assert.False(story.Dossier.Grant.BankImports[0].IsDecided(1));

        story.When(otherFinance, new ReopenTransaction(Id(8001), 1)).ThenNothing();
        story.When(Finance, new ReopenTransaction(Id(8001), 1)).ThenRefused("transaction-not-dismissed");
        story.When(Finance, new ReopenTransaction(Id(8001), 2)).ThenRefused("transaction-not-dismissed");
        story.When(Finance, new ReopenTransaction(Id(8001), 10)).ThenRefused("no-such-transaction", RefusalKind.NotFound);
        story.When(Finance, new ReopenTransaction(Id(1), 1)).ThenRefused("no-such-transaction", RefusalKind.NotFound);
        story.Given(Finance, Match(In(1, "1000000"), Requisitioned(1)));
        Assert.Equal(Kr("1000000"), story.Dossier.Grant.Balances.Received);
    }

    [Fact]
    public void A_file_with_more_payments_than_one_append_holds_leaves_the_rest_to_a_person()
    {
        var story = Story.Of2014().On("2015-01-28");
        foreach (var number in Enumerable.Range(1, 40))
            story.Given(Finance, Requisition(amount: $"{1000 + number}", reference: $"MR {number}")).Given(Approver, new AttestRequisition(number)).Given(Finance, new DispatchRequisition(number));
        story.On("2015-02-04");

        var file = Enumerable.Range(1, 40).Select(n => In(n, $"{1000 + n}", "A2014/2289/DISK")).ToArray();
        story.Given(Finance, new ImportBankFile(File(1, 40), file, [], null));

        Assert.InRange(story.Dossier.Grant.Payments.Count, 20, 39);
        Assert.Equal(story.Dossier.Grant.Payments.Count, story.Dossier.Grant.BankImports[0].Matches.Count);
    }

    /// <summary>A statement, and an advice of which nothing tells whether it is the same.</summary>
    static (Story Story, BankTransaction Told, BankTransaction Again) Asked()
    {
        var story = Dispatched();
        var (told, again) = (In(1, "77"), In(1, "77", "Mer text") with { BankReference = "NONREF" });
        Imported(story, told);
        story.Given(Finance, new ImportBankFile(File(2, 1), [again], [new(Id(8001), [told])], Id(8001)));
        return (story, told, again);
    }

    static Telling Of(int import) => new(Id(8000 + import), 1);

    [Fact]
    public void What_may_be_the_same_is_recorded_with_the_import_and_waits()
    {
        var (story, _, again) = Asked();

        Assert.Equal((9, 1), (story.Dossier.Grant.BankImports[0].Undecided, story.Dossier.Grant.BankImports[1].Undecided));
        Assert.Equal(new Perhaps([Of(1)]), story.Dossier.Grant.BankImports[1].Told(1));
        story.When(Finance, new MatchTransaction(Id(8002), again, [Requisitioned(1)])).ThenRefused("transaction-asked");
        story.When(Payer, new RecogniseTransaction(Id(8002), again, Of(1), again)).ThenRefused("forbidden", RefusalKind.Forbidden);
    }

    [Fact]
    public void The_answer_lets_the_one_that_tells_more_count_and_can_be_taken_back()
    {
        var (story, told, again) = Asked();
        var same = new RecogniseTransaction(Id(8002), again, Of(1), told);
        story.When(Finance, same).Then(new TransactionRecognised(Id(8001), 1, Of(2)));

        Assert.Equal((new Duplicate(DuplicateBasis.Person, Of(2)), null), (story.Dossier.Grant.BankImports[0].Told(1), story.Dossier.Grant.BankImports[1].Told(1)));
        Assert.Equal((8, 1), (story.Dossier.Grant.BankImports[0].Undecided, story.Dossier.Grant.BankImports[1].Undecided));
        story.When(otherFinance, same).ThenNothing();
        story.When(Finance, new MatchTransaction(Id(8001), told, [Requisitioned(1)])).ThenRefused("transaction-known");
        story.When(Finance, new DismissTransaction(Id(8001), 1, "x")).ThenRefused("transaction-known");

        story.When(otherFinance, new DistinguishTransaction(Id(8001), 1)).Then(new TransactionDistinguished(Id(8001), 1));
        story.When(otherFinance, new DistinguishTransaction(Id(8001), 1)).ThenNothing();
        Assert.Equal(9, story.Dossier.Grant.BankImports[0].Undecided);
    }

    [Fact]
    public void The_one_that_was_decided_on_stands_whichever_tells_more()
    {
        var (story, told, again) = Asked();
        story.Given(Finance, new DismissTransaction(Id(8001), 1, "Annat"));

        story.When(Finance, new RecogniseTransaction(Id(8002), again, Of(1), told)).Then(new TransactionRecognised(Id(8002), 1, Of(1)));
        Assert.Equal(0, story.Dossier.Grant.BankImports[1].Undecided);
    }

    [Fact]
    public void What_is_another_is_matched_as_any_and_what_was_never_asked_has_no_answer()
    {
        var (story, told, again) = Asked();
        story.When(Finance, new RecogniseTransaction(Id(8001), told, Of(2), again)).ThenRefused("transaction-not-asked");
        story.When(Finance, new DistinguishTransaction(Id(8001), 1)).ThenRefused("transaction-not-asked");
        story.When(Finance, new DistinguishTransaction(Id(8002), 2)).ThenRefused("no-such-transaction", RefusalKind.NotFound);
        story.When(Finance, new RecogniseTransaction(Id(8002), again, new(Id(8001), 3), told)).ThenRefused("transaction-not-asked");

        story.Given(Finance, new DistinguishTransaction(Id(8002), 1), new MatchTransaction(Id(8002), again, [Requisitioned(1)]));

        Assert.Equal((Kr("77"), 0), (story.Dossier.Grant.Balances.Received, story.Dossier.Grant.BankImports[1].Undecided));
        story.When(Finance, new DistinguishTransaction(Id(8002), 1)).ThenRefused("transaction-matched");
    }

    [Fact]
    public void An_import_of_which_the_log_has_only_how_many_were_known_keeps_its_count()
    {
        var story = Dispatched();
        story.Record([new BankFileImported(File(1, 9), 4)], Finance.Id);

        Assert.Equal((4, 5, false), (story.Dossier.Grant.BankImports[0].Duplicates, story.Dossier.Grant.BankImports[0].Undecided, story.Dossier.Grant.BankImports[0].IsTold));
        story.Given(Finance, new DistinguishTransaction(Id(8001), 1));
        Assert.Equal(6, story.Dossier.Grant.BankImports[0].Undecided);
    }

    [Fact]
    public void Whoever_lays_aside_what_names_the_agreement_is_asked_and_it_stays_an_exception()
    {
        var ours = In(1, "77", "Dnr A2014/2289");
        var story = Imported(Dispatched(), ours);

        story.When(Finance, new DismissTransaction(Id(8001), 1, "Annat", ours, IsSure: false)).ThenFaults(("/sure", "dismissed-cites"));
        Assert.Equal(("Warning 1", "Ok 0", "Ok 0"), (Check("bank-transactions-decided"), Check("dismissed-names-another"), Check("same-payment-answered")));
        story.When(Finance, new DismissTransaction(Id(8001), 2, "Annat", In(2, "77", "S2013/8812"), IsSure: false)).Then(new TransactionDismissed(Id(8001), 2, "Annat"));
        story.When(Finance, new DismissTransaction(Id(8001), 1, "Annat", ours)).Then(new TransactionDismissed(Id(8001), 1, "Annat", true));
        Assert.Equal(("Ok 0", "Warning 1"), (Check("bank-transactions-decided"), Check("dismissed-names-another")));
        story.Given(Finance, new ReopenTransaction(Id(8001), 1));
        Assert.Equal("Ok 0", Check("dismissed-names-another"));

        string Check(string rule) => MrAgreement.Reconciliations.Reconciliation.Of(story.Dossier, story.Today).First(c => c.Rule == rule) is var it ? $"{it.Outcome} {it.Actual}" : "";
    }

    [Fact]
    public void A_question_is_an_exception_until_it_is_answered()
    {
        var (story, told, again) = Asked();
        MrAgreement.Reconciliations.Check Check() => MrAgreement.Reconciliations.Reconciliation.Of(story.Dossier, story.Today).First(c => c.Rule == "same-payment-answered");

        Assert.Equal((true, "camt-2.xml"), (Check().IsException, $"{Check().Values.First(v => v.Place == "list").Value}"));
        story.Given(Finance, new RecogniseTransaction(Id(8002), again, Of(1), told));
        Assert.False(Check().IsException);
    }
}
