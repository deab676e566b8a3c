using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MrAgreement.Functions.Tests.Doubles;

/// <summary>The engine catches what the official ones would: an orchestrator that does not come to the same calls when it is replayed.</summary>
public class EngineTests
{
    static readonly DateTime start = new(2014, 6, 13, 10, 0, 0, DateTimeKind.Utc);

    readonly Engine engine = new(start);
    int runs;

    [Fact]
    public async Task Another_input_on_replay_is_caught() =>
        Assert.Contains("asks for Activity { Name = look, Input = 2 }", await Failure(async context =>
        {
            await context.CallActivityAsync<int>("look", ++runs);
            await context.CallActivityAsync<int>("look", 9);
        }), StringComparison.Ordinal);

    [Fact]
    public async Task Another_time_on_replay_is_caught() =>
        Assert.Contains("asks for Timer", await Failure(async context =>
        {
            await context.CreateTimer(start.AddMinutes(++runs), CancellationToken.None);
            await context.CreateTimer(start.AddDays(1), CancellationToken.None);
        }), StringComparison.Ordinal);

    [Fact]
    public async Task Fewer_calls_on_replay_are_caught()
    {
        engine.Orchestrator("strays", async context =>
        {
            if (++runs == 1)
                await context.CallActivityAsync<int>("look", 1);
            await context.WaitForExternalEvent<bool>("never");
        });

        Assert.Contains("it had asked for 1", (await Assert.ThrowsAsync<NondeterministicException>(Begin)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_what_is_not_the_engines_is_caught()
    {
        engine.Orchestrator("strays", async _ => await Task.Delay(Timeout.Infinite));

        Assert.Contains("not the engine's", (await Assert.ThrowsAsync<NondeterministicException>(Begin)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_turn_replays_from_the_beginning()
    {
        engine.Orchestrator("strays", async context =>
        {
            runs++;
            for (var i = 0; i < 5; i++)
                await context.CallActivityAsync<int>("look", i);
        });

        await Begin();

        Assert.Equal((6, 5), (runs, engine.Begun.Count));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, engine["it"].Status);
    }

    async Task<string> Failure(Func<TaskOrchestrationContext, Task> strays)
    {
        engine.Orchestrator("strays", strays);
        await Begin();
        await engine.RunUntil(start.AddDays(2));
        return Assert.IsType<NondeterministicException>(engine["it"].Failure).Message;
    }

    async Task Begin()
    {
        engine.Activity<int, int>("look", n => Task.FromResult(n));
        await engine.ScheduleNewOrchestrationInstanceAsync("strays", null, new StartOrchestrationOptions("it"));
        await engine.Run();
    }
}
