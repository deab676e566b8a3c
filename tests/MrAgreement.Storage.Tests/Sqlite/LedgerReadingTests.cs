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

    async Task<LedgerReading> Read(params Voucher[] vouchers)
    {
        await using var intake = await rows.Begin(Some.Agreement(), Import(++files), Ours, [.. Enumerable.Range(1, files - 1).Select(Import)], TestContext.Current.CancellationToken);
        var reading = new LedgerReading(Ours, null, false, intake, number => $"Konto {number}", _ => null, day => new(day.Year, 1, 1));
        foreach (var voucher in vouchers)
            await reading.Take(voucher);
        await reading.Finish();
        await intake.Keep();
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
