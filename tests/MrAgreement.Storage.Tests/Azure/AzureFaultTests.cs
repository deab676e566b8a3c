using MrAgreement.Storage.Azure;
using MrAgreement.Storage.AzureTables;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>Whatever goes wrong on the way: nothing is lost, nothing is written twice, and who was told that it is written finds it.</summary>
public sealed class AzureFaultTests(Azurite azurite) : IAsyncLifetime
{
    static readonly AgreementId agreement = Stored.Agreement();

    readonly AccountInUse account = new(azurite);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    IEventStore Store => account.Stores.Events;

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();

    [Theory]
    [InlineData(WireFault.InternalError)]
    [InlineData(WireFault.Unavailable)]
    [InlineData(WireFault.Throttled)]
    [InlineData(WireFault.CutBefore)]
    [InlineData(WireFault.CutAfter)]
    [InlineData(WireFault.Late)]
    public async Task What_goes_wrong_once_is_tried_again_and_written_once(WireFault fault)
    {
        var first = Stored.Append(agreement, null, events: 3, wakeUp: Stored.Time, id: 1);
        var second = Stored.Append(agreement, first.Events[^1], events: 2, id: 2) with { Answer = Stored.Answer() };

        foreach (var append in new[] { first, second })
        {
            Once(fault);
            Assert.Equal(AppendOutcome.Appended, await Store.Append(append, Cancellation));
        }

        Assert.Equivalent(first.Events.Concat(second.Events), await Store.ReadSince(agreement, 0, Cancellation), strict: true);
        Assert.Empty(await Store.DueWakeUps(Stored.Time, 10, Cancellation));
        Assert.NotNull(await Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation));
    }

    [Fact]
    public async Task An_answer_that_is_lost_every_time_is_found_out_from_the_log()
    {
        account.Tables.Faults = request => FaultyProxy.IsBatch(request) ? WireFault.CutAfter : WireFault.None;

        Assert.Equal(AppendOutcome.Appended, await Store.Append(Stored.Append(agreement, null, events: 2), Cancellation));
        Assert.Equal(2, (await Store.ReadSince(agreement, 0, Cancellation)).Count);
    }

    [Fact]
    public async Task An_append_whose_answer_was_lost_is_found_under_what_others_have_appended_since()
    {
        var other = await account.Another();
        var ours = Stored.Append(agreement, null, id: 1);
        account.Tables.Done = async _ =>
            Assert.Equal(AppendOutcome.Appended, await other.Events.Append(Stored.Append(agreement, ours.Events[0], id: 2), Cancellation));
        Once(WireFault.CutAfter);

        Assert.Equal(AppendOutcome.Appended, await Store.Append(ours, Cancellation));
        Assert.Equal(2, (await Store.ReadSince(agreement, 0, Cancellation)).Count);
    }

    [Fact]
    public async Task Somebody_elses_append_is_not_taken_for_ours()
    {
        var other = await account.Another();
        var ours = Stored.Append(agreement, null, events: 2, id: 1);
        Assert.Equal(AppendOutcome.Appended, await other.Events.Append(Stored.Append(agreement, null, id: 2), Cancellation));
        Once(WireFault.CutBefore);

        Assert.Equal(AppendOutcome.Moved, await Store.Append(ours, Cancellation));
        Assert.Single(await Store.ReadSince(agreement, 0, Cancellation));
    }

    [Fact]
    public async Task What_never_reached_the_server_is_refused_and_can_be_appended_afterwards()
    {
        var append = Stored.Append(agreement, null);
        account.Tables.Faults = _ => WireFault.CutBefore;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.Append(append, Cancellation));

        account.Tables.Faults = _ => WireFault.None;
        Assert.Empty(await Store.ReadSince(agreement, 0, Cancellation));
        Assert.Equal(AppendOutcome.Appended, await Store.Append(append, Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_arrives_after_it_was_refused_is_not_written_any_more(bool newLog)
    {
        var before = newLog ? null : Stored.Append(agreement, null, id: 1);
        if (before is not null)
            await Store.Append(before, Cancellation);
        var append = Stored.Append(agreement, before?.Events[0], events: 2, wakeUp: Stored.Time, id: 2) with { Answer = Stored.Answer() };
        var tries = Azurite.Quick.Retries + 1;
        var left = tries;
        account.Tables.Faults = request => FaultyProxy.IsBatch(request) && Interlocked.Decrement(ref left) >= 0 ? WireFault.Held : WireFault.None;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.Append(append, Cancellation));
        Assert.Equal(tries, await account.Tables.LetThrough());

        Assert.Equal(before?.Events.Count ?? 0, (await Store.ReadSince(agreement, 0, Cancellation)).Count);
        Assert.Null(await Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation));
        Assert.Empty(await Store.DueWakeUps(Stored.Time, 10, Cancellation));
        // Nor is the log barred to anybody, here or in another process.
        var other = await account.Another();
        Assert.Equal(AppendOutcome.Appended, await other.Events.Append(append, Cancellation));
        Assert.Equal([agreement], await other.Events.ListAgreements(Cancellation).ToListAsync(Cancellation));
        Assert.Equal((before?.Events.Count ?? 0) + 2, (await Store.ReadSince(agreement, 0, Cancellation)).Count);
    }

    [Fact]
    public async Task What_arrives_while_it_is_being_barred_is_told_as_written()
    {
        var first = Stored.Append(agreement, null, id: 1);
        await Store.Append(first, Cancellation);
        var append = Stored.Append(agreement, first.Events[0], id: 2);
        var tries = Azurite.Quick.Retries + 1;
        var (left, looked) = (tries, 0);
        account.Tables.Faults = request =>
        {
            if (!FaultyProxy.IsBatch(request))
                return WireFault.None;
            if (Interlocked.Decrement(ref left) >= 0)
                return WireFault.Held;
            // Between the look at the head and the bar that is to follow.
            if (Interlocked.Increment(ref looked) == 1)
                account.Tables.LetThrough().GetAwaiter().GetResult();
            return WireFault.None;
        };

        Assert.Equal(AppendOutcome.Appended, await Store.Append(append, Cancellation));
        Assert.Equal(1, looked);
        Assert.Equal(2, (await Store.ReadSince(agreement, 0, Cancellation)).Count);
    }

    [Fact]
    public async Task A_server_that_asks_for_an_hour_is_not_waited_for()
    {
        account.Tables.Faults = _ => WireFault.ThrottledForLong;
        account.Tables.Passed();

        await Assert.ThrowsAsync<StoreBusyException>(() => Store.ReadSince(agreement, 0, Cancellation));
        Assert.Single(account.Tables.Passed());
    }

    // How long the tries may take together stands in the limits; here is how many there are.
    [Fact]
    public async Task An_account_that_never_answers_is_given_up_within_its_time_and_not_waited_for_as_long_again()
    {
        Assert.InRange(AzureLimits.Default.Whole, AzureLimits.Default.Timeout, TimeSpan.FromSeconds(5));
        var table = new AzureTable(account.Account(tablePort: account.Tables.Port, limits: AzureLimits.Default).Tables, AzureStores.TableName);
        account.Tables.Faults = _ => WireFault.Silent;
        account.Tables.Passed();

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => table.Find("meta", "layout", Cancellation));
        Assert.Matches("^The storage account at 127.0.0.1:[0-9]+ does not answer: nothing came in time.$", e.Message);
        Assert.InRange(account.Tables.Passed().Count, 1, 2);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => table.Find("meta", "layout", Cancellation));
        Assert.Single(account.Tables.Passed());

        account.Tables.Faults = _ => WireFault.None;
        for (TimeSpan? waited = null; waited is null;)
            try
            {
                Assert.NotNull(await table.Find("meta", "layout", Cancellation));
                waited = TimeSpan.Zero;
            }
            catch (StoreUnavailableException)
            {
                // A machine that is busy with other tests may take longer than it has now.
            }
    }

    [Fact]
    public async Task An_account_that_is_older_than_what_is_spoken_to_it_is_told_as_that()
    {
        account.Tables.Faults = _ => WireFault.Older;
        account.Blobs.Faults = _ => WireFault.Older;

        foreach (var ask in (Func<Task>[])[() => Store.ReadSince(agreement, 0, Cancellation), () => Store.Append(Stored.Append(agreement, null), Cancellation),
            () => account.Stores.Documents.Exists(Sha256.Of("x"u8), Cancellation), () => account.Stores.Documents.Put(new MemoryStream([1]), 10, Cancellation)])
            Assert.Matches("^The storage account at 127.0.0.1:[0-9]+ is older than this program .* use a newer one.$",
                (await Assert.ThrowsAsync<StoreUnavailableException>(ask)).Message);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_told_as_that()
    {
        account.Tables.Faults = _ => WireFault.AnotherTime;

        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.ReadSince(agreement, 0, Cancellation));
        Assert.Matches("clock differs from its own by 60 minutes; set the clock.$", e.Message);
    }

    [Fact]
    public async Task In_a_random_run_nothing_is_lost_and_nothing_is_doubled()
    {
        const int tasks = 8, each = 25;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("MRAGREEMENT_FAULT_SEED"), out var given) ? given : Environment.TickCount;
        var (chance, dice) = (new Random(seed), new Lock());
        var faults = new[] { WireFault.InternalError, WireFault.Unavailable, WireFault.CutBefore, WireFault.CutAfter, WireFault.CutShort, WireFault.Held };
        account.Tables.Faults = _ =>
        {
            lock (dice)
                return chance.Next(4) > 0 ? WireFault.None : faults[chance.Next(faults.Length)];
        };

        var told = await Task.WhenAll(Enumerable.Range(0, tasks).Select(task => Task.Run(async () =>
        {
            var acknowledged = new List<(AgreementId Agreement, string Key)>();
            for (var i = 0; i < each; i++)
            {
                var (id, key) = (Stored.Agreement(1 + (task + i) % 3), $"key-{task}-{i}");
                if (await Decide(id, key, 1 + task * each + i))
                    acknowledged.Add((id, key));
                if (i % 5 == task % 5)
                    await account.Tables.LetThrough();
            }
            return acknowledged;
        }, Cancellation)));

        account.Tables.Faults = _ => WireFault.None;
        await account.Tables.LetThrough();
        var keys = told.SelectMany(t => t).ToList();
        var context = $"seed {seed}: {keys.Count} of {tasks * each} acknowledged";
        TestContext.Current.TestOutputHelper?.WriteLine(context);
        Assert.True(keys.Count > tasks * each / 2, context);
        var events = 0;
        foreach (var id in Enumerable.Range(1, 3).Select(Stored.Agreement))
        {
            var log = await Store.ReadSince(id, 0, Cancellation);
            Assert.True(HashChain.FirstBreak(id, log) is null, context);
            events += log.Count;
        }
        // Each event came with an answer, and each of those that were acknowledged has its own.
        var answers = 0;
        for (var task = 0; task < tasks; task++)
            for (var i = 0; i < each; i++)
                if (await Store.FindAnswer(Stored.Agreement(1 + (task + i) % 3), Stored.Person, $"key-{task}-{i}", Cancellation) is not null)
                    answers++;
                else
                    Assert.False(keys.Contains((Stored.Agreement(1 + (task + i) % 3), $"key-{task}-{i}")), $"{context}; key-{task}-{i} is lost");
        Assert.True(events == answers, $"{context}; {events} events for {answers} answers");
        Assert.Equal(3, (await account.Stores.ReadModels.Behind(Cancellation)).Count);
        Assert.Equal(3, (await Store.DueWakeUps(Instant.MaxValue, 10, Cancellation)).Count);
    }

    // As the rules do: an append that did not take effect is decided afresh, with an id of its own.
    async Task<bool> Decide(AgreementId id, string key, int number)
    {
        for (var tries = 0; ; tries++)
            try
            {
                var last = await Store.ReadSince(id, 0, Cancellation) is [.., var end] ? end : null;
                var append = new Append(Guid.CreateVersion7(), id, last?.Sequence ?? 0, Stored.Events(id, last, 1), Stored.Time + Duration.FromSeconds(number)) { Answer = Stored.Answer(key) };
                if (await Store.Append(append, Cancellation) == AppendOutcome.Appended)
                    return true;
                if (await Store.FindAnswer(id, Stored.Person, key, Cancellation) is not null)
                    throw new InvalidOperationException($"An append of {key} took effect, and its store answered that it did not.");
            }
            catch (Exception e) when (e is StoreUnavailableException or StoreBusyException)
            {
                // The user is told that it did not work, and may leave it at that.
                return false;
            }
    }

    void Once(WireFault fault)
    {
        var left = 1;
        account.Tables.Faults = request => FaultyProxy.IsBatch(request) && Interlocked.Decrement(ref left) == 0 ? fault : WireFault.None;
    }
}
