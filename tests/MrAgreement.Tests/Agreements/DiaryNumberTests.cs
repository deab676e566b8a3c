using MrAgreement.Documents;

namespace MrAgreement.Tests.Agreements;

public class DiaryNumberTests
{
    [Theory]
    [InlineData("A2014/2289/DISK", "A", 2014, 2289)]
    [InlineData("S2013/8812/FST", "S", 2013, 8812)]
    [InlineData("Fi2009/7941 (delvis)", "Fi", 2009, 7941)]
    [InlineData("Fi2015/2449", "Fi", 2015, 2449)]
    [InlineData("FA2016/01034/JA", "FA", 2016, 1034)]
    [InlineData("Fi2019/03701/ESA (delvis)", "Fi", 2019, 3701)]
    [InlineData("Fi2021/00551", "Fi", 2021, 551)]
    [InlineData("Fö2014/1", "Fö", 2014, 1)]
    public void The_ministries_form_is_recognised_and_kept_as_written(string text, string prefix, int year, int serial)
    {
        var number = DiaryNumber.Parse(text);

        Assert.Equal(text, number.ToString());
        Assert.Equal((prefix, year, serial), (number.Prefix, number.Year, number.Serial));
        Assert.True(number.HasKnownPrefix);
    }

    [Theory]
    [InlineData("S2013/8812/FST", "S2013/08812")]
    [InlineData("S2013/8812/FST", "s2013/8812")]
    [InlineData("Fö2014/1", "FÖ2014/00001 (delvis)")]
    [InlineData("Fi2021/04004 (delvis)", "FI2021/4004")]
    public void The_same_prefix_year_and_serial_are_the_same_number(string one, string other)
    {
        Assert.Equal(DiaryNumber.Parse(one), DiaryNumber.Parse(other));
        Assert.Equal(DiaryNumber.Parse(one).GetHashCode(), DiaryNumber.Parse(other).GetHashCode());
    }

    [Theory]
    [InlineData("S2013/8812", "S2014/8812")]
    [InlineData("S2013/8812", "S2013/8813")]
    [InlineData("S2013/8812", "Fi2013/8812")]
    [InlineData("2014/123", "2014/0123")]
    [InlineData("2014/123", "S2014/123")]
    [InlineData("dnr 1", "Dnr 1")]
    public void Other_numbers_are_others(string one, string other) =>
        Assert.NotEqual(DiaryNumber.Parse(one), DiaryNumber.Parse(other));

    [Fact]
    public void An_unknown_prefix_is_taken_and_told()
    {
        var number = DiaryNumber.Parse("Xy2014/123");

        Assert.Equal("Xy", number.Prefix);
        Assert.False(number.HasKnownPrefix);
    }

    [Theory]
    [InlineData("2014/123")]
    [InlineData("Dnr 5.1-123/2020")]
    [InlineData("S2013-8812")]
    [InlineData("S2013/881234")]
    [InlineData("S2013/8812/fst")]
    [InlineData("S2013/8812/FST (helt)")]
    [InlineData("S٢٠١٣/8812")]
    [InlineData("KS 2014:7 ✓ 🙂")]
    public void Other_bodies_forms_are_taken_as_they_are(string text)
    {
        var number = DiaryNumber.Parse(text);

        Assert.Equal(text, number.ToString());
        Assert.Equal((null, null, null), (number.Prefix, number.Year, number.Serial));
        Assert.False(number.HasKnownPrefix);
        Assert.Equal(DiaryNumber.Parse(text), number);
    }

    [Fact]
    public void White_space_around_the_number_is_dropped() =>
        Assert.Equal("S2013/8812", DiaryNumber.Parse(" S2013/8812\u00A0").ToString());

    [Fact]
    public void A_hundred_characters_are_taken_and_one_more_is_not()
    {
        Assert.Equal(100, DiaryNumber.Parse(new string('a', 100)).ToString().Length);
        Assert.False(DiaryNumber.TryParse(new string('a', 101), null, out _));
    }

    [Fact]
    public void Empty_text_control_characters_and_broken_characters_are_refused()
    {
        string?[] texts = [null, "", " ", "\u00A0", "S2013/8812\n", "\tS2013/8812", "S2013\u0000/8812", "S2013\u0085", "S2013/8812\uD83D"];

        Assert.All(texts, text => Assert.False(DiaryNumber.TryParse(text, null, out _)));
        Assert.All(texts, text => Assert.Throws<FormatException>(() => DiaryNumber.Parse(text!)));
    }
}
