[assembly: AssemblyFixture(typeof(MrAgreement.Storage.Tests.Azure.Azurite))]

namespace MrAgreement.Storage.Tests.Azure;

public sealed partial class Azurite : IAsyncLifetime;
