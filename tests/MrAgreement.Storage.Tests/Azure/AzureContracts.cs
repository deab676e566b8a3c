using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Overviews;
using MrAgreement.Storage.AzureTables;
using MrAgreement.Transparency;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>The contract on Table storage.</summary>
public sealed class AzureEventStoreTests(Azurite azurite) : EventStoreContract, IAsyncLifetime
{
    readonly AccountInUse account = new(azurite);

    protected override IEventStore Store => account.Stores.Events;

    protected override async Task Lose(AgreementId agreement, bool head)
    {
        var (table, shard) = (new AzureTable(account.Account().Tables, AzureStores.TableName), LogKeys.Shard(agreement, TableLayout.Shards));
        IReadOnlyList<string> keys = head
            ? [LogKeys.Head(agreement), LogKeys.Listed(agreement)]
            : await table.Range(shard, LogKeys.Event(agreement, 1), LogKeys.Event(agreement, 9999)).Select(row => row.RowKey).ToListAsync();
        await table.Transact([.. keys.Select(key => TableRows.Delete(shard, key))], CancellationToken.None);
    }

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();
}

/// <summary>The contract on Table storage, with a replica in SQLite.</summary>
public sealed class AzureReadModelsTests(Azurite azurite) : ReadModelsContract, IAsyncLifetime
{
    readonly AccountInUse account = new(azurite);

    protected override IEventStore Store => account.Stores.Events;
    protected override IReadModels ReadModels => account.Stores.ReadModels;

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();
}

/// <summary>The contract on Table storage, with a replica in SQLite.</summary>
public sealed class AzurePublishedTests(Azurite azurite) : PublishedContract, IAsyncLifetime
{
    readonly AccountInUse account = new(azurite);

    protected override IReadModels ReadModels => account.Stores.ReadModels;

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();
}

/// <summary>The contract on Table storage.</summary>
public sealed class AzureKeptRecordsTests(Azurite azurite) : KeptRecordsContract, IAsyncLifetime
{
    readonly AccountInUse account = new(azurite);

    protected override IKeptRecords Kept => account.Stores.Kept;

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();
}

/// <summary>The contract on Blob storage.</summary>
public sealed class AzureCheckpointStoreTests(Azurite azurite) : CheckpointStoreContract, IAsyncLifetime
{
    readonly AccountInUse account = new(azurite);

    protected override ICheckpointStore Checkpoints => account.Stores.Checkpoints;

    protected override IErasureList Erasures => account.Stores.Erasures;

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();
}

/// <summary>The contract on Blob storage.</summary>
public sealed class AzureDocumentStoreTests(Azurite azurite) : DocumentStoreContract, IAsyncLifetime
{
    readonly AccountInUse account = new(azurite);

    protected override IDocumentStore Documents => account.Stores.Documents;

    protected override async Task Alter(Sha256 address, byte[] content)
    {
        var container = account.Account().Blobs.GetBlobContainerClient(AzureStores.DocumentContainer);
        Assert.True(await container.GetBlobClient($"{address}").ExistsAsync());
        await container.GetBlobClient($"{address}").UploadAsync(new BinaryData(content), overwrite: true);
    }

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();
}
