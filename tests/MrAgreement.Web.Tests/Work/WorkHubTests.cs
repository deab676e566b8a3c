using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Work;

/// <summary>The hub of the work over HTTP and as a page, and what newcomers stumbled on beside it.</summary>
public class WorkHubTests(SharedHost shared)
{
    static readonly string[] unknown = ["0114", "9999"], named = ["Länsstyrelserna", "lst-QQ"], known = ["0114"];

    static readonly object passed = new { passed = true };

    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task It_tells_how_much_there_is_and_what_is_missing_to_whoever_reads_the_work()
    {
        var path = await Posted.Agreement(host, Posted.Terms2014());
        (await host.Lead.Post($"{path}/findings", new { title = "Kunskap saknas", text = "Få.", kind = "need" })).Is(201);
        var hub = (await host.Officer.Get($"{path}/work")).Is(200);
        Assert.Equal(["recommendations", "findings", "plan", "indicators", "efforts", "publications", "reports", "bodies"], hub.At("parts").EnumerateArray().Select(it => it.Text("part")));
        var findings = hub.At("parts").EnumerateArray().Single(it => it.Text("part") == "findings");
        Assert.Equal((1m, "without-source without-measure"), (findings.Number("count"), string.Join(' ', findings.At("missing").EnumerateArray().Select(gap => gap.Text("lack")))));
        Assert.Equal("1", findings.At("missing").EnumerateArray().First().At("of").EnumerateArray().Single().Text("key"));
        Assert.Empty((await host.Reader.Get($"{path}/work")).Is(200).At("parts").EnumerateArray());

        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var page = await lead.Get($"/{path}/work");
        Assert.Contains("Resultat som inte bygger på någonting: 1", page.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"/{path}/findings/1\"", page.Text, StringComparison.Ordinal);
        // The row is short, and a page behind the hub stands under it.
        var behind = (await lead.Get($"/{path}/findings")).Text;
        Assert.Contains($"<a href=\"/{path}/work\" aria-current=\"true\">Arbetet</a>", behind, StringComparison.Ordinal);
        Assert.DoesNotContain($"<a href=\"/{path}/heat-map\">", behind, StringComparison.Ordinal);
        using var reader = await PageCaller.SignIn(host, "rut.ros");
        Assert.NotEqual(200, (await reader.Get($"/{path}/work")).Status);
    }

    [Fact]
    public async Task Codes_of_a_plan_and_of_reports_are_held_to_the_register()
    {
        var path = await Posted.Agreement(host, Posted.Terms2014());
        object Plan(string[] reach, string[] with) => new
        {
            period = new { from = "2014-06-13", to = "2017-06-30" }, goals = new[] { new { key = "kunskap", title = "Ökad kunskap" } }, focusAreas = new[] { new { key = "dialog", title = "Dialog" } },
            measures = new[] { new { key = "natverk", title = "Nätverk", focusArea = "dialog", reach, with } }
        };
        var drafted = (await host.Lead.Send(HttpMethod.Put, $"{path}/plan/draft", Plan(unknown, named))).Is(200);
        Assert.Equal(["/measures/0/reach/1", "/measures/0/with/1"], drafted.At("faults").EnumerateArray().Select(it => it.Text("pointer")));
        (await host.Lead.Post($"{path}/plan/versions", new { reason = "first", summary = "Första" })).IsProblem(422, "no-such-organisation");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var draft = (await lead.Get($"/{path}/plan/draft")).Text;
        Assert.Contains("Når: Registret har ingen organisation med koden ”9999”", System.Net.WebUtility.HtmlDecode(draft), StringComparison.Ordinal);

        (await host.Lead.Send(HttpMethod.Put, $"{path}/plan/draft", Plan(known, ["Länsstyrelserna"]))).Is(200);
        (await host.Lead.Post($"{path}/plan/versions", new { reason = "first", summary = "Första" })).Is(201);
        var report = new { on = "2014-06-13", status = "ongoing", text = "På väg", reached = unknown };
        Assert.Equal("/reached/1", (await host.Lead.Post($"{path}/plan/measures/natverk/reports", report)).IsProblem(422, "no-such-organisation").At("errors").EnumerateArray().Single().Text("pointer"));
        (await host.Officer.Post($"{path}/plan/measures/natverk/reports", report)).IsProblem(403, "forbidden");
        (await host.Lead.Post($"{path}/plan/measures/natverk/reports", report with { reached = known })).Is(201);
    }

    [Fact]
    public async Task A_contested_amendment_is_put_right_in_its_place_and_what_one_in_effect_changed_is_restored_by_another()
    {
        var path = await Posted.Agreement(host);
        object Amendment(string reference, object change, string from = "2014-06-13") => new { decidedOn = "2014-06-13", reference, effectiveFrom = from, changes = new[] { change } };
        (await host.Officer.Post($"{path}/amendments", Amendment("T1", new { reschedule = new { key = "report", due = new { on = "2015-03-01" } } }))).Is(201);
        (await host.Lead.Post($"{path}/amendments/1/contest", new { reason = "Det var i april" })).Is(200);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains($"href=\"/{path}/amendments?instead=1\"", (await officer.Get("/work-list")).Text + (await officer.Get($"/{path}")).Text, StringComparison.Ordinal);
        var form = (await officer.Get($"/{path}/amendments?instead=1")).Text;
        Assert.Contains("Det var i april", form, StringComparison.Ordinal);
        Assert.Contains("value=\"2015-03-01\"", form, StringComparison.Ordinal);
        Assert.Contains("<option value=\"report\" selected", form, StringComparison.Ordinal);
        Assert.Matches("name=\"settles\" value=\"1\" checked", form);

        var before = (await host.Officer.Get(path)).Is(200).Text("period.to")!;
        (await host.Officer.Post($"{path}/amendments", Amendment("T2", new { period = new { from = "2014-06-13", to = "2019-12-31" } }))).Is(201);
        Assert.Contains($"href=\"/{path}/amendments?restores=2\"", (await officer.Get($"/{path}/contract")).Text, StringComparison.Ordinal);
        Assert.Contains($"value=\"{before}\"", (await officer.Get($"/{path}/amendments?restores=2")).Text, StringComparison.Ordinal);
        // What there is not to restore, or to put right, opens the form as it is.
        foreach (var asked in new[] { "instead=2", "instead=9", "restores=9", "restores=x", "instead=" })
            Assert.Equal(200, (await officer.Get($"/{path}/amendments?{asked}")).Status);
    }

    [Fact]
    public async Task Documents_in_a_form_are_told_apart_and_sought_by_title_with_what_is_typed_kept()
    {
        var path = await Posted.Agreement(host);
        for (var i = 1; i <= 52; i++)
            await Posted.Document(host.Lead, path, i == 1 ? "Enkäten i Åmål" : $"Underlag {i}");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var list = $"/{path}/findings";
        var first = await lead.Get(list);
        Assert.DoesNotContain("Enkäten i Åmål", System.Net.WebUtility.HtmlDecode(first.Text), StringComparison.Ordinal);
        Assert.Matches(@"52\. Underlag 52 \([^)]*, 2014-06-1\d\)", System.Net.WebUtility.HtmlDecode(first.Text));
        var sought = await lead.Send(list, list, ("act", "find"), ("sought", "åmål"), ("title", "Kunskap saknas"), ("text", "Få känner till den"));
        var found = System.Net.WebUtility.HtmlDecode(sought.Text);
        Assert.Contains("1. Enkäten i Åmål", found, StringComparison.Ordinal);
        Assert.DoesNotContain("Underlag 52", found, StringComparison.Ordinal);
        Assert.Contains("value=\"Kunskap saknas\"", found, StringComparison.Ordinal);
        Assert.Empty(await host.Lead.All($"{path}/findings"));
        // A guessed id of another party's document shows nothing of it.
        var theirs = await Posted.Document(host.Officer, path, "Hemligt hos RK");
        Assert.DoesNotContain("Hemligt hos RK", (await lead.Send(list, list, ("act", "find"), ("sources/0/document", $"{theirs}"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Material_is_found_by_search_by_those_who_see_it()
    {
        var path = await Posted.Agreement(host);
        (await host.Lead.Post($"{path}/publications", new { title = "Kvarnvägledningen", kind = "guide", on = "2014-06-13", language = "sv", address = "https://skr.se/kvarn" })).Is(201);
        async Task<int> Found(Caller by) => (await by.Get("search?q=kvarnvägledningen&kind=publication")).Is(200).At("groups").EnumerateArray().Single().At("found.items").GetArrayLength();
        Assert.Equal((1, 1, 0), (await Found(host.Lead), await Found(host.Officer), await Found(host.Reader)));
        (await host.Officer.Post($"{path}/publications/1/approval", new { checks = new { secrecy = passed, personalData = passed, accessibility = passed } })).Is(200);
        Assert.Equal((1, 1), (await Found(host.Officer), await Found(host.Reader)));
        (await host.Lead.Post($"{path}/publications/1/withdrawal", new { reason = "Fel fil" })).Is(200);
        Assert.Equal(0, await Found(host.Officer));
    }
}
