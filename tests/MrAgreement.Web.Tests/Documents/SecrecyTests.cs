using System.IO.Compression;
using System.Text;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Documents;

/// <summary>Markings of secrecy, masked copies and disclosures, over HTTP, on pages, in the register and in packages.</summary>
public sealed class SecrecyTests : IAsyncLifetime
{
    RunningHost host = null!;
    string path = "", report = "";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start();
        path = await Posted.Agreement(host);
        var submission = await Posted.Submission(host.Lead, path, "report", "Rapporten");
        report = submission.Text("documents.0.id")!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    async Task<string> MaskedCopy() => (await host.Officer.Post($"{path}/documents", Posted.Form(Encoding.UTF8.GetBytes("Rapporten, maskerad"), "maskerad.txt",
        ("title", "Maskerad rapport"), ("kind", "masked-copy"), ("copyOf", report)))).Is(201).Text("id")!;

    async Task<ZipArchive> Package(Caller by)
    {
        var package = await by.Post($"{path}/archive-packages", "{}");
        while ((await by.Get(package.Location!)).Is(200).Text("status") == "making")
            await Task.Yield();
        return new(new MemoryStream((await by.Get($"{package.Location}/content")).Bytes));
    }

    static async Task<string> Entry(ZipArchive zip, string end)
    {
        using var reader = new StreamReader(await zip.Entries.Single(it => it.FullName.EndsWith(end, StringComparison.Ordinal)).OpenAsync(Cancellation));
        return await reader.ReadToEndAsync(Cancellation);
    }

    [Fact]
    public async Task A_marking_is_told_by_document_page_register_and_package_and_goes_with_a_reason()
    {
        var marked = await host.Officer.Post($"{path}/documents/{report}/secrecy-markings", new { legalGround = "OSL 21 kap. 1 §" });
        marked.Is(201).Has("secrecyMarkings.0.number:number secrecyMarkings.0.on:string secrecyMarkings.0.by.id:string secrecyMarkings.0.removed:null copyOf:null confidential:boolean");
        Assert.Equal(("OSL 21 kap. 1 §", "RK", "Regeringskansliet"), (marked.Json.Text("secrecyMarkings.0.legalGround"), marked.Json.Text("secrecyMarkings.0.party"), marked.Json.Text("secrecyMarkings.0.authority")));
        (await host.Officer.Post($"{path}/documents/{report}/secrecy-markings", new { legalGround = "OSL 19 kap. 1 §" })).IsProblem(409, "secrecy-marked");
        (await host.Lead.Post($"{path}/documents/{report}/secrecy-markings", new { legalGround = " " })).IsProblem(422, "legal-ground-missing");
        (await host.Payer.Post($"{path}/documents/{report}/secrecy-markings", new { legalGround = "OSL 19 kap. 1 §" })).IsProblem(404, "unknown-document");
        // It decides nothing about who reads.
        (await host.Payer.Get($"{path}/documents/{report}/content")).Ok();

        var row = (await host.Officer.Get("registry")).Is(200).At("items.0");
        Assert.Equal(("OSL 21 kap. 1 §", "Regeringskansliet"), (row.Text("secrecyMarkings.0.legalGround"), row.Text("secrecyMarkings.0.authority")));
        Assert.Equal(0, (await host.Lead.Get("registry")).Is(200).At("items.0.secrecyMarkings").GetArrayLength());
        using var page = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains("sekretessmarkerad", (await page.Get("/registry")).Text, StringComparison.Ordinal);
        Assert.Contains("Sekretessmarkerad av RK: OSL 21 kap. 1 §", (await page.Get($"/{path}/documents")).Text, StringComparison.Ordinal);
        using (var zip = await Package(host.Officer))
        {
            Assert.Contains("otherRestrictionType=\"secrecyMarking\"", await Entry(zip, "erms.xml"), StringComparison.Ordinal);
            Assert.Contains("OSL 21 kap. 1 §", await Entry(zip, "agreement/documents.json"), StringComparison.Ordinal);
        }

        var address = $"/{path}/documents/{report}";
        Assert.Contains("Tillämplig sekretessbestämmelse", (await page.Get(address)).Text, StringComparison.Ordinal);
        (await host.Lead.Post($"{path}/documents/{report}/secrecy-markings/1/removal", new { reason = "Nej" })).IsProblem(404, "no-such-marking");
        await page.Send(address, $"{address}/secrecy-markings/1/removal", ("reason", "Uppgiften är publicerad"), ("version", (await page.Get(address)).Version));
        Assert.Equal("Uppgiften är publicerad", (await host.Officer.Get($"{path}/documents/{report}")).Is(200).Text("secrecyMarkings.0.removed.reason"));
        (await host.Officer.Post($"{path}/documents/{report}/secrecy-markings/1/removal", new { reason = "Igen" })).IsProblem(409, "marking-removed");
        await page.Send(address, $"{address}/secrecy-markings", ("legalGround", "OSL 18 kap. 1 §"), ("version", (await page.Get(address)).Version));
        Assert.Equal("OSL 18 kap. 1 §", (await host.Officer.Get($"{path}/documents/{report}")).Is(200).Text("secrecyMarkings.1.legalGround"));
    }

    [Fact]
    public async Task What_is_given_out_is_seen_by_the_party_that_gave_it_and_told_in_its_package_alone()
    {
        var copy = await MaskedCopy();
        Assert.Equal(report, (await host.Officer.Get($"{path}/documents/{copy}")).Is(200).Text("copyOf.id"));
        (await host.Officer.Post($"{path}/documents", Posted.Form("x"u8.ToArray(), "m.txt", ("title", "M"), ("kind", "masked-copy")))).IsProblem(422, "masked-copy-of-what");
        (await host.Officer.Post($"{path}/documents", Posted.Form("x"u8.ToArray(), "m.txt", ("title", "M"), ("kind", "masked-copy"), ("copyOf", "x")))).IsProblem(422, "invalid-id");

        var given = await host.Officer.Post($"{path}/disclosures", new
        {
            on = "2014-06-13", to = "Anna Ek", outcome = "part", documents = new[] { new { document = report, masked = copy } }, decidedBy = "Erik Ek", reference = "Fi2014/7", ground = "OSL 21 kap. 1 §"
        });
        given.Is(201).Has("number:number party:string on:string to:string outcome:string documents.0.number:number documents.0.version:number documents.0.masked.id:string by.id:string at:string");
        Assert.EndsWith($"{path}/disclosures/1", given.Location, StringComparison.Ordinal);
        Assert.Equal("Anna Ek", (await host.Officer.Get($"{path}/disclosures/1")).Is(200).Text("to"));
        Assert.Equal(1m, (await host.Officer.Get($"{path}/disclosures")).Is(200).Number("_meta.totalRecords"));
        Assert.Equal(0m, (await host.Lead.Get($"{path}/disclosures")).Is(200).Number("_meta.totalRecords"));
        (await host.Lead.Get($"{path}/disclosures/1")).IsProblem(404, "no-such-disclosure");
        Assert.DoesNotContain("Anna Ek", (await host.Lead.Get($"{path}/events")).Text, StringComparison.Ordinal);
        Assert.Contains("Anna Ek", (await host.Officer.Get($"{path}/events")).Text, StringComparison.Ordinal);

        using var page = await PageCaller.SignIn(host, "erik.ek");
        var address = $"/{path}/disclosures";
        Assert.Contains("maskerad kopia", (await page.Get(address)).Text, StringComparison.Ordinal);
        var wrong = await page.Send(address, address, ("on", "2014-06-13"), ("to", "Okänd"), ("outcome", "Refused"), ($"documents/{report}", "whole"), ("ground", ""), ("decidedBy", "Erik Ek"), ("reference", ""));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("Ange på vilken grund", wrong.Text, StringComparison.Ordinal);
        await page.Send(address, address, ("on", "2014-06-13"), ("to", "Okänd"), ("outcome", "Refused"), ($"documents/{report}", "whole"), ("ground", "OSL 21 kap. 1 §"), ("decidedBy", "Erik Ek"), ("reference", ""));
        Assert.Contains("Avslag", (await page.Get(address)).Text, StringComparison.Ordinal);

        using (var own = await Package(host.Officer))
        {
            Assert.Contains("Anna Ek", await Entry(own, "agreement/disclosures.json"), StringComparison.Ordinal);
            Assert.Contains("is_redacted_version_of", await Entry(own, "erms.xml"), StringComparison.Ordinal);
        }
        using (var other = await Package(host.Lead))
            Assert.DoesNotContain(other.Entries, it => it.FullName.EndsWith("disclosures.json", StringComparison.Ordinal));

        // Whom it went to can be erased, and a document that was erased can't be given out.
        var row = (await host.Officer.Get($"{path}/events")).Is(200).At("items").EnumerateArray().First(it => it.Text("type") == "disclosure-recorded").Number("sequence");
        (await host.Officer.Post($"{path}/erasures", new { row, ground = "gdpr-17" })).Is(201);
        (await host.Lead.Post($"{path}/documents/{await Posted.Document(host.Lead, path, "Återtagen")}/withdrawal", new { reason = "Fel" })).Is(200);
        var withdrawn = (await host.Lead.Get($"{path}/documents")).Is(200).At("items").EnumerateArray().Last().Text("id");
        var refused = await host.Lead.Post($"{path}/disclosures", new { on = "2014-06-13", to = "Anna Ek", outcome = "whole", documents = new[] { new { document = withdrawn } }, decidedBy = "Lena Lind" });
        refused.IsProblem(422, "document-withdrawn");
    }
}
