using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>What the forms about money on the agreement's page take.</summary>
public class GrantFormTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task A_requisition_says_the_period_that_the_money_is_for_whole_or_not_at_all()
    {
        var agreement = await Posted.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        var half = await Requisition("2014-07-01", "");
        Assert.Equal(422, half.Status);
        Assert.Contains("href=\"#grant-requisitions-period-to\"", half.Text, StringComparison.Ordinal);
        var done = await Requisition("2014-07-01", "2014-12-31");
        Assert.Equal(200, done.Status);
        var stored = (await host.Finance.Get($"{agreement}/grant/requisitions/1")).Is(200);
        Assert.Equal(("2014-07-01", "2014-12-31"), (stored.Text("period.from"), stored.Text("period.to")));
        Assert.Matches("Avser:[^–]*2014-07-01[^–]*–[^–]*2014-12-31", done.Text);

        async Task<PageAnswer> Requisition(string from, string to) => await finance.Send($"/{agreement}", $"/{agreement}/grant/requisitions",
            ("version", (await host.Finance.Get($"{agreement}/grant")).ETag!.Trim('"')), ("instalment", "first"), ("amount", "1 000"), ("bankgiro", "5050-1055"), ("plusgiro", ""), ("reference", "Fi2014/1"), ("period/from", from), ("period/to", to));
    }

    [Fact]
    public async Task A_cost_category_has_the_name_that_it_was_given()
    {
        var agreement = await Posted.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var page = $"/{agreement}/grant/categories";
        async Task<PageAnswer> Save(params (string, string)[] lines) => await finance.Send(page, page, [("version", (await host.Finance.Get($"{agreement}/grant")).ETag!.Trim('"')), .. lines]);

        var done = await Save(("lines/0/category", "Resor och logi"), ("lines/0/accounts", "5800-5899"), ("lines/1/category", "övrigt"), ("lines/1/accounts", "6990"));
        Assert.Equal(200, done.Status);
        Assert.Contains("Konton för Resor och logi", done.Text, StringComparison.Ordinal);
        var lines = (await host.Finance.Get($"{agreement}/grant/categories")).Is(200).At("lines");
        Assert.Equal(("resor-och-logi", "Resor och logi", "övrigt"), (lines[0].Text("category"), lines[0].Text("title"), lines[1].Text("category")));

        // Known ones keep their keys and names when their accounts change.
        Assert.Equal(200, (await Save(("lines/0/known", "true"), ("lines/0/category", "resor-och-logi"), ("lines/0/title", "Resor och logi"), ("lines/0/accounts", "5800-5810"))).Status);
        Assert.Equal("Resor och logi", (await host.Finance.Get($"{agreement}/grant/categories")).Is(200).Text("lines.0.title"));
        Assert.Contains("Skriv ett namn med bokstäver eller siffror", (await Save(("lines/0/category", "!"), ("lines/0/accounts", "5800"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cost_category_without_accounts_or_with_those_of_another_is_refused_beside_its_field()
    {
        var agreement = await Posted.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var page = $"/{agreement}/grant/categories";
        async Task<PageAnswer> Save(params (string, string)[] lines) => await finance.Send(page, page, [("version", (await host.Finance.Get($"{agreement}/grant")).ETag!.Trim('"')), .. lines]);

        var bare = await Save(("lines/0/category", "Konsulter"), ("lines/0/accounts", ""));
        Assert.Equal(422, bare.Status);
        Assert.Contains("Konton för Konsulter: Ange minst ett konto.", Plain(bare.Text), StringComparison.Ordinal);
        Assert.Contains("value=\"Konsulter\"", bare.Text, StringComparison.Ordinal);

        Assert.Equal(200, (await Save(("lines/0/category", "Personal"), ("lines/0/accounts", "7000-7699"))).Status);
        var twice = await Save(
            ("lines/0/known", "true"), ("lines/0/category", "personal"), ("lines/0/title", "Personal"), ("lines/0/accounts", "7000-7699"),
            ("lines/1/category", "personal"), ("lines/1/accounts", "7510"));
        Assert.Equal(422, twice.Status);
        Assert.Contains("Namn: Namnet används redan. Välj ett annat.", Plain(twice.Text), StringComparison.Ordinal);
        Assert.Contains("Konton för personal: 7510 hör redan till Personal.", Plain(twice.Text), StringComparison.Ordinal);

        // What people have named is marked as Swedish beside the field too.
        await finance.Send("/", "/language", ("language", "en"), ("returnUrl", "/"));
        var english = await Save(("lines/0/category", "Personal"), ("lines/0/accounts", "7000-7699"), ("lines/1/category", "Resor"), ("lines/1/accounts", "7510"));
        Assert.Matches("class=\"fault\"[^§]*7510 already belongs to <span lang=\"sv\">Personal</span>.", english.Text);
    }

    [Fact]
    public async Task What_ends_before_it_begins_is_mended_at_its_end_and_a_sum_of_the_budget_where_it_stands()
    {
        var agreement = await Money2014.Requisitioned(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var version = (await host.Finance.Get($"{agreement}/grant")).ETag!.Trim('"');

        var reversed = await finance.Send($"/{agreement}", $"/{agreement}/grant/adjustments",
            ("version", version), ("kind", "Accrual"), ("amount", "1"), ("period/from", "2014-05-10"), ("period/to", "2014-05-01"), ("voucher", ""), ("category", ""), ("reason", "Upplupet"));
        Assert.Contains("<a href=\"#grant-adjustments-period-to\">Till och med: Ange 10 maj 2014 eller senare.</a>", Plain(reversed.Text, keepLinks: true), StringComparison.Ordinal);

        var budget = await finance.Send($"/{agreement}/grant/budget", $"/{agreement}/grant/budget/lines", ("version", version), ("amount/personal/2014", "mycket"), ("amount/resor/2015", "-1"));
        Assert.Contains("personal 2014: Skriv beloppet i kronor", Plain(budget.Text), StringComparison.Ordinal);
        Assert.Contains("resor 2015: Ange noll eller ett positivt belopp.", Plain(budget.Text), StringComparison.Ordinal);
    }

    // What the list of what to mend says.
    static string Plain(string page, bool keepLinks = false) =>
        page.Split("class=\"errors\"")[1].Split("</section>")[0] is var errors && keepLinks ? errors : System.Text.RegularExpressions.Regex.Replace(errors, "<[^>]+>", "");

    [Fact]
    public async Task A_decision_on_an_instalment_brings_its_conditions_and_its_appropriation()
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        // Nothing has touched the money since the terms stated it.
        var stated = (await host.Officer.Get($"{agreement}/grant")).ETag!.Trim('"');

        var before = (await officer.Get($"/{agreement}/grant")).Text;
        Assert.Contains("Villkor: Riksdagen anvisar medel. Villkoret är inte uppfyllt än", Plain(before), StringComparison.Ordinal);
        Assert.Contains("Villkor: Riksdagen anvisar medel. Med det här beslutet registreras att villkoret är uppfyllt.", Plain(before), StringComparison.Ordinal);
        var half = await Release("1", "");
        Assert.Equal(422, half.Status);
        Assert.Contains("Anslag: ", half.Text, StringComparison.Ordinal);
        var done = await Release("1", "6:1");
        Assert.Equal(200, done.Status);
        Assert.Matches("id=\"done\"[^>]*><strong>Sparat.</strong> Du registrerade att årsbelopp second", done.Text);
        var second = (await host.Officer.Get($"{agreement}/grant")).Is(200).At("instalments.1");
        Assert.Equal(("released", "6:1", "Senast i mars", "Med revisorsintyg"), (second.Text("status"), second.Text("appropriation.item"), second.Text("release.conditions.0"), second.Text("release.conditions.1")));

        static string Plain(string html) => System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", "");

        async Task<PageAnswer> Release(string area, string item) => await officer.Send($"/{agreement}", $"/{agreement}/grant/instalments/second/release",
            ("version", stated), ("decidedOn", "2014-06-13"), ("reference", "Beslut 1"), ("amount", ""), ("requisitionDueOn", "2014-12-01"),
            ("riksdagReference", ""), ("conditions", "Senast i mars\r\n\r\nMed revisorsintyg"), ("appropriation/area", area), ("appropriation/item", item), ("appropriation/post", ""), ("repayBy", ""));
    }
}
