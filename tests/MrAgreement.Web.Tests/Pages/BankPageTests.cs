using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

public partial class BankPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task A_transaction_that_was_put_aside_is_taken_back_on_the_page()
    {
        var agreement = await Fixture.Agreement(host);
        var import = (await host.Finance.ImportBank(agreement, Fixture.BankFile)).Is(201).Text("importId");
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var page = $"/{agreement}/grant/bank/{import}";
        var aside = await finance.Send(page, $"{page}/transactions/3/dismissal", await Version(), ("reason", "Avser annat"));
        Assert.Contains("Undanlagda: 1.", aside.Text, StringComparison.Ordinal);
        Assert.Contains("Ta tillbaka", aside.Text, StringComparison.Ordinal);

        var back = await finance.Send(page, $"{page}/transactions/3/reopening", await Version());

        Assert.Contains("Undanlagda: 0.", back.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ta tillbaka", back.Text, StringComparison.Ordinal);
        Assert.Contains("tog tillbaka undanläggningen av transaktion 3 i en bankfil", (await finance.Get($"/{agreement}/log")).Text, StringComparison.Ordinal);

        // As the page holds it in its forms.
        async Task<(string, string)> Version() => ("version", Written().Match((await finance.Get(page)).Text).Groups[1].Value);
    }

    [Fact]
    public async Task A_transaction_leads_to_the_form_that_records_it_by_hand_filled_in()
    {
        var agreement = await Fixture.Agreement(host);
        var import = (await host.Finance.ImportBank(agreement, Fixture.BankFile)).Is(201).Text("importId");
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var page = (await finance.Get($"/{agreement}/grant/bank/{import}")).Text;
        Assert.DoesNotMatch("Transaktion [0-9]+, rad", page);
        Assert.DoesNotContain("Inget datum", page, StringComparison.OrdinalIgnoreCase);
        var link = ByHand().Match(page).Groups[1].Value;

        var form = (await finance.Get(link[..link.IndexOf('#', StringComparison.Ordinal)])).Text;

        Assert.Contains($"id=\"{link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..]}\"", form, StringComparison.Ordinal);
        form = form[form.IndexOf($"action=\"/{agreement}/grant/payments\"", StringComparison.Ordinal)..];
        Assert.Matches("<option value=\"(In|Out)\" selected", form);
        Assert.Matches("name=\"amount\" type=\"text\" value=\"[0-9\u00A0,]+\"", form);
        Assert.Matches("name=\"paidOn\" type=\"date\" value=\"201[0-9]-[0-9-]{5}\"", form);
    }

    [GeneratedRegex("<a href=\"([^\"]+)\">Registrera betalningen för hand")]
    private static partial Regex ByHand();

    [GeneratedRegex("name=\"version\" value=\"([0-9]+)\"")]
    private static partial Regex Written();
}
