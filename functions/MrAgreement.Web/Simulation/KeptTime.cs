using System.Text;
using NodaTime.Text;

namespace MrAgreement.Web.Simulation;

/// <summary>Where a simulated clock stands, for all that share the stores: whoever moves it, it never goes backwards.</summary>
public sealed class KeptTime(IKeptRecords kept)
{
    public const string Setting = "simulated-clock";

    // As it was last seen: whoever moves on from there need not ask first.
    volatile KeptRecord? seen;

    /// <summary>Where it stands; null before it is first set.</summary>
    public async Task<Instant?> Read(CancellationToken cancellation = default) =>
        (seen = await kept.Find(KeptSettings.Kind, Setting, Instant.MinValue, cancellation)) is { } it ? At(it) : null;

    /// <summary>Moves it there, unless it stands later already; answers where it stands then.</summary>
    public async Task<Instant> MoveTo(Instant to)
    {
        while (true)
        {
            if (seen is { } it && At(it) is { } stands && stands >= to)
                return stands;
            var moved = new KeptRecord(KeptSettings.Kind, Setting, Encoding.UTF8.GetBytes(InstantPattern.ExtendedIso.Format(to)),
                seen is { } before ? before.ETag : KeptRecord.New);
            if (await kept.Put(moved, Instant.MinValue) is { } etag)
            {
                seen = moved with { ETag = etag };
                return to;
            }
            // Somebody else has moved it, or an earlier version has left it by another name.
            await Read();
        }
    }

    // What is no time, as somebody may have written it, is none.
    static Instant? At(KeptRecord it) =>
        InstantPattern.ExtendedIso.Parse(Encoding.UTF8.GetString(it.Data.Span)) is { Success: true, Value: var at }
            && at.InUtc().Year is > 0 and < 9999 ? at : null;
}
