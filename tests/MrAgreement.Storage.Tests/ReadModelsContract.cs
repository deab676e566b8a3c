using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Parties;

namespace MrAgreement.Storage.Tests;

/// <summary>What the portfolio and the due index promise on every store.</summary>
public abstract class ReadModelsContract
{
    static readonly LocalDate today = Stored.Today;
    static readonly PortfolioQuery everything = new(today, null, true, null, null, null, 1, 100);
    static readonly DeadlineQuery everyDeadline = new(today, null, null, null, null, null, null, 1, 100);

    protected abstract IEventStore Store { get; }
    protected abstract IReadModels ReadModels { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_come_back_as_they_were_put()
    {
        var portfolio = Stored.Portfolio(1, "closed", ["SKR", "Länsstyrelsen i Örebro län", "a|b", "%_"]) with { Title = "Avtal – å ä ö '\"", TitleOrder = "avtal – { | }", Remaining = Kronor.Parse("-312450.50"), Summary = [1, 0, 255] };
        var due = Stored.Due(1, "6 § 1", today, recipient: null, responsible: [], parties: ["a|b", "%"]) with { DueOn = new(2016, 2, 29), TakesPlaceOn = new(2016, 3, 1) };
        await Replace(portfolio, [due]);

        var item = Assert.Single((await ReadModels.Portfolio(everything, Cancellation)).Rows);
        Assert.Equal(Written(portfolio), Written(item.Row));
        Assert.Equivalent(due, item.Next, strict: true);
        Assert.Equivalent(due, Assert.Single((await ReadModels.Deadlines(everyDeadline, Cancellation)).Rows), strict: true);

        await Replace(portfolio, [due with { TakesPlaceOn = null }]);
        Assert.Null(Assert.Single((await ReadModels.Deadlines(everyDeadline, Cancellation)).Rows).TakesPlaceOn);
    }

    [Fact]
    public async Task Money_is_summed_by_appropriation_and_year_as_those_see_it_who_ask_and_by_agreement()
    {
        Grants.Appropriation six = new(1, "6:1", 14), ten = new(1, "10:1");
        await ReadModels.Write(
        [
            new(1, Stored.Portfolio(1), [], [], [], [Row(1, six, 2014, 100), Row(1, six, 2015, 7), Row(1, six, 2014, 40) with { SeenBy = ["KAMK/payer"] }, Row(1, ten, 2014, 1), Row(1, null, 2014, 3)]),
            new(1, Stored.Portfolio(2), [], [], [], [Row(2, six, 2014, 20), Row(2, six, 2014, 1000) with { SeenBy = ["LST-C/finance"], IsWhole = false }])
        ], Cancellation);

        Assert.Equal([" 2014 1 3", "6:1 2014 2 120", "6:1 2015 1 7", "10:1 2014 1 1"], (await Of(new("SKR/finance", null, null, false, 1, 100))).Rows.Select(Told));
        Assert.Equal(["6:1 2014 1 40"], (await Of(new("KAMK/payer", null, null, false, 1, 100))).Rows.Select(Told));
        var all = await Of(new("SKR/finance", AppropriationRows.Place(six), 2014, true, 2, 1));
        Assert.Equal((2, 120L, 0, Stored.Agreement(2)), (all.Total, all.Sums.Decided.Öre, all.Partial, Assert.Single(all.Rows).Of!.Agreement));
        Assert.Equal(new AppropriationSums(K(20), K(1), K(2), K(9), K(4), K(5)), all.Rows[0].Sums);
        Assert.Equal(1, Assert.Single((await Of(new("LST-C/finance", null, null, false, 1, 100))).Rows).Partial);
        Assert.Equal((0, AppropriationSums.None), (await Of(new("SKR", null, null, false, 1, 100))) is var none ? (none.Total, none.Sums) : default);
        Assert.Equal((0, 1), ((await Of(new("SKR/finance", "", 2015, false, 1, 100))).Total, (await Of(new("SKR/finance", "", null, false, 1, 100))).Total));

        await ReadModels.Write([new(1, Stored.Portfolio(1), [], [], [], [Row(1, six, 2014, 5)])], Cancellation);
        Assert.Equal(["6:1 2014 2 25"], (await Of(new("SKR/finance", null, null, false, 1, 100))).Rows.Select(Told));
        await ReadModels.Clear(Cancellation);
        Assert.Equal(0, (await Of(new("SKR/finance", null, null, false, 1, 100))).Total);

        Task<AppropriationList> Of(AppropriationQuery query) => ReadModels.Appropriations(query, Cancellation);

        static Kronor K(int öre) => Kronor.FromÖre(öre);

        static string Told(AppropriationSum it) => $"{it.Appropriation?.Item} {it.Year} {it.Agreements} {it.Sums.Decided.Öre}";

        static AppropriationRow Row(int agreement, Grants.Appropriation? appropriation, int year, int decided) => new(Stored.Agreement(agreement), $"A{agreement}", "Avtal å", appropriation, year,
            ["SKR/finance", "*"], new(K(decided), K(1), K(2), K(9), K(4), K(5)), true);
    }

    [Fact]
    public async Task What_is_to_be_paid_or_comes_back_comes_by_day_as_it_was_put_with_its_sum_for_those_who_see_it()
    {
        MoneyRow late = Row(2, 1, MoneyKind.ToPay, today.PlusDays(-9)), whole = Row(1, 3, MoneyKind.ToPay, today) with { Reference = "OCR 1 – å", Bankgiro = Grants.Bankgiro.Parse("5050-1055"), Status = Grants.RequisitionStatus.Received, Appropriation = new(9, "4:7", 5), AccountBefore = "1", Version = 7 };
        var (undated, claimed) = (Row(1, 2, MoneyKind.ToPay, null), Row(1, 0, MoneyKind.Demand, today) with { DueOn = today, Waiting = null, OnItsWay = Kronor.FromÖre(5), BearsInterest = true });
        await ReadModels.Write([new(1, Stored.Portfolio(1), [], [], [undated, claimed, whole]), new(1, Stored.Portfolio(2), [], [], [late with { SeenBy = ["KAMK"] }])], Cancellation);

        var all = await ReadModels.Money(new(MoneyKind.ToPay, null, 1, 100), Cancellation);
        Assert.Equal([Told(late with { SeenBy = ["KAMK"] }), Told(whole), Told(undated)], all.Rows.Select(Told));
        Assert.Equal((3, Kronor.FromÖre(3 * 1050)), (all.Total, all.Left));
        Assert.Equal(Told(claimed), Told(Assert.Single((await ReadModels.Money(new(MoneyKind.Demand, "SKR", 1, 100), Cancellation)).Rows)));
        Assert.Equal([3], (await ReadModels.Money(new(MoneyKind.ToPay, "SKR", 1, 1), Cancellation)).Rows.Select(row => row.Number));
        Assert.Equal([2], (await ReadModels.Money(new(MoneyKind.ToPay, "SKR", 2, 1), Cancellation)).Rows.Select(row => row.Number));
        Assert.Equal(0, (await ReadModels.Money(new(MoneyKind.ToPay, "RK", 1, 1), Cancellation)).Total);

        await ReadModels.Write([new(1, Stored.Portfolio(1), [], [], [whole])], Cancellation);
        Assert.Equal(2, (await ReadModels.Money(new(MoneyKind.ToPay, null, 1, 100), Cancellation)).Total);
        await ReadModels.Clear(Cancellation);
        Assert.Equal(0, (await ReadModels.Money(new(MoneyKind.ToPay, null, 1, 100), Cancellation)).Total);

        static string Told(MoneyRow row) => System.Text.Json.JsonSerializer.Serialize(row, Json.Options);

        static MoneyRow Row(int agreement, int number, MoneyKind kind, LocalDate? waiting) => new(Stored.Agreement(agreement), $"A{agreement}", "Avtal", kind, number, ["SKR", "KAMK"], "Sveriges Kommuner",
            Kronor.FromÖre(2000), Kronor.FromÖre(1050), null, waiting, "2015", null, null, null, null, null, 0);
    }

    [Fact]
    public async Task What_can_be_found_is_found_by_the_beginnings_of_its_words_and_by_those_who_see_it_alone()
    {
        SearchRow report = Found(SearchKind.Document, "2", "rapport om behov 5", "SKR", "RK/officer"), secret = Found(SearchKind.Document, "10", "hemlig rapport", "SKR/project-lead"), owed = Found(SearchKind.Obligation, "final-report", "slutrapport", "SKR", "RK");
        await ReadModels.Write([new(1, Stored.Portfolio(2), [], [], [], [], [owed, secret, report]), new(1, Stored.Portfolio(1), [], [], [], [], [owed with { Words = ["rapportering", "日本", "ǅ"] }])], Cancellation);

        foreach (var (viewer, words, found) in new[]
        {
            ("SKR SKR/project-lead", "rap", "2/2 2/10 1/final-report"), ("SKR SKR/reader", "rap", "2/2 1/final-report"), ("RK RK/officer", "rap", "2/2 1/final-report"), ("RK RK/reader", "rap", "1/final-report"), ("KAMK KAMK/payer", "rap", ""),
            ("SKR SKR/project-lead", "rapport hem", "2/10"), ("SKR SKR/reader", "hem", ""), (null!, "rapport beh om", "2/2"), (null!, "rapport behöv", ""), (null!, "apport", ""), (null!, "5", "2/2"), (null!, "b", ""), (null!, "日本", "1/final-report"), (null!, "ǅ", "1/final-report"), (null!, "rapporteringar", ""), (null!, "or", ""), (null!, "words", ""), (null!, "534b52", "")
        })
            Assert.Equal((viewer, words, found), (viewer, words, await Search(viewer, words)));

        // As written anew: what is no more is not found, and what is not told of stays.
        await ReadModels.Write([new(2, Stored.Portfolio(2), [], [], [], [], [report with { Words = ["hemlig"] }]), new(2, Stored.Portfolio(1), [], [], [], [])], Cancellation);
        Assert.Equal("1/final-report", await Search(null, "rapport"));
        Assert.Equal("2/2", await Search("RK RK/officer", "hemlig"));
        await ReadModels.Write([new(3, Stored.Portfolio(2), [], [], [], [], [])], Cancellation);
        Assert.Equal("", await Search(null, "hemlig"));
        await ReadModels.Clear(Cancellation);
        Assert.Equal("", await Search(null, "rapport"));
        await ReadModels.Write([new(1, Stored.Portfolio(2), [], [], [], [], [report])], Cancellation);
        Assert.Equal("2/2", await Search(null, "rapport"));
    }

    [Fact]
    public async Task What_is_found_comes_in_pages_by_diary_number_and_is_counted_up_to_a_thousand()
    {
        await ReadModels.Write([.. Enumerable.Range(1, 3).Reverse().Select(number => new AgreementRows(1, Stored.Portfolio(number), [], [], [], [], [.. Enumerable.Range(1, 12).Select(i => Found(SearchKind.Log, $"{i}", $"beslut {i}", "SKR"))]))], Cancellation);
        async Task<SearchGroup> Page(int skip) => Assert.Single(await ReadModels.Search(new([SearchKind.Log], ["beslut"], ["SKR"], skip, 10), Cancellation));

        var (first, last) = (await Page(0), await Page(30));
        Assert.Equal((36, false, 36, false), (first.Total, first.HasMore, last.Total, last.HasMore));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => new SearchHit(Stored.Agreement(1), SearchKind.Log, $"{i}")), first.Hits);
        Assert.Equal(Enumerable.Range(7, 6).Select(i => new SearchHit(Stored.Agreement(3), SearchKind.Log, $"{i}")), last.Hits);

        await ReadModels.Write([new(2, Stored.Portfolio(4), [], [], [], [], [.. Enumerable.Range(1, 980).Select(i => Found(SearchKind.Log, $"{i}", $"beslut {i}", "SKR"))])], Cancellation);
        Assert.Equal((SearchQuery.Most, true), (await Page(0) is var many ? many.Total : 0, many.HasMore));
    }

    static SearchRow Found(SearchKind kind, string subject, string words, params string[] seenBy) => new(kind, subject, words.Split(' '), seenBy);

    async Task<string> Search(string? viewer, string words)
    {
        var groups = await ReadModels.Search(new([SearchKind.Document, SearchKind.Obligation], words.Split(' '), viewer?.Split(' '), 0, 10), Cancellation);
        Assert.Equal([SearchKind.Document, SearchKind.Obligation], groups.Select(group => group.Kind));
        Assert.All(groups, group => Assert.Equal((group.Hits.Count, false), (group.Total, group.HasMore)));
        return string.Join(' ', groups.SelectMany(group => group.Hits).Select(hit => $"{Convert.ToInt32(hit.Agreement.ToString()[..8], 16)}/{hit.Subject}"));
    }

    [Fact]
    public async Task Deadlines_can_be_asked_for_without_what_has_come_in()
    {
        await Replace(Stored.Portfolio(), [.. "waiting open submitted returned done waived".Split(' ').Select(status => Stored.Due(1, status, today, status))]);

        var found = await ReadModels.Deadlines(everyDeadline with { OutstandingOnly = true }, Cancellation);
        Assert.Equal((3, "open returned waiting"), (found.Total, string.Join(' ', found.Rows.Select(row => row.Key))));
    }

    [Fact]
    public async Task An_agreement_is_behind_from_its_append_until_its_rows_show_it()
    {
        var first = Stored.Append(Stored.Agreement(1), null);
        await Store.Append(first, Cancellation);
        await Store.Append(Stored.Append(Stored.Agreement(2), null), Cancellation);
        Assert.Equal([Stored.Agreement(1), Stored.Agreement(2)], (await ReadModels.Behind(Cancellation)).OrderBy(id => id.Value));

        await ReadModels.Write([new(1, Stored.Portfolio(1), [], [], [], [], Published: []), new(1, Stored.Portfolio(2), [], [], [], [], Published: [])], Cancellation);
        Assert.Empty(await ReadModels.Behind(Cancellation));

        await Store.Append(Stored.Append(Stored.Agreement(1), first.Events[^1]), Cancellation);
        Assert.Equal([Stored.Agreement(1)], await ReadModels.Behind(Cancellation));

        // Rows of an earlier event than the log's last leave it behind.
        await ReadModels.Write([new(1, Stored.Portfolio(1), [], [], [], [], Published: [])], Cancellation);
        Assert.Equal([Stored.Agreement(1)], await ReadModels.Behind(Cancellation));
    }

    [Fact]
    public async Task What_the_lists_show_nothing_of_leaves_an_agreement_as_far_behind_as_it_was()
    {
        var first = Stored.Append(Stored.Agreement(1), null);
        await Store.Append(first, Cancellation);
        await ReadModels.Write([new(1, Stored.Portfolio(1), [], [], [], [], Published: [])], Cancellation);
        Assert.False(await ReadModels.IsBehind(Stored.Agreement(1), Cancellation));

        var second = Stored.Append(Stored.Agreement(1), first.Events[^1], id: 2) with { Unlisted = true };
        await Store.Append(second, Cancellation);
        Assert.False(await ReadModels.IsBehind(Stored.Agreement(1), Cancellation));
        Assert.Empty(await ReadModels.Behind(Cancellation));

        var third = Stored.Append(Stored.Agreement(1), second.Events[^1], id: 3);
        await Store.Append(third, Cancellation);
        await Store.Append(Stored.Append(Stored.Agreement(1), third.Events[^1], id: 4) with { Unlisted = true }, Cancellation);
        Assert.True(await ReadModels.IsBehind(Stored.Agreement(1), Cancellation));
        Assert.Equal([Stored.Agreement(1)], await ReadModels.Behind(Cancellation));
        await ReadModels.Write([new(4, Stored.Portfolio(1), [], [], [])], Cancellation);
        Assert.Empty(await ReadModels.Behind(Cancellation));
    }

    [Fact]
    public async Task A_wake_up_alone_leaves_nothing_behind()
    {
        await Store.Append(new(Stored.AppendId(), Stored.Agreement(), 0, [], Instant.FromUnixTimeSeconds(1)), Cancellation);

        Assert.Empty(await ReadModels.Behind(Cancellation));
    }

    [Fact]
    public async Task Clearing_leaves_every_agreement_behind()
    {
        await Store.Append(Stored.Append(Stored.Agreement(1), null), Cancellation);
        await Store.Append(Stored.Append(Stored.Agreement(2), null), Cancellation);
        await ReadModels.Write([new(1, Stored.Portfolio(1), [], [], [], [], Published: []), new(1, Stored.Portfolio(2), [], [], [], [], Published: [])], Cancellation);

        await ReadModels.Clear(Cancellation);

        Assert.Equal(2, (await ReadModels.Behind(Cancellation)).Count);
    }

    [Fact]
    public async Task Replacing_forgets_the_agreements_former_rows_and_clearing_all()
    {
        await Replace(Stored.Portfolio(1), [Stored.Due(1, "a", today), Stored.Due(1, "b", today)]);
        await Replace(Stored.Portfolio(2), [Stored.Due(2, "a", today)]);

        await Replace(Stored.Portfolio(1, "closed"), [Stored.Due(1, "c", today)]);
        Assert.Equal(["c", "a"], await Keys(everyDeadline));
        Assert.Equal(["closed"], (await ReadModels.Portfolio(everything with { Status = "closed" }, Cancellation)).Rows.Select(r => r.Row.Status));

        await ReadModels.Clear(Cancellation);
        Assert.Equal(0, (await ReadModels.Portfolio(everything, Cancellation)).Total);
        Assert.Equal(0, (await ReadModels.Deadlines(everyDeadline, Cancellation)).Total);
    }

    [Fact]
    public async Task The_portfolio_shows_the_next_deadline_from_today_on_and_counts_the_overdue()
    {
        await Replace(Stored.Portfolio(), [
            Stored.Due(1, "long-past", today.PlusDays(-400), "returned"),
            Stored.Due(1, "past", today.PlusDays(-1), "waiting"),
            Stored.Due(1, "past-submitted", today.PlusDays(-1), "submitted"),
            Stored.Due(1, "past-done", today.PlusDays(-1), "done"),
            Stored.Due(1, "past-waived", today.PlusDays(-1), "waived"),
            Stored.Due(1, "today-done", today, "done"),
            Stored.Due(1, "later", today.PlusDays(3)),
            Stored.Due(1, "tomorrow-b", today.PlusDays(1)),
            Stored.Due(1, "tomorrow-a", today.PlusDays(1), "returned")]);

        var item = Assert.Single((await ReadModels.Portfolio(everything, Cancellation)).Rows);
        Assert.Equal(("tomorrow-a", "long-past", 2), (item.Next?.Key, item.Late?.Key, item.OverdueCount));

        var earlier = Assert.Single((await ReadModels.Portfolio(everything with { Today = today.PlusDays(-1) }, Cancellation)).Rows);
        Assert.Equal(("past", "long-past", 1), (earlier.Next?.Key, earlier.Late?.Key, earlier.OverdueCount));

        var last = Assert.Single((await ReadModels.Portfolio(everything with { Today = today.PlusDays(4) }, Cancellation)).Rows);
        Assert.Equal((null, 5), (last.Next?.Key, last.OverdueCount));
    }

    [Fact]
    public async Task The_portfolio_is_sorted_by_next_deadline_then_diary_number_and_cut_into_pages()
    {
        await Replace(Stored.Portfolio(1), [Stored.Due(1, "past", today.PlusDays(-9))]);
        await Replace(Stored.Portfolio(2), [Stored.Due(2, "a", today.PlusDays(20))]);
        await Replace(Stored.Portfolio(3), []);
        await Replace(Stored.Portfolio(4), [Stored.Due(4, "a", today.PlusDays(2)), Stored.Due(4, "past", today.PlusDays(-2))]);
        await Replace(Stored.Portfolio(5), [Stored.Due(5, "a", today.PlusDays(2))]);

        Assert.Equal([4, 5, 2, 1, 3], await Numbers(everything));
        Assert.Equal([2, 1], await Numbers(everything with { Page = 2, Limit = 2 }));
        Assert.Equal([3], await Numbers(everything with { Page = 3, Limit = 2 }));
        var beyond = await ReadModels.Portfolio(everything with { Page = 4, Limit = 2 }, Cancellation);
        Assert.Equal((0, 5), (beyond.Rows.Count, beyond.Total));
    }

    [Fact]
    public async Task The_portfolio_comes_in_the_order_that_is_asked_for()
    {
        await Replace(Stored.Portfolio(1) with { TitleOrder = "{kerlund", Remaining = Kronor.Of(2), ChangedAt = Stored.Time.Plus(Duration.FromDays(2)) }, [Stored.Due(1, "a", today.PlusDays(-1)), Stored.Due(1, "b", today)]);
        await Replace(Stored.Portfolio(2) with { TitleOrder = "zeta", Remaining = Kronor.Of(-1) }, [Stored.Due(2, "a", today.PlusDays(-2), "done"), Stored.Due(2, "b", today.PlusDays(9))]);
        await Replace(Stored.Portfolio(3) with { TitleOrder = "|pple", Remaining = Kronor.Of(30), ChangedAt = Stored.Time.Plus(Duration.FromDays(1)) }, []);
        await Replace(Stored.Portfolio(4) with { TitleOrder = "beta", Remaining = Kronor.Of(2) }, [Stored.Due(4, "a", today.PlusDays(-9)), Stored.Due(4, "b", today.PlusDays(-8))]);

        foreach (var (order, numbers) in new (PortfolioOrder, int[])[]
        {
            (PortfolioOrder.NextDeadline, [1, 2, 3, 4]), (PortfolioOrder.Overdue, [4, 1, 2, 3]), (PortfolioOrder.DiaryNumber, [1, 2, 3, 4]),
            (PortfolioOrder.Title, [4, 2, 1, 3]), (PortfolioOrder.Remaining, [3, 1, 4, 2]), (PortfolioOrder.Changed, [1, 3, 4, 2])
        })
        {
            Assert.Equal(numbers, await Numbers(everything with { Order = order }));
            var onePerPage = everything with { Order = order, Limit = 1 };
            for (var page = 1; page <= numbers.Length; page++)
                Assert.Equal(numbers[page - 1], Assert.Single(await Numbers(onePerPage with { Page = page })));
        }
    }

    [Fact]
    public async Task The_portfolio_is_narrowed_to_what_is_overdue_and_to_what_has_changed()
    {
        await Replace(Stored.Portfolio(1) with { ChangedAt = Stored.Time.Plus(Duration.FromDays(2)) }, [Stored.Due(1, "a", today)]);
        await Replace(Stored.Portfolio(2), [Stored.Due(2, "a", today.PlusDays(-1), "returned"), Stored.Due(2, "b", today.PlusDays(5))]);
        await Replace(Stored.Portfolio(3), [Stored.Due(3, "a", today.PlusDays(-1), "submitted")]);
        await Replace(Stored.Portfolio(4, parties: ["KK"]), [Stored.Due(4, "a", today.PlusDays(-1))]);

        Assert.Equal([2, 4], await Numbers(everything with { OverdueOnly = true }));
        Assert.Equal([2], await Numbers(everything with { OverdueOnly = true, Viewer = "SKR" }));
        Assert.Equal([2, 1], await Numbers(everything with { OverdueOnly = true, Today = today.PlusDays(1), Viewer = "SKR" }));
        Assert.Equal([1], await Numbers(everything with { ChangedSince = Stored.Time.Plus(Duration.FromDays(2)) }));
        Assert.Equal([1, 2, 3, 4], await Numbers(everything with { ChangedSince = Stored.Time }));
        Assert.Empty(await Numbers(everything with { ChangedSince = Stored.Time.Plus(Duration.FromDays(3)) }));
    }

    [Fact]
    public async Task Parties_are_those_of_the_agreements_that_the_viewer_sees()
    {
        Assert.Empty(await ReadModels.Parties(null, Cancellation));
        await Replace(Stored.Portfolio(1, parties: ["SKR", "RK"]), []);
        await Replace(Stored.Portfolio(2, parties: ["SKR", "RK"]), []);
        await Replace(Stored.Portfolio(3, parties: ["a|b", "RK"]), []);

        Assert.Equal(["RK", "SKR", "a|b"], await ReadModels.Parties(null, Cancellation));
        Assert.Equal(["RK", "SKR"], await ReadModels.Parties("SKR", Cancellation));
        Assert.Empty(await ReadModels.Parties("a", Cancellation));
    }

    [Fact]
    public async Task What_waits_comes_back_as_it_was_put_and_goes_when_it_waits_no_more()
    {
        var turn = Stored.WorkItem(1, "6 § 1", today.PlusDays(3)) with { Title = "Rapport – å ä ö", Note = "Komplettera.", NotBy = new("erik"), Amount = MrAgreement.Money.Kronor.FromÖre(-50) };
        await Wait(1, turn, Stored.WorkItem(1, "b", today));
        await Wait(2, Stored.WorkItem(2, "c", today));

        Assert.Equal([Stored.WorkItem(1, "b", today), Stored.WorkItem(2, "c", today), turn], await WorkItems());

        await Wait(1, turn with { Note = null }, Stored.WorkItem(1, "d", null));
        Assert.Equal([Stored.WorkItem(2, "c", today), turn with { Note = null }, Stored.WorkItem(1, "d", null)], await WorkItems());
        Assert.Equal([turn with { Note = null }], await WorkItems(skip: 1, limit: 1));

        await ReadModels.Clear(Cancellation);
        Assert.Empty(await WorkItems());
    }

    [Fact]
    public async Task Of_two_turns_that_differ_only_by_who_may_not_take_them_one_can_go()
    {
        var (one, other) = (Stored.WorkItem(1, "a", today, notBy: new("erik")), Stored.WorkItem(1, "a", today, notBy: new("lena")));
        await Wait(1, one, other);
        await Wait(1, other);

        Assert.Equal([other], await WorkItems());
    }

    [Fact]
    public async Task It_waits_for_the_right_role_and_party_from_its_day_on_and_never_for_whoever_prepared_it()
    {
        await Wait(1,
            Stored.WorkItem(1, "mine", today), Stored.WorkItem(1, "tomorrow", today, from: today.PlusDays(1)), Stored.WorkItem(1, "today", today, from: today),
            Stored.WorkItem(1, "party", today, party: "RK"), Stored.WorkItem(1, "role", today, role: Role.Finance), Stored.WorkItem(1, "own", today, notBy: Stored.Person), Stored.WorkItem(1, "others", today, notBy: new("erik")));

        Assert.Equal(["mine", "others", "today"], (await WorkItems()).Select(t => t.Subject).Order());
        Assert.Equal(["role"], (await WorkItems(new(Stored.Person, "SKR", Role.Finance))).Select(t => t.Subject));
        Assert.Equal(["mine", "others", "own", "today"], (await WorkItems(new(new("nobody"), "SKR", Role.ProjectLead))).Select(t => t.Subject).Order());
    }

    [Fact]
    public async Task The_portfolio_is_narrowed_by_viewer_party_status_and_drafts()
    {
        await Replace(Stored.Portfolio(1, parties: ["SKR", "RK"]), []);
        await Replace(Stored.Portfolio(2, parties: ["SKR2", "RK"], status: "closed"), []);
        await Replace(Stored.Portfolio(3, parties: ["SKR", "KK"], status: "draft"), []);
        await Replace(Stored.Portfolio(4, parties: []), []);

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
        await Replace(Stored.Portfolio(1, search: "s2014/4185 manskliga rattigheter 100% skr"), []);
        await Replace(Stored.Portfolio(2, search: "s2015/1 rattigheter a_b c\\d \"quoted\""), []);

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
        await Replace(Stored.Portfolio(2), [Stored.Due(2, "a", today)]);
        await Replace(Stored.Portfolio(1), [Stored.Due(1, "b", today), Stored.Due(1, "c", today.PlusDays(-1)), Stored.Due(1, "a", today)]);

        Assert.Equal(["c", "a", "b", "a"], await Keys(everyDeadline));
        var page = await ReadModels.Deadlines(everyDeadline with { Page = 2, Limit = 3 }, Cancellation);
        Assert.Equal((4, Stored.Agreement(2)), (page.Total, Assert.Single(page.Rows).Agreement));
    }

    [Fact]
    public async Task Deadlines_are_narrowed_by_dates_viewer_party_agreement_and_status()
    {
        await Replace(Stored.Portfolio(1), [
            Stored.Due(1, "a", today.PlusDays(-2), responsible: ["SKR", "KK"]),
            Stored.Due(1, "b", today.PlusDays(-1), "done"),
            Stored.Due(1, "c", today, "submitted"),
            Stored.Due(1, "d", today.PlusDays(1), responsible: ["RK"], recipient: "KK")]);
        await Replace(Stored.Portfolio(2), [Stored.Due(2, "e", today.PlusDays(-3), "returned", ["KK"], null, ["KK"])]);

        Assert.Equal(["b", "c"], await Keys(everyDeadline with { From = today.PlusDays(-1), To = today }));
        Assert.Equal(["e", "a"], await Keys(everyDeadline with { Status = "overdue" }));
        Assert.Equal(["a"], await Keys(everyDeadline with { Status = "overdue", Viewer = "SKR" }));
        Assert.Equal(["e"], await Keys(everyDeadline with { Status = "overdue", Today = today.PlusDays(-2) }));
        Assert.Equal(["b"], await Keys(everyDeadline with { Status = "done" }));
        Assert.Equal(["e"], await Keys(everyDeadline with { Viewer = "KK" }));
        Assert.Equal(["e", "a", "d"], await Keys(everyDeadline with { Party = "KK" }));
        Assert.Equal(["a", "d"], await Keys(everyDeadline with { Party = "KK", Agreement = Stored.Agreement(1) }));
        Assert.Empty(await Keys(everyDeadline with { Party = "K" }));
        Assert.Empty(await Keys(everyDeadline with { Viewer = "SKR|RK" }));
    }

    [Fact]
    public async Task The_count_of_a_list_follows_every_change_of_its_rows()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage($"Seed {seed}");
        var random = new Random(seed);
        for (var turn = 0; turn < 30; turn++)
        {
            var agreement = random.Next(1, 4);
            await Replace(Stored.Portfolio(agreement), [.. Enumerable.Range(0, random.Next(5)).Select(key => Stored.Due(
                agreement, $"{key}", today.PlusDays(random.Next(2)), random.Next(2) == 0 ? "open" : "done", recipient: random.Next(2) == 0 ? null : "KK", parties: random.Next(2) == 0 ? ["KK"] : null))]);
            foreach (var query in new[] { everyDeadline, everyDeadline with { Viewer = "KK" }, everyDeadline with { Party = "KK", From = today.PlusDays(1) }, everyDeadline with { Status = "done" } })
                Assert.True((await ReadModels.Deadlines(query, Cancellation)) is var page && page.Total == page.Rows.Count, $"Seed {seed}, turn {turn}: {page.Total} for {page.Rows.Count} rows.");
        }
        await ReadModels.Clear(Cancellation);
        Assert.Equal(0, (await ReadModels.Deadlines(everyDeadline, Cancellation)).Total);
    }

    static string Written(PortfolioRow row) => System.Text.Json.JsonSerializer.Serialize(row, Json.Options);

    Task Replace(PortfolioRow portfolio, IReadOnlyList<DueRow> due) => ReadModels.Write([new(1, portfolio, due, [], [], [])], Cancellation);

    Task Wait(int agreement, params IReadOnlyList<WorkItem> turns) => ReadModels.Write([new(1, Stored.Portfolio(agreement), [], turns, [], [])], Cancellation);

    Task<IReadOnlyList<WorkItem>> WorkItems(Actor? by = null, int skip = 0, int limit = 100) =>
        ReadModels.WorkItems(new(by ?? new(Stored.Person, "SKR", Role.ProjectLead), today, skip, limit), Cancellation);

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
