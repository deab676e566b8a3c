using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Log;

/// <summary>The log as a resource, and its proof.</summary>
public class LogTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task The_log_tells_who_did_what_when_in_order()
    {
        var path = await Some.Agreement(host);
        await Some.Submission(host.Lead, path, "report", "Rapporten");
        var log = await host.Payer.All($"{path}/events?limit=2");
        Assert.All(log, e => e.Has("sequence:number at:string actor.id:string actor.name:string type:string data:object|null hash:string"));
        Assert.Equal(["agreement-created", "grant-opened", "agreement-signed", "document-registered", "submission-made"], log.Select(e => e.Text("type")));
        Assert.Equal([1, 2, 3, 4, 5], log.Select(e => (int)e.Number("sequence")));
        Assert.Equal(["Erik Ek", "Erik Ek", "Erik Ek", "Lena Lind", "Lena Lind"], log.Select(e => e.Text("actor.name")));
        Assert.All(log, e => Assert.Matches("^[0-9a-f]{64}$", e.Text("hash")));
        Assert.All(log, e => Assert.Equal("2014-06-13T10:00:00Z", e.Text("at")));
        Assert.Equal("Rapporten", log[4].Text("data.summary"));
    }

    [Fact]
    public async Task The_proof_names_the_head_of_a_whole_log()
    {
        var path = await Some.Agreement(host);
        var proof = (await host.Admin.Get($"{path}/events/verification")).Is(200);
        proof.Has("valid:boolean count:number head:string");
        var last = (await host.Admin.All($"{path}/events"))[^1];
        Assert.Equal((true, last.Number("sequence"), last.Text("hash")), (proof.Flag("valid"), proof.Number("count"), proof.Text("head")));
    }

    [Fact]
    public async Task An_earlier_day_shows_the_log_as_it_stood()
    {
        await using var own = await RunningHost.Start();
        var path = await Some.Agreement(own);
        (await own.Lead.Post("simulation/clock", new { now = "2014-08-20" })).Is(200);
        Assert.Equal(["agreement-created", "grant-opened", "agreement-signed"], (await own.Lead.All($"{path}/events?asOf=2014-08-01")).Select(e => e.Text("type")));
        Assert.Equal(2, (await own.Lead.All($"{path}/events?asOf=2014-08-20")).Count(e => e.Text("type") == "reminder-sent"));
        var reminder = (await own.Lead.All($"{path}/events"))[^1];
        Assert.Equal(("system", "requisition-first", "2014-09-01", -14m), (reminder.Text("actor.id"), reminder.Text("data.obligation"), reminder.Text("data.dueOn"), reminder.Number("data.rung")));
    }
}
