using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Documents;

/// <summary>What is said of a document is kept, told, and never dropped in silence; what several parties have goes when two will have it so.
/// </summary>
public class ParticularsTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    Task<WireAnswer> Upload(string path, string text, params (string, string)[] fields) =>
        host.Lead.Post($"{path}/documents", Posted.Form(System.Text.Encoding.UTF8.GetBytes(text), "fil.txt", fields));

    [Fact]
    public async Task The_same_bytes_with_other_particulars_are_refused_and_nothing_typed_is_lost()
    {
        var path = await Posted.Agreement(host);
        (await Upload(path, "Känsligt", ("title", "Öppen"), ("kind", "note"))).Is(201);
        (await Upload(path, "Känsligt", ("title", "Öppen"), ("kind", "note"))).Is(200);
        var refused = await Upload(path, "Känsligt", ("title", "Öppen"), ("kind", "note"), ("confidential", "true"), ("legalGround", "OSL 21 kap. 1 §"));
        refused.IsProblem(409, "document-exists");
        Assert.Contains("dokument 1", refused.Text, StringComparison.Ordinal);
        var original = (await Upload(path, "Rapport", ("title", "Rapport"), ("kind", "note"))).Is(201).Text("id")!;
        (await Upload(path, "Rapport", ("title", "Maskerad"), ("kind", "masked-copy"), ("copyOf", original))).IsProblem(422, "masked-copy-same");

        using var page = await PageCaller.SignIn(host, "lena.lind");
        var again = await page.Send($"/{path}", $"/{path}/documents", ("fil.txt", "Känsligt"u8.ToArray()), ("title", "Öppen"), ("kind", "note"), ("confidential", "true"), ("legalGround", "OSL 21 kap. 1 §"), ("from", "Anna Ek"), ("receivedOn", ""));
        Assert.Equal(409, again.Status);
        Assert.Contains("redan registrerad som dokument 1", again.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"OSL 21 kap. 1 §\"", again.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Anna Ek\"", again.Text, StringComparison.Ordinal);
        Assert.Equal(2m, (await host.Lead.Get($"{path}/documents")).Is(200).Number("_meta.totalRecords"));
    }

    [Fact]
    public async Task The_register_says_from_whom_a_document_came_what_was_drawn_up_and_what_became_of_it()
    {
        var path = await Posted.Agreement(host);
        var came = (await Upload(path, "a", ("title", "Inkommen begäran"), ("kind", "note"), ("from", "Anna\u202E Ek"), ("receivedOn", "2014-06-12"))).Is(201);
        var made = (await Upload(path, "b", ("title", "Eget svar"), ("kind", "note"), ("receivedOn", "2014-06-12"))).Is(201);
        came.Has("from:string receivedOn:string drawnUpOn:null erased:boolean");
        Assert.Equal("Anna Ek", came.Text("from"));
        Assert.Equal("2014-06-12", made.Text("drawnUpOn"));
        made.Has("from:null receivedOn:null");
        (await host.Lead.Post($"{path}/documents/{made.Text("id")}/withdrawal", new { reason = "Fel" })).Is(200);

        var rows = (await host.Lead.All("registry?date=2014-06-12")).Where(row => path.EndsWith(row.Text("agreement")!, StringComparison.Ordinal) && row.Text("kind") == "document").ToList();
        Assert.Equal([("incoming", "Anna Ek", null), ("own", null, "withdrawn")], rows.Select(row => (row.Text("direction"), row.Text("counterpart"), row.Text("state"))));
        using var page = await PageCaller.SignIn(host, "lena.lind");
        var csv = (await page.Get("/registry.csv?date=2014-06-12")).Text;
        Assert.Matches("Inkommen;Anna Ek;Handling;Inkommen begäran;1;[^\n]*\n", csv);
        Assert.Matches("Upprättad;;Handling;Eget svar;2;[^\n]*Återtagen", csv);
        Assert.Matches("Eget svar[^\n]*Återtagen", (await page.Get("/registry?date=2014-06-12")).Text);
        var own = (await page.Get($"/{path}/documents/{came.Text("id")}")).Text;
        Assert.Contains("Kom in den", own, StringComparison.Ordinal);
        Assert.Contains("Anna Ek", own, StringComparison.Ordinal);
        Assert.Contains("Upprättad den", (await page.Get($"/{path}/documents/{made.Text("id")}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_outside_sent_a_document_can_be_given_a_receipt_of_it()
    {
        var path = await Posted.Agreement(host);
        var came = (await Upload(path, "a", ("title", "Begäran"), ("kind", "note"), ("from", "Anna Ek"), ("receivedOn", "2014-06-12"))).Is(201);
        var made = (await Upload(path, "b", ("title", "Eget svar"), ("kind", "note"))).Is(201);
        came.Has("receipt.authority:string receipt.diaryNumber:string receipt.receivedAt:string");
        made.Has("receipt:null");
        Assert.Equal(("SKR", "2014-06-12"), (came.Text("receipt.party"), came.Text("receipt.receivedOn")));

        using var page = await PageCaller.SignIn(host, "lena.lind");
        string Receipt(System.Text.Json.JsonElement of) => $"/{path}/documents/{of.Text("id")}/receipt";
        foreach (var at in new[] { $"/{path}/documents/{came.Text("id")}", "/registry?date=2014-06-12" })
            Assert.Contains($"href=\"{Receipt(came)}\">Skriv ut kvittot till Anna Ek", (await page.Get(at)).Text, StringComparison.Ordinal);
        Assert.Matches("Anna Ek;[^\n]*Mottaget av [^;]* den 12 juni 2014. Diarienummer Fi2014/1.", (await page.Look("/registry.csv?date=2014-06-12")).Text);
        Assert.Equal((200, "application/pdf"), await page.Look(Receipt(came)) is var (status, _, media, _) ? (status, media) : default);
        Assert.Equal(404, (await page.Get(Receipt(made))).Status);
        using var other = await PageCaller.SignIn(host, "erik.ek");
        Assert.Equal(404, (await other.Get(Receipt(came))).Status);
    }

    [Fact]
    public async Task A_wrong_record_of_a_disclosure_is_taken_back_and_administrators_see_whose_it_is()
    {
        var path = await Posted.Agreement(host);
        var document = await Posted.Document(host.Lead, path, "Utlämnad");
        object Given(string on) => new { on, to = "Anna Ek", outcome = "whole", documents = new[] { new { document } }, decidedBy = "Lena Lind" };
        (await host.Lead.Post($"{path}/disclosures", Given("2014-06-12"))).IsProblem(422, "disclosure-before-document");
        (await host.Lead.Post($"{path}/disclosures", Given("2014-06-13"))).Is(201).Has("withdrawn:null");
        (await host.Officer.Post($"{path}/disclosures/1/withdrawal", new { reason = "Nej" })).IsProblem(404, "no-such-disclosure");

        using var page = await PageCaller.SignIn(host, "lena.lind");
        var address = $"/{path}/disclosures";
        var gone = await page.Send(address, $"{address}/1/withdrawal", ("reason", "Fel person"));
        Assert.Contains("Återtaget av Lena Lind", gone.Text, StringComparison.Ordinal);
        Assert.Contains("Fel person", gone.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{address}/1/withdrawal", gone.Text, StringComparison.Ordinal);
        Assert.Equal("Fel person", (await host.Lead.Get($"{path}/disclosures/1")).Is(200).Text("withdrawn.reason"));
        (await host.Lead.Post($"{path}/disclosures/1/withdrawal", new { reason = "Igen" })).IsProblem(409, "disclosure-withdrawn");
        (await host.Lead.Post($"{path}/disclosures", Given("2014-06-13"))).Is(201);
        Assert.Contains("<dt>Part</dt><dd>Sveriges Kommuner och Regioner</dd>", (await page.Get(address)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fel person", (await host.Officer.Get($"{path}/events")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_handed_over_is_erased_when_the_other_party_approves_who_is_told_what_it_is()
    {
        var path = await Posted.Agreement(host);
        var submission = await Posted.Submission(host.Lead, path, "report", "Delad rapport");
        var document = submission.Text("documents.0.id")!;
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        Assert.Contains("överlämnad, godkänns av RK", (await lead.Get($"/{path}/erasures")).Text, StringComparison.Ordinal);
        var asked = (await host.Lead.Post($"{path}/erasures", new { document, ground = "disposal", reference = "A\u202E1" })).Is(201);
        Assert.Equal(("RK", "A1"), (asked.Text("approvers.0"), asked.Text("reference")));
        var told = (await host.Approver.Post($"{path}/erasures/1/approval"));
        told.IsProblem(403, "erasure-of-several");
        Assert.Contains("RK", told.Text, StringComparison.Ordinal);
        (await host.Officer.Get($"{path}/documents/{document}/content")).Ok();

        var row = (await host.Lead.Get($"{path}/events")).Is(200).At("items").EnumerateArray().First(it => it.Text("type") == "submission-made").Number("sequence");
        (await host.Lead.Post($"{path}/erasures", new { row, ground = "gdpr-17" })).Is(201);
        using var page = await PageCaller.SignIn(host, "erik.ek");
        var waiting = (await page.Get($"/{path}/erasures")).Text;
        Assert.Contains("Delad rapport", waiting, StringComparison.Ordinal);
        Assert.Contains("Någon hos Regeringskansliet, som också har uppgifterna", waiting, StringComparison.Ordinal);
        Assert.Contains("Lena Lind lämnade in", waiting, StringComparison.Ordinal);
        Assert.Contains($"/{path}/erasures#erasure-1", (await page.Get($"/{path}")).Text, StringComparison.Ordinal);
        await page.Send($"/{path}/erasures", $"/{path}/erasures/1/approval");
        Assert.Equal("done", (await host.Lead.Get($"{path}/erasures/1")).Is(200).Text("status"));
        (await host.Officer.Get($"{path}/documents/{document}/content")).IsProblem(410, "document-erased");
        Assert.True((await host.Lead.Get($"{path}/documents/{document}")).Is(200).Flag("erased"));
    }

    [Fact]
    public async Task A_voucher_is_asked_for_with_its_day()
    {
        var path = await Posted.Agreement(host);
        var refused = await host.Finance.Get($"{path}/grant/vouchers?series=ZZ&voucher=1");
        refused.IsProblem(422, "required");
        Assert.Contains("voucherDate", refused.Text, StringComparison.Ordinal);
        (await host.Finance.Get($"{path}/grant/vouchers?series=ZZ&voucher=1&voucherDate=2014-06-13")).Is(200);
    }
}
