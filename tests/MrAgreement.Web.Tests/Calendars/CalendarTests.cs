using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Calendars;

/// <summary>Deadlines as a calendar at a secret address.</summary>
public class CalendarTests
{
    [Fact]
    public async Task The_title_says_what_has_happened()
    {
        await using var host = await RunningHost.Start();
        var path = await Some.Agreement(host, Some.Terms2014());
        var address = (await host.Officer.Post("me/calendar")).Is(201).Text("url")!;
        await Some.Submission(host.Lead, path, "mapping-report", "Rapporten");
        Assert.Contains("SUMMARY:Inlämnat: Rapport", await Feed(), StringComparison.Ordinal);
        (await host.Officer.Post($"{path}/obligations/mapping-report/submissions/1/acceptance", new { })).Is(200);
        await Some.Submission(host.Lead, path, "action-plan", "Planen", "plan");
        (await host.Officer.Post($"{path}/obligations/action-plan/submissions/1/return", new { reason = "Komplettera.", completeBy = "2015-05-01" })).Is(200);
        (await host.Officer.Post($"{path}/obligations/final-report/waiver", new { reason = "Behövs inte", reference = "A1" })).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions", Some.Requisition("2014", 4_000_000))).Is(201);
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        (await host.Lead.Post("simulation/clock", new { now = "2015-05-21" })).Is(200);
        (await host.Officer.Post($"{path}/obligations/annual-consultation-2015/completion", new { doneOn = "2015-05-21", note = "Genomfört." })).Is(200);
        (await host.Officer.Post($"{path}/termination", new { on = "2015-05-21", reference = "A2", finalDueOn = "2015-12-01" })).Is(200);

        var swedish = await Feed();
        foreach (var title in new[] { "Godkänt: ", "Komplettering begärd: ", "Utgår: Slutrapport", "Rekvirerat: ", "Hölls 21 maj 2015: ", "Utgår\\, överenskommelsen upphörde i förtid: " })
            Assert.Contains($"SUMMARY:{title}", swedish, StringComparison.Ordinal);
        Assert.DoesNotContain("Inlämnat", swedish, StringComparison.Ordinal);
        var english = await Feed("en");
        foreach (var title in new[] { "Accepted: ", "To be completed: ", "Dropped: ", "Requisitioned: ", "Held on 21 May 2015: ", "Dropped\\, the agreement ended early: " })
            Assert.Contains($"SUMMARY:{title}", english, StringComparison.Ordinal);

        async Task<string> Feed(string language = "sv") =>
            (await host.Nobody.Get(address, ("Accept-Language", language))).Text.Replace("\r\n ", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_the_address_sees_its_owners_deadlines_until_it_is_revoked()
    {
        await using var host = await RunningHost.Start();
        var path = await Some.Agreement(host);
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
}
