using System.Collections.Concurrent;
using System.Diagnostics;

namespace MrAgreement.Storage;

/// <summary>Which bytes this process has looked through and found to be what their address
/// says, as long as they stay as they were: a download in many ranges is hashed once.</summary>
/// <typeparam name="TMark">What changes with every change of the bytes.</typeparam>
sealed class LookedThrough<TMark> where TMark : notnull
{
    const int MaxKept = 4096;

    // A disk that goes bad changes no mark.
    static readonly TimeSpan valid = TimeSpan.FromMinutes(15);

    readonly ConcurrentDictionary<Sha256, (TMark Mark, long At)> kept = new();

    public bool Holds(Sha256 address, TMark mark) =>
        kept.TryGetValue(address, out var known) && EqualityComparer<TMark>.Default.Equals(known.Mark, mark)
            && Stopwatch.GetElapsedTime(known.At) < valid;

    public void Keep(Sha256 address, TMark mark)
    {
        if (kept.Count >= MaxKept)
            kept.Clear();
        kept[address] = (mark, Stopwatch.GetTimestamp());
    }
}
