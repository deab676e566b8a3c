using MrAgreement.EventSourcing;
using NodaTime;

namespace MrAgreement.Storage.Tests;

/// <summary>What the portfolio and the due index promise on every store.</summary>
public abstract class ReadModelsContract
{
    static readonly LocalDate today = Some.Today;
    static readonly PortfolioQuery everything = new(today, null, true, null, null, null, 1, 100);
    static readonly DeadlineQuery everyDeadline = new(today, null, null, null, null, null, null, 1, 100);

    protected abstract IEventStore Store { get; }
    protected abstract IReadModels ReadModels { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_come_back_as_they_were_put()
    {
        var portfolio = Some.Portfolio(1, "closed", ["SKR", "Länsstyrelsen i Örebro län", "a|b", "%_"]) with { Title = "Avtal – å ä ö '\"", Summary = [1, 0, 255] };
        var due = Some.Due(1, "6 § 1", today, recipient: null, responsible: [], parties: ["a|b", "%"]) with { DueOn = new(2016, 2, 29) };
        await ReadModels.Replace(portfolio, [due], Cancellation);

        var item = Assert.Single((await ReadModels.Portfolio(everything, Cancellation)).Rows);
        Assert.Equivalent(portfolio, item.Row, strict: true);
        Assert.Equivalent(due, item.Next, strict: true);
        Assert.Equivalent(due, Assert.Single((await ReadModels.Deadlines(everyDeadline, Cancellation)).Rows), strict: true);
    }

    [Fact]
    public async Task Rows_are_there_when_the_append_is_and_not_when_it_moved()
    {
        var first = Appending(null, new(Some.Portfolio(), [Some.Due(1, "a", today), Some.Due(1, "b", today)], []));
        await Store.Append(first, Cancellation);
        Assert.Equal(["a", "b"], await Keys(everyDeadline));

        var moved = Appending(null, new(Some.Portfolio(status: "closed"), [Some.Due(1, "c", today)], ["a", "b"]));
        Assert.Equal(AppendOutcome.Moved, await Store.Append(moved, Cancellation));
        Assert.Equal(["a", "b"], await Keys(everyDeadline));
        Assert.Equal("active", Assert.Single((await ReadModels.Portfolio(everything, Cancellation)).Rows).Row.Status);

        await Store.Append(Appending(first.Events[0], new(Some.Portfolio(status: "closed"), [Some.Due(1, "b", today, "done"), Some.Due(1, "c", today)], ["a"])), Cancellation);
        Assert.Equal(["b", "c"], await Keys(everyDeadline));
        Assert.Equal(["b"], await Keys(everyDeadline with { Status = "done" }));
        Assert.Equal("closed", Assert.Single((await ReadModels.Portfolio(everything, Cancellation)).Rows).Row.Status);
    }

    [Fact]
    public async Task Replacing_forgets_the_agreements_former_rows_and_clearing_all()
    {
        await ReadModels.Replace(Some.Portfolio(1), [Some.Due(1, "a", today), Some.Due(1, "b", today)], Cancellation);
        await ReadModels.Replace(Some.Portfolio(2), [Some.Due(2, "a", today)], Cancellation);

        await ReadModels.Replace(Some.Portfolio(1, "closed"), [Some.Due(1, "c", today)], Cancellation);
        Assert.Equal(["c", "a"], await Keys(everyDeadline));
        Assert.Equal(["closed"], (await ReadModels.Portfolio(everything with { Status = "closed" }, Cancellation)).Rows.Select(r => r.Row.Status));

        await ReadModels.Clear(Cancellation);
        Assert.Equal(0, (await ReadModels.Portfolio(everything, Cancellation)).Total);
        Assert.Equal(0, (await ReadModels.Deadlines(everyDeadline, Cancellation)).Total);
    }

    [Fact]
    public async Task The_portfolio_shows_the_next_deadline_from_today_on_and_counts_the_overdue()
    {
        await ReadModels.Replace(Some.Portfolio(), [
            Some.Due(1, "long-past", today.PlusDays(-400), "returned"),
            Some.Due(1, "past", today.PlusDays(-1), "waiting"),
            Some.Due(1, "past-submitted", today.PlusDays(-1), "submitted"),
            Some.Due(1, "past-done", today.PlusDays(-1), "done"),
            Some.Due(1, "past-waived", today.PlusDays(-1), "waived"),
            Some.Due(1, "today-done", today, "done"),
            Some.Due(1, "later", today.PlusDays(3)),
            Some.Due(1, "tomorrow-b", today.PlusDays(1)),
            Some.Due(1, "tomorrow-a", today.PlusDays(1), "returned")], Cancellation);

        var item = Assert.Single((await ReadModels.Portfolio(everything, Cancellation)).Rows);
        Assert.Equal(("tomorrow-a", 2), (item.Next?.Key, item.OverdueCount));

        var earlier = Assert.Single((await ReadModels.Portfolio(everything with { Today = today.PlusDays(-1) }, Cancellation)).Rows);
        Assert.Equal(("past", 1), (earlier.Next?.Key, earlier.OverdueCount));

        var last = Assert.Single((await ReadModels.Portfolio(everything with { Today = today.PlusDays(4) }, Cancellation)).Rows);
        Assert.Equal((null, 5), (last.Next?.Key, last.OverdueCount));
    }

    [Fact]
    public async Task The_portfolio_is_sorted_by_next_deadline_then_diary_number_and_cut_into_pages()
    {
        await ReadModels.Replace(Some.Portfolio(1), [Some.Due(1, "past", today.PlusDays(-9))], Cancellation);
        await ReadModels.Replace(Some.Portfolio(2), [Some.Due(2, "a", today.PlusDays(20))], Cancellation);
        await ReadModels.Replace(Some.Portfolio(3), [], Cancellation);
        await ReadModels.Replace(Some.Portfolio(4), [Some.Due(4, "a", today.PlusDays(2)), Some.Due(4, "past", today.PlusDays(-2))], Cancellation);
        await ReadModels.Replace(Some.Portfolio(5), [Some.Due(5, "a", today.PlusDays(2))], Cancellation);

        Assert.Equal([4, 5, 2, 1, 3], await Numbers(everything));
        Assert.Equal([2, 1], await Numbers(everything with { Page = 2, Limit = 2 }));
        Assert.Equal([3], await Numbers(everything with { Page = 3, Limit = 2 }));
        var beyond = await ReadModels.Portfolio(everything with { Page = 4, Limit = 2 }, Cancellation);
        Assert.Equal((0, 5), (beyond.Rows.Count, beyond.Total));
    }

    [Fact]
    public async Task The_portfolio_is_narrowed_by_viewer_party_status_and_drafts()
    {
        await ReadModels.Replace(Some.Portfolio(1, parties: ["SKR", "RK"]), [], Cancellation);
        await ReadModels.Replace(Some.Portfolio(2, parties: ["SKR2", "RK"], status: "closed"), [], Cancellation);
        await ReadModels.Replace(Some.Portfolio(3, parties: ["SKR", "KK"], status: "draft"), [], Cancellation);
        await ReadModels.Replace(Some.Portfolio(4, parties: []), [], Cancellation);

        Assert.Equal([1, 2, 3, 4], await Numbers(everything));
        Assert.Equal([1, 2, 4], await Numbers(everything with { Drafts = false }));
        Assert.Equal([1, 3], await Numbers(everything with { Viewer = "SKR" }));
        Assert.Equal([2], await Numbers(everything with { Viewer = "RK", Party = "SKR2" }));
        Assert.Equal([2], await Numbers(everything with { Status = "closed" }));
        Assert.Empty(await Numbers(everything with { Status = "draft", Drafts = false }));
        foreach (var nobody in new[] { "SK", "skr", "SKR|RK", "|", "%", "_KR", "" })
        {
            Assert.Empty(await Numbers(everything with { Viewer = nobody }));
            Assert.Empty(await Numbers(everything with { Party = nobody }));
        }
    }

    [Fact]
    public async Task A_search_finds_what_has_all_its_words_literally()
    {
        await ReadModels.Replace(Some.Portfolio(1, search: "s2014/4185 manskliga rattigheter 100% skr"), [], Cancellation);
        await ReadModels.Replace(Some.Portfolio(2, search: "s2015/1 rattigheter a_b c\\d \"quoted\""), [], Cancellation);

        foreach (var (search, found) in new (string?, int[])[] {
            ("rattigheter", [1, 2]), ("skr  rattig", [1]), ("rattigheter 2015", [2]), ("skr 2015", []), ("%", [1]), ("_", [2]), ("a_b", [2]), ("axb", []),
            ("\\", [2]), ("\"quoted\"", [2]), ("'", []), ("", [1, 2]), (" ", [1, 2]), (null, [1, 2]), (string.Join(' ', Enumerable.Repeat("s", 3000)), [1, 2]) })
        {
            Assert.Equal(found, await Numbers(everything with { Search = search }));
        }
    }

    [Fact]
    public async Task Deadlines_are_sorted_by_effective_date_then_agreement_and_key_and_cut_into_pages()
    {
        await ReadModels.Replace(Some.Portfolio(2), [Some.Due(2, "a", today)], Cancellation);
        await ReadModels.Replace(Some.Portfolio(1), [Some.Due(1, "b", today), Some.Due(1, "c", today.PlusDays(-1)), Some.Due(1, "a", today)], Cancellation);

        Assert.Equal(["c", "a", "b", "a"], await Keys(everyDeadline));
        var page = await ReadModels.Deadlines(everyDeadline with { Page = 2, Limit = 3 }, Cancellation);
        Assert.Equal((4, Some.Agreement(2)), (page.Total, Assert.Single(page.Rows).Agreement));
    }

    [Fact]
    public async Task Deadlines_are_narrowed_by_dates_viewer_party_agreement_and_status()
    {
        await ReadModels.Replace(Some.Portfolio(1), [
            Some.Due(1, "a", today.PlusDays(-2), responsible: ["SKR", "KK"]),
            Some.Due(1, "b", today.PlusDays(-1), "done"),
            Some.Due(1, "c", today, "submitted"),
            Some.Due(1, "d", today.PlusDays(1), responsible: ["RK"], recipient: "KK")], Cancellation);
        await ReadModels.Replace(Some.Portfolio(2), [Some.Due(2, "e", today.PlusDays(-3), "returned", ["KK"], null, ["KK"])], Cancellation);

        Assert.Equal(["b", "c"], await Keys(everyDeadline with { From = today.PlusDays(-1), To = today }));
        Assert.Equal(["e", "a"], await Keys(everyDeadline with { Status = "overdue" }));
        Assert.Equal(["a"], await Keys(everyDeadline with { Status = "overdue", Viewer = "SKR" }));
        Assert.Equal(["e"], await Keys(everyDeadline with { Status = "overdue", Today = today.PlusDays(-2) }));
        Assert.Equal(["b"], await Keys(everyDeadline with { Status = "done" }));
        Assert.Equal(["e"], await Keys(everyDeadline with { Viewer = "KK" }));
        Assert.Equal(["e", "a", "d"], await Keys(everyDeadline with { Party = "KK" }));
        Assert.Equal(["a", "d"], await Keys(everyDeadline with { Party = "KK", Agreement = Some.Agreement(1) }));
        Assert.Empty(await Keys(everyDeadline with { Party = "K" }));
        Assert.Empty(await Keys(everyDeadline with { Viewer = "SKR|RK" }));
    }

    static Append Appending(StoredEvent? last, ReadModelChange rows) =>
        new(Some.AppendId(), Some.Agreement(), last?.Sequence ?? 0, Some.Events(Some.Agreement(), last, 1), null) { Rows = rows };

    async Task<List<int>> Numbers(PortfolioQuery query)
    {
        var page = await ReadModels.Portfolio(query, Cancellation);
        Assert.True(page.Rows.Count <= query.Limit && page.Total >= page.Rows.Count);
        return [.. page.Rows.Select(r => Convert.ToInt32(r.Row.Agreement.ToString()[..8], 16))];
    }

    async Task<List<string>> Keys(DeadlineQuery query)
    {
        var page = await ReadModels.Deadlines(query, Cancellation);
        Assert.Equal(page.Total, page.Rows.Count);
        return [.. page.Rows.Select(r => r.Key)];
    }
}
