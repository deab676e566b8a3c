using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Documents;

/// <summary>Documents over HTTP: the same bytes once, drafts one's own, bytes as an attachment.</summary>
public class DocumentTests(SharedHost shared)
{
    static readonly byte[] bytes = "Rapport om kartläggningen\n"u8.ToArray();

    readonly RunningHost host = shared.Host;

    static MultipartFormDataContent Report(byte[]? content = null, params (string, string)[] more) =>
        Posted.Form(content ?? bytes, "kartläggning 2015.txt", [("title", "Rapport"), ("kind", "report"), .. more]);

    [Fact]
    public async Task What_was_accepted_stands_on_its_version_and_another_is_the_same_kind_of_file()
    {
        var path = await Posted.Agreement(host);
        var document = await Posted.Document(host.Lead, path, "Rapporten");
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Härmed", documents = new[] { document } })).Is(201);
        Task<WireAnswer> Version(string name, string text) => host.Lead.Post($"{path}/documents/{document}/versions", Posted.Form(System.Text.Encoding.UTF8.GetBytes(text), name));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await host.Lead.Get($"{path}/documents/{document}")).Is(200).At("standsOn").ValueKind);
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/acceptance", new { })).Is(200);
        (await Version("rapport.csv", "a;b")).IsProblem(422, "version-of-other-kind");
        Assert.Equal(1, (await host.Lead.Get($"{path}/documents/{document}")).Is(200).Number("version"));
        (await Version("rapport-2.txt", "Rapporten, rättad")).Is(201);
        var view = (await host.Lead.Get($"{path}/documents/{document}")).Is(200);
        Assert.Equal((2, 1), (view.Number("version"), view.Number("standsOn")));
        using var lead = await MrAgreement.Web.Tests.Pages.PageCaller.SignIn(host, "lena.lind");
        Assert.Contains("Det som är undertecknat eller beslutat avser version 1", (await lead.Get($"/{path}/documents/{document}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_is_registered_with_hash_size_and_number()
    {
        var path = await Posted.Agreement(host);
        var uploaded = await host.Lead.Post($"{path}/documents", Report(null, ("from", "Anna Ek"), ("receivedOn", "2014-06-12")));
        var document = uploaded.Is(201);
        document.Has("""
            id:string title:string kind:string party:string sha256:string size:number fileName:string mediaType:string version:number registered.number:number registered.on:string
            receivedOn:string confidential:boolean legalGround:null versions:array versions.0.version:number versions.0.sha256:string versions.0.by.name:string versions.0.at:string
            """);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, "text/plain", 1), (document.Text("sha256"), (int)document.Number("size"), document.Text("mediaType"), (int)document.Number("version")));
        Assert.Equal((1, "2014-06-13", "2014-06-12", "SKR", "kartläggning 2015.txt"), ((int)document.Number("registered.number"), document.Text("registered.on"), document.Text("receivedOn"), document.Text("party"), document.Text("fileName")));
        Assert.Equal(uploaded.Text, (await host.Lead.Get(uploaded.Location!)).Text);
        Assert.Equal(uploaded.ETag, (await host.Lead.Get(uploaded.Location!)).ETag);
        Assert.Equal(document.Text("id"), (await host.Finance.All($"{path}/documents")).Single().Text("id"));
    }

    [Fact]
    public async Task The_same_bytes_from_the_same_party_are_the_same_document_and_from_another_party_are_not()
    {
        var path = await Posted.Agreement(host);
        var first = (await host.Lead.Post($"{path}/documents", Report())).Is(201);
        var again = await host.Finance.Post($"{path}/documents", Posted.Form(bytes, "annat namn.csv", ("title", "Rapport"), ("kind", "report")));
        Assert.Equal(first.Text("id"), again.Is(200).Text("id"));
        var theirs = (await host.Officer.Post($"{path}/documents", Report())).Is(201);
        Assert.NotEqual(first.Text("id"), theirs.Text("id"));
        Assert.Equal(1, (await host.Lead.Get($"{path}/documents")).Is(200).Number("_meta.totalRecords"));
        Assert.Equal(1, (await host.Officer.Get($"{path}/documents")).Is(200).Number("_meta.totalRecords"));
        // The same paper may be the plan as well.
        Assert.NotEqual(first.Text("id"), (await host.Finance.Post($"{path}/documents", Posted.Form(bytes, "plan.txt", ("title", "Samma"), ("kind", "plan")))).Is(201).Text("id"));
    }

    [Fact]
    public async Task A_format_that_is_not_taken_is_refused_with_those_that_are_before_anything_is_kept()
    {
        using var folder = new TemporaryFolder();
        await using var own = await RunningHost.Start(folder: folder["data"]);
        var path = await Posted.Agreement(own);
        var program = "MZ, och sedan något som kör"u8.ToArray();

        var refused = await own.Lead.Post($"{path}/documents", Posted.Form(program, "rapport.exe", ("title", "Rapport"), ("kind", "report")));

        refused.IsProblem(422, "file-format");
        Assert.Contains(".pdf, .docx, .xlsx", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(folder["data/documents"], "*", SearchOption.AllDirectories), file => new FileInfo(file).Length == program.Length);
        // What the sender calls it does not make it another: the name decides.
        Assert.Equal("application/pdf", (await own.Lead.Post($"{path}/documents", Posted.Form("%PDF-1.7"u8.ToArray(), "rapport.pdf", ("title", "Rapport"), ("kind", "report")))).Is(201).Text("mediaType"));
    }

    [Fact]
    public async Task What_is_written_of_a_document_is_plain_text_of_some_length()
    {
        var path = await Posted.Agreement(host);
        (await host.Lead.Post($"{path}/documents", Posted.Form(bytes, "rapport.txt", ("title", "Rap\u0001port"), ("kind", "report")))).IsProblem(422, "invalid-text");
        (await host.Lead.Post($"{path}/documents", Report(null, ("confidential", "true"), ("legalGround", new string('x', 3_500_000))))).IsProblem(422, "text-length");
    }

    [Fact]
    public async Task A_draft_is_its_own_partys_until_it_is_submitted()
    {
        var path = await Posted.Agreement(host);
        var id = (await host.Lead.Post($"{path}/documents", Report())).Is(201).Text("id");
        foreach (var other in new[] { host.Officer, host.Payer, host.Reader })
        {
            (await other.Get($"{path}/documents/{id}")).IsProblem(404, "unknown-document");
            (await other.Get($"{path}/documents/{id}/content")).IsProblem(404, "unknown-document");
            Assert.Empty(await other.All($"{path}/documents"));
        }
        (await host.Officer.Post($"{path}/documents/{id}/versions", Posted.Form("y"u8.ToArray()))).IsProblem(404, "unknown-document");
        (await host.Officer.Post($"{path}/documents/{id}/versions", Posted.Form("y"u8.ToArray()), ("If-Match", "\"1\""))).IsProblem(404, "unknown-document");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await host.Officer.All($"{path}/events")).Single(e => e.Text("type") == "document-registered").At("data").ValueKind);
        (await host.Auditor.Get($"{path}/documents/{id}/content")).Ok();
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Rapporten", documents = new[] { id } })).Is(201);
        (await host.Officer.Get($"{path}/documents/{id}")).Is(200);
        Assert.Equal(bytes, (await host.Officer.Get($"{path}/documents/{id}/content")).Bytes);
        (await host.Reader.Get($"{path}/documents/{id}/content")).IsProblem(404, "unknown-document");
    }

    [Fact]
    public async Task A_newer_version_is_seen_by_others_only_when_it_is_handed_over()
    {
        var path = await Posted.Agreement(host);
        var id = (await host.Lead.Post($"{path}/documents", Report())).Is(201).Text("id");
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Rapporten", documents = new[] { id } })).Is(201);
        var newer = (await host.Lead.Post($"{path}/documents/{id}/versions", Posted.Form("Version två"u8.ToArray(), "v2.txt"))).Is(201);
        Assert.Equal((2, 2), ((int)newer.Number("version"), newer.At("versions").GetArrayLength()));
        (await host.Lead.Post($"{path}/documents/{id}/versions", Posted.Form("Version två"u8.ToArray(), "v2.txt"))).Is(200);
        Assert.Equal(1, (await host.Officer.Get($"{path}/documents/{id}")).Is(200).Number("version"));
        Assert.Equal(bytes, (await host.Officer.Get($"{path}/documents/{id}/content")).Bytes);
        (await host.Officer.Get($"{path}/documents/{id}/content?version=2")).IsProblem(404, "unknown-document");
        Assert.Equal("Version två", (await host.Lead.Get($"{path}/documents/{id}/content")).Text);
        Assert.Equal(bytes, (await host.Lead.Get($"{path}/documents/{id}/content?version=1")).Bytes);
        (await host.Lead.Get($"{path}/documents/{id}/content?version=3")).IsProblem(404, "unknown-document");
    }

    [Fact]
    public async Task Bytes_come_as_an_attachment_that_is_never_sniffed_whole_or_in_part()
    {
        var path = await Posted.Agreement(host);
        var id = (await host.Lead.Post($"{path}/documents", Report())).Is(201).Text("id");
        var whole = await host.Lead.Get($"{path}/documents/{id}/content");
        Assert.Equal((200, "text/plain", "nosniff"), (whole.Status, whole.MediaType, whole["X-Content-Type-Options"]));
        var disposition = ContentDispositionHeaderValue.Parse(whole["Content-Disposition"]!);
        Assert.Equal(("attachment", "kartläggning 2015.txt"), (disposition.DispositionType, disposition.FileNameStar));
        Assert.Equal(bytes, whole.Bytes);
        var part = await host.Lead.Get($"{path}/documents/{id}/content", ("Range", "bytes=0-6"));
        Assert.Equal((206, "Rapport", $"bytes 0-6/{bytes.Length}"), (part.Status, part.Text, part["Content-Range"]));
        Assert.Equal(416, (await host.Lead.Get($"{path}/documents/{id}/content", ("Range", "bytes=9999-"))).Status);
    }

    [Fact]
    public async Task A_page_hands_out_the_same_attachment_as_the_API()
    {
        var path = await Posted.Agreement(host);
        var id = (await host.Lead.Post($"{path}/documents", Report())).Is(201).Text("id");
        var told = await host.Lead.Get($"{path}/documents/{id}/content");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var session = ("Cookie", lead.Cookie("mragreement"));

        var page = await host.Nobody.Get($"/{path}/documents/{id}/content", session);

        Assert.Equal((200, Convert.ToHexStringLower(SHA256.HashData(bytes)), "default-src 'none'; sandbox"), (page.Status, page.ETag!.Trim('"'), page["Content-Security-Policy"]));
        foreach (var header in new[] { "ETag", "Content-Type", "Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options", "Accept-Ranges" })
            Assert.Equal((header, told[header]), (header, page[header]));
        Assert.Equal(bytes, page.Bytes);
        Assert.Equal(304, (await host.Nobody.Get($"/{path}/documents/{id}/content", session, ("If-None-Match", page.ETag!))).Status);
        Assert.Equal((206, "Rapport"), (await host.Nobody.Get($"/{path}/documents/{id}/content", session, ("Range", "bytes=0-6"))) is var part ? (part.Status, part.Text) : default);
    }

    [Fact]
    public async Task What_is_confidential_names_its_legal_ground_and_reaches_only_whom_it_is_handed_to()
    {
        var path = await Posted.Agreement(host);
        (await host.Lead.Post($"{path}/documents", Report(null, ("confidential", "true")))).IsProblem(422, "legal-ground-missing");
        var document = (await host.Lead.Post($"{path}/documents", Report(null, ("confidential", "true"), ("legalGround", "19 kap. 1 § OSL")))).Is(201);
        Assert.Equal((true, "19 kap. 1 § OSL"), (document.Flag("confidential"), document.Text("legalGround")));
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Rapporten", documents = new[] { document.Text("id") } })).Is(201);
        (await host.Officer.Get($"{path}/documents/{document.Text("id")}")).Is(200);
        (await host.Payer.Get($"{path}/documents/{document.Text("id")}")).IsProblem(404, "unknown-document");
    }

    [Fact]
    public async Task An_upload_that_is_wrong_is_refused_at_its_field_and_registers_nothing()
    {
        var path = await Posted.Agreement(host);
        (await host.Lead.Post($"{path}/documents", Report([]))).IsProblem(422, "file-empty");
        (await host.Lead.Post($"{path}/documents", Report(null, ("colour", "red")))).IsProblem(422, "unknown-field");
        (await host.Lead.Post($"{path}/documents", Report(null, ("receivedOn", "2015-02-29")))).IsProblem(422, "invalid-date");
        (await host.Lead.Post($"{path}/documents", Report(null, ("receivedOn", "2014-06-14")))).IsProblem(422, "date-in-future");
        (await host.Lead.Post($"{path}/documents", Report(null, ("confidential", "maybe")))).IsProblem(422, "invalid-choice");
        (await host.Lead.Post($"{path}/documents", Posted.Form(bytes, "x.txt", ("title", "Rapport"), ("kind", "En rapport")))).IsProblem(422, "document-kind");
        (await host.Lead.Post($"{path}/documents", Posted.Form(bytes, "x.txt", ("kind", "report")))).IsProblem(422, "text-length");
        (await host.Lead.Post($"{path}/documents", new MultipartFormDataContent { { new StringContent("Rapport"), "title" }, { new StringContent("report"), "kind" } })).IsProblem(422, "required");
        (await host.Lead.Post($"{path}/documents", new { title = "Rapport" })).IsProblem(415, "unsupported-media-type");
        (await host.Lead.Post($"{path}/documents", new StringContent("kaputt", Encoding.UTF8, new MediaTypeHeaderValue("multipart/form-data")))).IsProblem(400, "bad-request");
        (await host.Lead.Post($"{path}/documents", new ByteArrayContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\navbru"u8.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x") } })).IsProblem(400, "bad-request");
        (await host.Lead.Post($"{path}/documents", Posted.Form(bytes, "x.txt", ("title", "a\0b"), ("kind", "report")))).IsProblem(422, "invalid-text");
        (await host.Auditor.Post($"{path}/documents", Report())).IsProblem(403, "forbidden");
        Assert.Empty(await host.Admin.All($"{path}/documents"));
    }

    [Fact]
    public async Task More_than_100_MB_is_refused_and_nothing_of_it_is_kept()
    {
        using var folder = new TemporaryFolder();
        await using var own = await RunningHost.Start(folder: folder["data"]);
        var path = await Posted.Agreement(own);
        var large = new byte[100 * 1024 * 1024 + 1];
        (await own.Lead.Post($"{path}/documents", Report(large))).IsProblem(413, "too-large");
        Assert.Empty(await own.Lead.All($"{path}/documents"));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder["data/documents"], "*", SearchOption.AllDirectories), file => new FileInfo(file).Length > 1024);
    }

    [Fact]
    public async Task Only_ones_own_documents_are_submitted()
    {
        var path = await Posted.Agreement(host);
        var theirs = await Posted.Document(host.Officer, path, "Departementets");
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Rapporten", documents = new[] { theirs } })).IsProblem(422, "unknown-document");
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Rapporten", documents = new[] { Posted.Nowhere } })).IsProblem(422, "unknown-document");
        var plan = await Posted.Document(host.Lead, path, "En plan", "plan");
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Rapporten", documents = new[] { plan } })).IsProblem(422, "documents-missing");
    }
}
