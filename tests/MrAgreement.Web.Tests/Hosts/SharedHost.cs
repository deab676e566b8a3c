[assembly: AssemblyFixture(typeof(MrAgreement.Web.Tests.Hosts.SharedHost))]

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>One host for all tests that only need an agreement of their own; its clock stands at 13 June 2014 and is never moved.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    internal RunningHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await RunningHost.Start();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
