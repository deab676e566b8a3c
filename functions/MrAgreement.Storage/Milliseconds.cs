namespace MrAgreement.Storage;

/// <summary>Instants as stores keep them: in whole milliseconds since 1970.</summary>
static class Milliseconds
{
    /// <summary>Up to the next millisecond, so that nobody is woken early.</summary>
    public static long WakeUp(Instant at)
    {
        var milliseconds = at.ToUnixTimeMilliseconds();
        return Instant.FromUnixTimeMilliseconds(milliseconds) < at ? milliseconds + 1 : milliseconds;
    }
}
