using MrAgreement.Calendars;

namespace MrAgreement.Messages;

/// <summary>When mail goes to somebody; stored by name.</summary>
public enum MailTiming
{
    AtOnce,

    /// <summary>Together, on the next working morning.</summary>
    EachMorning
}

/// <summary>Days on which nothing goes to somebody, as on a holiday; and until the first working morning after them.</summary>
/// <param name="To">The last one.</param>
public sealed record QuietDays(LocalDate From, LocalDate To)
{
    /// <summary>So many days are quiet at most: whoever is away for longer has left the role.</summary>
    public const int Most = 92;
}

/// <summary>When somebody wants mail: a kept record of theirs.</summary>
/// <param name="Quiet">Null for no such days.</param>
public sealed record MailChoice(MailTiming Timing, QuietDays? Quiet = null)
{
    /// <summary>Of whoever has chosen nothing.</summary>
    public static readonly MailChoice Usual = new(MailTiming.AtOnce);

    static readonly LocalTime morning = new(7, 0);

    /// <summary>What stands against it on a day; null for nothing.</summary>
    public Refused? Against(LocalDate today)
    {
        if (Quiet is not { } quiet)
            return null;
        var far = DateRange.Faults(("/quiet/from", quiet.From), ("/quiet/to", quiet.To)).ToList();
        return far.Count > 0 ? Refused.Invalid(far)
            : quiet.To < quiet.From ? Refused.Invalid(new Fault("/quiet/to", "period-reversed", ("earliest", quiet.From)))
            : quiet.To < today ? Refused.Invalid(new Fault("/quiet/to", "quiet-days-over"))
            : Period.DaysBetween(quiet.From, quiet.To) >= QuietDays.Most
                ? Refused.Invalid(new Fault("/quiet/to", "quiet-days-long", ("max", QuietDays.Most)))
            : null;
    }

    /// <summary>Whether nothing goes then, whatever it is about.</summary>
    public bool IsQuiet(Instant at) => Quiet is { } it && StockholmTime.StartOfDay(it.From) <= at && at < After(it);

    /// <summary>When what comes at an instant goes: then, or on a working morning after it.</summary>
    public Instant Until(Instant at) => IsQuiet(at) ? After(Quiet!)
        : Timing == MailTiming.AtOnce ? at
        : NextMorning(at) is var next && IsQuiet(next) ? After(Quiet!) : next;

    static Instant NextMorning(Instant at)
    {
        var day = StockholmTime.DateOf(at);
        return Morning(day) is var today && at <= today ? today : Morning(day.PlusDays(1));
    }

    static Instant After(QuietDays it) => Morning(it.To.PlusDays(1));

    static Instant Morning(LocalDate from) => StockholmTime.At(SwedishDays.NextWorkingDay(from), morning);
}
