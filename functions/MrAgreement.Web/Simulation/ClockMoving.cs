using Microsoft.Extensions.Logging;
using MrAgreement.Running;

namespace MrAgreement.Web.Simulation;

/// <summary>Moves the simulated clock of a host, whoever asks: a program, or somebody on a page.</summary>
public sealed class ClockMoving(SimulatedClock clock, Clockwork clockwork, Dossiers dossiers, KeptOverviews overviews,
    ILogger<ClockMoving> log, Mailing? mailing = null)
{
    /// <summary>Where it stands.</summary>
    public Instant Now => clock.GetCurrentInstant();

    /// <summary>When the next thing falls due; null when nothing does.</summary>
    public async Task<Instant?> Next(CancellationToken cancellation) =>
        await clockwork.Soonest(Instant.MaxValue, [], cancellation) is { } wakeUp ? Instant.Max(wakeUp.At, Now) : null;

    /// <summary>Moves it forwards; everything that falls due on the way runs before it answers.</summary>
    /// <param name="written">A date (12:00 in Stockholm) or an instant.</param>
    public async Task<(ClockMoved? Moved, Refused? Refused)> MoveTo(string written, CancellationToken cancellation)
    {
        if (SimulatedClock.Read(written) is not { } to)
            return (null, Refused.Invalid(new Fault("/now", "invalid-instant")));
        if (await clock.MoveTo(to, clockwork, dossiers, overviews,
            (id, e) => log.LogError(e, "What is due in agreement {Agreement} could not be run", id), cancellation) is not { } moved)
            return (null, new Refused("clock-backwards", ("now", Now)));
        // Somebody's morning may have come.
        if (mailing is not null)
            await mailing.LookAll(Now, cancellation);
        return (moved, null);
    }
}
