using System.Text.Json;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>Bank files in which payments went missing once, or that were refused without saying why.</summary>
public class BankFaultsTests
{
    /// <summary>An agreement with two instalments, of which the requisitions are dispatched that are asked for.</summary>
    static async Task<string> Requisitioned(RunningHost host, params int[] amounts)
    {
        var terms = Money2014.Terms();
        terms["period"]!["to"] = "2017-12-31";
        terms["grant"]!["total"] = 8000000;
        terms["grant"]!["instalments"]![0]!["requisitionDueOn"] = "2016-12-01";
        terms["grant"]!["instalments"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse("""{ "key": "2015", "amount": 4000000, "requisitionDueOn": "2016-12-01", "appropriation": { "area": 1, "item": "6:1", "post": 14 } }"""));
        var path = await Posted.Agreement(host, terms);
        foreach (var (i, amount) in amounts.Index())
            await Requisition(host, path, i + 1, amount);
        return path;
    }

    static async Task Requisition(RunningHost host, string path, int number, int amount)
    {
        (await host.Finance.Post($"{path}/grant/requisitions", new { instalment = number == 1 ? "2014" : "2015", amount, bankgiro = "5050-1055", reference = $"R{number}" })).Is(201);
        (await host.Approver.Post($"{path}/grant/requisitions/{number}/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/{number}/dispatch")).Is(200);
    }

    static string[] Matched(JsonElement import) => [.. import.At("matched").EnumerateArray().Select(m => $"{m.Number("transaction.amount")} {m.Text("rule")}")];

    static decimal[] Unmatched(JsonElement import) => [.. import.At("unmatched").EnumerateArray().Select(m => m.Number("transaction.amount"))];

    [Fact]
    public async Task An_instalment_is_not_hidden_by_a_fee_with_the_bank_s_placeholder()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Requisitioned(host, 4000000);

        var import = (await host.Finance.ImportBank(path, "camt_nonref_instalment_dropped_after_fee.xml")).Is(201);

        Assert.Equal(["4000000 diary-number"], Matched(import));
        Assert.Equal([250m], Unmatched(import));
        Assert.Equal(0m, import.Number("duplicates"));
        Assert.Equal(4000000m, (await host.Finance.Balances(path))[0]);
    }

    [Fact]
    public async Task Two_amounts_under_one_placeholder_are_two_payments()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Requisitioned(host, 4000000, 2500000);

        var import = (await host.Finance.ImportBank(path, "camt_nonref_other_amount_dropped.xml")).Is(201);

        Assert.Equal(["4000000 diary-number", "2500000 diary-number"], Matched(import));
        Assert.Equal(6500000m, (await host.Finance.Balances(path))[0]);
    }

    [Fact]
    public async Task Two_equal_instalments_a_year_apart_are_two_payments()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Requisitioned(host, 4000000, 4000000);

        var import = (await host.Finance.ImportBank(path, "camt_nonref_two_instalments.xml")).Is(201);

        Assert.Equal((0m, 2), (import.Number("duplicates"), import.At("proposals").GetArrayLength() + import.At("matched").GetArrayLength()));
        var id = $"{path}/grant/bank-imports/{import.Text("importId")}";
        foreach (var entry in new[] { 1, 2 })
            (await host.Finance.Post($"{id}/matches", new { entry, requisition = entry })).Is(200);
        Assert.Equal(8000000m, (await host.Finance.Balances(path))[0]);
    }

    [Fact]
    public async Task One_bank_reference_in_the_files_of_two_years_is_two_payments()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Requisitioned(host, 4000000);
        (await host.Finance.ImportBank(path, "camt_two_files_same_bank_reference_1.xml")).Is(201);
        await Requisition(host, path, 2, 4000000);

        var import = (await host.Finance.ImportBank(path, "camt_two_files_same_bank_reference_2.xml")).Is(201);

        Assert.Equal(["4000000 diary-number"], Matched(import));
        Assert.Equal(0m, import.Number("duplicates"));
        Assert.Equal(8000000m, (await host.Finance.Balances(path))[0]);
    }

    [Fact]
    public async Task A_repayment_is_not_hidden_by_its_fee()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Requisitioned(host, 4000000);
        (await host.Finance.ImportBank(path, "camt_two_files_same_bank_reference_1.xml")).Is(201);
        (await host.Finance.Post($"{path}/grant/repayments", new { amount = 312450, reference = "Återbetalning" })).Is(201);
        (await host.Approver.Post($"{path}/grant/repayments/1/attestation")).Is(200);

        var import = (await host.Finance.ImportBank(path, "camt_repayment_hidden_by_its_fee.xml")).Is(201);

        Assert.Equal(["312450 diary-number"], Matched(import));
        Assert.Equal([25m], Unmatched(import));
        Assert.Equal(312450m, (await host.Finance.Balances(path))[2]);
    }

    [Fact]
    public async Task An_advice_without_days_waits_for_a_person_with_its_own_day()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Requisitioned(host, 4000);

        var import = (await host.Finance.ImportBank(path, "camt054_no_dates.xml")).Is(201);

        Assert.Equal(("day-missing", "2014-09-11"), (import.Text("unmatched.0.reason"), import.Text("unmatched.0.transaction.bookedOn")));
        Assert.Equal("day-missing", import.Text("warnings.0.rule"));
    }

    [Theory]
    [InlineData("camt_windows1252_under_utf8.xml", "xml-character-set", 1)]
    [InlineData("camt_two_documents_in_one_file.xml", "several-messages", 1)]
    public async Task A_file_that_can_t_be_read_says_why(string file, string rule, int line)
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Requisitioned(host, 4000);

        var problem = (await host.Finance.ImportBank(path, file)).IsProblem(422, rule);

        Assert.Equal(line, problem.At("errors")[0].Number("line"));
    }

    [Fact]
    public async Task A_newline_before_the_declaration_is_nothing()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        Assert.Equal(1m, (await host.Finance.ImportBank(await Requisitioned(host, 4000), "camt_newline_before_declaration.xml")).Is(201).Number("transactions"));
    }

    [Fact]
    public async Task What_may_be_the_same_waits_for_an_answer_and_is_an_exception_until_it_comes()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Requisitioned(host, 4000000, 4000000);
        var file = System.Text.Encoding.UTF8.GetString(Fixture.Bytes("camt_two_files_same_bank_reference_1.xml"));
        var first = (await host.Finance.ImportBank(path, Bytes(file), "kontoutdrag.xml")).Is(201).Text("importId");
        (await host.Finance.Post($"{path}/grant/bank-imports/{first}/matches", new { entry = 1, requisition = 1 })).Is(200);

        var import = (await host.Finance.ImportBank(path, Bytes(file.Replace("0000000001", "NONREF", StringComparison.Ordinal)), "avi.xml")).Is(201);
        var id = $"{path}/grant/bank-imports/{import.Text("importId")}";
        Assert.Equal((0m, 1m, "kontoutdrag.xml"), (import.Number("duplicates"), import.Number("questionCount"), import.Text("questions.0.mayBe.0.name")));
        Assert.Equal("warning", await Check(host, path, "same-payment-answered"));
        (await host.Finance.Post($"{id}/matches", new { entry = 1, requisition = 2 })).IsProblem(409, "transaction-asked");
        (await host.Approver.Post($"{id}/recognitions", new { entry = 1 })).IsProblem(403, "forbidden");

        var same = (await host.Finance.Post($"{id}/recognitions", new { entry = 1 })).Is(200);
        Assert.Equal((1m, 0m, "person"), (same.Number("duplicates"), same.Number("questionCount"), same.Text("known.0.basis")));
        Assert.Equal("ok", await Check(host, path, "same-payment-answered"));
        (await host.Finance.Post($"{id}/matches", new { entry = 1, requisition = 2 })).IsProblem(409, "transaction-known");
        Assert.Equal("kontoutdrag.xml", Assert.Single(await host.Auditor.All($"{id}/known")).Text("heldAgainst.name"));

        var other = (await host.Finance.Post($"{id}/distinctions", new { entry = 1 })).Is(200);
        Assert.Equal((0m, 1), (other.Number("duplicates"), other.At("proposals").GetArrayLength()));
        (await host.Finance.Post($"{id}/distinctions", new { entry = 1 })).Is(200);
        (await host.Finance.Post($"{id}/matches", new { entry = 1, requisition = 2 })).Is(200);
        Assert.Equal(8000000m, (await host.Finance.Balances(path))[0]);
        (await host.Finance.Post($"{id}/recognitions", new { entry = 1 })).IsProblem(409, "transaction-matched");
        (await host.Finance.Post($"{id}/distinctions", new { entry = 9 })).IsProblem(404, "no-such-transaction");
    }

    [Fact]
    public async Task What_was_laid_aside_and_names_the_agreement_is_an_exception_of_the_reconciliation()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Requisitioned(host);
        var import = (await host.Finance.ImportBank(path, "camt_two_files_same_bank_reference_1.xml")).Is(201);
        Assert.Equal("warning", await Check(host, path, "bank-transactions-decided"));

        (await host.Finance.Post($"{path}/grant/bank-imports/{import.Text("importId")}/dismissals", new { entry = 1, reason = "Annat" })).Is(200);

        Assert.Equal(("ok", "warning"), (await Check(host, path, "bank-transactions-decided"), await Check(host, path, "dismissed-names-another")));
    }

    [Theory]
    [InlineData("sv", "Undanlagda transaktioner i mottagarens bankfiler som nämner överenskommelsens diarienummer: 1. Fråga mottagaren vad de är innan du avslutar.")]
    [InlineData("en", "Transactions in the recipient’s bank files that name the agreement’s diary number and have been set aside: 1. Ask the recipient what they are before you close the agreement.")]
    public async Task A_closing_tells_how_many_transactions_that_name_the_agreement_were_laid_aside(string language, string said)
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Requisitioned(host);
        var import = (await host.Finance.ImportBank(path, "camt_two_files_same_bank_reference_1.xml")).Is(201);
        (await host.Finance.Post($"{path}/grant/bank-imports/{import.Text("importId")}/dismissals", new { entry = 1, reason = "Annat" })).Is(200);
        foreach (var obligation in (await host.Officer.All($"{path}/obligations")).Where(o => o.Text("status") is "open" or "waiting"))
            (await host.Officer.Post($"{path}/obligations/{obligation.Text("key")}/waiver", new { reason = "Avslutas", reference = "A1" })).Is(200);

        var closed = (await host.Officer.Post($"{path}/closure", null, ("Accept-Language", language))).Is(200);

        var warning = Assert.Single(closed.At("warnings").EnumerateArray());
        Assert.Equal(("closed", "transactions-laid-aside", said), (closed.Text("status"), warning.Text("rule"), warning.Text("message")));
        Assert.Empty((await host.Lead.Get(path)).Is(200).At("warnings").EnumerateArray());
    }

    static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    static async Task<string> Check(RunningHost host, string path, string rule) =>
        (await host.Finance.Get($"{path}/grant/reconciliation")).Is(200).At("checks").EnumerateArray().Single(c => c.Text("rule") == rule).Text("outcome")!;
}
