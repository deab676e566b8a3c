using MrAgreement.Local;
using MrAgreement.Running;
using MrAgreement.Web.Simulation;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Simulation;

/// <summary>A clock whose disk is full: where it says that it stands is where it stands after a restart, and whoever moved it hears of it.</summary>
public sealed class FullDiskTests : IDisposable
{
    static readonly Instant start = Instant.FromUtc(2014, 6, 13, 10, 0), to = Instant.FromUtc(2015, 6, 13, 10, 0);

    readonly TemporaryFolder folder = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    async Task Signed()
    {
        await using var host = await RunningHost.Start(folder: folder["data"]);
        await Posted.Agreement(host);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task What_can_not_be_recorded_stops_the_clock_there_and_nothing_comes_before_it(int appends)
    {
        await Signed();
        using var stores = Stores.In(folder["data"]);
        using var clock = await stores.Clock(start);
        var full = new FullDisk(stores.Events) { Left = appends };
        var (dossiers, failed) = (new Dossiers(full, Guid.CreateVersion7), 0);

        var stopped = await Assert.ThrowsAsync<ClockStoppedException>(() => clock.MoveTo(to, new(full, dossiers), dossiers, Lists(stores, dossiers), (_, _) => failed++, Cancellation));

        Assert.Equal((stopped.At, 0), (clock.GetCurrentInstant(), failed));
        Assert.True(stopped.At < to);
        using (var again = await stores.Clock(start))
            Assert.Equal(stopped.At, again.GetCurrentInstant());
        // With room on the disk it goes on, and everything has its own instant as if nothing had been.
        full.Left = int.MaxValue;
        Assert.Equal(to, (await clock.MoveTo(to, new(full, dossiers), dossiers, Lists(stores, dossiers), (_, _) => failed++, Cancellation))!.Now);
        var id = await stores.Events.ListAgreements(Cancellation).FirstAsync(Cancellation);
        var sent = (await stores.Events.ReadSince(id, 0, Cancellation)).Where(row => row.Type == "reminder-sent").Select(row => row.At).ToList();
        Assert.Equal(sent.Order(), sent);
        Assert.Equal([Instant.FromUtc(2014, 8, 2, 6, 0), Instant.FromUtc(2014, 8, 18, 6, 0)], sent.Take(2));
    }

    [Fact]
    public async Task A_clock_that_can_not_be_kept_is_not_moved()
    {
        await Signed();
        using var stores = Stores.In(folder["data"]);
        using var clock = new SimulatedClock(start, new(new FullRecords(stores.Kept)));
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);

        var stopped = await Assert.ThrowsAsync<ClockStoppedException>(() => clock.MoveTo(to, new(stores.Events, dossiers), dossiers, Lists(stores, dossiers), (_, _) => { }, Cancellation));

        Assert.Equal((start, start), (stopped.At, clock.GetCurrentInstant()));
    }

    static KeptOverviews Lists(Stores stores, Dossiers dossiers) => new(stores.ReadModels, dossiers, (id, e) => throw new InvalidOperationException($"{id}", e));

    /// <summary>Kept records of which no more can be kept.</summary>
    sealed class FullRecords(IKeptRecords kept) : IKeptRecords
    {
        public Task<string?> Put(KeptRecord record, Instant now, CancellationToken cancellation = default) => throw new StoreUnavailableException("The disk is full.");
        public Task<KeptRecord?> Find(string kind, string key, Instant now, CancellationToken cancellation = default) => kept.Find(kind, key, now, cancellation);
        public Task<IReadOnlyList<KeptRecord>> Range(string kind, string prefix, Instant now, CancellationToken cancellation = default) => kept.Range(kind, prefix, now, cancellation);
        public Task<bool> Delete(string kind, string key, string? etag = null, CancellationToken cancellation = default) => kept.Delete(kind, key, etag, cancellation);
        public Task<int> Sweep(string kind, Instant now, CancellationToken cancellation = default) => kept.Sweep(kind, now, cancellation);
    }

    /// <summary>A store that takes so many appends with something in them, and no more.</summary>
    sealed class FullDisk(IEventStore store) : IEventStore
    {
        public int Left { get; set; }

        public Task<AppendOutcome> Append(Append append, CancellationToken cancellation = default) =>
            append.Events.Count == 0 || Left-- > 0 ? store.Append(append, cancellation) : throw new StoreUnavailableException("The disk is full.");

        public Task<IReadOnlyList<StoredEvent>> ReadSince(AgreementId agreement, long sequence, int limit, CancellationToken cancellation = default) => store.ReadSince(agreement, sequence, limit, cancellation);
        public Task<IReadOnlyList<StoredEvent>?> ReadAfter(AgreementId agreement, long sequence, Sha256 hash, CancellationToken cancellation = default) => store.ReadAfter(agreement, sequence, hash, cancellation);
        public Task<MrAgreement.EventSourcing.Answer?> FindAnswer(AgreementId agreement, PersonId person, string key, CancellationToken cancellation = default) => store.FindAnswer(agreement, person, key, cancellation);
        public Task SweepAnswers(Instant now, Duration age, CancellationToken cancellation = default) => store.SweepAnswers(now, age, cancellation);

        public Task ForgetAnswers(AgreementId agreement, CancellationToken cancellation = default) => store.ForgetAnswers(agreement, cancellation);

        public IAsyncEnumerable<AgreementId> ListAgreements(CancellationToken cancellation = default) => store.ListAgreements(cancellation);
        public IAsyncEnumerable<LogTrace> Survey(CancellationToken cancellation = default) => store.Survey(cancellation);
        public Task<IReadOnlyList<WakeUp>> DueWakeUps(Instant until, int limit, CancellationToken cancellation = default) => store.DueWakeUps(until, limit, cancellation);
    }
}
