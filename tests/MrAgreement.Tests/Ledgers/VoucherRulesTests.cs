using MrAgreement.Ledgers;

namespace MrAgreement.Tests.Ledgers;

/// <summary>Whether two vouchers are one, and what has become of it.</summary>
public class VoucherRulesTests
{
    static readonly VoucherYear calendar = new(Day("2015-01-01"), Day("2015-12-31"), false);
    static readonly VoucherYear early = new(Day("2014-07-01"), Day("2015-06-30"), false);
    static readonly VoucherYear late = new(Day("2015-07-01"), Day("2016-06-30"), false);
    static readonly VoucherYear assumed = calendar with { IsAssumed = true };

    static VoucherCandidate Known(long id = 1, VoucherYear? year = null, string day = "2015-03-01", uint fingerprint = 7, bool isMet = false) =>
        new(id, year ?? calendar, Day(day), new(fingerprint), false, isMet);

    [Theory]
    [InlineData(true, VoucherFate.New)]
    [InlineData(false, VoucherFate.Foreign)]
    public void What_is_not_known_is_new_where_it_carries_the_project(bool carries, VoucherFate fate) =>
        Assert.Equal(fate, VoucherRules.Of(carries, new(7), null));

    [Theory]
    [InlineData(7, false, VoucherFate.Same)]
    [InlineData(7, true, VoucherFate.Repeated)]
    [InlineData(8, false, VoucherFate.Changed)]
    [InlineData(8, true, VoucherFate.Twice)]
    public void What_is_known_is_told_by_its_fingerprint_and_by_whether_the_file_has_had_it(uint fingerprint, bool isMet, VoucherFate fate)
    {
        Assert.Equal(fate, VoucherRules.Of(true, new(fingerprint), Known(isMet: isMet)));
        // One that has left the project is known all the same.
        Assert.Equal(fate, VoucherRules.Of(false, new(fingerprint), Known(isMet: isMet)));
    }

    [Fact]
    public void Of_years_of_the_same_kind_the_first_day_tells()
    {
        Assert.Equal(2, VoucherRules.Choose([Known(1, early), Known(2, calendar), Known(3, late)], calendar, Day("2015-09-01"))?.Id);
        Assert.Equal(1, VoucherRules.Choose([Known(1, assumed)], assumed, Day("2015-12-31"))?.Id);
        Assert.Null(VoucherRules.Choose([Known(1, early), Known(2, late)], calendar, Day("2015-03-01")));
        Assert.Null(VoucherRules.Choose([], calendar, Day("2015-03-01")));
    }

    [Theory]
    [InlineData("2015-06-30", 1L)]
    [InlineData("2015-07-01", 2L)]
    [InlineData("2016-07-01", null)]
    public void In_an_assumed_year_a_voucher_is_the_one_whose_declared_year_holds_its_day(string day, long? id) =>
        Assert.Equal(id, VoucherRules.Choose([Known(1, early), Known(2, late)], assumed, Day(day))?.Id);

    [Fact]
    public void In_a_declared_year_a_voucher_is_the_one_of_an_assumed_year_whose_day_it_holds()
    {
        Assert.Equal(1, VoucherRules.Choose([Known(1, assumed, "2015-06-30")], early, Day("2014-08-01"))?.Id);
        Assert.Null(VoucherRules.Choose([Known(1, assumed, "2015-06-30")], late, Day("2015-08-01")));
    }

    [Fact]
    public void Of_several_it_is_the_one_whose_year_is_known_the_same_way_then_the_one_of_the_day_then_the_earliest()
    {
        Assert.Equal(3, VoucherRules.Choose([Known(1, early), Known(2, calendar), Known(3, assumed, "2015-04-01")], assumed, Day("2015-03-01"))?.Id);
        Assert.Equal(2, VoucherRules.Choose([Known(1, early, "2015-04-01"), Known(2, calendar, "2015-03-01")], assumed, Day("2015-03-01"))?.Id);
        Assert.Equal(1, VoucherRules.Choose([Known(2, early), Known(1, calendar)], assumed, Day("2015-03-01"))?.Id);
    }
}
