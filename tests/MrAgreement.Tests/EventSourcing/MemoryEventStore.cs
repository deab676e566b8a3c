namespace MrAgreement.Tests.EventSourcing;

/// <summary>Logs in memory; a test may slip something in before an append.</summary>
sealed class MemoryEventStore : IEventStore
{
    readonly Dictionary<AgreementId, List<StoredEvent>> logs = [];
    readonly Dictionary<AgreementId, Instant?> wakeUps = [];
    readonly Dictionary<(AgreementId, PersonId, string), Answer> answers = [];

    public List<Append> Appends { get; } = [];

    /// <summary>Called once, before the next append is looked at.</summary>
    public Func<Task>? BeforeAppend { get; set; }

    public async Task<AppendOutcome> Append(Append append, CancellationToken cancellation = default)
    {
        if (BeforeAppend is { } first)
        {
            BeforeAppend = null;
            await first();
        }
        var log = logs.GetValueOrDefault(append.Agreement, []);
        if (log.Count != append.Expected || log.Count > 0 && append.After is { } after && log[^1].Hash != after || append.Answer is { } used && answers.ContainsKey((append.Agreement, used.Person, used.Key)))
            return AppendOutcome.Moved;
        log.AddRange(append.Events);
        foreach (var row in append.Erased)
            log[(int)row.Sequence - 1] = row;
        logs[append.Agreement] = log;
        wakeUps[append.Agreement] = append.NextWakeUp;
        if (append.Answer is { } answer)
            answers.Add((append.Agreement, answer.Person, answer.Key), answer);
        Appends.Add(append);
        return AppendOutcome.Appended;
    }

    public Task<IReadOnlyList<StoredEvent>> ReadSince(AgreementId agreement, long sequence, int limit, CancellationToken cancellation = default)
    {
        RowsRead.AddRange(logs.GetValueOrDefault(agreement, []).Skip((int)sequence).Take(limit).Select(row => row.Sequence));
        return Task.FromResult<IReadOnlyList<StoredEvent>>([.. logs.GetValueOrDefault(agreement, []).Skip((int)sequence).Take(limit)]);
    }

    /// <summary>Sequences of the rows that were read, those that follow what is known left aside.</summary>
    public List<long> RowsRead { get; } = [];

    public Task<IReadOnlyList<StoredEvent>?> ReadAfter(AgreementId agreement, long sequence, Sha256 hash, CancellationToken cancellation = default) =>
        logs.GetValueOrDefault(agreement, []) is var log && (sequence == 0 || sequence <= log.Count && log[(int)sequence - 1].Hash == hash)
            ? Task.FromResult<IReadOnlyList<StoredEvent>?>([.. log.Skip((int)sequence)])
            : Task.FromResult<IReadOnlyList<StoredEvent>?>(null);

    /// <summary>Puts a copy that was kept in the log's place.</summary>
    public void PutBack(AgreementId agreement, IReadOnlyList<StoredEvent> copy) => logs[agreement] = [.. copy];

    /// <summary>Puts an earlier copy of the log in its place.</summary>
    public void SetBack(AgreementId agreement, int length) => logs[agreement] = [.. logs[agreement].Take(length)];

    public Task<Answer?> FindAnswer(AgreementId agreement, PersonId person, string key, CancellationToken cancellation = default) =>
        Task.FromResult(answers.GetValueOrDefault((agreement, person, key)));

    public Task SweepAnswers(Instant now, Duration age, CancellationToken cancellation = default) => Task.CompletedTask;

    public Task ForgetAnswers(AgreementId agreement, CancellationToken cancellation = default)
    {
        foreach (var key in answers.Keys.Where(key => key.Item1 == agreement).ToList())
            answers[key] = answers[key] with { Body = [] };
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<AgreementId> ListAgreements(CancellationToken cancellation = default) => logs.Keys.OrderBy(id => id.Value).ToAsyncEnumerable();

    public IAsyncEnumerable<LogTrace> Survey(CancellationToken cancellation = default) =>
        logs.OrderBy(log => log.Key.Value).Select(log => new LogTrace(log.Key, log.Value.Count, log.Value.Count)).ToAsyncEnumerable();

    public Task<IReadOnlyList<WakeUp>> DueWakeUps(Instant until, int limit, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<WakeUp>>([.. wakeUps.Where(w => w.Value <= until).Select(w => new WakeUp(w.Key, w.Value!.Value)).OrderBy(w => w.At).Take(limit)]);
}
