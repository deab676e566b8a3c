using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Tests.Service;

/// <summary>What was answered 202, as imports and packages alike are kept: by several processes on the same records.</summary>
public sealed class KeptRunsTests : IAsyncDisposable
{
    /// <summary>Work in so many parts.</summary>
    public sealed record Counting(string Name, int Parts, int Done, bool IsBroken = false) : IKeptRun
    {
        public bool IsOver => IsBroken || Done == Parts;
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;
    readonly List<KeptRuns<Counting>> hosts = [];
    readonly TaskCompletionSource going = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int begun;

    public KeptRunsTests() => database = SqliteDatabase.Open(folder["data"]);

    [Fact]
    public async Task The_same_begun_twice_is_one_where_the_first_stands_on_any_host()
    {
        var (one, other) = (Host(), Host());

        await one.Start("a", new("first", 1, 0), _ => true, Cancellation);
        Assert.Equal("first", (await one.Start("a", new("second", 1, 0), _ => true, Cancellation)).Name);
        Assert.Equal("first", (await other.Start("a", new("third", 1, 0), _ => true, Cancellation)).Name);
        going.SetResult();
        Assert.Equal("first", (await Over(other, "a")).Name);
        Assert.Equal(1, begun);

        Assert.Equal("fourth", (await other.Start("a", new("fourth", 1, 0), earlier => !earlier.IsOver, Cancellation)).Name);
        Assert.Equal("fourth", (await Over(one, "a")).Name);
        Assert.Equal(2, begun);
    }

    [Theory]
    [InlineData("\"Name\":\"first\"", "\"Name\":null")]
    [InlineData("\"Name\":\"first\",", "")]
    [InlineData("\"Name\":\"first\"", "\"Name\":\"first\",\"More\":[null]")]
    public async Task One_of_which_somebody_has_made_something_else_is_as_good_as_not_there(string written, string altered)
    {
        await Host().Start("a", new("first", 1, 0), _ => true, Cancellation);
        going.SetResult();
        await Over(Host(), "a");
        var records = new SqliteKeptRecords(database);
        var record = Assert.Single(await records.Range("runs", "", Instant.MinValue, Cancellation));
        var json = System.Text.Encoding.UTF8.GetString(record.Data.Span);
        Assert.Contains(written, json, StringComparison.Ordinal);
        await records.Put(record with { Data = System.Text.Encoding.UTF8.GetBytes(json.Replace(written, altered, StringComparison.Ordinal)) }, Instant.MinValue, Cancellation);

        Assert.Empty(await Host().Range("", Cancellation));
        Assert.Null(await Host().Find("a", Cancellation));
        Assert.Equal("second", (await Host().Start("a", new("second", 1, 0), _ => true, Cancellation)).Name);
    }

    [Fact]
    public async Task Every_host_tells_how_far_it_is_and_what_came_of_it()
    {
        var (one, other) = (Host(work: async it =>
        {
            it.Tell(run => run with { Done = 1 });
            await going.Task;
            it.Tell(run => run with { Done = 3 });
        }), Host());

        await one.Start("a", new("first", 3, 0), _ => true, Cancellation);
        await Until(async () => (await other.Find("a", Cancellation))!.Done == 1);
        Assert.Equal(["first"], (await other.Range("", Cancellation)).Select(run => run.Name));
        Assert.Empty(await other.Range("b", Cancellation));
        going.SetResult();

        Assert.Equal(3, (await Over(other, "a")).Done);
        Assert.Null(await other.Find("b", Cancellation));
    }

    [Fact]
    public async Task Who_orders_more_than_may_wait_comes_again_later_and_nothing_is_known_of_it()
    {
        var host = Host(most: 2);
        await host.Start("a", new("first", 1, 0), _ => true, Cancellation);

        await Assert.ThrowsAsync<StoreBusyException>(() => host.Start("b", new("too much", 2, 0), _ => true, Cancellation));
        Assert.Null(await host.Find("b", Cancellation));

        going.SetResult();
        await Over(Host(), "a");
        // Its room is free a moment after what came of it is known.
        await Until(async () =>
        {
            try
            {
                return (await host.Start("b", new("now", 2, 0), _ => true, Cancellation)).Name == "now";
            }
            catch (StoreBusyException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task Somebody_may_stop_it_from_another_host()
    {
        var (one, other) = (Host(work: async it =>
        {
            await Task.WhenAny(Task.Delay(Timeout.Infinite, it.Stopped));
            it.Tell(run => run with { Name = "stopped", IsBroken = true });
        }), Host());
        await one.Start("a", new("first", 1, 0), _ => true, Cancellation);

        await other.Stop("a", Cancellation);
        Assert.Equal("stopped", (await Over(other, "a")).Name);

        // What is over, or not there, is let be.
        await other.Stop("a", Cancellation);
        await other.Stop("b", Cancellation);
        Assert.Equal("stopped", (await other.Find("a", Cancellation))!.Name);
    }

    [Fact]
    public async Task What_a_host_leaves_at_its_end_another_takes_up_where_it_was()
    {
        var one = Host(work: async it =>
        {
            it.Tell(run => run with { Done = 2 });
            await Task.WhenAny(Task.Delay(Timeout.Infinite, it.Leaving));
        });
        await one.Start("a", new("first", 3, 0), _ => true, Cancellation);
        await Until(async () => (await one.Find("a", Cancellation))!.Done == 2);
        await one.DisposeAsync();
        await one.DisposeAsync();

        var other = Host(work: it =>
        {
            Assert.Equal(2, it.Now.Done);
            it.Tell(run => run with { Done = 3 });
            return Task.CompletedTask;
        });
        Assert.False((await other.Find("a", Cancellation))!.IsOver);
        Assert.Equal(3, (await Over(other, "a")).Done);
    }

    [Fact]
    public async Task What_a_killed_host_was_at_is_taken_up_once_and_not_before_it_is_gone()
    {
        var alive = Host();
        await alive.Start("alive", new("first", 1, 0), _ => true, Cancellation);
        await Killed("killed");

        var others = Enumerable.Range(0, 4).Select(_ => Host()).ToList();
        await Task.WhenAll(others.Select(other => other.TakeUp(Cancellation)));
        going.SetResult();

        Assert.Equal(1, (await Over(others[0], "killed")).Done);
        Assert.Equal(1, (await Over(others[0], "alive")).Done);
        // Itself, the one that was killed, and the one that took it up.
        Assert.Equal(3, begun);
    }

    [Fact]
    public async Task What_has_ended_three_hosts_is_told_as_broken_off()
    {
        await Killed("a");
        for (var n = 0; n < 3; n++)
        {
            Assert.False((await Killing().Find("a", Cancellation))!.IsOver);
            await Until(() => Task.FromResult(begun == n + 2));
        }

        Assert.True((await Host().Find("a", Cancellation))!.IsBroken);
        Assert.Equal(4, begun);
    }

    [Fact]
    public async Task What_ends_without_a_word_has_broken_off()
    {
        var host = Host(work: _ => throw new InvalidOperationException("Never mind."));

        await host.Start("a", new("first", 1, 0), _ => true, Cancellation);

        Assert.True((await Over(host, "a")).IsBroken);
    }

    public async ValueTask DisposeAsync()
    {
        going.TrySetResult();
        foreach (var host in hosts)
            await host.DisposeAsync();
        database.Dispose();
        folder.Dispose();
    }

    KeptRuns<Counting> Host(int most = 10, Func<RunningHere<Counting>, Task>? work = null) =>
        Runs(most, work ?? Work, new(Duration.FromMinutes(1), TimeSpan.FromMilliseconds(20)));

    // One that never says that it is at anything: as good as dead once it has begun.
    KeptRuns<Counting> Killing() =>
        Runs(10, it =>
        {
            Interlocked.Increment(ref begun);
            return Task.WhenAny(Task.Delay(Timeout.Infinite, it.Leaving));
        }, new(Duration.Zero, Timeout.InfiniteTimeSpan));

    async Task Killed(string key)
    {
        var before = begun;
        await Killing().Start(key, new("first", 1, 0), _ => true, Cancellation);
        await Until(() => Task.FromResult(begun > before));
    }

    async Task Work(RunningHere<Counting> it)
    {
        Interlocked.Increment(ref begun);
        await going.Task;
        it.Tell(run => run with { Done = run.Parts });
    }

    KeptRuns<Counting> Runs(int most, Func<RunningHere<Counting>, Task> work, Patience patience)
    {
        var host = new KeptRuns<Counting>(new SqliteKeptRecords(database), "count-", most, work, it => it with { IsBroken = true })
        {
            Held = patience.Held, Between = patience.Between
        };
        hosts.Add(host);
        return host;
    }

    static async Task<Counting> Over(KeptRuns<Counting> host, string key)
    {
        Counting? found = null;
        await Until(async () => (found = await host.Find(key, Cancellation))?.IsOver == true);
        return found!;
    }

    static async Task Until(Func<Task<bool>> happened)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await happened())
            await Task.Delay(10, limit.Token);
    }

    sealed record Patience(Duration Held, TimeSpan Between);
}
