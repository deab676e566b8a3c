using MrAgreement.Overviews;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>The contract on SQLite.</summary>
public sealed class SqlitePublishedTests : PublishedContract, IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;

    public SqlitePublishedTests()
    {
        database = SqliteDatabase.Open(folder.Path);
        ReadModels = new SqliteReadModels(database);
    }

    protected override IReadModels ReadModels { get; }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }
}
