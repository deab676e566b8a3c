using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

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
            before.0.key:string before.0.title:string before.0.status:string before.0.dueOn:string before.0.deliveredOn:null participants:array decisions:array amendment:null revision:null minutes:array papers:array agenda.0.papers:array time:null
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

    static JsonObject WithPlan()
    {
        var terms = Consulting();
        terms["obligations"]!.AsArray().Add(JsonNode.Parse("""{ "key": "plan", "title": "Handlingsplan", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "is": "plan", "due": { "on": "2014-07-01" }, "acceptance": true, "documents": ["plan"] }"""));
        return terms;
    }

    [Fact]
    public async Task From_a_proposed_time_to_a_revised_plan()
    {
        var path = await Posted.Agreement(host, WithPlan());
        var meeting = $"{path}/obligations/meeting-2015";
        await Posted.Submission(host.Lead, path, "plan", "Planen", "plan");
        (await host.Officer.Post($"{path}/obligations/plan/submissions/1/acceptance", new { })).Is(200);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        (await host.Lead.Post($"{meeting}/times", new { on = "2014-06-20", start = "09:00", end = "11:00", form = "video", link = "https://mote.example/1" })).Is(201);
        (await host.Officer.Post($"{meeting}/times", new { on = "2014-06-23", start = "09:00", end = "11:00", form = "on-site", place = "Rosenbad" })).Is(201);
        (await host.Lead.Post($"{meeting}/times/2/agreement")).Is(200);

        // What there is to read, by item and beside the items, for whoever may.
        var before = (await host.Officer.Get($"{meeting}/consultation")).Is(200);
        Assert.Equal(("2014-06-23", "agreed", "Rosenbad"), (before.Text("scheduledOn"), before.Text("time.state"), before.Text("time.place")));
        Assert.Equal(("plan", "Planen", "report", "Rapporten"), (before.Text("agenda.0.papers.0.obligation"), before.Text("agenda.0.papers.0.documents.0.title"), before.Text("papers.0.obligation"), before.Text("papers.0.documents.0.title")));
        Assert.Empty((await host.Reader.Get($"{meeting}/consultation")).Is(200).At("agenda.0.papers").EnumerateArray());

        (await host.Officer.Post($"{meeting}/completion", Held(new { kind = "revise-plan", text = "Ett halvår till", on = "2014-06-12" }))).IsProblem(422, "revision-before-consultation");
        (await host.Officer.Post($"{meeting}/completion", Held(new { kind = "revise-plan", text = "Ett halvår till", on = "2014-09-01" }))).Is(200);
        Assert.Equal(("plan-revision-1", 1m, false), ((await host.Lead.Get($"{meeting}/consultation")).Is(200) is var held ? (held.Text("revision"), held.Number("amendment"), held.At("confirmed").GetBoolean()) : default));
        (await host.Lead.Post($"{meeting}/contest", new { reason = "Fel deltagare" })).Is(200);
        (await host.Officer.Post($"{meeting}/completion", new { doneOn = "2014-06-13", note = "Hölls i Rosenbad", consultation = new { items = new[] { new { item = "plan", considered = "Beaktas" } }, decisions = new[] { new { kind = "revise-plan", text = "Ett halvår till", on = "2014-09-01" } } } })).Is(200);
        (await host.Lead.Post($"{meeting}/confirmation")).Is(200);
        Assert.Equal("2014-09-01", (await host.Lead.Get($"{path}/obligations/plan-revision-1")).Is(200).Text("dueOn"));
        await Posted.Submission(host.Lead, path, "plan-revision-1", "Reviderad plan", "plan");
        (await host.Officer.Post($"{path}/obligations/plan-revision-1/submissions/1/acceptance", new { })).Is(200);
        Assert.Equal("done", (await host.Lead.Get($"{path}/obligations/plan-revision-1")).Is(200).Text("status"));
        Assert.Equal(["plan", "plan-revision-1"], (await host.Lead.Get($"{path}/obligations/meeting-2016/consultation")).Is(200).At("agenda.0.papers").EnumerateArray().Select(paper => paper.Text("obligation")));
    }

    [Fact]
    public async Task On_the_pages_the_plan_to_be_revised_becomes_a_duty_and_a_contested_record_is_made_anew_from_what_it_said()
    {
        var path = $"/{await Posted.Agreement(host, WithPlan())}";
        var meeting = $"{path}/obligations/meeting-2015";
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        (string, string)[] record = [("doneOn", "2014-06-13"), ("consultation/items/0/item", "plan"), ("consultation/items/0/considered", "Beaktas"), ("consultation/decisions/plan", "Ett halvår till"), ("consultation/decisions/plan/on", "2014-09-01")];

        Assert.Contains("Planen revideras efter samrådet.", (await Send(officer, "completion", [("note", "Hölls"), .. record[..^1], ("consultation/decisions/plan/on", "2014-06-01")])).Text, StringComparison.Ordinal);
        var held = (await Send(officer, "completion", [("note", "Hölls"), .. record])).Text;
        Assert.Contains("Handlingsplan, revidering 1", held, StringComparison.Ordinal);
        Assert.Contains("lämnas in senast 1 september 2014", held, StringComparison.Ordinal);
        Assert.Contains("Det beslutade gäller genom tilläggsöverenskommelse 1", held, StringComparison.Ordinal);
        Assert.Equal(200, (await Send(lead, "contest", ("reason", "Fel anteckning"))).Status);
        var again = (await officer.Get(meeting)).Text;
        foreach (var kept in new[] { ">Beaktas</textarea>", ">Ett halvår till</textarea>", "value=\"2014-09-01\"", ">Hölls</textarea>" })
            Assert.Contains(kept, again, StringComparison.Ordinal);
        Assert.Equal(200, (await Send(officer, "completion", [("note", "Hölls i Rosenbad"), .. record])).Status);
        Assert.Contains("Handlingsplan, revidering 1", (await Send(lead, "confirmation")).Text, StringComparison.Ordinal);
        Assert.Equal("open", (await host.Lead.Get($"{path[1..]}/obligations/plan-revision-1")).Is(200).Text("status"));
        (await host.Lead.Get($"{path[1..]}/obligations/plan-revision-2")).IsProblem(404, "no-such-obligation");

        async Task<PageAnswer> Send(PageCaller by, string what, params (string, string)[] fields) =>
            await by.Send(meeting, $"{meeting}/{what}", [("version", (await by.Get(meeting)).Version), .. fields]);
    }

    [Fact]
    public async Task It_may_be_recorded_without_telling_what_was_treated()
    {
        var path = await Posted.Agreement(host, Consulting());

        Assert.Equal("done", (await host.Lead.Post($"{path}/obligations/meeting-2015/completion", new { doneOn = "2014-06-13", note = "Hölls" })).Is(200).Text("status"));
    }
}
