using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>The contract on SQLite.</summary>
public sealed class SqliteChangesTests : ChangeFeedContract, IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;

    public SqliteChangesTests()
    {
        database = SqliteDatabase.Open(folder.Path);
        (Store, Feed) = (new SqliteEventStore(database), new SqliteChanges(database));
    }

    protected override IEventStore Store { get; }
    protected override IChangeFeed Feed { get; }
    protected override IChangeFeed Other => Feed;

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }
}

/// <summary>The walk of who sees what, on SQLite.</summary>
public sealed class SqliteSightWalkTests : SightWalkContract, IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;

    public SqliteSightWalkTests()
    {
        database = SqliteDatabase.Open(folder.Path);
        (Store, Feed) = (new SqliteEventStore(database), new SqliteChanges(database));
    }

    protected override IEventStore Store { get; }
    protected override IChangeFeed Feed { get; }
    protected override int Steps => 200;

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }
}
