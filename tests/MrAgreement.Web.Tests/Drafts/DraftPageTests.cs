using System.Text;
using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Drafts;

/// <summary>Drafts by their pages, and what bad input is told.</summary>
public class DraftPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    // Three parties and a fourth that shares; an obligation of every kind and with every way of being due.
    static JsonObject Invented => JsonNode.Parse("""
        {
          "diaryNumber": "Ku2014/00777", "title": "Överenskommelse om läsfrämjande i tre led", "period": { "from": "2014-07-01", "to": "2017-06-30" }, "reading": "Sista dagen är vår läsning.",
          "parties": [
            { "key": "RK", "name": "Regeringskansliet", "role": "grantor" },
            { "key": "SKR", "name": "Sveriges Kommuner och Regioner", "organisationNumber": "222000-0315", "role": "recipient", "duties": ["assignment-holder", "money-handler"], "signOff": true },
            { "key": "LST-C", "name": "Länsstyrelsen i Uppsala län", "role": "sub-recipient", "duties": ["coordinator"] }
          ],
          "goals": [{ "key": "reading", "title": "Fler barn läser" }],
          "workingDayRule": "lag-1930-173",
          "obligations": [
            { "key": "mapping", "title": "Kartläggning", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "is": "mapping", "due": { "on": "2015-02-01" }, "acceptance": true, "documents": ["report", "egen-bilaga"], "clause": "Kartläggning", "text": "En kartläggning görs.", "reading": { "acceptance": "Praxis" }, "contents": [{ "key": "needs", "title": "Behov", "must": true }, { "key": "views", "title": "Synpunkter" }] },
            { "key": "plan", "title": "Plan", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "due": { "month": "2015-04" }, "rests": ["mapping"], "documents": ["plan"] },
            { "key": "consultation", "title": "Samråd", "responsible": ["SKR", "RK"], "kind": "joint", "due": { "everyYear": { "month": 5, "from": 2015, "to": 2017 } }, "rests": ["plan"], "agenda": [{ "key": "plan", "title": "Planen" }, { "key": "other", "title": "Övrigt", "whenNeeded": true }] },
            { "key": "follow-up", "title": "Uppföljning", "responsible": ["LST-C"], "recipient": "RK", "kind": "deliverable", "due": { "before": "consultation", "days": 14, "from": 2016, "to": 2017 }, "documents": ["report"] },
            { "key": "statement", "title": "Redovisning", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "due": { "after": "consultation", "days": 30, "from": 2016 }, "documents": ["statement"], "financial": true },
            { "key": "start", "title": "Startplan", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "due": { "signed": true, "months": 3 }, "documents": ["plan"] },
            { "key": "group", "title": "Samordningsgrupp", "responsible": ["RK", "LST-C"], "kind": "joint", "due": { "scheduled": true } },
            { "key": "information", "title": "Information", "responsible": ["RK"], "recipient": "SKR", "kind": "continuous", "is": "information", "due": { "none": true } },
            { "key": "spreading", "title": "Spridning", "responsible": ["LST-C"], "kind": "continuous", "is": "dissemination", "due": { "none": true }, "reading": "Vår läsning av hela klausulen" },
            { "key": "payment", "title": "Utbetalning", "responsible": ["RK"], "recipient": "SKR", "kind": "payment", "due": { "none": true }, "rests": ["requisition-2014"] },
            { "key": "final-report", "title": "Slutrapport", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "is": "final-report", "due": { "on": "2017-05-31" }, "documents": ["report"] },
            { "key": "final-accounts", "title": "Slutredovisning", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "is": "final-accounts", "due": { "after": "final-report", "days": 0 }, "documents": ["accounts"] },
            { "key": "repayment", "title": "Återbetalning", "responsible": ["SKR"], "recipient": "RK", "kind": "repayment", "due": { "after": "final-accounts", "days": 30, "months": 1 }, "rests": ["final-accounts"] }
          ],
          "grant": {
            "currency": "SEK", "total": 3000000.5,
            "instalments": [
              { "key": "2014", "amount": 1000000.5, "requisitionDueOn": "2014-09-01", "appropriation": { "area": 17, "item": "1:2" } },
              { "key": "2015", "amount": 1000000, "condition": "riksdag-appropriation" },
              { "key": "2016", "amount": 1000000, "condition": "riksdag-appropriation", "appropriation": { "area": 17, "item": "1:2", "post": 3 } }
            ],
            "interest": "rantelagen-6", "eligible": { "from": "2014-07-01", "to": "2017-05-31" }, "varianceThreshold": 0.1, "auditAbove": 500000, "attestationLimit": 2000000, "ownContribution": 100000, "transfer": "bidrag",
            "categories": ["personal", { "key": "lokaler", "title": "Lokaler", "accounts": ["5000-5099", "5200"], "budget": 120000 }], "overhead": { "category": "lokaler", "share": 0.05 },
            "shares": [{ "party": "SKR", "weight": 2 }, { "party": "LST-C", "weight": 1 }]
          },
          "reminders": { "before": [60, 10], "overdue": [], "review": [14, 28] }
        }
        """)!.AsObject();

    [Fact]
    public async Task A_field_that_stands_twice_is_named_and_nothing_is_changed()
    {
        var path = $"drafts/{(await host.Officer.Post("drafts", new { template = "empty" })).Is(201).Text("id")}";
        var before = (await host.Officer.Get($"{path}/terms")).Text;
        foreach (var (sent, at) in new[] { ("""{"title":"A","title":"B"}""", "/title"), ("""{"obligations":[{"key":"a","due":{"none":true,"none":true}}]}""", "/obligations/0/due/none") })
        {
            var refused = (await host.Officer.Send(HttpMethod.Put, $"{path}/terms", sent)).IsProblem(422, "duplicate-field");
            Assert.Equal((at, "duplicate-field"), (refused.Text("errors.0.pointer"), refused.Text("errors.0.rule")));
        }
        (await host.Officer.Post("drafts", """{"terms":{"title":"A","title":"B"}}""")).IsProblem(422, "duplicate-field");
        Assert.Equal(before, (await host.Officer.Get($"{path}/terms")).Text);
    }

    [Fact]
    public async Task What_a_sentence_of_when_comes_to_is_shown_beside_it()
    {
        using var erik = await PageCaller.SignIn(host, "erik.ek");
        var draft = await DraftWriter.Begin(erik);
        await erik.Send($"/drafts/{draft}/obligations", $"/drafts/{draft}/obligations", ("title", "Årsmöte"));
        var page = $"/drafts/{draft}/sections/obligation-1";
        var before = await erik.Get(page);
        Assert.Contains("Dagarna visas här när det är sagt när åtagandet ska vara klart.", before.Text, StringComparison.Ordinal);

        var shown = await erik.Send(page, page, ("version", before.Version), ("act", "dates"), ("key", "arsmote"), ("title", "Årsmöte"), ("due/rule", "everyYear"), ("due/everyYear/month", "5"), ("due/everyYear/from", "2015"), ("due/everyYear/to", "2017"));

        Assert.Equal((200, page), (shown.Status, shown.Path));
        var form = shown.Text[shown.Text.IndexOf("<legend>När det senast ska vara klart</legend>", StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</fieldset>", StringComparison.Ordinal)];
        foreach (var day in new[] { "31 maj 2015", "31 maj 2016", "31 maj 2017" })
            Assert.Contains(day, form, StringComparison.Ordinal);
        Assert.DoesNotContain("Dagarna visas här", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invented_agreement_is_written_shown_commented_on_and_made()
    {
        using var erik = await PageCaller.SignIn(host, "erik.ek");
        using var lena = await PageCaller.SignIn(host, "lena.lind");
        var draft = await DraftWriter.Begin(erik);
        var writer = new DraftWriter([erik], draft);
        await writer.Write(Invented);
        Assert.Equal(DraftWriter.Meaning(Invented), DraftWriter.Meaning(JsonNode.Parse((await erik.Look($"/drafts/{draft}/terms.json")).Text)));
        var obligations = (await erik.Get($"/drafts/{draft}/obligations")).Text;
        Assert.Contains("31 maj 2015, 31 maj 2016, 31 maj 2017", obligations.Replace("1 juni 2015", "31 maj 2015", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("class=\"timeline\"", obligations, StringComparison.Ordinal);
        Assert.Contains("senast 3 månader efter undertecknandet", obligations, StringComparison.Ordinal);

        // Nobody of the other party knows of it until it is shown to them; then they read, and change nothing.
        Assert.Equal(404, (await lena.Get($"/drafts/{draft}")).Status);
        var waits = $"""<a href="/drafts/{draft}/changes">""";
        Assert.DoesNotContain(waits, (await lena.Get("/")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await erik.Send($"/drafts/{draft}", $"/drafts/{draft}/showing", ("version", Version((await erik.Get($"/drafts/{draft}")).Text)), ("parties", "SKR"))).Status);
        Assert.Contains($"{waits}Läs utkastet ", (await lena.Get("/")).Text, StringComparison.Ordinal);
        Assert.Contains($"{waits}Läs utkastet ", (await lena.Get("/turns")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(waits, (await erik.Get("/")).Text, StringComparison.Ordinal);
        Assert.Contains(draft, (await lena.Get("/drafts")).Text, StringComparison.Ordinal);
        var read = await lena.Get($"/drafts/{draft}/sections/obligation-4");
        Assert.Contains("Länsstyrelsen i Uppsala län", (await lena.Get($"/drafts/{draft}/sections/parties")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Spara och gå vidare", read.Text, StringComparison.Ordinal);
        Assert.Equal(403, (await lena.Send($"/drafts/{draft}", $"/drafts/{draft}/sections/obligation-4", ("version", "1"), ("title", "Min"))).Status);
        Assert.Equal(403, (await lena.Send($"/drafts/{draft}", $"/drafts/{draft}/removal", ("sure", "true"))).Status);

        var said = await lena.Send($"/drafts/{draft}/sections/obligation-4", $"/drafts/{draft}/comments", ("section", "obligation-4"), ("text", "Är 14 dagar nog?"));
        Assert.Equal(200, said.Status);
        var heard = (await erik.Get($"/drafts/{draft}/sections/obligation-4")).Text;
        Assert.Contains("Är 14 dagar nog?", heard, StringComparison.Ordinal);
        Assert.Contains("Lena Lind, SKR", heard, StringComparison.Ordinal);
        Assert.Contains("(1 kommentar)", heard, StringComparison.Ordinal);
        Assert.Contains($"{waits}Läs kommentarerna till utkastet ", (await erik.Get("/")).Text, StringComparison.Ordinal);

        // What has changed since she said that she had read it, in words.
        var changes = await lena.Get($"/drafts/{draft}/changes");
        var news = $"""<a href="/drafts/{draft}/changes">Nytt sedan du läste</a>""";
        Assert.Contains(news, (await lena.Get("/drafts")).Text, StringComparison.Ordinal);
        Assert.Contains(news, (await erik.Get("/drafts")).Text, StringComparison.Ordinal);
        Assert.Contains("#comment-1", (await erik.Get($"/drafts/{draft}/changes")).Text, StringComparison.Ordinal);
        Assert.Contains("inte markerat utkastet som läst tidigare", changes.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await lena.Send($"/drafts/{draft}/changes", $"/drafts/{draft}/changes", ("version", changes.Version))).Status);
        Assert.DoesNotContain(news, (await lena.Get("/drafts")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(waits, (await lena.Get("/")).Text, StringComparison.Ordinal);
        Assert.Contains("Inget har ändrats.", (await lena.Get($"/drafts/{draft}/changes")).Text, StringComparison.Ordinal);
        var four = (JsonObject)Invented["obligations"]![3]!.DeepClone();
        four["due"]!["days"] = 21;
        await writer.Save("obligation-4", DraftWriter.Obligation(four));
        var told = Tags().Replace((await lena.Get($"/drafts/{draft}/changes")).Text, "");
        Assert.Contains("Uppföljning, när: senast 14 dagar före Samråd, åren 2016–2017 → senast 21 dagar före Samråd, åren 2016–2017", told, StringComparison.Ordinal);
        Assert.Contains("1 sak har ändrats", (await lena.Get($"/drafts/{draft}")).Text, StringComparison.Ordinal);
        Assert.Contains(waits, (await lena.Get("/")).Text, StringComparison.Ordinal);

        // Whoever reads it is told what they may do, and what they said is asked about until it is answered.
        Assert.Contains("Du kan läsa det och kommentera", (await lena.Get($"/drafts/{draft}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Du kan läsa det och kommentera", (await erik.Get($"/drafts/{draft}")).Text, StringComparison.Ordinal);
        await lena.Send($"/drafts/{draft}/sections/goals", $"/drafts/{draft}/comments", ("section", "goals"), ("text", "Bara ett mål?"));
        var overview = await erik.Get($"/drafts/{draft}");
        Assert.Matches("<summary>Åtaganden: 13[^\n]*\\(1 kommentar\\)", overview.Text);
        var asked = await erik.Send($"/drafts/{draft}", $"/drafts/{draft}/agreement", ("version", Version(overview.Text)));
        Assert.Equal(409, asked.Status);
        Assert.Contains("SKR har kommenterat och ingen har svarat.", asked.Text, StringComparison.Ordinal);
        await erik.Send($"/drafts/{draft}/sections/goals", $"/drafts/{draft}/comments", ("section", "goals"), ("text", "Ja, ett."));
        var made = await erik.Send($"/drafts/{draft}", $"/drafts/{draft}/agreement", ("version", Version(overview.Text)), ("sure", "true"));
        Assert.Equal((200, $"/agreements/{draft}"), (made.Status, made.Path));
        Assert.DoesNotContain(waits, (await lena.Get("/")).Text, StringComparison.Ordinal);
        // The same once more leads to the same place; what was made is changed no more.
        Assert.Equal($"/agreements/{draft}", (await erik.Send("/drafts", $"/drafts/{draft}/agreement", ("version", Version(overview.Text)))).Path);
        Assert.Equal(409, (await erik.Send("/drafts", $"/drafts/{draft}/sections/about", ("version", "2"), ("title", "Ny"))).Status);
        Assert.Equal(3, (await host.Officer.Get($"agreements/{draft}")).Is(200).At("parties").GetArrayLength());
    }

    [Fact]
    public async Task Who_saves_what_somebody_else_has_saved_is_told_sees_both_and_loses_nothing()
    {
        using var erik = await PageCaller.SignIn(host, "erik.ek");
        var draft = await DraftWriter.Begin(erik, "state-grant");
        var page = $"/drafts/{draft}/sections/about";
        var opened = (await erik.Get(page)).Version;
        await new DraftWriter([erik], draft).Save(erik, "about", [("title", "Den andras titel"), ("diaryNumber", "A2014/1")]);

        var late = await erik.Send(page, page, ("version", opened), ("title", "Min titel"), ("diaryNumber", "A2014/1"), ("period/from", "i juni"));
        Assert.Equal(412, late.Status);
        Assert.Contains("Det som skiljer", late.Text, StringComparison.Ordinal);
        Assert.Contains("Den andras titel", late.Text, StringComparison.Ordinal);
        Assert.Contains(">Min titel</textarea>", late.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"i juni\"", late.Text, StringComparison.Ordinal);
        // Sent once more, having seen it, it stands.
        Assert.Equal(200, (await erik.Send(page, page, ("version", late.Version), ("title", "Min titel"))).Status);
        Assert.Contains(">Min titel</textarea>", (await erik.Get(page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_beside_its_field_and_kept()
    {
        using var erik = await PageCaller.SignIn(host, "erik.ek");
        var draft = await DraftWriter.Begin(erik, "mr-2014");
        var writer = new DraftWriter([erik], draft);

        // A date that is none, and one before the agreement begins.
        await writer.Save("obligation-1", [("title", "Rapport"), ("key", "mapping-report"), ("kind", "deliverable"), ("responsible", "SKR"), ("due/rule", "on"), ("due/on", "i mars")]);
        await Told("obligation-1", "due-on", "Ange ett datum som 2015-02-01.", "value=\"i mars\"");
        await writer.Save("obligation-1", [("title", "Rapport"), ("key", "mapping-report"), ("kind", "deliverable"), ("responsible", "SKR"), ("due/rule", "on"), ("due/on", "2013-02-01")]);
        await Told("obligation-1", "due-on", "ligger före överenskommelsens första dag");
        // A circle of dates.
        await writer.Save("obligation-1", [("title", "Rapport"), ("key", "mapping-report"), ("kind", "deliverable"), ("responsible", "SKR"), ("due/rule", "after"), ("due/other", "mapping-discussion"), ("due/days", "3")]);
        await writer.Save("obligation-2", [("title", "Diskussion"), ("key", "mapping-discussion"), ("kind", "joint"), ("responsible", "SKR"), ("due/rule", "after"), ("due/other", "mapping-report")]);
        foreach (var of in new[] { "obligation-1", "obligation-2" })
            await Told(of, "due-rule", "Rapport → Diskussion → Rapport");
        // Years the wrong way round, and a single one.
        await writer.Save("obligation-2", [("title", "Diskussion"), ("key", "mapping-discussion"), ("kind", "joint"), ("responsible", "SKR"), ("due/rule", "everyYear"), ("due/everyYear/month", "5"), ("due/everyYear/from", "2016"), ("due/everyYear/to", "2015")]);
        await Told("obligation-2", "due-everyYear-to", "Det första året, 2016, ligger efter det sista, 2015.");
        await writer.Save("obligation-2", [("title", "Diskussion"), ("key", "mapping-discussion"), ("kind", "joint"), ("responsible", "SKR"), ("due/rule", "everyYear"), ("due/everyYear/month", "5"), ("due/everyYear/from", "2016"), ("due/everyYear/to", "2016")]);
        Assert.Contains("2016, senast i maj", (await erik.Get($"/drafts/{draft}/obligations")).Text, StringComparison.Ordinal);
        // A party twice.
        await writer.Save("parties", [("parties/0/key", "SKR"), ("parties/0/name", "SKR"), ("parties/0/role", "recipient"), ("parties/1/key", "RK"), ("parties/1/name", "RK"), ("parties/1/role", "grantor"), ("parties/2/key", "SKR"), ("parties/2/name", "SKR"), ("parties/2/role", "payer")]);
        await Told("parties", "parties-2-key", "Namnet används redan.");
        // Money that does not add up, and an amount that is none.
        await writer.Save("grant", [("grant/total", "12 000 000"), ("grant/instalments/0/key", "2014"), ("grant/instalments/0/amount", "13 000 000")]);
        Assert.Contains("Årsbelopp", Box(await erik.Get($"/drafts/{draft}/sections/grant")), StringComparison.OrdinalIgnoreCase);
        await writer.Save("grant", [("grant/total", "12 miljoner"), ("grant/instalments/0/key", "2014"), ("grant/instalments/0/amount", "1")]);
        await Told("grant", "grant-total", "Skriv beloppet i kronor med högst två decimaler, till exempel 312 450,50.", "value=\"12 miljoner\"");
        await writer.Save("grant", [("grant/total", "12 000 000"), ("grant/instalments/0/key", "2014"), ("grant/instalments/0/amount", "11 000 000")]);
        await Told("grant", "grant-total", "Årsbeloppen är tillsammans 1\u00A0000\u00A0000\u00A0kr mindre");

        // The overview tells where, and an agreement is not made of it.
        var overview = await erik.Get($"/drafts/{draft}");
        Assert.Contains("saker behöver rättas", overview.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Gör till överenskommelse</button>", overview.Text, StringComparison.Ordinal);
        Assert.Equal(422, (await erik.Send($"/drafts/{draft}", $"/drafts/{draft}/agreement", ("sure", "true"))).Status);

        async Task Told(string section, string field, string sentence, string? kept = null)
        {
            var page = await erik.Get($"/drafts/{draft}/sections/{section}");
            Assert.Contains($"href=\"#sections-{section}-{field}\"", page.Text, StringComparison.Ordinal);
            Assert.Contains($"id=\"sections-{section}-{field}\"", page.Text, StringComparison.Ordinal);
            Assert.Contains(sentence, page.Text, StringComparison.Ordinal);
            if (kept is not null)
                Assert.Contains(kept, page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_template_has_places_that_must_be_filled_in()
    {
        using var erik = await PageCaller.SignIn(host, "erik.ek");
        foreach (var template in new[] { "state-grant", "shared-assignment" })
        {
            var draft = await DraftWriter.Begin(erik, template);
            Assert.Contains("Skriv något i stället för {", Box(await erik.Get($"/drafts/{draft}/sections/about")), StringComparison.Ordinal);
        }
        // What is shared already begins another one; its number is its own.
        var agreement = await Posted.Agreement(host);
        var begun = await erik.Send("/drafts", "/drafts", ("template", "agreement"), ("agreement", agreement["agreements/".Length..]));
        Assert.Contains("Överenskommelse för prov", begun.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fi2014/1", (await erik.Look($"{begun.Path}/terms.json")).Text, StringComparison.Ordinal);
        Assert.Equal(422, (await erik.Send("/drafts", "/drafts", ("template", "agreement"), ("agreement", Posted.Nowhere))).Status);
        Assert.Equal(422, (await erik.Send("/drafts", "/drafts", ("template", "x"))).Status);
    }

    [Fact]
    public async Task Terms_are_pasted_and_uploaded_and_what_can_t_be_taken_is_told_plainly_and_changes_nothing()
    {
        using var erik = await PageCaller.SignIn(host, "erik.ek");
        var draft = await DraftWriter.Begin(erik);
        var page = $"/drafts/{draft}/terms";
        async Task<PageAnswer> Paste(string text) => await erik.Send(page, page, ("version", (await erik.Get(page)).Version), ("terms", text));
        async Task<PageAnswer> Upload(byte[] bytes) => await erik.Send(page, page, ("terms.json", bytes), ("version", (await erik.Get(page)).Version));

        Assert.Contains("Inget behöver rättas.", (await Paste(Posted.Terms().ToJsonString())).Text, StringComparison.Ordinal);
        var kept = (await erik.Look($"{page}.json")).Text;

        var newer = Posted.Terms();
        newer["ethics"] = new JsonArray("x");
        newer["obligations"]![0]!["weight"] = 3;
        var refused = await Paste(newer.ToJsonString());
        Assert.Equal(422, refused.Status);
        Assert.Contains("skrivna för en nyare", refused.Text, StringComparison.Ordinal);
        Assert.Contains("”ethics”", refused.Text, StringComparison.Ordinal);
        Assert.Contains("”weight”", refused.Text, StringComparison.Ordinal);
        // What was pasted is there to be mended.
        Assert.Contains("\"ethics\"", refused.Text[refused.Text.IndexOf("<textarea", StringComparison.Ordinal)..], StringComparison.Ordinal);

        Assert.Contains("Felet finns på rad 2", (await Paste("{\n\"title\": }")).Text, StringComparison.Ordinal);
        var list = await Paste("[]");
        Assert.Equal(422, list.Status);
        Assert.Contains("Villkoren är ett JSON-objekt", list.Text, StringComparison.Ordinal);
        Assert.Equal(422, (await Paste("""{"title":{"a":1},"title":2,"obligations":[null]}""")).Status);
        Assert.Equal(422, (await Paste(string.Concat(Enumerable.Repeat("{\"title\":", 40)) + "1" + new string('}', 40))).Status);
        Assert.Equal(422, (await Paste("")).Status);
        var large = Encoding.UTF8.GetBytes($"{{\"title\":\"{new string('x', 50 * 1024 * 1024)}\"}}");
        var tooLarge = await Upload(large);
        Assert.Equal(422, tooLarge.Status);
        Assert.Contains("Villkoren får vara högst", tooLarge.Text, StringComparison.Ordinal);
        var pasted = await Paste(Encoding.UTF8.GetString(large));
        Assert.Equal(422, pasted.Status);
        Assert.Contains("Villkoren får vara högst", pasted.Text, StringComparison.Ordinal);
        Assert.InRange(pasted.Text.Length, 1, 1024 * 1024);
        Assert.Equal(kept, (await erik.Look($"{page}.json")).Text);

        // What says which schema it is by is taken without it.
        var marked = Posted.Terms2014();
        marked["$schema"] = "https://example.se/terms.schema.json";
        Assert.Equal(200, (await Upload(Encoding.UTF8.GetBytes(marked.ToJsonString()))).Status);
        Assert.Equal(DraftWriter.Meaning(Posted.Terms2014()), DraftWriter.Meaning(JsonNode.Parse((await erik.Look($"{page}.json")).Text)));
        // Shown at a version that is past, it takes nobody's place.
        Assert.Equal(412, (await erik.Send(page, page, ("version", "1"), ("terms", "{}"))).Status);
    }

    [Fact]
    public async Task Obligations_are_moved_and_removed_and_drafts_thrown_away()
    {
        using var erik = await PageCaller.SignIn(host, "erik.ek");
        var draft = await DraftWriter.Begin(erik, "mr-2014");
        var page = $"/drafts/{draft}/obligations";
        Assert.Equal(200, (await erik.Send(page, $"{page}/order", ("section", "obligation-16"), ("place/obligation-16", "1"))).Status);
        Assert.Equal("experience-used", JsonNode.Parse((await erik.Look($"/drafts/{draft}/terms.json")).Text)!["obligations"]![0]!["key"]!.GetValue<string>());
        Assert.Equal(412, (await erik.Send(page, $"{page}/removal", ("section", "obligation-16"), ("version/obligation-16", "9"))).Status);
        Assert.Equal(200, (await erik.Send(page, $"{page}/removal", ("section", "obligation-16"), ("version/obligation-16", "1"))).Status);
        Assert.Equal(404, (await erik.Get($"/drafts/{draft}/sections/obligation-16")).Status);
        Assert.Equal(422, (await erik.Send(page, page, ("title", ""))).Status);

        Assert.Equal(422, (await erik.Send($"/drafts/{draft}", $"/drafts/{draft}/removal")).Status);
        Assert.Equal((200, "/drafts"), (await erik.Send($"/drafts/{draft}", $"/drafts/{draft}/removal", ("sure", "true"))) is var gone ? (gone.Status, gone.Path) : default);
        Assert.Equal(404, (await erik.Get($"/drafts/{draft}")).Status);
    }

    [Fact]
    public async Task Programs_write_drafts_too()
    {
        var officer = host.Officer;
        (await host.Lead.Post("drafts", new { template = "empty" })).IsProblem(403, "forbidden");
        (await officer.Post("drafts", new { template = "x" })).IsProblem(422, "unknown-template");
        (await officer.Post("drafts", new { })).IsProblem(422, "one-beginning");
        (await officer.Post("drafts", new { template = "empty", terms = new { } })).IsProblem(422, "one-beginning");
        (await officer.Post("drafts", new { terms = new { nyhet = 1 } })).IsProblem(422, "terms-newer");
        var begun = await officer.Post("drafts", new { terms = Posted.Terms() }, ("Idempotency-Key", "draft-1"));
        var draft = $"drafts/{begun.Is(201).Text("id")}";
        Assert.Equal(begun.Is(201).Text("id"), (await officer.Post("drafts", new { terms = Posted.Terms() }, ("Idempotency-Key", "draft-1"))).Is(201).Text("id"));
        Assert.Contains((await officer.All("drafts")), it => $"drafts/{it.Text("id")}" == draft);

        var section = (await officer.Get(draft)).Is(200).At("sections").EnumerateArray().First(it => it.Text("key") == "obligation-1");
        var tag = ("If-Match", $"\"{section.Number("version")}\"");
        var content = JsonNode.Parse(section.At("content").GetRawText())!;
        content["title"] = "En annan titel";
        (await officer.Send(HttpMethod.Put, $"{draft}/sections/obligation-1", content, tag)).Is(200);
        content["title"] = "En tredje";
        (await officer.Send(HttpMethod.Put, $"{draft}/sections/obligation-1", content, tag)).IsProblem(412, "stale-if-match");
        content["nyhet"] = 1;
        (await officer.Send(HttpMethod.Put, $"{draft}/sections/obligation-1", content)).IsProblem(422, "terms-newer");
        (await officer.Send(HttpMethod.Put, $"{draft}/sections/about", new { parties = Array.Empty<object>() })).IsProblem(422, "unknown-field");
        (await officer.Send(HttpMethod.Put, $"{draft}/sections/nowhere", new { })).IsProblem(404, "no-such-section");
        (await officer.Send(HttpMethod.Put, $"{draft}/terms", "[]")).IsProblem(422, "invalid-type");

        (await host.Lead.Get(draft)).IsProblem(404, "no-such-draft");
        (await officer.Send(HttpMethod.Put, $"{draft}/showing", """{"parties":["LST-C"]}""")).IsProblem(422, "party-not-named");
        (await officer.Send(HttpMethod.Put, $"{draft}/showing", """{"parties":["SKR"]}""")).Is(200);
        (await host.Lead.Post($"{draft}/comments", new { section = "about", text = "Bra" })).Is(201);
        (await host.Lead.Send(HttpMethod.Put, $"{draft}/terms", new { })).IsProblem(403, "not-your-draft");
        (await host.Lead.Post($"{draft}/agreement")).IsProblem(403, "not-your-draft");
        (await host.Reader.Get(draft)).IsProblem(404, "no-such-draft");

        var terms = Posted.Terms();
        terms["diaryNumber"] = "Fi2014/4711";
        terms["grant"]!["total"] = 5000;
        (await officer.Send(HttpMethod.Put, $"{draft}/terms", terms)).Is(200);
        Assert.Equal("instalments-below-total", (await officer.Post($"{draft}/agreement")).IsProblem(409, "draft-doubtful").Text("errors.0.rule"));
        var made = (await officer.Post($"{draft}/agreement?sure=true", null, ("Idempotency-Key", "made-1"))).Is(201);
        Assert.Equal($"drafts/{made.Text("id")}", draft);
        Assert.Equal(made.Text("id"), (await officer.Post($"{draft}/agreement?sure=true", null, ("Idempotency-Key", "made-1"))).Is(201).Text("id"));
        (await officer.Post($"{draft}/agreement?sure=true")).IsProblem(409, "already-created");
        (await officer.Send(HttpMethod.Put, $"{draft}/terms", terms)).IsProblem(409, "draft-made");
        (await officer.Send(HttpMethod.Delete, draft, null)).Is(204);
        (await officer.Get(draft)).IsProblem(404, "no-such-draft");
        (await officer.Get($"agreements/{made.Text("id")}")).Is(200);
    }

    static string Box(PageAnswer page) => page.Text[page.Text.IndexOf("id=\"section-faults\"", StringComparison.Ordinal)..] is var rest ? rest[..rest.IndexOf("</section>", StringComparison.Ordinal)] : "";

    // Of the whole, which every form of the overview has.
    static string Version(string page) => page.Split("name=\"version\" value=\"")[1].Split('"')[0];

    static System.Text.RegularExpressions.Regex Tags() => new("<[^>]*>");
}
