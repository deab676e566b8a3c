using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>The contract on SQLite, and what its one writer promises besides.</summary>
public sealed class SqliteEventStoreTests : EventStoreContract, IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;

    public SqliteEventStoreTests()
    {
        database = SqliteDatabase.Open(folder.Path, new(Waiting: 200));
        Store = new SqliteEventStore(database);
    }

    protected override IEventStore Store { get; }

    protected override Task Lose(AgreementId agreement, bool head) =>
        database.Write(session => session.Execute($"DELETE FROM {(head ? "heads" : "events")} WHERE agreement = ?1", SqliteValues.Column(agreement)), Cancellation);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task More_than_may_wait_is_answered_busy_and_what_waits_is_written_in_one_transaction_losers_aside()
    {
        await using var held = await HeldWriter.Of(database);
        var first = Stored.Append(Stored.Agreement(1), null);
        var waiting = Enumerable.Range(0, 200).Select(i => i % 10 == 9
            ? Store.Append(Stored.Append(Stored.Agreement(1), null, events: 2), Cancellation)
            : Store.Append(i == 0 ? first : Stored.Append(Stored.Agreement(i + 1), null), Cancellation)).ToList();

        await Assert.ThrowsAsync<StoreBusyException>(() => Store.Append(Stored.Append(Stored.Agreement(999), null), Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        Assert.Empty(await Store.ReadSince(Stored.Agreement(1), 0, Cancellation));

        held.LetGo();
        var outcomes = await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => i % 10 == 9 ? AppendOutcome.Moved : AppendOutcome.Appended), outcomes);
        Assert.Equivalent(first.Events, await Store.ReadSince(Stored.Agreement(1), 0, Cancellation), strict: true);
        Assert.Empty(await Store.ReadSince(Stored.Agreement(999), 0, Cancellation));
        Assert.Equal(AppendOutcome.Appended, await Store.Append(Stored.Append(Stored.Agreement(999), null), Cancellation));
    }

    [Fact]
    public async Task A_look_that_finds_nothing_to_do_writes_nothing()
    {
        await Store.Append(Stored.Append(Stored.Agreement(), null, wakeUp: Stored.Time), Cancellation);
        var written = Written();

        Assert.Equal(AppendOutcome.Appended, await Store.Append(new(Stored.AppendId(2), Stored.Agreement(), 1, [], Stored.Time), Cancellation));
        Assert.Equal(written, Written());

        await Store.Append(new(Stored.AppendId(3), Stored.Agreement(), 1, [], null), Cancellation);
        Assert.NotEqual(written, Written());

        long Written() => new FileInfo(Path.Combine(folder.Path, SqliteDatabase.FileName + "-wal")).Length;
    }

    [Fact]
    public async Task A_full_disk_fails_every_append_of_its_batch_and_the_next_batch_is_written()
    {
        await Store.Append(Stored.Append(Stored.Agreement(1), null), Cancellation);
        await LimitPages("1");
        var held = await HeldWriter.Of(database);
        var small = Store.Append(Stored.Append(Stored.Agreement(2), null), Cancellation);
        var empty = Store.Append(new(Stored.AppendId(), Stored.Agreement(1), 1, [], Stored.Time), Cancellation);
        var large = Store.Append(new(Stored.AppendId(), Stored.Agreement(3), 0, Stored.Events(Stored.Agreement(3), null, 3, size: 100_000), null), Cancellation);
        await held.DisposeAsync();

        foreach (var failed in new[] { small, empty, large })
            await Assert.ThrowsAsync<StoreUnwritableException>(() => failed);
        foreach (var number in new[] { 2, 3 })
            Assert.Empty(await Store.ReadSince(Stored.Agreement(number), 0, Cancellation));
        Assert.Empty(await Store.DueWakeUps(Stored.Time, 10, Cancellation));

        await LimitPages("1000000");
        Assert.Equal(AppendOutcome.Appended, await Store.Append(Stored.Append(Stored.Agreement(2), null), Cancellation));
        Assert.Single(await Store.ReadSince(Stored.Agreement(2), 0, Cancellation));
    }

    [Fact]
    public async Task A_full_disk_is_known_until_something_is_written_again()
    {
        var kept = new SqliteKeptRecords(database);
        await database.Writability.Ask(kept, folder.Path, Cancellation);
        await LimitPages("1");
        var refused = await Assert.ThrowsAsync<StoreUnwritableException>(() =>
            Store.Append(new(Stored.AppendId(), Stored.Agreement(3), 0, Stored.Events(Stored.Agreement(3), null, 3, size: 100_000), null), Cancellation));
        Assert.True(refused.IsFull);
        Assert.True((await Assert.ThrowsAsync<StoreUnwritableException>(() => database.Writability.Ask(kept, folder.Path, Cancellation))).IsFull);
        Assert.NotNull(await Store.DueWakeUps(Stored.Time, 10, Cancellation));

        await LimitPages("1000000");
        await database.Writability.Ask(kept, folder.Path, Cancellation);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.room"));
        Assert.Null(await kept.Find("room", "room", Instant.MinValue, Cancellation));
    }

    [Fact]
    public async Task A_write_that_fails_by_its_own_fault_does_not_sink_the_others_of_its_batch()
    {
        var held = await HeldWriter.Of(database);
        var before = Store.Append(Stored.Append(Stored.Agreement(1), null), Cancellation);
        var faulty = Store.Append(new(Stored.AppendId(), Stored.Agreement(2), 0, [Stored.Events(Stored.Agreement(2), null, 1)[0] with { Type = null! }], null), Cancellation);
        var throwing = database.Write<bool>(_ => throw new InvalidOperationException("A bug."), Cancellation);
        var after = Store.Append(Stored.Append(Stored.Agreement(3), null), Cancellation);
        await held.DisposeAsync();

        Assert.Equal([AppendOutcome.Appended, AppendOutcome.Appended], await Task.WhenAll(before, after));
        Assert.IsNotType<StoreUnwritableException>(await Record.ExceptionAsync(() => faulty));
        await Assert.ThrowsAsync<InvalidOperationException>(() => throwing);
        Assert.Single(await Store.ReadSince(Stored.Agreement(1), 0, Cancellation));
        Assert.Empty(await Store.ReadSince(Stored.Agreement(2), 0, Cancellation));
    }

    [Fact]
    public async Task An_append_that_is_given_up_while_it_waits_is_not_written()
    {
        using var giveUp = new CancellationTokenSource();
        var held = await HeldWriter.Of(database);
        var givenUp = Store.Append(Stored.Append(Stored.Agreement(1), null), giveUp.Token);
        var other = Store.Append(Stored.Append(Stored.Agreement(2), null), Cancellation);
        await giveUp.CancelAsync();
        await held.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        Assert.Equal(AppendOutcome.Appended, await other);
        Assert.Empty(await Store.ReadSince(Stored.Agreement(1), 0, Cancellation));
    }

    [Fact]
    public async Task Whoever_waited_goes_on_elsewhere_than_on_the_writers_thread()
    {
        var writer = await database.Write(_ => Environment.CurrentManagedThreadId, Cancellation);
        var held = await HeldWriter.Of(database);
        var goingOn = database.Write(_ => true, Cancellation).ContinueWith(
            _ => Environment.CurrentManagedThreadId, Cancellation, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await held.DisposeAsync();

        Assert.NotEqual(writer, await goingOn);
    }

    [Fact]
    public async Task Closing_writes_what_is_waiting_first_and_takes_nothing_more()
    {
        var held = await HeldWriter.Of(database);
        var waiting = Enumerable.Range(1, 20).Select(i => Store.Append(Stored.Append(Stored.Agreement(i), null), Cancellation)).ToList();
        var closing = Task.Run(database.Dispose, Cancellation);
        await held.DisposeAsync();
        await closing;

        Assert.All(await Task.WhenAll(waiting), o => Assert.Equal(AppendOutcome.Appended, o));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.Append(Stored.Append(Stored.Agreement(99), null), Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.ReadSince(Stored.Agreement(1), 0, Cancellation));
    }

    Task<object?> LimitPages(string most) => database.Write(session => session.Scalar($"PRAGMA max_page_count = {most}"), Cancellation);
}
