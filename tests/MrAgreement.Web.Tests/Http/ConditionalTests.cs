using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Http;

/// <summary>ETag and If-Match: who acts on what has changed since is told so.</summary>
public class ConditionalTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    static (string, string) IfMatch(string? etag) => ("If-Match", etag!);

    [Fact]
    public async Task A_stale_tag_is_refused_and_a_fresh_one_is_not()
    {
        var path = await Posted.Agreement(host);
        var seen = (await host.Officer.Get($"{path}/obligations/report")).ETag;
        var moved = await host.Officer.Post($"{path}/obligations/report/extension", new { dueOn = "2015-02-10", reference = "Fi2014/2" }, IfMatch(seen));
        moved.Is(200);
        Assert.NotEqual(seen, moved.ETag);
        Assert.Equal(moved.ETag, (await host.Officer.Get($"{path}/obligations/report")).ETag);
        var before = await Posted.LogLength(host, path);
        (await host.Officer.Post($"{path}/obligations/report/waiver", new { reason = "Nej", reference = "Fi2014/3" }, IfMatch(seen))).IsProblem(412, "stale-if-match");
        Assert.Equal(before, await Posted.LogLength(host, path));
        (await host.Officer.Post($"{path}/obligations/report/waiver", new { reason = "Nej", reference = "Fi2014/3" }, IfMatch($"\"0\", {moved.ETag}"))).Is(200);
    }

    [Fact]
    public async Task Whoever_may_not_do_it_hears_that_before_hearing_that_something_changed()
    {
        var path = await Posted.Agreement(host);
        var waiver = new { reason = "Nej", reference = "Fi2014/3" };
        (await host.Payer.Post($"{path}/obligations/report/waiver", waiver, IfMatch("\"0\""))).IsProblem(403, "forbidden");
        // By its role an officer may deliver, but not what another party owes.
        (await host.Officer.Post($"{path}/obligations/report/submissions", new { summary = "Nej", documents = Array.Empty<string>() }, IfMatch("\"0\""))).IsProblem(403, "not-responsible");
        (await host.Officer.Post($"{path}/obligations/report/submissions/9/acceptance", new { }, IfMatch("\"0\""))).IsProblem(404, "no-such-submission");
        (await host.Officer.Post($"{path}/obligations/report/waiver", waiver, IfMatch("\"0\""))).IsProblem(412, "stale-if-match");
    }

    [Fact]
    public async Task Every_resource_that_changes_has_a_tag_that_holds()
    {
        var path = await Posted.Agreement(host);
        var document = await Posted.Document(host.Lead, path, "Rapporten");
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).Is(201);
        (await host.Finance.Post($"{path}/grant/adjustments", new { kind = "accrual", amount = 10, period = new { from = "2014-01-01", to = "2014-06-13" }, reason = "Kostnader" })).Is(201);
        foreach (var (by, resource, change, body) in new (Caller, string, string, object?)[]
        {
            (host.Approver, "grant/requisitions/1", "grant/requisitions/1/attestation", null),
            (host.Approver, "grant/adjustments/1", "grant/adjustments/1/attestation", null),
            (host.Officer, "grant", "grant/payments", null),
            (host.Lead, $"documents/{document}", $"documents/{document}/versions", null),
            (host.Lead, "obligations/meeting-2015", "obligations/meeting-2015/schedule", new { on = "2015-05-05" }),
            (host.Officer, "", "termination", new { on = "2014-06-13", reference = "Fi2014/9", finalDueOn = "2014-12-31" })
        })
        {
            var tag = (await by.Get($"{path}/{resource}".TrimEnd('/'))).ETag;
            Assert.Matches("^\"[0-9]+\"$", tag);
            if (change == "grant/payments")
                continue;
            var content = change.EndsWith("versions", StringComparison.Ordinal) ? Posted.Form("Version två"u8.ToArray()) : body;
            (await by.Post($"{path}/{change}", content, IfMatch("\"0\""))).IsProblem(412, "stale-if-match");
            var again = change.EndsWith("versions", StringComparison.Ordinal) ? Posted.Form("Version två"u8.ToArray()) : body;
            var done = await by.Post($"{path}/{change}", again, IfMatch(tag));
            Assert.True(done.Status is 200 or 201, done.Text);
            Assert.Equal(done.ETag, (await by.Get($"{path}/{resource}".TrimEnd('/'))).ETag);
        }
    }

    [Fact]
    public async Task A_star_matches_whatever_there_is_a_weak_tag_nothing_and_no_tag_is_malformed()
    {
        var path = await Posted.Agreement(host);
        var tag = (await host.Lead.Get($"{path}/obligations/meeting-2015")).ETag;
        (await host.Lead.Post($"{path}/obligations/meeting-2015/schedule", new { on = "2015-05-05" }, IfMatch($"W/{tag}"))).IsProblem(412, "stale-if-match");
        (await host.Lead.Post($"{path}/obligations/meeting-2015/schedule", new { on = "2015-05-05" }, IfMatch("17"))).IsProblem(400, "malformed-if-match");
        (await host.Lead.Post($"{path}/obligations/meeting-2015/schedule", new { on = "2015-05-05" }, IfMatch("*"))).Is(200);
    }

    [Fact]
    public async Task Reminders_do_not_touch_what_they_remind_of()
    {
        await using var own = await RunningHost.Start();
        var path = await Posted.Agreement(own);
        var (agreement, obligation) = (await own.Lead.Get(path), await own.Lead.Get($"{path}/obligations/report"));
        Assert.True((await own.Lead.Post("simulation/clock", new { now = "2015-01-31" })).Is(200).Number("remindersSent") > 0);
        Assert.Equal(agreement.ETag, (await own.Lead.Get(path)).ETag);
        Assert.Equal(obligation.ETag, (await own.Lead.Get($"{path}/obligations/report")).ETag);
        Assert.Equal(agreement.Json.Number("version"), (await own.Lead.Get("agreements")).Is(200).Number("items.0.version"));
        (await own.Lead.Post($"{path}/obligations/meeting-2015/schedule", new { on = "2015-05-05" }, IfMatch((await own.Lead.Get($"{path}/obligations/meeting-2015")).ETag))).Is(200);
    }

    [Fact]
    public async Task What_moves_along_with_another_has_a_new_tag()
    {
        var path = await Posted.Agreement(host);
        var before = (await host.Lead.Get($"{path}/obligations/accounts")).ETag;
        (await host.Officer.Post($"{path}/obligations/report/extension", new { dueOn = "2015-02-10", reference = "Fi2014/2" })).Is(200);
        Assert.NotEqual(before, (await host.Lead.Get($"{path}/obligations/accounts")).ETag);
    }
}
