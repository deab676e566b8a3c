using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Agreements;

/// <summary>Amendments and early termination over HTTP.</summary>
public class AmendmentTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    static object Amendment(string effectiveFrom = "2014-06-13", string reference = "Fi2014/2") => new
    {
        decidedOn = "2014-06-13", reference, effectiveFrom,
        changes = new object[]
        {
            new { reschedule = new { key = "report", due = new { on = "2015-03-01" } } },
            new { add = new { key = "summary", title = "Sammanfattning", responsible = new[] { "SKR" }, recipient = "RK", kind = "deliverable", due = new { before = "meeting", days = 5 } } },
            new { drop = new { key = "accounts", reason = "Behövs inte" } }
        }
    };

    [Fact]
    public async Task Recorded_by_the_grantor_it_takes_effect_from_its_day()
    {
        var path = await Posted.Agreement(host);
        var amended = await host.Officer.Post($"{path}/amendments", Amendment());
        var amendment = amended.Is(201);
        amendment.Has("""
            number:number decidedOn:string reference:string effectiveFrom:string changes:array party:string by.id:string by.name:string confirmed:boolean
            confirmedBy:null status:string untouched:array
            """);
        Assert.Equal((1, "in-effect", false, "RK"), ((int)amendment.Number("number"), amendment.Text("status"), amendment.Flag("confirmed"), amendment.Text("party")));
        Assert.NotNull(amended.Location);
        var obligations = (await host.Lead.All($"{path}/obligations")).ToDictionary(o => o.Text("key")!);
        Assert.Equal("2015-03-01", obligations["report"].Text("dueOn"));
        Assert.Equal(("2015-05-26", "2016-05-26"), (obligations["summary-2015"].Text("dueOn"), obligations["summary-2016"].Text("dueOn")));
        Assert.Equal(("waived", "Behövs inte"), (obligations["accounts"].Text("status"), obligations["accounts"].Text("waiver.reason")));
        (await host.Officer.Post($"{path}/amendments/1/confirmation")).IsProblem(409, "own-amendment");
        Assert.True((await host.Lead.Post($"{path}/amendments/1/confirmation")).Is(200).Flag("confirmed"));
        Assert.Equal("Lena Lind", (await host.Lead.Get(path)).Is(200).Text("amendments.0.confirmedBy.name"));
    }

    [Fact]
    public async Task Proposed_by_the_recipient_it_changes_nothing_until_the_grantor_confirms()
    {
        var path = await Posted.Agreement(host);
        Assert.Equal("proposed", (await host.Lead.Post($"{path}/amendments", Amendment())).Is(201).Text("status"));
        Assert.Equal("2015-02-01", (await host.Lead.Get($"{path}/obligations/report")).Is(200).Text("dueOn"));
        Assert.Equal("in-effect", (await host.Officer.Post($"{path}/amendments/1/confirmation")).Is(200).Text("status"));
        Assert.Equal("2015-03-01", (await host.Lead.Get($"{path}/obligations/report")).Is(200).Text("dueOn"));
    }

    [Fact]
    public async Task One_for_a_later_day_waits_for_it_and_leaves_what_is_done_by_then()
    {
        await using var own = await RunningHost.Start();
        var path = await Posted.Agreement(own);
        Assert.Equal("pending", (await own.Officer.Post($"{path}/amendments", Amendment("2014-10-01"))).Is(201).Text("status"));
        await Posted.Submission(own.Lead, path, "accounts", "Redovisning", "accounts");
        (await own.Lead.Post("simulation/clock", new { now = "2014-09-30" })).Is(200);
        Assert.Equal("2015-02-01", (await own.Lead.Get($"{path}/obligations/report")).Is(200).Text("dueOn"));
        (await own.Lead.Post("simulation/clock", new { now = "2014-10-01" })).Is(200);
        Assert.Equal("2015-03-01", (await own.Lead.Get($"{path}/obligations/report")).Is(200).Text("dueOn"));
        Assert.Equal("done", (await own.Lead.Get($"{path}/obligations/accounts")).Is(200).Text("status"));
        Assert.Equal(["accounts"], (await own.Lead.Get(path)).Is(200).Texts("amendments.0.untouched"));
        var effect = (await own.Lead.All($"{path}/events")).Single(e => e.Text("type") == "amendment-took-effect");
        Assert.Equal(("2014-09-30T22:00:00Z", "system"), (effect.Text("at"), effect.Text("actor.id")));
    }

    [Fact]
    public async Task One_sent_again_is_answered_with_itself_though_another_of_that_reference_came_later()
    {
        var path = await Posted.Agreement(host);
        object Of(string on) => new { decidedOn = "2014-06-13", reference = "Fi2014/7", effectiveFrom = "2014-09-01", changes = new[] { new { reschedule = new { key = "report", due = new { on } } } } };
        (await host.Officer.Post($"{path}/amendments", Of("2015-03-01"))).Is(201);
        (await host.Officer.Post($"{path}/amendments", Of("2015-04-01"))).Is(201);
        Assert.Equal(1, (await host.Officer.Post($"{path}/amendments", Of("2015-03-01"))).Is(200).Number("number"));
        Assert.Equal(2, (await host.Lead.Get(path)).Is(200).At("amendments").GetArrayLength());
    }

    [Fact]
    public async Task What_cannot_be_amended_is_named_at_its_place()
    {
        var path = await Posted.Agreement(host);
        object Of(object change) => new { decidedOn = "2014-06-13", reference = "Fi2014/3", effectiveFrom = "2014-06-13", changes = new[] { change } };
        (await host.Officer.Post($"{path}/amendments", Of(new { drop = new { key = "nothing", reason = "Nej" } }))).IsProblem(422, "unknown-obligation");
        (await host.Officer.Post($"{path}/amendments", Of(new { drop = new { key = "report", reason = "Nej" }, reschedule = new { key = "report", due = new { none = true } } }))).IsProblem(422, "one-change-each");
        (await host.Officer.Post($"{path}/amendments", Of(new { reschedule = new { key = "report", due = new { after = "accounts", days = 1 } } }))).IsProblem(422, "circle");
        (await host.Lead.Post($"{path}/amendments/7/confirmation")).IsProblem(404, "no-such-amendment");
        Assert.Empty((await host.Lead.Get(path)).Is(200).At("amendments").EnumerateArray());
    }

    [Fact]
    public async Task Termination_moves_what_is_final_drops_pending_years_and_lets_conditional_money_lapse()
    {
        await using var own = await RunningHost.Start();
        var path = await Posted.Agreement(own, Posted.Terms2014());
        (await own.Lead.Post("simulation/clock", new { now = "2015-03-02" })).Is(200);
        var ended = (await own.Officer.Post($"{path}/termination", new { on = "2015-03-01", reference = "A2015/9", finalDueOn = "2015-06-30" })).Is(200);
        Assert.Equal(("terminated", "2015-03-01", "A2015/9", "2015-06-30"),
            (ended.Text("status"), ended.Text("termination.on"), ended.Text("termination.reference"), ended.Text("termination.finalDueOn")));
        Assert.Equal((4_000_000m, 0m), (ended.Number("grant.decided"), ended.Number("grant.conditional")));
        var obligations = (await own.Lead.All($"{path}/obligations")).ToDictionary(o => o.Text("key")!, o => $"{o.Text("dueOn")} {o.Text("status")}");
        Assert.Equal(("2015-06-30 open", "2015-06-30 open", "2015-06-30 waiting"), (obligations["final-report"], obligations["final-accounts"], obligations["repayment"]));
        Assert.Equal("2016-05-31 waived", obligations["annual-consultation-2016"]);
        Assert.Equal(["decided", "lapsed", "lapsed"], (await own.Lead.Get($"{path}/grant")).Is(200).At("instalments").EnumerateArray().Select(i => i.Text("status")));
        (await own.Officer.Post($"{path}/termination", new { on = "2015-03-01", reference = "A2015/9", finalDueOn = "2015-06-30" })).IsProblem(409, "already-terminated");
        (await own.Officer.Post($"{path}/amendments", Amendment())).IsProblem(409, "agreement-terminated");
    }
}
