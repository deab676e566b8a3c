using Azure.Data.Tables;
using MrAgreement.Documents;
using MrAgreement.Overviews;
using MrAgreement.Storage.AzureBlobs;
using MrAgreement.Storage.AzureTables;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>What an account is asked for and how often, and what of it is refused.</summary>
public sealed class AzureStoresTests(Azurite azurite) : IAsyncLifetime
{
    static readonly AgreementId agreement = Stored.Agreement();

    readonly AccountInUse account = new(azurite);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();

    [Fact]
    public async Task Reading_and_appending_take_one_transaction_each()
    {
        var first = Stored.Append(agreement, null, events: 90, wakeUp: Stored.Time) with { Answer = Stored.Answer() };
        account.Tables.Passed();

        await account.Stores.Events.Append(first, Cancellation);
        Assert.Single(account.Tables.Passed());
        var log = await account.Stores.Events.ReadSince(agreement, 0, Cancellation);
        Assert.Single(account.Tables.Passed());
        await account.Stores.Events.Append(Stored.Append(agreement, log[^1], wakeUp: Stored.Time + NodaTime.Duration.FromDays(1)), Cancellation);
        Assert.Single(account.Tables.Passed());
    }

    [Fact]
    public async Task A_look_that_finds_nothing_to_do_writes_nothing()
    {
        var events = account.Stores.Events;
        await events.Append(Stored.Append(agreement, null, wakeUp: Stored.Time), Cancellation);
        var append = new Append(Stored.AppendId(2), agreement, 1, [], Stored.Time);
        await events.ReadSince(agreement, 1, Cancellation);
        account.Tables.Passed();

        Assert.Equal(AppendOutcome.Appended, await events.Append(append, Cancellation));
        Assert.Empty(account.Tables.Passed());
        Assert.Equal([new(agreement, Stored.Time)], await events.DueWakeUps(Stored.Time, 10, Cancellation));
    }

    [Fact]
    public async Task A_wake_up_that_another_process_moved_is_put_right()
    {
        var (events, other) = (account.Stores.Events, (await account.Another()).Events);
        await events.Append(Stored.Append(agreement, null, wakeUp: Stored.Time), Cancellation);
        await other.Append(new(Stored.AppendId(2), agreement, 1, [], null), Cancellation);
        Assert.Empty(await events.DueWakeUps(Stored.Time, 10, Cancellation));

        await events.ReadSince(agreement, 1, Cancellation);
        Assert.Equal(AppendOutcome.Appended, await events.Append(new(Stored.AppendId(3), agreement, 1, [], Stored.Time), Cancellation));
        Assert.Equal([new(agreement, Stored.Time)], await events.DueWakeUps(Stored.Time, 10, Cancellation));
    }

    [Fact]
    public async Task A_long_log_is_read_in_one_query_per_thousand_events()
    {
        StoredEvent? last = null;
        for (var i = 0; i < 28; i++)
        {
            var append = Stored.Append(agreement, last, events: 90, id: i + 1);
            await account.Stores.Events.Append(append, Cancellation);
            last = append.Events[^1];
        }
        account.Tables.Passed();

        Assert.Equal(2520, (await account.Stores.Events.ReadSince(agreement, 0, Cancellation)).Count);
        Assert.Equal(3, account.Tables.Passed().Count);
    }

    [Fact]
    public async Task Another_process_sees_the_rows_that_this_one_wrote_and_asks_once_for_what_is_new()
    {
        var other = await account.Another();
        var models = account.Stores.ReadModels;
        await other.ReadModels.Write([.. Enumerable.Range(1, 120).Select(n => new AgreementRows(1, Stored.Portfolio(n), [], [], []))], Cancellation);
        Assert.Equal(120, (await models.Portfolio(new(Stored.Today, null, true, null, null, null, 1, 10), Cancellation)).Total);

        await other.ReadModels.Write([new(2, Stored.Portfolio(7, "closed"), [], [], [])], Cancellation);
        account.Tables.Passed();
        Assert.Equal(1, (await models.Portfolio(new(Stored.Today, null, true, "closed", null, null, 1, 10), Cancellation)).Total);
        Assert.Single(account.Tables.Passed());

        // Who still had an earlier log does not put its rows in the place of later ones.
        await models.Write([new(1, Stored.Portfolio(7), [], [], [])], Cancellation);
        Assert.Equal(1, (await other.ReadModels.Portfolio(new(Stored.Today, null, true, "closed", null, null, 1, 10), Cancellation)).Total);

        await other.ReadModels.Clear(Cancellation);
        Assert.Equal(0, (await models.Portfolio(new(Stored.Today, null, true, null, null, null, 1, 10), Cancellation)).Total);
    }

    [Fact]
    public async Task Rows_of_an_older_version_without_what_is_to_be_paid_are_behind_until_they_are_written_anew()
    {
        var other = await account.Another();
        await other.ReadModels.Write([new(1, Stored.Portfolio(1), [], []), new(1, Stored.Portfolio(2), [], [], [], [], [], []), new(1, Stored.Portfolio(3), [], [], [], [], [])], Cancellation);
        var models = account.Stores.ReadModels;
        // The third is of a version that knew nothing of what is published.
        Assert.Equal([Stored.Agreement(1), Stored.Agreement(3)], (await models.Behind(Cancellation)).OrderBy(id => id.Value));
        Assert.True(await models.IsBehind(Stored.Agreement(1), Cancellation));

        await models.Write([new(1, Stored.Portfolio(1), [], [], [], [], [], []), new(1, Stored.Portfolio(3), [], [], [], [], [], [])], Cancellation);
        await models.Latest(Cancellation);
        Assert.Empty(await models.Behind(Cancellation));
        Assert.False(await models.IsBehind(Stored.Agreement(1), Cancellation));
    }

    [Fact]
    public async Task Rows_of_an_older_version_in_which_nothing_can_be_found_are_behind_and_what_can_be_found_is_written_where_it_has_changed()
    {
        var (other, models) = (await account.Another(), account.Stores.ReadModels);
        AgreementRows Rows(int number, long sequence, string words) => new(sequence, Stored.Portfolio(number), [], [], [], [], [new(SearchKind.Log, "1", [words], ["SKR"])], []);
        await other.ReadModels.Write([Rows(1, 1, "ett"), Rows(2, 1, "ett")], Cancellation);
        var table = new AzureTable(account.Account().Tables, AzureStores.TableName);
        async Task<List<TableEntity>> Entities(string letter) => await table.Range("overview", letter, letter + "~", cancellation: Cancellation).ToListAsync(Cancellation);
        var older = (await Entities("g"))[0];
        older.Remove("Found");
        await table.Transact([older.Put()], Cancellation);
        Assert.Equal([LogKeys.AgreementOf(older.RowKey)], await models.Behind(Cancellation));

        await models.Write([Rows(1, 2, "ett"), Rows(2, 2, "ett")], Cancellation);
        var written = (await Entities("f")).ToDictionary(row => LogKeys.AgreementOf(row.RowKey), row => row.ETag);
        await models.Write([Rows(1, 3, "ett"), Rows(2, 3, "två")], Cancellation);
        await models.Latest(Cancellation);
        Assert.Empty(await models.Behind(Cancellation));
        Assert.Equal([Stored.Agreement(2)], (await Entities("f")).Where(row => row.ETag != written[LogKeys.AgreementOf(row.RowKey)]).Select(row => LogKeys.AgreementOf(row.RowKey)));
        foreach (var (words, found) in new[] { ("ett", 1), ("två", 2) })
            Assert.Equal(Stored.Agreement(found), Assert.Single(Assert.Single(await other.ReadModels.Search(new([SearchKind.Log], [words], null, 0, 10), Cancellation)).Hits).Agreement);
    }

    [Fact]
    public async Task Rows_written_while_the_log_moved_leave_it_behind()
    {
        var other = await account.Another();
        var first = Stored.Append(agreement, null);
        await account.Stores.Events.Append(first, Cancellation);
        Assert.Equal([agreement], await account.Stores.ReadModels.Behind(Cancellation));
        await other.Events.Append(Stored.Append(agreement, first.Events[0], id: 2), Cancellation);

        await account.Stores.ReadModels.Write([new(1, Stored.Portfolio(), [], [], [])], Cancellation);
        Assert.Equal([agreement], await other.ReadModels.Behind(Cancellation));
    }

    [Fact]
    public async Task What_a_clearing_that_was_cut_off_has_left_goes_with_the_next()
    {
        var models = account.Stores.ReadModels;
        await models.Write([.. Enumerable.Range(1, 3).Select(n => new AgreementRows(1, Stored.Portfolio(n), [], [], []))], Cancellation);
        var batches = 0;
        account.Tables.Faults = request => FaultyProxy.IsBatch(request) && ++batches > 1 ? WireFault.InternalError : WireFault.None;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => models.Clear(Cancellation));
        account.Tables.Faults = _ => WireFault.None;
        Assert.Equal(3 + 1, (await Feed()).Count);

        await models.Clear(Cancellation);

        Assert.Single(await Feed());

        async Task<List<TableEntity>> Feed() =>
            await new AzureTable(account.Account().Tables, AzureStores.TableName).Range("overview", "", LogKeys.End, cancellation: Cancellation).ToListAsync(Cancellation);
    }

    // By the hash of their names, in a partition of their own.
    [Fact]
    public async Task Settings_of_an_earlier_version_are_found_until_they_are_set_anew()
    {
        var table = new AzureTable(account.Account().Tables, AzureStores.TableName);
        foreach (var (name, value) in ((string, string)[])[("clock", "2016-02-15 åäö"), ("other", "x")])
            await table.Transact([new TableEntity("settings", $"{Sha256.Of(System.Text.Encoding.UTF8.GetBytes(name))}") { ["Name"] = name, ["Value"] = value }.Insert()], Cancellation);
        var kept = account.Stores.Kept;

        Assert.Equal("2016-02-15 åäö", await kept.Setting("clock", Cancellation));
        await kept.Set("clock", "2016-02-16", Cancellation);
        Assert.Equal("2016-02-16", await (await account.Another()).Kept.Setting("clock", Cancellation));
        await kept.Set("other", null, Cancellation);
        Assert.Null(await kept.Setting("other", Cancellation));
    }

    [Fact]
    public async Task A_table_of_a_newer_version_is_refused_and_left_alone()
    {
        var table = new AzureTable(account.Account().Tables, AzureStores.TableName);
        await table.Transact([new TableEntity(LogKeys.Meta, LogKeys.Layout) { ["Version"] = 99 }.Put()], Cancellation);

        var e = await Assert.ThrowsAsync<StoreRefusedException>(() => account.Another());
        Assert.Matches("newer MrAgreement .version 99 .*use the newer program", e.Message);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(AzureDocumentStore.BlockSize + 1000)]
    public async Task A_blob_that_does_not_hold_what_its_name_says_is_found_out(int size)
    {
        var named = Sha256.Of("something else"u8);
        await Container().GetBlobClient($"{named}").UploadAsync(new BinaryData(new byte[size]), Cancellation);

        var e = await Assert.ThrowsAsync<DocumentDamagedException>(() => account.Stores.Documents.Open(named, Cancellation));
        Assert.Contains($"{named} are not those that were stored", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_document_is_looked_through_once_as_long_as_it_stays_as_it_is()
    {
        var content = new byte[2 * AzureDocumentStore.BlockSize + 1000];
        var stored = await account.Stores.Documents.Put(new MemoryStream(content), content.Length, Cancellation);
        account.Blobs.Passed();

        // Three parts, and the first again where it is read from the beginning.
        await using (await account.Stores.Documents.Open(stored.Address, Cancellation))
            Assert.Equal(3, account.Blobs.Passed().Count);
        await using (var again = await account.Stores.Documents.Open(stored.Address, Cancellation))
        {
            again!.Seek(-1, SeekOrigin.End);
            Assert.Equal(1, await again.ReadAsync(new byte[10], Cancellation));
        }
        Assert.Equal(2, account.Blobs.Passed().Count);
    }

    [Fact]
    public async Task A_document_that_is_changed_while_it_is_read_is_read_no_further()
    {
        var content = new byte[2 * AzureDocumentStore.BlockSize];
        var stored = await account.Stores.Documents.Put(new MemoryStream(content), content.Length, Cancellation);
        await using var reading = (await account.Stores.Documents.Open(stored.Address, Cancellation))!;
        await Container().GetBlobClient($"{stored.Address}").UploadAsync(new BinaryData(new byte[] { 1 }), overwrite: true, Cancellation);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => reading.CopyToAsync(Stream.Null, Cancellation));
    }

    [Fact]
    public async Task Bytes_that_are_swept_away_have_a_container_of_their_own()
    {
        var trash = await account.Stores.Trash(Cancellation);
        var put = await trash.Put(new MemoryStream([1]), 10, Cancellation);
        Assert.True(await trash.Exists(put.Address, Cancellation));
        Assert.False(await account.Stores.Documents.Exists(put.Address, Cancellation));
    }

    [Fact]
    public async Task A_document_put_again_is_renewed_and_not_written()
    {
        var stored = await account.Stores.Documents.Put(new MemoryStream([1, 2, 3]), 10, Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(1.1), Cancellation);

        StoredDocument again = await account.Stores.Documents.Put(new MemoryStream([1, 2, 3]), 10, Cancellation);
        Assert.True(again.StoredAt > stored.StoredAt);
    }

    global::Azure.Storage.Blobs.BlobContainerClient Container() => account.Account().Blobs.GetBlobContainerClient(AzureStores.DocumentContainer);
}
