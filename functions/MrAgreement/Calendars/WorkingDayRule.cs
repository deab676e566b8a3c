using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace MrAgreement.Calendars;

/// <summary>What an agreement says about a deadline that falls on a day when nobody works.</summary>
public enum WorkingDayRule
{
    /// <summary>The day stands as written; statute moves no deadline of a contract by itself.</summary>
    None,

    /// <summary>The act may be done on the next working day. Source: lag (1930:173) 2 §.</summary>
    Lag1930
}

/// <summary>How a rule is written, and what it makes of a day.</summary>
public static class WorkingDayRules
{
    /// <summary>The day that counts when <paramref name="nominal"/> is written: never before it.</summary>
    public static LocalDate Effective(this WorkingDayRule rule, LocalDate nominal) => rule switch
    {
        WorkingDayRule.None => nominal,
        WorkingDayRule.Lag1930 => SwedishDays.NextWorkingDay(nominal)
    };

    /// <summary>The name in JSON and in stored events: <c>none</c> or <c>lag-1930-173</c>.</summary>
    public static string StoredName(this WorkingDayRule rule) => rule switch
    {
        WorkingDayRule.None => "none",
        WorkingDayRule.Lag1930 => "lag-1930-173"
    };

    /// <exception cref="FormatException">Not a stored name, to the letter.</exception>
    public static WorkingDayRule Parse(string name) =>
        TryParse(name, out var rule) ? rule : throw new FormatException($"'{name}' is not a working-day rule: none or lag-1930-173.");

    public static bool TryParse([NotNullWhen(true)] string? name, out WorkingDayRule rule)
    {
        rule = name == "lag-1930-173" ? WorkingDayRule.Lag1930 : WorkingDayRule.None;
        return name == rule.StoredName();
    }
}
