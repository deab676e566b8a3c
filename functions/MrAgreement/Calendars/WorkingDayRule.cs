using System.Text.Json.Serialization;

namespace MrAgreement.Calendars;

/// <summary>What an agreement says about a deadline that falls on a day when nobody works.</summary>
public enum WorkingDayRule
{
    /// <summary>The day stands as written; statute moves no deadline of a contract by itself.</summary>
    None,

    /// <summary>The act may be done on the next working day. Source: lag (1930:173) 2 §.</summary>
    [JsonStringEnumMemberName("lag-1930-173")]
    Lag1930
}

/// <summary>What a rule makes of a day.</summary>
public static class WorkingDayRules
{
    /// <summary>The day that counts when <paramref name="nominal"/> is written: never before it.</summary>
    public static LocalDate Effective(this WorkingDayRule rule, LocalDate nominal) => rule switch
    {
        WorkingDayRule.None => nominal,
        WorkingDayRule.Lag1930 => SwedishDays.NextWorkingDay(nominal)
    };
}
