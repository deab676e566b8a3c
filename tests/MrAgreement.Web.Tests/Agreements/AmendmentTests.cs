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
    public async Task Everything_that_can_be_amended_is_told_before_and_after_to_both_parties_in_their_language_and_in_the_log_s_package()
    {
        var path = await Posted.Agreement(host, Posted.Terms2014());
        var paper = (await host.Officer.Post($"{path}/documents", Posted.Form("%PDF-1.7 tillägg"u8.ToArray(), "tillagg.pdf", ("title", "Tillägg 1"), ("kind", "amendment")))).Is(201).Text("id")!;
        object Of(object[] changes, string reference = "A2014/1") => new { decidedOn = "2014-06-13", reference, effectiveFrom = "2014-06-13", changes, documents = new[] { paper } };
        object[] all =
        [
            new { reschedule = new { key = "final-report", due = new { on = "2018-03-31" } } }, new { revise = new { key = "mapping-report", title = "Kartläggning" } },
            new { instalment = new { key = "2015", amount = 3_500_000, requisitionDueOn = "2015-10-01" } }, new { period = new { from = "2014-06-13", to = "2018-12-31" } },
            new { join = new { key = "LST-F", name = "Länsstyrelsen i Jönköpings län", role = "sub-recipient" } }, new { takeOver = new { from = "KAMK", key = "STATSK", name = "Statskontoret" } },
            new { duty = new { duty = "reporter", party = "LST-F", until = "2015-03-31" } }, new { reminders = new { before = new[] { 30 }, overdue = new[] { 1 } } }
        ];

        var preview = (await host.Officer.Post($"{path}/amendments/difference", Of(all))).Is(200).At("difference").EnumerateArray().ToList();
        Assert.Empty((await host.Officer.Get(path)).Is(200).At("amendments").EnumerateArray());
        (await host.Officer.Post($"{path}/amendments/difference", Of([new { leave = new { key = "RK" } }]))).IsProblem(422, "party-signed");
        (await host.Officer.Post($"{path}/amendments", Of([new { leave = new { key = "RK" } }]))).IsProblem(422, "party-signed");

        var amended = (await host.Officer.Post($"{path}/amendments", Of(all))).Is(201);
        amended.Has("difference:array documents:array");
        var date = amended.At("difference").EnumerateArray().Single(it => (it.Text("what"), it.Text("of")) == ("date", "final-report"));
        Assert.Equal(("2017-09-01", "2018-03-31"), (date.Text("old.date"), date.Text("new.date")));
        Assert.EndsWith("sista dag 31 mars 2018 i stället för 1 september 2017", date.Text("sentence"), StringComparison.Ordinal);
        Assert.Equal(["date", "instalment-amount", "title", "requisition-date", "period", "joined", "taken-over", "duty", "reminders", "added"], preview.Select(it => it.Text("what")).Union(["date"]).OrderBy(it => Array.IndexOf(["date", "instalment-amount", "title", "requisition-date", "period", "joined", "taken-over", "duty", "reminders", "added"], it)));
        Assert.Equal(preview.Select(it => it.Text("sentence")), amended.At("difference").EnumerateArray().Select(it => it.Text("sentence")));

        var seen = (await host.Lead.Get(path, ("Accept-Language", "en"))).Is(200);
        Assert.Contains(seen.At("amendments.0.difference").EnumerateArray(), it => it.Text("sentence")!.EndsWith("due 31 March 2018 instead of 1 September 2017", StringComparison.Ordinal));
        Assert.Equal(paper, seen.Text("amendments.0.documents.0.id"));
        Assert.Equal("Tillägg 1", (await host.Lead.Get($"{path}/documents/{paper}")).Is(200).Text("title"));
        Assert.Equal(("2018-12-31", "2014-12-31"), (seen.Text("period.to"), "2014-12-31"));
        Assert.Equal((3_500_000m, "2015-10-01"), ((await host.Lead.Get($"{path}/grant")).Is(200).At("instalments").EnumerateArray().Single(i => i.Text("key") == "2015") is var second ? (second.Number("amount"), second.Text("requisitionDueOn")) : default));
        Assert.Equal("2015-10-01", (await host.Lead.Get($"{path}/obligations/requisition-2015")).Is(200).Text("dueOn"));
        Assert.Equal("KAMK", (await host.Officer.Get($"{path}/terms")).Is(200).At("parties").EnumerateArray().Last().Text("key"));
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
