using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Agreements;

/// <summary>What an agreement does of itself next, over the API and on its page.</summary>
public class LifecycleTests
{
    [Fact]
    public async Task It_tells_what_it_waits_for_until_nothing_is_left()
    {
        await using var host = await RunningHost.Start();
        var draft = await Posted.Draft(host);
        var nothing = (await host.Officer.Get($"{draft}/lifecycle")).Is(200);
        nothing.Has("status:string nextWakeUp:null lastLook:null pokeWaits:null");
        var path = await Posted.Agreement(host);

        // The first rung of the report's ladder, ninety days before, and its like.
        await Moved(host, "2014-11-01");
        var told = (await host.Officer.Get($"{path}/lifecycle")).Is(200);
        told.Has("status:string nextWakeUp.at:string nextWakeUp.for:array nextWakeUp.for.0.kind:string nextWakeUp.for.0.on:string nextWakeUp.for.0.obligation:string nextWakeUp.for.0.title:string nextWakeUp.for.0.rung:number nextWakeUp.for.0.amendment:null lastLook:string pokeWaits:null");
        Assert.Equal(("active", "2014-11-03T07:00:00Z", "2014-11-01T11:00:00Z"), (told.Text("status"), told.Text("nextWakeUp.at"), told.Text("lastLook")));
        Assert.Equal("""[{"kind":"reminder","on":"2015-02-01","obligation":"report","title":"Rapport","rung":-90,"amendment":null}]""", told.At("nextWakeUp.for").GetRawText());

        // After the day it is a notice.
        await Moved(host, "2015-02-01");
        told = (await host.Admin.Get($"{path}/lifecycle")).Is(200);
        Assert.Equal(("2015-02-02T07:00:00Z", "overdue-notice", 1), (told.Text("nextWakeUp.at"), told.Text("nextWakeUp.for.0.kind"), (int)told.Number("nextWakeUp.for.0.rung")));

        // A decided amendment and an announced end take effect at midnight.
        (await host.Officer.Post($"{path}/amendments", """{"decidedOn":"2015-02-01","reference":"A1","effectiveFrom":"2015-02-02","changes":[{"drop":{"key":"information","reason":"Behövs inte"}}]}""")).Is(201);
        told = (await host.Officer.Get($"{path}/lifecycle")).Is(200);
        Assert.Equal(("2015-02-01T23:00:00Z", """[{"kind":"amendment","on":"2015-02-02","obligation":null,"title":null,"rung":null,"amendment":1}]"""), (told.Text("nextWakeUp.at"), told.At("nextWakeUp.for").GetRawText()));
        (await host.Officer.Post($"{path}/termination", """{"on":"2015-02-02","reference":"A2","finalDueOn":"2015-06-01"}""")).Is(200);
        Assert.Equal(["termination"], (await host.Officer.Get($"{path}/lifecycle")).Is(200).At("nextWakeUp.for").EnumerateArray().Select(it => it.Text("kind")));
    }

    [Fact]
    public async Task Whoever_looks_for_what_comes_next_where_nothing_does_has_not_looked_at_any_later_moment()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        await Moved(host, "2018-11-01");
        foreach (var obligation in (await host.Officer.All($"{path}/obligations")).Where(o => o.Text("status") is "open" or "waiting"))
            (await host.Officer.Post($"{path}/obligations/{obligation.Text("key")}/waiver", new { reason = "Avslutas", reference = "A1" })).Is(200);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains("Flytta klockan", (await officer.Get("/clock")).Text, StringComparison.Ordinal);

        var told = (await host.Officer.Get($"{path}/lifecycle")).Is(200);
        Assert.Equal(("null", "2018-11-01T11:00:00Z"), (told.At("nextWakeUp").GetRawText(), told.Text("lastLook")));
        Assert.Equal(200, (await officer.Get($"/{path}/contract")).Status);
    }

    [Fact]
    public async Task The_page_says_it_in_words_to_whoever_may_follow_it()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        await Moved(host, "2014-11-01");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var lead = await PageCaller.SignIn(host, "lena.lind");

        var shown = (await officer.Get($"/{path}/contract")).Text;
        Assert.Contains("Det som sker automatiskt", shown, StringComparison.Ordinal);
        Assert.Contains("Påminnelse 90 dagar före sista dagen 1 februari 2015: Rapport", shown, StringComparison.Ordinal);
        Assert.Contains("3 november 2014", shown, StringComparison.Ordinal);
        Assert.Contains("Senaste kontroll:", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Det som sker automatiskt", (await lead.Get($"/{path}/contract")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Det som sker automatiskt", (await officer.Get($"/{path}?asOf=2014-06-13")).Text, StringComparison.Ordinal);
    }

    static async Task Moved(RunningHost host, string day) => (await host.Reader.Post("simulation/clock", new { now = day })).Is(200);
}
