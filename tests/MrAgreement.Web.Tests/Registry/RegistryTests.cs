using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Registry;

/// <summary>A party's register of a day, over HTTP, as a page and as CSV; and what is held of oneself.</summary>
public sealed class RegistryTests : IAsyncLifetime
{
    RunningHost host = null!;
    string path = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start();
        path = await Posted.Agreement(host);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task What_came_in_today_is_listed_for_the_receiver_by_its_number_and_the_sender_by_their_own()
    {
        Assert.Equal("SKR 2014-17", (await host.Lead.Send(HttpMethod.Put, $"{path}/diary-numbers/own", new { number = "SKR 2014-17" })).Is(200).Text("number"));
        await Posted.Submission(host.Lead, path, "report", "Rapporten");

        var officer = (await host.Officer.Get("registry?party=RK")).Is(200);
        officer.Has("items.0.agreement:string items.0.on:string items.0.documents:array items.0.legalGrounds:array");
        var (signed, came) = (officer.At("items").EnumerateArray().Single(it => it.Text("kind") == "signature"), officer.At("items").EnumerateArray().Single(it => it.Text("kind") == "submission"));
        Assert.Equal((2m, "Fi2014/1", "incoming", "SKR", "Rapport", "2014-06-13"), (officer.Number("_meta.totalRecords"), came.Text("number"), came.Text("direction"), came.Text("counterpart"), came.Text("title"), came.Text("registeredOn")));
        Assert.Equal(("own", "agreement-signed"), (signed.Text("direction"), signed.Text("act")));
        var lead = (await host.Lead.Get("registry")).Is(200).At("items").EnumerateArray().ToList();
        Assert.All(lead, row => Assert.Equal("SKR 2014-17", row.Text("number")));
        Assert.Contains(lead, row => row.Text("direction") == "outgoing");
        Assert.Equal(0m, (await host.Officer.Get("registry?date=2014-01-01")).Is(200).Number("_meta.totalRecords"));
        (await host.Officer.Get("registry?party=SKR")).IsProblem(403, "forbidden");
        (await host.Auditor.Get("registry")).IsProblem(403, "forbidden");
        Assert.Equal(["SKR 2014-17", "Fi2014/1", "Fi2014/1"], (await host.Payer.Get($"{path}/diary-numbers")).Is(200).At("items").EnumerateArray().Select(it => it.Text("number")));

        using var page = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains("Inlämning 1", (await page.Get("/registry")).Text, StringComparison.Ordinal);
        Assert.Equal((400, 400), ((await page.Get("/registry?date=2016-99-10")).Status, (await page.Get("/registry.csv?date=x")).Status));
        var csv = (await page.Get("/registry.csv")).Text;
        Assert.Contains(";Fi2014/1;Överenskommelse för prov;Inkommen;SKR;Inlämning 1;Rapport;", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sender_gets_a_receipt_in_the_answer_on_the_page_and_to_print()
    {
        (await host.Officer.Send(HttpMethod.Put, $"{path}/diary-numbers/own", new { number = "Fi2014/99" })).Is(200);
        var submission = await Posted.Submission(host.Lead, path, "report", "Rapporten");
        submission.Has("receipt.party:string receipt.authority:string receipt.diaryNumber:string receipt.receivedAt:string receipt.receivedOn:string");
        Assert.Equal(("RK", "Regeringskansliet", "Fi2014/99", "2014-06-13"), (submission.Text("receipt.party"), submission.Text("receipt.authority"), submission.Text("receipt.diaryNumber"), submission.Text("receipt.receivedOn")));
        using var page = await PageCaller.SignIn(host, "lena.lind");
        Assert.Contains("Mottaget av Regeringskansliet den 13 juni 2014. Diarienummer Fi2014/99.", (await page.Get($"/{path}/obligations/report")).Text, StringComparison.Ordinal);
        Assert.Equal((200, "application/pdf"), await page.Look($"/{path}/obligations/report/submissions/1/receipt") is var (status, _, media, _) ? (status, media) : default);
        Assert.Equal(404, (await page.Get($"/{path}/obligations/report/submissions/2/receipt")).Status);

        Assert.Equal("null", $"{(await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).Is(201).At("receipt").ValueKind}".ToLowerInvariant());
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        Assert.Equal(("KAMK", "Fi2014/1"), (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200) is var sent ? (sent.Text("receipt.party"), sent.Text("receipt.diaryNumber")) : default);
        Assert.Contains("Mottaget av Kammarkollegiet", (await page.Get($"/{path}/grant/requisitions")).Text, StringComparison.Ordinal);
        Assert.Equal((200, "application/pdf"), await page.Look($"/{path}/grant/requisitions/1/receipt/content") is var (code, _, type, _) ? (code, type) : default);
        Assert.Equal("outgoing", (await host.Lead.Get("registry")).Is(200).At("items").EnumerateArray().Single(it => it.Text("kind") == "requisition").Text("direction"));
    }

    [Fact]
    public async Task A_signature_and_an_amendment_have_a_receipt_from_each_party_that_received_them()
    {
        var signature = (await host.Lead.Get(path)).Is(200).At("signature.receipts").EnumerateArray().Select(it => (it.Text("party"), it.Text("diaryNumber"), it.Text("receivedOn")));
        Assert.Equal([("SKR", "Fi2014/1", "2014-06-13"), ("KAMK", "Fi2014/1", "2014-06-13")], signature);
        var amended = (await host.Lead.Post($"{path}/amendments", new { decidedOn = "2014-06-13", reference = "SKR 14/7", effectiveFrom = "2014-06-13", changes = new[] { new { drop = new { key = "accounts", reason = "Behövs inte" } } } })).Is(201);
        Assert.Equal(["RK", "KAMK"], amended.At("receipts").EnumerateArray().Select(it => it.Text("party")));

        using var page = await PageCaller.SignIn(host, "lena.lind");
        var text = (await page.Get($"/{path}/contract")).Text;
        var log = await host.Lead.All($"{path}/events");
        foreach (var act in new[] { "agreement-signed", "amendment-proposed" })
        {
            var address = $"/{path}/receipts/{Sequence(act)}/KAMK";
            Assert.Contains($"href=\"{address}\"", text, StringComparison.Ordinal);
            Assert.Equal((200, "application/pdf"), await page.Look(address) is var (status, _, media, _) ? (status, media) : default);
        }
        Assert.Equal((404, 404), ((await page.Get($"/{path}/receipts/{Sequence("agreement-created")}/KAMK")).Status, (await page.Get($"/{path}/receipts/{Sequence("amendment-proposed")}/SKR")).Status));

        decimal Sequence(string type) => log.Single(it => it.Text("type") == type).Number("sequence");
    }

    [Fact]
    public async Task The_register_has_the_receipts_of_all_that_went_out_of_notes_too()
    {
        (await host.Lead.Post($"{path}/obligations/meeting-2015/times", new { on = "2015-05-12", start = "09:00", end = "12:00", form = "video", link = "https://mote.example/1" })).Is(201);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        var rows = (await host.Lead.Get("registry")).Is(200).At("items").EnumerateArray().ToList();
        var note = rows.Single(it => it.Text("act") == "time-proposed");
        Assert.Equal(("note", "RK", "Fi2014/1", "2014-06-13"), (note.Text("kind"), note.Text("receipts.0.party"), note.Text("receipts.0.diaryNumber"), note.Text("receipts.0.receivedOn")));
        Assert.All(rows.Where(it => it.Text("direction") == "outgoing"), it => Assert.NotEqual(0, it.At("receipts").GetArrayLength()));
        Assert.All((await host.Officer.Get("registry")).Is(200).At("items").EnumerateArray().Where(it => it.Text("direction") == "incoming"), it => Assert.Equal(0, it.At("receipts").GetArrayLength()));

        using var page = await PageCaller.SignIn(host, "lena.lind");
        var links = System.Text.RegularExpressions.Regex.Matches((await page.Get("/registry")).Text, "href=\"(/agreements/[^\"]*/receipt[^\"]*)\"").Select(it => it.Groups[1].Value).ToList();
        Assert.True(links.Count >= 2, $"{links.Count}");
        foreach (var link in links)
            Assert.Equal((200, "application/pdf"), await page.Look(link) is var (status, _, media, _) ? (status, media) : default);
        Assert.Matches("Mottaget av [^;]* den 13 juni 2014. Diarienummer Fi2014/1.", (await page.Look("/registry.csv")).Text);
    }

    [Fact]
    public async Task Whoever_asks_gets_all_that_is_held_of_them_and_of_nobody_else()
    {
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        using var page = await PageCaller.SignIn(host, "lena.lind");

        var held = (await host.Lead.Get("me/export")).Is(200);
        held.Has("person:string at:string profile:null identities:array deputies:array sessions:array security:array acts.0.agreement:string acts.0.sequence:number acts.0.at:string acts.0.type:string");
        var log = (await host.Lead.Get($"{path}/events")).Is(200).At("items").EnumerateArray().Where(row => row.Text("actor.id") == held.Text("person")).Select(row => row.Number("sequence"));
        Assert.Equal(log, held.At("acts").EnumerateArray().Select(act => act.Number("sequence")));
        (await host.Auditor.Get($"{path}/documents/{await Posted.Document(host.Lead, path, "Handling")}/content")).Ok();
        var auditor = (await host.Auditor.Get("me/export")).Is(200);
        Assert.Equal((0, "file-taken"), (auditor.At("acts").GetArrayLength(), auditor.Text("security.0.event")));
        Assert.Contains("href=\"/me/export\"", (await page.Get("/me")).Text, StringComparison.Ordinal);
        Assert.Contains("\"acts\":", (await page.Get("/me/export")).Text, StringComparison.Ordinal);
    }
}
