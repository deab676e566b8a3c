using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Obligations;

/// <summary>Reminders that are acknowledged and put off, and those of reviews, over the API and on the pages.</summary>
public class AcknowledgementTests
{
    [Fact]
    public async Task A_reminder_is_put_off_with_a_reason_that_both_see_and_whoever_reviews_is_reminded()
    {
        await using var host = await RunningHost.Start();
        var terms = Posted.Terms();
        terms["reminders"] = new System.Text.Json.Nodes.JsonObject { ["before"] = new System.Text.Json.Nodes.JsonArray(30, 7, 1), ["overdue"] = new System.Text.Json.Nodes.JsonArray(1, 7), ["review"] = new System.Text.Json.Nodes.JsonArray(14, 28) };
        var path = await Posted.Agreement(host, terms);
        var (page, one) = ($"/{path[path.IndexOf("agreements", StringComparison.Ordinal)..]}/obligations/report", $"{path}/obligations/report");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        using var officer = await PageCaller.SignIn(host, "erik.ek");

        (await host.Lead.Post($"{one}/reminders/acknowledgement", new { reason = "Remiss" })).IsProblem(409, "no-reminder");
        Assert.DoesNotContain("Jag har sett påminnelsen", (await lead.Get(page)).Text, StringComparison.Ordinal);
        (await host.Lead.Post("simulation/clock", new { now = "2015-01-10" })).Is(200);
        Assert.Contains("Jag har sett påminnelsen", (await lead.Get(page)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Jag har sett påminnelsen", (await officer.Get(page)).Text, StringComparison.Ordinal);
        (await host.Officer.Post($"{one}/reminders/acknowledgement", new { reason = "Remiss" })).IsProblem(409, "no-reminder");
        (await host.Approver.Post($"{one}/reminders/acknowledgement", new { reason = "Remiss" })).IsProblem(409, "no-reminder");
        (await host.Reader.Post($"{one}/reminders/acknowledgement", new { reason = "Remiss" })).IsProblem(403, "forbidden");
        (await host.Lead.Post($"{one}/reminders/acknowledgement", new { reason = "Remiss", until = "2015-02-01" })).IsProblem(422, "until-too-late");

        var version = (await host.Lead.Get(one)).ETag!.Trim('"');
        Assert.Equal(422, (await lead.Send(page, $"{page}/reminders/acknowledgement", ("version", version), ("reason", ""), ("until", "2015-01-28"))).Status);
        var put = await lead.Send(page, $"{page}/reminders/acknowledgement", ("version", version), ("reason", "Remissen är ute"), ("until", "2015-01-28"));
        Assert.Contains("vill bli påmind igen", put.Text, StringComparison.Ordinal);
        foreach (var text in new[] { put.Text, (await officer.Get(page)).Text })
            Assert.Contains("Remissen är ute", text, StringComparison.Ordinal);
        Assert.Equal(412, (await lead.Send(page, $"{page}/reminders/acknowledgement", ("version", version), ("reason", "En gång till"))).Status);
        var told = (await host.Officer.Get($"{one}/reminders")).Is(200);
        Assert.Equal(("SKR", "2015-01-28", "Remissen är ute"), (told.Text("acknowledgements.0.party"), told.Text("acknowledgements.0.until"), told.Text("acknowledgements.0.reason")));
        Assert.Equal(["-30", "-7 held", "-4", "-1", "1", "7"], told.GetProperty("reminders").EnumerateArray().Select(it => $"{it.GetProperty("rung").GetInt32()}{(it.GetProperty("held").GetBoolean() ? " held" : "")}"));
        Assert.Contains("vill bli påmind igen 28 januari 2015: Remissen är ute", (await officer.Get($"{page[..page.IndexOf("/obligations", StringComparison.Ordinal)]}/log")).Text, StringComparison.Ordinal);
        (await host.Lead.Post("simulation/clock", new { now = "2015-01-29" })).Is(200);
        Assert.Equal(["-30", "-4"], (await Sent(host, path, "reminder-sent")).Select(it => $"{it.Number("data.rung")}"));

        var document = await Posted.Document(host.Lead, path, "Rapporten");
        (await host.Lead.Post($"{one}/submissions", new { summary = "Härmed", documents = new[] { document } })).Is(201);
        Assert.Equal(("14", "RK", "28", "SKR"), await Review(host, one));
        // Whoever reviews puts it off, with a reason that both see.
        (await host.Lead.Post("simulation/clock", new { now = "2015-02-13" })).Is(200);
        Assert.Contains("Jag har sett påminnelsen", (await officer.Get(page)).Text, StringComparison.Ordinal);
        (await host.Officer.Post($"{one}/reminders/acknowledgement", new { reason = "Beredning", until = "2015-02-28" })).IsProblem(422, "until-too-late");
        var put2 = await officer.Send(page, $"{page}/reminders/acknowledgement", ("version", (await host.Officer.Get(one)).ETag!.Trim('"')), ("reason", "Gemensam beredning"), ("until", "2015-02-26"));
        Assert.Contains("påminnelsen om granskning av inlämning 1", put2.Text, StringComparison.Ordinal);
        Assert.Contains("Gemensam beredning", (await lead.Get(page)).Text, StringComparison.Ordinal);
        var review = (await host.Lead.Get($"{one}/reminders")).Is(200);
        Assert.Equal(1, review.At("acknowledgements").EnumerateArray().Last().Number("submission"));
        Assert.Equal(["14", "28"], review.At("review").EnumerateArray().Select(it => $"{it.Number("days")}"));
        (await host.Lead.Post("simulation/clock", new { now = "2015-03-01" })).Is(200);
        Assert.Equal(["14", "28"], (await Sent(host, path, "review-reminded")).Select(it => $"{it.Number("data.days")}"));
        Assert.Contains("Påminnelser om granskning av inlämning 1", (await officer.Get(page)).Text, StringComparison.Ordinal);
        Assert.Contains("Påminnelse om granskning efter 28 dagar", (await officer.Get($"{page[..page.IndexOf("/obligations", StringComparison.Ordinal)]}/log")).Text, StringComparison.Ordinal);
    }

    static async Task<List<System.Text.Json.JsonElement>> Sent(RunningHost host, string path, string type) =>
        [.. (await host.Lead.All($"{path}/events")).Where(e => e.Text("type") == type && e.Text("data.obligation") == "report")];

    static async Task<(string?, string?, string?, string?)> Review(RunningHost host, string one)
    {
        var review = (await host.Lead.Get($"{one}/reminders")).Is(200);
        return ($"{review.Number("review.0.days")}", review.Text("review.0.to.0"), $"{review.Number("review.1.days")}", review.Text("review.1.to.1"));
    }
}
