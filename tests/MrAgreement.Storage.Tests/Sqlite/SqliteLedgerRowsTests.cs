using Microsoft.Data.Sqlite;
using MrAgreement.Ledgers;
using MrAgreement.Storage.Sqlite;
using static MrAgreement.Storage.Tests.SomeLedger;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>The contract on SQLite, and its file.</summary>
public sealed class SqliteLedgerRowsTests : LedgerRowsContract, IDisposable
{
    readonly TemporaryFolder folder = new();
    SqliteLedgerRows rows;

    public SqliteLedgerRowsTests() => rows = SqliteLedgerRows.Open(folder.Path);

    protected override ILedgerRows Rows => rows;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    string File => folder[SqliteLedgerRows.FileName];

    public void Dispose()
    {
        rows.Dispose();
        folder.Dispose();
    }

    void Reopen(Action? meanwhile = null)
    {
        rows.Dispose();
        meanwhile?.Invoke();
        rows = SqliteLedgerRows.Open(folder.Path);
    }

    [Fact]
    public async Task What_was_kept_is_there_after_closing_and_opening()
    {
        await rows.Keep(Stored.Agreement(), 1, Ours, [], [Booked("A", "1", "100")]);
        Reopen();

        Assert.Equal(["A1 5010 100"], await rows.Found(Stored.Agreement(), [Import(1)]));
        Assert.Equal([Same], await rows.Keep(Stored.Agreement(), 2, Ours, [Import(1)], [Booked("A", "1", "100")]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is no database at all, however long one reads on in it.")]
    public async Task A_file_that_is_no_database_is_begun_anew(string content) => await IsBegunAnew(() => System.IO.File.WriteAllText(File, content));

    [Fact]
    public async Task A_damaged_file_is_begun_anew() => await IsBegunAnew(() =>
    {
        using var file = System.IO.File.OpenWrite(File);
        file.Position = 4096;
        file.Write(new byte[8192]);
    });

    [Fact]
    public async Task A_database_of_something_else_is_begun_anew() => await IsBegunAnew(() =>
    {
        System.IO.File.Delete(File);
        Run("CREATE TABLE other (id INTEGER); PRAGMA user_version = 1;");
    });

    [Fact]
    public async Task A_file_of_another_version_is_begun_anew() => await IsBegunAnew(() => Run("PRAGMA user_version = 99;"));

    [Fact]
    public async Task A_second_import_waits_for_the_first_and_can_give_up_waiting()
    {
        var first = await rows.Begin(Stored.Agreement(), Import(1), Ours, [], Cancellation);
        var second = rows.Begin(Stored.Agreement(2), Import(1), Ours, [], Cancellation);
        using var impatient = new CancellationTokenSource();
        var third = rows.Begin(Stored.Agreement(3), Import(1), Ours, [], impatient.Token);
        await Task.Delay(50, Cancellation);
        Assert.False(second.IsCompleted || third.IsCompleted);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        await first.DisposeAsync();
        await first.DisposeAsync();
        await using var intake = await second;
        await intake.Keep();
    }

    [Fact]
    public async Task Looking_waits_for_no_import()
    {
        await rows.Keep(Stored.Agreement(), 1, Ours, [], [Booked("A", "1", "100")]);
        await using var intake = await rows.Begin(Stored.Agreement(), Import(2), Ours, [Import(1)], Cancellation);
        await intake.Take(Year, Booked("A", "1", "5"), Booked("A", "1", "5").Rows, null);

        Assert.Equal(["A1 5010 100"], await rows.Found(Stored.Agreement(), [Import(1)]));
    }

    async Task IsBegunAnew(Action spoilt)
    {
        await rows.Keep(Stored.Agreement(), 1, Ours, [], [Booked("A", "1", "100")]);
        Reopen(spoilt);

        Assert.Empty(await rows.Held(Stored.Agreement(), Cancellation));
        Assert.Equal([New], await rows.Keep(Stored.Agreement(), 1, Ours, [], [Booked("A", "1", "100")]));
    }

    void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>Looking into the rows, on SQLite.</summary>
public sealed class SqliteLedgerSearchTests : LedgerSearchContract, IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SqliteLedgerRows rows;

    public SqliteLedgerSearchTests() => rows = SqliteLedgerRows.Open(folder.Path);

    protected override ILedgerRows Rows => rows;

    public void Dispose()
    {
        rows.Dispose();
        folder.Dispose();
    }
}
