using MrAgreement.Storage;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Testing;

/// <summary>The stores of an account that nobody has used, for one test; all that they say to tables and blobs passes proxies.</summary>
public sealed class AccountInUse(Azurite azurite) : IAsyncDisposable
{
    readonly string name = azurite.NextName();
    readonly List<(AzureStores Stores, TemporaryFolder Folder)> opened = [];

    /// <summary>On the way to the tables.</summary>
    public FaultyProxy Tables { get; } = new(azurite.TablePort);

    /// <summary>On the way to the blobs.</summary>
    public FaultyProxy Blobs { get; } = new(azurite.BlobPort);

    public AzureStores Stores => opened[0].Stores;

    public async ValueTask Open() => await Another(faulty: true);

    /// <summary>The same account as another process has it.</summary>
    /// <param name="faulty">Whether its requests pass the proxies too, or go straight to the server.</param>
    public Task<AzureStores> Another(bool faulty = false) => faulty ? Open(Account(Blobs.Port, Tables.Port)) : Open(Account());

    public AzureAccount Account(int? blobPort = null, int? tablePort = null, AzureLimits? limits = null) => AzureAccount.Parse(azurite.Connection(name, blobPort ?? azurite.BlobPort, tablePort ?? azurite.TablePort), () => throw new InvalidOperationException("The key is enough."), limits ?? Azurite.Quick);

    public async ValueTask DisposeAsync()
    {
        foreach (var (stores, folder) in opened)
        {
            stores.Dispose();
            folder.Dispose();
        }
        await Tables.DisposeAsync();
        await Blobs.DisposeAsync();
    }

    async Task<AzureStores> Open(AzureAccount account)
    {
        var folder = new TemporaryFolder();
        var stores = await AzureStores.Open(account, folder.Path);
        opened.Add((stores, folder));
        return stores;
    }
}
