using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>What a statement's page says of where its figures come from, and to what it can be delivered.</summary>
public class StatementPageTests(SharedHost shared)
{
    static readonly object year2015 = new { from = "2015-01-01", to = "2015-12-31" };

    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task Costs_that_are_booked_and_accrued_are_told_apart_and_warned_of_before_anybody_attests_them()
    {
        var agreement = await Money2014.Requisitioned(host);
        (await host.Finance.Post($"{agreement}/grant/adjustments", new { kind = "accrual", amount = 3_274_180, period = year2015, reason = "Kostnader 2015 enligt bokslutet" })).Is(201);
        (await host.Approver.Post($"{agreement}/grant/adjustments/1/attestation")).Is(200);
        var import = (await host.Finance.ImportLedger(agreement, Fixture.Ledger)).Is(201).Text("importId");
        (await host.Finance.Post($"{agreement}/grant/statements", new { kind = "annual", period = year2015 })).Is(201);
        using var approver = await PageCaller.SignIn(host, "astrid.alm");

        const string warning = "Justeringar som lägger till 3\u00A0274\u00A0180\u00A0kr för en tid då huvudboken har 3\u00A0687\u00A0550\u00A0kr";
        var page = (await approver.Get($"/{agreement}/grant/statements/1")).Text;
        Assert.InRange(page.IndexOf(warning, StringComparison.Ordinal), 0, page.IndexOf("/attestation\"", StringComparison.Ordinal));
        Assert.Contains("är 3\u00A0687\u00A0550\u00A0kr bokfört och 3\u00A0274\u00A0180\u00A0kr i attesterade justeringar och beslut.", page, StringComparison.Ordinal);
        var sources = page[page.IndexOf("id=\"sources\"", StringComparison.Ordinal)..];
        Assert.InRange(sources.IndexOf("+3\u00A0274\u00A0180\u00A0kr", StringComparison.Ordinal), sources.IndexOf("3\u00A0687\u00A0550\u00A0kr", StringComparison.Ordinal), 2000);
        Assert.Contains(warning, (await approver.Get($"/{agreement}/grant/ledger/{import}")).Text, StringComparison.Ordinal);
        var stated = (await host.Finance.Get($"{agreement}/grant/statements/1")).Is(200);
        Assert.Equal((3_687_550m, 3_274_180m, 0m), (stated.Number("costSources.booked"), stated.Number("costSources.adjusted"), stated.Number("costSources.disallowed")));

        // Accepted with a reason, it is no more in the way; the checks still say it.
        (await host.Approver.Post($"{agreement}/grant/reconciliation/costs-told-once/waiver", new { reason = "Bokförs först i januari" })).Is(200);
        var accepted = (await approver.Get($"/{agreement}/grant/statements/1")).Text;
        Assert.True(accepted.IndexOf(warning, StringComparison.Ordinal) > accepted.IndexOf("id=\"checks\"", StringComparison.Ordinal));
        Assert.Contains("Godtagen", accepted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_offered_to_the_year_that_it_is_of_alone()
    {
        var agreement = await Fixture.Agreement(host);
        (await host.Finance.Post($"{agreement}/grant/statements", new { kind = "annual", period = year2015 })).Is(201);
        (await host.Approver.Post($"{agreement}/grant/statements/1/attestation")).Is(200);
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        Assert.Equal([true, false], await Offered());
        Assert.Contains("<option value=\"1\"", (await finance.Get($"/{agreement}/obligations/financial-statement-2017")).Text, StringComparison.Ordinal);
        (await host.Finance.Post($"{agreement}/obligations/financial-statement-2016/submissions", new { summary = "2015", documents = Array.Empty<string>(), statement = 1 })).Is(201);

        Assert.Equal([false, false], await Offered());
        Assert.DoesNotContain("<option value=\"1\"", (await finance.Get($"/{agreement}/obligations/financial-statement-2017")).Text, StringComparison.Ordinal);
        (await host.Finance.Post($"{agreement}/obligations/financial-statement-2017/submissions", new { summary = "2015", documents = Array.Empty<string>(), statement = 1 })).IsProblem(409, "statement-delivered");

        async Task<IEnumerable<bool>> Offered()
        {
            var page = (await finance.Get($"/{agreement}/grant/statements/1")).Text;
            return Enumerable.Range(2016, 2).Select(year => page.Contains($"/obligations/financial-statement-{year}?statement=1", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_not_due_yet_is_not_said_to_agree_and_costs_that_nobody_has_accepted_are_not_called_so()
    {
        var agreement = await Money2014.Requisitioned(host);
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 4_000_000, reference = "1", requisition = 1 })).Is(201);
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        var checks = (await finance.Get($"/{agreement}/grant/reconciliation")).Text;
        var row = checks[checks.IndexOf("Ej förbrukade medel är återbetalda i tid", StringComparison.Ordinal)..];
        Assert.Contains("Inte aktuellt än", row[..row.IndexOf("</tr>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("Kostnader hittills", (await finance.Get($"/{agreement}/grant/settlement")).Text, StringComparison.Ordinal);
        Assert.True((await host.Finance.Get($"{agreement}/grant/reconciliation")).Is(200).At("checks").EnumerateArray().Single(c => c.Text("rule") == "repaid-in-time").At("notYet").GetBoolean());

        (await host.Finance.Post($"{agreement}/grant/statements", new { kind = "final" })).Is(201);
        (await host.Approver.Post($"{agreement}/grant/statements/1/attestation")).Is(200);
        (await host.Finance.Post($"{agreement}/obligations/final-accounts/submissions", new { summary = "Slutlig", documents = Array.Empty<string>(), statement = 1 })).Is(201);
        Assert.Contains("Redovisade kostnader", (await finance.Get($"/{agreement}/grant/settlement")).Text, StringComparison.Ordinal);
        (await host.Officer.Post($"{agreement}/obligations/final-accounts/submissions/1/acceptance", new { })).Is(200);
        Assert.Contains("Godkända kostnader", (await finance.Get($"/{agreement}/grant/settlement")).Text, StringComparison.Ordinal);
    }
}
