using Azure.Data.Tables;

namespace MrAgreement.Storage.AzureTables;

/// <summary>Agreements' logs in a table: an append is one entity-group transaction with the head's ETag.</summary>
public sealed class AzureEventStore : IEventStore
{
    readonly AzureTable table;
    readonly IReadOnlyList<string> shards;
    readonly AzureLogs all;
    readonly KnownHeads heads = new();

    internal AzureEventStore(AzureTable table, IReadOnlyList<string> shards) =>
        (this.table, this.shards, all) = (table, shards, new(table, shards));

    public async Task<AppendOutcome> Append(Append append, CancellationToken cancellation = default)
    {
        var agreement = append.Agreement;
        var head = heads[agreement];
        // A new log is tried without looking: the insertion fails when there is one.
        if (head is null || head.Sequence < append.Expected)
            head = append.Expected == 0 ? LogHead.None : await ReadHead(agreement, cancellation);
        if (head.Sequence != append.Expected || append.Expected > 0 && append.After is { } after
            && await EndsWith(agreement, head) != after)
            return AppendOutcome.Moved;
        cancellation.ThrowIfCancellationRequested();
        var wakeAt = append.NextWakeUp is { } at ? Milliseconds.WakeUp(at) : (long?)null;
        // The head was read with the log, and says it all already: a look that found nothing to do costs no write.
        if (append.Events.Count == 0 && append.Answer is null && head.ETag is not null && head.WakeAt == wakeAt)
            return AppendOutcome.Appended;
        var next = new LogHead(append.Expected + append.Events.Count, append.Id, wakeAt, null) { Hash = append.Events is [.., var last]
            ? last.Hash
            : head.Hash };
        try
        {
            // From here on the outcome is told, so nobody may give up halfway.
            var outcome = await table.Transact([.. Writes(append, head, next), .. await Erased(append)], CancellationToken.None);
            if (outcome.ETags is { } etags)
            {
                heads.Keep(agreement, next with { ETag = etags[0] });
                return AppendOutcome.Appended;
            }
            heads.Forget(agreement);
            // What stood in the way of a repeated request may be the request itself.
            if (outcome.SentAgain && await TookEffect(append))
                return AppendOutcome.Appended;
            // Or a head without a log, which barred an earlier one.
            return head.ETag is null && await ReadHead(agreement, cancellation) is { Sequence: 0, ETag: not null }
                ? await Append(append, cancellation)
                : AppendOutcome.Moved;
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreBusyException)
        {
            heads.Forget(agreement);
            if (await TookEffect(append) || !await Bar(agreement, head) && await TookEffect(append))
                return AppendOutcome.Appended;
            throw;
        }
    }

    public async Task<IReadOnlyList<StoredEvent>> ReadSince(AgreementId agreement, long sequence, int limit,
        CancellationToken cancellation = default)
    {
        if (limit == int.MaxValue)
            return (await Read(agreement, sequence, cancellation)).Events;
        var events = new List<StoredEvent>();
        if (limit > 0)
            await foreach (var row in table.Range(Shard(agreement), LogKeys.Event(agreement, sequence + 1),
                LogKeys.LastPart(agreement, sequence + limit), cancellation: cancellation))
                LogRows.Read(row, agreement, sequence, events);
        return events;
    }

    public async Task<IReadOnlyList<StoredEvent>?> ReadAfter(AgreementId agreement, long sequence, Sha256 hash,
        CancellationToken cancellation = default)
    {
        var (events, head) = await Read(agreement, sequence, cancellation);
        if (sequence == 0)
            return events;
        var holds = events.Count > 0 ? HashChain.Follows(hash, events[0])
            // While it was read, somebody may have appended.
            : head?.Sequence == sequence ? await EndsWith(agreement, head) == hash
            : head?.Sequence > sequence && await all.HashOf(agreement, sequence, cancellation) == hash;
        return holds ? events : null;
    }

    public async Task<Answer?> FindAnswer(AgreementId agreement, PersonId person, string key, CancellationToken cancellation = default) =>
        await table.Find(Shard(agreement), LogKeys.Answer(agreement, person, key), cancellation) is { } row
            ? LogRows.Read(row, person, key)
            : null;

    public async Task SweepAnswers(Instant now, Duration age, CancellationToken cancellation = default)
    {
        foreach (var shard in shards)
            await foreach (var row in table.Older(shard, "Status", now - age, cancellation))
                await table.Transact([TableRows.Delete(shard, row.RowKey)], cancellation);
    }

    public async Task ForgetAnswers(AgreementId agreement, CancellationToken cancellation = default)
    {
        var shard = Shard(agreement);
        await foreach (var row in table.Range(shard, LogKeys.Answers(agreement), LogKeys.Answers(agreement) + LogKeys.End,
            cancellation: cancellation))
            if (row.Bytes("Body") is { Length: > 0 })
            {
                foreach (var part in row.Keys.Where(name => name.StartsWith("Body", StringComparison.Ordinal)).ToList())
                    row.Remove(part);
                await table.Transact([row.With("Body", []).Put()], cancellation);
            }
    }

    public IAsyncEnumerable<AgreementId> ListAgreements(CancellationToken cancellation = default) => all.Agreements(cancellation);

    public IAsyncEnumerable<LogTrace> Survey(CancellationToken cancellation = default) => all.Survey(cancellation);

    public IAsyncEnumerable<LogTop> Tops(CancellationToken cancellation = default) => all.Tops(cancellation);

    public Task<FoundLog> Examine(AgreementId agreement, long since = 0, CancellationToken cancellation = default) =>
        all.Examine(agreement, since, cancellation);

    public Task<IReadOnlyList<WakeUp>> DueWakeUps(Instant until, int limit, CancellationToken cancellation = default) =>
        all.DueWakeUps(until, limit, cancellation);

    async Task<(IReadOnlyList<StoredEvent> Events, LogHead? Head)> Read(AgreementId agreement, long sequence,
        CancellationToken cancellation)
    {
        var (events, head, before) = (new List<StoredEvent>(), (LogHead?)null, heads[agreement]);
        await foreach (var row in table.Range(Shard(agreement), LogKeys.Event(agreement, sequence + 1), LogKeys.Head(agreement),
            cancellation: cancellation))
            if (row.RowKey == LogKeys.Head(agreement))
                head = LogHead.Read(row);
            else
                LogRows.Read(row, agreement, sequence, events);
        if (head is null)
            heads.Forget(agreement);
        else
            heads.Keep(agreement, head = head with { Hash = head.Hash
                ?? (events is [.., var last] && last.Sequence == head.Sequence ? last.Hash : null) }, before);
        return (events, head);
    }

    // A head that an earlier version wrote does not say; then the row does.
    async Task<Sha256?> EndsWith(AgreementId agreement, LogHead head) =>
        head.Hash ?? await all.HashOf(agreement, head.Sequence, CancellationToken.None);

    string Shard(AgreementId agreement) => LogKeys.Shard(agreement, shards.Count);

    List<TableTransactionAction> Writes(Append append, LogHead head, LogHead next)
    {
        var shard = Shard(append.Agreement);
        List<TableTransactionAction> writes = [next.Write(shard, append.Agreement, head.ETag)];
        writes.AddRange(append.Events.SelectMany(e => LogRows.Write(shard, append, e)));
        if (append.Answer is { } answer)
            writes.Add(LogRows.Write(shard, append.Agreement, answer));
        if (head.WakeAt is { } before && before != next.WakeAt)
            writes.Add(TableRows.Delete(shard, LogKeys.WakeUp(before, append.Agreement)));
        if (next.WakeAt is { } at && at != head.WakeAt)
            writes.Add(new TableEntity(shard, LogKeys.WakeUp(at, append.Agreement)).Insert());
        if (append.Events.Count > 0 && !append.Unlisted)
            writes.Add(new TableEntity(shard, LogKeys.Moved(append.Agreement)) { ["Sequence"] = append.Events[^1].Sequence }.Put());
        if (append.Events is [.., var end])
            writes.Add(new TableEntity(shard, LogKeys.Changed(append.Agreement)) { ["Sequence"] = end.Sequence, ["Hash"] = $"{end.Hash}" }
                .Put());
        if (append.Events.Count > 0 && append.Expected == 0)
            writes.Add(new TableEntity(shard, LogKeys.Listed(append.Agreement)).Insert());
        return writes;
    }

    // In the log's own partition, so in the same transaction; the head's ETag guards them too.
    async Task<IReadOnlyList<TableTransactionAction>> Erased(Append append)
    {
        var (shard, writes) = (Shard(append.Agreement), new List<TableTransactionAction>());
        foreach (var row in append.Erased)
            writes.AddRange(LogRows.Replace(shard, append.Agreement, row, await table.Range(shard,
                LogKeys.Event(append.Agreement, row.Sequence), LogKeys.LastPart(append.Agreement, row.Sequence)).ToListAsync()));
        return writes;
    }

    async Task<LogHead> ReadHead(AgreementId agreement, CancellationToken cancellation)
    {
        var before = heads[agreement];
        var head = await table.Find(Shard(agreement), LogKeys.Head(agreement), cancellation) is { } row ? LogHead.Read(row) : LogHead.None;
        if (head.ETag is not null)
            heads.Keep(agreement, head, before);
        return head;
    }

    // What has not taken effect may still be on its way. It builds on the head as it was: written
    // anew, even with what it held (or, for a new log, nothing), it lets nothing of that kind in.
    // False when the head was not as it was any more, and somebody has to look again.
    async Task<bool> Bar(AgreementId agreement, LogHead head)
    {
        var outcome = await table.Transact([head.Write(Shard(agreement), agreement, head.ETag)], CancellationToken.None);
        if (outcome.ETags is not { } etags)
            return false;
        heads.Keep(agreement, head with { ETag = etags[0] });
        return true;
    }

    // Also when others have gone on from it since: its events carry its id.
    async Task<bool> TookEffect(Append append)
    {
        var head = await ReadHead(append.Agreement, CancellationToken.None);
        if (head.AppendId == append.Id)
            return true;
        return head.Sequence > append.Expected && append.Events.Count > 0
            && await table.Find(Shard(append.Agreement), LogKeys.Event(append.Agreement, append.Expected + 1)) is { } row
            && Guid.Parse(row.GetString("AppendId")) == append.Id;
    }
}
