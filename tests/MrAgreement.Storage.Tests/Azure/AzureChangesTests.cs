using MrAgreement.Storage.AzureTables;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>The contract on Table storage, and what its marks promise besides.</summary>
public sealed class AzureChangesTests(Azurite azurite) : ChangeFeedContract, IAsyncLifetime
{
    static readonly AgreementId agreement = Stored.Agreement();

    readonly AccountInUse account = new(azurite);
    AzureStores other = null!;

    protected override IEventStore Store => account.Stores.Events;
    protected override IChangeFeed Feed => account.Stores.Changes;
    protected override IChangeFeed Other => other.Changes;

    AzureTable Table => new(account.Account().Tables, AzureStores.TableName);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await account.Open();
        other = await account.Another();
    }

    public ValueTask DisposeAsync() => account.DisposeAsync();

    [Fact]
    public async Task Logs_from_before_there_was_a_feed_get_their_places_when_it_is_first_asked()
    {
        var append = Stored.Append(agreement, null, 3);
        await Store.Append(append, Cancellation);
        await Unmark();
        Assert.Equal([(agreement, 1L), (agreement, 2L), (agreement, 3L)], Rows(await Feed.From(0, 10, Cancellation)));
        Assert.Equal(await Feed.From(0, 10, Cancellation), await Other.From(0, 10, Cancellation));
    }

    [Fact]
    public async Task A_mark_that_a_process_has_left_gives_nothing_twice_and_one_that_was_lost_leaves_no_gap()
    {
        var first = Stored.Append(agreement, null, 2, id: 1);
        await Store.Append(first, Cancellation);
        var mark = await Mark();
        await Feed.From(0, 10, Cancellation);
        Assert.Null(await Mark());
        // As if it had been killed before it took the mark away.
        mark!.ETag = default;
        await Table.Transact([mark.Put()], Cancellation);
        Assert.Equal([(agreement, 1L), (agreement, 2L)], Rows(await Other.From(0, 10, Cancellation)));
        Assert.Null(await Mark());
        // As a host of an earlier version appends.
        var second = Stored.Append(agreement, first.Events[^1], id: 2);
        await Store.Append(second, Cancellation);
        await Unmark();
        await Store.Append(Stored.Append(agreement, second.Events[^1], id: 3), Cancellation);
        Assert.Equal([(agreement, 1L), (agreement, 2L), (agreement, 3L), (agreement, 4L)], Rows(await Feed.From(0, 10, Cancellation)));
    }

    [Fact]
    public async Task Nobody_who_asks_writes_where_nothing_has_moved()
    {
        await Store.Append(Stored.Append(agreement, null), Cancellation);
        await Feed.From(0, 10, Cancellation);
        var before = (await Table.Find("changes", "counter", Cancellation))!.ETag;
        await Feed.From(0, 10, Cancellation);
        await Other.From(0, 10, Cancellation);
        Assert.Equal(before, (await Table.Find("changes", "counter", Cancellation))!.ETag);
    }

    Task<global::Azure.Data.Tables.TableEntity?> Mark() => Table.Find(LogKeys.Shard(agreement, TableLayout.Shards), LogKeys.Changed(agreement), Cancellation);

    async Task Unmark() => await Table.Transact([TableRows.Delete(LogKeys.Shard(agreement, TableLayout.Shards), LogKeys.Changed(agreement))], Cancellation);
}

/// <summary>The walk of who sees what, on Table storage.</summary>
public sealed class AzureSightWalkTests(Azurite azurite) : SightWalkContract, IAsyncLifetime
{
    readonly AccountInUse account = new(azurite);

    protected override IEventStore Store => account.Stores.Events;
    protected override IChangeFeed Feed => account.Stores.Changes;
    protected override int Steps => 60;

    public async ValueTask InitializeAsync() => await account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();
}
