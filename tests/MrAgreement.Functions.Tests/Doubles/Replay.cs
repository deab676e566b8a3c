using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MrAgreement.Functions.Tests.Doubles;

/// <summary>
/// One replay of an orchestrator from its history. Every task is completed by the history alone, on one thread, so that each await is passed as it was the first time.
/// Events go to the latest waiter, even to one whose wait was given up; long timers are divided: both as the official context has it.
/// </summary>
sealed class Replay(string name, string instance, string input, IReadOnlyList<Asked> before, int most) : TaskOrchestrationContext
{
    static readonly TimeSpan longestTimer = TimeSpan.FromDays(3);

    readonly Dictionary<int, TaskCompletionSource<JsonElement>> open = [];
    readonly Dictionary<string, Stack<Action<JsonElement>>> waiters = new(StringComparer.OrdinalIgnoreCase);
    readonly List<Happening.EventRaised> buffered = [];
    DateTime now;

    public List<Asked> Asked { get; } = [];
    public object? CustomStatus { get; private set; }

    /// <summary>The input of the next generation, when the orchestrator has asked for one.</summary>
    public (string Input, bool Carry)? Anew { get; private set; }

    /// <summary>Events that nobody has waited for.</summary>
    public IReadOnlyList<Happening.EventRaised> Unprocessed => buffered;

    public override TaskName Name => name;
    public override ParentOrchestrationInstance? Parent => null;
    public override bool IsReplaying => Asked.Count < before.Count;
    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;
    public override string InstanceId => instance;
    public override DateTime CurrentUtcDateTime => now;

    /// <summary>Runs the orchestrator over the history; answers its task, which is not complete when it waits for what has not happened yet.</summary>
    public Task<object?> Run(Func<TaskOrchestrationContext, Task<object?>> orchestrator, IReadOnlyList<Happening> history)
    {
        var earlier = SynchronizationContext.Current;
        var thread = new OneThread();
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            now = ((Happening.Turn)history[0]).At;
            var task = orchestrator(this);
            thread.Pump();
            foreach (var happening in history)
            {
                Apply(happening);
                thread.Pump();
            }
            if (Asked.Count < before.Count && !task.IsFaulted)
                throw new NondeterministicException($"Replayed, the orchestrator asks for {Asked.Count} things; it had asked for {before.Count}.");
            if (!task.IsCompleted && open.Count == 0 && waiters.Values.All(w => w.Count == 0))
                throw new NondeterministicException("The orchestrator waits for something that is not the engine's.");
            return task;
        }
        finally
        {
            thread.Close();
            SynchronizationContext.SetSynchronizationContext(earlier);
        }
    }

    public override T? GetInput<T>() where T : default => JsonSerializer.Deserialize<T>(input);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        for (var failures = 0; ; failures++)
            try
            {
                return (await Ask(new Asked.Activity(name.Name, JsonSerializer.Serialize(input)))).Deserialize<TResult>()!;
            }
            catch (TaskFailedException) when (options?.Retry?.Policy is { } retry && failures + 1 < retry.MaxNumberOfAttempts)
            {
                var delay = retry.FirstRetryInterval * Math.Pow(retry.BackoffCoefficient, failures);
                await Ask(new Asked.Timer(now + (delay < retry.MaxRetryInterval ? delay : retry.MaxRetryInterval)));
            }
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        while (fireAt - now > longestTimer && !cancellationToken.IsCancellationRequested)
            await Ask(new Asked.Timer(now + longestTimer), cancellationToken);
        await Ask(new Asked.Timer(fireAt), cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        var waiting = new TaskCompletionSource<T>();
        if (!waiters.TryGetValue(eventName, out var stack))
            waiters[eventName] = stack = [];
        if (buffered.FindIndex(e => e.Name == eventName) is >= 0 and var earliest)
        {
            waiting.SetResult(buffered[earliest].Payload.Deserialize<T>()!);
            buffered.RemoveAt(earliest);
        }
        else
            stack.Push(payload => waiting.TrySetResult(payload.Deserialize<T>()!));
        cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken));
        return waiting.Task;
    }

    public override void SetCustomStatus(object? customStatus) => CustomStatus = customStatus;

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => Anew = (JsonSerializer.Serialize(newInput), preserveUnprocessedEvents);

    // What the app does not ask for.
    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();
    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();
    public override Guid NewGuid() => throw new NotSupportedException();

    async Task<JsonElement> Ask(Asked asked, CancellationToken cancellation = default)
    {
        var number = Asked.Count;
        if (number < before.Count && before[number] != asked)
            throw new NondeterministicException($"Replayed, the orchestrator asks for {asked}; it had asked for {before[number]}.");
        if (number >= most)
            throw new NondeterministicException($"The orchestrator asks for more than {most} things in one generation.");
        Asked.Add(asked);
        var waiting = open[number] = new();
        cancellation.Register(() => open.Remove(number, out _));
        cancellation.Register(() => waiting.TrySetCanceled(cancellation));
        return await waiting.Task;
    }

    void Apply(Happening happening)
    {
        switch (happening)
        {
            case Happening.Turn turn:
                now = turn.At;
                break;
            case Happening.ActivityCompleted completed when open.Remove(completed.Action, out var waiting):
                waiting.SetResult(completed.Result);
                break;
            case Happening.ActivityFailed failed when open.Remove(failed.Action, out var waiting):
                waiting.SetException(new TaskFailedException(((Asked.Activity)Asked[failed.Action]).Name, failed.Action, new TaskFailureDetails("", failed.Message, null, null, null)));
                break;
            case Happening.TimerFired fired when open.Remove(fired.Action, out var waiting):
                waiting.SetResult(default);
                break;
            case Happening.EventRaised raised when waiters.TryGetValue(raised.Name, out var stack) && stack.TryPop(out var waiter):
                waiter(raised.Payload);
                break;
            case Happening.EventRaised raised:
                buffered.Add(raised);
                break;
        }
    }

    /// <summary>Everything that goes on after an await is run here and now; what comes from elsewhere is not of this orchestrator.</summary>
    sealed class OneThread : SynchronizationContext
    {
        readonly Queue<Action> waiting = new();
        readonly int thread = Environment.CurrentManagedThreadId;
        bool closed;

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (waiting)
                if (!closed && Environment.CurrentManagedThreadId == thread)
                    waiting.Enqueue(() => d(state));
        }

        public void Pump()
        {
            while (waiting.TryDequeue(out var next))
                next();
        }

        public void Close()
        {
            lock (waiting)
                closed = true;
        }
    }
}
