using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>A finance person's day over HTTP: import, look at exceptions, state, have it attested, submit, correct, submit again.</summary>
public class FinanceWalkTests
{
    [Fact]
    public async Task A_statement_is_returned_corrected_and_accepted()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Money2014.Requisitioned(host);
        (await host.Finance.ImportLedger(path, "skr_example_4E_cp437.se")).Is(201);
        var bank = await host.Finance.ImportBank(path, "camt.053.001.08_grant_and_repayment.xml");
        bank.Is(201);

        // The repayment is prepared after the file came: the queue now proposes it, and a person says so.
        var import = $"{path}/grant/bank-imports/{bank.Json.Text("importId")}";
        (await host.Finance.Post($"{path}/grant/repayments", new { amount = 312450, reference = "Återbetalning 2016" })).Is(201);
        (await host.Approver.Post($"{path}/grant/repayments/1/attestation")).Is(200);
        var queue = (await host.Finance.Get(import)).Is(200);
        Assert.Equal(4m, queue.Number("proposals.0.transaction.entry"));
        (await host.Finance.Post($"{import}/matches", new { entry = 4, repayment = 1 })).Is(200);
        (await host.Finance.Post($"{import}/matches", new { entry = 4, repayment = 1 })).Is(200);
        (await host.Finance.Post($"{import}/matches", new { entry = 4, requisition = 1 })).IsProblem(409, "transaction-matched");
        (await host.Finance.Post($"{import}/dismissals", new { entry = 3, reason = "Annat projekt" })).Is(200);
        (await host.Finance.Post($"{import}/matches", new { entry = 3, requisition = 1 })).IsProblem(409, "transaction-dismissed");
        (await host.Finance.Post($"{import}/matches", new { entry = 99, requisition = 1 })).IsProblem(404, "no-such-transaction");
        var after = (await host.Auditor.Get(import)).Is(200);
        Assert.Equal((2, 1, 1), (after.At("matched").GetArrayLength(), after.At("dismissed").GetArrayLength(), (int)after.Number("unmatchedCount")));
        Assert.Equal("Farid Falk", after.Text("matched.1.by.name"));
        Assert.Empty(await host.Officer.All($"{path}/grant/bank-imports"));
        var again = (await host.Finance.ImportBank(path, "camt.053.001.08_grant_and_repayment.xml")).Is(200);
        Assert.Equal((2, 1, 1), (again.At("matched").GetArrayLength(), again.At("dismissed").GetArrayLength(), (int)again.Number("unmatchedCount")));

        var period = new { from = "2015-01-01", to = "2015-12-31" };
        (await host.Finance.Post($"{path}/grant/statements", new { kind = "annual", period })).Is(201);
        (await host.Approver.Post($"{path}/grant/statements/1/attestation")).Is(200);
        await Submit(1, 1);
        (await host.Officer.Post($"{path}/obligations/financial-statement/submissions/1/return", new { reason = "Semesterlönerna saknas", completeBy = "2016-05-31" })).Is(200);

        (await host.Finance.Post($"{path}/grant/adjustments", new { kind = "accrual", amount = 12450.50m, period, reason = "Semesterlöner intjänade 2015", category = "personal" })).Is(201);
        (await host.Approver.Post($"{path}/grant/adjustments/1/attestation")).Is(200);
        Assert.Equal(["unspent-is-the-liability", "statement-is-the-ledger", "closing-is-the-balance"],
            (await host.Finance.Get($"{path}/grant/reconciliation")).Is(200).At("checks").EnumerateArray().Where(c => c.Text("outcome") == "error").Select(c => c.Text("rule")));
        var second = (await host.Finance.Post($"{path}/grant/statements", new { kind = "annual", period })).Is(201);
        Assert.Equal((1m, 12450.50m, -12450.50m), (second.Number("replaces"), second.Number("difference.costs"), second.Number("difference.closing")));
        (await host.Approver.Post($"{path}/grant/statements/2/attestation")).Is(200);
        await Submit(2, 2);
        (await host.Officer.Post($"{path}/obligations/financial-statement/submissions/2/acceptance", new { comment = "Tack" })).Is(200);

        var obligation = (await host.Officer.Get($"{path}/obligations/financial-statement")).Is(200);
        Assert.Equal(["1 returned", "2 accepted"], obligation.At("submissions").EnumerateArray().Select(s => $"{s.Number("statement")} {s.Text("status")}"));
        Assert.Equal(["submitted", "submitted"], (await host.Officer.All($"{path}/grant/statements")).Select(s => s.Text("status")));
        Assert.Equal([4000000m, 3700000.50m, 312450m, -12450.50m], await host.Officer.Balances(path));

        async Task Submit(int statement, int number) => Assert.Equal(number, (int)(await host.Finance.Post($"{path}/obligations/financial-statement/submissions",
            new { summary = $"Redovisning {statement}", documents = Array.Empty<string>(), statement })).Is(201).Number("number"));
    }

    [Fact]
    public async Task Costs_beyond_the_budget_are_explained_before_they_are_attested()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var terms = Money2014.Terms();
        terms["grant"]!["varianceThreshold"] = 0.1;
        terms["grant"]!["categories"]!.AsArray().First(it => (string)it!["key"]! == "konsulter")!["budget"] = 100000;
        var path = await Posted.Agreement(host, terms);
        // What the terms decide of a category is explained in the final accounts, whether or not somebody has budgeted it.
        using (var page = await PageCaller.SignIn(host, "farid.falk"))
            Assert.Single(Regex.Matches((await page.Get($"/{path}/grant/statements")).Text, "name=\"explanations/konsulter\""));
        (await host.Finance.ImportLedger(path, "skr_example_4E_cp437.se")).Is(201);
        (await host.Finance.Send(HttpMethod.Put, $"{path}/grant/budget", new { lines = new[] { new { category = "personal", year = 2015, amount = 3400000 }, new { category = "konsulter", year = 2015, amount = 100000 } } })).Is(200);
        (await host.Finance.Send(HttpMethod.Put, $"{path}/grant/budget", new { lines = new[] { new { category = "kaffe", year = 2015, amount = 1 } } })).IsProblem(422, "category-unknown");
        var period = new { from = "2015-01-01", to = "2015-12-31" };
        (await host.Finance.Post($"{path}/grant/statements", new { kind = "annual", period })).Is(201);
        (await host.Finance.Post($"{path}/grant/statements/1/attestation")).IsProblem(403, "forbidden");
        (await host.Approver.Post($"{path}/grant/statements/1/attestation")).IsProblem(409, "variance-unexplained");
        (await host.Finance.Post($"{path}/grant/statements", new { kind = "annual", period, explanations = new[] { new { category = "konsulter", text = "Utvärderingen tidigarelades" } } })).Is(201);
        (await host.Approver.Post($"{path}/grant/statements/1/attestation")).IsProblem(409, "statement-replaced");
        var attested = (await host.Approver.Post($"{path}/grant/statements/2/attestation")).Is(200);
        Assert.Equal(("ok", 3400000m), (attested.At("checks").EnumerateArray().First(c => c.Text("rule") == "variance-explained").Text("outcome"),
            attested.At("usedByCategory").EnumerateArray().First(c => c.Text("category") == "personal").Number("budget")));
    }

    [Fact]
    public async Task The_other_side_confirms_just_the_payment_that_was_recorded()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Money2014.Requisitioned(host);
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2015-02-03", amount = 3999999, reference = "A2014/2289/DISK" })).Is(201);
        var confirmation = $"{path}/grant/payments/1/confirmation";
        (await host.Payer.Post(confirmation, new { paidOn = "2015-02-03", reference = "Bg 7" })).IsProblem(403, "own-payment");
        (await host.Officer.Post(confirmation, new { paidOn = "2015-02-03", reference = "Bg 7" })).IsProblem(403, "forbidden");
        (await host.Finance.Post(confirmation, new { paidOn = "2015-02-09", reference = "Bg 7" })).IsProblem(422, "payment-other-day");
        (await host.Finance.Post($"{path}/grant/payments/2/confirmation", new { paidOn = "2015-02-03", reference = "Bg 7" })).IsProblem(404, "no-such-payment");
        Assert.Equal((3999999m, 1m), (await host.Finance.Post(confirmation, new { paidOn = "2015-02-04", reference = "Bg 7", requisition = 1 })).Is(200) is var it ? (it.Number("amount"), it.Number("requisition")) : default);
        (await host.Finance.Post(confirmation, new { paidOn = "2015-02-04", reference = "Bg 8" })).IsProblem(409, "payment-confirmed");
        Assert.Single(await host.Finance.All($"{path}/grant/payments"));
    }

    [Fact]
    public async Task A_reversed_payment_counts_no_more_and_opens_its_requisition_again()
    {
        await using var host = await RunningHost.Start("2016-04-01");
        var path = await Money2014.Requisitioned(host);
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2015-02-03", amount = 4000000, reference = "A2014/2289/DISK" })).Is(201);
        (await host.Finance.Post($"{path}/grant/payments/1/reversal", new { on = "2015-02-04", reason = "Fel" })).IsProblem(403, "payment-of-other-side");
        (await host.Payer.Post($"{path}/grant/payments/1/reversal", new { on = "2015-02-02", reason = "Fel" })).IsProblem(422, "reversal-day");
        Assert.Equal("2015-02-04", (await host.Payer.Post($"{path}/grant/payments/1/reversal", new { on = "2015-02-04", reason = "Fel konto" })).Is(200).Text("reversedOn"));
        (await host.Payer.Post($"{path}/grant/payments/1/reversal", new { on = "2015-02-05", reason = "Fel konto" })).IsProblem(409, "payment-reversed");
        Assert.Equal("received", (await host.Payer.Get($"{path}/grant/requisitions/1")).Is(200).Text("status"));
        Assert.Equal([0m, 0m, 0m, 0m], await host.Payer.Balances(path));
    }
}
