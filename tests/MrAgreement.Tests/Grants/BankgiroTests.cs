using MrAgreement.Grants;

namespace MrAgreement.Tests.Grants;

public class BankgiroTests
{
    [Theory]
    [InlineData("160-9908")]
    [InlineData("5050-1055")]
    public void A_number_reads_as_it_is_written_with_or_without_its_hyphen(string number)
    {
        Assert.Equal(number, Bankgiro.Parse(number).ToString());
        Assert.Equal(Bankgiro.Parse(number), Bankgiro.Parse(number.Replace("-", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5050-5055")]
    [InlineData("50501-055")]
    [InlineData("5050--1055")]
    [InlineData("5050 1055")]
    [InlineData("0160-9908")]
    [InlineData("000-0000")]
    [InlineData("18-0000")]
    [InlineData("15050-1055")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(Bankgiro.TryParse(text, null, out var result));
        Assert.Equal(default, result);
        Assert.Throws<FormatException>(() => Bankgiro.Parse(text!));
    }
}
