using MrAgreement.Storage.AzureTables;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>An account that is set back, or emptied, while hosts run: by a copy that is put back, or a failover that lost rows.</summary>
public sealed class SetBackTests(Azurite azurite) : IAsyncLifetime
{
    static readonly AgreementId agreement = Stored.Agreement();
    static readonly Append first = Stored.Append(agreement, null, events: 2, id: 1);
    static readonly Append gone = Stored.Append(agreement, first.Events[^1], id: 2);

    readonly AccountInUse account = new(azurite);
    AzureStores other = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    IEventStore Store => account.Stores.Events;

    public async ValueTask InitializeAsync()
    {
        await account.Open();
        other = await account.Another();
        Assert.Equal(AppendOutcome.Appended, await Store.Append(first, Cancellation));
        Assert.Equal(AppendOutcome.Appended, await Store.Append(gone, Cancellation));
    }

    public ValueTask DisposeAsync() => account.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_appended_to_what_is_not_there_any_more(bool formerHead)
    {
        await SetBack(formerHead);

        Assert.Equal(AppendOutcome.Moved, await Store.Append(Stored.Append(agreement, gone.Events[^1], id: 3) with { After = gone.Events[^1].Hash }, Cancellation));
        Assert.Null(await Store.ReadAfter(agreement, 3, gone.Events[^1].Hash, Cancellation));
        Assert.Equal(AppendOutcome.Appended, await Store.Append(Stored.Append(agreement, first.Events[^1], id: 4) with { After = first.Events[^1].Hash }, Cancellation));
        await Whole(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nor_where_another_host_has_gone_on_from_there_just_as_far(bool formerHead)
    {
        await SetBack(formerHead);
        var theirs = Stored.Append(agreement, first.Events[^1], id: 5);
        theirs = new(theirs.Id, agreement, 2, [HashChain.Next(first.Events[^1].Hash, 3, Stored.Time, Stored.Person, "theirs", "{}"u8.ToArray())], null) { After = first.Events[^1].Hash };
        Assert.Equal(AppendOutcome.Appended, await other.Events.Append(theirs, Cancellation));
        if (formerHead)
            await Head(3, theirs.Id);

        // The first finds it out by the head's ETag, the second after the head has been read.
        for (var tries = 0; tries < 2; tries++)
            Assert.Equal(AppendOutcome.Moved, await Store.Append(Stored.Append(agreement, gone.Events[^1], id: 6) with { After = gone.Events[^1].Hash }, Cancellation));
        Assert.Null(await Store.ReadAfter(agreement, 3, gone.Events[^1].Hash, Cancellation));
        Assert.Equal(AppendOutcome.Appended, await Store.Append(Stored.Append(agreement, theirs.Events[^1], id: 7) with { After = theirs.Events[^1].Hash }, Cancellation));
        await Whole(4);
    }

    [Fact]
    public async Task Of_an_emptied_account_nothing_is_shown()
    {
        await account.Stores.ReadModels.Write([new(3, Stored.Portfolio(), [], [], [])], Cancellation);
        Assert.Single((await account.Stores.ReadModels.Portfolio(new(Stored.Today, null, true, null, null, null, 1, 10), Cancellation)).Rows);
        var table = Table();
        foreach (var partition in (string[])["overview", LogKeys.Shard(agreement, TableLayout.Shards)])
            await foreach (var row in table.Range(partition, "", LogKeys.End, cancellation: Cancellation))
                await table.Transact([TableRows.Delete(partition, row.RowKey)], Cancellation);

        Assert.Empty((await account.Stores.ReadModels.Portfolio(new(Stored.Today, null, true, null, null, null, 1, 10), Cancellation)).Rows);
        Assert.Null(await Store.ReadAfter(agreement, 3, gone.Events[^1].Hash, Cancellation));
        Assert.Equal(AppendOutcome.Appended, await Store.Append(Stored.Append(agreement, null, id: 8), Cancellation));
        await Whole(1);
    }

    [Fact]
    public async Task A_table_that_is_gone_is_not_taken_for_an_empty_one()
    {
        await account.Account().Tables.DeleteTableAsync(AzureStores.TableName, Cancellation);

        foreach (var ask in (Func<Task>[])[() => Store.ReadSince(agreement, 0, Cancellation), () => Store.FindAnswer(agreement, Stored.Person, "key-1", Cancellation),
            () => Store.Append(Stored.Append(Stored.Agreement(2), null, id: 9), Cancellation), () => Store.ListAgreements(Cancellation).ToListAsync(Cancellation).AsTask(),
            () => account.Stores.Kept.Setting("clock", Cancellation), () => account.Stores.ReadModels.Behind(Cancellation)])
            Assert.Matches("^The storage account at 127.0.0.1:[0-9]+ has no table mragreement any more; restore it from a backup.$",
                (await Assert.ThrowsAsync<StoreUnavailableException>(ask)).Message);
        // Who starts again on the account makes it anew, as of an account that is empty: then the host asks whether to begin anew.
        Assert.Empty(await (await account.Another()).Events.ListAgreements(Cancellation).ToListAsync(Cancellation));
    }

    async Task Whole(int length)
    {
        var log = await other.Events.ReadSince(agreement, 0, Cancellation);
        Assert.Equal(length, log.Count);
        Assert.Null(HashChain.FirstBreak(agreement, log));
    }

    async Task SetBack(bool formerHead)
    {
        await Table().Transact([TableRows.Delete(LogKeys.Shard(agreement, TableLayout.Shards), LogKeys.Event(agreement, 3))], Cancellation);
        await Head(2, first.Id, formerHead ? null : first.Events[^1].Hash);
    }

    // As earlier versions wrote it, it has no hash.
    Task Head(long sequence, Guid append, Sha256? hash = null)
    {
        var write = new LogHead(sequence, append, null, null) { Hash = hash }.Write(LogKeys.Shard(agreement, TableLayout.Shards), agreement, "*");
        return Table().Transact([write], Cancellation);
    }

    AzureTable Table() => new(account.Account().Tables, AzureStores.TableName);
}
