using MrAgreement.Grants;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;
using static MrAgreement.Tests.Reconciliations.Reconciling;
using static MrAgreement.Tests.Some;

namespace MrAgreement.Tests.Reconciliations;

public class MoneyChecksTests
{
    [Fact]
    public void Requisitions_stay_within_what_is_decided()
    {
        Assert.Equal("Ok 4000000 4000000", Paid().Of("requisitions-within-decided"));

        // The rules let it not happen: here it stands in the log all the same.
        var story = Paid();
        story.Record([new RequisitionPrepared(2, "2014", Kr("1"), Bankgiro.Parse("5050-1055"), null, "För mycket"), new RequisitionDispatched(2, Day("2014-08-15"))], Finance.Id);
        Assert.Equal("Error 4000000 4000001", story.Of("requisitions-within-decided"));
        var conditional = Begun();
        conditional.Record([new RequisitionPrepared(1, "2015", Kr("1"), Bankgiro.Parse("5050-1055"), null, "Villkorad"), new RequisitionDispatched(1, Day("2014-08-15"))], Finance.Id);
        Assert.Equal("Error 4000000 1", conditional.Of("requisitions-within-decided"));
    }

    [Fact]
    public void A_draft_of_the_recipient_shows_in_no_check_that_others_see()
    {
        var story = Begun().Given(Finance, Requisition(amount: "1000000")).Given(Approver, new AttestRequisition(1));

        Assert.Equal("Ok 4000000 0", story.Of("requisitions-within-decided"));
        Assert.All(Reconciliation.Of(story.Dossier, story.Today).Where(c => !c.IsInternal && c.Rule != "four-eyes"), c => Assert.DoesNotContain(c.Sources, s => s.Kind == "requisition"));
        Assert.Equal("Ok 4000000 1000000", story.Given(Finance, new DispatchRequisition(1)).Of("requisitions-within-decided"));
    }

    [Fact]
    public void What_was_refused_is_neither_requisitioned_nor_late()
    {
        var story = Begun().On("2014-09-02").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1));
        Assert.Equal("Warning 0 1", story.Of("requisitions-in-time"));

        story.Given(Payer, new RefuseRequisition(1, "Fel konto"));
        Assert.Equal(("Ok 0 0", "Ok 4000000 0"), (story.Of("requisitions-in-time"), story.Of("requisitions-within-decided")));
    }

    [Fact]
    public void What_is_requisitioned_has_been_paid()
    {
        Assert.Equal("Ok 4000000 4000000", Paid().Of("requisitions-paid"));
        Assert.Equal("Warning 4000000 0", Paid().Given(Payer, new ReversePayment(1, Day("2014-08-15"), "Fel")).Of("requisitions-paid"));
    }

    [Fact]
    public void Requisitions_reach_the_payer_in_time()
    {
        Assert.Equal("Ok 0 0", Paid().Of("requisitions-in-time"));
        Assert.Equal("Warning 0 1", Begun().On("2014-09-02").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1)).Of("requisitions-in-time"));
        Assert.Equal("NotInTerms", Story.Signed(Terms(Deliverable("it", NoDate)) with { Grant = Terms2014.Grant! with { Instalments = [new("2015", Kr("1"), "riksdag-appropriation")] } }).Of("requisitions-in-time"));
    }

    [Fact]
    public void A_payment_has_its_requisition()
    {
        Assert.Equal("Ok 0 0", Paid().Of("payments-on-requisition"));
        Assert.Equal("Warning 0 1", Paid().Given(Payer, Payment("5", "2014-08-15", "Okänd")).Of("payments-on-requisition"));
    }

    [Fact]
    public void The_balance_is_the_sum_of_its_entries()
    {
        var story = Paid().On("2016-01-15").Spent("100.05").Adjusted(AdjustmentKind.Disallowed, "0.05");
        Assert.Equal("Ok 3999900 3999900", story.Of("balance-adds-up"));

        // The kept sum of costs has lost an öre.
        var grant = story.Dossier.Grant;
        var broken = story.Dossier with { Grant = grant with { Ledger = grant.Ledger with { Costs = grant.Ledger.Costs - Kr("0.01") } } };
        Assert.Equal(MrAgreement.Reconciliations.Outcome.Error, Reconciliation.Of(broken, story.Today).Single(c => c.Rule == "balance-adds-up").Outcome);
    }

    [Fact]
    public void What_is_unspent_is_repaid_in_time()
    {
        Story Until(string day) => Paid().On(day).Spent("3999000");

        Assert.Equal("Ok 1000 0", Until("2017-09-01").Of("repaid-in-time"));
        Assert.Equal("Error 1000 0", Until("2017-09-02").Of("repaid-in-time"));
        Assert.Equal("Ok 1000 1000", Until("2017-09-02").Given(Payer, PaymentBack("1000", "2017-09-01")).Of("repaid-in-time"));
        Assert.Equal("Warning 1000 1000", Until("2017-09-02").Given(Payer, PaymentBack("1000", "2017-09-02")).Of("repaid-in-time"));
        Assert.Equal("Error 1000 1", Until("2017-09-02").Given(Payer, PaymentBack("1", "2017-09-02")).Of("repaid-in-time"));
        Assert.Equal("NotInTerms", Story.Signed(Terms(Deliverable("it", NoDate)) with { Grant = Terms2014.Grant }).Of("repaid-in-time"));
        Assert.True(Until("2017-09-01").Check("repaid-in-time").IsNotYet);
        Assert.False(Until("2017-09-02").Check("repaid-in-time").IsNotYet);
        Assert.False(Until("2017-08-01").Given(Payer, PaymentBack("1000", "2017-08-01")).Check("repaid-in-time").IsNotYet);
    }

    [Fact]
    public void Four_eyes_have_seen_what_is_attested()
    {
        var story = Paid().On("2016-01-15").Adjusted(AdjustmentKind.Correction, "1").Stated(2015);
        Assert.Equal("Ok 0 0", story.Of("four-eyes"));

        story.Given(Finance, Adjustment(AdjustmentKind.Correction, "2"), new PrepareStatement(StatementKind.Annual, Year(2014), []));
        story.Record([new AdjustmentAttested(2), new StatementAttested(2)], Finance.Id);
        Assert.Equal("Error 0 2", story.Of("four-eyes"));
        Assert.Contains(("list", "adjustment 2, statement 2"), story.Check("four-eyes").Values.Select(v => (v.Place, $"{v.Value}")));
    }

    [Fact]
    public void The_recipient_bears_what_the_terms_ask_of_it()
    {
        Assert.Equal("NotInTerms", Paid().Of("own-contribution"));
        Assert.Equal("Error 100 0", Bearing(null).On("2017-09-02").Of("own-contribution"));
        Assert.Equal("Error 100 99.99", Bearing("99.99").On("2017-09-02").Of("own-contribution"));
        Assert.Equal("Ok 100 100", Bearing("100").On("2017-09-02").Of("own-contribution"));
    }

    [Fact]
    public void What_the_recipient_is_to_bear_is_not_late_before_the_accounts_are_final()
    {
        Assert.Equal("Ok 100 0", Bearing(null).Of("own-contribution"));
        Assert.True(Bearing(null).Check("own-contribution").IsNotYet);
        Assert.False(Bearing("100").Check("own-contribution").IsNotYet);
        Assert.Equal("Ok 100 40", Bearing("40").On("2017-09-01").Of("own-contribution"));
        Assert.Equal("Ok 100 40", Bearing("40").On("2016-01-15").Stated(2015).Of("own-contribution"));
        Assert.Equal("Error 100 40", Bearing("40").On("2017-06-01").Stated(StatementKind.Final, new(Day("2014-06-13"), Day("2017-05-31"))).Of("own-contribution"));
        Assert.Equal("Error 100 40", Bearing("40").On("2017-06-01").Submitted("final-accounts", Finance).Of("own-contribution"));
    }

    static Story Bearing(string? amount)
    {
        var story = Paid(g => g with { OwnContribution = Kr("100") });
        return amount is null ? story : story.Spent("100", "2015-03-01").Adjusted(AdjustmentKind.OwnFinancing, amount);
    }
}
