using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>The worked example from requisition to closure, by role, over HTTP.</summary>
public class WorkedExampleTests(Azurite azurite)
{
    [Theory]
    [InlineData(Store.Folder)]
    [InlineData(Store.Account)]
    public async Task Every_krona_is_traced_from_requisition_to_closure(Store store)
    {
        await using var host = await RunningHost.Start("2014-08-20", storage: azurite.For(store));
        var path = await Money2014.Requisitioned(host);

        await At(host, "2015-02-04");
        var paid = (await host.Finance.ImportBank(path, "camt.054.001.02_grant.xml")).Is(201);
        Assert.Equal("diary-number", paid.Text("matched.0.rule"));
        Assert.Equal("paid", (await host.Payer.Get($"{path}/grant/requisitions/1")).Is(200).Text("status"));

        await At(host, "2016-02-16");
        var ledger = (await host.Finance.ImportLedger(path, "skr_example_4E_cp437.se")).Is(201);
        Assert.Equal(("cp437", 5, 12, 3687550m), (ledger.Text("encoding"), (int)ledger.Number("vouchers"), (int)ledger.Number("rows"), ledger.Number("spend")));
        Assert.Equal(["konsulter 187500", "personal 3497650", "resor 2400"], ledger.At("byCategory").EnumerateArray().Select(c => $"{c.Text("category")} {c.Number("amount"):0.##}"));
        Assert.Equal(["grant-income 2", "liability 1", "other-project 5"], ledger.At("notCounted").EnumerateArray().Select(n => $"{n.Text("reason")} {n.Number("rows")}"));
        Assert.Equal([4000000m, 3687550m, 0m, 312450m], await host.Officer.Balances(path));

        var annual = await Accepted(host, path, "financial-statement", new { kind = "annual", period = new { from = "2015-01-01", to = "2015-12-31" } });
        Assert.Equal([0m, 4000000m, 3687550m, 0m, 312450m], "opening received used repaid closing".Split(' ').Select(f => annual.Number(f)));

        (await host.Finance.Post($"{path}/grant/repayments", new { amount = 312450, reference = Money2014.Repayment })).Is(201);
        (await host.Approver.Post($"{path}/grant/repayments/1/attestation")).Is(200);
        await At(host, "2016-04-01");
        var bank = (await host.Finance.ImportBank(path, "camt.053.001.08_grant_and_repayment.xml")).Is(201);
        Assert.Equal((1, 4, "diary-number"), ((int)bank.Number("duplicates"), (int)bank.Number("matched.0.transaction.entry"), bank.Text("matched.0.rule")));
        Assert.Equal((await host.Finance.ImportBank(path, "camt.053.001.02_grant_and_repayment.xml")).Is(201).Number("duplicates"), bank.Number("transactions"));

        await Accepted(host, path, "final-accounts", new { kind = "final", period = new { from = "2014-06-13", to = "2016-12-31" } });
        Assert.Equal([4000000m, 3687550m, 312450m, 0m], await host.Payer.Balances(path));
        var settlement = (await host.Officer.Get($"{path}/grant/settlement")).Is(200);
        Assert.Equal("final-accounts", settlement.Text("basis"));
        Assert.Equal([4000000m, 3687550m, 312450m, 312450m, 0m], "received acceptedCosts unspent repaid remaining".Split(' ').Select(f => settlement.Number(f)));

        var checks = (await host.Auditor.Get($"{path}/grant/reconciliation")).Is(200).At("checks").EnumerateArray().ToList();
        Assert.Empty(checks.Where(c => c.Text("outcome") is not ("ok" or "not-in-terms")).Select(c => $"{c.Text("rule")}: {c.Text("detail")}"));
        Assert.Contains(checks, c => c.Text("rule") == "unspent-is-the-liability" && c.Text("outcome") == "ok" && c.Number("actual") == 312450);
        Assert.Equal("closed", (await host.Officer.Post($"{path}/closure", new { })).Is(200).Text("status"));
        Assert.True((await host.Admin.Get($"{path}/events/verification")).Is(200).Flag("valid"));
    }

    [Fact]
    public async Task Every_figure_of_an_import_leads_down_to_its_vouchers()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        (await host.Finance.ImportLedger(path, "skr_example_4E_cp437.se", ("project", Money2014.Project), ("texts", "true"))).Is(201);
        var staff = await host.Auditor.All($"{path}/grant/vouchers?category=personal&limit=1");
        Assert.Equal(["A 2 7010 3368105.18 Lön mars", "A 2 7510 129544.82 Lön mars"], staff.Select(r => $"{r.Text("series")} {r.Text("number")} {r.Text("account")} {r.Number("amount")} {r.Text("text")}"));
        var autumn = await host.Finance.All($"{path}/grant/vouchers?from=2015-09-01&to=2015-12-30");
        Assert.Equal(["5800 2400"], autumn.Select(r => $"{r.Text("account")} {r.Number("amount"):0}"));
        Assert.Empty(await host.Officer.All($"{path}/grant/vouchers"));
        Assert.Empty(await host.Officer.All($"{path}/grant/ledger-imports"));
    }

    [Fact]
    public async Task The_same_vouchers_in_other_files_count_once()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        var first = await host.Finance.ImportLedger(path, "skr_example_4E_cp437.se");
        first.Is(201);
        var again = (await host.Finance.ImportLedger(path, "skr_example_4E_cp437.se")).Is(200);
        Assert.Equal((first.Json.Text("importId"), 5m), (again.Text("importId"), again.Number("duplicates")));
        foreach (var (file, encoding) in new[] { ("utf8", "utf-8"), ("latin1", "latin-1") })
        {
            var other = (await host.Finance.ImportLedger(path, $"skr_example_4E_{file}.se")).Is(201);
            Assert.Equal((encoding, 5m, 3687550m, 0m), (other.Text("encoding"), other.Number("duplicates"), other.Number("spend"), other.Number("added")));
            Assert.Contains(other.At("warnings").EnumerateArray(), w => w.Text("rule") == "ledger-encoding-guessed");
        }
        Assert.Equal(3687550m, await Costs(host, path));
    }

    [Fact]
    public async Task A_voucher_that_a_later_file_has_otherwise_is_a_listed_difference()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        var file = System.Text.Encoding.UTF8.GetString(Fixture.Bytes("skr_example_4E_utf8.se"));
        (await host.Finance.ImportLedger(path, Bytes(file), "januari-december.se")).Is(201);
        var changed = file.Replace("187500.00", "187400.00", StringComparison.Ordinal).Replace("62500.00", "62600.00", StringComparison.Ordinal);
        var missing = changed[..changed.IndexOf("#VER A 3", StringComparison.Ordinal)] + changed[changed.IndexOf("#VER A 4", StringComparison.Ordinal)..];
        var later = (await host.Finance.ImportLedger(path, Bytes(missing), "ny.se")).Is(201);
        Assert.Equal(["LEV1 1 changed 187500 187400", "A 3 missing 2400 2400"],
            later.At("differences").EnumerateArray().Select(d => $"{d.Text("series")} {d.Text("number")} {d.Text("kind")} {d.Number("before"):0} {d.Number("after"):0}"));
        Assert.Equal(-100m, later.Number("added"));
        Assert.Equal(3687450m, await Costs(host, path));
        Assert.Equal(["5800 A 3", "6550 LEV1 1", "7010 A 2", "7510 A 2"],
            (await host.Finance.All($"{path}/grant/vouchers")).Where(r => r.Text("kind") == "cost").Select(r => $"{r.Text("account")} {r.Text("series")} {r.Text("number")}").Order());
        var check = (await host.Finance.Get($"{path}/grant/reconciliation")).Is(200).At("checks").EnumerateArray().First();
        Assert.Equal(("vouchers-unchanged", "error"), (check.Text("rule"), check.Text("outcome")));
        (await host.Finance.Post($"{path}/grant/reconciliation/vouchers-unchanged/waiver", new { reason = "Rättat" })).IsProblem(403, "forbidden");
        (await host.Approver.Post($"{path}/grant/reconciliation/vouchers-unchanged/waiver", new { reason = "Rättat i bokföringen, se rättelsepost" })).Is(200);
        Assert.Equal("Rättat i bokföringen, se rättelsepost", (await host.Finance.Get($"{path}/grant/reconciliation")).Json.At("checks").EnumerateArray().First(c => c.Text("rule") == "vouchers-unchanged").Text("waived.reason"));
    }

    [Theory]
    [InlineData("#ORGNR 555555-5555", "#ORGNR 556677-8899", "ledger-organisation")]
    [InlineData("#VALUTA SEK", "#VALUTA EUR", "ledger-currency")]
    [InlineData("2400.00 20150901", "2400,00 20150901", "ledger-amount-malformed")]
    [InlineData("#VER A 2 20150330", "#VER A 2 20150230", "ledger-date-malformed")]
    [InlineData("#VER A 4 ", "#VER A 3 ", "voucher-number-twice")]
    [InlineData("6 \"P 2289\"", "6 \"P 9999\"", null)]
    [InlineData("187500.00", "187500.01", "ledger-voucher-unbalanced")]
    public async Task A_file_that_can_t_be_right_is_refused_and_leaves_nothing(string right, string wrong, string? slug)
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        var file = System.Text.Encoding.UTF8.GetString(Fixture.Bytes("skr_example_4E_utf8.se")).Replace(right, wrong, StringComparison.Ordinal);
        var project = slug is null ? "P 1" : Money2014.Project;
        (await host.Finance.ImportLedger(path, Bytes(file), "fel.se", ("project", project))).IsProblem(422, slug ?? "project-not-in-ledger");
        Assert.Empty(await host.Finance.All($"{path}/grant/ledger-imports"));
        Assert.Empty(await host.Finance.All($"{path}/grant/vouchers"));
        (await host.Finance.ImportLedger(path, "skr_example_4E_cp437.se")).Is(201);
    }

    [Theory]
    [InlineData("skr_example_4E_unbalanced.se", "ledger-voucher-unbalanced")]
    [InlineData("skr_example_4E_truncated_ksumma.se", "ledger-truncated")]
    [InlineData("camt.054.001.02_grant.xml", "ledger-not-sie")]
    public async Task Each_broken_example_is_refused_for_its_own_reason(string file, string slug)
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        (await host.Finance.ImportLedger(path, file)).IsProblem(422, slug);
    }

    static async Task<decimal> Costs(RunningHost host, string path) => (await host.Finance.Get($"{path}/grant")).Is(200).At("costs").EnumerateArray().Sum(c => c.Number("amount"));

    static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    static async Task At(RunningHost host, string now) => (await host.Admin.Post("simulation/clock", new { now })).Is(200);

    // Prepared, attested by a colleague, submitted and accepted.
    static async Task<System.Text.Json.JsonElement> Accepted(RunningHost host, string path, string obligation, object statement)
    {
        var prepared = (await host.Finance.Post($"{path}/grant/statements", statement)).Is(201);
        var number = (int)prepared.Number("number");
        (await host.Finance.Post($"{path}/obligations/{obligation}/submissions", new { summary = "Redovisning", documents = Array.Empty<string>(), statement = number })).IsProblem(409, "statement-not-attested");
        (await host.Approver.Post($"{path}/grant/statements/{number}/attestation")).Is(200);
        (await host.Officer.Get($"{path}/grant/statements/{number}")).IsProblem(404, "no-such-statement");
        (await host.Finance.Post($"{path}/obligations/{obligation}/submissions", new { summary = "Redovisning", documents = Array.Empty<string>(), statement = number })).Is(201);
        Assert.Equal(prepared.Text("sha256"), (await host.Officer.Get($"{path}/grant/statements/{number}")).Is(200).Text("sha256"));
        (await host.Officer.Post($"{path}/obligations/{obligation}/submissions/1/acceptance", new { })).Is(200);
        return prepared;
    }
}
