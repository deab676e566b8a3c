using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>What the pages about money say where somebody who is new to them has stumbled.</summary>
public sealed class MoneyWordsTests : IAsyncLifetime
{
    RunningHost host = null!;
    string agreement = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start("2014-08-20");
        agreement = await Money2014.Requisitioned(host);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    async Task<string> Page(string person, string path)
    {
        using var caller = await PageCaller.SignIn(host, person);
        return (await caller.Get($"/{agreement}{path}")).Text;
    }

    static string Form(string page, string action) => page[page.IndexOf($"method=\"post\" action=\"{action}\"", StringComparison.Ordinal)..] is var from ? from[..from.IndexOf("</form>", StringComparison.Ordinal)] : "";

    async Task At(string day) => (await host.Admin.Post("simulation/clock", new { now = day })).Is(200);

    // 3 687 550,83 used of 4 000 000: 312 449,17 unspent, of which 312 449 kr is paid back.
    async Task Spent()
    {
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "in", paidOn = "2014-08-20", amount = 4_000_000, reference = "KAMK", requisition = 1 })).Is(201);
        (await host.Finance.Post($"{agreement}/grant/adjustments", new { kind = "correction", amount = 3_687_550.83m, period = new { from = "2014-07-01", to = "2014-07-31" }, reason = "Kostnader" })).Is(201);
        (await host.Approver.Post($"{agreement}/grant/adjustments/1/attestation")).Is(200);
    }

    [Fact]
    public async Task A_statement_is_proposed_for_the_days_of_the_obligation_that_one_came_from()
    {
        await At("2017-02-01");
        var obligation = await Page("farid.falk", "/obligations/financial-statement");
        Assert.Contains($"/{agreement}/grant/statements?for=financial-statement#prepare", obligation, StringComparison.Ordinal);
        var form = Form(await Page("farid.falk", "/grant/statements?for=financial-statement"), $"/{agreement}/grant/statements/annual");
        Assert.Contains("value=\"2015-01-01\"", form, StringComparison.Ordinal);
        Assert.Contains("value=\"2015-12-31\"", form, StringComparison.Ordinal);
        // From nowhere in particular it is last year.
        Assert.Contains("value=\"2016-01-01\"", Form(await Page("farid.falk", "/grant/statements"), $"/{agreement}/grant/statements/annual"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attesting_a_statement_shows_its_opening_balance_and_once_attested_who_hands_it_in()
    {
        await Spent();
        await At("2016-05-10");
        (await host.Finance.Post($"{agreement}/grant/statements", new { kind = "annual", period = new { from = "2015-01-01", to = "2015-12-31" } })).Is(201);
        var attest = await Page("astrid.alm", "/grant/statements/1");
        var decision = attest[attest.IndexOf("id=\"attest\"", StringComparison.Ordinal)..attest.IndexOf("/grant/statements/1/attestation", StringComparison.Ordinal)];
        Assert.Matches("Ingående balans</th>\\s*<td[^>]*>312\u00A0449,17\u00A0kr", decision);
        Assert.Contains("Nästa steg: Astrid Alm attesterar.", await Page("lena.lind", "/grant/statements/1"), StringComparison.Ordinal);
        (await host.Approver.Post($"{agreement}/grant/statements/1/attestation")).Is(200);

        Assert.Contains("Nästa steg: redovisningen är attesterad, och Lena Lind, Farid Falk, Astrid Alm lämnar in den.", await Page("lena.lind", "/obligations/financial-statement"), StringComparison.Ordinal);
        Assert.Contains($"/{agreement}/obligations/financial-statement?statement=1#mine", await Page("lena.lind", "/obligations/financial-statement"), StringComparison.Ordinal);
        var approver = await Page("astrid.alm", "/obligations/financial-statement");
        Assert.Contains("Det här lämnas in av Lena Lind, Farid Falk. Du får också lämna in, men det väntar inte på dig.", approver, StringComparison.Ordinal);
        Assert.Matches("<details class=\"act\"[^>]*>\\s*<summary>Lämna in", approver);
        Assert.DoesNotContain("Du får också lämna in", await Page("farid.falk", "/obligations/financial-statement"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repayment_shows_its_account_and_says_why_öre_are_left()
    {
        await Spent();
        (await host.Finance.Post($"{agreement}/grant/repayments", new { amount = 312_449, reference = "ÅTER", bankgiro = "5050-1055", plusgiro = "4-2" })).IsProblem(422, "one-account");
        (await host.Finance.Post($"{agreement}/grant/repayments", new { amount = 312_449, reference = "ÅTER", bankgiro = "5050-1055" })).Is(201);
        var attest = await Page("astrid.alm", "/grant/payments");
        Assert.Contains("Bankgiro 5050-1055", attest, StringComparison.Ordinal);
        Assert.Contains("avrundas till hela kronor: 1–49 öre nedåt, 50–99 öre uppåt (lagen 1970:1029). Skillnaden, 0,17\u00A0kr,", attest, StringComparison.Ordinal);
        (await host.Approver.Post($"{agreement}/grant/repayments/1/attestation")).Is(200);
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "out", paidOn = "2014-08-20", amount = 312_449, reference = "ÅTER" })).Is(201);
        foreach (var path in (string[])["/grant", "/grant/settlement"])
            Assert.Contains("(lagen 1970:1029)", await Page("farid.falk", path), StringComparison.Ordinal);
        // The next one goes where the last one went.
        Assert.Contains("value=\"5050-1055\"", Form(await Page("farid.falk", "/grant/payments?repay"), $"/{agreement}/grant/repayments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_account_is_asked_for_and_a_payment_before_the_payer_has_received_the_requisition_is_spoken_of()
    {
        var other = await Posted.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var form = Form((await finance.Get($"/{other}/grant/requisitions")).Text, $"/{other}/grant/requisitions");
        Assert.Contains("ange antingen bankgiro eller plusgiro", form, StringComparison.Ordinal);
        var account = form[form.IndexOf("ange antingen bankgiro", StringComparison.Ordinal)..form.IndexOf("</fieldset>", StringComparison.Ordinal)];
        Assert.DoesNotContain("valfri", account, StringComparison.Ordinal);

        (await host.Finance.Post($"{other}/grant/requisitions", Posted.Requisition())).Is(201);
        (await host.Approver.Post($"{other}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{other}/grant/requisitions/1/dispatch")).Is(200);
        Assert.Contains("Rekvisitionen har kommit in, men Kammarkollegiet har inte registrerat den som inkommen för utbetalning. En betalning kan komma ändå", (await finance.Get($"/{other}/grant/requisitions")).Text, StringComparison.Ordinal);
        (await host.Payer.Post($"{other}/grant/requisitions/1/receipt")).Is(200);
        Assert.DoesNotContain("har inte registrerat den som inkommen", (await finance.Get($"/{other}/grant/requisitions")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_sees_what_was_submitted_alone_is_told_so_where_the_figures_stand()
    {
        await Spent();
        const string Told = "Förbrukat är det som står i redovisningar som har lämnats in.";
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        foreach (var path in (string[])["/", $"/{agreement}", $"/{agreement}/grant", $"/{agreement}/grant/reconciliation"])
            Assert.Contains(Told, (await payer.Get(path)).Text, StringComparison.Ordinal);
        (await host.Finance.Post($"{agreement}/grant/payments", new { direction = "out", paidOn = "2014-08-20", amount = 1, reference = "ÅTER" })).Is(201);
        Assert.Contains(Told, (await payer.Get($"/{agreement}/grant/payments")).Text, StringComparison.Ordinal);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        Assert.DoesNotContain(Told, (await finance.Get("/")).Text + (await finance.Get($"/{agreement}/grant")).Text, StringComparison.Ordinal);
    }
}
