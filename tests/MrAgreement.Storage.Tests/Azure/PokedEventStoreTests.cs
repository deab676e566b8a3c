using System.Diagnostics;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Azure;

public sealed class PokedEventStoreTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;
    readonly SqliteEventStore logs;
    readonly AzureAccount account;
    readonly HandMovedTime time = new();

    public PokedEventStoreTests(Azurite azurite)
    {
        database = SqliteDatabase.Open(folder["data"]);
        logs = new(database);
        account = AzureAccount.Parse(azurite.FreshAccount(), () => throw new InvalidOperationException("A key is used."), Azurite.Quick);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_append_is_poked_and_the_first_poke_makes_the_queue()
    {
        var store = Poked(logs);

        Assert.Equal(AppendOutcome.Appended, await store.Append(Stored.Append(Stored.Agreement(), null), Cancellation));
        await store.Append(Stored.Append(Stored.Agreement(2), null, id: 2), Cancellation);

        Assert.Equal(2, await Waiting());
        Assert.Empty(await Seen());
    }

    [Fact]
    public async Task A_poke_holds_the_agreements_id()
    {
        await new PokeQueue(account.Queues).Poke(Stored.Agreement(), TimeSpan.Zero, Cancellation);

        Assert.Equal($"{Stored.Agreement()}", await Seen());
    }

    [Fact]
    public async Task A_poke_within_a_trace_holds_it_too()
    {
        using var activity = new Activity("command").SetIdFormat(ActivityIdFormat.W3C).Start();

        await new PokeQueue(account.Queues).Poke(Stored.Agreement(), TimeSpan.Zero, Cancellation);

        Assert.Equal($"{Stored.Agreement()} {activity.Id}", await Seen());
    }

    [Theory]
    [InlineData("00000001-2014-4000-8000-000000000001", null)]
    [InlineData("00000001-2014-4000-8000-000000000001 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    public void A_poke_is_read_as_it_was_written(string text, string? trace)
    {
        Assert.True(Poke.TryParse(text, out var poke));
        Assert.Equal((new(Stored.Agreement(), trace), text), (poke, poke.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("not an agreement")]
    public void What_names_no_agreement_is_no_poke(string text) => Assert.False(Poke.TryParse(text, out _));

    [Fact]
    public async Task Where_the_poke_is_refused_nothing_is_written()
    {
        var deaf = AzureAccount.Parse("AccountName=a;AccountKey=AAAA;QueueEndpoint=http://127.0.0.1:1/a", () => throw new InvalidOperationException("A key is used."), Azurite.Quick);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => new PokedEventStore(logs, new(deaf.Queues), time).Append(Stored.Append(Stored.Agreement(), null), Cancellation));

        Assert.Empty(await logs.ReadSince(Stored.Agreement(), 0, Cancellation));
    }

    [Fact]
    public async Task After_a_slow_append_it_pokes_again_and_is_heard_at_once()
    {
        await Poked(new SlowStore(logs, () => time.Pass(TimeSpan.FromSeconds(21)))).Append(Stored.Append(Stored.Agreement(), null), Cancellation);

        Assert.Equal(2, await Waiting());
        Assert.Equal($"{Stored.Agreement()}", await Seen());
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    PokedEventStore Poked(IEventStore store) => new(store, new(account.Queues), time);

    async Task<int> Waiting() => (await account.Queues.GetQueueClient(PokeQueue.Name).GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount;

    // What a reader would get now; empty when all is still hidden.
    async Task<string> Seen() => (await account.Queues.GetQueueClient(PokeQueue.Name).PeekMessageAsync(Cancellation)).Value?.MessageText ?? "";

    sealed class HandMovedTime : TimeProvider
    {
        long now;

        public override long GetTimestamp() => now;
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public void Pass(TimeSpan time) => now += time.Ticks;
    }

    sealed class SlowStore(IEventStore store, Action wait) : IEventStore
    {
        public Task<AppendOutcome> Append(Append append, CancellationToken cancellation = default)
        {
            wait();
            return store.Append(append, cancellation);
        }

        public Task<IReadOnlyList<StoredEvent>> ReadSince(AgreementId agreement, long sequence, int limit, CancellationToken cancellation = default) => store.ReadSince(agreement, sequence, limit, cancellation);
        public Task<IReadOnlyList<StoredEvent>?> ReadAfter(AgreementId agreement, long sequence, Sha256 hash, CancellationToken cancellation = default) => store.ReadAfter(agreement, sequence, hash, cancellation);
        public Task<Answer?> FindAnswer(AgreementId agreement, PersonId person, string key, CancellationToken cancellation = default) => store.FindAnswer(agreement, person, key, cancellation);
        public Task SweepAnswers(Instant now, Duration age, CancellationToken cancellation = default) => store.SweepAnswers(now, age, cancellation);

        public Task ForgetAnswers(AgreementId agreement, CancellationToken cancellation = default) => store.ForgetAnswers(agreement, cancellation);

        public IAsyncEnumerable<AgreementId> ListAgreements(CancellationToken cancellation = default) => store.ListAgreements(cancellation);
        public IAsyncEnumerable<LogTrace> Survey(CancellationToken cancellation = default) => store.Survey(cancellation);
        public Task<IReadOnlyList<WakeUp>> DueWakeUps(Instant until, int limit, CancellationToken cancellation = default) => store.DueWakeUps(until, limit, cancellation);
    }
}
