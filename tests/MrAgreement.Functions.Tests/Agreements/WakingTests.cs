using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Tests.Doubles;

namespace MrAgreement.Functions.Tests.Agreements;

/// <summary>Many agreements woken at once, as after an outage.</summary>
public class WakingTests
{
    static readonly DateTime start = new(2016, 2, 15, 2, 15, 0, DateTimeKind.Utc);

    readonly Engine engine = new(start);
    readonly List<Guid> all = [.. Enumerable.Range(1, 120).Select(n => Some.AgreementId(n).Value)];
    readonly HashSet<Guid> unreachable = [];

    public WakingTests()
    {
        engine.Orchestrator(Waking.Name, Waking.Run).Activity<IReadOnlyList<Guid>, int>(WakeSome.Name, some => some.Any(unreachable.Contains)
            ? throw new InvalidOperationException("The backend does not answer.")
            : new WakeSome(NullLogger<WakeSome>.Instance).Run(some, engine, default));
        engine.Orchestrator(AgreementLife.Name, AgreementLife.Run).Activity<string, Sleep>(AgreementAdvance.Name, _ => Task.FromResult(new Sleep("active", null, false)));
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_is_told_once_and_many_at_the_same_time()
    {
        var waking = await Begin();

        await engine.Run();

        Assert.Equal(all.Count, (await engine.GetInstanceAsync(waking, true, Cancellation))!.ReadOutputAs<int>());
        Assert.Equal(3, engine.Begun.Count(begun => begun.StartsWith(WakeSome.Name, StringComparison.Ordinal)));
        Assert.Equal(all.Count, engine.Begun.Count(begun => begun.StartsWith(AgreementAdvance.Name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Those_that_can_not_be_told_are_tried_again_and_hold_up_nobody_else()
    {
        unreachable.Add(all[60]);
        var waking = await Begin();

        await engine.Run();
        Assert.Equal(70, Advanced);
        unreachable.Clear();
        await engine.RunUntil(start.AddMinutes(1));

        Assert.Equal(all.Count, Advanced);
        Assert.Equal(all.Count, (await engine.GetInstanceAsync(waking, true, Cancellation))!.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Those_that_never_can_are_left_to_the_next_night()
    {
        unreachable.Add(all[0]);
        var waking = await Begin();

        await engine.RunUntil(start.AddHours(1));

        var it = (await engine.GetInstanceAsync(waking, true, Cancellation))!;
        Assert.Equal((OrchestrationRuntimeStatus.Completed, 70), (it.RuntimeStatus, it.ReadOutputAs<int>()));
    }

    [Fact]
    public async Task One_that_fails_among_some_is_told_with_the_others()
    {
        var broken = new Engine(start) { Broken = true };

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => new WakeSome(NullLogger<WakeSome>.Instance).Run([.. all.Take(3)], broken, Cancellation));

        Assert.Equal("3 of 3 agreements could not be told to look.", failure.Message);
    }

    int Advanced => engine.Begun.Count(begun => begun.StartsWith(AgreementAdvance.Name, StringComparison.Ordinal));

    Task<string> Begin() => engine.ScheduleNewOrchestrationInstanceAsync(Waking.Name, all, cancellation: Cancellation);
}
