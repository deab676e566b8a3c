using MrAgreement.Calendars;
using static MrAgreement.Tests.Calendars.CalendarFile;

namespace MrAgreement.Tests.Calendars;

public class WorkingDayRuleTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Deadlines =>
        Rows("deadline_vectors.csv").Select(row => new TheoryDataRow<string, string>(row[0], row[1]));

    [Theory]
    [MemberData(nameof(Deadlines))]
    public void A_deadline_moves_to_the_next_working_day_under_1930_173(string nominal, string effective) =>
        Assert.Equal(Day(effective), WorkingDayRule.Lag1930.Effective(Day(nominal)));

    [Theory]
    [MemberData(nameof(Deadlines))]
    public void A_deadline_stands_as_written_under_no_rule(string nominal, string effective)
    {
        Assert.NotEmpty(effective);
        Assert.Equal(Day(nominal), WorkingDayRule.None.Effective(Day(nominal)));
    }

    [Theory]
    [InlineData(WorkingDayRule.None, "none")]
    [InlineData(WorkingDayRule.Lag1930, "lag-1930-173")]
    public void A_rule_is_stored_under_its_name(WorkingDayRule rule, string name)
    {
        Assert.Equal(name, rule.StoredName());
        Assert.Equal(rule, WorkingDayRules.Parse(name));
    }

    [Fact]
    public void Every_rule_has_a_stored_name_of_its_own() =>
        Assert.Equal(Enum.GetValues<WorkingDayRule>(), Enum.GetValues<WorkingDayRule>().Select(rule => WorkingDayRules.Parse(rule.StoredName())));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("None")]
    [InlineData("Lag1930")]
    [InlineData("LAG-1930-173")]
    [InlineData("lag_1930_173")]
    [InlineData("0")]
    public void Any_other_name_is_refused(string? name)
    {
        Assert.False(WorkingDayRules.TryParse(name, out var rule));
        Assert.Equal(WorkingDayRule.None, rule);
        Assert.Throws<FormatException>(() => WorkingDayRules.Parse(name!));
    }
}
