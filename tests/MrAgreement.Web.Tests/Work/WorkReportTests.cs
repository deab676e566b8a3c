using System.IO.Compression;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Work;

/// <summary>Reports, over HTTP and on their pages: two people write two sections, and what is frozen reads the same for ever.</summary>
public class WorkReportTests(SharedHost shared, Azurite azurite)
{
    readonly RunningHost host = shared.Host;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static object Text(string text, string[]? contents = null) => new { title = "Avsnitt", blocks = new[] { new { kind = "text", text } }, contents };

    static object Plan(decimal budget) => new
    {
        period = new { from = "2015-06-01", to = "2017-06-30" }, focusAreas = new object[] { new { key = "dialog", title = "Dialog" }, new { key = "utbildning", title = "Utbildning" } },
        measures = new[] { Measure("natverk", "dialog", 100), Measure("kurs", "utbildning", budget) }
    };

    static object Measure(string key, string area, decimal amount) => new
    {
        key, title = $"Åtgärden {key}", focusArea = area, findings = new[] { 1 }, period = new { from = "2015-06-01", to = "2016-05-31" },
        responsible = new { party = "SKR", function = "Projektledare" }, budget = new[] { new { year = 2015, amount } }
    };

    static async Task Planned(Caller lead, string path, int version, decimal budget, string reason, string? consultation = null)
    {
        var draft = await lead.Get($"{path}/plan/draft");
        (await lead.Send(HttpMethod.Put, $"{path}/plan/draft", Plan(budget), ("If-Match", draft.ETag!))).Is(200);
        Assert.Equal(version, (await lead.Post($"{path}/plan/versions", new { reason, summary = $"Version {version}", consultation })).Is(201).Number("version"));
    }

    async Task<string> WithPlan()
    {
        var path = await Posted.Agreement(host, Posted.Terms2014());
        (await host.Lead.Post($"{path}/findings", new { title = "Kunskap saknas", text = "Få.", kind = "need" })).Is(201);
        await Planned(host.Lead, path, 1, 200, "first");
        return path;
    }

    [Fact]
    public async Task It_is_begun_written_by_two_side_by_side_and_frozen_with_its_figures()
    {
        var path = await WithPlan();
        (await host.Finance.Post($"{path}/reports", new { })).IsProblem(403, "forbidden");
        (await host.Lead.Post($"{path}/reports", new { obligation = "government-report" })).IsProblem(403, "not-responsible");
        (await host.Lead.Post($"{path}/reports", new { obligation = "nix" })).IsProblem(404, "no-such-obligation");
        (await host.Lead.Post($"{path}/reports", new { from = 7 })).IsProblem(422, "unknown-report");
        var begun = await host.Lead.Post($"{path}/reports", new { obligation = "final-report" }, ("Idempotency-Key", "slut"));
        Assert.Equal("final", begun.Is(201).Text("kind"));
        Assert.Equal(begun.Json.Text("id"), (await host.Lead.Post($"{path}/reports", new { obligation = "final-report" }, ("Idempotency-Key", "slut"))).Is(201).Text("id"));
        var report = $"{path}/reports/{begun.Json.Text("id")}";
        begun.Json.Has("id:string status:string number:null kind:string title:string obligation:string period.from:string sections.0.key:string sections.0.blocks.0.kind:string sections.0.eTag:string missing.0.what:string missing.0.message:string faults:array beside:null sha256:null documents:array party:string by.name:string at:string");

        // Its own party's alone: to the other it is not there.
        Assert.Equal("draft", (await host.Finance.Get(report)).Is(200).Text("status"));
        (await host.Officer.Get(report)).IsProblem(404, "unknown-report");
        (await host.Officer.Get($"{report}/content?format=pdf")).IsProblem(404, "unknown-report");
        (await host.Officer.Send(HttpMethod.Put, $"{report}/sections/summary", Text("Nej"))).IsProblem(404, "unknown-report");
        Assert.Empty(await host.Officer.All($"{path}/reports"));
        Assert.Empty(await host.Payer.All($"{path}/reports"));

        // Two sections at once; the same one twice is told.
        var (one, other) = (await host.Lead.Get($"{report}/sections/activities"), await host.Lead.Get($"{report}/sections/lives-on"));
        (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/activities", Text("Av {{plan:budget}} är {{plan:focus-area/utbildning|budget}} till kurser.", ["activities", "use-of-funds", "results-per-part"]), ("If-Match", one.ETag!))).Is(200);
        (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/lives-on", Text("Nätverken lever vidare."), ("If-Match", other.ETag!))).Is(200);
        (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/activities", Text("Annat"), ("If-Match", one.ETag!))).IsProblem(412, "stale-if-match");
        Assert.Contains("{{plan:budget}}", (await host.Lead.Get($"{report}/sections/activities")).Is(200).Text("blocks.0.text"), StringComparison.Ordinal);

        // What is wrong is told at its place: a text is kept whatever it refers to, what is no block is not.
        var kept = (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/eget", Text("{{survey:stockholm-2021/goals=yes|count}} <script>alert(1)</script> [x](javascript:alert(1)) " + new string('[', 50_000)))).Is(200);
        Assert.Equal("figure-unknown", kept.Text("faults.0.rule"));
        var html = System.Text.Encoding.UTF8.GetString((await host.Lead.Get($"{report}/content?format=html")).Bytes);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.Ordinal);
        (await host.Lead.Post($"{report}/freezing")).IsProblem(422, "figure-unknown");
        (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/eget", Text(new string('[', 900_000)))).IsProblem(422, "markdown-too-long");
        (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/eget", new { title = "x", blocks = new[] { new { kind = "table", of = "nix" } } })).IsProblem(422, "unknown-block");
        (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/eget", new { title = "x", blocks = new[] { new { kind = "nix" } } })).IsProblem(422, "invalid-choice");
        (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/E%20G", Text("x"))).IsProblem(422, "plan-key");
        var own = await host.Lead.Get($"{report}/sections/eget");
        Assert.DoesNotContain("eget", (await host.Lead.Send(HttpMethod.Delete, $"{report}/sections/eget", null, ("If-Match", own.ETag!))).Is(200).At("sections").EnumerateArray().Select(it => it.Text("key")));
        Assert.Contains("{{plan:budget}}", (await host.Lead.All($"{report}/figures")).Select(it => it.Text("reference")));

        // Why a measure is not assessed, in words; then what is missing is no more than the accounts.
        (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/area-dialog", new { title = "Dialog", blocks = new[] { new { kind = "measures", of = "dialog", reasons = new[] { new { measure = "natverk", reason = "Pågår än" } } } } })).Is(200);
        (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/area-utbildning", new { title = "Utbildning", blocks = new[] { new { kind = "measures", of = "utbildning", reasons = new[] { new { measure = "kurs", reason = "Hölls inte" } } } } })).Is(200);
        var ready = (await host.Lead.Get(report)).Is(200);
        Assert.Equal(["statement"], ready.At("missing").EnumerateArray().Select(it => it.Text("what")).Distinct().Except(["section"]));
        (await host.Officer.Post($"{report}/freezing")).IsProblem(404, "unknown-report");
        var frozen = (await host.Lead.Post($"{report}/freezing")).Is(201);
        Assert.Equal(("frozen", 1m, 2), (frozen.Text("status"), frozen.Number("number"), frozen.At("documents").GetArrayLength()));
        Assert.Equal("frozen", (await host.Lead.Post($"{report}/freezing")).Is(200).Text("status"));
        (await host.Lead.Send(HttpMethod.Put, $"{report}/sections/summary", Text("Mer"))).IsProblem(409, "report-frozen");
        (await host.Lead.Send(HttpMethod.Delete, report, null)).IsProblem(409, "report-frozen");
        Assert.Single(await host.Lead.All($"{path}/reports"));

        // It reads the same for ever.
        var before = await Contents();
        Assert.Equal(frozen.Text("sha256"), $"{Sha256.Of(before[0])}");
        Assert.Contains("Av 300 kr", System.Text.Encoding.UTF8.GetString(before[3]).Replace('\u00a0', ' '), StringComparison.Ordinal);
        await Planned(host.Lead, path, 2, 900, "other");
        Assert.Equal(before, await Contents());

        // The other side's once it is submitted, and a new one begins from it.
        (await host.Officer.Get(report)).IsProblem(404, "unknown-report");
        (await host.Lead.Post($"{path}/obligations/final-report/submissions", new { summary = "Slutrapporten", documents = frozen.At("documents").EnumerateArray().Select(it => it.Text("id")) })).Is(201);
        Assert.Equal("frozen", (await host.Officer.Get(report)).Is(200).Text("status"));
        Assert.Equal(before[0], (await host.Officer.Get($"{report}/content?format=json")).Bytes);
        (await host.Payer.Get(report)).IsProblem(404, "unknown-report");
        var again = (await host.Lead.Post($"{path}/reports", new { obligation = "final-report", from = 1 })).Is(201);
        Assert.Equal(("Nätverken lever vidare.", 1m), (again.At("sections").EnumerateArray().Single(it => it.Text("key") == "lives-on").Text("blocks.0.text"), again.Number("beside.number")));
        var draft = $"{path}/reports/{again.Text("id")}";
        (await host.Lead.Send(HttpMethod.Put, draft, new { title = "Ny", period = new { from = "2016-01-01", to = "2015-01-01" } })).IsProblem(422, "period-reversed");
        Assert.Equal("Ny", (await host.Lead.Send(HttpMethod.Put, draft, new { title = "Ny", period = new { from = "2015-01-01", to = "2016-01-01" } })).Is(200).Text("title"));
        Assert.Equal(204, (await host.Lead.Send(HttpMethod.Delete, draft, null)).Status);
        (await host.Lead.Get(draft)).IsProblem(404, "unknown-report");

        async Task<List<byte[]>> Contents()
        {
            var all = new List<byte[]>();
            foreach (var format in new[] { "json", "pdf", "docx", "md" })
                all.Add((await host.Lead.Get($"{report}/content?format={format}")).Bytes);
            return all;
        }
    }

    [Theory]
    [InlineData(Store.Folder)]
    [InlineData(Store.Account)]
    public async Task The_work_is_walked_from_findings_to_the_final_report_and_its_package_holds_it(Store store)
    {
        await using var own = await RunningHost.Start("2014-06-13", storage: azurite.For(store));
        var (lead, officer) = (own.Lead, own.Officer);
        var path = await Posted.Agreement(own, Posted.Terms2014());
        (await lead.Post($"{path}/findings", new { title = "Kunskap saknas", text = "Få.", kind = "need" })).Is(201);
        await Planned(lead, path, 1, 200, "first");
        await HandedOver("action-plan", new { summary = "Planen", documents = Array.Empty<Guid>(), plan = 1 });
        (await lead.Send(HttpMethod.Put, $"{path}/plan/focus-areas/dialog/project-plan", new { text = "Samtal" })).Is(200);
        (await officer.Post($"{path}/plan/focus-areas/dialog/project-plan/check", new { outcome = "agreed" })).Is(200);

        // A report before the consultation, which decides that the plan is revised.
        await HandedOver("follow-up-report-2016", await Frozen("follow-up-report-2016", "{{plan:budget}}"));
        string[] agenda = ["mapping", "action-plan", "next-year"];
        (await officer.Post($"{path}/obligations/annual-consultation-2016/completion", new
        {
            doneOn = "2014-06-13", note = "Hölls",
            consultation = new
            {
                items = agenda.Select(item => new { item, considered = "Beaktas" }), participants = new[] { new { party = "RK", name = "Departementet" } },
                decisions = new[] { new { kind = "revise-plan", text = "En kurs till", on = "2016-09-01" } }
            }
        })).Is(200);
        (await lead.Post($"{path}/obligations/annual-consultation-2016/confirmation")).Is(200);
        await Planned(lead, path, 2, 400, "consultation", "annual-consultation-2016");
        await HandedOver("action-plan-revision-1", new { summary = "Planen", documents = Array.Empty<Guid>(), plan = 2 });

        // Assessed part by part, and the final report says so; then all is settled, and the agreement closed.
        foreach (var measure in new[] { "natverk", "kurs" })
        {
            (await lead.Post($"{path}/plan/measures/{measure}/reports", new { on = "2014-06-13", status = "done", text = "Klart" })).Is(201);
            (await lead.Post($"{path}/plan/measures/{measure}/assessment", new { result = "reached", text = "Bra", livesOn = "I nätverken", evidence = new[] { new { report = 1 } } })).Is(201);
        }
        await HandedOver("final-report", await Frozen("final-report", "{{plan:budget}} och {{plan:measure/kurs|result}}"));
        var final = (await officer.Get($"{path}/reports/{(await officer.All($"{path}/reports"))[0].Text("id")}")).Is(200);
        Assert.Equal(("final", 2m), (final.Text("kind"), final.Number("number")));
        Assert.DoesNotContain("assessment", final.At("missing").EnumerateArray().Select(it => it.Text("what")));
        foreach (var open in (await officer.All($"{path}/obligations?limit=100")).Where(it => it.Text("status") is not ("done" or "waived")))
            (await officer.Post($"{path}/obligations/{open.Text("key")}/waiver", new { reason = "Avslutas", reference = "A2017/1" })).Is(200);
        foreach (var year in new[] { 2015, 2016 })
            (await officer.Post($"{path}/grant/instalments/{year}/lapse", new { reason = "Avslutas" })).Is(200);
        Assert.Equal("closed", (await officer.Post($"{path}/closure", new { })).Is(200).Text("status"));
        (await lead.Post($"{path}/reports", new { })).IsProblem(409, "agreement-closed");

        // The package of either side has both, byte for byte what the log says.
        foreach (var by in new[] { lead, officer })
        {
            var ordered = await by.Post($"{path}/archive-packages", "{}");
            while ((await by.Get(ordered.Location!)).Is(200).Text("status") == "making")
                await Task.Delay(50, Cancellation);
            using var zip = new ZipArchive(new MemoryStream((await by.Get($"{ordered.Location}/content")).Bytes));
            var held = zip.Entries.Where(it => it.FullName.Contains("/reports/report-", StringComparison.Ordinal)).OrderBy(it => it.FullName).ToList();
            Assert.Equal(["report-1.json", "report-2.json"], held.Select(it => it.Name));
            using var bytes = new MemoryStream();
            await (await held[1].OpenAsync(Cancellation)).CopyToAsync(bytes, Cancellation);
            Assert.Equal(final.Text("sha256"), $"{Sha256.Of(bytes.ToArray())}");
            Assert.Equal(2, zip.Entries.Count(it => it.Name.EndsWith(".docx", StringComparison.Ordinal)));
        }

        async Task<object> Frozen(string obligation, string text)
        {
            var begun = (await lead.Post($"{path}/reports", new { obligation })).Is(201);
            (await lead.Send(HttpMethod.Put, $"{path}/reports/{begun.Text("id")}/sections/summary", Text(text))).Is(200);
            var frozen = (await lead.Post($"{path}/reports/{begun.Text("id")}/freezing")).Is(201);
            return new { summary = "Rapporten", documents = frozen.At("documents").EnumerateArray().Select(it => it.Text("id")).ToList() };
        }

        async Task HandedOver(string obligation, object submission)
        {
            (await lead.Post($"{path}/obligations/{obligation}/submissions", submission)).Is(201);
            (await officer.Post($"{path}/obligations/{obligation}/submissions/1/acceptance", new { })).Is(200);
        }
    }

    [Fact]
    public async Task Every_section_opens_and_what_the_clause_asks_for_is_ticked_where_it_stands()
    {
        var path = $"/{await WithPlan()}";
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var report = (await lead.Send($"{path}/reports", $"{path}/reports", ("obligation", "final-report"))).Path.Split('?')[0];
        var sections = System.Text.RegularExpressions.Regex.Matches((await lead.Get(report)).Text, $"href=\"({report}/sections/[^\"]+)\"").Select(it => it.Groups[1].Value).Distinct().ToList();
        Assert.True(sections.Count > 4, string.Join('\n', sections));
        foreach (var section in sections)
            Assert.Equal((section, 200), (section, (await lead.Get(section)).Status));
        Assert.Matches("<input[^>]*name=\"contents\"[^>]* checked", (await lead.Get($"{report}/sections/activities")).Text);
    }

    [Fact]
    public async Task On_its_pages_it_is_begun_written_frozen_and_handed_over()
    {
        var path = $"/{await WithPlan()}";
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains($"href=\"{path}/reports\"", (await lead.Get($"{path}/work")).Text, StringComparison.Ordinal);
        var begun = await lead.Send($"{path}/reports", $"{path}/reports", ("obligation", "follow-up-report-2016"), ("title", "Året som gick"));
        Assert.Equal(200, begun.Status);
        var report = begun.Path.Split('?')[0];
        Assert.Contains("Åtgärden natverk", begun.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await officer.Get(report)).Status);

        // Whoever comes second to a section has what they typed.
        var section = $"{report}/sections/summary";
        var tag = Tag((await lead.Get(section)).Text);
        (string, string)[] block = [("blocks/0/kind", "Text"), ("blocks/0/of", "")];
        var saved = await lead.Send(section, section, [("tag", tag), ("title", "Sammanfattning"), .. block, ("blocks/0/text", "Av **{{plan:budget}}** <b>x</b>"), ("add", "Table|money")]);
        Assert.Contains("<strong>300", saved.Text, StringComparison.Ordinal);
        Assert.Contains("Planens pengar", saved.Text, StringComparison.Ordinal);
        var late = await lead.Send(section, section, [("tag", tag), ("title", "Sammanfattning"), .. block, ("blocks/0/text", "Annat som någon skrev")]);
        Assert.Equal(409, late.Status);
        Assert.Contains("Annat som någon skrev", late.Text, StringComparison.Ordinal);
        Assert.Contains("Hänvisningen ”plan:nix”", (await lead.Send(section, section, [("tag", Tag(saved.Text)), ("title", "Sammanfattning"), .. block, ("blocks/0/text", "{{plan:nix}}")])).Text, StringComparison.Ordinal);
        var refused = await lead.Send(report, $"{report}/freezing", ("version", "0"), ("tag", Tag((await lead.Get(report)).Text, "/freezing\"")));
        Assert.Equal(422, refused.Status);
        await lead.Send(section, section, [("tag", Tag((await lead.Get(section)).Text)), ("title", "Sammanfattning"), .. block, ("blocks/0/text", "{{plan:budget}}")]);
        Assert.Contains("Bilagor", (await lead.Send(report, $"{report}/sections", ("title", "Bilagor"))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bilagor", (await lead.Send($"{report}/sections/bilagor", $"{report}/sections/bilagor/removal", ("tag", Tag((await lead.Get($"{report}/sections/bilagor")).Text, "/removal\"")))).Text, StringComparison.Ordinal);
        Assert.Contains("Det gångna året", (await lead.Send(report, $"{report}/heading", ("title", "Det gångna året"), ("period/from", "2015-01-01"), ("period/to", "2015-12-31"))).Text, StringComparison.Ordinal);

        var frozen = await lead.Send(report, $"{report}/freezing", ("version", "0"), ("tag", Tag((await lead.Get(report)).Text, "/freezing\"")));
        Assert.True(frozen.Status == 200 && frozen.Path.StartsWith($"{report}?saved", StringComparison.Ordinal), frozen.Text);
        Assert.Contains("SHA-256", frozen.Text, StringComparison.Ordinal);
        Assert.Contains("checked", (await lead.Get($"{path}/obligations/follow-up-report-2016?report=1")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await officer.Get(report)).Status);
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        Assert.Equal(403, (await payer.Get($"{path}/reports")).Status);

        // Thrown away is just what was looked at.
        var second = (await lead.Send($"{path}/reports", $"{path}/reports", ("obligation", ""), ("title", "Ett utkast"), ("from", "1"))).Path.Split('?')[0];
        Assert.DoesNotContain("Ett utkast", (await lead.Send(second, $"{second}/discard", ("tag", Tag((await lead.Get(second)).Text, "/discard\"")))).Text, StringComparison.Ordinal);

        static string Tag(string text, string after = "<form")
        {
            var from = text.IndexOf("name=\"tag\" value=\"", text.IndexOf(after, StringComparison.Ordinal), StringComparison.Ordinal) + "name=\"tag\" value=\"".Length;
            return text[from..text.IndexOf('"', from)];
        }
    }
}
