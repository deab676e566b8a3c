using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Documents;

/// <summary>Bytes on the disk that are altered or gone: never handed out, named, and mended by the right ones.</summary>
public sealed class DamageTests : IAsyncLifetime
{
    static readonly byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Rapport om kartläggningen\n", 5000)));

    readonly KeptLog log = new();
    readonly TemporaryFolder folder = new();
    RunningHost host = null!;
    string path = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start(folder: folder["data"], log: log);
        path = await Posted.Agreement(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    static MultipartFormDataContent Report(string kind = "report") => Posted.Form(bytes, "kartläggning.txt", ("title", "Rapport"), ("kind", kind));

    string FileOf(byte[] content) => FileOf(Convert.ToHexStringLower(SHA256.HashData(content)));

    string FileOf(string address) => Path.Combine(folder["data/documents"], address[..2], address[2..4], address);

    // One bit, at the end, and the file's time as it was.
    static void Alter(string file)
    {
        var time = File.GetLastWriteTimeUtc(file);
        var content = File.ReadAllBytes(file);
        content[^1] ^= 1;
        File.WriteAllBytes(file, content);
        File.SetLastWriteTimeUtc(file, time);
    }

    [Fact]
    public async Task Altered_bytes_are_handed_out_neither_whole_nor_in_part_and_the_right_ones_mend_them()
    {
        var document = $"{path}/documents/{(await host.Lead.Post($"{path}/documents", Report())).Is(201).Text("id")}";
        Assert.Equal(bytes, (await host.Lead.Get($"{document}/content")).Bytes);
        Alter(FileOf(bytes));

        Assert.Contains("kartläggning.txt", (await host.Lead.Get($"{document}/content")).IsProblem(409, "document-damaged").Text("detail"), StringComparison.Ordinal);
        (await host.Lead.Get($"{document}/content", ("Range", "bytes=0-6"))).IsProblem(409, "document-damaged");
        (await host.Auditor.Get($"{document}/content?version=1")).IsProblem(409, "document-damaged");
        Assert.NotEqual(200, (await host.Lead.Send(HttpMethod.Head, $"{document}/content", null)).Status);
        using (var lead = await PageCaller.SignIn(host, "lena.lind"))
        {
            var page = await lead.Get($"/{document}/content");
            Assert.Equal(409, page.Status);
            Assert.Contains("skadad eller saknas", page.Text, StringComparison.Ordinal);
        }
        var ready = (await host.Admin.Get("/health/ready")).Is(200);
        Assert.Equal(("incomplete", "document", document[^36..], "damaged"), (ready.Text("status"), ready.Text("bytes.0.kind"), ready.Text("bytes.0.id"), ready.Text("bytes.0.problem")));

        Assert.Equal(document[^36..], (await host.Lead.Post($"{path}/documents", Report())).Is(200).Text("id"));
        Assert.Equal(bytes, (await host.Lead.Get($"{document}/content")).Bytes);
        Assert.True((await host.Admin.Get($"{path}/events/verification")).Is(200).Flag("valid"));
        Assert.Equal(bytes, (await host.Lead.Get($"{document}/content", ("Range", $"bytes=0-{bytes.Length - 1}"))).Bytes);
    }

    [Fact]
    public async Task Missing_bytes_are_named_by_readiness_and_by_verification_until_they_are_back()
    {
        var id = (await host.Lead.Post($"{path}/documents", Report())).Is(201).Text("id");
        File.Delete(FileOf(bytes));

        (await host.Lead.Get($"{path}/documents/{id}/content")).IsProblem(409, "document-gone");
        var proof = (await host.Admin.Get($"{path}/events/verification")).Is(200);
        Assert.False(proof.Flag("valid"));
        var fault = Assert.Single(proof.At("faults").EnumerateArray());
        Assert.Equal("bytes-missing", fault.Text("what"));
        Assert.Contains($"{id}", fault.Text("detail"), StringComparison.Ordinal);
        using (var auditor = await PageCaller.SignIn(host, "agnes.asp"))
        {
            var page = (await auditor.Get($"/{path}/log?verify")).Text;
            Assert.Contains("Loggen är hel", page, StringComparison.Ordinal);
            Assert.Contains("saknas eller är skadade där de lagras: 1.", page, StringComparison.Ordinal);
            Assert.Matches("<li>Dokument: [^<]+\\(saknas\\)</li>", page);
            // What the page tells is no error of a form, so that nothing is said of what was typed.
            Assert.DoesNotContain("class=\"errors\"", page, StringComparison.Ordinal);
        }
        var ready = (await host.Admin.Get("/health/ready")).Is(200);
        Assert.Equal(("incomplete", $"{id}", "missing", path["agreements/".Length..]), (ready.Text("status"), ready.Text("bytes.0.id"), ready.Text("bytes.0.problem"), ready.Text("bytes.0.agreement")));
        Assert.DoesNotContain(Convert.ToHexStringLower(SHA256.HashData(bytes)), (await host.Admin.Get("/health/ready")).Text, StringComparison.Ordinal);
        // Which they are is told to those who see all agreements, and to nobody else.
        foreach (var other in new[] { host.Nobody, host.Lead, host.As("nobody") })
            Assert.Equal("""{"status":"incomplete","lost":1,"setBack":0,"faulty":0,"untold":0,"unheard":0}""", (await other.Get("/health/ready")).Text);

        // Under another kind it is a new document; the bytes are those of both.
        (await host.Lead.Post($"{path}/documents", Report("plan"))).Is(201);
        Assert.True((await host.Admin.Get($"{path}/events/verification")).Is(200).Flag("valid"));
        Assert.Equal("ready", (await host.Admin.Get("/health/ready")).Is(200).Text("status"));
        Assert.Equal(bytes, (await host.Lead.Get($"{path}/documents/{id}/content")).Bytes);
    }

    [Fact]
    public async Task Readiness_finds_by_itself_what_nobody_has_asked_for()
    {
        var id = (await host.Lead.Post($"{path}/documents", Report())).Is(201).Text("id");
        File.Delete(FileOf(bytes));

        var ready = (await host.Admin.Get("/health/ready")).Is(200);

        Assert.Equal(("incomplete", $"{id}"), (ready.Text("status"), ready.Text("bytes.0.id")));
    }

    [Fact]
    public async Task A_directory_in_the_place_of_the_bytes_is_damage_like_any_other_and_is_moved_aside_by_the_right_ones()
    {
        var document = $"{path}/documents/{(await host.Lead.Post($"{path}/documents", Report())).Is(201).Text("id")}";
        File.Delete(FileOf(bytes));
        Directory.CreateDirectory(FileOf(bytes));
        File.WriteAllText(Path.Combine(FileOf(bytes), "anteckning.txt"), "Vad det än är");

        var named = (await host.Admin.Get("/health/ready")).Is(200);
        Assert.Equal((document[^36..], "damaged"), (named.Text("bytes.0.id"), named.Text("bytes.0.problem")));
        (await host.Lead.Get($"{document}/content")).IsProblem(409, "document-damaged");
        (await host.Lead.Get($"{document}/content")).IsProblem(409, "document-damaged");
        Assert.Contains(log.Lines, IsOfDamage);
        var proof = (await host.Admin.Get($"{path}/events/verification")).Is(200);
        Assert.Equal((false, "bytes-damaged"), (proof.Flag("valid"), proof.Text("faults.0.what")));

        Assert.Equal(document[^36..], (await host.Lead.Post($"{path}/documents", Report())).Is(200).Text("id"));
        Assert.Equal(bytes, (await host.Lead.Get($"{document}/content")).Bytes);
        Assert.True((await host.Admin.Get($"{path}/events/verification")).Is(200).Flag("valid"));
        Assert.Equal("ready", (await host.Admin.Get("/health/ready")).Is(200).Text("status"));
        Assert.Equal("Vad det än är", File.ReadAllText(Assert.Single(Directory.EnumerateFiles(folder["data/trash"], "anteckning.txt", SearchOption.AllDirectories))));
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_folder_is_moved_aside_too()
    {
        var document = $"{path}/documents/{(await host.Lead.Post($"{path}/documents", Report())).Is(201).Text("id")}";
        var outer = Path.GetDirectoryName(Path.GetDirectoryName(FileOf(bytes)))!;
        Directory.Delete(outer, recursive: true);
        File.WriteAllText(outer, "Vad det än är");

        (await host.Lead.Get($"{document}/content")).IsProblem(409, "document-gone");
        (await host.Lead.Post($"{path}/documents", Report())).Is(200);
        Assert.Equal(bytes, (await host.Lead.Get($"{document}/content")).Bytes);
        Assert.Equal("Vad det än är", File.ReadAllText(Assert.Single(Directory.EnumerateFiles(folder["data/trash"]))));
    }

    [Fact]
    public async Task A_damaged_ledger_is_not_read_again_when_its_rows_are_gone_and_the_operator_is_told()
    {
        var ledger = Encoding.Latin1.GetBytes("#FLAGGA 0\n#SIETYP 4\n#ORGNR 222000-0315\n#RAR 0 20140101 20141231\n#VER A 1 20140301\n{\n#TRANS 5010 {6 P1} 100\n#TRANS 1930 {} -100\n}\n");
        (await host.Finance.Post($"{path}/grant/ledger-imports", Posted.Form(ledger, "bok.se", ("dimension", "6"), ("project", "P1")))).Is(201);
        (await host.Finance.Get($"{path}/grant/vouchers")).Is(200);
        await host.DisposeAsync();
        foreach (var rows in Directory.EnumerateFiles(folder["data"], "ledger*"))
            File.Delete(rows);
        host = await RunningHost.Start(folder: folder["data"], log: log);
        Alter(FileOf(ledger));

        (await host.Finance.Get($"{path}/grant/vouchers")).IsProblem(409, "document-damaged");
        var other = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(ledger).Replace("100", "200", StringComparison.Ordinal));
        (await host.Finance.Post($"{path}/grant/ledger-imports", Posted.Form(other, "bok2.se", ("dimension", "6"), ("project", "P1")))).IsProblem(409, "document-damaged");

        Assert.Contains(log.Lines, IsOfDamage);
        Assert.Equal("ledger-import", (await host.Admin.Get("/health/ready")).Is(200).Text("bytes.0.kind"));
    }

    [Fact]
    public async Task A_package_is_not_made_of_altered_bytes_and_an_altered_package_is_not_handed_out()
    {
        var id = (await host.Lead.Post($"{path}/documents", Report())).Is(201).Text("id");
        var whole = (await host.Lead.Post($"{path}/archive-packages", "{}")).Location!;
        var made = await Until(whole, "made");
        Alter(FileOf(bytes));

        await Refused((await host.Lead.Post($"{path}/archive-packages", "{}")).Location!, "document-damaged");
        var package = made.Text("sha256")!;
        Alter(Path.Combine(folder["data/packages"], package[..2], package[2..4], package));
        (await host.Lead.Get($"{whole}/content")).IsProblem(409, "document-damaged");
        (await host.Lead.Get($"{whole}/content", ("Range", "bytes=0-3"))).IsProblem(409, "document-damaged");
        Assert.NotNull(id);
    }

    [Fact]
    public async Task An_altered_bank_file_or_ledger_is_not_read_again()
    {
        var grant = $"{path}/grant";
        var bank = Fixture.Bytes(Fixture.BankFile);
        var import = (await host.Finance.Post($"{grant}/bank-imports", Posted.Form(bank, "camt.xml"))).Is(201).Text("importId");
        Alter(FileOf(bank));

        (await host.Finance.Get($"{grant}/bank-imports/{import}")).IsProblem(409, "document-damaged");
        (await host.Finance.Post($"{grant}/bank-imports/{import}/dismissals", new { entry = 1, reason = "Hör inte hit" })).IsProblem(409, "document-damaged");
        Assert.Equal("bank-import", (await host.Admin.Get("/health/ready")).Is(200).Text("bytes.0.kind"));

        (await host.Finance.Post($"{grant}/bank-imports", Posted.Form(bank, "camt.xml"))).Is(200);
        (await host.Finance.Get($"{grant}/bank-imports/{import}")).Is(200);
    }

    bool IsOfDamage(string line) =>
        line.StartsWith("Error: The bytes of ", StringComparison.Ordinal) && line.Contains("are not those that were stored", StringComparison.Ordinal) && line.Contains(path[^36..], StringComparison.Ordinal);

    async Task<JsonElement> Until(string location, string status)
    {
        for (var tries = 0; ; tries++)
        {
            var at = await host.Lead.Get(location);
            if (at.Status == 200 && at.Json.Text("status") == status)
                return at.Json;
            Assert.True(tries < 2000 && at.Status == 200, at.Text);
            await Task.Yield();
        }
    }

    async Task Refused(string location, string slug)
    {
        WireAnswer at;
        for (var tries = 0; (at = await host.Lead.Get(location)).Status == 200 && tries < 2000; tries++)
            await Task.Yield();
        at.IsProblem(409, slug);
    }
}
