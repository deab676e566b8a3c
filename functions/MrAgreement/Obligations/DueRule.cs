namespace MrAgreement.Obligations;

/// <summary>When one existing obligation is due; what it hangs on is named by key.</summary>
public abstract record DueRule
{
    /// <summary>Key of the obligation that it hangs on; null when it hangs on none.</summary>
    public virtual string? Other => null;
}

/// <summary>On a fixed date.</summary>
public sealed record OnDate(LocalDate Date) : DueRule;

/// <summary>At the latest in a month: on its last day.</summary>
public sealed record InMonth(YearMonth Month) : DueRule;

/// <summary>At the latest so many months and days before another obligation (0: the same day).</summary>
public sealed record BeforeOther(string Key, int Days, int Months = 0) : DueRule
{
    public override string? Other => Key;
}

/// <summary>At the latest so many months and days after another obligation.</summary>
public sealed record AfterOther(string Key, int Days, int Months = 0) : DueRule
{
    public override string? Other => Key;
}

/// <summary>At the latest so many months and days after the signature; no date before it.</summary>
public sealed record AfterSignature(int Days, int Months) : DueRule;

/// <summary>On a date that the parties set later.</summary>
public sealed record OnceScheduled : DueRule;

/// <summary>No date.</summary>
public sealed record Undated : DueRule;
