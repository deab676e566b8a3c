namespace MrAgreement.Storage.Tests;

/// <summary>What every feed of changes promises.</summary>
public abstract class ChangeFeedContract
{
    protected abstract IEventStore Store { get; }
    protected abstract IChangeFeed Feed { get; }

    /// <summary>As another process has it.</summary>
    protected abstract IChangeFeed Other { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_has_its_place_in_the_order_of_its_log()
    {
        Assert.Null(await Feed.Last(Cancellation));
        Assert.Empty(await Feed.From(0, 10, Cancellation));
        var (one, two) = (Stored.Agreement(1), Stored.Agreement(2));
        var first = Stored.Append(one, null, 2, id: 1);
        await Store.Append(first, Cancellation);
        var seen = await Feed.From(0, 10, Cancellation);
        Assert.Equal([(one, 1L), (one, 2L)], Rows(seen));
        await Store.Append(Stored.Append(two, null, id: 2), Cancellation);
        await Store.Append(Stored.Append(one, first.Events[^1], 3, id: 3), Cancellation);
        var all = await Feed.From(0, 10, Cancellation);
        // What somebody has seen stays where it was.
        Assert.Equal(seen, all.Take(seen.Count));
        Assert.Equal([(one, 1L), (one, 2L), (one, 3L), (one, 4L), (one, 5L)], Rows(all).Where(it => it.Item1 == one));
        Assert.Equal([(two, 1L)], Rows(all).Where(it => it.Item1 == two));
        Assert.Equal(all[^1], await Feed.Last(Cancellation));
        Assert.Equal(all.Select(it => it.Place).Distinct().Order(), all.Select(it => it.Place));
        Assert.Equal(all.TakeLast(2), await Feed.From(all[^2].Place, 10, Cancellation));
        Assert.Equal(all.Take(1), await Feed.From(0, 1, Cancellation));
    }

    [Fact]
    public async Task What_only_reminds_and_shows_in_no_list_has_a_place_too()
    {
        var append = Stored.Append(Stored.Agreement(1), null);
        await Store.Append(new(append.Id, append.Agreement, 0, append.Events, null) { Unlisted = true }, Cancellation);
        Assert.Equal([(Stored.Agreement(1), 1L)], Rows(await Feed.From(0, 10, Cancellation)));
    }

    [Fact]
    public async Task Many_who_append_and_ask_at_once_leave_no_gap_and_give_nothing_twice()
    {
        const int Logs = 8;
        const int Each = 12;
        var seen = new List<(AgreementId, long)>();
        var writing = Task.WhenAll(Enumerable.Range(1, Logs).Select(n => Task.Run(async () =>
        {
            StoredEvent? last = null;
            for (var i = 0; i < Each; i++)
            {
                var append = Stored.Append(Stored.Agreement(n), last, id: n * 100 + i);
                await Store.Append(append, Cancellation);
                last = append.Events[^1];
            }
        }, Cancellation)));
        var reading = await Task.WhenAll(new[] { Feed, Other, Feed }.Select(feed => Task.Run(async () =>
        {
            var (place, rows) = (0L, new List<(AgreementId, long)>());
            for (var isLast = false; !isLast;)
            {
                isLast = writing.IsCompleted;
                var moves = (await feed.From(place + 1, 5, Cancellation)).ToList();
                isLast &= moves.Count == 0;
                rows.AddRange(Rows(moves));
                place = moves.Count > 0 ? moves[^1].Place : place;
            }
            return rows;
        }, Cancellation)));
        await writing;
        foreach (var rows in reading)
        {
            Assert.Equal(reading[0], rows);
            foreach (var log in rows.GroupBy(it => it.Item1))
                Assert.Equal(Enumerable.Range(1, Each).Select(n => (long)n), log.Select(it => it.Item2));
            Assert.Equal(Logs * Each, rows.Count);
        }
    }

    protected static IEnumerable<(AgreementId, long)> Rows(IEnumerable<Move> moves) =>
        moves.SelectMany(it => Enumerable.Range((int)it.From, (int)(it.To - it.From + 1)).Select(n => (it.Agreement, (long)n)));
}
