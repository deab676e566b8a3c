using System.Text;
using MrAgreement.Local;
using MrAgreement.Storage.Files;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Erasures;

/// <summary>Bytes of erased documents: where something else has them too, where a policy keeps them, and where the host was cut off.</summary>
public sealed class ErasedBytesTests(Azurite azurite)
{
    const string Text = "Bilaga om Anna Ek";

    static readonly Sha256 address = Sha256.Of(Encoding.UTF8.GetBytes(Text));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static async Task Erase(RunningHost host, string path, string document)
    {
        var asked = await host.Lead.Post($"{path}/erasures", new { document, ground = "disposal", reference = "RA-MS 2026:1" });
        asked.Is(201);
        (await host.Approver.Post(new Uri(asked.Location!).AbsolutePath["/api/v1/".Length..] + "/approval")).Is(200);
    }

    [Fact]
    public async Task Bytes_that_another_agreement_has_stay_for_it_alone_and_go_with_the_last()
    {
        using var folder = new TemporaryFolder();
        await using var host = await RunningHost.Start(folder: folder["data"]);
        var (one, other) = (await Posted.Agreement(host), $"agreements/{(await host.Officer.Post("agreements?sure=true", Posted.Terms())).Is(201).Text("id")}");
        var (first, second) = (await Posted.Document(host.Lead, one, Text), await Posted.Document(host.Lead, other, Text));

        await Erase(host, one, first);
        (await host.Lead.Get($"{one}/documents/{first}/content")).IsProblem(410, "document-erased");
        Assert.Equal(Text, Encoding.UTF8.GetString((await host.Lead.Get($"{other}/documents/{second}/content")).Bytes));
        Assert.True((await host.Auditor.Get($"{other}/events/verification")).Is(200).Flag("valid"));
        Assert.Single(Files());

        await Erase(host, other, second);
        (await host.Lead.Get($"{other}/documents/{second}/content")).IsProblem(410, "document-erased");
        Assert.Empty(Files());

        IEnumerable<string> Files() => Directory.EnumerateFiles(folder["data/documents"], $"*{address}*", SearchOption.AllDirectories);
    }

    [Fact]
    public async Task Bytes_that_a_policy_keeps_are_given_to_nobody_and_go_when_it_ends()
    {
        await using var blobs = new FaultyProxy(azurite.BlobPort);
        using var folder = new TemporaryFolder();
        var storage = azurite.Connection(azurite.NextName(), blobs.Port, azurite.TablePort);
        string path, document;
        await using (var host = await RunningHost.Start(storage: storage))
        {
            (path, document) = (await Posted.Agreement(host), "");
            document = await Posted.Document(host.Lead, path, Text);
            blobs.Faults = request => request.StartsWith("DELETE", StringComparison.Ordinal) && request.EndsWith($"{address}", StringComparison.Ordinal) ? WireFault.Retained : WireFault.None;
            await Erase(host, path, document);
            (await host.Lead.Get($"{path}/documents/{document}/content")).IsProblem(410, "document-erased");
            (await host.Admin.Get($"{path}/documents/{document}/content")).IsProblem(410, "document-erased");
            Assert.True(await AreThere());
        }
        await using (var host = await RunningHost.Start(storage: storage))
        {
            (await host.Lead.Get($"{path}/documents/{document}/content")).IsProblem(410, "document-erased");
            Assert.True(await AreThere());
        }
        blobs.Faults = _ => WireFault.None;
        await using (var host = await RunningHost.Start(storage: storage))
        {
            // Whoever is answered is answered after the list was applied.
            (await host.Lead.Get($"{path}/documents/{document}/content")).IsProblem(410, "document-erased");
            Assert.False(await AreThere());
            Assert.True((await host.Auditor.Get($"{path}/events/verification")).Is(200).Flag("valid"));
        }

        async Task<bool> AreThere()
        {
            using var stores = await Stores.Open(HostSettings.Read(["--data", folder["look"], "--storage", storage], _ => null));
            return await stores.Documents.Exists(address, Cancellation);
        }
    }

    [Fact]
    public async Task A_host_that_was_killed_between_the_event_and_the_bytes_finishes_at_the_next_start()
    {
        using var folder = new TemporaryFolder();
        string path, document;
        await using (var host = await RunningHost.Start(folder: folder["data"]))
        {
            path = await Posted.Agreement(host);
            document = await Posted.Document(host.Lead, path, Text);
            var file = Assert.Single(Files());
            File.Copy(file, folder["kept"]);
            await Erase(host, path, document);
            Assert.Empty(Files());
            // As it is left by a kill after the append: the event stands, the bytes too, and nothing is listed.
            File.Copy(folder["kept"], file);
        }
        foreach (var listed in Directory.EnumerateFiles(folder["data/checkpoints/erasures"]).ToList())
            File.Delete(listed);
        Assert.Single(Files());

        await using (var host = await RunningHost.Start(folder: folder["data"]))
        {
            (await host.Lead.Get($"{path}/documents/{document}/content")).IsProblem(410, "document-erased");
            while (Files().Any() || !Directory.EnumerateFiles(folder["data/checkpoints/erasures"]).Any())
                await Task.Delay(20, Cancellation);
        }
        Assert.Contains(await FileErasureList.Open(folder["data/checkpoints"]).List(Cancellation), it => it.Document == Guid.Parse(document));

        IEnumerable<string> Files() => Directory.EnumerateFiles(folder["data/documents"], $"*{address}*", SearchOption.AllDirectories);
    }
}
