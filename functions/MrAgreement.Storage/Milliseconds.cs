namespace MrAgreement.Storage;

/// <summary>Instants as stores keep them: in whole milliseconds since 1970.</summary>
static class Milliseconds
{
    static readonly long first = Instant.MinValue.ToUnixTimeMilliseconds();
    static readonly long last = Instant.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The moment that is stored; of what no program has written, and no calendar holds, the one at its end.</summary>
    public static Instant Read(long stored) =>
        Holds(stored) ? Instant.FromUnixTimeMilliseconds(stored) : stored < first ? Instant.MinValue : Instant.MaxValue;

    /// <summary>Whether a program can have written it.</summary>
    public static bool Holds(long stored) => first <= stored && stored <= last;

    /// <summary>Up to the next millisecond, so that nobody is woken early.</summary>
    public static long WakeUp(Instant at)
    {
        var milliseconds = at.ToUnixTimeMilliseconds();
        return Instant.FromUnixTimeMilliseconds(milliseconds) < at ? milliseconds + 1 : milliseconds;
    }
}
