using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

public class PositionTests
{
    static Story Begun() => Story.Of2014().On("2018-01-10");

    static Position On(Story story, string day) => Position.Until(story.Dossier.Grant, Day(day));

    static Story Adjusted(Story story, AdjustmentKind kind, string amount, string from, string to)
    {
        story.Given(Finance, new PrepareAdjustment(kind, Kr(amount), new(Day(from), Day(to)), null, $"Nr {story.Dossier.Grant.Adjustments.Count}"));
        return story.Given(Approver, new AttestAdjustment(story.Dossier.Grant.Adjustments.Count));
    }

    [Fact]
    public void Money_counts_from_the_day_it_was_paid_and_costs_from_the_day_they_were_booked()
    {
        var story = Begun().Given(Payer, Payment("1000", "2015-02-01"), PaymentBack("300", "2017-08-01")).Spent("700", "2015-03-01");

        Assert.Equal(new(Kronor.Zero, Kronor.Zero, Kronor.Zero, Kronor.Zero, Kronor.Zero, Kronor.Zero), On(story, "2015-01-31"));
        Assert.Equal(new(Kr("1000"), Kronor.Zero, Kronor.Zero, Kronor.Zero, Kronor.Zero, Kronor.Zero), On(story, "2015-02-28"));
        Assert.Equal(new(Kr("1000"), Kronor.Zero, Kr("700"), Kr("700"), Kronor.Zero, Kronor.Zero), On(story, "2015-03-01"));
        Assert.Equal(Kr("300"), On(story, "2017-07-31").Balance);
        Assert.Equal(Kronor.Zero, On(story, "2017-08-01").Balance);
    }

    [Fact]
    public void Used_is_at_most_what_had_been_received_and_what_comes_later_bears_what_was_left()
    {
        var story = Begun().Given(Payer, Payment("100", "2015-02-01"), Payment("500", "2016-02-01", "2")).Spent("250", "2015-03-01");

        Assert.Equal((Kr("250"), Kr("100"), Kronor.Zero), (On(story, "2015-12-31").Costs, On(story, "2015-12-31").Used, On(story, "2015-12-31").Balance));
        Assert.Equal((Kr("250"), Kr("350")), (On(story, "2016-02-01").Used, On(story, "2016-02-01").Balance));
    }

    [Fact]
    public void An_adjustment_counts_on_the_last_day_that_it_concerns()
    {
        var story = Adjusted(Begun().Given(Payer, Payment("1000", "2015-02-01")), AdjustmentKind.Accrual, "50", "2015-12-01", "2016-01-31");

        Assert.Equal((Kronor.Zero, Kr("50")), (On(story, "2016-01-30").Costs, On(story, "2016-01-31").Costs));
    }

    [Fact]
    public void Rounding_is_in_the_balance_and_no_cost()
    {
        var story = Adjusted(Begun().Given(Payer, Payment("1000", "2015-02-01")).Spent("999.60"), AdjustmentKind.Rounding, "-0.40", "2015-01-01", "2015-12-31");

        Assert.Equal((Kr("999.60"), Kr("-0.40"), Kronor.Zero), (On(story, "2015-12-31").Used, On(story, "2015-12-31").Rounding, On(story, "2015-12-31").Balance));
    }

    [Fact]
    public void Costs_below_zero_are_shown_as_they_are_and_use_nothing()
    {
        var story = Begun().Given(Payer, Payment("1000", "2015-02-01")).Spent("-70", "2015-03-01");

        Assert.Equal((Kr("-70"), Kronor.Zero, Kr("1000")), (On(story, "2015-12-31").Costs, On(story, "2015-12-31").Used, On(story, "2015-12-31").Balance));
    }

    [Fact]
    public void A_reversed_payment_counts_until_the_day_it_was_taken_back()
    {
        var story = Begun().Given(Payer, Payment("1000", "2015-02-01"), new ReversePayment(1, Day("2015-03-01"), "Fel konto"));

        Assert.Equal((Kr("1000"), Kronor.Zero), (On(story, "2015-02-28").Received, On(story, "2015-03-01").Received));
    }
}
