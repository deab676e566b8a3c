using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

public class ObligationPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public void Each_act_of_the_API_on_an_obligation_has_its_form()
    {
        var acts = Tails(host.Routes.Where(r => r.StartsWith("POST ", StringComparison.Ordinal)));
        Assert.Contains("/submissions/{number}/return", acts);

        // A draft is sent with the form for the submission itself.
        Assert.Empty(acts.Except(Tails(host.Forms)));
    }

    [Fact]
    public async Task Of_many_documents_those_that_fit_come_first_and_all_can_be_chosen()
    {
        var path = await Posted.Agreement(host);
        foreach (var number in Enumerable.Range(1, 52))
            await Posted.Document(host.Lead, path, $"Rapport {number}");
        await Posted.Document(host.Lead, path, "Helt annat", "other");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var page = await lead.Get($"/{path}/obligations/report");
        Assert.Equal(53, page.Text.Split("name=\"documents\"").Length - 1);
        var folded = page.Text.IndexOf("Övriga egna dokument (3)", StringComparison.Ordinal);
        Assert.True(page.Text.IndexOf("Rapport 3 <", StringComparison.Ordinal) < folded && folded < page.Text.IndexOf("Helt annat <", StringComparison.Ordinal));
        var unknown = await Submit("1, 99");
        Assert.Equal(422, unknown.Status);
        Assert.Contains("inget dokument med nummer 99", unknown.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await Submit("1")).Status);
        Assert.Equal("Rapport 1", (await host.Lead.Get($"{path}/obligations/report")).Is(200).Text("submissions.0.documents.0.title"));

        async Task<PageAnswer> Submit(string numbers) => await lead.Send($"/{path}/obligations/report", $"/{path}/obligations/report/submissions",
            ("version", (await host.Lead.Get($"{path}/obligations/report")).ETag!.Trim('"')), ("summary", "Här"), ("coverLetter", ""), ("documents/numbers", numbers));
    }

    [Fact]
    public async Task What_a_party_keeps_to_itself_is_on_no_other_party_s_page_nor_in_its_log()
    {
        const string secret = "Stäm av med enheten";
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        (await host.Officer.Post($"{path}/obligations/report/notes", new { text = secret })).Is(201);
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/comments", new { ministry = secret, text = secret, receivedOn = "2014-06-13" })).Is(201);

        foreach (var (person, sees) in new[] { ("erik.ek", true), ("lena.lind", false), ("petra.palm", false), ("agnes.asp", false), ("adam.berg", false) })
        {
            using var caller = await PageCaller.SignIn(host, person);
            Assert.Equal(sees, (await caller.Get($"/{path}/obligations/report")).Text.Contains(secret, StringComparison.Ordinal));
            Assert.Equal(sees, (await caller.Get($"/{path}/log")).Text.Contains("skrev en tjänsteanteckning", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_came_late_and_the_reminders_that_went_out_are_still_told_when_the_date_has_moved()
    {
        await using var own = await RunningHost.Start();
        var path = await Posted.Agreement(own);
        (await own.Lead.Post("simulation/clock", new { now = "2015-02-03" })).Is(200);
        await Posted.Submission(own.Lead, path, "report", "Rapporten");
        using var officer = await PageCaller.SignIn(own, "erik.ek");

        var submitted = (await officer.Get($"/{path}/obligations/report")).Text;
        Assert.Matches(@"Inlämnad\s+3 februari 2015<strong>, 2 dagar för sent</strong>", submitted);
        var sent = Sent(submitted);
        Assert.True(sent > 0);
        Assert.DoesNotContain("försenat", (await officer.Get("/")).Text.Split("Granska det som har lämnats in")[1].Split("</li>")[0], StringComparison.Ordinal);
        Assert.Contains("kom in 3 februari 2015", (await officer.Get("/")).Text, StringComparison.Ordinal);

        (await own.Officer.Post($"{path}/obligations/report/submissions/1/return", new { reason = "Beskriv mer.", completeBy = "2015-02-20" })).Is(200);
        var returned = (await officer.Get($"/{path}/obligations/report")).Text;
        Assert.Contains("2 dagar för sent (sista dag 1 februari 2015)", returned, StringComparison.Ordinal);
        Assert.Equal(sent, Sent(returned));
        Assert.Contains("Om tidigare sista dagar", returned, StringComparison.Ordinal);

        static int Sent(string text) => int.Parse(System.Text.RegularExpressions.Regex.Match(text, @"I systemet: (\d+), ").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task What_is_done_says_so_once_and_stands_on_the_timeline_where_it_was_done()
    {
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/acceptance", new { })).Is(200);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var shown = (await officer.Get($"/{path}/obligations")).Text;

        Assert.Matches(@"Klar\s+13 juni 2014", shown);
        Assert.DoesNotContain("klar 13 juni 2014", shown, StringComparison.Ordinal);
        // Left of the line for today or on it, as it was done today; its date is in the year after.
        var mark = System.Text.RegularExpressions.Regex.Match(shown, @"class=""mark done"" transform=""translate\((\d+) ");
        Assert.Contains($"class=\"today\" x1=\"{mark.Groups[1].Value}\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_obligation_about_money_leads_to_its_records_and_says_whose_step_is_next()
    {
        var path = await Fixture.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        Assert.Contains("Nästa steg: Farid Falk upprättar en rekvisition.", await Page("requisition-2014"), StringComparison.Ordinal);
        Assert.Contains("Nästa steg: Farid Falk upprättar en redovisning", await Page("financial-statement-2016"), StringComparison.Ordinal);
        Assert.Contains($"/{path}/grant/settlement", await Page("repayment"), StringComparison.Ordinal);

        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition("2014", 4_000_000))).Is(201);
        (await host.Finance.Post($"{path}/grant/statements", new { kind = "annual", period = new { from = "2015-01-01", to = "2015-12-31" } })).Is(201);
        Assert.Contains("Nästa steg: Astrid Alm attesterar.", await Page("requisition-2014"), StringComparison.Ordinal);
        Assert.Contains($"/{path}/grant/requisitions#requisition-1\">Rekvisition 1, 4\u00A0000\u00A0000\u00A0kr", await Page("requisition-2014"), StringComparison.Ordinal);
        Assert.Contains("Nästa steg: Astrid Alm attesterar.", await Page("financial-statement-2016"), StringComparison.Ordinal);
        Assert.DoesNotContain("Nästa steg: Astrid", await Page("financial-statement-2017"), StringComparison.Ordinal);
        // The recipient's drafts are its own.
        Assert.DoesNotContain("Rekvisition 1", (await payer.Get($"/{path}/obligations/requisition-2014")).Text, StringComparison.Ordinal);

        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        Assert.Contains("Nästa steg: Farid Falk skickar", await Page("requisition-2014"), StringComparison.Ordinal);
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        Assert.Contains("Nästa steg: Petra Palm registrerar rekvisitionen som inkommen", await Page("grant-payment"), StringComparison.Ordinal);
        (await host.Payer.Post($"{path}/grant/requisitions/1/receipt")).Is(200);
        Assert.Contains("Nästa steg: Petra Palm betalar", await Page("grant-payment"), StringComparison.Ordinal);
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 4_000_000, reference = "1", requisition = 1 })).Is(201);
        Assert.Contains($"/{path}/grant/payments#payment-1\">Betalning 1, 4\u00A0000\u00A0000\u00A0kr", await Page("grant-payment"), StringComparison.Ordinal);
        Assert.DoesNotContain("Nästa steg", await Page("grant-payment"), StringComparison.Ordinal);

        (await host.Approver.Post($"{path}/grant/statements/1/attestation")).Is(200);
        Assert.Contains("Nästa steg: redovisningen är attesterad", await Page("financial-statement-2016"), StringComparison.Ordinal);

        async Task<string> Page(string obligation) => (await finance.Get($"/{path}/obligations/{obligation}")).Text;
    }

    static List<string> Tails(IEnumerable<string> paths) =>
        [.. paths.Select(path => path.Split("/obligations/{key}")).Where(parts => parts.Length == 2).Select(parts => parts[1])];
}
