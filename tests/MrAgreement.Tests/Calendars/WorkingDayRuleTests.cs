using System.Text.Json;
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
    [InlineData(WorkingDayRule.None, "\"none\"")]
    [InlineData(WorkingDayRule.Lag1930, "\"lag-1930-173\"")]
    public void A_rule_is_stored_under_its_name(WorkingDayRule rule, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(rule, Json.Options));
        Assert.Equal(rule, JsonSerializer.Deserialize<WorkingDayRule>(json, Json.Options));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"Lag1930\"")]
    [InlineData("\"lag_1930_173\"")]
    [InlineData("\"none, lag-1930-173\"")]
    [InlineData("\"None\"")]
    [InlineData("\"LAG-1930-173\"")]
    [InlineData("\"0\"")]
    [InlineData("0")]
    public void Any_other_name_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<WorkingDayRule>(json, Json.Options));
}
