using System.Text;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Documents;

/// <summary>A refused upload leaves no bytes, and takes none away that somebody else has registered.</summary>
public sealed class RefusedUploadTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    RunningHost host = null!;
    string path = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start(folder: folder["data"]);
        path = await Fixture.Agreement(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    List<string> Files => [.. Directory.EnumerateFiles(folder["data/documents"], "*", SearchOption.AllDirectories)];

    static MultipartFormDataContent Form(string text, string kind = "report") => Posted.Form(Encoding.UTF8.GetBytes(text), "rapport.txt", ("title", "Rapport"), ("kind", kind));

    [Fact]
    public async Task A_refused_document_leaves_nothing()
    {
        (await host.Lead.Post($"{path}/documents", Form("a", "En rapport"))).IsProblem(422, "document-kind");
        (await host.Lead.Post($"{path}/documents", Form("b"), ("Idempotency-Key", new string('x', 256)))).IsProblem(400, "malformed-idempotency-key");
        (await host.Lead.Post($"{path}/documents/{Posted.Nowhere}/versions", Posted.Form("c"u8.ToArray()))).IsProblem(404, "unknown-document");
        (await host.Lead.Post($"{path}/documents", Form(""))).IsProblem(422, "file-empty");
        Assert.Empty(Files);

        var id = (await host.Lead.Post($"{path}/documents", Form("d"))).Is(201).Text("id");
        (await host.Lead.Post($"{path}/documents/{id}/versions", Posted.Form("e"u8.ToArray()), ("If-Match", "\"1\""))).IsProblem(412, "stale-if-match");
        Assert.Single(Files);
    }

    [Fact]
    public async Task A_refused_ledger_or_bank_file_leaves_nothing()
    {
        (await host.Finance.Post($"{path}/grant/bank-imports", Posted.Form("<a/>"u8.ToArray(), "camt.xml"))).Is(422);
        (await host.Finance.Post($"{path}/grant/ledger-imports", Posted.Form("#FLAGGA 0\n"u8.ToArray(), "bok.se", ("dimension", "6"), ("project", "P1")))).Is(422);
        var running = await host.Finance.Post($"{path}/grant/ledger-imports", Posted.Form("#FLAGGA 0\n#X"u8.ToArray(), "bok.se", ("dimension", "6"), ("project", "P1")), ("Prefer", "respond-async"));
        running.Is(202);
        for (var tries = 0; (await host.Finance.Get(running.Location!)).Status == 200 && tries < 2000; tries++)
            await Task.Yield();
        Assert.Empty(Files);

        using var finance = await PageCaller.SignIn(host, "farid.falk");
        Assert.Equal(422, (await finance.Send($"/{path}/grant/bank", $"/{path}/grant/bank", ("camt.xml", "<b/>"u8.ToArray()))).Status);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task A_refused_document_form_leaves_nothing_and_its_file_need_not_be_chosen_again()
    {
        var page = $"/{await Posted.Agreement(host)}";
        using var lead = await PageCaller.SignIn(host, "lena.lind");

        var refused = await lead.Send(page, $"{page}/documents", ("rapport.txt", "Rapporten"u8.ToArray()), ("title", " "), ("kind", "report"));
        Assert.Equal(422, refused.Status);
        Assert.Empty(Files);
        var again = await lead.Send(page, $"{page}/documents", ("title", "Rapport"), ("kind", "?"), ("kept-file", Kept(refused, "file")));
        Assert.Equal(422, again.Status);
        Assert.Empty(Files);

        Assert.Equal(200, (await lead.Send(page, $"{page}/documents", ("title", "Rapport"), ("kind", "report"), ("kept-file", Kept(again, "file")))).Status);
        Assert.Equal("Rapporten", File.ReadAllText(Assert.Single(Files)));
    }

    [Theory]
    [InlineData("lena.lind", "report", "submissions", "summary")]
    [InlineData("erik.ek", "information", "completion", "note")]
    public async Task A_refused_act_with_files_leaves_none_of_them(string person, string obligation, string act, string text)
    {
        var page = $"/{await Posted.Agreement(host)}/obligations/{obligation}";
        using var by = await PageCaller.SignIn(host, person);

        var stale = await by.Send(page, $"{page}/{act}", "file/0", ("rapport.txt", "Rapporten"u8.ToArray()), ("version", "0"), (text, "Klart"), ("kind/0", "report"));
        var faulty = await by.Send(page, $"{page}/{act}", "file/0", ("plan.txt", "Planen"u8.ToArray()), (text, " "), ("kind/0", "report"));

        Assert.All([stale.Status, faulty.Status], status => Assert.Contains(status, (int[])[412, 422]));
        Assert.Empty(Files);
    }

    [Fact]
    public async Task A_refused_form_takes_nothing_away_that_somebody_has_registered()
    {
        var agreement = await Posted.Agreement(host);
        (await host.Lead.Post($"{agreement}/documents", Form("samma"))).Is(201);
        using var lead = await PageCaller.SignIn(host, "lena.lind");

        Assert.Equal(422, (await lead.Send($"/{agreement}", $"/{agreement}/documents", ("rapport.txt", "samma"u8.ToArray()), ("title", " "), ("kind", "report"))).Status);
        Assert.Single(Files);
    }

    static string Kept(PageAnswer page, string field) => page.Text[(page.Text.IndexOf($"name=\"kept-{field}\" value=\"", StringComparison.Ordinal) + field.Length + 20)..].Split('"')[0];

    [Fact]
    public async Task What_somebody_has_registered_stays_when_somebody_else_is_refused()
    {
        (await host.Lead.Post($"{path}/documents", Form("samma"))).Is(201);
        (await host.Officer.Post($"{path}/documents", Form("samma", "En rapport"))).IsProblem(422, "document-kind");
        Assert.Single(Files);
        Assert.True((await host.Admin.Get($"{path}/events/verification")).Is(200).Flag("valid"));
    }

    [Fact]
    public async Task What_is_missing_of_a_closed_agreement_is_mended_by_an_upload_that_is_refused()
    {
        (await host.Lead.Post($"{path}/documents", Form("samma"))).Is(201);
        File.Delete(Files.Single());
        (await host.Lead.Post($"{path}/documents", Form("samma", "En rapport"))).IsProblem(422, "document-kind");
        Assert.True((await host.Admin.Get($"{path}/events/verification")).Is(200).Flag("valid"));
    }
}
