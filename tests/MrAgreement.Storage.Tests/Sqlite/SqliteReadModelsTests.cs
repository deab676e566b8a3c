using MrAgreement.Overviews;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>The contract on SQLite.</summary>
public sealed class SqliteReadModelsTests : ReadModelsContract, IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;

    public SqliteReadModelsTests()
    {
        database = SqliteDatabase.Open(folder.Path);
        (Store, ReadModels) = (new SqliteEventStore(database), new SqliteReadModels(database));
    }

    protected override IEventStore Store { get; }
    protected override IReadModels ReadModels { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("due_outstanding_by_agreement", $"SELECT count(*) FROM due WHERE agreement = ?1 AND effective_due_on < ?2 AND {SqliteSchema.Outstanding}")]
    [InlineData("due_outstanding", $"SELECT d.title FROM due d WHERE d.effective_due_on < ?1 AND d.{SqliteSchema.Outstanding} ORDER BY d.effective_due_on, d.diary_number, d.agreement, d.key LIMIT 10")]
    [InlineData("due_by_date", "SELECT d.title FROM due d WHERE d.effective_due_on >= ?1 ORDER BY d.effective_due_on, d.diary_number, d.agreement, d.key LIMIT 10")]
    [InlineData("portfolio_by_parties", "SELECT count(*) FROM portfolio p WHERE p.status <> 'draft' AND instr(p.parties, ?1)")]
    [InlineData("portfolio_by_change", "SELECT p.title FROM portfolio p WHERE p.changed_at >= ?1 ORDER BY p.changed_at DESC, p.diary_number DESC, p.agreement DESC LIMIT 5")]
    [InlineData("turns_waiting", "SELECT title FROM turns WHERE party = ?1 AND role = ?2 AND from_on <= '2016-05-10' ORDER BY due_on, diary_number, agreement, from_on, not_by, rowid LIMIT 11")]
    [InlineData("heads_behind", $"SELECT agreement FROM heads WHERE {SqliteSchema.Behind}")]
    [InlineData("heads_by_wake_up", "SELECT agreement, wake_at FROM heads WHERE wake_at <= ?1 ORDER BY wake_at, agreement LIMIT ?2")]
    public async Task A_question_is_answered_from_its_index_without_sorting(string index, string question)
    {
        var plan = await database.Read(session =>
        {
            var steps = new List<string>();
            using var row = session.Query("EXPLAIN QUERY PLAN " + question, "1", "2");
            while (row.Read())
                steps.Add(row.GetString(3));
            return steps;
        }, Cancellation);

        Assert.Matches($@"INDEX {index}\b", Assert.Single(plan));
    }
}
