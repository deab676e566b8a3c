using System.Text.Json;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

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

    static Task<Answer> Submit(RunningHost host, string path, int statement) =>
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
        Assert.Contains((await host.Officer.Get($"{path}/grant/reconciliation")).Is(200).At("checks").EnumerateArray(), c => c.Text("rule") == "repaid-in-time" && c.Text("outcome") == "ok");
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
