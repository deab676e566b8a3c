using MrAgreement.Parties;

namespace MrAgreement.Tests.Parties;

public class OrganisationNumberTests
{
    [Theory]
    [InlineData("202100-0829")]
    [InlineData("556047-3521")]
    [InlineData("556334-3689")]
    [InlineData("555555-5555")]
    [InlineData("222000-0315")]
    public void A_number_reads_as_it_is_written(string number) =>
        Assert.Equal(number, OrganisationNumber.Parse(number).ToString());

    [Theory]
    [InlineData("2021000829")]
    [InlineData("162021000829")]
    [InlineData("16202100-0829")]
    public void The_hyphen_may_be_missing_and_the_prefix_16_present(string written)
    {
        Assert.Equal(OrganisationNumber.Parse("202100-0829"), OrganisationNumber.Parse(written));
        Assert.Equal("202100-0829", OrganisationNumber.Parse(written).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("202100-0828")]
    [InlineData("811218-9876")] // a personal identity number: the third digit begins a month
    [InlineData("19811218-9876")]
    [InlineData("172021000829")]
    [InlineData("20210-00829")]
    [InlineData("202100--0829")]
    [InlineData("-2021000829")]
    [InlineData("202100 0829")]
    [InlineData("202100-082")]
    [InlineData("16202100-08290")]
    [InlineData("0000000000")]
    [InlineData("٢٠٢١٠٠٠٨٢٩")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(OrganisationNumber.TryParse(text, null, out var result));
        Assert.Equal(default, result);
        Assert.Throws<FormatException>(() => OrganisationNumber.Parse(text!));
    }
}
