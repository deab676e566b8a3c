using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Obligations;

/// <summary>A consultation over HTTP: agenda, views, record, confirmation.</summary>
public class ConsultationTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    static JsonObject Consulting()
    {
        var terms = Posted.Terms();
        terms["obligations"]![1]!["agenda"] = JsonNode.Parse("""[{ "key": "plan", "title": "Planen" }, { "key": "abroad", "title": "Internationellt", "whenNeeded": true }]""");
        return terms;
    }

    static object Held(params object[] decisions) => new
    {
        doneOn = "2014-06-13",
        note = "Hölls",
        consultation = new { items = new[] { new { item = "plan", considered = "Beaktas" } }, participants = new[] { new { party = "RK", name = "Finansdepartementet" } }, decisions }
    };

    [Fact]
    public async Task It_tells_what_must_be_treated_what_comes_before_and_each_party_s_views()
    {
        var path = await Posted.Agreement(host, Consulting());
        var meeting = $"{path}/obligations/meeting-2015";
        (await host.Lead.Post($"{meeting}/agenda/plan/views", new { text = "Mer tid" })).Is(200);
        (await host.Officer.Post($"{meeting}/agenda/plan/views", new { text = "Gärna" })).Is(200);

        var seen = (await host.Lead.Get($"{meeting}/consultation")).Is(200);
        seen.Has("""
            dueOn:string scheduledOn:null heldOn:null confirmed:boolean agenda.0.key:string agenda.0.title:string agenda.0.whenNeeded:boolean agenda.0.considered:null
            agenda.0.views.0.party:string agenda.0.views.0.text:string agenda.0.views.0.by.name:string agenda.0.views.0.at:string
            before.0.key:string before.0.title:string before.0.status:string before.0.dueOn:string before.0.deliveredOn:null participants:array decisions:array amendment:null minutes:array
            """);
        Assert.Equal(["Mer tid", "Gärna"], seen.At("agenda.0.views").EnumerateArray().Select(v => v.Text("text")));
        Assert.Equal("report", seen.Text("before.0.key"));
        Assert.Empty((await host.Reader.Get($"{meeting}/consultation")).Is(200).At("agenda.0.views").EnumerateArray());
        (await host.Lead.Post($"{meeting}/agenda/weather/views", new { text = "Sol" })).IsProblem(404, "no-such-agenda-item");
        (await host.Lead.Get($"{path}/obligations/report/consultation")).IsProblem(404, "no-agenda");
        (await host.Lead.Get($"{path}/obligations/nothing/consultation")).IsProblem(404, "no-such-obligation");
    }

    [Fact]
    public async Task One_party_records_it_and_the_other_confirms_it_with_the_dates_that_were_decided()
    {
        var path = await Posted.Agreement(host, Consulting());
        var meeting = $"{path}/obligations/meeting-2015";
        (await host.Lead.Post($"{meeting}/completion", new { doneOn = "2014-06-13", note = "Hölls", consultation = new { items = Array.Empty<object>() } })).IsProblem(422, "agenda-item-missing");

        (await host.Lead.Post($"{meeting}/completion", Held(
            new { kind = "new-date", text = "Senare", obligation = "report", on = "2015-03-01" }, new { kind = "new-date", text = "I maj", obligation = "meeting-2016", on = "2016-05-10" },
            new { kind = "revise-plan", text = "Planen skrivs om" }))).Is(200);

        var held = (await host.Officer.Get($"{meeting}/consultation")).Is(200);
        Assert.Equal(("2014-06-13", "Beaktas", "Finansdepartementet", 1m), (held.Text("heldOn"), held.Text("agenda.0.considered"), held.Text("participants.0.name"), held.Number("amendment")));
        Assert.Equal("2016-05-10", (await host.Lead.Get($"{path}/obligations/meeting-2016")).Is(200).Text("scheduledOn"));
        Assert.Equal("2015-02-01", (await host.Lead.Get($"{path}/obligations/report")).Is(200).Text("dueOn"));

        (await host.Officer.Post($"{meeting}/confirmation")).Is(200);
        var report = (await host.Lead.Get($"{path}/obligations/report")).Is(200);
        Assert.Equal(("2015-03-01", "2015-02-01", "amendment-took-effect"), (report.Text("dueOn"), report.Text("moves.0.from"), report.Text("moves.0.because")));
    }

    [Fact]
    public async Task It_may_be_recorded_without_telling_what_was_treated()
    {
        var path = await Posted.Agreement(host, Consulting());

        Assert.Equal("done", (await host.Lead.Post($"{path}/obligations/meeting-2015/completion", new { doneOn = "2014-06-13", note = "Hölls" })).Is(200).Text("status"));
    }
}
