using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

/// <summary>From the submission of final accounts on, the recipient alone never lowers what it owes.</summary>
public class AfterFinalAccountsTests
{
    static readonly PrepareStatement final = new(StatementKind.Final, new(Day("2014-06-13"), Day("2017-08-31")), []);

    // 4 000 000 received, 2 500 000 used: 1 500 000 unspent by final accounts.
    static Story Submitted() => Story.Of2014().On("2017-08-31").Given(Payer, Payment("4000000", "2014-09-05")).Spent("2500000")
        .Given(Finance, final).Given(Approver, new AttestStatement(1)).Given(Finance, new Submit("final-accounts", "Slutlig", [], 1));

    static Story Accepted() => Submitted().Given(Officer, new AcceptSubmission("final-accounts", 1, null));

    static Story Adjusted(Story story, AdjustmentKind kind, string amount)
    {
        story.Given(Finance, Adjustment(kind, amount, $"Nr {story.Dossier.Grant.Adjustments.Count}"));
        return story.Given(Approver, new AttestAdjustment(story.Dossier.Grant.Adjustments.Count));
    }

    static string Remaining(Story story) => story.Dossier.Grant.Balances.Remaining.ToString();

    static ObligationStatus Repayment(Story story) => story.Agreement.StatusOf(story["repayment"]);

    [Theory]
    [InlineData(AdjustmentKind.Correction, "1500000")]
    [InlineData(AdjustmentKind.Accrual, "1500000")]
    [InlineData(AdjustmentKind.Correction, "-1")]
    [InlineData(AdjustmentKind.Disallowed, "100")]
    [InlineData(AdjustmentKind.OtherIncome, "1500000")]
    public void An_adjustment_of_costs_after_the_final_accounts_moves_nothing_until_a_new_version_is_accepted(AdjustmentKind kind, string amount)
    {
        var story = Adjusted(Submitted(), kind, amount);
        Assert.Equal(("1500000", ObligationStatus.Waiting), (Remaining(story), Repayment(story)));
        Assert.Equal("1500000", Remaining(Adjusted(Accepted(), kind, amount)));
    }

    [Fact]
    public void What_was_prepared_before_and_is_attested_after_moves_nothing_either()
    {
        var story = Story.Of2014().On("2017-08-31").Given(Payer, Payment("4000000", "2014-09-05")).Spent("2500000").Given(Finance, Adjustment(AdjustmentKind.Correction, "1500000"))
            .Given(Finance, final).Given(Approver, new AttestStatement(1)).Given(Finance, new Submit("final-accounts", "Slutlig", [], 1)).Given(Approver, new AttestAdjustment(1));
        Assert.Equal("1500000", Remaining(story));
        // Taken back, the books tell again; what is submitted then is reviewed anew.
        story.Given(Finance, new WithdrawSubmission("final-accounts", 1, "Rättas"));
        Assert.Equal(("0", ObligationStatus.Waiting), (Remaining(story), Repayment(story)));
    }

    [Fact]
    public void A_new_version_is_drawn_up_submitted_and_counts_when_the_grantor_has_accepted_it()
    {
        var story = Adjusted(Accepted(), AdjustmentKind.Correction, "400000").Given(Finance, final).Given(Approver, new AttestStatement(2));
        Assert.Equal("1500000", Remaining(story));

        story.Given(Finance, new Submit("final-accounts", "Ny version", [], 2));
        Assert.Equal(("1500000", ObligationStatus.Submitted), (Remaining(story), story.Agreement.StatusOf(story["final-accounts"])));
        story.When(Finance, new Submit("final-accounts", "Ny version", [], 2)).ThenRefused("submission-unchanged");

        story.Given(Officer, new AcceptSubmission("final-accounts", 2, null));
        Assert.Equal(("1100000", 2), (Remaining(story), story["final-accounts"].Submissions.Count));
        Assert.Equal(Kr("2900000"), story.Dossier.Grant.FinalAccounts!.Costs);
    }

    [Fact]
    public void A_new_version_that_is_returned_or_taken_back_leaves_the_accepted_one()
    {
        var story = Adjusted(Accepted(), AdjustmentKind.Correction, "400000").Given(Finance, final).Given(Approver, new AttestStatement(2)).Given(Finance, new Submit("final-accounts", "Ny version", [], 2));
        story.Given(Officer, new ReturnSubmission("final-accounts", 2, "Nej", Day("2017-09-30")));
        Assert.Equal(("1500000", ObligationStatus.Done, Day("2017-08-31")), (Remaining(story), story.Agreement.StatusOf(story["final-accounts"]), story["final-accounts"].DeliveredOn!.Value));

        story.Given(Finance, new Submit("final-accounts", "Igen", [], 2), new WithdrawSubmission("final-accounts", 3, "Nej"));
        Assert.Equal(("1500000", ObligationStatus.Done), (Remaining(story), story.Agreement.StatusOf(story["final-accounts"])));
    }

    [Fact]
    public void Only_what_was_drawn_up_after_the_version_that_stands_opens_the_final_accounts_again()
    {
        Accepted().When(Finance, new Submit("final-accounts", "Igen", [], 1)).ThenRefused("obligation-settled");
        Accepted().When(Finance, new Submit("final-accounts", "Utan", Accepted().Uploaded(Finance), null)).ThenRefused("obligation-settled", RefusalKind.NotNow);
    }

    [Fact]
    public void A_final_statement_drawn_up_after_the_acceptance_is_not_what_the_reconciliation_measures_against()
    {
        var story = Accepted().Given(Payer, PaymentBack("1500000", "2017-08-31")).Given(Finance, final).Given(Approver, new AttestStatement(2));
        Assert.Equal([1], Statement.InForce(story.Dossier.Grant).Where(s => s.Kind == StatementKind.Final).Select(s => s.Number));
    }

    [Fact]
    public void Repaying_on_the_statement_s_last_day_leaves_no_error()
    {
        var story = Accepted().Given(Payer, PaymentBack("1500000", "2017-08-31"));
        Assert.Empty(Reconciliation.Of(story.Dossier, story.Today).Where(c => c.Outcome == MrAgreement.Reconciliations.Outcome.Error).Select(c => c.Rule));
    }

    [Fact]
    public void A_statement_whose_figures_have_moved_is_drawn_up_again_before_it_is_submitted()
    {
        var story = Story.Of2014().On("2017-08-31").Given(Payer, Payment("4000000", "2014-09-05")).Spent("2500000.37").Given(Finance, final).Given(Approver, new AttestStatement(1));
        Adjusted(story, AdjustmentKind.Correction, "-100000").When(Finance, new Submit("final-accounts", "Slutlig", [], 1)).ThenRefused("statement-moved");

        story.Given(Finance, final).Given(Approver, new AttestStatement(2)).Given(Finance, new Submit("final-accounts", "Slutlig", [], 2));
        Assert.Equal(Kr("2400000.37"), story.Dossier.Grant.FinalAccounts!.Costs);
    }

    [Fact]
    public void Costs_that_come_after_it_was_drawn_up_and_lie_behind_its_last_day_stop_a_final_statement_too()
    {
        var ends = final with { Period = new(Day("2014-06-13"), Day("2017-03-31")) };
        var story = Story.Of2014().On("2017-08-31").Given(Payer, Payment("4000000", "2014-09-05")).Spent("2500000").Given(Finance, ends).Given(Approver, new AttestStatement(1))
            .Spent("500000", "2017-06-01");
        story.When(Finance, new Submit("final-accounts", "Slutlig", [], 1)).ThenRefused("statement-moved");

        story.Given(Finance, final).Given(Approver, new AttestStatement(2)).Given(Finance, new Submit("final-accounts", "Slutlig", [], 2));
        Assert.Equal("1000000", Remaining(story));
    }

    [Fact]
    public void A_period_that_another_took_the_place_of_may_be_drawn_up_again()
    {
        var story = Submitted().Given(Finance, new WithdrawSubmission("final-accounts", 1, "Rättas"), final with { Period = new(Day("2014-06-13"), Day("2017-07-31")) });
        story.When(Finance, final).Then<StatementPrepared>();
    }

    [Fact]
    public void What_the_grantor_disallows_stays_disallowed_whatever_the_recipient_submits_next()
    {
        var story = Submitted().On("2017-09-20").Given(Officer, new DisallowCosts(Kr("100000"), Day("2017-09-20"), "B1", "Saknar underlag", null, null));
        Assert.Equal("1600000", Remaining(story));
        // Its decision is of a day after the statement's last.
        story.Given(Finance, new WithdrawSubmission("final-accounts", 1, "Rättas"), final with { Period = new(Day("2014-06-13"), Day("2017-09-10")) }).Given(Approver, new AttestStatement(2)).Given(Finance, new Submit("final-accounts", "Slutlig", [], 2));
        Assert.Equal("1600000", Remaining(story));
    }

    [Fact]
    public void Rounding_never_writes_away_whole_kronor_of_what_is_owed()
    {
        var story = Story.Of2014().On("2017-08-31").Given(Payer, Payment("4000000", "2014-09-05")).Spent("2500000").Given(Finance, Adjustment(AdjustmentKind.Rounding, "-0.50"))
            .Submitted("final-accounts", Finance);
        story.When(Approver, new AttestAdjustment(1)).ThenRefused("nothing-to-round");
        story.When(Finance, Adjustment(AdjustmentKind.Rounding, "-0.40", "En till")).ThenRefused("nothing-to-round");
        Assert.Equal("1500000", Remaining(story));
    }

    [Fact]
    public void Roundings_in_all_stay_within_half_a_krona_either_way_however_many_they_are()
    {
        var up = Adjusted(Accepted(), AdjustmentKind.Rounding, "0.30");
        up.When(Finance, Adjustment(AdjustmentKind.Rounding, "0.21", "En till")).ThenRefused("rounding-in-all-too-large");
        up.Given(Finance, Adjustment(AdjustmentKind.Rounding, "0.20", "Två"), Adjustment(AdjustmentKind.Rounding, "0.15", "Tre")).Given(Approver, new AttestAdjustment(2))
            .When(Approver, new AttestAdjustment(3)).ThenRefused("rounding-in-all-too-large");
        Assert.Equal("1500000.5", Remaining(up));

        var down = Adjusted(Accepted().Given(Payer, PaymentBack("0.60", "2017-08-31")), AdjustmentKind.Rounding, "-0.40").Given(Payer, PaymentBack("0.60", "2017-08-31", "ÅTER 2"));
        down.When(Finance, Adjustment(AdjustmentKind.Rounding, "-0.40", "En till")).ThenRefused("rounding-in-all-too-large");
        Assert.Equal("1499998.4", Remaining(down));
    }

    [Fact]
    public void What_is_taken_back_and_submitted_again_begins_no_new_sum_of_roundings()
    {
        var story = Adjusted(Submitted(), AdjustmentKind.Rounding, "0.50").Given(Finance, new WithdrawSubmission("final-accounts", 1, "Rättas"), final).Given(Approver, new AttestStatement(2))
            .Given(Finance, new Submit("final-accounts", "Igen", [], 2));
        story.When(Finance, Adjustment(AdjustmentKind.Rounding, "0.10", "En till")).ThenRefused("rounding-in-all-too-large");
    }

    [Fact]
    public void A_decision_on_costs_leaves_öre_that_are_rounded_by_themselves()
    {
        var story = Adjusted(Story.Of2014().On("2017-08-31").Given(Payer, Payment("4000000", "2014-09-05")).Spent("2999999.60").Submitted("final-accounts", Finance).Accepted("final-accounts")
            .Given(Payer, PaymentBack("1000000", "2017-08-31")), AdjustmentKind.Rounding, "-0.40");
        story.Given(Officer, new DisallowCosts(Kr("500.30"), Day("2017-08-31"), "B1", "Saknar underlag", null, null)).Given(Payer, PaymentBack("500", "2017-08-31", "ÅTER 2"));
        Assert.Equal("0", Remaining(Adjusted(story, AdjustmentKind.Rounding, "-0.30")));
    }

    [Fact]
    public void Own_financing_bears_what_exceeds_the_grant_and_no_more()
    {
        var story = Story.Of2014().On("2017-08-31").Given(Payer, Payment("1000", "2014-09-05")).Spent("1200").Submitted("final-accounts", Finance);
        Adjusted(story, AdjustmentKind.OwnFinancing, "200");
        Assert.Equal(("0", Kr("1000")), (Remaining(story), story.Dossier.Grant.Costs));
        Adjusted(story, AdjustmentKind.OwnFinancing, "300");
        Assert.Equal(("0", Kr("1000")), (Remaining(story), story.Dossier.Grant.Costs));
    }

    [Fact]
    public void What_was_received_is_taken_back_by_the_payer_alone_once_the_final_accounts_are_in()
    {
        var story = Story.Of2014().On("2017-08-31").Given(Payer, Payment("4000000", "2014-09-05")).Given(Finance, Payment("4000000", "2014-09-05", "Bg 1")).Spent("2500000").Submitted("final-accounts", Finance);
        story.When(Finance, new ReversePayment(1, Day("2017-08-31"), "Fel")).ThenRefused("received-is-stated");
        story.When(Payer, new ReversePayment(1, Day("2017-08-31"), "Fel")).Then<PaymentReversed>();
    }

    [Fact]
    public void A_waiver_of_the_final_accounts_does_not_make_the_repayment_done()
    {
        var story = Story.Of2014().On("2017-08-31").Given(Officer, new WaiveObligation("final-accounts", "Behövs inte", "A1"));
        Assert.NotEqual(ObligationStatus.Done, Repayment(story));
    }

    [Fact]
    public void A_repayment_that_only_the_recipient_tells_of_does_not_make_it_done()
    {
        var story = Accepted().Given(Finance, PaymentBack("1500000", "2017-08-31"));
        Assert.NotEqual(ObligationStatus.Done, Repayment(story));
        story.Given(Payer, new ConfirmPayment(2, Day("2017-08-31"), "KAMK"));
        Assert.Equal(ObligationStatus.Done, Repayment(story));
    }

    [Theory]
    [InlineData(AdjustmentKind.Correction, "-500.01")]
    [InlineData(AdjustmentKind.Disallowed, "500.01")]
    [InlineData(AdjustmentKind.Accrual, "-500.01")]
    [InlineData(AdjustmentKind.OwnFinancing, "500.01")]
    public void Nothing_takes_the_costs_below_zero(AdjustmentKind kind, string amount)
    {
        var story = Adjusted(Story.Of2014().Given(Payer, Payment("1000", "2014-06-13")), AdjustmentKind.Correction, "500");
        story.When(Finance, Adjustment(kind, amount, "För mycket")).ThenRefused("adjustment-exceeds-costs");
        story.Given(Finance, Adjustment(kind, amount[0] == '-' ? "-300" : "300", "Ett"), Adjustment(kind, amount[0] == '-' ? "-299" : "299", "Två"))
            .Given(Approver, new AttestAdjustment(2)).When(Approver, new AttestAdjustment(3)).ThenRefused("adjustment-exceeds-costs");
    }
}
