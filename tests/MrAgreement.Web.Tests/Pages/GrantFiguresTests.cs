using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>Every figure about the money leads to what it is made of, and to nothing that is not there for whoever looks.</summary>
public partial class GrantFiguresTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Theory]
    [InlineData("farid.falk", true)]
    [InlineData("erik.ek", true)]
    [InlineData("rut.ros", false)]
    public async Task A_paid_grant_leads_from_its_sums_to_payments_and_rows(string person, bool seesMore)
    {
        var agreement = await Money2014.Requisitioned(host);
        (await host.Finance.ImportLedger(agreement, Fixture.Ledger)).Is(201);
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 4_000_000, reference = "A2014/2289/DISK" })).Is(201);

        var page = await Followed(person, agreement, ["/grant", "", "/grant/payments", "/grant/requisitions", "/grant/settlement"]);

        Assert.Equal(seesMore, page.Contains($"href=\"/{agreement}/grant/settlement\"", StringComparison.Ordinal));
        foreach (var amount in (string[])["4\u00A0000\u00A0000\u00A0kr", "3\u00A0687\u00A0550\u00A0kr", "312\u00A0450\u00A0kr"])
            Assert.Equal(seesMore, Regex.IsMatch(page, $"<a href=\"[^\"]+\">{amount}</a>"));
        Assert.Equal(person == "farid.falk", page.Contains("/grant/ledger/rows?category=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_paid_back_is_told_wherever_it_is_told_what_remains()
    {
        var agreement = await Money2014.Requisitioned(host);
        (await host.Finance.ImportLedger(agreement, Fixture.Ledger)).Is(201);
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 4_000_000, reference = "A2014/2289/DISK" })).Is(201);
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var before = (await lead.Get($"/{agreement}/grant")).Text;
        Assert.Contains("Mottaget, ej förbrukat", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Återbetalt och avrundat", before, StringComparison.Ordinal);

        (await host.Finance.Post($"{agreement}/grant/repayments", new { amount = 312_450, reference = Money2014.Repayment })).Is(201);
        (await host.Approver.Post($"{agreement}/grant/repayments/1/attestation")).Is(200);
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "out", paidOn = "2014-06-13", amount = 312_450, reference = Money2014.Repayment })).Is(201);

        var page = (await lead.Get($"/{agreement}/grant")).Text;
        Assert.Contains("3\u00A0687\u00A0550\u00A0kr är förbrukat och 312\u00A0450\u00A0kr är återbetalt. 0\u00A0kr återstår av det mottagna.", page, StringComparison.Ordinal);
        Assert.Contains("Återbetalt och avrundat", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Mottaget, ej förbrukat", page, StringComparison.Ordinal);
        Assert.Equal((312_450m, 0m), ((await host.Lead.Get($"{agreement}/grant")).Is(200) is var grant ? (grant.Number("instalments.0.repaidComputed"), grant.Number("balances.remaining")) : default));
    }

    [Fact]
    public async Task A_cost_that_no_row_has_leads_to_the_adjustment_that_added_it()
    {
        var agreement = await Money2014.Requisitioned(host);
        await Accrued("konsulter", 812_450.50m, 1);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        Assert.Matches($"<a href=\"/{agreement}/grant/adjustments#adjustment-1\">812\u00A0450,50\u00A0kr</a>", (await finance.Get($"/{agreement}/grant")).Text);

        // Beside rows of the ledger both are named, and what may count twice stands beside what is used.
        (await host.Finance.ImportLedger(agreement, Fixture.Ledger)).Is(201);
        await Accrued("resor", 1_000, 2, year: 2015);
        var page = (await finance.Get($"/{agreement}/grant")).Text;
        Assert.Matches("3\u00A0400\u00A0kr<span class=\"even\"></span>\\s*<br><a href=\"[^\"]+/ledger/rows\\?category=resor[^\"]*\" class=\"quiet\">Huvudbok</a>\\s*<br><a href=\"[^\"]+#adjustment-2\" class=\"quiet\">Justering 2</a>", page);
        Assert.Contains("Justeringar som lägger till", page.Split("id=\"grant\"")[1].Split("class=\"way")[0], StringComparison.Ordinal);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.DoesNotContain("lägger till", (await officer.Get($"/{agreement}/grant")).Text, StringComparison.Ordinal);

        async Task Accrued(string category, decimal amount, int number, int year = 2014)
        {
            (await host.Finance.Post($"{agreement}/grant/adjustments", new { kind = "accrual", amount, period = new { from = $"{year}-01-01", to = $"{year}-12-31" }, reason = "Upplupet", category })).Is(201);
            (await host.Approver.Post($"{agreement}/grant/adjustments/{number}/attestation")).Is(200);
        }
    }

    [Theory]
    [InlineData("farid.falk@LST-T")]
    [InlineData("farid.falk@LST-C")]
    [InlineData("erik.ek")]
    public async Task A_shared_grant_leads_from_its_sums_to_allocations_and_reports(string person)
    {
        var agreement = await Boards2024.Attested(host);

        var page = await Followed(person, agreement, ["/grant", "", "/grant/adjustments", "/grant/allocations", "/grant/allocations/1", "/grant/allocation-reports", "/grant/compilation"]);

        Assert.Matches("<a href=\"[^\"]+/grant/compilation\\?year=2024&category=verksamhetsmedel#entries\">300\u00A0000,50\u00A0kr</a>", page);
    }

    // Gets every place that the pages lead to, and answers with the first page.
    async Task<string> Followed(string person, string agreement, IReadOnlyList<string> places)
    {
        using var caller = await PageCaller.SignIn(host, person);
        var (first, broken) = ("", new List<string>());
        foreach (var place in places)
        {
            var page = await caller.Get($"/{agreement}{place}");
            if (page.Status == 404)
                continue;
            first = first.Length == 0 ? page.Text : first;
            foreach (var href in Links().Matches(page.Text).Select(link => link.Groups[1].Value).Distinct())
                if (href.StartsWith('#') ? !page.Text.Contains($"id=\"{href[1..]}\"", StringComparison.Ordinal) : href.StartsWith($"/{agreement}", StringComparison.Ordinal) && !await Leads(caller, href))
                    broken.Add($"{place}: {href}");
        }
        Assert.Empty(broken);
        return first;
    }

    static async Task<bool> Leads(PageCaller caller, string href)
    {
        var (path, place) = href.Split('#') is [var before, var after] ? (before, after) : (href, null);
        var page = await caller.Get(path);
        return page.Status == 200 && (place is null || page.Text.Contains($"id=\"{place}\"", StringComparison.Ordinal));
    }

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Links();
}
