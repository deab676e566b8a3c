using Microsoft.Data.Sqlite;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Calendars;

/// <summary>Deadlines as a calendar at a secret address.</summary>
public class CalendarTests
{
    [Fact]
    public async Task The_title_says_what_has_happened()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host, Posted.Terms2014());
        var address = (await host.Officer.Post("me/calendar")).Is(201).Text("url")!;
        await Posted.Submission(host.Lead, path, "mapping-report", "Rapporten");
        Assert.Contains("SUMMARY:Inlämnat: Rapport", await Feed(), StringComparison.Ordinal);
        (await host.Officer.Post($"{path}/obligations/mapping-report/submissions/1/acceptance", new { })).Is(200);
        await Posted.Submission(host.Lead, path, "action-plan", "Planen", "plan");
        (await host.Officer.Post($"{path}/obligations/action-plan/submissions/1/return", new { reason = "Komplettera.", completeBy = "2015-05-01" })).Is(200);
        (await host.Officer.Post($"{path}/obligations/final-report/waiver", new { reason = "Behövs inte", reference = "A1" })).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition("2014", 4_000_000))).Is(201);
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        (await host.Lead.Post("simulation/clock", new { now = "2015-05-21" })).Is(200);
        (await host.Officer.Post($"{path}/obligations/annual-consultation-2015/completion", new { doneOn = "2015-05-21", note = "Genomfört." })).Is(200);
        (await host.Officer.Post($"{path}/termination", new { on = "2015-05-21", reference = "A2", finalDueOn = "2015-12-01" })).Is(200);

        var swedish = await Feed();
        foreach (var title in new[] { "Granskad\\, inget att komplettera: ", "Komplettering begärd: ", "Utgår: Slutrapport", "Rekvirerat: ", "Hölls 21 maj 2015: ", "Utgår\\, överenskommelsen upphörde i förtid: " })
            Assert.Contains($"SUMMARY:{title}", swedish, StringComparison.Ordinal);
        Assert.DoesNotContain("Inlämnat", swedish, StringComparison.Ordinal);
        var english = await Feed("en");
        foreach (var title in new[] { "Reviewed\\, nothing to complete: ", "To be completed: ", "Waived: ", "Requisitioned: ", "Held on 21 May 2015: ", "Waived\\, the agreement ended early: " })
            Assert.Contains($"SUMMARY:{title}", english, StringComparison.Ordinal);

        async Task<string> Feed(string language = "sv") =>
            (await host.Nobody.Get(address, ("Accept-Language", language))).Text.Replace("\r\n ", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_to_take_place_stands_on_the_day_that_was_set_for_it()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        var address = (await host.Officer.Post("me/calendar")).Is(201).Text("url")!;
        Assert.Equal("20150531", (await Event(host, address, "meeting-2015"))["DTSTART;VALUE=DATE"]);

        (await host.Lead.Post($"{path}/obligations/meeting-2015/schedule", new { on = "2015-05-12" })).Is(200);
        Assert.Equal("20150512", (await Event(host, address, "meeting-2015"))["DTSTART;VALUE=DATE"]);
        (await host.Lead.Post($"{path}/obligations/meeting-2015/schedule", new { on = "2015-06-09" })).Is(200);
        Assert.Equal("20150609", (await Event(host, address, "meeting-2015"))["DTSTART;VALUE=DATE"]);
        Assert.Equal("20160531", (await Event(host, address, "meeting-2016"))["DTSTART;VALUE=DATE"]);
    }

    [Fact]
    public async Task What_an_amendment_drops_or_takes_the_date_of_stays_under_its_last_day_as_cancelled()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        var address = (await host.Officer.Post("me/calendar")).Is(201).Text("url")!;
        (await host.Officer.Post($"{path}/amendments", new
        {
            decidedOn = "2014-06-13", reference = "A2", effectiveFrom = "2014-06-13",
            changes = new object[] { new { drop = new { key = "report", reason = "Behövs inte" } }, new { reschedule = new { key = "meeting-2016", due = new { none = true } } } }
        })).Is(201);

        Assert.Equal(("20150201", "Utgår: Rapport", "CANCELLED"), Shown(await Event(host, address, "report")));
        // Counted from what was dropped, it has no date until somebody sets one.
        Assert.Equal(("20150303", "Har inget datum längre: Redovisning", "CANCELLED"), Shown(await Event(host, address, "accounts")));
        Assert.Equal(("20160531", "Har inget datum längre: Möte 2016", "CANCELLED"), Shown(await Event(host, address, "meeting-2016")));
        (await host.Officer.Post($"{path}/obligations/accounts/waiver", new { reason = "Behövs inte heller", reference = "A3" })).Is(200);
        Assert.Equal(("20150303", "Utgår: Redovisning", "CANCELLED"), Shown(await Event(host, address, "accounts")));
        Assert.Equal(("20150531", "Möte 2015", "CONFIRMED"), Shown(await Event(host, address, "meeting-2015")));

        static (string, string, string) Shown(Dictionary<string, string> it) => (it["DTSTART;VALUE=DATE"], it["SUMMARY"], it["STATUS"]);
    }

    [Fact]
    public async Task What_was_waived_before_was_not_dropped_by_an_end_with_the_same_reference()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        var address = (await host.Officer.Post("me/calendar")).Is(201).Text("url")!;
        (await host.Officer.Post($"{path}/obligations/meeting-2015/waiver", new { reason = "termination", reference = "A2" })).Is(200);
        (await host.Officer.Post($"{path}/termination", new { on = "2014-06-13", reference = "A2", finalDueOn = "2015-02-01" })).Is(200);

        Assert.Equal("Utgår: Möte 2015", (await Event(host, address, "meeting-2015"))["SUMMARY"]);
        Assert.Equal("Utgår\\, överenskommelsen upphörde i förtid: Möte 2016", (await Event(host, address, "meeting-2016"))["SUMMARY"]);
    }

    [Fact]
    public async Task As_long_as_nothing_has_changed_a_feed_that_is_known_is_not_told_again()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        var address = (await host.Lead.Post("me/calendar")).Is(201).Text("url")!;
        var first = await host.Nobody.Get(address);
        Assert.Matches("^W/\"[0-9a-f]{64}\"$", first["ETag"]);
        Assert.Equal("no-cache, private", first["Cache-Control"]);

        // Reminders change nothing of the deadlines.
        (await host.Lead.Post("simulation/clock", new { now = "2015-01-20" })).Is(200);
        Assert.NotEqual(0, (await host.Lead.All($"{path}/events")).Count(e => e.Text("type") == "reminder-sent"));
        var again = await host.Nobody.Get(address, ("If-None-Match", first["ETag"]!));
        Assert.Equal((304, "", first["ETag"]), (again.Status, again.Text, again["ETag"]));
        Assert.Equal(Undated(first.Text), Undated((await host.Nobody.Get(address)).Text));
        Assert.Equal(304, (await host.Nobody.Get(address, ("If-None-Match", $"\"another\", {first["ETag"]}"))).Status);

        (await host.Officer.Post($"{path}/obligations/report/extension", new { dueOn = "2015-02-10", reference = "Fi2014/2" })).Is(200);
        var changed = await host.Nobody.Get(address, ("If-None-Match", first["ETag"]!));
        Assert.Equal(200, changed.Status);
        Assert.Contains("DTSTART;VALUE=DATE:20150210", changed.Text, StringComparison.Ordinal);
        Assert.NotEqual(first["ETag"], changed["ETag"]);

        // Another language is another feed, and another agreement makes it longer.
        Assert.Equal(200, (await host.Nobody.Get(address, ("If-None-Match", changed["ETag"]!), ("Accept-Language", "en"))).Status);
        await Posted.Agreement(host);
        Assert.Equal(200, (await host.Nobody.Get(address, ("If-None-Match", changed["ETag"]!))).Status);

        static string Undated(string feed) => string.Join('\n', feed.Split('\n').Where(line => !line.StartsWith("DTSTAMP", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_agreement_that_is_as_it_was_is_not_read_for_the_feed()
    {
        using var folder = new TemporaryFolder();
        await using var host = await RunningHost.Start(folder: folder["data"]);
        var path = await Posted.Agreement(host);
        await Posted.Agreement(host);
        var address = (await host.Lead.Post("me/calendar")).Is(201).Text("url")!;
        Assert.Equal(10, Count((await host.Nobody.Get(address)).Text));

        // Its log is gone: whoever read it would know.
        await using (var connection = new SqliteConnection($"Data Source={folder["data/mragreement.db"]};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"DELETE FROM events WHERE hex(agreement) = '{path["agreements/".Length..].Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()}'";
            Assert.Equal(3, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }
        await Posted.Agreement(host);

        Assert.Equal(15, Count((await host.Nobody.Get(address)).Text));

        static int Count(string feed) => feed.Split("BEGIN:VEVENT").Length - 1;
    }

    [Fact]
    public async Task A_meeting_that_was_agreed_is_struck_out_under_the_invitation_s_id_however_it_is_let_go()
    {
        await using var host = await RunningHost.Start();
        var address = (await host.Officer.Post("me/calendar")).Is(201).Text("url")!;
        var (waived, dropped, ended) = (await Agreed(), await Agreed(), await Agreed());
        foreach (var path in new[] { waived, dropped, ended })
            Assert.Empty(await Meeting(path));
        (await host.Officer.Post($"{waived}/obligations/meeting-2015/waiver", new { reason = "Behövs inte alls", reference = "A1" })).Is(200);
        (await host.Officer.Post($"{dropped}/amendments", new
        {
            decidedOn = "2014-06-13", reference = "A2", effectiveFrom = "2014-06-13", changes = new object[] { new { drop = new { key = "meeting-2015", reason = "Behövs inte alls" } } }
        })).Is(201);
        (await host.Officer.Post($"{ended}/termination", new { on = "2014-06-13", reference = "A3", finalDueOn = "2015-02-01" })).Is(200);

        foreach (var path in new[] { waived, dropped, ended })
        {
            var it = Assert.Single(await Meeting(path));
            var invitation = (await CalendarReader.Read((await host.Officer.Get($"{path}/obligations/meeting-2015/invitation")).Text)).GetProperty("events")[0];
            Assert.Equal(("CANCELLED", "20150512T070000Z", "Inställt: Möte 2015"), (it["STATUS"], it["DTSTART"], it["SUMMARY"]));
            Assert.Equal((invitation.GetProperty("status").GetString(), $"{invitation.GetProperty("sequence").GetInt32()}"), (it["STATUS"], it["SEQUENCE"]));
            Assert.DoesNotContain("Behövs inte", it["DESCRIPTION"], StringComparison.Ordinal);
        }
        // What was called off before stays so.
        var off = await Agreed();
        (await host.Lead.Post($"{off}/obligations/meeting-2015/times/1/calling-off", new { reason = "Sjukdom" })).Is(200);
        var before = int.Parse(Assert.Single(await Meeting(off))["SEQUENCE"], System.Globalization.CultureInfo.InvariantCulture);
        (await host.Officer.Post($"{off}/obligations/meeting-2015/waiver", new { reason = "Behövs inte alls", reference = "A1" })).Is(200);
        Assert.Equal(("CANCELLED", $"{before + 1}"), (Assert.Single(await Meeting(off))["STATUS"], Assert.Single(await Meeting(off))["SEQUENCE"]));

        async Task<string> Agreed()
        {
            var path = await Posted.Agreement(host);
            (await host.Officer.Post($"{path}/obligations/meeting-2015/times", new { on = "2015-05-12", start = "09:00", end = "12:00", form = "on-site", place = "Rosenbad" })).Is(201);
            (await host.Lead.Post($"{path}/obligations/meeting-2015/times/1/agreement")).Is(200);
            return path;
        }

        async Task<IReadOnlyList<Dictionary<string, string>>> Meeting(string path) => await Events(host, address, $"meeting-meeting-2015.{path["agreements/".Length..]}@");
    }

    static async Task<Dictionary<string, string>> Event(RunningHost host, string address, string obligation) =>
        Assert.Single(await Events(host, address, $"{obligation}."));

    static async Task<IReadOnlyList<Dictionary<string, string>>> Events(RunningHost host, string address, string uid) =>
        [.. (await host.Nobody.Get(address)).Text.Replace("\r\n ", "", StringComparison.Ordinal).Split("BEGIN:VEVENT\r\n")
            .Where(it => it.Contains($"\r\nUID:{uid}", StringComparison.Ordinal)).Select(it => it.Split("\r\n").Where(line => line.Contains(':', StringComparison.Ordinal))
            .Select(line => line.Split(':', 2)).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1]))];

    [Fact]
    public async Task Whoever_has_the_address_sees_its_owners_deadlines_until_it_is_revoked()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        (await host.Nobody.Post("me/calendar")).Says401();
        (await host.Reader.Post("me/calendar")).IsProblem(403, "forbidden");
        var given = await host.Lead.Post("me/calendar");
        var address = given.Is(201).Text("url")!;
        Assert.Equal(address, given.Location);

        var feed = await host.Nobody.Get(address);
        Assert.Equal((200, "text/calendar"), (feed.Status, feed.MediaType));
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", feed.Text, StringComparison.Ordinal);
        Assert.Equal(5, feed.Text.Split("BEGIN:VEVENT").Length - 1);
        Assert.Contains("DTSTART;VALUE=DATE:20150201", feed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lena", feed.Text, StringComparison.Ordinal);
        (await host.Officer.Post($"{path}/obligations/report/extension", new { dueOn = "2015-02-10", reference = "Fi2014/2" })).Is(200);
        Assert.Contains("DTSTART;VALUE=DATE:20150210", (await host.Nobody.Get(address)).Text, StringComparison.Ordinal);

        var another = (await host.Lead.Post("me/calendar")).Is(201).Text("url")!;
        Assert.Equal((404, 200), ((await host.Nobody.Get(address)).Status, (await host.Nobody.Get(another)).Status));
        Assert.Equal(204, (await host.Lead.Send(HttpMethod.Delete, "me/calendar", null)).Status);
        Assert.Equal(404, (await host.Nobody.Get(another)).Status);
    }

    [Fact]
    public async Task On_the_pages_one_gets_an_address_once_and_takes_it_back()
    {
        await using var host = await RunningHost.Start();
        await Posted.Agreement(host);
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        Assert.Contains("href=\"/me#calendar\"", (await lead.Get("/deadlines")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/me/calendar/revocation", (await lead.Get("/me")).Text, StringComparison.Ordinal);
        var address = (await lead.Send("/me", "/me/calendar")).Text.Split("<code class=\"link-shown\">")[1].Split('<')[0];
        var feed = await CalendarReader.Read((await host.Nobody.Get(address)).Text);
        Assert.Equal(("PUBLISH", 5), (feed.GetProperty("method").GetString(), feed.GetProperty("events").GetArrayLength()));
        Assert.DoesNotContain(address, (await lead.Get("/me")).Text, StringComparison.Ordinal);

        Assert.Contains("Skapa en kalenderadress", (await lead.Send("/me", "/me/calendar/revocation")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await host.Nobody.Get(address)).Status);
        using var reader = await PageCaller.SignIn(host, "rut.ros");
        Assert.DoesNotContain("/me/calendar", (await reader.Get("/me")).Text + (await reader.Get("/deadlines")).Text, StringComparison.Ordinal);
    }
}
