using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

public class SettlementPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task The_officer_disallows_a_cost_on_the_page_and_the_figures_follow()
    {
        var agreement = await Money2014.Requisitioned(host);
        (await host.Finance.ImportLedger(agreement, Fixture.Ledger)).Is(201);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var page = $"/{agreement}/grant/settlement";
        // Two years before its day the final accounts wait for nobody.
        var early = (await finance.Get(page)).Text;
        Assert.Contains("Det finns inget att göra än. Den slutliga ekonomiska redovisningen ska lämnas in senast 1 september 2016.", early, StringComparison.Ordinal);
        Assert.Contains("Att betala tillbaka om projektet slutade i dag", early, StringComparison.Ordinal);
        Assert.DoesNotContain("Nästa steg", early, StringComparison.Ordinal);

        var tooMuch = await Disallow(officer, agreement, "4 000 000");
        Assert.Equal(409, tooMuch.Status);
        Assert.Contains("value=\"4 000 000\"", tooMuch.Text, StringComparison.Ordinal);
        var done = await Disallow(officer, agreement, "2 400,50");

        Assert.Equal(200, done.Status);
        Assert.Contains("id=\"disallowance-1\"", done.Text, StringComparison.Ordinal);
        Assert.Contains("2\u00A0400,50\u00A0kr", done.Text, StringComparison.Ordinal);
        Assert.Equal(2400.5m, (await host.Officer.Get($"{agreement}/grant/settlement")).Is(200).Number("disallowed"));
        Assert.DoesNotContain("/settlement/disallowances\"", (await finance.Get(page)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2,400.50", 2400.5)]
    [InlineData("1,002,400.5", 1002400.5)]
    [InlineData("2 400,50 kr", 2400.5)]
    public async Task An_amount_is_read_as_the_hint_of_either_language_writes_it(string typed, double amount)
    {
        var agreement = await Money2014.Requisitioned(host);
        (await host.Finance.ImportLedger(agreement, Fixture.Ledger)).Is(201);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Equal(200, (await Disallow(officer, agreement, typed)).Status);
        Assert.Equal((decimal)amount, (await host.Officer.Get($"{agreement}/grant/settlement")).Is(200).Number("disallowed"));
    }

    [Fact]
    public async Task More_repaid_than_there_was_is_explained_and_what_only_one_side_knows_of_stands_apart()
    {
        var agreement = await Money2014.Requisitioned(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var page = $"/{agreement}/grant/settlement";
        Assert.DoesNotContain("Mer är återbetalt", (await finance.Get(page)).Text, StringComparison.Ordinal);
        (await host.Finance.Post($"{agreement}/grant/payments", new { direction = "out", paidOn = "2014-06-13", amount = 1000, reference = "ÅTER" })).Is(201);

        var shown = (await finance.Get(page)).Text;
        Assert.Contains("Mer är återbetalt än det som fanns att återbetala: −1\u00A0000\u00A0kr återstår", shown, StringComparison.Ordinal);
        Assert.Contains("Varav bara den ena parten har registrerat</th><td class=\"number\">(−1\u00A0000\u00A0kr)", shown, StringComparison.Ordinal);
        Assert.Contains("Mer är återbetalt än", (await finance.Get($"/{agreement}/grant")).Text, StringComparison.Ordinal);

        (await host.Payer.Post($"{agreement}/grant/payments/1/confirmation", new { paidOn = "2014-06-13", reference = "KAMK 1" })).Is(200);
        Assert.DoesNotContain("Varav bara den ena parten", (await finance.Get(page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_öre_that_are_left_lead_to_an_adjustment_that_is_filled_in()
    {
        var agreement = await Money2014.Requisitioned(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        var page = (await finance.Get($"/{agreement}/grant/adjustments?rounding=0,50")).Text;
        var form = page[page.IndexOf("id=\"grant-adjustments-form\"", StringComparison.Ordinal)..] is var rest ? rest[..rest.IndexOf("</form>", StringComparison.Ordinal)] : "";

        foreach (var filled in (string[])["<option value=\"Rounding\" selected", "value=\"0,50\"", "name=\"period/to\" type=\"date\" value=\"2014-06-13\"", ">Öresavrundning</textarea>"])
            Assert.Contains(filled, form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_see_the_money_has_no_settlement_page_and_who_may_not_decide_is_refused()
    {
        var agreement = await Money2014.Requisitioned(host);
        var page = $"/{agreement}/grant/settlement";
        using var reader = await PageCaller.SignIn(host, "rut.ros");
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        Assert.Equal(403, (await reader.Get(page)).Status);
        Assert.Equal(403, (await Disallow(finance, agreement, "1")).Status);
    }

    async Task<PageAnswer> Disallow(PageCaller by, string agreement, string amount)
    {
        var version = (await host.Officer.Get($"{agreement}/grant")).ETag!.Trim('"');
        return await by.Send($"/{agreement}/grant/settlement", $"/{agreement}/grant/settlement/disallowances",
            ("version", version), ("amount", amount), ("decidedOn", "2014-06-13"), ("reference", "Beslut 7"), ("reason", "Resan rör ett annat projekt."), ("repayBy", ""), ("category", "resor"));
    }
}
