using MrAgreement.Web.Service;

namespace MrAgreement.Web.Tests.Service;

/// <summary>What goes on by itself: imports and packages alike.</summary>
public sealed class BackgroundWorkTests
{
    static readonly Guid one = new("00000000-0000-4000-8000-000000000001");
    static readonly Guid other = new("00000000-0000-4000-8000-000000000002");

    readonly BackgroundWork<string> work = new(2);
    readonly TaskCompletionSource going = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task The_same_begun_twice_is_one_where_the_first_stands()
    {
        var begun = 0;
        Task Begin(CancellationToken stopping) => Task.FromResult(Interlocked.Increment(ref begun));

        Assert.Equal("first", work.Start(one, "first", _ => true, Begin));
        Assert.Equal("first", work.Start(one, "second", _ => true, Begin));
        await work.End(one);
        Assert.Equal("third", work.Start(one, "third", _ => false, Begin));
        await work.DisposeAsync();

        Assert.Equal(("third", 2), (work.Find(one), begun));
    }

    [Fact]
    public async Task Who_orders_more_than_may_wait_comes_again_later_and_changes_nothing()
    {
        work.Start(one, "first", _ => true, _ => going.Task);

        Assert.Throws<StoreBusyException>(() => work.Start(other, "too much", _ => true, _ => going.Task, _ => going.Task));
        Assert.Null(work.Find(other));

        going.SetResult();
        await work.End(one);
        Assert.Equal("now", work.Start(other, "now", _ => true, _ => Task.CompletedTask, _ => Task.CompletedTask));
        await work.DisposeAsync();
    }

    [Fact]
    public async Task What_came_of_it_is_known_until_much_else_is_over()
    {
        work.Start(one, "first", _ => true, _ => Task.CompletedTask);
        await work.End(one);
        Assert.Equal("first", work.Find(one));

        for (var n = 0; n < 200; n++)
        {
            var id = Guid.CreateVersion7();
            work.Start(id, $"{n}", _ => true, _ => Task.CompletedTask);
            await work.End(id);
        }

        Assert.Null(work.Find(one));
        Assert.Equal(200, work.All.Count());
        await work.DisposeAsync();
    }

    [Fact]
    public async Task What_a_request_waits_for_is_shown_until_it_is_answered()
    {
        using (work.Show(one, "within"))
            Assert.Equal("within", work.Find(one));

        Assert.Null(work.Find(one));
        await work.DisposeAsync();
    }

    [Fact]
    public async Task At_the_end_all_is_stopped_and_waited_for()
    {
        var ended = false;
        work.Start(one, "first", _ => true, async stopping =>
        {
            await Task.WhenAny(Task.Delay(Timeout.Infinite, stopping));
            await Task.Yield();
            ended = true;
        });

        await work.DisposeAsync();
        await work.DisposeAsync();

        Assert.True(ended);
    }
}
