using System.Text.Json;
using System.Threading.Channels;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MrAgreement.Functions.Tests.Doubles;

/// <summary>A durable engine in memory, with a clock that stands until it is moved. At every turn it replays the orchestrator's whole history and holds it to what it asked for before.</summary>
sealed class Engine(DateTime start) : DurableTaskClient("engine")
{
    // A generation that asks for more than this has forgotten to begin anew.
    const int MostAsked = 500;

    // A clock that stands must not let an orchestrator run for ever.
    const int MostReplays = 20_000;

    readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> orchestrators = [];
    readonly Dictionary<string, Func<JsonElement, Task<object?>>> activities = [];
    readonly Dictionary<string, Orchestration> instances = [];
    readonly Lock turn = new();
    readonly Channel<bool> news = Channel.CreateUnbounded<bool>();
    int atWork;

    public DateTime Now { get; private set; } = start;

    /// <summary>Between looking an instance up and telling of it.</summary>
    public Func<Task> Shown { get; set; } = () => Task.CompletedTask;

    /// <summary>Whether it takes no new orchestrations.</summary>
    public bool Broken { get; init; }

    /// <summary>Every activity that was begun, with its input.</summary>
    public List<string> Begun { get; } = [];

    /// <summary>How often an orchestrator was run over its history.</summary>
    public int Replays { get; private set; }

    /// <summary>The most activities that one orchestration had asked for without having heard of them.</summary>
    public int MostAwaited { get; private set; }

    public Orchestration this[string instance] => instances[instance];

    public Engine Orchestrator(string name, Func<TaskOrchestrationContext, Task> run) => Orchestrator<object?>(name, async context =>
    {
        await run(context);
        return null;
    });

    public Engine Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> run)
    {
        orchestrators[name] = async context => await run(context);
        return this;
    }

    public Engine Activity<TInput, TResult>(string name, Func<TInput, Task<TResult>> run)
    {
        activities[name] = async input => await run(input.Deserialize<TInput>()!);
        return this;
    }

    /// <summary>Lets everything run that can at this time, and answers once nothing can.</summary>
    public async Task Run()
    {
        while (true)
        {
            while (Next() is { } ready)
                Take(ready);
            lock (turn)
                if (atWork == 0 && !instances.Values.Any(i => i.Inbox.Count > 0 && i.IsAlive))
                    return;
            await news.Reader.ReadAsync();
        }
    }

    /// <summary>Moves the clock; every timer on the way fires at its own time.</summary>
    public async Task RunUntil(DateTime to)
    {
        await Run();
        while (Timers().Where(t => t.At <= to).Select(t => (DateTime?)t.At).Min() is { } next)
        {
            Now = next > Now ? next : Now;
            Fire();
            await Run();
        }
        Now = to;
    }

    /// <summary>Puts the timers that are due in the inboxes, without letting anybody take them.</summary>
    public void Fire(DateTime? at = null)
    {
        Now = at ?? Now;
        foreach (var (orchestration, number, _) in Timers().Where(t => t.At <= Now).OrderBy(t => t.At).ToList())
        {
            orchestration.Fired.Add(number);
            Post(orchestration, new Happening.TimerFired(number));
        }
    }

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        if (Broken)
            throw new InvalidOperationException("The backend does not answer.");
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        lock (turn)
        {
            if (instances.GetValueOrDefault(id) is { IsAlive: true })
                throw new InvalidOperationException($"An orchestration instance with id {id} already exists and is running.");
            instances[id] = new(orchestratorName.Name, id, JsonSerializer.Serialize(input), Now);
        }
        Post(instances[id], null);
        return Task.FromResult(id);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        // As the official ones: an event to nobody is dropped.
        if (instances.GetValueOrDefault(instanceId) is { IsAlive: true } it)
            Post(it, new Happening.EventRaised(eventName, JsonSerializer.SerializeToElement(eventPayload)));
        return Task.CompletedTask;
    }

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        var found = instances.GetValueOrDefault(instanceId)?.Shown(getInputsAndOutputs);
        await Shown();
        return found;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => Pageable.Create((_, _) => Task.FromResult(new Page<OrchestrationMetadata>(
        [.. instances.Values.Select(i => i.Shown(filter!.FetchInputsAndOutputs))
            .Where(i => filter!.Statuses?.Contains(i.RuntimeStatus) is not false && !(i.CreatedAt < filter.CreatedFrom) && i.InstanceId.StartsWith(filter.InstanceIdPrefix ?? "", StringComparison.Ordinal))])));

    public override Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        // As the official extension had it for long: no beginning, no answer.
        var since = filter.CreatedFrom ?? throw new InvalidOperationException("Exception was thrown by handler.");
        var old = instances.Values.Where(i => filter.Statuses!.Contains(i.Status) && i.CreatedAt >= since && i.CreatedAt <= filter.CreatedTo).ToList();
        old.ForEach(i => instances.Remove(i.Id));
        return Task.FromResult(new PurgeResult(old.Count));
    }

    // What the app does not ask for.
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();
    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();
    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();
    public override ValueTask DisposeAsync() => default;

    IEnumerable<(Orchestration Of, int Number, DateTime At)> Timers() =>
        from it in instances.Values
        where it.IsAlive
        from asked in it.Asked.Select((what, number) => (what, number))
        where asked.what is Asked.Timer && !it.Fired.Contains(asked.number)
        select (it, asked.number, ((Asked.Timer)asked.what).At);

    void Post(Orchestration to, Happening? happening)
    {
        lock (turn)
            to.Inbox.Add(happening);
        news.Writer.TryWrite(true);
    }

    Orchestration? Next()
    {
        lock (turn)
            return instances.Values.FirstOrDefault(i => i.Inbox.Count > 0 && i.IsAlive);
    }

    void Take(Orchestration it)
    {
        lock (turn)
        {
            it.History.Add(new Happening.Turn(Now));
            it.UpdatedAt = Now;
            it.History.AddRange(it.Inbox.OfType<Happening>());
            it.Inbox.Clear();
        }
        var replay = new Replay(it.Name, it.Id, it.Input, it.Asked, MostAsked);
        var run = replay.Run(orchestrators[it.Name], it.History);
        if (++Replays > MostReplays)
            throw new InvalidOperationException($"More than {MostReplays} turns, and still something to do at {Now:O}.");
        var fresh = replay.Asked.Skip(it.Asked.Count).ToList();
        lock (turn)
        {
            it.After(replay, run);
            MostAwaited = Math.Max(MostAwaited, it.Asked.OfType<Asked.Activity>().Count() - it.History.Count(h => h is Happening.ActivityCompleted or Happening.ActivityFailed));
        }
        // What one that is over asked for last is nobody's any more.
        if (it.IsAlive && replay.Anew is null)
            for (var i = 0; i < fresh.Count; i++)
                if (fresh[i] is Asked.Activity activity)
                    Begin(it, it.Generation, it.Asked.Count - fresh.Count + i, activity);
        if (it.IsAlive && replay.Anew is not null)
            Post(it, null);
    }

    void Begin(Orchestration it, int generation, int number, Asked.Activity activity)
    {
        Begun.Add($"{activity.Name} {activity.Input}");
        Interlocked.Increment(ref atWork);
        _ = Task.Run(async () =>
        {
            Happening outcome;
            try
            {
                outcome = new Happening.ActivityCompleted(number, JsonSerializer.SerializeToElement(await activities[activity.Name](JsonElement.Parse(activity.Input))));
            }
            catch (Exception e)
            {
                outcome = new Happening.ActivityFailed(number, e.Message);
            }
            if (it.Generation == generation)
                Post(it, outcome);
            Interlocked.Decrement(ref atWork);
            news.Writer.TryWrite(true);
        });
    }
}
