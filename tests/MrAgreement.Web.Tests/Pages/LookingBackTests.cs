using System.Text;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>Pages as things stood at the end of a day, and what the log's page finds.</summary>
public sealed class LookingBackTests : IAsyncLifetime
{
    RunningHost host = null!;
    string agreement = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start();
        agreement = await Posted.Agreement(host);
        (await host.Lead.Post("simulation/clock", new { now = "2015-01-20" })).Is(200);
        await Posted.Submission(host.Lead, agreement, "report", "Rapporten");
        (await host.Lead.Post("simulation/clock", new { now = "2015-02-03" })).Is(200);
        (await host.Officer.Post($"{agreement}/obligations/report/submissions/1/acceptance", new { })).Is(200);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_party_is_called_as_it_was_on_the_day_that_the_page_is_of()
    {
        var other = await Posted.Agreement(host, Posted.Terms2014());
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        const string skl = "Sveriges Kommuner och Landsting", skr = "Sveriges Kommuner och Regioner";
        async Task<string> Parties(string query)
        {
            var page = (await officer.Get($"/{other}/people{query}")).Text;
            var section = page[page.IndexOf("id=\"parties\"", StringComparison.Ordinal)..];
            return section[..section.IndexOf("</section>", StringComparison.Ordinal)];
        }


        Assert.DoesNotContain(skr, await Parties(""), StringComparison.Ordinal);
        Assert.Contains(skl, await Parties(""), StringComparison.Ordinal);
        (await host.Lead.Post("simulation/clock", new { now = "2019-11-27" })).Is(200);
        Assert.Contains(skr, await Parties(""), StringComparison.Ordinal);
        Assert.DoesNotContain(skl, await Parties(""), StringComparison.Ordinal);
        Assert.Contains(skl, await Parties("?asOf=2019-11-26"), StringComparison.Ordinal);
        Assert.Equal(skl, (await host.Officer.Get($"{other}?asOf=2015-02-03")).Is(200).Text("parties.0.name"));
        Assert.Equal(skr, (await host.Officer.Get(other)).Is(200).Text("parties.0.name"));
    }

    [Fact]
    public async Task A_page_of_the_past_shows_how_it_was_says_so_and_holds_no_form_that_changes_anything()
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");

        foreach (var (day, standing) in new[] { ("2014-06-13", "Att göra"), ("2015-01-20", "Inlämnad"), ("2015-02-02", "Inlämnad") })
            foreach (var page in new[] { $"/{agreement}/obligations", $"/{agreement}/obligations/report" })
            {
                var past = await officer.Get($"{page}?asOf={day}");
                Assert.Equal(200, past.Status);
                Assert.Contains("Så såg det ut", past.Text, StringComparison.Ordinal);
                Assert.Contains(standing, Row(past.Text), StringComparison.Ordinal);
                Assert.DoesNotContain($"action=\"/{agreement}", past.Text.Replace($"method=\"get\" action=\"{page}\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.Contains($"<a href=\"{page}\">Till nuläget</a>", past.Text, StringComparison.Ordinal);
            }
        var now = await officer.Get($"/{agreement}/obligations/report");
        Assert.DoesNotContain("Så såg det ut", now.Text, StringComparison.Ordinal);
        Assert.Contains("Klar", Row(now.Text), StringComparison.Ordinal);

        // Where it stands: in the table's row, or in the facts at the top.
        static string Row(string text) => text[(text.IndexOf("class=\"standing\"", text.IndexOf("<h1", StringComparison.Ordinal) is var h && text.Contains("id=\"obligations\"", StringComparison.Ordinal) ? text.IndexOf(">Rapport</a></th>", StringComparison.Ordinal) : h, StringComparison.Ordinal))..][..600];
    }

    [Fact]
    public async Task Links_stay_in_the_past_and_a_day_before_the_agreement_to_come_or_unreadable_shows_no_past()
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");

        Assert.Contains($"/{agreement}/obligations/report?asOf=2015-01-19\"", (await officer.Get($"/{agreement}?asOf=2015-01-19")).Text, StringComparison.Ordinal);
        var before = await officer.Get($"/{agreement}?asOf=2014-06-12");
        Assert.Equal(404, before.Status);
        Assert.Contains("Inget att visa 12 juni 2014", before.Text, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/{agreement}\">Till nuläget</a>", before.Text, StringComparison.Ordinal);
        foreach (var none in new[] { "2015-02-03", "2030-01-01", "soon", "" })
            Assert.DoesNotContain("Så såg det ut", (await officer.Get($"/{agreement}?asOf={none}")).Text, StringComparison.Ordinal);
        // What was submitted the day after is not in that day's log.
        Assert.DoesNotContain("lämnade in", (await officer.Get($"/{agreement}/log?asOf=2015-01-19")).Text, StringComparison.Ordinal);
        Assert.Contains("lämnade in", (await officer.Get($"/{agreement}/log?asOf=2015-01-20")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_about_the_money_look_back_too_without_forms_and_lead_on_within_the_day()
    {
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        foreach (var place in new[] { "requisitions", "payments", "adjustments", "ledger", "bank", "categories", "budget", "statements", "reconciliation", "settlement" })
        {
            var page = $"/{agreement}/grant/{place}";
            var past = await finance.Get($"{page}?asOf=2015-01-20");
            Assert.True(past.Status == 200, place);
            Assert.Contains("Så såg det ut", past.Text, StringComparison.Ordinal);
            Assert.DoesNotContain($"method=\"post\" action=\"/{agreement}", past.Text, StringComparison.Ordinal);
            Assert.Contains($"/{agreement}/grant/settlement?asOf=2015-01-20\"", past.Text, StringComparison.Ordinal);
            Assert.Equal(404, (await finance.Get($"{page}?asOf=2014-06-12")).Status);
        }
        // There are forms to hide.
        Assert.Contains($"method=\"post\" action=\"/{agreement}", (await finance.Get($"/{agreement}/grant/bank")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_the_ledger_are_those_that_were_imported_by_then()
    {
        var ledger = await Fixture.Agreement(host);
        (await host.Finance.ImportLedger(ledger, Fixture.Ledger)).Is(201);
        (await host.Lead.Post("simulation/clock", new { now = "2015-02-05" })).Is(200);
        var later = Encoding.Latin1.GetString(Fixture.Bytes(Fixture.Ledger)).Replace("2400.00", "2500.00", StringComparison.Ordinal).Replace("#KSUMMA", "#INGEN", StringComparison.Ordinal);
        (await host.Finance.ImportLedger(ledger, Encoding.Latin1.GetBytes(later), "senare.se")).Is(201);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var page = $"/{ledger}/grant/ledger/rows?account=5800";

        var past = (await finance.Get($"{page}&asOf=2015-02-03")).Text;

        Assert.Contains("Så såg det ut", past, StringComparison.Ordinal);
        Assert.Contains("2\u00A0400\u00A0kr", past, StringComparison.Ordinal);
        Assert.DoesNotContain("2\u00A0500\u00A0kr", past, StringComparison.Ordinal);
        // Choosing again stays in the day.
        Assert.Contains("<input type=\"hidden\" name=\"asOf\" value=\"2015-02-03\"", past, StringComparison.Ordinal);
        Assert.Contains("2\u00A0500\u00A0kr", (await finance.Get(page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_looks_after_the_system_and_the_auditor_prove_on_the_page_that_the_log_is_whole()
    {
        using var admin = await PageCaller.SignIn(host, "adam.berg");
        using var auditor = await PageCaller.SignIn(host, "agnes.asp");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var count = (await host.Admin.Get($"{agreement}/events/verification")).Is(200).Number("count");

        foreach (var caller in new[] { admin, auditor })
        {
            Assert.Contains($"href=\"/{agreement}/log?verify\"", (await caller.Get($"/{agreement}/log")).Text, StringComparison.Ordinal);
            Assert.Contains($"Loggen är hel. Händelser som följer på varandra: {count}.", (await caller.Get($"/{agreement}/log?verify")).Text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("Loggen är hel", (await officer.Get($"/{agreement}/log?verify")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subject=obligation&person=lena.lind", "lämnade in Rapport", "godkände")]
    [InlineData("obligation=report&from=2015-02-01", "godkände", "lämnade in Rapport")]
    [InlineData("to=2015-01-20&subject=document", "registrerade dokument", "lämnade in")]
    [InlineData("subject=reminder", "Påminnelse", "lämnade in")]
    [InlineData("subject=money", "Bidraget lades upp", "lämnade in")]
    [InlineData("person=farid.falk", "Inget i loggen motsvarar urvalet.", "lämnade in")]
    public async Task The_log_shows_what_is_looked_for(string query, string found, string left)
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var shown = (await officer.Get($"/{agreement}/log?{query}")).Text;

        Assert.Contains(found, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(left, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_an_event_leads_to_the_page_that_it_is_on()
    {
        for (var i = 0; i < 60; i++)
            (await host.Officer.Post($"{agreement}/obligations/information/completion", new { doneOn = "2015-02-03", note = $"Nummer {i}" })).Is(200);
        using var officer = await PageCaller.SignIn(host, "erik.ek");

        Assert.DoesNotContain("id=\"e1\"", (await officer.Get($"/{agreement}/log")).Text, StringComparison.Ordinal);
        Assert.Contains("id=\"e1\"", (await officer.Get($"/{agreement}/log?event=1")).Text, StringComparison.Ordinal);
        Assert.Contains($"/{agreement}/log?event=1#e1", (await officer.Get($"/{agreement}/log?event=1")).Text, StringComparison.Ordinal);
        // An event that does not exist leads to the first page.
        Assert.Contains("id=\"e60\"", (await officer.Get($"/{agreement}/log?event=9999")).Text, StringComparison.Ordinal);
    }
}
