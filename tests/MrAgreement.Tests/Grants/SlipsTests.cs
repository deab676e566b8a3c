using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

/// <summary>What may be a slip in the money is asked about, and stays to be seen where it was meant.</summary>
public class SlipsTests
{
    static Story Paid() => Story.Of2014().On("2014-09-02").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1))
        .Given(Payer, Payment("4000000", "2014-09-02", requisition: 1)).On("2015-02-01").Given(Officer, Release("2015"));

    static IEnumerable<string> Warned(Story story, int payment) => PaymentDoubts.Of(story.Dossier, story.Dossier.Grant.Payments[payment - 1]).Select(doubt => doubt.Rule);

    [Fact]
    public void A_payment_in_above_what_is_decided()
    {
        var more = Payment("4000000.01", "2015-02-01", "Mer") with { IsSure = false };
        var story = Paid().When(Payer, more).ThenFaults(("/sure", "payment-without-requisition"), ("/sure", "payment-above-decided"));
        story.Given(Payer, more with { IsSure = true });
        Assert.Empty(Warned(story, 1));
        Assert.Equal(["payment-without-requisition", "payment-above-decided"], Warned(story, 2));
        Assert.Empty(Warned(story.Given(Payer, new ReversePayment(2, Day("2015-02-01"), "Fel")), 2));
    }

    [Fact]
    public void A_payment_before_the_signature_or_on_no_requisition()
    {
        var early = Payment("1", "2014-06-12", "Tidig");
        var story = Story.Of2014().When(Payer, early with { IsSure = false }).ThenFaults(("/sure", "payment-without-requisition"), ("/sure", "payment-before-signature"));
        Assert.Equal(["payment-without-requisition", "payment-before-signature"], Warned(story.Given(Payer, early), 1));
    }

    [Fact]
    public void A_payment_out_above_what_was_received()
    {
        var more = PaymentBack("4000000.01", "2015-02-01") with { IsSure = false };
        var story = Paid().When(Finance, more).ThenRefusedBy("payment-above-received");
        Assert.Equal(["payment-above-received"], Warned(story.Given(Finance, more with { IsSure = true }), 2));
    }

    [Fact]
    public void Another_account_than_the_last_one_that_was_sent()
    {
        var other = new PrepareRequisition("2015", Kr("1000"), null, Plusgiro.Parse("1-8"), "MR 2015");
        var story = Paid().When(Finance, other with { IsSure = false }).ThenFaults(("/sure", "account-changed"));
        story.Given(Finance, Requisition("2015", "1000") with { IsSure = false }, other);
        Assert.Equal((null, 1), (story.Dossier.Grant.Requisitions[1].OnOtherAccount(story.Dossier.Grant)?.Number, story.Dossier.Grant.Requisitions[2].OnOtherAccount(story.Dossier.Grant)?.Number));
        // What nobody has attested and sent makes no new account usual.
        story.When(Finance, other with { Reference = "MR 2015 (2)", IsSure = false }).ThenFaults(("/sure", "account-changed"));
    }

    [Theory]
    [InlineData("0.40", "-0.40", true)]
    [InlineData("0.40", "0.40", false)]
    [InlineData("0.40", "-0.41", false)]
    [InlineData("0.60", "0.40", true)]
    [InlineData("0.60", "-0.40", false)]
    [InlineData("0.50", "-0.50", true)]
    [InlineData("0.50", "0.50", true)]
    [InlineData("1000", "0.50", false)]
    public void A_rounding_that_does_not_bring_the_balance_to_whole_kronor(string balance, string rounding, bool rounds)
    {
        var asked = Story.Of2014().Given(Payer, Payment(balance, "2014-06-13")).When(Finance, Adjustment(AdjustmentKind.Rounding, rounding) with { IsSure = false });
        if (rounds)
            asked.Then<AdjustmentPrepared>();
        else
            asked.ThenFaults(("/sure", "rounding-other-way"));
    }

    [Fact]
    public void Final_accounts_end_on_the_last_day_booked_or_paid_and_at_most_today()
    {
        var story = Story.Of2014().On("2017-08-25").Given(Payer, Payment("4000000", "2014-09-05")).Spent("2500000", "2017-06-30");
        Assert.Equal((Day("2014-06-13"), Day("2017-06-30")), (Usual(story).From, Usual(story).To));
        Assert.Equal(Day("2017-08-20"), Usual(story.Given(Payer, PaymentBack("1500000", "2017-08-20"))).To);
        Assert.Equal(Day("2017-08-25"), Usual(story.Spent("1", "2017-12-31")).To);
        Assert.Equal(Day("2014-06-13"), Usual(Story.Of2014()).To);
    }

    [Fact]
    public void Final_accounts_begin_with_the_first_payment_and_end_with_the_agreement_once_that_is_over()
    {
        var early = Story.Of2014().On("2017-08-25").Given(Payer, Payment("4000000", "2014-06-01")).Spent("2500000", "2017-06-30");
        Assert.Equal((Day("2014-06-01"), Day("2017-06-30")), (Usual(early).From, Usual(early).To));
        early.When(Finance, new PrepareStatement(StatementKind.Final, new(Day("2014-06-13"), Day("2017-06-30")), [], IsSure: false)).ThenFaults(("/sure", "statement-not-whole"));
        Assert.Equal(Day("2017-12-31"), Usual(early.On("2018-01-10")).To);

        var ended = Story.Of2014().On("2016-03-31").Given(Payer, Payment("4000000", "2014-09-05")).Spent("2500000", "2015-11-15")
            .Given(Officer, new TerminateAgreement(Day("2016-03-31"), "A2016/1", Day("2016-06-30"))).On("2016-04-02");
        Assert.Equal(Day("2016-03-31"), Usual(ended).To);
    }

    [Fact]
    public void A_statement_of_days_to_come_or_of_less_than_all()
    {
        var story = Story.Of2014().On("2017-08-25").Given(Payer, Payment("4000000", "2014-09-05")).Spent("2500000", "2017-06-30");
        Prepare("2017-08-26").ThenFaults(("/sure", "statement-period-not-ended"));
        Prepare("2017-06-29").ThenFaults(("/sure", "statement-not-whole"));
        Prepare("2017-06-30").Then<StatementPrepared>();

        Outcome Prepare(string to) => story.When(Finance, new PrepareStatement(StatementKind.Final, new(Day("2014-06-13"), Day(to)), [], IsSure: false));
    }

    [Fact]
    public void Final_accounts_are_asked_for_by_what_an_obligation_is_and_not_by_the_papers_it_asks_for()
    {
        var terms = Terms2014 with { Obligations = [.. Terms2014.Obligations.Select(o => o.Key == "final-accounts" ? o with { Documents = ["letter"] } : o)] };
        var story = Story.Signed(terms).On("2017-08-01");
        Assert.Equal((StatementKind.Final, Usual(story)), StatementDecisions.Asked(story.Dossier, story["final-accounts"], story.Today));
    }

    static DateSpan Usual(Story story) => StatementDecisions.Usual(story.Dossier, StatementKind.Final, story.Today);
}
