[assembly: AssemblyFixture(typeof(Azurite))]
