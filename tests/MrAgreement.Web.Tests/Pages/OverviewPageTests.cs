using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>The overview of an agreement, what it tells of since the last visit, and what stands above decisions.</summary>
public class OverviewPageTests
{
    [Fact]
    public async Task It_tells_what_others_have_done_since_the_person_last_looked_and_old_addresses_lead_on()
    {
        await using var host = await RunningHost.Start("2014-06-13");
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        string Since(PageAnswer page) => page.Text[page.Text.IndexOf("aria-labelledby=\"since\"", StringComparison.Ordinal)..];

        Assert.Contains("Senaste händelser", Since(await officer.Get($"/{agreement}")), StringComparison.Ordinal);
        await lead.Get($"/{agreement}");
        await Clock("2014-06-20");
        await Posted.Submission(host.Lead, agreement, "report", "Nytt sedan sist");
        (await host.Officer.Post($"{agreement}/obligations/information/completion", new { doneOn = "2014-06-20", note = "Egen handling" })).Ok();

        foreach (var _ in (int[])[1, 2])
        {
            var shown = Since(await officer.Get($"/{agreement}"));
            Assert.Contains("Ändrat sedan 13 juni 2014", shown, StringComparison.Ordinal);
            Assert.Contains("lämnade in Rapport", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("Du ", shown, StringComparison.Ordinal);
        }
        await Clock("2014-06-27");
        var none = Since(await officer.Get($"/{agreement}"));
        Assert.Contains("Ändrat sedan 20 juni 2014", none, StringComparison.Ordinal);
        Assert.Contains("Ingen annan har ändrat något sedan dess.", none, StringComparison.Ordinal);
        // Of another's visits one's own tell nothing.
        Assert.Contains("Ändrat sedan 13 juni 2014", Since(await lead.Get($"/{agreement}")), StringComparison.Ordinal);
        var visit = (await host.Officer.Get("me/export")).Is(200).At("visits").EnumerateArray().Single();
        Assert.Equal((agreement, "2014-06-27"), ($"agreements/{visit.Text("agreement")}", visit.Text("at")![..10]));

        var page = (await officer.Get($"/{agreement}")).Text;
        foreach (var (part, place) in new[] { ("requisitions", "grant/requisitions"), ("acts", "contract"), ("documents", "documents"), ("grant", "grant"), ("parties", "people") })
            Assert.Matches($"id=\"{part}\">[^<]*<a href=\"/{agreement}/{place}#{part}\">", page);

        async Task Clock(string day) => (await host.Lead.Post("simulation/clock", new { now = day })).Is(200);
    }

    [Fact]
    public async Task What_is_decided_on_stands_above_the_button_and_what_stops_a_closing_is_a_link()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var agreement = await Money2014.Requisitioned(host);
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        var row = (await payer.Get($"/{agreement}/grant/requisitions")).Text.Replace('\u00A0', ' ');
        var decided = row[row.IndexOf("class=\"compact decides\"", StringComparison.Ordinal)..].Split("class=\"primary\"")[0];
        foreach (var told in (string[])["4 000 000 kr", "<dt>Till</dt>", "Bankgiro 5050-1055", "A2014/2289/DISK", "Kvar att betala efteråt"])
            Assert.Contains(told, decided, StringComparison.Ordinal);

        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "in", paidOn = "2014-09-13", amount = 4_000_000, reference = "1", requisition = 1 })).Is(201);
        (await host.Finance.Send(HttpMethod.Put, $"{agreement}/grant/budget", new { lines = new[] { new { category = "resor", year = 2015, amount = 2_000 } } })).Is(200);
        (await host.Finance.ImportLedger(agreement, Fixtures.Fixture.Ledger)).Is(201);
        foreach (var (from, to) in new[] { ("2014-06-13", "2014-12-31"), ("2015-01-01", "2015-12-31") })
            (await host.Finance.Post($"{agreement}/grant/statements", new { kind = "annual", period = new { from, to } })).Is(201);
        using var approver = await PageCaller.SignIn(host, "astrid.alm");
        (await host.Approver.Post($"{agreement}/grant/statements/1/attestation")).Is(200);
        var attest = (await approver.Get($"/{agreement}/grant/statements/2")).Text;
        var figures = attest[attest.IndexOf("id=\"attest\"", StringComparison.Ordinal)..].Split("class=\"primary\"")[0];
        Assert.Contains("Jämfört med 2014", figures, StringComparison.Ordinal);

        // A reader is shown no column of a budget that they do not see; whoever sees it has it.
        using var reader = await PageCaller.SignIn(host, "rut.ros");
        Assert.DoesNotContain(">Budget</th>", (await reader.Get($"/{agreement}/grant")).Text, StringComparison.Ordinal);
        Assert.Contains(">Budget</th>", (await approver.Get($"/{agreement}/grant")).Text, StringComparison.Ordinal);

        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var repay = (await finance.Get($"/{agreement}/grant/payments?repay")).Text.Replace('\u00A0', ' ');
        Assert.Matches("<details class=\"act\" open[^>]*>\\s*<summary>Upprätta en återbetalning</summary>", repay);
        Assert.Matches("name=\"amount\" type=\"text\" value=\"[0-9 ,]+\"", repay[repay.IndexOf("id=\"grant-repayments-form\"", StringComparison.Ordinal)..].Split("</form>")[0]);

        using var officer = await PageCaller.SignIn(host, "erik.ek");
        // What is typed goes along into the other language, and nothing is done.
        var spoken = await officer.Send($"/{agreement}/contract", $"/{agreement}/termination", ("version", "1"), ("reference", "Halvskrivet"), ("act", "speak-en"));
        Assert.Equal(200, spoken.Status);
        Assert.Contains("<html lang=\"en\">", spoken.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Halvskrivet\"", spoken.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"errors\"", spoken.Text, StringComparison.Ordinal);
        Assert.Contains("Overview", (await officer.Get($"/{agreement}")).Text, StringComparison.Ordinal);
        await officer.Send("/", "/language", ("language", "sv"), ("returnUrl", "/"));
        var refused = await officer.Send($"/{agreement}/contract", $"/{agreement}/closure", ("version", (await host.Officer.Get(agreement)).ETag!.Trim('"')), ("sure", "true"));
        Assert.Equal(409, refused.Status);
        var errors = refused.Text[refused.Text.IndexOf("class=\"errors\"", StringComparison.Ordinal)..].Split("</section>")[0];
        Assert.Matches($"<a href=\"/{agreement}/obligations/[^\"]+\">", errors);
    }
}
