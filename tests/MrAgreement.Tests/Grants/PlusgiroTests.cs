using MrAgreement.Grants;

namespace MrAgreement.Tests.Grants;

public class PlusgiroTests
{
    [Theory]
    [InlineData("1-8", "1-8")]
    [InlineData("18", "1-8")]
    [InlineData("123456-6", "123456-6")]
    [InlineData("1234566", "123456-6")]
    [InlineData("12 34 56-6", "123456-6")]
    [InlineData("1234567-4", "1234567-4")]
    public void A_number_is_written_with_a_hyphen_before_its_check_digit(string read, string written)
    {
        Assert.Equal(written, Plusgiro.Parse(read).ToString());
        Assert.Equal(Plusgiro.Parse(written), Plusgiro.Parse(read));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("8")]
    [InlineData("-8")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("0-18")]
    [InlineData("01-8")]
    [InlineData("1-9")]
    [InlineData("123456--6")]
    [InlineData("12345-66")]
    [InlineData(" 123456-6")]
    [InlineData("123456-6 ")]
    [InlineData("12345678-2")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(Plusgiro.TryParse(text, null, out var result));
        Assert.Equal(default, result);
        Assert.Throws<FormatException>(() => Plusgiro.Parse(text!));
    }
}
