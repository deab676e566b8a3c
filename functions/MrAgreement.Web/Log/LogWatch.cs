using System.Text.Json;
using Microsoft.Extensions.Logging;
using MrAgreement.Calendars;
using MrAgreement.Running;
using MrAgreement.Transparency;
using MrAgreement.Web.Erasures;
using MrAgreement.Web.Service;
using NodaTime.Text;

namespace MrAgreement.Web.Log;

/// <summary>Looks after the logs by itself: at each start what is younger than the last checkpoint, every night that and a part of all,
/// and then a checkpoint. What is found wrong is told until it is right again (docs/decisions/0054).</summary>
public sealed partial class LogWatch(LogExamination examination, Checkpoints checkpoints, IKeptRecords kept, NearStore near, IClock clock,
    Erasing erasing, Dossiers dossiers, ILogger<LogWatch> log)
{
    const string Kind = Checkpoints.FaultsKind;
    const string LastNight = "log-watched-night";

    // More than anybody reads, and within what a record holds.
    const int MostKept = 1000;

    /// <summary>In so many nights all logs are looked through.</summary>
    public const int Nights = 28;

    // Where every look is paid for.
    static readonly Duration between = Duration.FromMinutes(1);

    (Instant At, IReadOnlyList<WatchedLog> Found)? seen;

    /// <summary>Whether the last look did not come to its end.</summary>
    public bool HasBrokenOff { get; private set; }

    /// <summary>What is younger than the last checkpoint.</summary>
    public Task Begin(CancellationToken cancellation) => Told(LookAtYoung, cancellation);

    // Whoever can keep anybody from looking must not be able to keep that from being told.
    async Task Told(Func<CancellationToken, Task> look, CancellationToken cancellation)
    {
        List<LogFault> faults = [];
        try
        {
            if (await checkpoints.FirstDamaged(cancellation) is { } number)
                faults.Add(new("checkpoint-lost", number));
            await look(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            HasBrokenOff = true;
            await Note("checkpoints", [.. faults, new("not-looked-through", 0)], forgets: false, cancellation);
            throw;
        }
        HasBrokenOff = false;
        await Note("checkpoints", faults, forgets: true, cancellation);
    }

    // Beside the logs; of an account every night only, since each kind is a question of its own.
    async Task LookAtKept(CancellationToken cancellation) => await Note("kept",
        (await KeptExamination.Strange(kept, cancellation)).Count > 0 ? [new("record-not-understood", 0)] : [], forgets: true, cancellation);

    async Task LookAtYoung(CancellationToken cancellation)
    {
        if (near.IsNear)
            await LookAtKept(cancellation);
        var all = await examination.All(near.IsNear, cancellation);
        foreach (var id in await examination.Moved(all, cancellation))
            await Each(id, async () => await Note(LogExamination.Understood(await examination.Young(id, cancellation)), forgets: false,
                cancellation));
    }

    /// <summary>What was erased and put back from a copy; a list that can't be read, or in which somebody else has written, is told as a
    /// fault, and stops nothing else.</summary>
    public async Task EraseAgain(CancellationToken cancellation)
    {
        IReadOnlyList<LogFault> faults;
        try
        {
            var (_, others, isLost) = await erasing.Repeat(cancellation);
            faults = [.. isLost ? [new LogFault("erasure-seal-lost", 0)] : Array.Empty<LogFault>(),
                .. others.Select(it => new LogFault("erasure-not-ours", it.Row))];
        }
        catch (StoreUnavailableException)
        {
            faults = [new("erasures-unreadable", 0)];
        }
        await Note("erasures", faults, forgets: true, cancellation);
    }

    /// <summary>Whether the night's round has not been made since it fell due, at a quarter past two.</summary>
    public async Task<bool> IsDue(CancellationToken cancellation)
    {
        var tonight = Night();
        if (await kept.Setting(LastNight, cancellation) is { } last)
            return string.CompareOrdinal(last, LocalDatePattern.Iso.Format(tonight)) < 0;
        // A new store has nothing behind it.
        await kept.Set(LastNight, LocalDatePattern.Iso.Format(tonight), cancellation);
        return false;
    }

    /// <summary>What is younger than the last checkpoint and the night's part of all logs, as far as the nights since the last round go;
    /// then a checkpoint.</summary>
    public Task Night(CancellationToken cancellation) => Told(LookAtParts, cancellation);

    async Task LookAtParts(CancellationToken cancellation)
    {
        await EraseAgain(cancellation);
        if (!near.IsNear)
            await LookAtKept(cancellation);
        await LookAtYoung(cancellation);
        await erasing.Expire(cancellation);
        var tonight = Night();
        var last = await kept.Setting(LastNight, cancellation) is { } told && LocalDatePattern.Iso.Parse(told) is { Success: true } read
            ? read.Value
            : tonight.PlusDays(-1);
        var nights = Math.Clamp(Period.DaysBetween(last, tonight), 1, Nights);
        var parts = Enumerable.Range(0, nights).Select(back => PartOf(tonight.PlusDays(-back))).ToHashSet();
        foreach (var id in await examination.All(near.IsNear, cancellation))
            if (parts.Contains(id.Value.ToByteArray(bigEndian: true)[15] % Nights))
                await Each(id, async () => await Wake(await Look(id, cancellation), cancellation));
        try
        {
            await checkpoints.Make(SystemClock.Instance.GetCurrentInstant(), cancellation);
        }
        catch (CheckpointsDamagedException)
        {
            // Told above.
        }
        await kept.Set(LastNight, LocalDatePattern.Iso.Format(tonight), cancellation);
    }

    /// <summary>All of a log, as somebody asks for it.</summary>
    public async Task<ExaminedLog> Look(AgreementId agreement, CancellationToken cancellation)
    {
        var examined = LogExamination.Understood(await examination.Whole(agreement, cancellation));
        await Note(examined, forgets: true, cancellation);
        return examined;
    }

    /// <summary>Logs in which something is wrong, as far as is known.</summary>
    public async Task<IReadOnlyList<WatchedLog>> Known(CancellationToken cancellation)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        if (seen is { } last && !near.IsNear && now - last.At < between)
            return last.Found;
        var records = await kept.Range(Kind, "", Instant.MinValue, cancellation);
        IReadOnlyList<WatchedLog> found = [.. records.Select(it => new WatchedLog(it.Key, FaultsIn(it)))];
        seen = (now, found);
        return found;
    }

    // Whoever wrote over them has not mended anything.
    static IReadOnlyList<LogFault> FaultsIn(KeptRecord it)
    {
        try
        {
            var told = JsonSerializer.Deserialize<List<LogFault?>>(it.Data.Span, Json.Stored) ?? [];
            return told.Contains(null) ? [new("not-looked-through", 0)] : [.. told.OfType<LogFault>()];
        }
        catch (JsonException)
        {
            return [new("not-looked-through", 0)];
        }
    }

    // What can't be done with one log holds up no other, and is told of that one.
    async Task Each(AgreementId id, Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException or StoreBusyException))
        {
            NotLooked(log, e, id);
            await Note($"{id}", [new("log-not-folded", 0)], forgets: false, CancellationToken.None);
        }
    }

    // Told, and mended at once: what is due happens, and with it the head gets its wake-up again.
    async Task Wake(ExaminedLog it, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        if (!await examination.IsForgotten(it, now, cancellation))
            return;
        Forgotten(log, it.Agreement);
        Instruments.LogFault("not-woken");
        await dossiers.Advance(it.Agreement, now, cancellation);
    }

    async Task Note(ExaminedLog it, bool forgets, CancellationToken cancellation)
    {
        await Note($"{it.Agreement}", it.Faults, forgets, cancellation);
        if (it.Faults.Count > 0)
            return;
        try
        {
            await erasing.FinishUnlisted(it.Agreement, it.Found, cancellation);
        }
        catch (StoreUnavailableException)
        {
            // That the list can't be read is told by itself, and keeps nobody from looking at the rest.
        }
    }

    async Task Note(string of, IReadOnlyList<LogFault> faults, bool forgets, CancellationToken cancellation)
    {
        var before = await kept.Find(Kind, of, Instant.MinValue, cancellation);
        if (faults.Count == 0)
        {
            // What was found in an older part stays until all of it has been seen to be right.
            if (forgets && before is not null)
                await Forget(of, cancellation);
            return;
        }
        IReadOnlyList<LogFault> few = [.. faults.Take(MostKept)];
        var told = JsonSerializer.SerializeToUtf8Bytes(few, Json.Stored);
        if (before is not null && before.Data.Span.SequenceEqual(told))
            return;
        foreach (var fault in few)
        {
            Amiss(log, of, fault.What, fault.Sequence);
            Instruments.LogFault(fault.What);
        }
        await kept.Put(new(Kind, of, told), Instant.MinValue, cancellation);
        seen = null;
    }

    async Task Forget(string of, CancellationToken cancellation)
    {
        await kept.Delete(Kind, of, null, cancellation);
        seen = null;
    }

    static int PartOf(LocalDate night) => Period.DaysBetween(new(2000, 1, 1), night) % Nights;

    LocalDate Night() => StockholmTime.DateOf(clock.GetCurrentInstant() - Duration.FromMinutes(135));

    [LoggerMessage(Level = LogLevel.Error, Message = "What was due in agreement {Agreement} had not happened, and no wake-up stood for it: "
        + "somebody has changed its head. It happens now.")]
    static partial void Forgotten(ILogger logger, AgreementId agreement);

    [LoggerMessage(Level = LogLevel.Error, Message = "The log of {Agreement} could not be looked through, and the others were.")]
    static partial void NotLooked(ILogger logger, Exception e, AgreementId agreement);

    [LoggerMessage(EventName = "LogFault", Level = LogLevel.Error,
        Message = "The log of {Log} is not whole: {Fault} at {Sequence}. Let an auditor verify it, and put back what is lost from a copy.")]
    static partial void Amiss(ILogger logger, string log, string fault, long sequence);
}

/// <param name="Of">The agreement's id, "checkpoints", "erasures" or "kept".</param>
public sealed record WatchedLog(string Of, IReadOnlyList<LogFault> Faults);
