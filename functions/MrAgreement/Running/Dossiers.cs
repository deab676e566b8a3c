using MrAgreement.Agreements;
using MrAgreement.Decisions;
using MrAgreement.Erasures;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Running;

/// <summary>The way between the rules and the log: reads a dossier, lets the
/// rules decide, appends, and decides afresh when the log has moved.</summary>
/// <param name="freshId">Gives a new id for every append.</param>
/// <param name="setBack">Told of a log that does not hold what was remembered of it.</param>
/// <param name="freshSalt">Draws the salt of every row; null for rows as earlier versions wrote them.</param>
/// <param name="erased">Told of a log in which content was just erased: what else holds it is to go too.</param>
/// <param name="moved">Told of a log that has just got new rows: somebody may have to hear of them.</param>
public sealed class Dossiers(IEventStore store, Func<Guid> freshId, Action<Setback>? setBack = null, Func<Salt>? freshSalt = null,
    Func<AgreementId, Task>? erased = null, Action<AgreementId>? moved = null)
{
    const int MaxTries = 50;
    readonly DossierMemory memory = new(store, setBack);

    /// <summary>The last setback of every log that was set back since this process began.</summary>
    public IReadOnlyCollection<Setback> Setbacks => memory.Setbacks;

    /// <summary>The dossier as the log stands now, or null when there is none.</summary>
    public async Task<Dossier?> Read(AgreementId id, CancellationToken cancellation = default) =>
        await memory.Latest(id, cancellation) is { Exists: true } dossier ? dossier : null;

    /// <summary>For lists of many: null also where the log can't be read. Whoever looks after the logs tells of that.</summary>
    public async Task<Dossier?> ReadIfWhole(AgreementId id, CancellationToken cancellation = default)
    {
        try
        {
            return await Read(id, cancellation);
        }
        catch (Exception e) when (UnreadableLogException.Is(e))
        {
            return null;
        }
    }

    /// <summary>The dossier as the log stood at an instant (inclusive), or null when there was none then.</summary>
    public Task<Dossier?> ReadAt(AgreementId id, Instant at, CancellationToken cancellation = default) =>
        memory.At(id, at, cancellation);

    /// <summary>Decides a command and appends what it leads to, once.</summary>
    /// <exception cref="StoreBusyException">Too many are at it at once; nothing was written.</exception>
    public async Task<Execution> Execute(AgreementId id, Command command, Occasion on, Request? request = null,
        CancellationToken cancellation = default)
    {
        using var span = Instruments.Begin(command.GetType().Name, id);
        try
        {
            var done = await Decided(id, command, on, request, cancellation);
            Instruments.Ended(span, command, done);
            return done;
        }
        catch (Exception e)
        {
            Instruments.Ended(span, command, e);
            throw;
        }
    }

    async Task<Execution> Decided(AgreementId id, Command command, Occasion on, Request? request, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            // What is kept may be behind the log, and the key may have been used. An append
            // proves that neither is so; whatever else the first try leads to is decided afresh.
            var known = tries == 0 ? memory.Known(id) : null;
            var certain = known is null && (tries > 0 || request?.Key is null);
            if (certain && request?.Key is { } key && await store.FindAnswer(id, on.By.Id, key, cancellation) is { } earlier)
                return earlier.RequestHash == request.Hash
                    ? new(await memory.Latest(id, cancellation), null, earlier)
                    : new(await memory.Latest(id, cancellation), new("idempotency-key-reused", RefusalKind.Invalid, ("key", key)), null);

            var before = known ?? await memory.Latest(id, cancellation);
            if (request?.Precondition?.Invoke(before) is { } stale)
            {
                if (!certain)
                    continue;
                return new(before, stale, null);
            }
            var at = Later(on.Now, before.LastAt);
            var erasing = command is ApproveErasure { Number: var number } && before.Erasures[number] is { } asked
                ? await Rewriting.Of(store, before.Id, before.Erasures.RowsOf(asked.Asked), freshSalt, cancellation)
                : [];
            switch (before.Decide(command is ApproveErasure approve ? approve with { Rows = erasing } : command, on with { Now = at }))
            {
                case Refused or Nothing when !certain:
                    break;
                case Refused refused:
                    return new(before, refused, null);
                case Nothing:
                    return new(before, null, null);
                case Settled settled:
                    var (after, rows) = Recorded(before, settled, at, on.By.Id);
                    var answer = request?.Key is { } unused
                        ? request.Answer(after) with { Person = on.By.Id, Key = unused, RequestHash = request.Hash }
                        : null;
                    if (!EventSourcing.Append.Fits([.. rows, .. erasing], answer) || rows.Count > EventSourcing.Append.MaxEvents)
                        return new(before, new("too-large", RefusalKind.Invalid, ("max", EventSourcing.Append.MaxBytes)), null);
                    if (await Append(before, after, settled.Events, rows, answer, erasing, cancellation))
                        return new(erasing.Count > 0 ? await Forgotten(id, cancellation) : after, null, null)
                        {
                            First = before.Sequence + 1, Answer = answer
                        };
                    break;
            }
        }
        throw new StoreBusyException();
    }

    /// <summary>Runs everything that is due of itself by now, in pieces, and notes when to look again.</summary>
    /// <exception cref="StoreBusyException">Too many are at it at once; what was appended so far stands.</exception>
    public async Task<Advanced> Advance(AgreementId id, Instant now, CancellationToken cancellation = default)
    {
        using var span = Instruments.Begin("Advance", id);
        var (appended, sent, woken) = (0, 0, false);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var before = await memory.Latest(id, cancellation);
            if (!before.Exists)
                return new(null, 0, 0);
            var at = Later(now, before.LastAt);
            if (!woken)
                Instruments.Woken(before, at);
            woken = true;
            var due = Lifecycle.Due(before, at);
            var (after, rows) = Recorded(before, due, at, PersonId.System);
            if (!await Append(before, after, due.Events, rows, null, [], cancellation))
                continue;
            (appended, sent) = (appended + due.Events.Count, sent + due.Events.Count(e => e is ReminderEvent));
            // What took effect may have moved dates into the past, and a full append may have left something for the next.
            if (due.Events.Count == 0 || !(Lifecycle.NextWakeUp(after) <= at))
                return new(after, appended, sent);
            tries = 0;
        }
        throw new StoreBusyException();
    }

    /// <summary>Records what has become of messages, but for what is recorded already; answers the log's last sequence.</summary>
    public async Task<long> Record(AgreementId id, IReadOnlyList<MessageEvent> outcomes, Instant now,
        CancellationToken cancellation = default)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var before = await memory.Latest(id, cancellation);
            List<Event> news = [.. outcomes.Where(it => !before.Messages.Has(it)).Take(EventSourcing.Append.MaxEvents)];
            if (news.Count == 0)
                return before.Sequence;
            var at = Later(now, before.LastAt);
            var settled = news.Aggregate(before, (it, e) => it.Evolve(e, new(it.Sequence + 1, at, PersonId.System)));
            var (after, rows) = Recorded(before, new(news, settled), at, PersonId.System);
            if (await Append(before, after, news, rows, null, [], cancellation))
                tries = -1;
        }
        throw new StoreBusyException();
    }

    /// <summary>Erases again what the list of erasures has of a log that was put back from a copy. Answers whether there was anything
    /// to erase.</summary>
    public async Task<bool> EraseAgain(ListedErasure listed, Instant now, CancellationToken cancellation = default)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var before = await memory.Latest(listed.Agreement, cancellation);
            var rows = before.Exists && listed.Row <= before.Sequence
                ? await Rewriting.Of(store, listed.Agreement, [listed.Row], freshSalt, cancellation)
                : [];
            // By that number another log may have another row.
            if (rows is not [var row] || row.Hash != listed.Hash || ErasureDecisions.Again(before, listed, row) is not { } again)
                return false;
            var settled = Consequences.With(before, [again], new(Actor.System, Later(now, before.LastAt)));
            var (after, news) = Recorded(before, settled, Later(now, before.LastAt), PersonId.System);
            if (!await Append(before, after, settled.Events, news, null, rows, cancellation))
                continue;
            await Forgotten(listed.Agreement, cancellation);
            return true;
        }
        throw new StoreBusyException();
    }

    // What is remembered holds what was erased.
    async Task<Dossier> Forgotten(AgreementId id, CancellationToken cancellation)
    {
        memory.Forget(id);
        if (erased is not null)
            await erased(id);
        return await memory.Latest(id, cancellation);
    }

    async Task<bool> Append(Dossier before, Dossier after, IReadOnlyList<Event> happened, IReadOnlyList<StoredEvent> rows, Answer? answer,
        IReadOnlyList<StoredEvent> erased, CancellationToken cancellation)
    {
        // Only a full append may have left something out that follows from it.
        var wakeUp = Lifecycle.NextWakeUp(after, settled: rows.Count < EventSourcing.Append.MaxEvents);
        var append = new Append(freshId(), before.Id, before.Sequence, rows, wakeUp) { After = before.Hash, Answer = answer,
            Unlisted = happened.All(e => e is ReminderEvent or MessageEvent), Erased = erased };
        try
        {
            if (await store.Append(append, cancellation) == AppendOutcome.Moved)
                return false;
        }
        catch
        {
            Instruments.NotRecorded(happened);
            throw;
        }
        memory.Keep(after);
        Instruments.Recorded(after, happened);
        if (happened.Count > 0)
            moved?.Invoke(before.Id);
        return true;
    }

    (Dossier After, IReadOnlyList<StoredEvent> Rows) Recorded(Dossier before, Settled settled, Instant at, PersonId by)
    {
        var (hash, rows) = (before.Hash, new List<StoredEvent>(settled.Events.Count));
        foreach (var happened in settled.Events)
        {
            var row = HashChain.Next(hash, before.Sequence + rows.Count + 1, at, by, EventJson.NameOf(happened), EventJson.Write(happened),
                freshSalt?.Invoke());
            rows.Add(row);
            hash = row.Hash;
        }
        return (settled.After with { Hash = hash }, rows);
    }

    // Recorded time never runs backwards, and is kept in whole milliseconds.
    static Instant Later(Instant now, Instant last) => Instant.FromUnixTimeMilliseconds(Instant.Max(now, last).ToUnixTimeMilliseconds());
}
