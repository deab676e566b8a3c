using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Work;

/// <summary>The action plan from its draft to what came of its measures, over HTTP and on its pages.</summary>
public class PlanTests(SharedHost shared)
{
    static readonly int[] one = [1];
    static readonly string[] goal = ["kunskap"], all = ["all"], agenda = ["mapping", "action-plan", "next-year"];

    readonly RunningHost host = shared.Host;

    static object Measure(string key, string area, decimal budget, object? ledger = null, int[]? findings = null) => new
    {
        key, title = $"Åtgärden {key}", focusArea = area, findings = findings ?? [], goals = goal, reach = all, period = new { from = "2015-06-01", to = "2016-05-31" },
        responsible = new { party = "SKR", function = "Projektledare" }, budget = new[] { new { year = 2015, amount = budget } }, ledger
    };

    static object Plan(string analysis, object[] measures, object[]? dropped = null) => new
    {
        period = new { from = "2015-06-01", to = "2017-06-30" }, goals = new[] { new { key = "kunskap", title = "Ökad kunskap" } }, targetGroups = new[] { new { key = "ledning", title = "Politisk ledning" } },
        focusAreas = new object[] { new { key = "dialog", title = "Dialog", text = "Samtal" }, new { key = "utbildning", title = "Utbildning" } }, measures, dropped = dropped ?? [], analysis
    };

    [Fact]
    public async Task It_is_drafted_made_into_versions_handed_over_followed_up_and_assessed()
    {
        var path = await Posted.Agreement(host, Posted.Terms2014());
        var plan = $"{path}/plan";
        (await host.Lead.Post($"{path}/findings", new { title = "Kunskap saknas", text = "Få.", kind = "need" })).Is(201);
        (await host.Lead.Get(plan)).IsProblem(404, "no-plan");

        // The draft is the recipient's own, and nobody writes over another.
        var begun = await host.Lead.Get($"{plan}/draft");
        Assert.Equal("SKR", begun.Is(200).Text("party"));
        (await host.Officer.Get($"{plan}/draft")).IsProblem(404, "no-plan-draft");
        (await host.Finance.Send(HttpMethod.Put, $"{plan}/draft", new { })).IsProblem(403, "forbidden");
        (await host.Lead.Send(HttpMethod.Put, $"{plan}/draft", new { measures = new[] { new { key = "x" } } })).IsProblem(422, "required");
        var faulty = await host.Lead.Send(HttpMethod.Put, $"{plan}/draft", Plan("Bristerna", [Measure("natverk", "annat", 100, findings: [7])]), ("If-Match", begun.ETag!));
        Assert.Equal(["unknown-focus-area", "unknown-finding"], faulty.Is(200).At("faults").EnumerateArray().Select(it => it.Text("rule")));
        (await host.Lead.Post($"{plan}/versions", new { reason = "first", summary = "Första" })).IsProblem(422, "invalid-content");
        (await host.Lead.Send(HttpMethod.Put, $"{plan}/draft", Plan("Annat", []), ("If-Match", begun.ETag!))).IsProblem(412, "stale-if-match");
        var first = Plan("Bristerna", [Measure("natverk", "dialog", 100, findings: one), Measure("kurs", "utbildning", 200)]);
        var drafted = (await host.Lead.Send(HttpMethod.Put, $"{plan}/draft", first, ("If-Match", faulty.ETag!))).Is(200);
        drafted.Has("party:string plan.measures.0.key:string plan.measures.0.reach.0:string missing.0.what:string by.name:string at:string");
        Assert.Equal("Bristerna", (await host.Finance.Get($"{plan}/draft")).Is(200).Text("plan.analysis"));

        // Version 1, its own until it is handed over.
        (await host.Officer.Post($"{plan}/versions", new { reason = "first", summary = "Första" })).IsProblem(403, "forbidden");
        (await host.Lead.Post($"{plan}/versions", new { reason = "consultation", summary = "Första", consultation = "action-plan" })).IsProblem(422, "not-a-consultation");
        var made = (await host.Lead.Post($"{plan}/versions", new { reason = "first", summary = "Första" })).Is(201);
        made.Has("version:number status:string reason:string consultation:null summary:string measures:number sha256:string party:string by.name:string");
        (await host.Lead.Post($"{plan}/versions", new { reason = "other", summary = "Igen" })).IsProblem(409, "plan-unchanged");
        (await host.Officer.Get(plan)).IsProblem(404, "no-plan");
        (await host.Lead.Post($"{path}/obligations/action-plan/submissions", new { summary = "Planen", documents = Array.Empty<Guid>(), plan = 9 })).IsProblem(422, "no-such-plan-version");
        Assert.Equal(1m, (await host.Lead.Post($"{path}/obligations/action-plan/submissions", new { summary = "Planen", documents = Array.Empty<Guid>(), plan = 1 })).Is(201).Number("plan"));
        Assert.Equal("submitted", (await host.Officer.Get(plan)).Is(200).Text("status"));
        (await host.Officer.Post($"{path}/obligations/action-plan/submissions/1/acceptance", new { })).Is(200);
        var shown = (await host.Officer.Get(plan)).Is(200);
        shown.Has("version:number status:string period.from:string goals.0.key:string targetGroups.0.title:string focusAreas.0.projectPlan.status:string focusAreas.0.measures.0.key:string focusAreas.0.measures.0.status:null analysis:string missing:array sha256:string");
        var bytes = await host.Officer.Get($"{plan}/versions/1/content");
        Assert.Equal(shown.Text("sha256"), $"{Sha256.Of(bytes.Bytes)}");
        Assert.Equal("%PDF"u8.ToArray(), (await host.Officer.Get($"{plan}/versions/1/content?format=pdf")).Bytes[..4]);
        Assert.Equal("PK"u8.ToArray(), (await host.Officer.Get($"{plan}/versions/1/content?format=docx")).Bytes[..2]);
        (await host.Officer.Get($"{plan}/versions/1/content?format=odt")).IsProblem(400, "malformed-parameter");
        (await host.Lead.Post($"{path}/findings/1/retraction", new { reason = "Fel" })).IsProblem(409, "not-retracted-in-use");
        Assert.Equal("natverk", (await host.Officer.Get($"{path}/coverage?of=findings&by=measures")).Is(200).Text("rows.0.touchedBy.0.key"));
        Assert.Equal("[]", (await host.Officer.Get($"{path}/coverage?of=goals&by=measures")).Is(200).At("untouched").ToString());

        // Project plans, reports and assessments.
        (await host.Lead.Send(HttpMethod.Put, $"{plan}/focus-areas/nix/project-plan", new { text = "Kurser" })).IsProblem(404, "unknown-focus-area");
        (await host.Lead.Send(HttpMethod.Put, $"{plan}/focus-areas/dialog/project-plan", new { text = "Samtal i nord" })).Is(200);
        (await host.Lead.Post($"{plan}/focus-areas/dialog/project-plan/check", new { outcome = "agreed" })).IsProblem(403, "forbidden");
        Assert.Equal("comments", (await host.Officer.Post($"{plan}/focus-areas/dialog/project-plan/check", new { outcome = "comments", comment = "Tidplanen saknas" })).Is(200).Text("status"));
        Assert.Equal("changed", (await host.Lead.Send(HttpMethod.Put, $"{plan}/focus-areas/dialog/project-plan", new { text = "Samtal i nord, i maj" })).Is(200).Text("status"));
        (await host.Officer.Get($"{plan}/focus-areas/utbildning/project-plan")).IsProblem(404, "no-project-plan");
        (await host.Lead.Post($"{plan}/measures/kurs/reports", new { on = "2014-06-13", status = "ongoing", text = "Två kurser" })).Is(201).Has("number:number on:string status:string corrects:null correctedBy:null");
        Assert.Equal(1m, (await host.Lead.Post($"{plan}/measures/kurs/reports", new { on = "2014-06-13", status = "done", text = "En kurs", corrects = 1 })).Is(201).Number("corrects"));
        (await host.Lead.Post($"{plan}/measures/kurs/assessment", new { result = "reached", text = "Bra" })).IsProblem(422, "assessment-without-evidence");
        Assert.Equal("assessment-without-evidence", (await host.Lead.Post($"{plan}/measures/kurs/assessment", new { result = "too-early", text = "Vänta" })).Is(201).Text("warnings.0"));
        (await host.Lead.Post($"{plan}/measures/kurs/assessment", new { result = "partly", text = "Bra", livesOn = "I nätverken", evidence = new[] { new { report = 2 } } })).Is(201);
        var kurs = (await host.Officer.Get($"{plan}/measures/kurs")).Is(200);
        Assert.Equal(("done", "partly", 2m, "[1]"), (kurs.Text("measure.status"), kurs.Text("measure.result"), kurs.Number("reports.0.correctedBy"), kurs.At("versions").ToString()));
        (await host.Officer.Get($"{plan}/measures/nix")).IsProblem(404, "no-such-measure");

        // Money, and the next version with what differs.
        var money = (await host.Lead.Get($"{plan}/money")).Is(200);
        money.Has("version:number budget:number spent:number unassigned:number costs:number decided:number conditional:number above:number focusAreas.0.measures.0.basis:string focusAreas.0.measures.0.spent:null warnings:array");
        Assert.Equal(300m, money.Number("budget"));
        (await host.Lead.Send(HttpMethod.Put, $"{plan}/draft", Plan("Nytt", [Measure("natverk", "dialog", 150, findings: one)], [new { key = "kurs", reason = "Andra håller den" }]))).Is(200);
        Assert.Equal(2m, (await host.Lead.Post($"{plan}/versions", new { reason = "consultation", summary = "Efter samrådet", consultation = "annual-consultation-2015" })).Is(201).Number("version"));
        var difference = (await host.Lead.Get($"{plan}/versions/2/difference")).Is(200);
        Assert.Equal(("kurs", "Andra håller den", 1m), (difference.Text("removed.0.key"), difference.Text("removed.0.reason"), difference.Number("from")));
        Assert.Equal(["dialog 100 150", "utbildning 200 0"], difference.At("moved").EnumerateArray().Select(it => $"{it.Text("focusArea")} {it.Number("from")} {it.Number("to")}"));
        (await host.Officer.Get($"{plan}/versions/2/difference")).IsProblem(404, "no-such-plan-version");
        Assert.Equal(["current", "made"], (await host.Lead.All($"{plan}/versions")).Select(it => it.Text("status")));
        Assert.Single(await host.Officer.All($"{plan}/versions"));
        Assert.Equal(2m, (await host.Lead.Get($"{plan}?version=2")).Is(200).Number("version"));

        // Whoever pays, and whoever only reads, sees nothing of it.
        foreach (var other in new[] { host.Payer, host.Reader })
        {
            (await other.Get(plan)).IsProblem(404, "no-plan");
            (await other.Get($"{plan}/money")).IsProblem(404, "no-plan");
            Assert.Empty(await other.All($"{plan}/versions"));
        }
    }

    [Fact]
    public async Task It_is_revised_as_a_consultation_decides_and_what_was_handed_over_is_replaced()
    {
        var path = await Posted.Agreement(host, Posted.Terms2014());
        var plan = $"{path}/plan";
        await Made(1, "first", null, Plan("Bristerna", [Measure("natverk", "dialog", 100), Measure("kurs", "utbildning", 200)]));
        await HandedOver("action-plan", 1);
        (await host.Lead.Post($"{path}/obligations/action-plan-revision-1/submissions", new { summary = "Planen", documents = Array.Empty<Guid>(), plan = 1 })).IsProblem(404, "no-such-obligation");

        // The recipient records what was decided, the grantor confirms it, and the duty is there.
        object record = new
        {
            doneOn = "2014-06-13", note = "Hölls i Rosenbad",
            consultation = new
            {
                items = agenda.Select(item => new { item, considered = "Beaktas" }), participants = new[] { new { party = "RK", name = "Arbetsmarknadsdepartementet" } },
                decisions = new[] { new { kind = "revise-plan", text = "Två kurser till", on = "2016-09-01" } }
            }
        };
        (await host.Lead.Post($"{path}/obligations/annual-consultation-2016/completion", record)).Is(200);
        (await host.Lead.Get($"{path}/obligations/action-plan-revision-1")).IsProblem(404, "no-such-obligation");
        (await host.Officer.Post($"{path}/obligations/annual-consultation-2016/confirmation")).Is(200);
        var duty = (await host.Lead.Get($"{path}/obligations/action-plan-revision-1")).Is(200);
        Assert.Equal(("2016-09-01", "plan"), (duty.Text("effectiveDueOn"), duty.Text("documents.0")));
        Assert.Equal("action-plan-revision-1", (await host.Officer.Get($"{path}/obligations/annual-consultation-2016/consultation")).Is(200).Text("revision"));

        // Version 1 counts until what takes its place is accepted.
        await Made(2, "consultation", "annual-consultation-2016", Plan("Bristerna, ett år senare", [Measure("natverk", "dialog", 150), Measure("kurs", "utbildning", 400)]));
        (await host.Lead.Post($"{path}/obligations/action-plan-revision-1/submissions", new { summary = "Planen", documents = Array.Empty<Guid>(), plan = 1 })).IsProblem(409, "version-submitted");
        Assert.Equal(1m, (await host.Officer.Get(plan)).Is(200).Number("version"));
        await HandedOver("action-plan-revision-1", 2);
        Assert.Equal((2m, "current"), ((await host.Officer.Get(plan)).Is(200).Number("version"), (await host.Officer.Get(plan)).Is(200).Text("status")));
        Assert.Equal(["replaced", "current"], (await host.Officer.All($"{plan}/versions")).Select(it => it.Text("status")));
        Assert.Equal(["dialog 100 150", "utbildning 200 400"], (await host.Officer.Get($"{plan}/versions/2/difference")).Is(200).At("moved").EnumerateArray().Select(it => $"{it.Text("focusArea")} {it.Number("from")} {it.Number("to")}"));

        async Task Made(int version, string reason, string? consultation, object content)
        {
            var draft = await host.Lead.Get($"{plan}/draft");
            (await host.Lead.Send(HttpMethod.Put, $"{plan}/draft", content, ("If-Match", draft.ETag!))).Is(200);
            Assert.Equal(version, (await host.Lead.Post($"{plan}/versions", new { reason, summary = $"Version {version}", consultation })).Is(201).Number("version"));
        }

        async Task HandedOver(string obligation, int version)
        {
            (await host.Lead.Post($"{path}/obligations/{obligation}/submissions", new { summary = "Planen", documents = Array.Empty<Guid>(), plan = version })).Is(201);
            (await host.Officer.Post($"{path}/obligations/{obligation}/submissions/1/acceptance", new { })).Is(200);
        }
    }

    [Fact]
    public async Task On_its_pages_two_write_side_by_side_and_nothing_typed_is_lost()
    {
        var path = $"/{await Posted.Agreement(host, Posted.Terms2014())}";
        var (plan, draft) = ($"{path}/plan", $"{path}/plan/draft");
        (await host.Lead.Post($"{path[1..]}/findings", new { title = "Kunskap saknas", text = "Få.", kind = "need" })).Is(201);
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains($"href=\"{plan}\"", (await lead.Get($"{path}/consultations")).Text, StringComparison.Ordinal);
        Assert.Contains("Det finns ingen plan än.", (await officer.Get(plan)).Text, StringComparison.Ordinal);
        Assert.Equal(403, (await officer.Get(draft)).Status);

        // Each part by itself; whoever comes second to one has what they typed.
        var shown = (await lead.Get(draft)).Text;
        var (about, areas) = (Tag(shown, "about"), Tag(shown, "focus-areas"));
        var unread = await Save("about", about, ("period/from", "2015-06-01"), ("period/to", "snart"), ("goals/0/title", "Ökad kunskap"), ("analysis", "Bristerna"));
        Assert.Equal(422, unread.Status);
        Assert.Contains("value=\"Ökad kunskap\"", unread.Text, StringComparison.Ordinal);
        Assert.Contains("Ökad kunskap", (await Save("about", about, ("period/from", "2015-06-01"), ("period/to", "2017-06-30"), ("goals/0/title", "Ökad kunskap"), ("goals/1/title", ""), ("analysis", "Bristerna"))).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await Save("focus-areas", areas, ("focusAreas/0/title", "Dialog"), ("focusAreas/0/text", "Samtal"))).Status);
        var late = await Save("about", about, ("period/from", "2015-07-01"), ("period/to", "2017-06-30"), ("analysis", "Annat som någon skrev"));
        Assert.Equal(409, late.Status);
        Assert.Contains("Annat som någon skrev", late.Text, StringComparison.Ordinal);
        Assert.Contains("Någon har sparat avsnittet sedan du öppnade det.", late.Text, StringComparison.Ordinal);

        // A measure with a form of its own, and the version.
        var added = await lead.Send(draft, $"{draft}/measures", ("title", "Nätverk i nord"), ("focusArea", "dialog"));
        Assert.StartsWith($"{draft}/measures/natverk-i-nord", added.Path, StringComparison.Ordinal);
        var measure = $"{draft}/measures/natverk-i-nord";
        var wrong = await lead.Send(measure, measure, ("tag", Tag(added.Text, "measures/natverk-i-nord")), ("title", "Nätverk i nord"), ("kind", "Measure"), ("focusArea", "dialog"), ("findings", "1"), ("budget/0/year", "2015"), ("budget/0/amount", "många"));
        Assert.Equal(422, wrong.Status);
        var saved = await lead.Send(measure, measure, ("tag", Tag(wrong.Text, "measures/natverk-i-nord")), ("title", "Nätverk i nord"), ("kind", "Pilot"), ("focusArea", "dialog"), ("findings", "1"), ("goals", "okad-kunskap"), ("budget/0/year", ""), ("budget/1/year", "2015"), ("budget/1/amount", "1 000,50 kr"), ("period/from", "2015-06-01"), ("period/to", "2016-05-31"), ("responsible/party", "SKR"), ("responsible/function", "Projektledare"));
        Assert.Equal(200, saved.Status);
        var version = await lead.Send(draft, $"{draft}/version", ("version", "0"), ("tag", Tag((await lead.Get(draft)).Text, "version")), ("reason", "First"), ("summary", "Den första planen"));
        Assert.True(version.Path.StartsWith($"{plan}/versions/1?saved", StringComparison.Ordinal), version.Text);
        Assert.Contains("Det är den första versionen.", version.Text, StringComparison.Ordinal);
        Assert.Contains("Det finns ingen plan än.", (await officer.Get(plan)).Text, StringComparison.Ordinal);
        (await host.Lead.Post($"{path[1..]}/obligations/action-plan/submissions", new { summary = "Planen", documents = Array.Empty<Guid>(), plan = 1 })).Is(201);
        var page = (await officer.Get(plan)).Text;
        Assert.Contains("Nätverk i nord", page, StringComparison.Ordinal);
        Assert.Contains($"{path}/findings/1", page, StringComparison.Ordinal);
        Assert.Contains("Handlingsplanen, version 1", (await officer.Get($"{path}/obligations/action-plan")).Text, StringComparison.Ordinal);

        // Project plan, report and assessment.
        var area = $"{plan}/focus-areas/dialog";
        Assert.Contains("väntar på avstämning", (await lead.Send(area, $"{area}/project-plan", "file/0", ("tidplan.txt", "Våren"u8.ToArray()), ("version", "0"), ("text", "Samtal i nord"), ("kind/0", "plan"))).Text, StringComparison.Ordinal);
        Assert.Contains("tidplan", (await officer.Get(area)).Text, StringComparison.Ordinal);
        Assert.Contains("Stäm av projektplanen för Dialog", (await officer.Get(path)).Text, StringComparison.Ordinal);
        Assert.Contains("avstämd", (await officer.Send(area, $"{area}/check", ("version", (await host.Lead.Get($"{area[1..]}/project-plan")).ETag!.Trim('"')), ("outcome", "Agreed"), ("comment", ""))).Text, StringComparison.Ordinal);
        var one = $"{plan}/measures/natverk-i-nord";
        Assert.Contains("pågår", (await lead.Send(one, $"{one}/reports", "file/0", ("narvaro.txt", "Tolv"u8.ToArray()), ("version", "0"), ("on", "2014-06-13"), ("status", "Ongoing"), ("text", "Två träffar"), ("kind/0", "report"))).Text, StringComparison.Ordinal);
        Assert.Contains("narvaro", (await officer.Get(one)).Text, StringComparison.Ordinal);
        var without = await lead.Send(one, $"{one}/assessment", ("version", (await host.Lead.Get(one[1..])).ETag!.Trim('"')), ("result", "Reached"), ("text", "Det gick bra"));
        Assert.Equal(422, without.Status);
        Assert.Contains("Det gick bra", without.Text, StringComparison.Ordinal);
        Assert.Contains("målet nått", (await lead.Send(one, $"{one}/assessment", ("version", (await host.Lead.Get(one[1..])).ETag!.Trim('"')), ("result", "Reached"), ("text", "Det gick bra"), ("reports", "1"))).Text, StringComparison.Ordinal);
        // What comes with it is what it rests on.
        Assert.Contains("utvardering", (await lead.Send(one, $"{one}/assessment", "file/0", ("utvardering.txt", "Bra"u8.ToArray()), ("version", (await host.Lead.Get(one[1..])).ETag!.Trim('"')), ("result", "Reached"), ("text", "Det gick mycket bra"), ("kind/0", "report"))).Text, StringComparison.Ordinal);

        // Dropped it stays, with the reason; the difference is told.
        var dropped = await lead.Send(measure, $"{measure}/removal", ("tag", Tag((await lead.Get(measure)).Text, "removal")), ("reason", "Andra håller det"));
        Assert.Contains("Andra håller det", dropped.Text, StringComparison.Ordinal);
        var second = await lead.Send(draft, $"{draft}/version", ("version", (await host.Lead.Get($"{plan[1..]}?version=1")).ETag!.Trim('"')), ("tag", Tag(dropped.Text, "version")), ("reason", "Other"), ("summary", "Utan nätverk"));
        Assert.Contains("Andra håller det", second.Text, StringComparison.Ordinal);
        Assert.Contains("SHA-256", second.Text, StringComparison.Ordinal);

        using var payer = await PageCaller.SignIn(host, "petra.palm");
        foreach (var closed in new[] { plan, one, area, draft })
            Assert.Equal(403, (await payer.Get(closed)).Status);
        foreach (var missing in new[] { $"{plan}/measures/nix", $"{plan}/focus-areas/nix", $"{plan}/versions/9", $"{draft}/measures/nix" })
            Assert.Equal(404, (await lead.Get(missing)).Status);

        Task<PageAnswer> Save(string section, string tag, params (string, string)[] fields) => lead.Send(draft, $"{draft}/{section}", [("tag", tag), .. fields]);

        static string Tag(string text, string form)
        {
            var from = text.IndexOf("name=\"tag\" value=\"", text.IndexOf($"/plan/draft/{form}\"", StringComparison.Ordinal) is >= 0 and var at ? at : text.IndexOf($"/{form}\"", StringComparison.Ordinal), StringComparison.Ordinal) + "name=\"tag\" value=\"".Length;
            return text[from..text.IndexOf('"', from)];
        }
    }
}
