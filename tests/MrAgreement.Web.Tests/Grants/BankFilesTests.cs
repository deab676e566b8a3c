using System.Text;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>Several files that tell of the same payment, and what a person takes back.</summary>
public class BankFilesTests
{
    // An account statement that knows only who paid how much.
    static byte[] Poor => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Fixture.Bytes(Fixture.BankFile)).Replace("A2014/2289/DISK", "Bidrag", StringComparison.Ordinal));

    [Fact]
    public async Task A_payment_told_poorly_first_is_matched_by_the_advice_that_comes_later_and_counts_once()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Money2014.Requisitioned(host);
        var poor = (await host.Finance.ImportBank(path, Poor, "poor.xml")).Is(201);
        Assert.Equal((0, 0m), (poor.At("matched").GetArrayLength(), poor.Number("duplicates")));
        var open = Open(poor);

        var rich = (await host.Finance.ImportBank(path, "camt.054.001.02_grant.xml")).Is(201);

        Assert.Equal((1, 0m, "diary-number"), (rich.At("matched").GetArrayLength(), rich.Number("duplicates"), rich.Text("matched.0.rule")));
        Assert.Equal(4000000m, (await host.Finance.Balances(path))[0]);
        var after = (await host.Finance.Get($"{path}/grant/bank-imports/{poor.Text("importId")}")).Is(200);
        Assert.Equal((open - 1, 1m), (Open(after), after.Number("duplicates")));
    }

    [Fact]
    public async Task A_dismissed_transaction_can_be_taken_back_and_is_matched_then()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Money2014.Requisitioned(host);
        var import = $"{path}/grant/bank-imports/{(await host.Finance.ImportBank(path, Poor, "poor.xml")).Is(201).Text("importId")}";
        (await host.Finance.Post($"{import}/dismissals", new { entry = 1, reason = "Annat projekt" })).Is(200);
        (await host.Finance.Post($"{import}/matches", new { entry = 1, requisition = 1 })).IsProblem(409, "transaction-dismissed");

        (await host.Approver.Send(HttpMethod.Delete, $"{import}/dismissals/1", null)).IsProblem(403, "forbidden");
        (await host.Finance.Send(HttpMethod.Delete, $"{import}/dismissals/99", null)).IsProblem(404, "no-such-transaction");
        (await host.Finance.Send(HttpMethod.Delete, $"{import}/dismissals/2", null)).IsProblem(409, "transaction-not-dismissed");
        var open = (await host.Finance.Send(HttpMethod.Delete, $"{import}/dismissals/1", null)).Is(200);
        Assert.Equal(0, open.At("dismissed").GetArrayLength());
        (await host.Finance.Send(HttpMethod.Delete, $"{import}/dismissals/1", null)).Is(200);

        (await host.Finance.Post($"{import}/matches", new { entry = 1, requisitions = Enumerable.Repeat(1, 2) })).IsProblem(422, "requisition-twice");
        (await host.Finance.Post($"{import}/matches", new { entry = 1, requisition = 1 })).Is(200);
        Assert.Equal(4000000m, (await host.Finance.Balances(path))[0]);

        // The payer sees that there was a payment, and not what the recipient's bank calls it.
        Assert.Contains(await host.Payer.All($"{path}/events"), e => e.Text("type") == "payment-recorded" && e.At("data").ValueKind != System.Text.Json.JsonValueKind.Null);
        Assert.DoesNotContain(await host.Payer.All($"{path}/events"), e => e.ToString().Contains("STOIIQ0I0000000001", StringComparison.Ordinal));
        Assert.Contains(await host.Finance.All($"{path}/events"), e => e.ToString().Contains("STOIIQ0I0000000001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agreement_without_money_takes_no_file_and_says_why()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var terms = Money2014.Terms();
        terms.Remove("grant");
        terms["obligations"]!.AsArray().RemoveAt(2);
        var path = await Posted.Agreement(host, terms);

        (await host.Finance.ImportBank(path, Fixture.BankFile)).IsProblem(409, "no-grant");
        (await host.Finance.ImportLedger(path, Fixture.Ledger)).IsProblem(409, "no-grant");
        (await host.Finance.Post($"{path}/grant/statements", new { kind = "annual" })).IsProblem(409, "no-grant");
    }

    static int Open(System.Text.Json.JsonElement import) => import.At("proposals").GetArrayLength() + (int)import.Number("unmatchedCount");
}
