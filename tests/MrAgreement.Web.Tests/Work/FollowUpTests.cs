using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Work;

/// <summary>Indicators, efforts and the support ladder over HTTP and on their pages.</summary>
public class FollowUpTests(SharedHost shared)
{
    static readonly string[] principles = ["inclusion"], values = ["kvinnor", "män"], goal = ["kunskap"], two = ["0114", "0980"], unknown = ["0114", "9999"], stockholm = ["AB"], kinds = ["seminar"];

    readonly RunningHost host = shared.Host;

    async Task<string> Planned()
    {
        var path = await Posted.Agreement(host, Posted.Terms2014());
        (await host.Lead.Send(HttpMethod.Put, $"{path}/plan/draft", new
        {
            period = new { from = "2014-06-01", to = "2017-06-30" }, goals = new[] { new { key = "kunskap", title = "Ökad kunskap" } }, focusAreas = new[] { new { key = "dialog", title = "Dialog" } },
            measures = new[] { new { key = "natverk", title = "Nätverk", focusArea = "dialog", goals = goal, principles } }
        })).Is(200);
        (await host.Lead.Post($"{path}/plan/versions", new { reason = "first", summary = "Första" })).Is(201);
        return path;
    }

    static object Indicator(string unit = "share", string? key = "andel") => new
    {
        key, title = "Andel i nätverk", dimension = "result", principles, unit, direction = "up", belongsTo = new { measure = "natverk" }, baseline = unit == "share" ? new { on = "2013-12-31", value = 36, source = "Enkät 2013" } : null,
        targets = new[] { new { by = "2016-12-31", value = 60 } }, breakdowns = new[] { new { key = "kon", title = "Kön", values } }, source = "survey", of = "fråga 4"
    };

    [Fact]
    public async Task What_comes_along_with_a_reading_an_effort_or_a_declaration_is_handed_over_to_the_other_side()
    {
        var path = await Planned();
        (await host.Lead.Post($"{path}/indicators", Indicator())).Is(201);
        (await host.Lead.Send(HttpMethod.Put, $"{path}/support-ladder", new { steps = new[] { new { key = "bas", title = "Bas", order = 1, efforts = kinds, intent = false } } })).Is(200);
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var reading = $"/{path}/indicators/andel";
        Assert.Equal(200, (await lead.Send(reading, $"{reading}/readings", "file/0", ("matning.txt", "Tio av sexton"u8.ToArray()), ("version", Version(await lead.Get(reading), "readings")), ("on", "2014-06-12"), ("numerator", "10"), ("denominator", "16"), ("kind/0", "report"))).Status);
        var efforts = $"/{path}/efforts";
        Assert.Equal(200, (await lead.Send(efforts, efforts, "file/0", ("inbjudan.txt", "Välkommen"u8.ToArray()), ("version", Version(await lead.Get(efforts), "efforts")), ("title", "Seminarium"), ("kind", "Seminar"), ("step", "bas"), ("from", "2014-06-12"), ("meeting", "Both"), ("organisations", "0114"), ("kind/0", "report"))).Status);
        var declaration = await Posted.Document(host.Lead, path, "Avsikten");
        (await host.Lead.Post($"{path}/intents", new { organisation = "0114", area = "styrning", text = "Vi vill mer", signedOn = "2014-06-12", document = declaration })).Is(201);

        Assert.Contains("matning", (await officer.Get(reading)).Text, StringComparison.Ordinal);
        Assert.Contains("inbjudan", (await officer.Get($"{efforts}/1")).Text, StringComparison.Ordinal);
        var seen = await host.Officer.All($"{path}/documents");
        Assert.Equal(["Avsikten", "inbjudan", "matning"], seen.Select(it => it.Text("title")!).Order(StringComparer.Ordinal));
        foreach (var document in seen)
            (await host.Lead.Post($"{path}/documents/{document.Text("id")}/withdrawal", new { reason = "Fel" })).IsProblem(409, "document-handed-over");

        static string Version(PageAnswer page, string form)
        {
            var at = page.Text.IndexOf("name=\"version\" value=\"", page.Text.IndexOf($"/{form}\" enctype", StringComparison.Ordinal) is >= 0 and var form0 ? form0 : page.Text.IndexOf($"/{form}\"", StringComparison.Ordinal), StringComparison.Ordinal) + "name=\"version\" value=\"".Length;
            return page.Text[at..page.Text.IndexOf('"', at)];
        }
    }

    [Fact]
    public async Task Indicators_are_defined_read_corrected_and_shown_as_trend_and_heat_map()
    {
        var path = await Planned();
        var indicators = $"{path}/indicators";
        (await host.Officer.Post(indicators, Indicator())).IsProblem(403, "forbidden");
        (await host.Lead.Post(indicators, new { key = "x", title = "X", dimension = "result", unit = "share", direction = "up", belongsTo = new { measure = "nix" } })).IsProblem(422, "measure-not-in-plan");
        var made = (await host.Lead.Post(indicators, Indicator())).Is(201);
        made.Has("key:string title:string dimension:string principles.0:string unit:string direction:string cumulative:boolean decimals:number belongsTo.measure:string baseline.on:string baseline.value:number baseline.source:string targets.0.by:string targets.0.value:number breakdowns.0.values.0:string source:string of:string standing:string latest:null readBy:string ended:null");
        (await host.Lead.Post(indicators, Indicator())).Is(200);

        var told = new { on = "2014-06-12", numerator = 10, denominator = 16, source = "Enkät", parts = new[] { new { breakdown = "kon", value = "kvinnor", numerator = 8, denominator = 10 }, new { breakdown = "kon", value = "män", numerator = 2, denominator = 5 } } };
        var asked = (await host.Lead.Post($"{indicators}/andel/readings", told)).IsProblem(422, "parts-differ-from-total");
        Assert.Equal("/sure", asked.Text("errors.0.pointer"));
        var read = (await host.Lead.Post($"{indicators}/andel/readings?sure=true", told)).Is(201);
        read.Has("number:number on:string value:number numerator:number denominator:number parts.0.reading:number leftOut.count:number leftOut.share:number leftOut.byPart.0.value:string source:string corrects:null correctedBy:null by.name:string");
        Assert.Equal((63m, 6m, 38m, "män", 60m), (read.Number("value"), read.Number("leftOut.count"), read.Number("leftOut.share"), read.Text("leftOut.byPart.0.value"), read.Number("leftOut.byPart.0.share")));
        (await host.Lead.Post($"{indicators}/andel/readings?sure=true", told)).Is(200);
        (await host.Lead.Post($"{indicators}/andel/readings", new { on = "2014-06-14", numerator = 1, denominator = 2 })).IsProblem(422, "reading-in-future");
        (await host.Lead.Post($"{indicators}/andel/readings", new { on = "2014-06-12", numerator = 1e20, denominator = 2 })).IsProblem(422, "invalid-number");
        (await host.Lead.Post($"{indicators}/andel/readings", new { on = "2014-06-12", numerator = 1, denominator = 2, parts = new[] { new { breakdown = "alder", value = "unga", numerator = 1, denominator = 2 } } })).IsProblem(422, "unknown-breakdown");
        (await host.Lead.Send(HttpMethod.Put, $"{indicators}/andel", Indicator("number", null))).IsProblem(409, "indicator-in-use");
        (await host.Lead.Post(indicators, new { key = "antal", title = "Antal", dimension = "process", unit = "number", direction = "up", belongsTo = new { goal = "kunskap" } })).Is(201);
        (await host.Lead.Post($"{indicators}/antal/readings", new { on = "2014-06-12", value = 2, corrects = 1 })).IsProblem(422, "correction-of-other-indicator");
        Assert.Equal(1m, (await host.Lead.Post($"{indicators}/andel/readings", new { on = "2014-06-12", numerator = 11, denominator = 16, corrects = 1 })).Is(201).Number("corrects"));
        (await host.Lead.Post($"{indicators}/andel/targets", new { by = "2015-12-31", value = 50 })).Is(200);

        var trend = (await host.Officer.Get($"{indicators}/andel/trend")).Is(200);
        trend.Has("key:string unit:string standing:string baseline.value:number targets.1.value:number points.0.value:number points.0.change:number points.0.baseChanged:boolean points.0.leftOut.count:number");
        Assert.Equal((69m, 33m, "reached"), (trend.Number("points.0.value"), trend.Number("points.0.change"), trend.Text("standing")));
        var map = (await host.Officer.Get($"{indicators}/heat-map?rows=measures&columns=principles")).Is(200);
        Assert.Equal("reached", map.Text("cells.0.cells.4.worst"));
        (await host.Officer.Get($"{indicators}/heat-map?rows=nix")).IsProblem(400, "malformed-parameter");
        Assert.Equal("[1,2,3,4]", (await host.Officer.Get($"{path}/coverage?of=principles&by=indicators")).Is(200).At("untouched").ToString());
        (await host.Lead.Post($"{indicators}/antal/ending", new { reason = "Klar" })).Is(200);
        Assert.Equal(2, (await host.Officer.All(indicators)).Count);

        foreach (var other in new[] { host.Payer, host.Reader })
        {
            (await other.Get($"{indicators}/andel")).IsProblem(404, "no-such-indicator");
            (await other.Get($"{indicators}/andel/trend")).IsProblem(404, "no-such-indicator");
            Assert.Empty(await other.All(indicators));
            Assert.Equal("[]", (await other.Get($"{indicators}/heat-map")).Is(200).At("cells").ToString());
        }
    }

    [Fact]
    public async Task Efforts_are_made_on_steps_and_tell_whom_they_reach()
    {
        var path = await Planned();
        object effort(string title, string step, object reach) => reach switch
        {
            string[] organisations => new { title, kind = "seminar", step, from = "2014-06-02", form = "both", organisations, measure = "natverk" },
            _ => new { title, kind = "seminar", step, from = "2014-06-02", form = "digital", counties = stockholm }
        };
        (await host.Officer.Get($"{path}/support-ladder")).IsProblem(404, "no-support-ladder");
        (await host.Lead.Post($"{path}/efforts", effort("Kurs", "bas", two))).IsProblem(409, "no-support-ladder");
        (await host.Lead.Send(HttpMethod.Put, $"{path}/support-ladder", new { steps = new object[] { new { key = "bas", title = "Generellt", order = 1, efforts = kinds }, new { key = "riktat", title = "Riktat", order = 2, intent = true } } })).Is(200)
            .Has("version:number steps.0.key:string steps.1.intent:boolean by.name:string");
        (await host.Officer.Post($"{path}/efforts", effort("Kurs", "bas", unknown))).IsProblem(403, "forbidden");
        var refused = (await host.Lead.Post($"{path}/efforts", effort("Kurs", "bas", unknown))).IsProblem(422, "no-such-organisation");
        Assert.Equal("/organisations/1", refused.Text("errors.0.pointer"));
        (await host.Lead.Post($"{path}/efforts", new { title = "Kurs", kind = "course", step = "bas", from = "2014-06-02", form = "both", group = "nix" })).IsProblem(422, "no-such-group");
        var made = (await host.Lead.Post($"{path}/efforts", effort("Kurs", "riktat", two))).Is(201);
        made.Has("number:number title:string kind:string step:string ladder:number from:string to:null form:string organisations.0:string reaches.1:string measure:string effects:array warnings.0:string withoutIntent.0:string cancelled:null");
        Assert.Equal("intent-missing", made.Text("warnings.0"));
        (await host.Lead.Post($"{path}/intents", new { organisation = "9999", area = "Styrning", text = "Mer", signedOn = "2014-06-01" })).IsProblem(422, "no-such-organisation");
        (await host.Lead.Post($"{path}/intents", new { organisation = "0114", area = "Styrning", text = "Mer", signedOn = "2014-06-01" })).Is(201).Has("number:number organisation:string area:string text:string signedOn:string document:null");
        Assert.Equal("[\"0980\"]", (await host.Officer.Get($"{path}/efforts/1")).Is(200).At("withoutIntent").ToString());
        (await host.Lead.Post($"{path}/efforts", effort("Länet", "bas", 0))).Is(201);
        (await host.Lead.Post($"{path}/efforts/1/effects", new { on = "2014-06-12", kind = "contact", text = "Kontakt", organisation = "0114" })).Is(201);

        var covered = (await host.Officer.Get($"{path}/efforts/coverage?by=county")).Is(200);
        Assert.Equal((28m, 290m, 2m, 21m, 310m, 331m, 28m), (covered.Number("inAll.municipalities.in") + 1, covered.Number("inAll.municipalities.of"), covered.Number("inAll.regions.in"), covered.Number("inAll.regions.of"),
            covered.Number("inAll.organisations.of"), covered.Number("inAll.all.of"), covered.Number("inAll.reached")));
        Assert.Equal(331m - 28m, covered.Number("inAll.notReached"));
        Assert.Equal(21, covered.At("rows").GetArrayLength());
        Assert.Equal(("riktat", 2m), ((await host.Officer.Get($"{path}/efforts/coverage")).Is(200).Text("rows.1.key"), (await host.Officer.Get($"{path}/efforts/coverage?by=step")).Is(200).Number("rows.1.atHighest")));
        (await host.Officer.Get($"{path}/efforts/coverage?by=nix")).IsProblem(400, "malformed-parameter");
        (await host.Officer.Get($"{path}/efforts/coverage?from=2016-05-01&to=2016-01-01")).IsProblem(422, "period-reversed");
        Assert.Equal(333, System.Text.Encoding.UTF8.GetString((await host.Officer.Get($"{path}/efforts/coverage.csv?by=organisation")).Bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("[]", (await host.Officer.Get($"{path}/coverage?of=goals&by=efforts")).Is(200).At("untouched").ToString());
        (await host.Lead.Post($"{path}/efforts/2/cancellation", new { reason = "Blev inte av" })).Is(200);
        Assert.Equal(2m, (await host.Officer.Get($"{path}/efforts/coverage")).Is(200).Number("inAll.reached"));

        foreach (var other in new[] { host.Payer, host.Reader })
        {
            (await other.Get($"{path}/efforts/1")).IsProblem(404, "no-such-effort");
            (await other.Get($"{path}/support-ladder")).IsProblem(404, "no-support-ladder");
            Assert.Empty(await other.All($"{path}/efforts"));
            Assert.Empty(await other.All($"{path}/intents"));
            (await other.Get($"{path}/efforts/coverage")).IsProblem(403, "forbidden");
        }
    }

    [Fact]
    public async Task On_the_pages_it_is_told_in_forms_and_nothing_typed_is_lost()
    {
        var path = $"/{await Planned()}";
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var (indicators, efforts, ladder) = ($"{path}/indicators", $"{path}/efforts", $"{path}/ladder");
        Assert.Contains($"href=\"{indicators}\"", (await lead.Get($"{path}/consultations")).Text, StringComparison.Ordinal);
        (string, string)[] told = [("title", "Andel i nätverk"), ("belongsTo", "measure:natverk"), ("dimension", "Result"), ("unit", "Share"), ("direction", "Up"), ("principles", "Inclusion"), ("decimals", "0"), ("baseline/on", "2013-12-31"), ("baseline/value", "36,5"),
            ("baseline/source", "Enkät"), ("targets/0/by", "2016-12-31"), ("targets/0/value", "60 %"), ("breakdowns/0/title", "Kön"), ("breakdowns/0/values", "kvinnor, män"), ("source", "Survey")];
        var wrong = await lead.Send(indicators, indicators, [("version", await Version()), .. told.Select(it => it.Item1 == "baseline/value" ? (it.Item1, "många") : it)]);
        Assert.Equal(422, wrong.Status);
        Assert.Contains("value=\"kvinnor, män\"", wrong.Text, StringComparison.Ordinal);
        var made = await lead.Send(indicators, indicators, [("version", await Version()), .. told]);
        Assert.StartsWith($"{indicators}/andel-i-natverk", made.Path, StringComparison.Ordinal);
        var one = $"{indicators}/andel-i-natverk";
        (string, string)[] reading = [("on", "2014-06-12"), ("numerator", "10"), ("denominator", "16"), ("parts/0/breakdown", "kon"), ("parts/0/of", "kvinnor"), ("parts/0/numerator", "8"), ("parts/0/denominator", "9"), ("parts/1/breakdown", "kon"), ("parts/1/of", "män"), ("parts/1/numerator", ""), ("parts/1/denominator", "")];
        var asked = await lead.Send(one, $"{one}/readings", [("version", await Tag(one)), .. reading]);
        Assert.Equal(422, asked.Status);
        Assert.Contains("name=\"sure\"", asked.Text, StringComparison.Ordinal);
        var read = await lead.Send(one, $"{one}/readings", [("version", await Tag(one)), .. reading, ("sure", "true")]);
        Assert.True(read.Status == 200, read.Text);
        Assert.Contains("63 % (10 av 16)", Plain(read.Text), StringComparison.Ordinal);
        Assert.Contains("38 % (6 av 16)", Plain(read.Text), StringComparison.Ordinal);
        Assert.Contains("målvärdet är nått", Plain((await officer.Get($"{path}/heat-map?rows=measures")).Text), StringComparison.Ordinal);

        Assert.Contains("Sätt stödtrappan först", (await lead.Get(efforts)).Text, StringComparison.Ordinal);
        var set = await lead.Send(ladder, ladder, ("version", "0"), ("steps/0/title", "Generellt"), ("steps/1/title", ""), ("steps/2/title", "Riktat"), ("steps/2/intent", "true"));
        Assert.True(set.Status == 200 && set.Text.Contains("Riktat", StringComparison.Ordinal), set.Text);
        (string, string)[] effort = [("title", "Kurs i Väsby"), ("kind", "Course"), ("step", "riktat"), ("from", "2014-06-02"), ("meeting", "Both"), ("organisations", "0114, 9999"), ("measure", "natverk")];
        var unknown = await lead.Send(efforts, efforts, [("version", await Version()), .. effort]);
        Assert.Equal(422, unknown.Status);
        Assert.Contains("0114, 9999", unknown.Text, StringComparison.Ordinal);
        var recorded = await lead.Send(efforts, efforts, [("version", await Version()), .. effort.Select(it => it.Item1 == "organisations" ? (it.Item1, "0114") : it)]);
        Assert.StartsWith($"{efforts}/1", recorded.Path, StringComparison.Ordinal);
        Assert.Contains("Steget förutsätter en avsiktsförklaring", recorded.Text, StringComparison.Ordinal);
        Assert.Contains("Väsby", (await lead.Send(ladder, $"{path}/intents", ("version", await Version()), ("organisation", "0114"), ("area", "Styrning"), ("text", "Mer"), ("signedOn", "2014-06-01"))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Steget förutsätter en avsiktsförklaring", (await officer.Get($"{efforts}/1")).Text, StringComparison.Ordinal);
        Assert.Contains("ändrat arbetssätt", (await lead.Send($"{efforts}/1", $"{efforts}/1/effects", ("version", await Tag($"{efforts}/1")), ("on", "2014-06-12"), ("kind", "ChangedPractice"), ("text", "Nya rutiner"))).Text, StringComparison.Ordinal);
        Assert.Contains("1 av 290", Plain((await officer.Get($"{path}/coverage")).Text), StringComparison.Ordinal);
        Assert.Contains("Kurs i Väsby", (await officer.Get($"{path}/plan/measures/natverk")).Text is var measure && measure.Contains("Kurs i Väsby", StringComparison.Ordinal) ? measure : (await lead.Get($"{path}/plan/measures/natverk")).Text, StringComparison.Ordinal);

        using var payer = await PageCaller.SignIn(host, "petra.palm");
        foreach (var closed in new[] { indicators, one, efforts, $"{efforts}/1", ladder, $"{path}/heat-map", $"{path}/coverage", $"{path}/coverage/csv" })
            Assert.Equal(403, (await payer.Get(closed)).Status);
        foreach (var missing in new[] { $"{indicators}/nix", $"{efforts}/9" })
            Assert.Equal(404, (await lead.Get(missing)).Status);

        async Task<string> Version() => (await host.Lead.Get(path[1..])).ETag!.Trim('"');
        async Task<string> Tag(string of) => (await host.Lead.Get(of[1..])).ETag!.Trim('"');
        static string Plain(string text) => System.Net.WebUtility.HtmlDecode(text).Replace('\u00a0', ' ');
    }
}
