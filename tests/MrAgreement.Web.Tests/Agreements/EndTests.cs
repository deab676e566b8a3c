using System.Text.Json;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Agreements;

/// <summary>How the 2014 agreement ends early, what is released and taken back, and what loses its date, over HTTP.</summary>
public class EndTests
{
    static object Release(object amount, string decidedOn = "2015-02-26", string requisitionDueOn = "2015-09-01", string? repayBy = null) =>
        new { decidedOn, reference = "A2015/477/DISK", requisitionDueOn, amount, repayBy };

    static async Task<(RunningHost Host, string Path)> On(string day)
    {
        var host = await RunningHost.Start();
        var path = await Posted.Agreement(host, Posted.Terms2014());
        await Until(host, day);
        return (host, path);
    }

    static async Task Until(RunningHost host, string now) => (await host.Lead.Post("simulation/clock", new { now })).Is(200);

    static async Task<Dictionary<string, string>> Obligations(RunningHost host, string path) =>
        (await host.Lead.All($"{path}/obligations")).ToDictionary(o => o.Text("key")!, o => $"{o.Text("dueOn")} {o.Text("status")}");

    static async Task<JsonElement> Instalment(RunningHost host, string path, int n) => (await host.Lead.Get($"{path}/grant")).Is(200).At($"instalments.{n}");

    [Fact]
    public async Task An_end_to_come_takes_effect_on_its_day_and_what_is_due_by_it_stays()
    {
        var (host, path) = await On("2016-04-01");
        await using var own = host;
        var announced = (await own.Officer.Post($"{path}/termination", new { on = "2016-06-15", reference = "A2016/9", finalDueOn = "2016-10-31" })).Is(200);
        Assert.Equal(("active", "2016-06-15", "2016-06-15", false), (announced.Text("status"), announced.Text("terminatesOn"), announced.Text("termination.on"), announced.Flag("termination.inEffect")));
        Assert.Equal("conditional", (await Instalment(own, path, 2)).Text("status"));
        Assert.Equal("2016-05-31 waiting", (await Obligations(own, path))["annual-consultation-2016"]);

        await Until(own, "2016-06-14");
        Assert.Equal("active", (await own.Lead.Get(path)).Is(200).Text("status"));
        await Until(own, "2016-06-20");
        var ended = (await own.Lead.Get(path)).Is(200);
        Assert.Equal(("terminated", null, true), (ended.Text("status"), ended.Text("terminatesOn"), ended.Flag("termination.inEffect")));
        var obligations = await Obligations(own, path);
        Assert.Equal(("2016-05-31 waiting", "2017-05-31 waived", "2016-10-31 open"), (obligations["annual-consultation-2016"], obligations["annual-consultation-2017"], obligations["final-accounts"]));
        Assert.Equal("lapsed", (await Instalment(own, path, 2)).Text("status"));
        Assert.Equal("active", (await own.Lead.Get($"{path}?asOf=2016-06-14")).Is(200).Text("status"));
        (await own.Finance.Post($"{path}/grant/requisitions", Posted.Requisition("2014", 4_000_000))).IsProblem(409, "requisition-after-end");
    }

    [Fact]
    public async Task What_is_not_yearly_and_due_after_the_end_is_not_dunned_for()
    {
        var (host, path) = await On("2014-12-01");
        await using var own = host;
        (await own.Officer.Post($"{path}/termination", new { on = "2014-12-01", reference = "A2014/9", finalDueOn = "2015-03-31" })).Is(200);
        var obligations = await Obligations(own, path);
        Assert.Equal(("2015-02-01 waived", "2015-04-15 waived", "2015-03-31 open"), (obligations["mapping-report"], obligations["action-plan"], obligations["final-report"]));
        await Until(own, "2015-06-01");
        Assert.DoesNotContain((await own.Lead.All($"{path}/events?limit=100")).Where(e => e.Text("type") == "reminder-sent"), e => e.Text("data.obligation") is "action-plan" || string.CompareOrdinal(e.Text("at"), 0, "2014-12-01", 0, 10) > 0 && e.Text("data.obligation") is "mapping-report");
    }

    [Fact]
    public async Task An_end_after_the_period_or_with_more_time_than_the_agreement_gives_is_refused()
    {
        var (host, path) = await On("2016-04-01");
        await using var own = host;
        (await own.Officer.Post($"{path}/termination", new { on = "2018-01-01", reference = "A2016/9", finalDueOn = "2018-01-01" })).IsProblem(422, "end-after-period");
        (await own.Officer.Post($"{path}/termination", new { on = "2016-05-01", reference = "A2016/9", finalDueOn = "2017-09-02" })).IsProblem(422, "final-day-later");
        Assert.Equal("active", (await own.Lead.Get(path)).Is(200).Text("status"));
    }

    [Fact]
    public async Task An_end_to_come_is_corrected_and_withdrawn_and_one_in_effect_is_not()
    {
        var (host, path) = await On("2016-04-01");
        await using var own = host;
        (await own.Officer.Post($"{path}/termination/withdrawal", new { reason = "Nej" })).IsProblem(404, "no-such-termination");
        (await own.Officer.Post($"{path}/termination", new { on = "2016-06-15", reference = "A2016/9", finalDueOn = "2016-10-31" })).Is(200);
        (await own.Officer.Post($"{path}/termination", new { on = "2016-07-15", reference = "A2016/9", finalDueOn = "2016-10-31" })).IsProblem(409, "already-terminated");
        (await own.Lead.Post($"{path}/termination/correction", new { on = "2016-07-15", reference = "A2016/10", finalDueOn = "2016-11-30" })).IsProblem(403, "forbidden");
        Assert.Equal("2016-07-15", (await own.Officer.Post($"{path}/termination/correction", new { on = "2016-07-15", reference = "A2016/10", finalDueOn = "2016-11-30", requisitionsAfterEnd = true })).Is(200).Text("terminatesOn"));
        await Until(own, "2016-06-20");
        var withdrawn = (await own.Officer.Post($"{path}/termination/withdrawal", new { reason = "Den löper vidare" })).Is(200);
        Assert.Equal(("active", true, true), (withdrawn.Text("status"), withdrawn.IsNull("terminatesOn"), withdrawn.IsNull("termination")));

        (await own.Officer.Post($"{path}/termination", new { on = "2016-06-20", reference = "A2016/11", finalDueOn = "2016-10-31", requisitionsAfterEnd = true })).Is(200);
        (await own.Officer.Post($"{path}/termination/correction", new { on = "2016-07-15", reference = "A2016/10", finalDueOn = "2016-11-30" })).IsProblem(409, "termination-in-effect");
        (await own.Finance.Post($"{path}/grant/requisitions", Posted.Requisition("2014", 4_000_000))).IsProblem(422, "requisition-period-after-end");
        (await own.Finance.Post($"{path}/grant/requisitions", new { instalment = "2014", amount = 100, bankgiro = "5050-1055", reference = "MR", period = new { from = "2016-01-01", to = "2016-06-20" } })).Is(201);
    }

    [Fact]
    public async Task No_more_is_released_than_is_agreed_on_and_not_by_a_decision_before_the_signature()
    {
        var (host, path) = await On("2015-03-01");
        await using var own = host;
        (await own.Officer.Post($"{path}/grant/instalments/2015/release", Release(40_000_000))).IsProblem(409, "release-exceeds-agreed");
        (await own.Officer.Post($"{path}/grant/instalments/2015/release", Release(4_000_000, decidedOn: "2014-06-12"))).IsProblem(422, "before-signature");
        object Raise(params object[] changes) => new { decidedOn = "2015-02-01", reference = "A2015/5", effectiveFrom = "2015-03-01", changes };
        (await own.Officer.Post($"{path}/amendments", Raise(new { raise = new { instalment = "2015", amount = 5_000_000 } }))).IsProblem(422, "instalments-exceed-total");
        (await own.Officer.Post($"{path}/amendments", Raise(new { raise = new { amount = 13_000_000 } }, new { raise = new { instalment = "2015", amount = 5_000_000 } }))).Is(201);
        Assert.Equal(5_000_000m, (await Instalment(own, path, 1)).Number("agreed"));
        Assert.Equal(5_000_000m, (await own.Officer.Post($"{path}/grant/instalments/2015/release", Release(5_000_000))).Is(200).Number("amount"));
    }

    [Fact]
    public async Task A_lapse_by_mistake_is_taken_back_until_the_final_accounts()
    {
        var (host, path) = await On("2015-03-01");
        await using var own = host;
        (await own.Officer.Post($"{path}/grant/instalments/2015/lapse", new { reason = "Avslag" })).Is(200);
        (await own.Finance.Post($"{path}/grant/instalments/2015/lapse/withdrawal", new { reason = "Nej" })).IsProblem(403, "forbidden");
        (await own.Officer.Post($"{path}/grant/instalments/2016/lapse/withdrawal", new { reason = "Fel" })).IsProblem(409, "instalment-not-lapsed");
        using (var officer = await PageCaller.SignIn(own, "erik.ek"))
        {
            var page = $"/{path}/grant/instalments/2015/lapse/withdrawal";
            Assert.Contains($"action=\"{page}\"", (await officer.Get($"/{path}/grant")).Text, StringComparison.Ordinal);
            var done = await officer.Send($"/{path}", page, ("version", (await own.Officer.Get($"{path}/grant")).ETag!.Trim('"')), ("reason", "Fel årsbelopp"));
            Assert.Equal(200, done.Status);
            Assert.Contains("Du tog tillbaka registreringen att årsbelopp 2015 föll bort: Fel årsbelopp.", done.Text, StringComparison.Ordinal);
        }
        Assert.Equal(("conditional", true), (await Instalment(own, path, 1)) is var it ? (it.Text("status"), it.IsNull("lapseReason")) : default);
        Assert.Equal("released", (await own.Officer.Post($"{path}/grant/instalments/2015/release", Release(4_000_000))).Is(200).Text("status"));
    }

    [Fact]
    public async Task No_release_is_decided_tomorrow()
    {
        var (host, path) = await On("2015-03-01");
        await using var own = host;
        (await own.Officer.Post($"{path}/grant/instalments/2015/release", Release(4_000_000, decidedOn: "2015-03-02"))).IsProblem(422, "date-in-future");
        (await own.Officer.Post($"{path}/amendments", new { decidedOn = "2015-03-02", reference = "A2015/5", effectiveFrom = "2015-04-01", changes = new[] { new { reschedule = new { key = "final-report", due = new { on = "2017-10-01" } } } } })).IsProblem(422, "date-in-future");
        (await own.Officer.Post($"{path}/grant/instalments/2015/release", Release(4_000_000, decidedOn: "2015-03-01"))).Is(200);
    }

    [Fact]
    public async Task After_the_end_nothing_is_awaited_of_what_was_never_requisitioned_and_no_raw_word_tells_of_it()
    {
        var (host, path) = await On("2015-03-01");
        await using var own = host;
        (await own.Officer.Post($"{path}/grant/instalments/2015/release", Release(4_000_000))).Is(200);
        (await own.Officer.Post($"{path}/termination", new { on = "2015-03-10", reference = "A2015/9", finalDueOn = "2015-06-30" })).Is(200);
        Assert.Equal("2015-03-10", (await own.Lead.Get("agreements")).Is(200).At("items").EnumerateArray().Single(a => path.EndsWith(a.Text("id")!, StringComparison.Ordinal)).Text("terminatesOn"));
        Assert.Equal(4_000_000m, (await Instalment(own, path, 1)).Number("awaited"));
        using var lead = await PageCaller.SignIn(own, "lena.lind");
        Assert.Contains("Upphör i förtid 10 mars 2015.", (await lead.Get("/")).Text, StringComparison.Ordinal);

        await Until(own, "2015-03-10");
        Assert.Equal(("released", 0m), (await Instalment(own, path, 1)) is var it ? (it.Text("status"), it.Number("awaited")) : default);
        var page = (await lead.Get($"/{path}/grant")).Text;
        Assert.Contains("Rekvirerades aldrig. Överenskommelsen har upphört", page, StringComparison.Ordinal);
        var dropped = (await lead.Get($"/{path}/obligations/action-plan")).Text;
        Assert.Contains("Åtagandet utgår (A2015/9): överenskommelsen upphörde i förtid", dropped, StringComparison.Ordinal);
        foreach (var shown in new[] { page, dropped, (await lead.Get($"/{path}/log")).Text, (await lead.Get("/deadlines")).Text })
            Assert.DoesNotMatch(">[^<]*\\btermination\\b", shown);
        Assert.True((await own.Lead.Get("agreements")).Is(200).At("items").EnumerateArray().Single(a => path.EndsWith(a.Text("id")!, StringComparison.Ordinal)).IsNull("terminatesOn"));
    }

    [Fact]
    public async Task A_release_is_corrected_and_taken_back_until_it_is_requisitioned_and_then_lowered_to_that()
    {
        var (host, path) = await On("2015-03-01");
        await using var own = host;
        (await own.Officer.Post($"{path}/grant/instalments/2015/release", Release(4_000_000, repayBy: "2016-03-01"))).Is(200);
        (await own.Finance.Post($"{path}/grant/instalments/2015/release/withdrawal", new { reason = "Nej" })).IsProblem(403, "forbidden");
        (await own.Officer.Post($"{path}/grant/instalments/2015/release/correction", Release(3_000_000, requisitionDueOn: "2015-10-01", repayBy: "2016-04-01"))).Is(200);
        var obligations = await Obligations(own, path);
        Assert.Equal(("2015-10-01 open", "2016-04-01 waiting"), (obligations["requisition-2015"], obligations["repayment-2015"]));
        Assert.Equal("conditional", (await own.Officer.Post($"{path}/grant/instalments/2015/release/withdrawal", new { reason = "Fel årsbelopp" })).Is(200).Text("status"));
        Assert.Equal("2015-10-01 waived", (await Obligations(own, path))["requisition-2015"]);

        (await own.Officer.Post($"{path}/grant/instalments/2015/release", Release(4_000_000))).Is(200);
        Assert.Equal("2015-09-01 open", (await Obligations(own, path))["requisition-2015"]);
        (await own.Finance.Post($"{path}/grant/requisitions", Posted.Requisition("2015", 1_000_000))).Is(201);
        (await own.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        (await own.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        (await own.Officer.Post($"{path}/grant/instalments/2015/release/withdrawal", new { reason = "Fel" })).IsProblem(409, "release-requisitioned");
        (await own.Officer.Post($"{path}/grant/instalments/2015/release/correction", Release(999_999))).IsProblem(409, "release-requisitioned");
        Assert.Equal(1_000_000m, (await own.Officer.Post($"{path}/grant/instalments/2015/release/correction", Release(1_000_000))).Is(200).Number("amount"));
    }

    [Fact]
    public async Task What_hangs_on_a_waived_consultation_waits_for_the_grantor_to_date_or_waive_it()
    {
        var (host, path) = await On("2016-04-01");
        await using var own = host;
        (await own.Officer.Post($"{path}/obligations/annual-consultation-2016/waiver", new { reason = "Ställs in", reference = "A2016/1" })).Is(200);
        var report = (await own.Lead.Get($"{path}/obligations/follow-up-report-2016")).Is(200);
        Assert.Equal((null, "waiting", true), (report.Text("dueOn"), report.Text("status"), report.Flag("awaitsDate")));
        Assert.Contains("Regeringskansliet (Arbetsmarknadsdepartementet)", report.Text("dueText"), StringComparison.Ordinal);
        Assert.Equal(("2016-06-30", false), (await own.Officer.Post($"{path}/obligations/follow-up-report-2016/extension", new { dueOn = "2016-06-30", reference = "A2016/2" })).Is(200) is var dated ? (dated.Text("dueOn"), dated.Flag("awaitsDate")) : default);
        (await own.Officer.Post($"{path}/obligations/financial-statement-2016/waiver", new { reason = "Ställs in", reference = "A2016/1" })).Is(200);
    }

    [Fact]
    public async Task An_amendment_hangs_no_date_on_nothing_and_changes_nothing_twice()
    {
        var (host, path) = await On("2015-01-10");
        await using var own = host;
        async Task Refused(string pointer, string rule, params object[] changes)
        {
            var problem = (await own.Officer.Post($"{path}/amendments", new { decidedOn = "2015-01-01", reference = "A2015/1", effectiveFrom = "2015-01-10", changes })).IsProblem(422, rule);
            Assert.Equal(pointer, problem.Text("errors.0.pointer"));
        }
        await Refused("/changes/1/reschedule/key", "changed-twice", new { drop = new { key = "action-plan", reason = "Nej" } }, new { reschedule = new { key = "action-plan", due = new { on = "2015-06-01" } } });
        await Refused("/changes/0/reschedule/due/after", "hangs-on-undated", new { reschedule = new { key = "action-plan", due = new { after = "coordination-group", days = 5 } } });
        await Refused("/changes/1/reschedule/due/after", "hangs-on-dropped", new { drop = new { key = "action-plan", reason = "Nej" } }, new { reschedule = new { key = "final-report", due = new { after = "action-plan", days = 5 } } });
        Assert.Empty((await own.Lead.Get(path)).Is(200).At("amendments").EnumerateArray());
    }
}
