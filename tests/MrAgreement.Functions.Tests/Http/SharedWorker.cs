namespace MrAgreement.Functions.Tests.Http;

/// <summary>One app for the tests that only ask it.</summary>
public sealed class SharedWorker(Azurite azurite) : IAsyncLifetime
{
    internal WorkerHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await WorkerHost.Start(azurite.FreshAccount());

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
