using MrAgreement.Storage.Azure;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>The stores of an account that nobody has used, for one test; all that they say to tables passes a proxy.</summary>
sealed class AccountInUse(Azurite azurite) : IAsyncDisposable
{
    readonly string name = azurite.NextName();
    readonly List<(AzureStores Stores, TemporaryFolder Folder)> opened = [];

    /// <summary>On the way to the tables.</summary>
    public FaultyProxy Tables { get; } = new(azurite.TablePort);

    public AzureStores Stores => opened[0].Stores;

    public async ValueTask Open() => await Another();

    /// <summary>The same account as another process has it, whose requests go straight to the server.</summary>
    public Task<AzureStores> Another() => opened.Count == 0 ? Open(Tables.Port) : Open(azurite.TablePort);

    public AzureAccount Account(int? tablePort = null) => AzureAccount.Parse(azurite.Connection(name, azurite.BlobPort, tablePort ?? azurite.TablePort), () => throw new InvalidOperationException("The key is enough."), Azurite.Quick);

    public async ValueTask DisposeAsync()
    {
        foreach (var (stores, folder) in opened)
        {
            stores.Dispose();
            folder.Dispose();
        }
        await Tables.DisposeAsync();
    }

    async Task<AzureStores> Open(int tablePort)
    {
        var folder = new TemporaryFolder();
        var stores = await AzureStores.Open(Account(tablePort), folder.Path);
        opened.Add((stores, folder));
        return stores;
    }
}
