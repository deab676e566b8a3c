using MrAgreement.Grants;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;
using static MrAgreement.Tests.Reconciliations.Reconciling;

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
    public void An_ended_requisition_counts_with_what_was_paid_of_it()
    {
        var story = Begun().Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1))
            .Given(Payer, Payment("400", "2014-08-15", requisition: 1), new EndRequisition(1, "Fel belopp"));
        Assert.Equal(("Ok 4000000 400", "Ok 400 400"), (story.Of("requisitions-within-decided"), story.Of("requisitions-paid")));

        story.Given(Finance, Requisition(amount: "3999600", reference: "MR 2")).Given(Approver, new AttestRequisition(2)).Given(Finance, new DispatchRequisition(2));
        Assert.Equal(("Ok 4000000 4000000", "Warning 4000000 400"), (story.Of("requisitions-within-decided"), story.Of("requisitions-paid")));
        story.Given(Payer, Payment("3999600", "2014-08-15", "Resten", 2));
        Assert.Equal(("Ok 4000000 4000000", "Ok 4000000 4000000"), (story.Of("requisitions-within-decided"), story.Of("requisitions-paid")));
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

    // 1 500 000 by the agreed day, 1 September, and 100 000 by a decision's, 31 October.
    static Story InTwoParts() => Paid().On("2017-08-20").Spent("2500000").Submitted("final-accounts", Finance).Accepted("final-accounts")
        .Given(Officer, new DisallowCosts(Kr("100000"), Day("2017-08-20"), "Beslut 7", "Saknar underlag", Day("2017-10-31"), null));

    [Fact]
    public void Each_part_of_what_is_repaid_is_held_against_its_own_day()
    {
        var story = InTwoParts().On("2017-09-01");
        Assert.Equal("Ok 1600000 0", story.Of("repaid-in-time"));
        Assert.Equal(["ahead 1500000 2017-09-01", "ahead 100000 2017-10-31"], story.Remarks("repaid-in-time"));

        story.On("2017-09-10");
        Assert.Equal("Error 1600000 0", story.Of("repaid-in-time"));
        Assert.Equal(["overdue 1500000 2017-09-01", "ahead 100000 2017-10-31"], story.Remarks("repaid-in-time"));

        story.Given(Payer, PaymentBack("500000", "2017-09-10"));
        Assert.Equal(["overdue 1000000 2017-09-01", "ahead 100000 2017-10-31", "late-one"], story.Remarks("repaid-in-time"));

        story.Given(Payer, PaymentBack("1000000", "2017-09-10", "ÅTER 2"));
        Assert.Equal("Warning 1600000 1500000", story.Of("repaid-in-time"));
        Assert.Equal(["ahead 100000 2017-10-31", "late-many 2"], story.Remarks("repaid-in-time"));

        story.On("2017-11-01");
        Assert.Equal("Error 1600000 1500000", story.Of("repaid-in-time"));
        Assert.Equal(["overdue 100000 2017-10-31", "late-many 2"], story.Remarks("repaid-in-time"));
        story.Given(Payer, PaymentBack("100000", "2017-10-31", "ÅTER 3"));
        Assert.Equal("Warning 1600000 1600000", story.Of("repaid-in-time"));
        Assert.Equal(["late-many 2"], story.Remarks("repaid-in-time"));
    }

    [Fact]
    public void What_was_accepted_of_one_part_is_not_accepted_of_the_next()
    {
        var story = InTwoParts().On("2017-09-10").Given(Payer, PaymentBack("1500000", "2017-09-10")).Given(Approver, new WaiveException("repaid-in-time", "Banken var stängd"));
        Assert.NotNull(story.Check("repaid-in-time").Waived);
        Assert.Null(story.On("2017-11-01").Check("repaid-in-time").Waived);
    }

    [Fact]
    public void What_is_left_of_what_is_unspent_alone_is_told_as_before()
    {
        Assert.Empty(Paid().On("2017-09-01").Spent("3999000").Remarks("repaid-in-time"));
        Assert.Equal(["overdue 1000 2017-09-01"], Paid().On("2017-09-02").Spent("3999000").Remarks("repaid-in-time"));
    }

    [Fact]
    public void Öre_that_no_payment_settles_are_to_be_rounded_and_what_is_too_much_is_told()
    {
        var story = Paid().On("2017-09-02").Spent("3999000.37").Given(Payer, PaymentBack("999", "2017-09-01"));
        Assert.Equal("Error 999.63 999", story.Of("repaid-in-time"));
        Assert.Equal(["overdue 0.63 2017-09-01"], story.Remarks("repaid-in-time"));
        story = Paid().On("2017-09-02").Spent("3999000.63").Given(Payer, PaymentBack("999", "2017-09-01"));
        Assert.Equal(["to-round 0.37"], story.Remarks("repaid-in-time"));
        story = Paid().On("2017-09-02").Spent("3999000").Given(Payer, PaymentBack("1005", "2017-09-01"));
        Assert.Equal(("Error 1000 1005", "beyond 5"), (story.Of("repaid-in-time"), Assert.Single(story.Remarks("repaid-in-time"))));
    }

    [Fact]
    public void What_the_recipient_alone_says_it_has_repaid_is_told_as_that()
    {
        var story = Paid().On("2017-08-20").Spent("2500000.37").Submitted("final-accounts", Finance).Accepted("final-accounts").Given(Finance, PaymentBack("1499999.63", "2017-08-20"));
        Assert.Equal("Warning 1499999.63 1499999.63", story.Of("repaid-in-time"));
        Assert.Equal(["by-word 1499999.63"], story.Remarks("repaid-in-time"));

        story.Given(Payer, new ConfirmPayment(2, Day("2017-08-20"), "ÅTER"));
        Assert.Equal("Ok 1499999.63 1499999.63", story.Of("repaid-in-time"));
        Assert.Empty(story.Remarks("repaid-in-time"));
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
