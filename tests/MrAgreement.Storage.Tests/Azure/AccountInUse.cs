using MrAgreement.Storage.Azure;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>The stores of an account that nobody has used, for one test.</summary>
sealed class AccountInUse(Azurite azurite) : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();

    public AzureStores Stores { get; private set; } = null!;

    public async ValueTask Open() => Stores = await AzureStores.Open(AzureAccount.Parse(azurite.FreshAccount(), () => throw new InvalidOperationException("The key is enough."), Azurite.Quick), folder.Path);

    public ValueTask DisposeAsync()
    {
        Stores.Dispose();
        folder.Dispose();
        return default;
    }
}
