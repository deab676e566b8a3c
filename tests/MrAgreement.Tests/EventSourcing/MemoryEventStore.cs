using MrAgreement.EventSourcing;
using NodaTime;

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
        if (log.Count != append.Expected || append.Answer is { } used && answers.ContainsKey((append.Agreement, used.Person, used.Key)))
            return AppendOutcome.Moved;
        log.AddRange(append.Events);
        logs[append.Agreement] = log;
        wakeUps[append.Agreement] = append.NextWakeUp;
        if (append.Answer is { } answer)
            answers.Add((append.Agreement, answer.Person, answer.Key), answer);
        Appends.Add(append);
        return AppendOutcome.Appended;
    }

    public Task<IReadOnlyList<StoredEvent>> ReadSince(AgreementId agreement, long sequence, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<StoredEvent>>([.. logs.GetValueOrDefault(agreement, []).Skip((int)sequence)]);

    public Task<Answer?> FindAnswer(AgreementId agreement, PersonId person, string key, CancellationToken cancellation = default) =>
        Task.FromResult(answers.GetValueOrDefault((agreement, person, key)));

    public IAsyncEnumerable<AgreementId> ListAgreements(CancellationToken cancellation = default) => logs.Keys.OrderBy(id => id.Value).ToAsyncEnumerable();

    public IAsyncEnumerable<LogTrace> Survey(CancellationToken cancellation = default) =>
        logs.OrderBy(log => log.Key.Value).Select(log => new LogTrace(log.Key, log.Value.Count, log.Value.Count)).ToAsyncEnumerable();

    public Task<IReadOnlyList<WakeUp>> DueWakeUps(Instant until, int limit, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<WakeUp>>([.. wakeUps.Where(w => w.Value <= until).Select(w => new WakeUp(w.Key, w.Value!.Value)).OrderBy(w => w.At).Take(limit)]);
}
