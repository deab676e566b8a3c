using MrAgreement.Parties;

namespace MrAgreement.Tests.Parties;

public class LuhnTests
{
    [Theory]
    [InlineData("18")]
    [InlineData("2021000829")]
    [InlineData("79927398713")]
    public void The_last_digit_checks_those_before_it(string digits) => Assert.True(Luhn.Holds(digits));

    [Fact]
    public void Every_other_last_digit_is_wrong() =>
        Assert.Equal([3], Enumerable.Range(0, 10).Where(digit => Luhn.Holds($"7992739871{digit}")));

    [Fact]
    public void One_mistaken_digit_is_always_found()
    {
        const string right = "2021000829";
        for (var place = 0; place < right.Length; place++)
            foreach (var digit in "0123456789".Where(digit => digit != right[place]))
                Assert.False(Luhn.Holds(right.Remove(place, 1).Insert(place, digit.ToString())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("202100-0829")]
    [InlineData("٢٠٢١٠٠٠٨٢٩")]
    public void Nothing_but_ASCII_digits_will_do(string text) => Assert.False(Luhn.Holds(text));
}
