using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Local;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Tests.Hosts;
using NodaTime.Text;

namespace MrAgreement.Web.Tests.Agreements;

/// <summary>The portfolio and the due index are written after the commands, and nobody can tell.</summary>
public sealed class OverviewsTests
{
    static readonly Instant now = Instant.FromUtc(2014, 6, 13, 12, 0);
    static readonly Actor officer = new(new("erik.ek"), "RK", Role.Officer);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_stands_in_the_lists_however_many_write_and_ask_at_once()
    {
        await using var host = await RunningHost.Start();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            var terms = Posted.Terms();
            terms["diaryNumber"] = $"Fi2014/{100 + n}";
            var path = await Posted.Agreement(host, terms);
            for (var day = new LocalDate(2015, 3, 1); day < new LocalDate(2015, 3, 16); day = day.PlusDays(1))
            {
                var dueOn = LocalDatePattern.Iso.Format(day);
                (await host.Officer.Post($"{path}/obligations/report/extension", new { dueOn, reference = "Fi2014/2" })).Is(200);
                var listed = (await host.Lead.All($"deadlines?agreement={path["agreements/".Length..]}")).Single(d => d.Text("obligation") == "report");
                Assert.Equal(dueOn, listed.Text("dueOn"));
            }
            (await host.Officer.Post($"{path}/termination", new { on = "2014-06-13", reference = "Fi2014/3", finalDueOn = "2014-12-31" })).Is(200);
            Assert.Equal("terminated", (await host.Lead.All($"agreements?q=Fi2014/{100 + n}")).Single().Text("status"));
        }));
    }

    [Fact]
    public async Task What_was_committed_and_not_yet_shown_when_the_process_died_is_shown_after_the_restart()
    {
        using var folder = new TemporaryFolder();
        string path;
        await using (var host = await RunningHost.Start(folder: folder["data"]))
            path = await Posted.Agreement(host);
        using (var stores = Stores.In(folder["data"]))
        {
            var id = AgreementId.Parse(path["agreements/".Length..]);
            var done = await new Dossiers(stores.Events, Guid.CreateVersion7).Execute(id, new ExtendObligation("report", new(2015, 3, 1), "Fi2014/2"), new(officer, now), cancellation: Cancellation);
            Assert.True(done.Changed);
            Assert.Equal([id], await stores.ReadModels.Behind(Cancellation));
        }

        await using var restarted = await RunningHost.Start(folder: folder["data"]);

        Assert.Equal("2015-03-01", (await restarted.Lead.All("deadlines")).Single(d => d.Text("obligation") == "report").Text("dueOn"));
    }

    [Fact]
    public async Task A_log_that_can_not_be_projected_is_told_once_and_holds_up_nobody()
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder["data"]);
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);
        var (broken, told) = (new AgreementId(Guid.NewGuid()), new List<AgreementId>());
        var unknown = HashChain.Next(HashChain.Start(broken), 1, now, officer.Id, "from-the-future", "{}"u8.ToArray());
        await stores.Events.Append(new(Guid.NewGuid(), broken, 0, [unknown], null), Cancellation);
        var overviews = new KeptOverviews(stores.ReadModels, dossiers, (id, _) => told.Add(id));

        for (var number = 1; number <= 2; number++)
        {
            var terms = System.Text.Json.JsonSerializer.Deserialize<Terms>(Posted.Terms(), Json.Options)! with { DiaryNumber = DiaryNumber.Parse($"Fi2014/{number}") };
            Assert.Null((await dossiers.Execute(new(Guid.NewGuid()), new CreateAgreement(terms), new(officer, now), cancellation: Cancellation)).Refused);
            Assert.Equal(number, (await overviews.Portfolio(new(new(2014, 6, 13), null, true, null, null, null, 1, 10), Cancellation)).Total);
        }
        Assert.Equal([broken], told);
    }

    [Fact]
    public async Task Who_can_not_be_shown_everything_is_shown_nothing_and_the_next_who_asks_is()
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder["data"]);
        var overviews = new KeptOverviews(new FailingOnce(stores.ReadModels), new(stores.Events, Guid.CreateVersion7), (id, e) => throw new InvalidOperationException($"{id}", e));
        PortfolioQuery query = new(new(2014, 6, 13), null, true, null, null, null, 1, 10);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => overviews.Portfolio(query, Cancellation));

        Assert.Equal(0, (await overviews.Portfolio(query, Cancellation)).Total);
    }

    sealed class FailingOnce(IReadModels models) : IReadModels
    {
        bool failed;

        public Task<MoneyList> Money(MoneyQuery query, CancellationToken cancellation = default) => models.Money(query, cancellation);

        public Task<AppropriationList> Appropriations(AppropriationQuery query, CancellationToken cancellation = default) => models.Appropriations(query, cancellation);

        public Task<RowPage<PublishedRow>> Published(PublishedQuery query, CancellationToken cancellation = default) => models.Published(query, cancellation);
        public Task<IReadOnlyList<SearchGroup>> Search(SearchQuery query, CancellationToken cancellation = default) => models.Search(query, cancellation);

        public Task<ILists> Latest(CancellationToken cancellation = default) => models.Latest(cancellation);
        public Task<IReadOnlyList<AgreementId>> Behind(CancellationToken cancellation = default) =>
            Interlocked.Exchange(ref failed, true) ? models.Behind(cancellation) : throw new StoreUnavailableException("The disk is full.");

        public Task<RowPage<PortfolioItem>> Portfolio(PortfolioQuery query, CancellationToken cancellation = default) => models.Portfolio(query, cancellation);
        public Task<IReadOnlyList<WorkItem>> WorkItems(WorkItemQuery query, CancellationToken cancellation = default) => models.WorkItems(query, cancellation);
        public Task<IReadOnlyList<string>> Parties(string? viewer, CancellationToken cancellation = default) => models.Parties(viewer, cancellation);
        public Task<RowPage<DueRow>> Deadlines(DeadlineQuery query, CancellationToken cancellation = default) => models.Deadlines(query, cancellation);
        public Task<bool> IsBehind(AgreementId agreement, CancellationToken cancellation = default) => models.IsBehind(agreement, cancellation);
        public Task Write(IReadOnlyList<AgreementRows> agreements, CancellationToken cancellation = default) => models.Write(agreements, cancellation);
        public Task Clear(CancellationToken cancellation = default) => models.Clear(cancellation);
    }
}
