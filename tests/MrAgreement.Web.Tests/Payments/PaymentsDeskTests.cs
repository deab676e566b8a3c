using System.IO.Compression;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Payments;

/// <summary>The payer's desk: what is to be paid and what is to come back across agreements, and payments of several at once.</summary>
public sealed class PaymentsDeskTests : IAsyncLifetime
{
    RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.Start("2014-08-20");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    static object Paid(string path, decimal amount = 4_000_000, decimal? version = null, string paidOn = "2014-08-20") =>
        new { agreement = path.Split('/')[1], requisition = 1, paidOn, amount, reference = "KAMK 1", version };

    async Task<decimal> Version(string path) => (await Row(path)).Number("version");

    async Task<System.Text.Json.JsonElement> Row(string path) =>
        Assert.Single(await host.Payer.All("payments/desk"), row => row.Text("agreement") == path.Split('/')[1]);

    async Task<decimal> Received(string path) => (await host.Finance.Balances(path))[0];

    [Fact]
    public async Task Several_are_paid_at_once_each_under_its_own_version_what_fails_is_told_and_nothing_is_paid_twice()
    {
        var paths = new List<string>();
        for (var i = 0; i < 4; i++)
            paths.Add(await Money2014.Requisitioned(host));
        var row = await Row(paths[0]);
        Assert.Equal(("A2014/2289/DISK", "5050-1055", "received", "2014", "6:1", 14m, "2014-08-20"), (row.Text("diaryNumber"), row.Text("bankgiro"), row.Text("status"),
            row.Text("instalment"), row.Text("appropriation.item"), row.Number("appropriation.post"), row.Text("since")));
        Assert.Equal((4_000_000m, 4_000_000m, "A2014/2289/DISK", "Exempelförbundet kommuner och regioner"), (row.Number("amount"), row.Number("left"), row.Text("reference"), row.Text("party")));
        var stale = await Version(paths[1]);
        (await host.Payer.Post($"{paths[1]}/grant/payments", new { direction = "in", paidOn = "2014-08-20", amount = 1, reference = "Del", requisition = 1 })).Is(201);
        (await host.Payer.Post($"{paths[1]}/grant/payments/1/reversal", new { on = "2014-08-20", reason = "Fel" })).Is(200);
        (await host.Payer.Post($"{paths[3]}/grant/requisitions/1/refusal", new { reason = "Fel" })).Is(200);
        var payments = new[] { Paid(paths[0], version: await Version(paths[0])), Paid(paths[1], version: stale), Paid(paths[2], 4_000_001), Paid($"agreements/{Posted.Nowhere}"), Paid(paths[3]) };

        var done = (await host.Payer.Post("payments/confirmations", new { payments }, ("Idempotency-Key", "a"))).Is(200);
        Assert.Equal(["recorded ", "refused requisition-moved", "refused payment-exceeds-requisition", "refused no-such-agreement", "refused requisition-not-dispatched"], Told(done.At("results")));
        Assert.Equal((1m, 4m, 1m), (done.Number("recorded"), done.Number("refused"), done.Number("results.0.payment")));
        Assert.Equal([4_000_000m, 0, 0, 0], await Task.WhenAll(paths.Select(Received)));

        // The same key, the same rows without one, and the same without a version: none is recorded twice.
        Assert.Equal(done.GetRawText(), (await host.Payer.Post("payments/confirmations", new { payments }, ("Idempotency-Key", "a"))).Is(200).GetRawText());
        Assert.Equal("unchanged ", Told((await host.Payer.Post("payments/confirmations", new { payments })).Is(200).At("results"))[0]);
        Assert.Equal(["unchanged "], Told((await host.Payer.Post("payments/confirmations", new { payments = new[] { Paid(paths[0]) } })).Is(200).At("results")));
        Assert.Equal(4_000_000m, await Received(paths[0]));
        Assert.Equal(paths[1..3].Select(path => path.Split('/')[1]).Order(), (await host.Payer.All("payments/desk")).Select(it => it.Text("agreement")).Order());

        (await host.Officer.Post("payments/confirmations", new { payments = new[] { Paid(paths[2]) } })).IsProblem(403, "forbidden");
        (await host.Payer.Post("payments/confirmations", new { payments = Array.Empty<object>() })).IsProblem(422, "payments-at-once");
        (await host.Reader.Get("payments/desk")).IsProblem(403, "forbidden");

        static string[] Told(System.Text.Json.JsonElement results) =>
            [.. results.EnumerateArray().Select(it => $"{it.Text("outcome")} {(it.At("problem").ValueKind == System.Text.Json.JsonValueKind.Null ? "" : it.Text("problem.type")!.Split('/')[^1])}")];
    }

    [Fact]
    public async Task The_page_pays_the_rows_that_are_chosen_tells_what_fails_beside_its_row_and_is_had_as_files()
    {
        var (one, other, third) = (await Money2014.Requisitioned(host), await Money2014.Requisitioned(host), await Money2014.Requisitioned(host));
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        Assert.Contains("<a href=\"/payments\">", (await payer.Get("/")).Text, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/payments\">", (await payer.Get("/turns")).Text, StringComparison.Ordinal);
        var page = (await payer.Get("/payments")).Text;
        Assert.Contains("3 rekvisitioner, 12\u00A0000\u00A0000\u00A0kr kvar att betala.", page, StringComparison.Ordinal);
        Assert.Contains("Utgiftsområde 1, anslag 6:1, anslagspost 14", page, StringComparison.Ordinal);
        var stale = await Version(other);
        (await host.Payer.Post($"{other}/grant/payments", new { direction = "in", paidOn = "2014-08-20", amount = 1, reference = "Del", requisition = 1 })).Is(201);

        Assert.Equal(422, (await payer.Send("/payments", "/payments", ("paidOn", "2014-08-20"))).Status);
        // Before it was sent: asked about, and not recorded.
        var doubted = await payer.Send("/payments", "/payments", [("paidOn", "2014-08-19"), .. Fields(one, await Version(one))]);
        Assert.Equal((409, true), (doubted.Status, doubted.Text.Contains($"name=\"{Name(one)}/sure\"", StringComparison.Ordinal)));
        (string, string)[] sent = [("paidOn", "2014-08-20"), .. Fields(one, await Version(one)), .. Fields(other, stale), .. Fields(third, await Version(third), "x"), ($"{Name(third)}/paidOn", "2014-08-99")];
        var answer = await payer.Send("/payments", "/payments", sent);
        Assert.Equal(409, answer.Status);
        Assert.Contains("Av de valda betalningarna har 1 registrerats och 2 inte registrerats.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("har ändrats sedan listan visades", answer.Text, StringComparison.Ordinal);
        // The row that went is gone, and what was typed in the others stands.
        Assert.DoesNotContain($"{Name(one)}/chosen", answer.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"x\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", answer.Text, StringComparison.Ordinal);
        Assert.Equal([4_000_000m, 1, 0], await Task.WhenAll(new[] { one, other, third }.Select(Received)));
        Assert.Equal("2014-08-20", (await host.Finance.Get($"{one}/grant/payments/1")).Is(200).Text("paidOn"));

        var again = await payer.Send("/payments", "/payments", [("paidOn", "2014-08-20"), .. Fields(third, await Version(third))]);
        Assert.Equal((200, true), (again.Status, again.Text.Contains("1 betalning är registrerad", StringComparison.Ordinal)));
        Assert.Equal(4_000_000m, await Received(third));

        var csv = (await payer.Get("/payments.csv")).Text;
        Assert.Contains("A2014/2289/DISK;Överenskommelse om mänskliga rättigheter, pengarna;Exempelförbundet kommuner och regioner;1;2014;4000000,00;3999999,00;5050-1055;;A2014/2289/DISK", csv, StringComparison.Ordinal);
        var (bytes, _) = await payer.Raw("/payments.xlsx", "identity");
        using var book = new ZipArchive(new MemoryStream(bytes));
        Assert.Contains("3999999", await new StreamReader(book.Entries.First(entry => entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal)).Open()).ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var reader = await PageCaller.SignIn(host, "rut.ros");
        Assert.Equal((403, 403), ((await reader.Get("/payments")).Status, (await reader.Get("/payments.csv")).Status));
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var seen = (await officer.Get("/payments")).Text;
        Assert.Equal((true, false), (seen.Contains("A2014/2289/DISK", StringComparison.Ordinal), seen.Contains("/chosen\"", StringComparison.Ordinal)));

        static string Name(string path) => $"rows/{path.Split('/')[1]}_1";

        static (string, string)[] Fields(string path, decimal version, string reference = "KAMK") =>
            [($"{Name(path)}/chosen", "true"), ($"{Name(path)}/version", $"{version}"), ($"{Name(path)}/amount", "4000000"), ($"{Name(path)}/reference", reference), ($"{Name(path)}/paidOn", "")];
    }

    [Fact]
    public async Task What_is_claimed_back_stands_with_its_day_and_interest_and_is_set_off_against_what_is_to_be_paid()
    {
        var terms = Money2014.Terms();
        terms["grant"]!["interest"] = "rantelagen-6";
        var path = await Posted.Agreement(host, terms);
        await Requisition(1, 3_000_000);
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2014-08-20", amount = 3_000_000, reference = "KAMK", requisition = 1 })).Is(201);
        (await host.Finance.Post($"{path}/grant/adjustments", new { kind = "correction", amount = 1_000_000, period = new { from = "2014-07-01", to = "2014-07-31" }, reason = "Kostnad" })).Is(201);
        (await host.Approver.Post($"{path}/grant/adjustments/1/attestation")).Is(200);
        (await host.Officer.Post($"{path}/grant/disallowances", new { amount = 100_000, decidedOn = "2014-08-20", reference = "Beslut 7", reason = "Saknar underlag", repayBy = "2014-09-01" })).Is(201);
        await Requisition(2, 1_000_000);
        (await host.Admin.Post("simulation/clock", new { now = "2014-09-30" })).Is(200);

        var demand = Assert.Single(await host.Payer.All("payments/demands"));
        Assert.Equal(("Beslut 7", 1m, 100_000m, 100_000m, "2014-09-01", true, 29m), (demand.Text("reference"), demand.Number("disallowance"), demand.Number("amount"), demand.Number("left"), demand.Text("dueOn"), demand.Flag("overdue"), demand.Number("overdueDays")));
        // 9 % a year of 100 000 for 29 days.
        Assert.Equal(715.07m, demand.Number("interest"));

        var decision = new { amount = 60_000, decidedOn = "2014-09-30", reference = "Kv 1", reason = "Återkravet är försenat" };
        (await host.Finance.Post($"{path}/grant/requisitions/2/set-off", decision)).IsProblem(403, "forbidden");
        (await host.Payer.Post($"{path}/grant/requisitions/2/set-off", decision with { amount = 100_001 })).IsProblem(409, "set-off-exceeds-debt");
        (await host.Payer.Post($"{path}/grant/requisitions/1/set-off", decision)).IsProblem(409, "requisition-paid-in-full");
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        var desk = (await payer.Get("/payments")).Text;
        Assert.Contains($"<a href=\"/{path}/grant/requisitions#requisition-2\">Kvitta mot rekvisition 2</a>", desk, StringComparison.Ordinal);
        Assert.Contains("Ränta hittills: 715,07\u00A0kr (vägledande).", desk, StringComparison.Ordinal);
        Assert.Contains($"action=\"/{path}/grant/requisitions/2/set-off\"", (await payer.Get($"/{path}/grant/requisitions")).Text, StringComparison.Ordinal);

        var done = (await host.Payer.Post($"{path}/grant/requisitions/2/set-off", decision)).Is(201);
        Assert.Equal((1m, 2m, 2m, 3m), (done.Number("number"), done.Number("requisition"), done.Number("paidIn"), done.Number("paidOut")));
        (await host.Payer.Post($"{path}/grant/requisitions/2/set-off", decision)).Is(200);
        Assert.Equal(40_000m, Assert.Single(await host.Payer.All("payments/demands")).Number("left"));
        Assert.Equal((940_000m, 1_000_000m), (Assert.Single(await host.Payer.All("payments/desk")).Number("left"), Assert.Single(await host.Payer.All("payments/desk")).Number("amount")));

        // Both sides see why.
        Assert.Equal("Återkravet är försenat", (await host.Finance.Get($"{path}/grant/set-offs/1")).Is(200).Text("reason"));
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var page = (await finance.Get($"/{path}/grant/payments")).Text;
        Assert.Contains("Kvittning 1 mot rekvisition 2, samma belopp som betalning 3: Återkravet är försenat", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/grant/payments/2/confirmation", page, StringComparison.Ordinal);
        (await host.Finance.Post($"{path}/grant/payments/2/confirmation", new { paidOn = "2014-09-30", reference = "Bg" })).IsProblem(409, "payment-by-set-off");
        (await host.Payer.Post($"{path}/grant/payments/3/reversal", new { on = "2014-09-30", reason = "Fel krav" })).Is(200);
        Assert.Equal("2014-09-30", (await host.Finance.Get($"{path}/grant/set-offs/1")).Is(200).Text("reversedOn"));
        Assert.Equal(100_000m, Assert.Single(await host.Payer.All("payments/demands")).Number("left"));

        async Task Requisition(int number, int amount)
        {
            (await host.Finance.Post($"{path}/grant/requisitions", new { instalment = "2014", amount, bankgiro = "5050-1055", reference = "MR" })).Is(201);
            (await host.Approver.Post($"{path}/grant/requisitions/{number}/attestation")).Is(200);
            (await host.Finance.Post($"{path}/grant/requisitions/{number}/dispatch")).Is(200);
            (await host.Payer.Post($"{path}/grant/requisitions/{number}/receipt")).Is(200);
        }
    }
}
