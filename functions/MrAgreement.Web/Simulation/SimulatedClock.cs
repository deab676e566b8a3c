using MrAgreement.Calendars;
using MrAgreement.Running;
using NodaTime.Text;

namespace MrAgreement.Web.Simulation;

/// <summary>A clock that stands until it is moved. It rules the domain only, never tokens, cookies or rate limits.</summary>
/// <param name="kept">Where it stands for all that share the stores, and goes on from after a restart.</param>
public sealed class SimulatedClock(Instant start, KeptTime kept) : IClock, IDisposable
{
    readonly SemaphoreSlim moving = new(1);
    long milliseconds = start.ToUnixTimeMilliseconds();

    /// <summary>Where a clock is to stand: a date means 12:00 in Stockholm; otherwise an instant. Null when it is neither.</summary>
    public static Instant? Read(string written) =>
        LocalDatePattern.Iso.Parse(written) is { Success: true, Value: var date } && DateRange.Holds(date.Year) ? StockholmTime.Noon(date)
        : OffsetDateTimePattern.Rfc3339.Parse(written) is { Success: true, Value: var moment } && DateRange.Holds(moment.Year)
        ? moment.ToInstant()
        : null;

    public Instant GetCurrentInstant() => Instant.FromUnixTimeMilliseconds(Interlocked.Read(ref milliseconds));

    /// <summary>Hears where others have moved it.</summary>
    public async Task Follow(CancellationToken cancellation)
    {
        if (await kept.Read(cancellation) is { } stands)
            Heard(stands);
    }

    /// <summary>Moves forwards and runs everything that falls due on the way, in order, each at its own instant.</summary>
    /// <param name="failed">Told of an agreement that could not be advanced.</param>
    /// <returns>Null when it stands later than <paramref name="to"/> already.</returns>
    /// <exception cref="ClockStoppedException">Something on the way could not
    /// be stored: it stands where it came to, and that is stored.</exception>
    public async Task<ClockMoved?> MoveTo(Instant to, Clockwork clockwork, Dossiers dossiers, KeptOverviews overviews,
        Action<AgreementId, Exception> failed, CancellationToken cancellation)
    {
        await moving.WaitAsync(cancellation);
        try
        {
            await Follow(cancellation);
            var from = GetCurrentInstant();
            if (to < from)
                return null;
            return await Moved(from, to, clockwork, dossiers, overviews, failed);
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreBusyException)
        {
            throw new ClockStoppedException(GetCurrentInstant(), e);
        }
        finally
        {
            moving.Release();
        }
    }

    public void Dispose() => moving.Dispose();

    async Task<ClockMoved> Moved(Instant from, Instant to, Clockwork clockwork, Dossiers dossiers, KeptOverviews overviews,
        Action<AgreementId, Exception> failed)
    {
        var (sent, broken, seen) = (0, new HashSet<AgreementId>(), new HashSet<WakeUp>());
        // Once begun it goes on to the end: a caller who leaves must not stop the clock between two reminders.
        while (await clockwork.Soonest(to, broken, CancellationToken.None) is { } wakeUp)
        {
            await Set(Instant.Max(wakeUp.At, GetCurrentInstant()));
            try
            {
                var advanced = await dossiers.Advance(wakeUp.Agreement, GetCurrentInstant(), CancellationToken.None);
                sent += advanced.Sent;
                if (advanced.Dossier is null)
                    throw new WakeUpWithoutLogException(wakeUp);
                if (!seen.Add(wakeUp))
                    throw new InvalidOperationException($"It was woken at {wakeUp.At}, and its wake-up stands there still.");
            }
            catch (Exception e) when (e is not (StoreUnavailableException or StoreBusyException))
            {
                // It keeps its wake-up, and holds up nobody else. What can't be stored holds up everything: nothing may come before it.
                broken.Add(wakeUp.Agreement);
                failed(wakeUp.Agreement, e);
            }
        }
        await Set(to);
        clockwork.Looked(to);
        var (first, last) = (StockholmTime.DateOf(from), StockholmTime.DateOf(to));
        // What became overdue meanwhile fell due from the day it stood at to the day before the one it stands at now.
        var overdue = await overviews.Deadlines(new(last, null, first, last.PlusDays(-1), null, "overdue", null, 1, 1),
            CancellationToken.None);
        return new(to, sent, overdue.Total);
    }

    async Task Set(Instant now)
    {
        if (now <= GetCurrentInstant())
            return;
        Heard(await kept.MoveTo(now));
    }

    // Never backwards: what was told last may have been read first.
    void Heard(Instant stands)
    {
        var told = stands.ToUnixTimeMilliseconds();
        for (var now = Interlocked.Read(ref milliseconds); told > now; now = Interlocked.Read(ref milliseconds))
            if (Interlocked.CompareExchange(ref milliseconds, told, now) == now)
                return;
    }
}

/// <summary>The clock could not be moved all the way, since something could not be stored; what was done on the way stands.</summary>
public sealed class ClockStoppedException(Instant at, Exception inner) : Exception($"The clock stands at {at}: {inner.Message}", inner)
{
    public Instant At { get; } = at;
}

/// <summary>What a move of the simulated clock led to.</summary>
/// <param name="Now">Where it stands.</param>
/// <param name="RemindersSent">Reminders sent on the way.</param>
/// <param name="BecameOverdue">Obligations that became overdue on the way.</param>
public sealed record ClockMoved(Instant Now, int RemindersSent, int BecameOverdue);
