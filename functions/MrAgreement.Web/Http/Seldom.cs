using System.Collections.Concurrent;

namespace MrAgreement.Web.Http;

/// <summary>What is told once in a while, however often it happens.</summary>
sealed class Seldom(IClock machine, Duration apart)
{
    const int MostKept = 10_000;

    readonly ConcurrentDictionary<string, Instant> told = new();

    /// <summary>Whether it is to be told now.</summary>
    public bool IsTime(string what)
    {
        var now = machine.GetCurrentInstant();
        if (told.Count >= MostKept)
            foreach (var (old, at) in told)
                if (now - at >= apart)
                    told.TryRemove(old, out _);
        // Nobody makes the log, or what is remembered of it, as long as they like.
        if (told.Count >= MostKept && !told.ContainsKey(what))
            return false;
        var isTime = false;
        told.AddOrUpdate(what, _ => Now(), (_, last) => now - last >= apart ? Now() : Not(last));
        return isTime;

        Instant Now()
        {
            isTime = true;
            return now;
        }

        Instant Not(Instant last)
        {
            isTime = false;
            return last;
        }
    }
}
