using Azure.Data.Tables;
using MrAgreement.Overviews;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.AzureTables;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>An account that was filled before the stores rested on the SDKs, by the release of then, and taken
/// as the emulator had left it: it is read and written on as it is, and what is written now is the same.</summary>
public sealed class FormerAccountTests : IAsyncLifetime
{
    static readonly AgreementId agreement = Stored.Agreement();
    static readonly Append first = Stored.Append(agreement, null, events: 3, wakeUp: Stored.Time, id: 1) with { Answer = Stored.Answer() };
    // Larger than a row.
    static readonly Append second = new(Stored.AppendId(2), agreement, 3, Stored.Events(agreement, first.Events[^1], 1, 600_000), Stored.Time);
    static readonly Append other = Stored.Append(Stored.Agreement(2), null, id: 3);
    static readonly KeptRecord draft = new("drafts", "åäö/1", new byte[100_000], KeptRecord.New, Stored.Time + Duration.FromDays(1));
    static readonly AgreementRows shown = new(4, Stored.Portfolio(1), [Stored.Due(1, "2016", Stored.Today)], [Stored.WorkItem(1, "x", Stored.Today)]);
    static readonly byte[] small = [1, 2, 3], large = new byte[4 * 1024 * 1024 + 1000];
    static readonly PortfolioQuery all = new(Stored.Today, null, true, null, null, null, 1, 10);

    readonly Azurite azurite = new() { LeftBy = Path.Combine(AppContext.BaseDirectory, "Azure", "former-account.zip") };
    readonly TemporaryFolder folder = new(), another = new();
    AzureAccount account = null!;
    AzureStores stores = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await azurite.InitializeAsync();
        account = Parse();
        stores = await AzureStores.Open(account, folder.Path, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        stores.Dispose();
        folder.Dispose();
        another.Dispose();
        await azurite.DisposeAsync();
    }

    [Fact]
    public async Task It_is_read_as_it_is()
    {
        Assert.Equal(first.Events.Concat(second.Events).Select(Told), (await stores.Events.ReadSince(agreement, 0, Cancellation)).Select(Told));
        Assert.NotNull(await stores.Events.ReadAfter(agreement, 4, second.Events[0].Hash, Cancellation));
        Assert.Equivalent(Stored.Answer(), await stores.Events.FindAnswer(agreement, Stored.Person, "key-1", Cancellation), strict: true);
        Assert.Equal([agreement, other.Agreement], await stores.Events.ListAgreements(Cancellation).ToListAsync(Cancellation));
        Assert.Equal([new(agreement, Stored.Time)], await stores.Events.DueWakeUps(Stored.Time, 10, Cancellation));
        // The one that moved, and the one whose rows do not tell yet what is to be paid.
        Assert.Equal([other.Agreement, agreement], await stores.ReadModels.Behind(Cancellation));
        var row = Assert.Single((await stores.ReadModels.Portfolio(all, Cancellation)).Rows).Row;
        Assert.Equal((agreement, "Agreement 1", "active"), (row.Agreement, row.Title, row.Status));
        var kept = await stores.Kept.Find("drafts", "åäö/1", Stored.Time, Cancellation);
        Assert.Equal((100_000, draft.Expires), (kept!.Data.Length, kept.Expires));
        Assert.Null(await stores.Kept.Find("drafts", "åäö/1", Stored.Time + Duration.FromDays(1), Cancellation));
        Assert.Equal("2016-02-15", await stores.Kept.Setting("clock", Cancellation));
        foreach (var content in new[] { small, large })
        {
            await using var stored = await stores.Documents.Open(Sha256.Of(content), Cancellation);
            var read = new MemoryStream();
            await stored!.CopyToAsync(read, Cancellation);
            Assert.Equal(content, read.ToArray());
        }
        var poke = (await account.Queues.GetQueueClient(PokeQueue.Name).ReceiveMessageAsync(cancellationToken: Cancellation)).Value;
        Assert.Equal(new(agreement), Poke.Parse(poke.MessageText));
    }

    [Fact]
    public async Task It_is_written_on()
    {
        var next = Stored.Append(agreement, second.Events[0], events: 2, wakeUp: Stored.Time + Duration.FromDays(1), id: 4) with { After = second.Events[0].Hash };
        Assert.Equal(AppendOutcome.Moved, await stores.Events.Append(next with { After = first.Events[0].Hash }, Cancellation));
        Assert.Equal(AppendOutcome.Appended, await stores.Events.Append(next, Cancellation));
        Assert.Null(HashChain.FirstBreak(agreement, await stores.Events.ReadSince(agreement, 0, Cancellation)));
        Assert.Empty(await stores.Events.DueWakeUps(Stored.Time, 10, Cancellation));
        Assert.Equal(2, (await stores.ReadModels.Behind(Cancellation)).Count);
        await stores.ReadModels.Write([shown with { Sequence = 6, Portfolio = Stored.Portfolio(1, "closed") }], Cancellation);
        Assert.Equal("closed", Assert.Single((await stores.ReadModels.Portfolio(all, Cancellation)).Rows).Row.Status);
        var kept = (await stores.Kept.Find("drafts", "åäö/1", Stored.Time, Cancellation))!;
        Assert.NotNull(await stores.Kept.Put(kept with { Data = new byte[] { 9 } }, Stored.Time, Cancellation));
        Assert.Null(await stores.Kept.Put(kept, Stored.Time, Cancellation));
        Assert.Null((await stores.Documents.Put(new MemoryStream(large), large.Length, Cancellation)).New);
    }

    [Fact]
    public async Task What_is_written_now_is_what_was_written_then()
    {
        var now = Parse();
        // A table has the partitions that it was made with; the former release made four.
        var table = now.Tables.GetTableClient(AzureStores.TableName);
        await table.CreateAsync(Cancellation);
        await table.AddEntityAsync(new TableEntity(LogKeys.Meta, LogKeys.Layout) { ["Version"] = 1, ["Shards"] = 4 }, Cancellation);
        using (var fresh = await AzureStores.Open(now, another.Path, Cancellation))
        {
            foreach (var append in new[] { first, second, other })
                Assert.Equal(AppendOutcome.Appended, await fresh.Events.Append(append, Cancellation));
            await fresh.ReadModels.Write([shown], Cancellation);
            await fresh.Kept.Put(draft, Stored.Time, Cancellation);
            await fresh.Kept.Set("clock", "2016-02-15", Cancellation);
        }
        var (then, written) = (await Rows(account), await Rows(now));
        // The marks of the feed of changes came later; the former release passes over them.
        Assert.Equal(then.Keys, written.Keys.Where(key => !key.Contains($"/{LogKeys.Changes}", StringComparison.Ordinal)));
        Assert.Equal(2, written.Keys.Count(key => key.Contains($"/{LogKeys.Changes}", StringComparison.Ordinal)));
        foreach (var (key, row) in then)
            foreach (var (name, value) in row.Where(property => !IsOfItsTime(property.Key)))
                Assert.True(value is byte[] bytes ? bytes.AsSpan().SequenceEqual(written[key].GetBinary(name)) : value.Equals(written[key][name]), $"{key}: {name}");
    }

    static object Told(StoredEvent e) => (e.Sequence, e.At, e.Actor, e.Type, e.Digest, e.Hash, Sha256.Of(e.Data!));

    // When it was written, the random ids of a write or an epoch, and what .NET compresses as it likes.
    static bool IsOfItsTime(string property) => property is "Timestamp" or "odata.etag" or "Write" or "Epoch" or "Rows";

    static async Task<SortedDictionary<string, TableEntity>> Rows(AzureAccount of)
    {
        var rows = await of.Tables.GetTableClient(AzureStores.TableName).QueryAsync<TableEntity>(cancellationToken: Cancellation).ToListAsync(Cancellation);
        return new(rows.ToDictionary(row => $"{row.PartitionKey}/{row.RowKey}"), StringComparer.Ordinal);
    }

    // The first account of the emulator is the one that was filled.
    AzureAccount Parse() => AzureAccount.Parse(azurite.FreshAccount(), () => throw new InvalidOperationException("The key is enough."), Azurite.Quick);
}
