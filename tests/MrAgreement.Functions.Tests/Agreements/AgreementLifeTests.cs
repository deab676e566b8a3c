using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Tests.Doubles;

namespace MrAgreement.Functions.Tests.Agreements;

/// <summary>The orchestration alone: what the activity answers is the test's.</summary>
public class AgreementLifeTests
{
    const string Id = "00000001-2014-4613-8000-000000000001";

    static readonly DateTime start = new(2014, 6, 13, 10, 0, 0, DateTimeKind.Utc);

    readonly Engine engine = new(start);
    readonly Queue<Func<Sleep>> answers = [];
    readonly List<DateTime> looks = [];

    public AgreementLifeTests() => engine
        .Orchestrator(AgreementLife.Name, AgreementLife.Run)
        .Activity<string, Sleep>(AgreementAdvance.Name, agreement =>
        {
            Assert.StartsWith(Id, agreement, StringComparison.Ordinal);
            looks.Add(engine.Now);
            return Task.FromResult(answers.Count > 1 ? answers.Dequeue()() : answers.Peek()());
        });

    Orchestration Life => engine[Id];

    [Fact]
    public async Task It_looks_at_once_and_then_when_its_timer_fires()
    {
        await Begin(Until(start.AddDays(2)), Until(start.AddDays(9)));

        await engine.RunUntil(start.AddDays(2).AddSeconds(-1));
        Assert.Equal([start], looks);
        await engine.RunUntil(start.AddDays(3));
        Assert.Equal([start, start.AddDays(2)], looks);
        Assert.Equal(2, Life.Generation);
    }

    [Fact]
    public async Task A_sleep_longer_than_the_engines_timers_is_slept_to_its_end()
    {
        await Begin(Until(start.AddDays(400)), Waits());

        await engine.RunUntil(start.AddDays(400).AddSeconds(-1));
        Assert.Equal([start], looks);
        await engine.RunUntil(start.AddDays(400));
        Assert.Equal([start, start.AddDays(400)], looks);
    }

    [Fact]
    public async Task A_change_wakes_it_and_the_timer_it_slept_on_is_nothing_any_more()
    {
        await Begin(Until(start.AddDays(2)), Until(start.AddDays(30)));
        await engine.RunUntil(start.AddDays(1));

        await Change();
        await engine.RunUntil(start.AddDays(29));

        Assert.Equal([start, start.AddDays(1)], looks);
    }

    [Fact]
    public async Task Without_a_wake_up_only_a_change_wakes_it()
    {
        await Begin(Waits());
        await engine.RunUntil(start.AddYears(5));
        Assert.Equal([start], looks);

        await Change();

        Assert.Equal([start, start.AddYears(5)], looks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_timer_and_a_change_at_the_same_moment_lead_to_one_look(bool timerFirst)
    {
        await Begin(Until(start.AddDays(2)), Until(start.AddDays(9)), Waits());

        if (timerFirst)
            engine.Fire(start.AddDays(2));
        await engine.RaiseEventAsync(Id, AgreementLife.Changed, true, TestContext.Current.CancellationToken);
        if (!timerFirst)
            engine.Fire(start.AddDays(2));
        await engine.Run();

        Assert.Equal([start, start.AddDays(2)], looks);
        await engine.RunUntil(start.AddDays(9));
        Assert.Equal([start, start.AddDays(2), start.AddDays(9)], looks);
    }

    [Fact]
    public async Task Many_changes_at_once_lead_to_two_looks_at_most()
    {
        await Begin(Until(start.AddDays(2)), Until(start.AddDays(9)));

        await Change(times: 20);

        // The first wakes it; what came with it is carried on, and heard together.
        Assert.InRange(looks.Count, 2, 3);
    }

    [Fact]
    public async Task A_change_while_the_agreement_is_advanced_leads_to_another_look()
    {
        // The activity has read the log by then: what changed afterwards it has not seen.
        await Begin(During(() => engine.RaiseEventAsync(Id, AgreementLife.Changed, true), Until(start.AddDays(2))), Until(start.AddDays(9)));

        Assert.Equal([start, start], looks);
        Assert.Equal(OrchestrationRuntimeStatus.Running, Life.Status);
    }

    [Fact]
    public async Task Changes_that_come_with_the_last_one_are_carried_into_the_next_generation()
    {
        var carried = 0;
        await Begin(Until(start.AddDays(2)), () =>
        {
            carried = Life.History.OfType<Happening.EventRaised>().Count();
            return Until(start.AddDays(9))();
        }, Until(start.AddDays(9)));

        // Fired first, the timer ends the wait; of the events that follow it in the same turn, one goes to the wait that was given up.
        engine.Fire(start.AddDays(2));
        for (var i = 0; i < 3; i++)
            await engine.RaiseEventAsync(Id, AgreementLife.Changed, true, TestContext.Current.CancellationToken);
        await engine.Run();

        Assert.InRange(carried, 1, 3);
        Assert.InRange(looks.Count, 2, 3);
        await Change();
        Assert.InRange(looks.Count, 3, 4);
    }

    [Fact]
    public async Task What_fails_is_tried_again_ever_more_seldom()
    {
        await Begin(Fails(), Fails(), Until(start.AddDays(9)));

        await engine.RunUntil(start.AddMinutes(1));

        Assert.Equal([start, start.AddSeconds(5), start.AddSeconds(15)], looks);
        Assert.Equal("active", Life.CustomStatus<Sleep>()!.State);
    }

    [Fact]
    public async Task What_goes_on_failing_fails_for_all_to_see_after_some_hours()
    {
        await Begin(Fails());

        await engine.RunUntil(start.AddDays(1));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, Life.Status);
        Assert.Equal(12, looks.Count);
        Assert.InRange(looks[^1] - start, TimeSpan.FromHours(1), TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task The_look_after_a_change_is_told_of_its_poke_and_the_timers_is_not()
    {
        await Begin(Until(start.AddDays(2)), Until(start.AddDays(9)), Waits());

        await engine.RaiseEventAsync(Id, AgreementLife.Changed, $"{Id} first", TestContext.Current.CancellationToken);
        await engine.RunUntil(start.AddDays(9));

        Assert.Equal([$"advance \"{Id}\"", $"advance \"{Id} first\"", $"advance \"{Id}\""], engine.Begun);
    }

    [Fact]
    public async Task Its_status_says_how_the_agreement_stands_and_when_it_wakes()
    {
        await Begin(Until(start.AddDays(2)));

        Assert.Equal(new Sleep("active", start.AddDays(2), false), Life.CustomStatus<Sleep>());
    }

    [Fact]
    public async Task It_ends_with_the_agreement()
    {
        await Begin(() => new("closed", null, Ended: true));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, Life.Status);
        Assert.Single(looks);
    }

    [Fact]
    public async Task Its_history_stays_short_however_long_it_lives()
    {
        await Begin(() => new("active", engine.Now.AddDays(1), false));

        await engine.RunUntil(start.AddDays(1000));

        Assert.Equal(1001, looks.Count);
        Assert.InRange(Life.History.Count, 1, 6);
    }

    async Task Begin(params Func<Sleep>[] looks)
    {
        foreach (var look in looks)
            answers.Enqueue(look);
        await engine.ScheduleNewOrchestrationInstanceAsync(AgreementLife.Name, null, new StartOrchestrationOptions(Id));
        await engine.Run();
    }

    async Task Change(int times = 1)
    {
        for (var i = 0; i < times; i++)
            await engine.RaiseEventAsync(Id, AgreementLife.Changed, true);
        await engine.Run();
    }

    static Func<Sleep> Until(DateTime wakeUp) => () => new("active", wakeUp, false);

    static Func<Sleep> Waits() => () => new("draft", null, false);

    static Func<Sleep> Fails() => () => throw new InvalidOperationException("The store does not answer.");

    static Func<Sleep> During(Func<Task> happens, Func<Sleep> answer) => () =>
    {
        happens().GetAwaiter().GetResult();
        return answer();
    };
}
