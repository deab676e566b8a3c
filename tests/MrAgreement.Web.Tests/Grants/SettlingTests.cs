using System.Text.Json;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>The end of the money over HTTP: what the recipient's own two can't do, what holds the closing up, and what a clawback opens again.</summary>
public class SettlingTests
{
    static readonly object whole = new { from = "2014-06-13", to = "2016-06-01" };

    // 4 000 000 received, 3 687 550 used by accepted final accounts: 312 450 unspent.
    static async Task<(RunningHost, string)> Accepted()
    {
        var host = await RunningHost.Start("2014-08-20");
        var path = await Money2014.Requisitioned(host);
        await At(host, "2015-02-04");
        (await host.Finance.ImportBank(path, "camt.054.001.02_grant.xml")).Is(201);
        await At(host, "2016-06-01");
        (await host.Finance.ImportLedger(path, Fixture.Ledger)).Is(201);
        (await host.Officer.Post($"{path}/obligations/financial-statement/waiver", new { reason = "Ingår i den slutliga", reference = "A1" })).Is(200);
        await Stated(host, path, 1, 1);
        return (host, path);
    }

    static async Task Stated(RunningHost host, string path, int statement, int submission)
    {
        Assert.Equal(statement, (await host.Finance.Post($"{path}/grant/statements", new { kind = "final", period = whole })).Is(201).Number("number"));
        (await host.Approver.Post($"{path}/grant/statements/{statement}/attestation")).Is(200);
        (await Submit(host, path, statement)).Is(201);
        (await host.Officer.Post($"{path}/obligations/final-accounts/submissions/{submission}/acceptance", new { })).Is(200);
    }

    static Task<WireAnswer> Submit(RunningHost host, string path, int statement) =>
        host.Finance.Post($"{path}/obligations/final-accounts/submissions", new { summary = $"Slutlig redovisning {statement}", documents = Array.Empty<string>(), statement });

    static async Task Adjust(RunningHost host, string path, int number, string kind, decimal amount)
    {
        Assert.Equal(number, (await host.Finance.Post($"{path}/grant/adjustments", Adjustment(kind, amount))).Is(201).Number("number"));
        (await host.Approver.Post($"{path}/grant/adjustments/{number}/attestation")).Is(200);
    }

    static object Adjustment(string kind, decimal amount) => new { kind, amount, period = new { from = "2015-01-01", to = "2015-12-31" }, reason = "Enligt underlag" };

    static object Paid(string direction, decimal amount, string paidOn, string reference = "ÅTER") => new { direction, paidOn, amount, reference };

    static async Task At(RunningHost host, string now) => (await host.Admin.Post("simulation/clock", new { now })).Is(200);

    static async Task<decimal> Remaining(RunningHost host, string path) => (await host.Officer.Get($"{path}/grant/settlement")).Is(200).Number("remaining");

    static async Task<string?> Status(RunningHost host, string path, string obligation) => (await host.Lead.Get($"{path}/obligations/{obligation}")).Is(200).Text("status");

    static async Task<IEnumerable<string?>> Remains(RunningHost host, string path) =>
        (await host.Officer.Post($"{path}/closure", new { })).IsProblem(409, "agreement-not-settled").At("errors").EnumerateArray().Select(e => e.Text("rule"));

    [Fact]
    public async Task The_recipient_s_own_two_write_no_debt_away()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        await Adjust(host, path, 1, "correction", 312_450);
        Assert.True((await host.Finance.Get($"{path}/grant/adjustments/1")).Is(200).Flag("nextVersion"));
        Assert.Equal((312_450m, "open"), (await Remaining(host, path), await Status(host, path, "repayment")));
        Assert.Equal(["obligation-remains", "balance-remains"], await Remains(host, path));
        (await host.Finance.Post($"{path}/grant/adjustments", Adjustment("rounding", -0.5m))).IsProblem(409, "nothing-to-round");
        (await host.Finance.Post($"{path}/grant/adjustments", Adjustment("correction", -4_000_000.01m))).IsProblem(409, "adjustment-exceeds-costs");

        // A new version, reviewed anew.
        await Stated(host, path, 2, 2);
        Assert.Equal((0m, "done"), (await Remaining(host, path), await Status(host, path, "repayment")));
    }

    [Fact]
    public async Task A_statement_whose_figures_have_moved_is_not_submitted()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        (await host.Finance.Post($"{path}/grant/adjustments", Adjustment("correction", -100.5m))).Is(201);
        (await host.Finance.Post($"{path}/grant/statements", new { kind = "final", period = new { from = "2014-06-13", to = "2016-05-31" } })).Is(201);
        (await host.Approver.Post($"{path}/grant/statements/2/attestation")).Is(200);
        (await host.Approver.Post($"{path}/grant/adjustments/1/attestation")).Is(200);
        var moved = (await Submit(host, path, 2)).IsProblem(409, "statement-moved").At("errors").EnumerateArray().ToList();
        Assert.Contains(moved, e => e.Text("pointer") == "/statement/costs" && e.Text("message") is { } said && said.Contains("3\u00A0687\u00A0550", StringComparison.Ordinal));
        Assert.Equal(312_450m, await Remaining(host, path));
    }

    [Fact]
    public async Task Money_on_its_way_holds_the_closing_up()
    {
        await using var host = await RunningHost.Start("2014-08-20");
        var path = await Money2014.Requisitioned(host);
        foreach (var obligation in new[] { "financial-statement", "final-accounts", "repayment", "requisition-2014" })
            await host.Officer.Post($"{path}/obligations/{obligation}/waiver", new { reason = "Avslutas", reference = "A1" });
        Assert.Equal(["requisition-remains"], await Remains(host, path));
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2014-08-20", amount = 1_000_000, reference = "KAMK", requisition = 1 })).Is(201);
        (await host.Finance.Post($"{path}/grant/payments", Paid("out", 1_000_000, "2014-08-20"))).Is(201);
        Assert.Equal(["requisition-remains", "payment-remains"], await Remains(host, path));
        Assert.NotEqual("done", await Status(host, path, "repayment"));
    }

    [Fact]
    public async Task A_requisition_that_was_paid_in_part_for_good_is_ended_and_holds_nothing_up()
    {
        await using var host = await RunningHost.Start("2014-08-20");
        var path = await Money2014.Requisitioned(host);
        foreach (var obligation in new[] { "financial-statement", "final-accounts", "repayment", "requisition-2014" })
            await host.Officer.Post($"{path}/obligations/{obligation}/waiver", new { reason = "Avslutas", reference = "A1" });
        (await host.Payer.Post($"{path}/grant/requisitions/1/ending", new { reason = "Mer behövs inte" })).IsProblem(409, "requisition-not-paid");
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2014-08-20", amount = 1_000_000, reference = "KAMK", requisition = 1 })).Is(201);
        (await host.Payer.Post($"{path}/grant/payments", Paid("out", 1_000_000, "2014-08-20"))).Is(201);
        Assert.Equal(["requisition-remains"], await Remains(host, path));
        Assert.Equal(3_000_000m, (await host.Officer.Get($"{path}/grant")).Is(200).Number("instalments.0.awaited"));
        (await host.Payer.Post($"{path}/grant/requisitions/1/refusal", new { reason = "Nej" })).IsProblem(409, "requisition-decided");

        (await host.Finance.Post($"{path}/grant/requisitions/1/ending", new { reason = "Mer behövs inte" })).IsProblem(403, "forbidden");
        var ended = (await host.Payer.Post($"{path}/grant/requisitions/1/ending", new { reason = "Mer behövs inte" })).Is(200);
        Assert.Equal(("ended", "Mer behövs inte", 1_000_000m), (ended.Text("status"), ended.Text("endReason"), ended.Number("received")));
        var instalment = (await host.Officer.Get($"{path}/grant")).Is(200).At("instalments.0");
        Assert.Equal((1_000_000m, 0m), (instalment.Number("requisitioned"), instalment.Number("awaited")));
        Assert.Equal("closed", (await host.Officer.Post($"{path}/closure", new { })).Is(200).Text("status"));
    }

    [Fact]
    public async Task What_the_recipient_alone_says_it_has_paid_back_is_told_apart_in_the_settlement_and_awaits_a_confirmation()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        (await host.Finance.Post($"{path}/grant/payments", Paid("out", 312_450, "2016-06-01"))).Is(201);
        var settlement = (await host.Officer.Get($"{path}/grant/settlement")).Is(200);
        Assert.Equal((312_450m, 312_450m, 0m), (settlement.Number("repaid"), settlement.Number("unconfirmed"), settlement.Number("remaining")));
        Assert.Equal(["obligation-remains", "payment-remains"], await Remains(host, path));
        using (var finance = await PageCaller.SignIn(host, "farid.falk"))
            Assert.Contains("har bara mottagaren registrerat. Överenskommelsen kan inte avslutas förrän den utbetalande myndigheten bekräftar betalningen", (await finance.Get($"/{path}/grant/settlement")).Text, StringComparison.Ordinal);

        (await host.Payer.Post($"{path}/grant/payments/2/confirmation", new { paidOn = "2016-06-01", reference = "KAMK" })).Is(200);
        Assert.Equal(0m, (await host.Officer.Get($"{path}/grant/settlement")).Is(200).Number("unconfirmed"));
        Assert.Equal("closed", (await host.Officer.Post($"{path}/closure", new { })).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_decision_on_costs_by_mistake_is_withdrawn_and_the_settlement_that_it_opened_closes_again()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        (await host.Payer.Post($"{path}/grant/payments", Paid("out", 312_450, "2016-06-01"))).Is(201);
        (await host.Officer.Post($"{path}/closure", new { })).Is(200);
        await At(host, "2017-03-01");
        object wrong = new { amount = 10_000, decidedOn = "2017-03-01", reference = "Beslut 9", reason = "Privat resa", repayBy = "2017-05-31" };
        (await host.Officer.Post($"{path}/grant/disallowances", wrong)).Is(201);
        Assert.Equal((10_000m, "active"), (await Remaining(host, path), (await host.Officer.Get(path)).Is(200).Text("status")));
        (await host.Finance.Post($"{path}/grant/disallowances/1/withdrawal", new { reason = "Nej" })).IsProblem(403, "forbidden");

        using (var officer = await PageCaller.SignIn(host, "erik.ek"))
        {
            Assert.Contains("Ta tillbaka beslut 1", (await officer.Get($"/{path}/grant/settlement")).Text, StringComparison.Ordinal);
            var version = (await host.Officer.Get($"{path}/grant/disallowances/1")).ETag!.Trim('"');
            var done = await officer.Send($"/{path}/grant/settlement", $"/{path}/grant/settlement/disallowances/1/withdrawal", ("version", version), ("reason", "Fel överenskommelse"));
            Assert.Equal(200, done.Status);
            Assert.Contains("Återtaget: Fel överenskommelse", done.Text, StringComparison.Ordinal);
        }
        var view = (await host.Officer.Get($"{path}/grant/disallowances/1")).Is(200);
        Assert.Equal((true, "Fel överenskommelse"), (view.Flag("withdrawn"), view.Text("withdrawalReason")));
        var settlement = (await host.Officer.Get($"{path}/grant/settlement")).Is(200);
        Assert.Equal((0m, 0m), (settlement.Number("remaining"), settlement.Number("disallowed")));
        var closed = (await host.Officer.Get(path)).Is(200);
        Assert.Equal(("closed", true), (closed.Text("status"), closed.IsNull("reopened")));
        (await host.Officer.Post($"{path}/grant/disallowances/1/withdrawal", new { reason = "Annat" })).IsProblem(409, "disallowance-withdrawn");
        (await host.Officer.Post($"{path}/grant/disallowances/2/withdrawal", new { reason = "Annat" })).IsProblem(404, "no-such-disallowance");
    }

    [Fact]
    public async Task A_clawback_without_a_day_gets_one_once_the_repayment_s_has_passed_and_is_made_once()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        await At(host, "2018-06-01");
        var claim = new { amount = 100, decidedOn = "2018-05-20", reference = "A2018/1", reason = "Saknar underlag" };

        var made = (await host.Officer.Post($"{path}/grant/disallowances", claim)).Is(201);
        Assert.Equal((1m, "2018-06-19"), (made.Number("number"), made.Text("repayBy")));
        Assert.Equal(1m, (await host.Officer.Post($"{path}/grant/disallowances", claim)).Is(200).Number("number"));
        Assert.Equal(312_550m, await Remaining(host, path));
    }

    [Fact]
    public async Task A_repayment_that_is_attested_and_not_paid_holds_the_closing_up_until_it_is_taken_back()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        await Repayment(host, path, 1, 312_450);
        await Adjust(host, path, 1, "correction", 312_450);
        await Stated(host, path, 2, 2);
        Assert.Equal(0m, await Remaining(host, path));
        var remains = (await host.Officer.Post($"{path}/closure", new { })).IsProblem(409, "agreement-not-settled").At("errors").EnumerateArray().Single();
        Assert.Equal(("/grant/repayments/1", "repayment-remains"), (remains.Text("pointer"), remains.Text("rule")));
        using (var officer = await PageCaller.SignIn(host, "erik.ek"))
        {
            var page = (await officer.Get($"/{path}/contract")).Text;
            Assert.Contains($"href=\"/{path}/grant/payments#repayment-1\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Ta tillbaka återbetalning 1", page, StringComparison.Ordinal);
        }

        (await host.Payer.Post($"{path}/grant/repayments/1/withdrawal", new { reason = "Nej" })).IsProblem(403, "forbidden");
        (await host.Finance.Post($"{path}/grant/repayments/1/withdrawal", new { reason = "" })).IsProblem(422, "text-length");
        using (var finance = await PageCaller.SignIn(host, "farid.falk"))
        {
            Assert.Contains("Återbetalning 1 är attesterad men större än det som återstår att betala tillbaka.", (await finance.Get($"/{path}/grant/settlement")).Text, StringComparison.Ordinal);
            var version = (await host.Finance.Get($"{path}/grant/repayments/1")).ETag!.Trim('"');
            var done = await finance.Send($"/{path}", $"/{path}/grant/repayments/1/withdrawal", ("version", version), ("reason", "Ny redovisning"));
            Assert.Equal(200, done.Status);
            Assert.Contains("Återtagen: Ny redovisning", done.Text, StringComparison.Ordinal);
            Assert.DoesNotContain($"action=\"/{path}/grant/repayments/1/", done.Text, StringComparison.Ordinal);
        }
        var view = (await host.Officer.Get($"{path}/grant/repayments/1")).Is(200);
        Assert.Equal(("withdrawn", "Ny redovisning", "Farid Falk"), (view.Text("status"), view.Text("withdrawalReason"), view.Text("withdrawnBy.name")));
        (await host.Finance.Post($"{path}/grant/repayments/1/withdrawal", new { reason = "Annat" })).IsProblem(409, "repayment-withdrawn");
        Assert.Equal("closed", (await host.Officer.Post($"{path}/closure", new { })).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_settlement_whose_clawback_is_withdrawn_closes_again_once_its_repayment_is_taken_back_too()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        await Repayment(host, path, 1, 312_450);
        (await host.Payer.Post($"{path}/grant/payments", Paid("out", 312_450, "2016-06-01"))).Is(201);
        Assert.Contains("betald med betalning 2", (await host.Finance.Post($"{path}/grant/repayments/1/withdrawal", new { reason = "Nej" })).IsProblem(409, "repayment-paid").Text("detail"), StringComparison.Ordinal);
        (await host.Officer.Post($"{path}/closure", new { })).Is(200);

        await At(host, "2017-03-01");
        (await host.Officer.Post($"{path}/grant/disallowances", new { amount = 100_000, decidedOn = "2017-03-01", reference = "Beslut 9", reason = "Privat resa", repayBy = "2017-05-31" })).Is(201);
        await Repayment(host, path, 2, 100_000);
        (await host.Officer.Post($"{path}/grant/disallowances/1/withdrawal", new { reason = "Fel överenskommelse" })).Is(200);
        Assert.Equal((0m, "active"), (await Remaining(host, path), (await host.Officer.Get(path)).Is(200).Text("status")));
        Assert.Equal(["repayment-remains"], await Remains(host, path));

        Assert.Equal("withdrawn", (await host.Finance.Post($"{path}/grant/repayments/2/withdrawal", new { reason = "Beslutet gäller inte" })).Is(200).Text("status"));
        var closed = (await host.Officer.Get(path)).Is(200);
        Assert.Equal(("closed", true), (closed.Text("status"), closed.IsNull("reopened")));
    }

    static async Task Repayment(RunningHost host, string path, int number, decimal amount)
    {
        Assert.Equal(number, (await host.Finance.Post($"{path}/grant/repayments", new { amount, reference = $"ÅTER {number}" })).Is(201).Number("number"));
        (await host.Approver.Post($"{path}/grant/repayments/{number}/attestation")).Is(200);
    }

    [Fact]
    public async Task Roundings_after_the_final_accounts_come_to_half_a_krona_at_most()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        await Adjust(host, path, 1, "rounding", 0.5m);
        (await host.Finance.Post($"{path}/grant/adjustments", Adjustment("rounding", 0.01m))).IsProblem(409, "rounding-in-all-too-large");
        Assert.Equal(312_450.5m, await Remaining(host, path));
        (await host.Finance.Post($"{path}/grant/adjustments", Adjustment("own-financing", 4_000_000m))).IsProblem(409, "adjustment-exceeds-costs");
        (await host.Finance.Post($"{path}/grant/adjustments", Adjustment("accrual", -4_000_000m))).IsProblem(409, "adjustment-exceeds-costs");
        Assert.Contains("minustecken", (await host.Finance.Post($"{path}/grant/adjustments", Adjustment("accrual", 0))).IsProblem(422, "adjustment-zero").Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clawback_opens_a_closed_agreement_s_settlement_again_until_it_is_paid_and_closed()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        (await host.Payer.Post($"{path}/grant/payments", Paid("out", 312_450, "2016-06-01"))).Is(201);
        var checks = (await host.Auditor.Get($"{path}/grant/reconciliation")).Is(200).At("checks").EnumerateArray();
        Assert.Empty(checks.Where(c => c.Text("outcome") == "error").Select(c => c.Text("rule")));
        Assert.Equal("closed", (await host.Officer.Post($"{path}/closure", new { })).Is(200).Text("status"));

        await At(host, "2017-03-01");
        (await host.Officer.Post($"{path}/grant/disallowances", new { amount = 10_000, decidedOn = "2017-03-01", reference = "Beslut 9", reason = "Privat resa", repayBy = "2017-05-31" })).Is(201);
        var reopened = (await host.Officer.Get(path)).Is(200);
        Assert.Equal(("active", "2017-03-01", 1, "repayment", "2017-05-31"), (reopened.Text("status"), reopened.Text("reopened.on"), (int)reopened.Number("reopened.disallowance"),
            reopened.Text("nextDeadline.obligation"), reopened.Text("nextDeadline.dueOn")));
        var settlement = (await host.Officer.Get($"{path}/grant/settlement")).Is(200);
        Assert.Equal((10_000m, "2017-05-31", 10_000m, 1m), (settlement.Number("remaining"), settlement.Text("dueOn"), settlement.Number("parts.0.amount"), settlement.Number("parts.0.disallowance")));
        (await host.Officer.Post($"{path}/obligations/repayment/waiver", new { reason = "Nej", reference = "A2" })).IsProblem(409, "settlement-only");
        Assert.Equal(["obligation-remains", "balance-remains"], await Remains(host, path));

        await At(host, "2017-05-31");
        Assert.False((await host.Lead.Get($"{path}/obligations/repayment")).Is(200).Flag("overdue"));
        var sent = (await host.Lead.Get($"{path}/obligations/repayment")).Json.At("reminders").EnumerateArray().Count(r => r.Text("at") is not null);
        Assert.True(sent > 0);
        await At(host, "2017-06-01");
        Assert.True((await host.Lead.Get($"{path}/obligations/repayment")).Is(200).Flag("overdue"));

        (await host.Payer.Post($"{path}/grant/payments", Paid("out", 10_000, "2017-06-01", "ÅTER 2"))).Is(201);
        Assert.Equal("done", await Status(host, path, "repayment"));
        Assert.Equal("closed", (await host.Officer.Post($"{path}/closure", new { })).Is(200).Text("status"));
        Assert.True((await host.Officer.Get(path)).Is(200).IsNull("reopened"));
        Assert.Equal("active", (await host.Officer.Get($"{path}?asOf=2017-05-31")).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_clawback_before_the_closing_is_not_overdue_before_its_own_day()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        (await host.Payer.Post($"{path}/grant/payments", Paid("out", 312_450, "2016-06-01"))).Is(201);
        await At(host, "2016-09-15");
        (await host.Officer.Post($"{path}/grant/disallowances", new { amount = 10_000, decidedOn = "2016-09-15", reference = "Beslut 9", reason = "Privat resa", repayBy = "2016-10-31" })).Is(201);
        var repayment = (await host.Lead.Get($"{path}/obligations/repayment")).Is(200);
        Assert.Equal(("open", "2016-10-31", false), (repayment.Text("status"), repayment.Text("dueOn"), repayment.Flag("overdue")));
        Assert.Equal("2016-10-31", (await host.Officer.Get($"{path}/grant/settlement")).Is(200).Text("dueOn"));
        Assert.Equal(0, (await host.Officer.Get(path)).Is(200).Number("overdueCount"));
        Assert.Contains((await host.Officer.Get($"{path}/grant/reconciliation")).Is(200).At("checks").EnumerateArray(), c => c.Text("rule") == "repaid-in-time" && c.Text("outcome") == "ok"
            && c.Text("detail") == "10\u00A0000\u00A0kr ska vara återbetalt senast 31 oktober 2016.");
    }

    [Fact]
    public async Task A_clawback_s_day_is_told_as_its_decision_s_and_an_extension_s_as_that()
    {
        var (host, path) = await Accepted();
        await using var _ = host;
        (await host.Payer.Post($"{path}/grant/payments", Paid("out", 312_450, "2016-06-01"))).Is(201);
        await At(host, "2016-09-15");
        (await host.Officer.Post($"{path}/grant/disallowances", new { amount = 10_000, decidedOn = "2016-09-15", reference = "Beslut 9", reason = "Privat resa", repayBy = "2016-10-31" })).Is(201);
        Assert.Equal("31 oktober 2016, enligt beslutet om återkrav Beslut 9", (await host.Lead.Get($"{path}/obligations/repayment")).Is(200).Text("dueText"));
        using (var officer = await PageCaller.SignIn(host, "erik.ek"))
        {
            var page = (await officer.Get($"/{path}/obligations/repayment")).Text;
            Assert.Contains("31 oktober 2016, enligt beslutet om återkrav Beslut 9", page, StringComparison.Ordinal);
            Assert.Contains("genom beslutet om återkrav (Beslut 9)", page, StringComparison.Ordinal);
            Assert.DoesNotContain("anstånd till", page, StringComparison.Ordinal);
            Assert.Contains("är 31 oktober 2016, enligt beslutet om återkrav Beslut 9", (await officer.Get($"/{path}/log")).Text, StringComparison.Ordinal);
        }

        (await host.Officer.Post($"{path}/obligations/repayment/extension", new { dueOn = "2016-11-30", reference = "B2" })).Is(200);
        Assert.Equal("anstånd till 30 november 2016", (await host.Lead.Get($"{path}/obligations/repayment")).Is(200).Text("dueText"));
    }

    [Fact]
    public async Task What_may_be_a_slip_in_a_payment_or_an_account_is_told_to_programs()
    {
        await using var host = await RunningHost.Start("2014-08-20");
        var path = await Money2014.Requisitioned(host);
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2014-08-20", amount = 1_000_000, reference = "KAMK", requisition = 1 })).Is(201).Has("warnings:array");
        Assert.Equal(["payment-without-requisition", "payment-above-decided", "payment-before-signature"], Warned((await host.Payer.Post($"{path}/grant/payments", Paid("in", 3_000_001, "2014-06-12"))).Is(201)));
        Assert.Equal(["payment-above-received"], Warned((await host.Payer.Post($"{path}/grant/payments", Paid("out", 4_000_001.01m, "2014-08-20"))).Is(201)));
        Assert.Empty(Warned((await host.Finance.Get($"{path}/grant/requisitions/1")).Is(200)));
    }

    static IEnumerable<string?> Warned(JsonElement it) => it.At("warnings").EnumerateArray().Select(w => w.Text("rule"));
}
