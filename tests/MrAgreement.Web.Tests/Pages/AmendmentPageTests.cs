using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>An amendment recorded by its form.</summary>
public class AmendmentPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task Rows_left_empty_are_passed_over_and_what_is_filled_in_becomes_changes()
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");

        var shown = await Send(officer, agreement,
            ("changes/1/reschedule/key", "report"), ("changes/1/reschedule/due/on", "2015-03-01"),
            ("changes/3/drop/key", "meeting-2016"), ("changes/3/drop/reason", "Behövs inte."),
            ("changes/5/add/title", "Lägesrapport 2016"), ("changes/5/add/kind", "Deliverable"), ("changes/5/add/responsible", "SKR"),
            ("changes/5/add/recipient", "RK"), ("changes/5/add/due/on", "2016-02-01"), ("changes/5/add/acceptance", "true"));

        Assert.Equal(200, shown.Status);
        Assert.Contains("Sparat.", shown.Text, StringComparison.Ordinal);
        var obligations = await host.Officer.All($"{agreement}/obligations");
        Assert.Equal("2015-03-01", obligations.Single(o => o.Text("key") == "report").Text("dueOn"));
        Assert.Equal("waived", obligations.Single(o => o.Text("key") == "meeting-2016").Text("status"));
        Assert.Equal(("Lägesrapport 2016", "2016-02-01", "open"), obligations.Single(o => o.Text("key") == "lagesrapport-2016-added") is var added ? (added.Text("title"), added.Text("dueOn"), added.Text("status")) : default);
    }

    [Fact]
    public async Task A_refused_amendment_comes_back_with_what_was_typed_and_says_where_the_fault_is()
    {
        var agreement = await Posted.Agreement(host);
        using var lead = await PageCaller.SignIn(host, "lena.lind");

        var shown = await Send(lead, agreement, ("changes/4/drop/key", "meeting-2016"), ("changes/4/drop/reason", ""), ("changes/2/reschedule/key", "report"), ("changes/2/reschedule/due/on", "i mars"));

        Assert.Equal(422, shown.Status);
        Assert.Contains("href=\"#amendments-changes-0-reschedule-due-on\"", shown.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"#amendments-changes-1-drop-reason\"", shown.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"i mars\"", shown.Text, StringComparison.Ordinal);
        Assert.Contains("<option value=\"meeting-2016\" selected", shown.Text, StringComparison.Ordinal);
        Assert.Equal(422, (await Send(lead, agreement)).Status);
    }

    [Fact]
    public async Task Faults_call_things_what_people_do_and_a_period_of_which_one_day_is_given_keeps_the_other()
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var title = (await host.Officer.Get($"{agreement}/obligations/report")).Is(200).Text("title");

        var twice = await Send(officer, agreement, ("changes/0/reschedule/key", "report"), ("changes/0/reschedule/due/on", "2015-03-01"), ("changes/1/reschedule/key", "report"), ("changes/1/reschedule/due/on", "2015-04-01"));
        Assert.Contains($"”{title}” nämns i två ändringar", twice.Text, StringComparison.Ordinal);

        var before = (await host.Officer.Get(agreement)).Is(200).Text("period.from")!;
        Assert.Equal(200, (await Send(officer, agreement, ("changes/0/period/to", "2019-12-31"), ("changes/0/period/now/from", before), ("changes/0/period/now/to", "2017-12-31"))).Status);
        var period = (await host.Officer.Get(agreement)).Is(200);
        Assert.Equal((before, "2019-12-31"), (period.Text("period.from"), period.Text("period.to")));
    }

    [Fact]
    public async Task It_tells_which_date_moves_from_where_to_where_and_what_a_confirmation_means()
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Equal(200, (await Send(officer, agreement, ("changes/0/reschedule/key", "report"), ("changes/0/reschedule/due/on", "2015-03-01"))).Status);

        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var page = (await lead.Get($"/{agreement}/contract")).Text;
        Assert.Contains("sista dag 1 mars 2015 i stället för", page, StringComparison.Ordinal);
        Assert.Contains("Den andra parten har inte bekräftat den.", page, StringComparison.Ordinal);
        Assert.Contains("så kan Erik Ek registrera en ny", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_has_passed_is_asked_about_and_one_before_the_signature_refused_beside_its_field()
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");

        var before = await Send(officer, agreement, ("changes/0/reschedule/key", "report"), ("changes/0/reschedule/due/on", "2011-01-01"));
        Assert.Equal(422, before.Status);
        Assert.Contains("href=\"#amendments-changes-0-reschedule-due-on\"", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"sure\"", Form(before.Text), StringComparison.Ordinal);

        (string, string)[] passed = [("changes/0/reschedule/key", "report"), ("changes/0/reschedule/due/on", "2014-06-14"), ("effectiveFrom", "2014-07-01")];
        var asked = await Send(officer, agreement, passed);
        Assert.Equal(422, asked.Status);
        Assert.Contains("blir då genast försenat", Form(asked.Text), StringComparison.Ordinal);
        Assert.Contains("name=\"sure\"", Form(asked.Text), StringComparison.Ordinal);
        Assert.Equal(200, (await Send(officer, agreement, [.. passed, ("sure", "true")])).Status);

        static string Form(string page) => page[page.IndexOf("id=\"amendments-form\"", StringComparison.Ordinal)..] is var rest ? rest[..rest.IndexOf("</form>", StringComparison.Ordinal)] : "";
    }

    [Fact]
    public async Task Only_those_who_may_amend_have_the_form()
    {
        var agreement = await Posted.Agreement(host);
        foreach (var (person, has) in new[] { ("lena.lind", true), ("erik.ek", true), ("farid.falk", false), ("petra.palm", false), ("agnes.asp", false) })
        {
            using var caller = await PageCaller.SignIn(host, person);
            Assert.Equal(has, (await caller.Get($"/{agreement}/contract")).Text.Contains("Registrera en tilläggsöverenskommelse", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_would_change_is_seen_in_words_before_it_is_recorded_with_every_kind_of_change_and_the_file_it_came_with()
    {
        var agreement = await Posted.Agreement(host, Posted.Terms2014());
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        (string, string)[] typed =
        [
            ("changes/0/reschedule/key", "final-report"), ("changes/0/reschedule/due/on", "2018-03-31"),
            ("changes/1/revise/key", "mapping-report"), ("changes/1/revise/documents", "report, plan"),
            ("changes/2/instalment/key", "2015"), ("changes/2/instalment/amount", "3 500 000"), ("changes/2/instalment/requisitionDueOn", "2015-10-01"),
            ("changes/3/period/from", "2014-06-13"), ("changes/3/period/to", "2018-12-31"),
            ("changes/4/takeOver/from", "KAMK"), ("changes/4/takeOver/key", "STATSK"), ("changes/4/takeOver/name", "Statskontoret"),
            ("changes/5/join/key", "LST-F"), ("changes/5/join/name", "Länsstyrelsen i Jönköpings län"), ("changes/5/join/role", "SubRecipient"),
            ("changes/6/duty/duty", "Reporter"), ("changes/6/duty/party", "LST-F"), ("changes/6/duty/until", "2015-03-31"),
            ("changes/7/reminders/before", "30, 7"), ("changes/7/reminders/overdue", "1"), ("changes/7/reminders/review", "14, 28"), ("kind/0", "amendment")
        ];

        var seen = await Send(officer, agreement, [.. typed, ("act", "draft")]);
        Assert.Equal(200, seen.Status);
        string[] sentences =
        [
            "sista dag 31 mars 2018 i stället för 1 september 2017", "ska innehålla rapport, plan i stället för rapport", "Årsbelopp 2015: 3\u00A0500\u00A0000\u00A0kr i stället för 4\u00A0000\u00A0000\u00A0kr",
            "rekvireras senast 1 oktober 2015 (hade ingen sista dag förut)", "Giltighetstid: 13 juni 2014–31 december 2018 i stället för 13 juni 2014–31 december 2017",
            "Statskontoret tar över efter Kammarkollegiet", "Ny part: Länsstyrelsen i Jönköpings län", "till och med 31 mars 2015 i stället för Sveriges Kommuner och Landsting",
            "Påminnelser om granskning, antal dagar efter inlämningen: 14, 28 i stället för inga", "Påminnelser, antal dagar från sista dagen: 30, 7 före och 1 efter i stället för 90, 30, 14, 7, 1 före"
        ];
        Assert.All(sentences, sentence => Assert.Contains(sentence, System.Net.WebUtility.HtmlDecode(seen.Text), StringComparison.Ordinal));
        Assert.Contains("value=\"3 500 000\"", seen.Text, StringComparison.Ordinal);
        // Where one reads it, there is nothing between it and the button.
        Assert.DoesNotContain("<fieldset", seen.Text[seen.Text.IndexOf("id=\"difference\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Empty((await host.Officer.Get(agreement)).Is(200).At("amendments").EnumerateArray());
        Assert.Equal(422, (await Send(officer, agreement, ("changes/0/leave/key", "RK"), ("act", "draft"))).Status);

        Assert.Equal(200, (await Send(officer, agreement, typed)).Status);
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var (page, log) = (System.Net.WebUtility.HtmlDecode((await lead.Get($"/{agreement}/contract")).Text), System.Net.WebUtility.HtmlDecode((await lead.Get($"/{agreement}/log")).Text));
        Assert.All(sentences, sentence => Assert.Contains(sentence, page, StringComparison.Ordinal));
        Assert.Contains("började gälla: ", log, StringComparison.Ordinal);
        Assert.Contains(sentences[0], log, StringComparison.Ordinal);
        Assert.Contains("STATSK", (await host.Lead.Get(agreement)).Is(200).At("parties").EnumerateArray().Select(party => party.Text("key")));
    }

    static readonly string[] planned = ["before", "overdue", "review"];

    [Fact]
    public async Task Days_for_the_review_alone_leave_the_other_reminders_as_they_are()
    {
        var terms = Posted.Terms();
        terms["reminders"] = new System.Text.Json.Nodes.JsonObject { ["before"] = new System.Text.Json.Nodes.JsonArray(30, 7), ["overdue"] = new System.Text.Json.Nodes.JsonArray(2) };
        var agreement = await Posted.Agreement(host, terms);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var page = (await officer.Get($"/{agreement}/amendments")).Text;
        var now = planned.Select(field =>
            ($"changes/0/reminders/now/{field}", System.Text.RegularExpressions.Regex.Match(page, $"name=\"changes/[0-9]+/reminders/now/{field}\" value=\"([^\"]*)\"").Groups[1].Value));
        Assert.Equal(200, (await Send(officer, agreement, [.. now, ("changes/0/reminders/review", "14")])).Status);
        var plan = (await host.Officer.Get(agreement)).Is(200).At("reminders");
        Assert.Equal(("[30,7]", "[2]", "[14]"), (plan.At("before").GetRawText(), plan.At("overdue").GetRawText(), plan.At("review").GetRawText()));
    }

    [Fact]
    public async Task A_wrong_amendment_is_taken_back_and_both_sides_see_it()
    {
        var agreement = await Posted.Agreement(host);
        var due = (await host.Lead.Get($"{agreement}/obligations/report")).Is(200).Text("dueOn");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        (await host.Officer.Post($"{agreement}/amendments", new { decidedOn = "2014-06-13", reference = "A2014/8", effectiveFrom = "2014-06-13", changes = new[] { new { reschedule = new { key = "report", due = new { on = "2015-03-03" } } } } })).Is(201);
        Assert.Equal("2015-03-03", (await host.Lead.Get($"{agreement}/obligations/report")).Is(200).Text("dueOn"));
        (await host.Lead.Post($"{agreement}/amendments/1/withdrawal", new { reason = "Nej" })).IsProblem(409, "not-own-amendment");
        var page = (await officer.Get($"/{agreement}/contract")).Text;
        Assert.Contains("Blev det fel?", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Blev det fel?", (await lead.Get($"/{agreement}/contract")).Text, StringComparison.Ordinal);
        var form = page[page.IndexOf("amendments/1/withdrawal", StringComparison.Ordinal)..];
        var version = form[(form.IndexOf("name=\"version\" value=\"", StringComparison.Ordinal) + 22)..].Split('"')[0];
        Assert.Equal(200, (await officer.Send($"/{agreement}/contract", $"/{agreement}/amendments/1/withdrawal", ("version", version), ("reason", "Fel dag i registreringen"))).Status);

        Assert.Equal(due, (await host.Lead.Get($"{agreement}/obligations/report")).Is(200).Text("dueOn"));
        var view = (await host.Lead.Get(agreement)).Is(200).At("amendments")[0];
        Assert.Equal(("withdrawn", "erik.ek", "Fel dag i registreringen", true), (view.Text("status"), view.Text("withdrawn.by.id"), view.Text("withdrawn.reason"), view.At("withdrawn.had").GetBoolean()));
        foreach (var reader in new[] { officer, lead })
        {
            var contract = System.Net.WebUtility.HtmlDecode((await reader.Get($"/{agreement}/contract")).Text);
            Assert.Contains("Återtagen. Det som den ändrade är som det var", contract, StringComparison.Ordinal);
            Assert.Contains("Återtagen av Erik Ek: Fel dag i registreringen", contract, StringComparison.Ordinal);
            Assert.DoesNotContain("Blev det fel?", contract, StringComparison.Ordinal);
        }
        Assert.Contains("tog tillbaka tilläggsöverenskommelse 1: Fel dag i registreringen", System.Net.WebUtility.HtmlDecode((await lead.Get($"/{agreement}/log")).Text), StringComparison.Ordinal);
        (await host.Lead.Post($"{agreement}/amendments/1/confirmation")).IsProblem(409, "amendment-withdrawn");
    }

    static async Task<PageAnswer> Send(PageCaller by, string agreement, params (string, string)[] typed)
    {
        var page = (await by.Get($"/{agreement}/amendments")).Text;
        var form = page[page.IndexOf("id=\"amendments-form\"", StringComparison.Ordinal)..];
        var version = form[(form.IndexOf("name=\"version\" value=\"", StringComparison.Ordinal) + 22)..].Split('"')[0];
        (string Field, string Value)[] usual = [("version", version), ("decidedOn", "2014-06-13"), ("reference", "A2014/1"), ("effectiveFrom", "2014-06-13")];
        return await by.Send($"/{agreement}/amendments", $"/{agreement}/amendments", [.. usual.Where(field => typed.All(it => it.Item1 != field.Field)), .. typed]);
    }
}
