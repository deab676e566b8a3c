using MrAgreement.Calendars;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Storage.Sqlite;
using static MrAgreement.Storage.Tests.SomeLedger;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>Files being read, compared with what earlier ones had in the real store.</summary>
public sealed class LedgerReadingTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SqliteLedgerRows rows;
    int files;

    public LedgerReadingTests() => rows = SqliteLedgerRows.Open(folder.Path);

    public void Dispose()
    {
        rows.Dispose();
        folder.Dispose();
    }

    readonly List<DateSpan> covered = [];

    async Task<LedgerReading> Read(params Voucher[] vouchers)
    {
        await using var intake = await rows.Begin(Stored.Agreement(), Import(++files), Ours, [.. Enumerable.Range(1, files - 1).Select(Import)], TestContext.Current.CancellationToken);
        var reading = new LedgerReading(Ours, null, false, intake.Intake, number => $"Konto {number}", _ => null, Of, covered);
        foreach (var voucher in vouchers)
            await reading.Take(voucher);
        await reading.Finish();
        await intake.Keep();
        if (reading.Covers is { } days)
            covered.Add(days);
        return reading;
    }

    // With the other side of the entry, which carries no project.
    static Voucher Balanced(string number, string amount, string account = "5010") =>
        new("A", number, Day, "Anna Andersson", 7, [Row(account, amount), Row("1930", "-" + amount) with { Objects = [new(1, "10")] }]);

    static (int Vouchers, int Rows, int Foreign, int Repeated, int Known) Counts(LedgerReading it) => (it.Vouchers, it.Rows, it.RowsForeign, it.RowsRepeated, it.Known);

    static int Accounted(LedgerReading it) => it.Accounts.Sum(a => a.Rows) + it.RowsForeign + it.RowsRepeated;

    [Fact]
    public async Task Every_row_is_counted_or_put_down_as_not_counted()
    {
        var reading = await Read(Balanced("1", "100"), Balanced("2", "200", "3990"), Balanced("1", "100"), Booked("A", "3") with { Rows = [Row("5010", "9") with { Objects = [] }] });

        Assert.Equal((4, 7, 3, 2, 1), Counts(reading));
        Assert.Equal(reading.Rows, Accounted(reading));
        Assert.Equal([new("3990", "Konto 3990", AccountKind.GrantIncome, Kronor.Of(200), 1), new("5010", "Konto 5010", AccountKind.Cost, Kronor.Of(100), 1)], reading.Accounts);
        Assert.Equal([new("3990", Day, Kronor.Of(200), 1), new LedgerTotal("5010", Day, Kronor.Of(100), 1)], reading.Changes);
        Assert.Equal(new(Day, Day), reading.Covers);
    }

    [Fact]
    public async Task A_later_file_adds_only_what_earlier_ones_did_not_have()
    {
        await Read(Balanced("1", "100"), Balanced("2", "200"));
        var reading = await Read(Balanced("1", "100"), Balanced("2", "200"), Balanced("3", "300"));

        Assert.Equal([new LedgerTotal("5010", Day, Kronor.Of(300), 1)], reading.Changes);
        Assert.Equal((2, Kronor.Of(600)), (reading.Known, reading.Accounts[0].Amount));
        Assert.Equal(reading.Rows, Accounted(reading));
    }

    [Fact]
    public async Task A_changed_voucher_takes_back_what_it_had_brought_and_is_listed()
    {
        await Read(Balanced("1", "100"));
        var reading = await Read(Balanced("1", "70", "6010"));

        Assert.Equal([new("5010", Day, Kronor.Of(-100), -1), new LedgerTotal("6010", Day, Kronor.Of(70), 1)], reading.Changes);
        var difference = Assert.Single(reading.Differences);
        Assert.Equal(("1", DifferenceKind.Changed, "5010", "6010"), (difference.Number, difference.Kind, difference.Before[0].Account, difference.After[0].Account));
        Assert.Equal(["5010", "6010"], reading.Accounts.Select(a => a.Number));
        Assert.Equal(reading.Rows, Accounted(reading));
    }

    [Fact]
    public async Task A_voucher_that_comes_to_days_that_were_covered_is_listed_and_one_on_later_days_is_not()
    {
        await Read(Balanced("1", "100"), Balanced("2", "0") with { Rows = [] }, Balanced("3", "300") with { Date = Day.PlusDays(2) });
        var reading = await Read(Balanced("1", "100"), Balanced("2", "200") with { Date = Day.PlusDays(1) }, Balanced("3", "300") with { Date = Day.PlusDays(2) }, Balanced("4", "400") with { Date = Day.PlusDays(3) });

        Assert.Equal(Kronor.Of(600), reading.Changes.Sum(c => c.Amount));
        var difference = Assert.Single(reading.Differences);
        Assert.Equal(("2", DifferenceKind.Added, 0, Kronor.Of(200)), (difference.Number, difference.Kind, difference.Before.Count, difference.After.Sum(t => t.Amount)));
    }

    [Fact]
    public async Task An_unnumbered_voucher_that_was_corrected_is_listed_both_as_it_was_and_as_it_is()
    {
        await Read(Balanced("", "100"), Balanced("1", "1") with { Date = Day.PlusDays(1) });
        var reading = await Read(Balanced("", "90"), Balanced("1", "1") with { Date = Day.PlusDays(1) });

        Assert.Equal(["Added 90", "Missing 100"], reading.Differences.Select(d => $"{d.Kind} {d.After.Sum(t => t.Amount)}"));
    }

    [Fact]
    public async Task A_stray_voucher_of_the_year_before_makes_nothing_else_of_that_year_missing()
    {
        var before = Day.PlusYears(-1);
        await Read(Balanced("1", "100") with { Date = before }, Balanced("2", "200") with { Date = before.PlusDays(1) });
        await Read(Balanced("1", "300"), Balanced("2", "400"));
        var reading = await Read(Balanced("1", "100") with { Date = before }, Balanced("1", "300"));

        Assert.Equal([("2", Day)], reading.Differences.Select(d => (d.Number, d.Date)));
    }

    [Fact]
    public async Task A_missing_voucher_is_listed_and_still_counts()
    {
        await Read(Balanced("1", "100"), Balanced("2", "200"));
        var reading = await Read(Balanced("2", "200"));

        Assert.Empty(reading.Changes);
        Assert.Equal(("1", DifferenceKind.Missing), (Assert.Single(reading.Differences).Number, reading.Differences[0].Kind));
    }

    [Fact]
    public async Task One_number_for_two_vouchers_is_a_fault_of_the_file()
    {
        var reading = await Read(Balanced("1", "100"), Balanced("1", "200"));

        Assert.Equal(("voucher-number-twice", 7), (Assert.Single(reading.Faults).Rule, reading.Faults[0].Line));
    }

    [Fact]
    public async Task Faults_are_named_up_to_a_limit()
    {
        var reading = await Read([Balanced("1", "1"), .. Enumerable.Range(2, 300).Select(n => Balanced("1", $"{n}"))]);

        Assert.Equal(100, reading.Faults.Count);
    }

    [Fact]
    public async Task Sums_beyond_what_can_be_recorded_are_a_fault_and_do_not_run_over()
    {
        var reading = await Read([.. Enumerable.Range(1, 200).Select(n => Balanced($"{n}", "1000000000000"))]);

        Assert.All(reading.Faults, fault => Assert.Equal("amount-too-large", fault.Rule));
        Assert.Equal((100, Kronor.Max), (reading.Faults.Count, reading.Accounts[0].Amount));
    }

    [Fact]
    public async Task A_file_without_vouchers_covers_nothing()
    {
        await Read(Balanced("1", "100"));
        var reading = await Read();

        Assert.Equal((null, 0, 0), (reading.Covers, reading.Differences.Count, reading.Changes.Count));
    }
}
