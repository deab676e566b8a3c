using MrAgreement.Ledgers;
using MrAgreement.Money;
using static MrAgreement.Storage.Tests.SomeLedger;

namespace MrAgreement.Storage.Tests;

/// <summary>What looking into the rows of ledgers promises on every store.</summary>
public abstract class LedgerSearchContract
{
    protected abstract ILedgerRows Rows { get; }

    static readonly AgreementId agreement = Stored.Agreement();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task Keep(int file, params IReadOnlyList<Voucher> vouchers) => await Rows.Keep(agreement, file, Ours, [.. Enumerable.Range(1, file - 1).Select(Import)], vouchers);

    [Fact]
    public async Task A_row_comes_back_as_it_was_taken_in()
    {
        await using (var intake = await Rows.Begin(agreement, Import(1), Ours, [], Cancellation))
        {
            await intake.Take(Year, Booked("Ö", "7 b", "-0.01"), [Row("5010", "-0.01", Day.PlusDays(2))], "Räksmörgås ☃");
            await intake.Take(Year, Booked("", "", "5"), [Row("5010", "5", Day.PlusDays(3))], null);
            await intake.Keep();
        }

        var rows = await Rows.Find(agreement, [Import(1)], new(null, Day, Day.PlusDays(3)), 0, 10, Cancellation);
        Assert.Equal([
            new(Import(1), "Ö", "7 b", Day, Day.PlusDays(2), "5010", Kronor.FromÖre(-1), "Räksmörgås ☃"), new(Import(1), "", "", Day, Day.PlusDays(3), "5010", Kronor.Of(5), null)], rows.Select(row => row with { Known = "" }));
        // One that has no number is known by another name, which leads to its voucher.
        Assert.Equal(("", true), (rows[0].Known, rows[1].Known.Length > 0));
    }

    [Fact]
    public async Task A_text_that_is_asked_for_later_is_kept_and_shows_from_the_import_that_brought_it()
    {
        async Task Take(int file, string? text, bool isKept = true)
        {
            await using var intake = await Rows.Begin(agreement, Import(file), Ours, [.. Enumerable.Range(1, file - 1).Select(Import)], Cancellation);
            await intake.Take(Year, Booked("A", "1", "5"), Booked("A", "1", "5").Rows, text);
            if (isKept)
                await intake.Keep();
        }
        async Task<string?> Text(int files) => (await Rows.Find(agreement, [.. Enumerable.Range(1, files).Select(Import)], new(null, Day, Day), 0, 10, Cancellation)).Single().Text;

        await Take(1, null);
        await Take(2, "Anna", isKept: false);
        Assert.Null(await Text(1));
        await Take(2, "Anna");
        Assert.Equal((null, "Anna"), (await Text(1), await Text(2)));

        // What the log never named takes its texts with it; what comes later without texts takes none away.
        await Rows.Keep(agreement, 3, Ours, [Import(1)], [Booked("A", "1", "5")]);
        Assert.Null((await Rows.Find(agreement, [Import(1), Import(3)], new(null, Day, Day), 0, 10, Cancellation)).Single().Text);
    }

    [Fact]
    public async Task Rows_are_found_by_account_and_day_both_ends_included()
    {
        await Keep(1, Booked("A", "1") with { Rows = [Row("5010", "1", Day), Row("5011", "2", Day.PlusDays(1)), Row("7010", "3", Day.PlusDays(2))] });

        async Task<List<string>> Of(RowSearch search) => await Rows.Found(agreement, [Import(1)], search);
        Assert.Equal(["A1 5010 1", "A1 5011 2"], await Of(new(null, Day, Day.PlusDays(1))));
        Assert.Equal(["A1 5011 2"], await Of(new(["5011", "6000"], Day, Day.PlusDays(2))));
        Assert.Empty(await Of(new([], Day, Day.PlusDays(2))));
        Assert.Empty(await Of(new(["501", "5010\",\"5011"], Day, Day.PlusDays(2))));
    }

    [Fact]
    public async Task As_of_an_earlier_import_a_voucher_is_as_that_one_had_it()
    {
        await Keep(1, Booked("A", "1", "100"), Booked("A", "2", "7"));
        await Keep(2, Booked("A", "1", "200"));
        await Keep(3, Booked("A", "1", "300"), Booked("A", "3", "9"));

        Assert.Equal(["A1 5010 100", "A2 5010 7"], await Rows.Found(agreement, [Import(1)]));
        Assert.Equal(["A1 5010 200", "A2 5010 7"], (await Rows.Found(agreement, [Import(1), Import(2)])).Order(StringComparer.Ordinal));
        Assert.Equal(["A1 5010 300", "A2 5010 7", "A3 5010 9"], (await Rows.Found(agreement, [Import(1), Import(2), Import(3)])).Order(StringComparer.Ordinal));
        Assert.Empty(await Rows.Found(agreement, []));
    }

    [Fact]
    public async Task Rows_come_by_day_and_account_and_every_page_goes_on_from_the_last()
    {
        await Keep(1, [.. Enumerable.Range(1, 30).Select(n => Booked("A", $"{n}") with { Rows = [Row($"{5010 + n % 3}", $"{n}", Day.PlusDays(n % 7)), Row("5010", $"{n}.5", Day.PlusDays(n % 7))] })]);

        var all = await Rows.Find(agreement, [Import(1)], new(null, Day, Day.PlusDays(9)), 0, 100, Cancellation);
        Assert.Equal(60, all.Count);
        Assert.Equal(all.OrderBy(r => r.Date).ThenBy(r => r.Account, StringComparer.Ordinal), all);
        var pages = new List<LedgerRow>();
        for (var page = 0; page < 10; page++)
            pages.AddRange(await Rows.Find(agreement, [Import(1)], new(null, Day, Day.PlusDays(9)), page * 7, 7, Cancellation));
        Assert.Equal(all, pages);
    }

    [Fact]
    public async Task Two_projects_come_one_after_the_other()
    {
        await Keep(1, Booked("A", "1", "100") with { Date = Day });
        await Rows.Keep(agreement, 2, new(6, "8812"), [Import(1)], [Booked("A", "9", "5") with { Rows = [Row("4010", "5", Day.PlusDays(-1))] }]);

        Assert.Equal(["A1 5010 100", "A9 4010 5"], await Rows.Found(agreement, [Import(1), Import(2)]));
    }

    [Fact]
    public async Task A_hundred_thousand_rows_are_taken_in_compared_and_looked_into_without_much_ado()
    {
        const int Count = 50_000;
        List<Voucher> vouchers = [.. Enumerable.Range(1, Count).Select(n => Booked("A", $"{n}", "10", "0.01") with { Date = Day.PlusDays(n % 300) })];
        var start = TimeProvider.System.GetTimestamp();
        await Keep(1, vouchers);
        Assert.All(await Rows.Keep(agreement, 2, Ours, [Import(1)], vouchers), fate => Assert.Equal(Same, fate));

        var last = await Rows.Find(agreement, [Import(1), Import(2)], new(null, Year.From, Year.From.PlusYears(2)), 2 * Count - 1, 10, Cancellation);
        Assert.Single(last);
        // Far from what it takes: a search that goes through all vouchers for each of them takes minutes.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, 30);
    }
}
