using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace MrAgreement.Functions.Tests.Doubles;

/// <summary>One orchestration in the engine: its present generation's history, and what has come in for it.</summary>
sealed class Orchestration(string name, string id, string input, DateTime createdAt)
{
    string? status;
    string? output;

    public string Name => name;
    public string Id => id;
    public DateTime CreatedAt => createdAt;

    /// <summary>When it last had a turn.</summary>
    public DateTime UpdatedAt { get; set; }

    public string Input { get; private set; } = input;
    public OrchestrationRuntimeStatus Status { get; private set; } = OrchestrationRuntimeStatus.Pending;
    public Exception? Failure { get; private set; }

    /// <summary>Counted from 1: how often it has begun anew.</summary>
    public int Generation { get; private set; } = 1;

    public List<Happening> History { get; } = [];
    public List<Asked> Asked { get; } = [];
    public HashSet<int> Fired { get; } = [];

    /// <summary>Null where it need only be given a turn.</summary>
    public List<Happening?> Inbox { get; } = [];

    public bool IsAlive => Status is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running;

    public T? CustomStatus<T>() => status is null ? default : JsonSerializer.Deserialize<T>(status);

    public OrchestrationMetadata Shown(bool all) => new(name, id)
    {
        RuntimeStatus = Status,
        CreatedAt = createdAt,
        LastUpdatedAt = UpdatedAt,
        DataConverter = all ? JsonDataConverter.Default : null,
        SerializedInput = all ? Input : null,
        SerializedOutput = all ? output : null,
        SerializedCustomStatus = all ? status : null
    };

    /// <summary>As somebody who ends it from outside.</summary>
    public void Terminate() => Status = OrchestrationRuntimeStatus.Terminated;

    /// <summary>Takes what a replay has led to.</summary>
    public void After(Replay replay, Task<object?> run)
    {
        Asked.AddRange(replay.Asked.Skip(Asked.Count));
        // An orchestrator that sets none in a turn of a new generation shows none.
        status = replay.CustomStatus is null ? null : JsonSerializer.Serialize(replay.CustomStatus);
        Status = OrchestrationRuntimeStatus.Running;
        if (!run.IsCompleted)
            return;
        if (run.IsFaulted)
            (Status, Failure) = (OrchestrationRuntimeStatus.Failed, run.Exception.InnerException);
        else if (replay.Anew is { } anew)
            Begin(anew.Input, anew.Carry ? replay.Unprocessed : []);
        else
            (Status, output) = (OrchestrationRuntimeStatus.Completed, JsonSerializer.Serialize(run.Result));
    }

    void Begin(string anew, IReadOnlyList<Happening.EventRaised> carried)
    {
        Input = anew;
        Generation++;
        History.Clear();
        Asked.Clear();
        Fired.Clear();
        // Before whatever has come in meanwhile; what belongs to the generation before is nothing to this one.
        Inbox.RemoveAll(left => left is not null and not Happening.EventRaised);
        Inbox.InsertRange(0, carried);
    }
}
