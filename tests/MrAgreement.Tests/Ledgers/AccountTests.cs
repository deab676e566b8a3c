using MrAgreement.Ledgers;

namespace MrAgreement.Tests.Ledgers;

public class AccountTests
{
    [Theory]
    [InlineData("4010", null, AccountKind.Cost)]
    [InlineData("7999", null, AccountKind.Cost)]
    [InlineData("3010", null, AccountKind.OtherIncome)]
    [InlineData("3990", null, AccountKind.GrantIncome)]
    [InlineData("1930", null, AccountKind.Balance)]
    [InlineData("2440", null, AccountKind.Balance)]
    [InlineData("2890", null, AccountKind.Liability)]
    [InlineData("2990", null, AccountKind.Liability)]
    [InlineData("8310", null, AccountKind.NotChosen)]
    [InlineData("", null, AccountKind.NotChosen)]
    [InlineData("8410", 'K', AccountKind.Cost)]
    [InlineData("8310", 'I', AccountKind.OtherIncome)]
    [InlineData("3990", 'I', AccountKind.GrantIncome)]
    [InlineData("3990", 'K', AccountKind.Cost)]
    [InlineData("5010", 'T', AccountKind.Balance)]
    [InlineData("2890", 'S', AccountKind.Liability)]
    [InlineData("2890", 'K', AccountKind.Cost)]
    [InlineData("1930", 'I', AccountKind.OtherIncome)]
    public void The_file_tells_the_kind_and_else_the_class_does(string number, char? type, AccountKind kind) => Assert.Equal(kind, Account.KindOf(number, type, null));

    [Theory]
    [InlineData("5010", null, AccountKind.Cost)]
    [InlineData("8410", null, AccountKind.Cost)]
    [InlineData("5011", null, AccountKind.NotChosen)]
    [InlineData("5011", 'K', AccountKind.NotChosen)]
    [InlineData("1930", null, AccountKind.Balance)]
    [InlineData("2890", null, AccountKind.Liability)]
    public void Chosen_accounts_are_the_costs_and_no_others(string number, char? type, AccountKind kind) =>
        Assert.Equal(kind, Account.KindOf(number, type, [new(5010, 5010), new(8000, 8999), new(1000, 2999)]));

    [Theory]
    [InlineData("3990", null, AccountKind.GrantIncome)]
    [InlineData("3990", 'I', AccountKind.GrantIncome)]
    [InlineData("3010", null, AccountKind.OtherIncome)]
    [InlineData("3010", 'K', AccountKind.Cost)]
    public void Income_is_no_cost_however_it_is_chosen(string number, char? type, AccountKind kind) =>
        Assert.Equal(kind, Account.KindOf(number, type, [new(3000, 7999)]));

    [Theory]
    [InlineData("5010", 5010, 5010, "5010")]
    [InlineData("7000-7699", 7000, 7699, "7000-7699")]
    [InlineData("4-4", 4, 4, "4")]
    [InlineData("12345678", 12345678, 12345678, "12345678")]
    public void A_range_reads_and_is_written_the_same(string text, int first, int last, string written)
    {
        var range = AccountRange.Parse(text);

        Assert.Equal((new AccountRange(first, last), written), (range, range.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("5010-")]
    [InlineData("-5010")]
    [InlineData("0")]
    [InlineData("05010")]
    [InlineData("5 010")]
    [InlineData("+5010")]
    [InlineData("5010-5020-5030")]
    [InlineData("7699-7000")]
    [InlineData("700-7699")]
    [InlineData("123456789")]
    [InlineData("5010x")]
    [InlineData("٥٠١٠")]
    public void What_is_neither_an_account_nor_a_range_does_not_read(string? text)
    {
        Assert.False(AccountRange.TryParse(text, null, out _));
        Assert.Throws<FormatException>(() => AccountRange.Parse(text ?? ""));
    }

    [Theory]
    [InlineData("7000", true)]
    [InlineData("7699", true)]
    [InlineData("6999", false)]
    [InlineData("7700", false)]
    [InlineData("70001", false)]
    [InlineData("700", false)]
    [InlineData("70a0", false)]
    [InlineData("", false)]
    [InlineData("99999999999999", false)]
    public void Both_ends_of_a_range_belong_to_it(string account, bool holds) => Assert.Equal(holds, new AccountRange(7000, 7699).Holds(account));
}
