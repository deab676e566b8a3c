using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Functions.Packaging;
using MrAgreement.Web.Packaging;

namespace MrAgreement.Functions.Tests.Http;

/// <summary>Archive packages ordered through the function, and made by the durable engine over the emulated account.</summary>
public sealed class ArchivesThroughTheFunctionTests(Azurite azurite)
{
    [Fact]
    public async Task A_package_is_followed_at_its_address_until_it_can_be_fetched()
    {
        await using var mine = await WorkerHost.Start(azurite.FreshAccount());
        var work = new MakeArchivePackage(mine.Services.GetRequiredService<PackageMaker>());
        mine.Engine.Orchestrator(ArchivePackaging.Name, ArchivePackaging.Run).Activity<OrderedArchive, PackageOutcome>(MakeArchivePackage.Name, ordered => work.Run(ordered, default));
        var officer = new Caller(mine.Address, "demo-officer");
        var agreement = new Uri((await officer.Post("agreements?sure=true", WebFunctionTests.Terms())).Location!).AbsolutePath;
        (await officer.Post($"{agreement}/signature", """{ "signedOn": "2014-06-13", "signatories": [{ "name": "Erik Ullenhag", "party": "RK" }, { "name": "Anders Knape", "party": "SKR" }] }""")).Is(200);

        var ordered = await officer.Post($"{agreement}/archive-packages", "{}");
        ordered.Is(202);
        Assert.Equal("making", (await officer.Get(ordered.Location!)).Is(200).Text("status"));
        await mine.Engine.Run();

        Assert.Equal("made", (await officer.Get(ordered.Location!)).Is(200).Text("status"));
        var fetched = await officer.Get($"{ordered.Location}/content");
        fetched.Ok();
        using var package = new ZipArchive(new MemoryStream(fetched.Bytes));
        Assert.Contains(package.Entries, entry => entry.FullName.EndsWith("/data/log/events.jsonl", StringComparison.Ordinal));
        Assert.False(mine.HasFailed);
    }
}
