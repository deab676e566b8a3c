using MrAgreement.Documents;
using MrAgreement.EventSourcing;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>The contract on Table storage.</summary>
public sealed class AzureEventStoreTests(Azurite azurite) : EventStoreContract, IAsyncLifetime
{
    readonly AccountInUse account = new(azurite);

    protected override IEventStore Store => account.Stores.Events;

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

/// <summary>The contract on Table storage.</summary>
public sealed class AzureKeptRecordsTests(Azurite azurite) : KeptRecordsContract, IAsyncLifetime
{
    readonly AccountInUse account = new(azurite);

    protected override IKeptRecords Kept => account.Stores.Kept;

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();
}

/// <summary>The contract on Blob storage.</summary>
public sealed class AzureDocumentStoreTests(Azurite azurite) : DocumentStoreContract, IAsyncLifetime
{
    readonly AccountInUse account = new(azurite);

    protected override IDocumentStore Documents => account.Stores.Documents;

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();
}
