using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>What a statement has used is the sum of its lines, wherever it is read; what stands outside the categories has lines of its own.</summary>
public class StatementLinesTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    // 1 000 000 received, 3 687 550 booked in 2015 and 2 400,50 before the agreement.
    async Task<string> Overspent()
    {
        var agreement = await Money2014.Requisitioned(host);
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 1_000_000, reference = "1", requisition = 1 })).Is(201);
        (await host.Finance.ImportLedger(agreement, Fixture.Ledger)).Is(201);
        var early = (await host.Finance.Post($"{agreement}/grant/adjustments", new { kind = "accrual", amount = 2400.5m, period = new { from = "2014-06-01", to = "2014-06-12" }, category = "resor", reason = "Resor före" })).Is(201);
        Assert.Equal(["adjustment-outside-agreement"], early.At("warnings").EnumerateArray().Select(w => w.Text("rule")));
        (await host.Approver.Post($"{agreement}/grant/adjustments/1/attestation")).Is(200);
        return agreement;
    }

    [Fact]
    public async Task The_lines_add_up_in_the_answer_in_the_json_of_the_hash_and_on_the_page()
    {
        var agreement = await Overspent();
        var whole = new { kind = "annual", period = new { from = "2014-01-01", to = "2015-12-31" } };

        var stated = (await host.Finance.Post($"{agreement}/grant/statements", whole)).Is(201);

        Assert.Equal((1_000_000m, 1_000_000m), (stated.Number("used"), stated.At("usedByCategory").EnumerateArray().Sum(l => l.Number("amount"))));
        Assert.Equal(["outside-period 2400.5", "konsulter 187500", "personal 3497650", "resor 2400", "beyond-grant -2689950.5"],
            stated.At("usedByCategory").EnumerateArray().Select(l => $"{l.Text("category")} {l.Number("amount"):0.##}"));
        Assert.Equal("ok", stated.At("checks").EnumerateArray().Single(c => c.Text("rule") == "used-is-the-sum").Text("outcome"));
        var json = (await host.Finance.Get($"{agreement}/grant/statements/1/content?format=json")).Is(200);
        Assert.Equal(1_000_000m, json.At("content.lines").EnumerateArray().Sum(l => l.Number("amount")));
        var csv = CsvText.Rows((await host.Finance.Get($"{agreement}/grant/statements/1/content?format=csv")).Bytes).Select(row => row[1..4]).ToList();
        Assert.Contains(["Kostnader utöver bidraget", "2015", "-2689950,50"], csv);
        Assert.Contains(["Kostnader utanför perioden", "2014", "2400,50"], csv);

        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var page = (await finance.Get($"/{agreement}/grant/statements/1")).Text;
        foreach (var said in (string[])["Kostnader utöver bidraget", "Kostnader utanför perioden", "Bidraget täcker dem inte.", "Överenskommelsen gäller kostnader 13 juni 2014–31 december 2016"])
            Assert.Contains(said, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_stand_beside_what_is_used_where_they_are_more()
    {
        var agreement = await Overspent();

        var balances = (await host.Officer.Get($"{agreement}/grant")).Is(200).At("balances");
        Assert.Equal((3_689_950.5m, 1_000_000m, 1_000_000m), (balances.Number("costs"), balances.Number("used"), balances.Number("received")));
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var page = (await officer.Get($"/{agreement}/grant")).Text.Replace('\u00A0', ' ');
        Assert.Contains("Projektet har kostat 3 689 950,50 kr. Bidraget täcker 1 000 000 kr av det, och 2 689 950,50 kr ryms inte i bidraget.", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Kostnader</dt>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_asks_about_an_accrual_of_days_outside_the_agreement_and_about_one_that_reaches_beyond_the_statement()
    {
        var agreement = await Money2014.Requisitioned(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        (string, string)[] accrual = [("kind", "Accrual"), ("amount", "100"), ("period/from", "2014-06-01"), ("period/to", "2015-01-31"), ("reason", "Periodisering")];

        var asked = await finance.Send($"/{agreement}", $"/{agreement}/grant/adjustments", [.. accrual, await Version()]);
        Assert.Equal(422, asked.Status);
        Assert.Contains("Justeringen gäller också andra dagar. Rätta perioden om kostnaden inte uppkom då.", asked.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await finance.Send($"/{agreement}", $"/{agreement}/grant/adjustments", [.. accrual, await Version(), ("sure", "true")])).Status);
        (await host.Approver.Post($"{agreement}/grant/adjustments/1/attestation")).Is(200);

        var statement = await finance.Send($"/{agreement}/grant/statements", $"/{agreement}/grant/statements/annual", await Version(), ("period/from", "2014-01-01"), ("period/to", "2014-12-31"));
        Assert.Contains("Justeringar som gäller dagar både i och utanför 1 januari 2014–31 december 2014: 1.", statement.Text, StringComparison.Ordinal);
        var stated = (await host.Finance.Post($"{agreement}/grant/statements", new { kind = "annual", period = new { from = "2014-01-01", to = "2014-12-31" } })).Is(201);
        Assert.Contains("statement-accruals-straddle", stated.At("warnings").EnumerateArray().Select(w => w.Text("rule")));

        async Task<(string, string)> Version() => ("version", (await host.Finance.Get($"{agreement}/grant")).ETag!.Trim('"'));
    }
}
