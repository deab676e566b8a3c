extern alias Schemas;

using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MrAgreement.Web.Tests.Hosts;
using Schemas::Json.Schema;

namespace MrAgreement.Web.Tests.Published;

/// <summary>What everybody may read, as somebody would who looks for more than that.</summary>
public class PublishedTests(SharedHost shared)
{
    static readonly object passed = new { passed = true }, checks = new { secrecy = passed, personalData = new { passed = true, note = "Anna Ek har läst" }, accessibility = passed };
    static readonly string[] files = ["/published/feed.atom", "/published/list.csv", "/published/dcat.rdf", "/api/v1/published?limit=100", "/published"];

    readonly RunningHost host = shared.Host;

    static object Material(string title, string? document = null, string? address = null, string kind = "guide") =>
        new { title, kind, on = "2014-06-13", language = "sv", document, address };

    async Task<string> Agreement(string title)
    {
        var terms = Posted.Terms2014();
        terms["title"] = title;
        return await Posted.Agreement(host, terms);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Without the address that was asked for, and the token of the form for another language.
    static string Shown(WireAnswer page, string agreement) => Regex.Replace(page.Text, """name="__RequestVerificationToken" value="[^"]*""", "").Replace(agreement, "", StringComparison.Ordinal);

    static string Public(string agreement, int? number = null) => $"/published/{agreement["agreements/".Length..]}{(number is { } one ? $"/{one}" : "")}";

    async Task<string> Everything()
    {
        var all = new StringBuilder();
        foreach (var file in files)
        {
            var read = await host.Nobody.Get(file);
            read.Ok();
            all.Append(read.Text);
        }
        var grants = await host.Nobody.Get("/published/grants.json");
        return all.Append(grants.Status == 200 ? grants.Text : "").ToString();
    }

    [Fact]
    public async Task It_is_registered_by_one_side_approved_by_the_other_and_read_by_everybody_at_a_stable_address()
    {
        var path = await Agreement("Avtalet om vägledningar");
        var document = await Posted.Document(host.Lead, path, "Vägledningen i sin helhet");
        var registered = (await host.Lead.Post($"{path}/publications", Material("Vägledning ett", document))).Is(201);
        registered.Has("number:number title:string kind:string status:string on:string language:string document.id:string address:null measure:null party:string by.name:string approval:null withdrawn:null publicAddress:null");
        (await host.Finance.Post($"{path}/publications", Material("Annan", document))).IsProblem(403, "forbidden");
        (await host.Lead.Post($"{path}/publications", Material("Skript", null, "javascript:alert(1)"))).IsProblem(422, "address-unreadable");
        (await host.Lead.Post($"{path}/publications/1/approval", new { checks })).IsProblem(403, "own-publication");
        (await host.Officer.Post($"{path}/publications/1/approval", new { checks = new { secrecy = passed, personalData = passed } })).IsProblem(422, "required");
        (await host.Officer.Post($"{path}/publications/1/approval", new { checks = new { secrecy = passed, personalData = passed, accessibility = new { passed = false } } })).IsProblem(422, "check-not-passed");
        // The other side reads it before it approves it, and whoever reads what is public does not know of it.
        (await host.Officer.Get($"{path}/documents/{document}/content")).Ok();
        Assert.Equal(0m, (await host.Reader.Get($"{path}/publications")).Is(200).Number("_meta.totalRecords"));
        (await host.Reader.Get($"{path}/publications/1")).IsProblem(404, "no-such-publication");

        var approved = (await host.Officer.Post($"{path}/publications/1/approval", new { checks })).Is(200);
        Assert.Equal(("published", Public(path, 1)), (approved.Text("status"), approved.Text("publicAddress")));
        (await host.Officer.Post($"{path}/publications/1/spreading", new { party = "RK", channel = "Nyhetsbrev från Anna Ek", on = "2014-06-13" })).Is(200);
        Assert.Equal("Vägledning ett", (await host.Reader.Get($"{path}/publications/1")).Is(200).Text("title"));

        var page = await host.Nobody.Get(Public(path, 1));
        Assert.Contains("Vägledning ett", page.Text, StringComparison.Ordinal);
        var content = await host.Nobody.Get($"{Public(path, 1)}/document");
        Assert.Equal("Vägledningen i sin helhet", content.Text);
        Assert.Equal(("nosniff", "default-src 'none'; sandbox", "public, no-cache"), (content["X-Content-Type-Options"], content["Content-Security-Policy"], content["Cache-Control"]));
        // By a name that nobody had to check.
        Assert.StartsWith("attachment; filename=", content["Content-Disposition"], StringComparison.Ordinal);
        Assert.DoesNotContain("rapport", content["Content-Disposition"], StringComparison.OrdinalIgnoreCase);
        (await host.Nobody.Get($"{Public(path, 1)}/document", ("If-None-Match", content.ETag!))).Is(304);
        Assert.Equal("Vägl", (await host.Nobody.Get($"{Public(path, 1)}/document", ("Range", "bytes=0-4"))).Text);
        (await host.Nobody.Send(HttpMethod.Head, $"{Public(path, 1)}/document", null)).Is(200);

        var listed = await host.Nobody.Get($"/api/v1{Public(path)}");
        listed.Is(200).Has("items.0.agreement:string items.0.agreementTitle:string items.0.publisher:string items.0.address:string items.0.content:string items.0.sha256:string");
        (await host.Nobody.Get($"/api/v1{Public(path)}", ("If-None-Match", listed.ETag!))).Is(304);
        // Beyond the last page there is nothing.
        Assert.Equal(404, (await host.Nobody.Get($"{Public(path)}?page=9")).Status);
        Assert.Equal(200, (await host.Nobody.Get("/published?page=99999")).Status);
        // Neither who did it, nor what was said of it, nor where it was spread.
        var everything = await Everything() + page.Text + listed.Text;
        Assert.Contains("Vägledning ett", everything, StringComparison.Ordinal);
        foreach (var hidden in new string[] { "Anna Ek", "Nyhetsbrev", (await host.Lead.Get("me")).Is(200).Text("name")!, (await host.Officer.Get("me")).Is(200).Text("name")! })
            Assert.DoesNotContain(hidden, everything, StringComparison.Ordinal);
        var feed = XDocument.Parse((await host.Nobody.Get("/published/feed.atom")).Text);
        Assert.Equal("feed", feed.Root!.Name.LocalName);
    }

    [Fact]
    public async Task What_is_not_open_is_answered_as_what_is_not_there()
    {
        var path = await Agreement("Hemliga avtalet om Y");
        var document = await Posted.Document(host.Lead, path, "Utkastet");
        (await host.Lead.Post($"{path}/publications", Material("Utkast till vägledning", document))).Is(201);
        (await host.Lead.Post($"{path}/publications", Material("Taget tillbaka i tid", null, "https://www.example.se/"))).Is(201);
        (await host.Officer.Post($"{path}/publications/2/withdrawal", new { reason = "Inte läst" })).Is(200);
        var nowhere = Guid.NewGuid();
        foreach (var rest in new[] { "", "/1", "/1/document", "/2", "/2/document", "/3", "/0", "/-1", "/2147483647", "/1/documents" })
        {
            var there = await host.Nobody.Get(Public(path) + rest);
            var none = await host.Nobody.Get($"/published/{nowhere}{rest}");
            Assert.Equal((404, Shown(none, $"{nowhere}")), (there.Status, Shown(there, path["agreements/".Length..])));
            Assert.Equal(none["Cache-Control"], there["Cache-Control"]);
            Assert.Equal(404, (await host.Nobody.Send(HttpMethod.Head, Public(path) + rest, null)).Status);
        }
        (await host.Nobody.Get($"/api/v1{Public(path)}")).IsProblem(404, "nothing-published");
        (await host.Nobody.Get($"/api/v1/published/{nowhere}")).IsProblem(404, "nothing-published");
        (await host.Nobody.Get($"{path}/publications")).Says401();
        var everything = await Everything();
        foreach (var hidden in new[] { "Hemliga avtalet", "Utkast till", "Taget tillbaka", path["agreements/".Length..] })
            Assert.DoesNotContain(hidden, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawn_it_is_gone_at_once_whatever_the_reader_has_kept_and_a_later_version_never_was_open()
    {
        var path = await Agreement("Avtalet om återkallelser");
        var document = await Posted.Document(host.Lead, path, "Det som godkändes");
        (await host.Lead.Post($"{path}/publications", Material("Återkallad vägledning", document))).Is(201);
        (await host.Officer.Post($"{path}/publications/1/approval", new { checks })).Is(200);
        (await host.Lead.Post($"{path}/documents/{document}/versions", Posted.Form(Encoding.UTF8.GetBytes("Det som kom sedan")))).Is(201);
        var kept = await host.Nobody.Get($"{Public(path, 1)}/document");
        Assert.Equal("Det som godkändes", kept.Text);
        Assert.Equal("Det som godkändes", (await host.Nobody.Get($"{Public(path, 1)}/document?version=2")).Text);

        // While it is marked as secret nobody outside reads it.
        (await host.Officer.Post($"{path}/documents/{document}/secrecy-markings", new { legalGround = "OSL 21 kap. 1 §" })).Is(201);
        Assert.Equal((404, 404), ((await host.Nobody.Get(Public(path, 1))).Status, (await host.Nobody.Get($"{Public(path, 1)}/document", ("If-None-Match", kept.ETag!))).Status));
        Assert.Equal("closed", (await host.Lead.Get($"{path}/publications/1")).Is(200).Text("status"));
        (await host.Officer.Post($"{path}/documents/{document}/secrecy-markings/1/removal", new { reason = "Öppen" })).Is(200);
        (await host.Nobody.Get($"{Public(path, 1)}/document")).Ok();

        (await host.Officer.Post($"{path}/publications/1/withdrawal", new { reason = "Ett namn på sidan 4" })).Is(200);
        foreach (var rest in new[] { "", "/document" })
        {
            var gone = await host.Nobody.Get(Public(path, 1) + rest, ("If-None-Match", kept.ETag!), ("Range", "bytes=0-4"));
            Assert.Equal((410, "noindex"), (gone.Status, gone["X-Robots-Tag"]));
            foreach (var hidden in new[] { "Återkallad vägledning", "Ett namn", "godkändes", "Avtalet om" })
                Assert.DoesNotContain(hidden, gone.Text, StringComparison.Ordinal);
        }
        Assert.Equal(404, (await host.Nobody.Get(Public(path))).Status);
        Assert.DoesNotContain("Återkallad vägledning", await Everything(), StringComparison.Ordinal);
        (await host.Lead.Post($"{path}/publications/1/withdrawal", new { reason = "Igen" })).IsProblem(409, "publication-withdrawn");
    }

    [Fact]
    public async Task Erased_it_is_gone_and_says_so()
    {
        var path = await Agreement("Avtalet om radering");
        var document = await Posted.Document(host.Lead, path, "Det som ska raderas");
        (await host.Lead.Post($"{path}/publications", Material("Raderad vägledning", document))).Is(201);
        (await host.Officer.Post($"{path}/publications/1/approval", new { checks })).Is(200);
        (await host.Nobody.Get($"{Public(path, 1)}/document")).Ok();
        var asked = await host.Lead.Post($"{path}/erasures", new { document, ground = "disposal", reference = "RA-MS 2026:1" });
        asked.Is(201);
        (await host.Officer.Post(new Uri(asked.Location!).AbsolutePath["/api/v1/".Length..] + "/approval")).Is(200);
        foreach (var rest in new[] { "", "/document" })
        {
            var gone = await host.Nobody.Get(Public(path, 1) + rest);
            Assert.Equal(410, gone.Status);
            Assert.Contains("raderats", gone.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Raderad vägledning", gone.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_grant_is_open_data_once_a_decision_or_a_report_is_and_holds_by_the_standard_s_schema()
    {
        var path = await Agreement("Avtalet om bidraget");
        (await host.Lead.Post($"{path}/publications", Material("En vägledning", null, "https://www.example.se/a"))).Is(201);
        (await host.Officer.Post($"{path}/publications/1/approval", new { checks })).Is(200);
        Assert.DoesNotContain("Avtalet om bidraget", (await host.Nobody.Get("/published/grants.json")).Text, StringComparison.Ordinal);
        (await host.Officer.Post($"{path}/publications", Material("Beslutet", null, "https://www.example.se/b", "decision"))).Is(201);
        (await host.Lead.Post($"{path}/publications/2/approval", new { checks })).Is(200);

        var grants = (await host.Nobody.Get("/published/grants.json")).Text;
        Assert.Contains("Avtalet om bidraget", grants, StringComparison.Ordinal);
        var one = await Schema("360-giving-schema.json");
        var package = await Schema("360-giving-package-schema.json");
        // The package names the schema of the version before, which is the same.
        SchemaRegistry.Global.Register(new Uri("https://raw.githubusercontent.com/ThreeSixtyGiving/standard/1.4.2/schema/360-giving-schema.json"), one);
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
        var result = package.Evaluate(System.Text.Json.JsonDocument.Parse(grants).RootElement, options);
        Assert.True(result.IsValid, string.Join('\n', (result.Details ?? []).Where(it => it.Errors is not null).SelectMany(it => it.Errors!.Select(error => $"{it.InstanceLocation}: {error.Value}"))));
        // It would tell: a grant without what must be there is none.
        var lacking = JsonNode.Parse(grants)!;
        lacking["grants"]![0]!.AsObject().Remove("awardDate");
        Assert.False(package.Evaluate(System.Text.Json.JsonDocument.Parse(lacking.ToJsonString()).RootElement, options).IsValid);

        var catalogue = XDocument.Parse((await host.Nobody.Get("/published/dcat.rdf")).Text);
        XNamespace dcterms = "http://purl.org/dc/terms/", dcat = "http://www.w3.org/ns/dcat#", foaf = "http://xmlns.com/foaf/0.1/", rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
        var described = catalogue.Root!.Element(dcat + "Catalog")!;
        Assert.All(new[] { dcterms + "title", dcterms + "description", dcterms + "publisher", dcterms + "license", dcat + "dataset" }, name => Assert.NotEmpty(described.Elements(name)));
        Assert.All(new[] { foaf + "name", dcterms + "type" }, name => Assert.NotNull(catalogue.Root.Element(foaf + "Agent")!.Element(name)));
        Assert.All(catalogue.Root.Elements(dcat + "Dataset"), dataset => Assert.All(new[] { dcterms + "title", dcterms + "description", dcterms + "publisher", dcat + "contactPoint", dcat + "distribution" }, name => Assert.NotEmpty(dataset.Elements(name))));
        // What it names is there, and what is to be fetched answers.
        var named = catalogue.Root.Elements().Select(it => it.Attribute(rdf + "about")!.Value).ToHashSet();
        Assert.All(catalogue.Descendants().Where(it => it.Name == dcat + "distribution" || it.Name == dcat + "dataset" || it.Name == dcat + "contactPoint" || it.Name == dcterms + "publisher"), it => Assert.Contains(it.Attribute(rdf + "resource")!.Value, named));
        foreach (var file in catalogue.Descendants(dcat + "accessURL").Select(it => new Uri(it.Attribute(rdf + "resource")!.Value)))
            (await host.Nobody.Get(file.PathAndQuery)).Ok();

        // It names the dialect with http, under which nobody has it.
        static async Task<JsonSchema> Schema(string file) => JsonSchema.FromText((await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Published", file), Cancellation))
            .Replace("http://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2020-12/schema", StringComparison.Ordinal));
    }
}
