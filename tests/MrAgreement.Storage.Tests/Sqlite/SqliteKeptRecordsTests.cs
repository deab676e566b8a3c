using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>The contract on SQLite.</summary>
public sealed class SqliteKeptRecordsTests : KeptRecordsContract, IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;

    public SqliteKeptRecordsTests() => database = SqliteDatabase.Open(folder.Path);

    protected override IKeptRecords Kept => new SqliteKeptRecords(database);

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }
}
