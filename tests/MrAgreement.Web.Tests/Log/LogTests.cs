using System.Text.Json;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Log;

/// <summary>The log as a resource, and its proof.</summary>
public class LogTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task The_log_tells_who_did_what_when_in_order()
    {
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        var log = await host.Payer.All($"{path}/events?limit=2");
        Assert.All(log, e => e.Has("sequence:number at:string actor.id:string actor.name:string type:string data:object|null hash:string salt:string"));
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
        var path = await Posted.Agreement(host);
        var proof = (await host.Admin.Get($"{path}/events/verification")).Is(200);
        proof.Has("valid:boolean count:number head:string");
        var last = (await host.Admin.All($"{path}/events"))[^1];
        Assert.Equal((true, last.Number("sequence"), last.Text("hash")), (proof.Flag("valid"), proof.Number("count"), proof.Text("head")));
    }

    [Fact]
    public async Task Every_hash_is_told_since_nothing_can_be_guessed_from_it_and_no_salt_without_all_of_its_event()
    {
        var path = await Posted.Agreement(host);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).Is(201);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/acceptance", new { })).Is(200);

        // The fourth is an amount that is not sent yet.
        foreach (var by in new[] { host.Officer, host.Finance, host.Auditor })
            Assert.DoesNotContain(false, await Told(by, "hash"));
        Assert.Equal([true, true, true, false, true, true, true], await Told(host.Officer, "salt"));
        Assert.Equal([true, true, true, false, true, true, true], await Told(host.Officer, "data"));
        Assert.DoesNotContain(false, await Told(host.Finance, "salt"));
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        Assert.DoesNotContain(false, await Told(host.Officer, "salt"));

        // What a party keeps to itself is left out for others, auditors too, and is proved all the same.
        (await host.Officer.Post($"{path}/obligations/report/notes", new { submission = 1, text = "Bra" })).Is(201);
        (await host.Officer.Post($"{path}/obligations/accounts/waiver", new { reason = "Behövs inte", reference = "A1" })).Is(200);
        var rows = (await host.Officer.All($"{path}/events"));
        foreach (var other in new[] { host.Finance, host.Auditor, host.Admin })
        {
            Assert.DoesNotContain(false, await Told(other, "hash"));
            Assert.Equal(rows.Count - 1, (await other.All($"{path}/events")).Count);
        }
        var proof = (await host.Admin.Get($"{path}/events/verification")).Is(200);
        Assert.Equal((true, rows[^1].Text("hash")), (proof.Flag("valid"), proof.Text("head")));
        Assert.Equal(rows.Count, rows.Select(row => row.Text("salt")).Distinct().Count());

        async Task<IReadOnlyList<bool>> Told(Caller by, string what) =>
            [.. (await by.All($"{path}/events?limit=3")).Select(e => e.At(what).ValueKind is JsonValueKind.String or JsonValueKind.Object)];
    }

    [Fact]
    public async Task A_package_s_digest_is_told_to_its_own_party_only_and_the_log_s_head_to_all()
    {
        var path = await Posted.Agreement(host);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).Is(201);
        var order = await host.Officer.Post($"{path}/archive-packages", "{}");
        order.Is(202);
        while ((await host.Officer.Get(order.Location!)).Is(200).Text("status") != "made")
            await Task.Yield();

        Assert.Equal(JsonValueKind.String, (await host.Officer.Get(order.Location!)).Is(200).At("head").ValueKind);
        Assert.Equal((true, true), await Told(host.Officer));
        Assert.Equal((true, false), await Told(host.Lead));
        Assert.Equal((true, true), await Told(host.Admin));

        async Task<(bool Head, bool Sha256)> Told(Caller by)
        {
            var made = (await by.All($"{path}/events"))[^1].At("data");
            return (made.TryGetProperty("head", out _), made.TryGetProperty("sha256", out _));
        }
    }

    [Fact]
    public async Task The_page_of_the_log_shows_them_too()
    {
        var path = await Posted.Agreement(host);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).Is(201);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        Assert.Equal((4, 4), ((await officer.Get($"/{path}/log")).Text.Split("<code title=").Length - 1, (await finance.Get($"/{path}/log")).Text.Split("<code title=").Length - 1));
    }

    [Fact]
    public async Task An_auditor_proves_the_log_on_its_page()
    {
        var path = await Posted.Agreement(host);
        using var auditor = await PageCaller.SignIn(host, "agnes.asp");
        Assert.Contains($"/{path}/log?verify", (await auditor.Get($"/{path}/log")).Text, StringComparison.Ordinal);
        var proved = (await auditor.Get($"/{path}/log?verify")).Text;
        Assert.Contains("Loggen är hel", proved, StringComparison.Ordinal);
        Assert.Contains("Alla filer som loggen nämner finns där de lagras.", proved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_day_shows_the_log_as_it_stood()
    {
        await using var own = await RunningHost.Start();
        var path = await Posted.Agreement(own);
        (await own.Lead.Post("simulation/clock", new { now = "2014-08-20" })).Is(200);
        Assert.Equal(["agreement-created", "grant-opened", "agreement-signed"], (await own.Lead.All($"{path}/events?asOf=2014-08-01")).Select(e => e.Text("type")));
        Assert.Equal(2, (await own.Lead.All($"{path}/events?asOf=2014-08-20")).Count(e => e.Text("type") == "reminder-sent"));
        var reminder = (await own.Lead.All($"{path}/events"))[^1];
        Assert.Equal(("system", "requisition-first", "2014-09-01", -14m), (reminder.Text("actor.id"), reminder.Text("data.obligation"), reminder.Text("data.dueOn"), reminder.Number("data.rung")));
    }
}
