using System.Text;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Work;

/// <summary>Recommendations, what was told of them, findings and coverage, over HTTP and on their pages.</summary>
public class RecommendationTests(SharedHost shared)
{
    static readonly string[] both = ["municipalities", "regions"], board = ["county-boards"], knowledge = ["kunskap"], follow = ["uppföljning"];
    static readonly int[] one = [1], two = [1, 2], reports = [3];

    readonly RunningHost host = shared.Host;

    static object Cerd(string paragraph, string[]? themes = null, string? sv = null) => new
    {
        body = "CERD", occasion = "Periodisk granskning", year = 2013, document = "CERD/C/SWE/CO/19-21", paragraph, text = new { en = "Strengthen the follow-up.", sv }, concerns = both, themes = themes ?? follow, answer = "accepted"
    };

    static readonly object report = new
    {
        kind = "report", body = "Ramboll", occasion = "Kartläggning 2021", year = 2021, document = "Mänskliga rättigheter i länets kommuner", paragraph = "5.2:1", text = new { sv = "Stärk det lokala arbetet med en regional strategi." }, concerns = board, commissioner = "Länsstyrelsen i Stockholm"
    };

    static MultipartFormDataContent File(string text) => Posted.Form(Encoding.UTF8.GetBytes(text), "rekommendationer.csv");

    [Fact]
    public async Task They_are_recorded_told_of_with_a_receipt_and_what_rests_on_them_is_shown()
    {
        var path = await Posted.Agreement(host);
        var all = $"{path}/recommendations";
        (await host.Lead.Post(all, Cerd("12"))).IsProblem(403, "forbidden");
        (await host.Officer.Post(all, Cerd(""))).IsProblem(422, "text-length");
        var first = await host.Officer.Post(all, Cerd("12"));
        Assert.EndsWith("/recommendations/1", first.Location, StringComparison.Ordinal);
        (await host.Officer.Post(all, Cerd("12"))).Is(200);
        (await host.Officer.Post(all, Cerd("12", knowledge))).IsProblem(422, "recommendation-known");
        (await host.Officer.Post(all, Cerd("13", knowledge))).Is(201);
        (await host.Officer.Post(all, report)).Is(201);
        (await host.Officer.Send(HttpMethod.Post, $"{all}/1/versions", Cerd("12", sv: "Stärk uppföljningen."), ("If-Match", "\"1\""))).IsProblem(412, "stale-if-match");
        var revised = (await host.Officer.Send(HttpMethod.Post, $"{all}/1/versions", Cerd("12", sv: "Stärk uppföljningen."), ("If-Match", first.ETag!))).Is(200);
        revised.Has("""
            number:number kind:string body:string occasion:string year:number document:string paragraph:string text.en:string text.sv:string concerns.0:string themes.0:string answer:string commissioner:null party:string
            informed:null revisedSince:boolean versions.0.version:number versions.1.text.sv:string versions.1.by.name:string versions.1.at:string
            """);
        foreach (var (query, count) in new[] { ("", 3), ("?kind=report", 1), ("?body=cerd", 2), ("?theme=kunskap", 1), ("?informed=false", 2), ("?informed=true", 0), ("?year=2021", 1) })
            Assert.Equal(count, (await host.Auditor.Get($"{all}{query}")).Is(200).Number("_meta.totalRecords"));
        foreach (var wrong in new[] { "kind=x", "informed=yes", "year=x" })
            (await host.Auditor.Get($"{all}?{wrong}")).IsProblem(400, "malformed-parameter");

        // Told of, with one more performance of the duty to inform; received, which confirms it.
        (await host.Officer.Post($"{all}/information", new { numbers = reports, informedOn = "2014-06-13", how = "I ett brev" })).IsProblem(422, "not-of-review-body");
        var letter = await Posted.Document(host.Officer, path, "Brev", "note");
        var told = await host.Officer.Post($"{all}/information", new { numbers = one, informedOn = "2014-06-13", how = "I ett brev", documents = new[] { letter } });
        told.Is(201).Has("number:number numbers.0:number informedOn:string how:string documents.0.title:string obligation:string party:string by.name:string at:string received:null");
        (await host.Officer.Post($"{all}/information", new { numbers = two, informedOn = "2014-06-13", how = "Vid ett möte" })).IsProblem(422, "already-informed");
        Assert.Equal("I ett brev", (await host.Lead.Get($"{path}/obligations/information")).Is(200).Text("completions.0.note"));
        (await host.Finance.Post($"{all}/information/1/receipt")).IsProblem(403, "forbidden");
        Assert.Equal("SKR", (await host.Lead.Post($"{all}/information/1/receipt")).Is(200).Text("received.party"));
        (await host.Lead.Post($"{all}/information/2/receipt")).IsProblem(404, "no-such-information");
        Assert.True((await host.Lead.Get($"{path}/obligations/information")).Is(200).At("completions.0.confirmed").GetBoolean());
        Assert.Equal("Brev", (await host.Lead.Get($"{all}/information/1")).Is(200).Text("documents.0.title"));
        Assert.Equal(1m, (await host.Lead.Get($"{all}?informed=true")).Is(200).Number("items.0.informed.number"));

        // Findings, and what they cover.
        var mapping = await Posted.Document(host.Lead, path, "Kartläggning");
        object[] sources = [new { recommendation = 1 }, new { document = mapping, page = 4 }, new { interview = "Sakkunnig, länsstyrelsen" }];
        var finding = new { title = "Uppföljning saknas", text = "Få följer upp arbetet.", kind = "need", sources, themes = follow };
        (await host.Officer.Post($"{path}/findings", finding)).IsProblem(403, "forbidden");
        (await host.Lead.Post($"{path}/findings", new { title = "X", text = "Y", kind = "need", sources = new object[] { new { survey = "stockholm-2021", question = "goals" } } })).IsProblem(422, "source-unknown");
        (await host.Lead.Post($"{path}/findings", new { title = "X", text = "Av {{survey:s/q|count}}", kind = "need" })).IsProblem(422, "figure-unknown");
        var found = await host.Lead.Post($"{path}/findings", finding);
        Assert.EndsWith("/findings/1", found.Location, StringComparison.Ordinal);
        found.Is(201).Has("number:number version:number title:string text:string kind:string sources.0.recommendation:number sources.1.document.title:string sources.1.page:number sources.2.interview:string themes.0:string party:string retracted:null told.0.version:number told.0.by.name:string");
        Assert.Equal(1m, (await host.Lead.Send(HttpMethod.Put, $"{path}/findings/1", new { title = "Uppföljning saknas ofta", text = "Få.", kind = "need", sources })).Is(200).Number("version"));
        Assert.Equal(2m, (await host.Lead.Post($"{path}/findings/1/versions", new { title = "Uppföljning saknas", text = "Få.", kind = "need", sources })).Is(200).Number("version"));
        Assert.Equal("sources", (await host.Lead.Post($"{path}/findings", new { title = "Fel", text = "Fel.", kind = "strength" })).Is(201).Text("missing.0"));
        Assert.Equal("Fel underlag", (await host.Lead.Post($"{path}/findings/2/retraction", new { reason = "Fel underlag" })).Is(200).Text("retracted.reason"));
        (await host.Lead.Post($"{path}/findings/2/versions", finding)).IsProblem(409, "finding-retracted");
        Assert.Equal(1m, (await host.Finance.Get($"{path}/findings?kind=need")).Is(200).Number("_meta.totalRecords"));
        (await host.Lead.Get($"{path}/findings/3")).IsProblem(404, "no-such-finding");

        var coverage = (await host.Officer.Get($"{path}/coverage?of=recommendations&by=findings")).Is(200);
        Assert.Equal(("Uppföljning saknas", "[2,3]"), (coverage.Text("rows.0.touchedBy.0.title"), coverage.At("untouched").ToString()));
        Assert.Equal("[1,2,3]", (await host.Officer.Get($"{path}/coverage?of=recommendations&by=measures")).Is(200).At("untouched").ToString());
        Assert.Equal("[1]", (await host.Officer.Get($"{path}/coverage?of=findings&by=measures")).Is(200).At("untouched").ToString());
        foreach (var wrong in new[] { "", "?of=texts&by=measures", "?of=goals&by=findings", "?of=findings&by=findings", "?of=findings" })
            (await host.Officer.Get($"{path}/coverage{wrong}")).IsProblem(400, "malformed-parameter");

        // Whoever pays, and whoever only reads, sees nothing of it.
        foreach (var other in new[] { host.Payer, host.Reader })
        {
            Assert.Empty(await other.All(all));
            Assert.Empty(await other.All($"{path}/findings"));
            (await other.Get($"{all}/1")).IsProblem(404, "no-such-recommendation");
            Assert.Equal("[]", (await other.Get($"{path}/coverage?of=findings&by=measures")).Is(200).At("untouched").ToString());
        }
    }

    [Fact]
    public async Task A_file_is_taken_in_whole_or_not_at_all_and_the_same_again_takes_nothing()
    {
        var path = $"{await Posted.Agreement(host)}/recommendations";
        const string good = "body;occasion;year;document;paragraph;concerns;text-en;themes\nCERD;Granskning;2013;CERD/C/SWE/CO/19-21;12;municipalities regions;Strengthen it;rasism, uppföljning\nCRC;Granskning;2015;CRC/C/SWE/CO/5;14;regions;Ensure it;barn\n";
        (await host.Lead.Post($"{path}/imports", File(good))).IsProblem(403, "forbidden");
        var refused = (await host.Officer.Post($"{path}/imports", File(good + "CRC;Granskning;x;CRC/C/SWE/CO/5;15;towns;Ensure it;\n"))).IsProblem(422, "invalid-content");
        Assert.Equal(["4 year invalid-number", "4 concerns unknown-kind"], refused.At("errors").EnumerateArray().Select(it => $"{it.Number("row")} {it.Text("column")} {it.Text("rule")}"));
        (await host.Officer.Post($"{path}/imports", File(good + "CRC;Granskning;2015;CRC/C/SWE/CO/5;14;regions;Other;\n"))).IsProblem(422, "recommendation-row-twice");
        Assert.Empty(await host.Officer.All(path));
        foreach (var (taken, already) in new[] { (2m, 0m), (0m, 2m) })
        {
            var done = (await host.Officer.Post($"{path}/imports", File(good))).Is(200);
            Assert.Equal((2m, taken, already), (done.Number("rows"), done.Number("taken"), done.Number("already")));
        }
        Assert.Equal("uppföljning", (await host.Officer.Get($"{path}/1")).Is(200).Text("themes.1"));
    }

    [Fact]
    public async Task On_their_pages_everything_is_done_by_forms()
    {
        var path = $"/{await Posted.Agreement(host)}";
        var all = $"{path}/recommendations";
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        Assert.Contains($"href=\"{all}\"", (await officer.Get($"{path}/work")).Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{path}/work\"", (await officer.Get($"{path}/consultations")).Text, StringComparison.Ordinal);
        var missing = await Send(officer, all, "", ("kind", "ReviewBody"), ("body", "CERD"), ("occasion", "Granskning"), ("year", "2013"), ("document", "CERD/C/SWE/CO/19-21"), ("paragraph", "12"), ("text/en", ""), ("concerns", "Regions"));
        Assert.Equal(422, missing.Status);
        Assert.Contains("value=\"CERD/C/SWE/CO/19-21\"", missing.Text, StringComparison.Ordinal);
        var made = await Send(officer, all, "", ("kind", "ReviewBody"), ("body", "CERD"), ("occasion", "Granskning"), ("year", "2013"), ("document", "CERD/C/SWE/CO/19-21"), ("paragraph", "12"), ("text/en", "Strengthen the follow-up."), ("text/sv", "Stärk uppföljningen."), ("concerns", "Regions"), ("themes", "uppföljning, rasism"));
        Assert.True(made.Path.StartsWith($"{all}/1?saved", StringComparison.Ordinal), made.Text);
        Assert.Contains("Stärk uppföljningen.", made.Text, StringComparison.Ordinal);
        Assert.Contains("Informera om nya rekommendationer (1)", (await officer.Get(path)).Text, StringComparison.Ordinal);
        Assert.Contains("Ingen rekommendation motsvarar urvalet.", (await officer.Get($"{all}?informed=true")).Text, StringComparison.Ordinal);

        // A file, by row and column, and once.
        const string head = "body;occasion;year;document;paragraph;concerns;text-en\n";
        var bad = await File(head + "CRC;Granskning;2015;CRC/C/SWE/CO/5;14;towns;Ensure it\n");
        Assert.Equal(422, bad.Status);
        Assert.Contains("Rad 2, concerns", bad.Text, StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
            Assert.Contains("Filen är inläst. Rader: 1.", (await File(head + "CRC;Granskning;2015;CRC/C/SWE/CO/5;14;regions;Ensure it\n")).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await host.Officer.All(all[1..])).Count);

        // Told of, and received.
        Assert.Equal(422, (await Send(officer, all, "/information", ("informedOn", "2014-06-13"), ("how", ""))).Status);
        var told = await Send(officer, all, "/information", ("numbers", "1"), ("numbers", "2"), ("informedOn", "2014-06-13"), ("how", "Vid ett möte"));
        Assert.Contains("Mottagandet är inte bekräftat.", told.Text, StringComparison.Ordinal);
        Assert.Contains("Bekräfta att ni har fått rekommendationerna 1, 2", (await lead.Get(path)).Text, StringComparison.Ordinal);
        var received = await lead.Send(all, $"{all}/information/1/receipt", ("version", (await host.Lead.Get($"{all[1..]}/information/1")).ETag!.Trim('"')));
        Assert.Contains("Mottagandet är bekräftat av Lena Lind (SKR)", received.Text, StringComparison.Ordinal);

        // Told anew.
        var revised = await officer.Send($"{all}/1", $"{all}/1/versions", ("version", (await host.Officer.Get($"{all[1..]}/1")).ETag!.Trim('"')), ("kind", "ReviewBody"), ("body", "CERD"), ("occasion", "Granskning"), ("year", "2013"), ("document", "CERD/C/SWE/CO/19-21"), ("paragraph", "12"), ("text/en", "Strengthen it."), ("concerns", "Regions"), ("concerns", "Municipalities"));
        Assert.Contains("ändrad sedan dess", revised.Text, StringComparison.Ordinal);
        Assert.Contains("Stärk uppföljningen.", revised.Text, StringComparison.Ordinal);

        // Findings.
        var findings = $"{path}/findings";
        var wrong = await Send(lead, findings, "", ("title", "Uppföljning saknas"), ("text", "Få följer upp."), ("kind", "Need"), ("sources/0/interview", ""), ("sources/1/interview", "Sakkunnig"), ("sources/1/recommendation", "1"));
        Assert.Contains("Ange en enda källa", wrong.Text, StringComparison.Ordinal);
        var found = await Send(lead, findings, "", ("title", "Uppföljning saknas"), ("text", "Få följer upp."), ("kind", "Need"), ("sources/0/interview", ""), ("sources/1/interview", "Sakkunnig, januari 2015"), ("sources/2/recommendation", "1"), ("themes", "uppföljning"));
        Assert.True(found.Path.StartsWith($"{findings}/1?saved", StringComparison.Ordinal), found.Text);
        Assert.Contains("Sakkunnig, januari 2015", found.Text, StringComparison.Ordinal);
        Assert.Contains($"{findings}/1\"", (await officer.Get($"{all}/1")).Text, StringComparison.Ordinal);
        var next = await lead.Send($"{findings}/1", $"{findings}/1/versions", ("version", (await host.Lead.Get($"{findings[1..]}/1")).ETag!.Trim('"')), ("title", "Uppföljning saknas"), ("text", "Få."), ("kind", "Obstacle"), ("as", "next"));
        Assert.Contains("version 2", next.Text, StringComparison.Ordinal);
        Assert.Contains("Resultatet bygger inte på någon källa än.", next.Text, StringComparison.Ordinal);
        var retracted = await lead.Send($"{findings}/1", $"{findings}/1/retraction", ("version", (await host.Lead.Get($"{findings[1..]}/1")).ETag!.Trim('"')), ("reason", "Fel underlag"));
        Assert.Contains("Resultatet är återtaget av Lena Lind", retracted.Text, StringComparison.Ordinal);
        Assert.Contains("återtaget", (await officer.Get($"{findings}?kind=obstacle")).Text, StringComparison.Ordinal);

        using var payer = await PageCaller.SignIn(host, "petra.palm");
        foreach (var page in new[] { all, $"{all}/1", findings, $"{findings}/1" })
            Assert.Equal(403, (await payer.Get(page)).Status);
        foreach (var page in new[] { all, findings })
            Assert.Equal(404, (await officer.Get($"{page}/9")).Status);

        async Task<PageAnswer> Send(PageCaller by, string page, string what, params (string, string)[] fields) =>
            await by.Send(page, $"{page}{what}", [("version", $"{(await host.Officer.Get(path[1..])).Is(200).Number("version")}"), .. fields]);

        async Task<PageAnswer> File(string text) => await officer.Send(all, $"{all}/imports", ("rekommendationer.csv", Encoding.UTF8.GetBytes(text)),
            ("version", $"{(await host.Officer.Get(path[1..])).Is(200).Number("version")}"));
    }
}
