using System.Text.Json;

namespace MrAgreement.Functions.Tests.Doubles;

/// <summary>What has happened to one generation of an orchestration, in order: all that a replay knows.</summary>
abstract record Happening
{
    /// <summary>The orchestrator got the processor; by its clock it is this time until the next turn.</summary>
    public sealed record Turn(DateTime At) : Happening;

    public sealed record ActivityCompleted(int Action, JsonElement Result) : Happening;

    public sealed record ActivityFailed(int Action, string Message) : Happening;

    public sealed record TimerFired(int Action) : Happening;

    public sealed record EventRaised(string Name, JsonElement Payload) : Happening;
}

/// <summary>What an orchestrator asked for, numbered in the order of its asking; a replay must ask for just the same.</summary>
abstract record Asked
{
    public sealed record Activity(string Name, string Input) : Asked;

    public sealed record Timer(DateTime At) : Asked;
}

/// <summary>A replay asked for something else than what had been asked for before.</summary>
sealed class NondeterministicException(string message) : Exception(message);
