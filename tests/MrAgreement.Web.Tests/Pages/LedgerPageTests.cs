using System.Globalization;
using System.Text;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

public class LedgerPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task A_ledger_is_read_in_the_background_and_its_page_comes_when_it_is_done()
    {
        var agreement = await Fixture.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        var done = await Import(finance, agreement, Fixture.Bytes(Fixture.Ledger));

        Assert.Contains("Kostnader i filen: 3\u00A0687\u00A0550\u00A0kr", done.Text, StringComparison.Ordinal);
        Assert.Matches("id=\"done\"[^>]*><strong>Sparat.</strong> Du importerade huvudboksfilen", done.Text);
        Assert.Contains("Enligt SIE. Så här blir texten: Ej förbrukade bidrag", done.Text, StringComparison.Ordinal);
        Assert.Single(await host.Finance.All($"{agreement}/grant/ledger-imports"));
    }

    [Fact]
    public async Task A_file_that_breaks_off_comes_back_at_the_form_with_the_line_and_the_rule()
    {
        var agreement = await Fixture.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        var refused = await Import(finance, agreement, Fixture.Bytes(Fixture.TruncatedLedger));

        Assert.Contains("Inget har sparats", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Rad 63: ", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ledger-truncated", refused.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"P 2289\"", refused.Text, StringComparison.Ordinal);
        Assert.Empty(await host.Finance.All($"{agreement}/grant/ledger-imports"));
        // Whoever went elsewhere meanwhile finds it on the page, until the next one.
        Assert.Matches("Den senaste importen misslyckades[^\n]*/grant/ledger/in-progress/", (await finance.Get(Page(agreement))).Text);
        await Import(finance, agreement, Fixture.Bytes(Fixture.Ledger));
        Assert.DoesNotContain("Den senaste importen", (await finance.Get(Page(agreement))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_organisations_file_is_refused_with_both_numbers()
    {
        var agreement = await Posted.Agreement(host, Posted.Terms2014());
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        var refused = await Import(finance, agreement, Fixture.Bytes(Fixture.Ledger));

        Assert.Contains("Filen kommer från 555555-5555, men mottagaren av bidraget är 222000-0315.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_in_the_fields_is_said_before_the_file_is_read()
    {
        var agreement = await Fixture.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        var refused = await finance.Send(Page(agreement), Page(agreement), ("project", ""), ("dimension", "6"), ("accounts", "x"));

        Assert.Equal(422, refused.Status);
        Assert.Contains("Projektkod: Skriv en text på 1 till 100 tecken.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("inte ”x”.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Fil: Välj en fil.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_import_leaves_nothing_and_the_next_file_is_taken_in()
    {
        var agreement = await Fixture.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var progress = await finance.Send(Page(agreement), Page(agreement), ("long.se", LongLedger(300_000)), ("project", "P 2289"), ("dimension", "6"));
        Assert.Contains("/in-progress/", progress.Path, StringComparison.Ordinal);
        Assert.Contains("Avbryt importen", progress.Text, StringComparison.Ordinal);

        var cancelled = await finance.Send(progress.Path, $"{progress.Path}/cancellation");

        Assert.Contains("Importen avbröts. Ingenting sparades.", cancelled.Text, StringComparison.Ordinal);
        Assert.Empty(await host.Finance.All($"{agreement}/grant/ledger-imports"));
        Assert.Empty((await host.Finance.Get($"{agreement}/grant/ledger-imports/in-progress")).Is(200).EnumerateArray());
        Assert.Empty(await host.Finance.All($"{agreement}/grant/vouchers"));
        var next = await Import(finance, agreement, Fixture.Bytes(Fixture.Ledger));
        Assert.Contains("Kostnader i filen: 3\u00A0687\u00A0550\u00A0kr", next.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("erik.ek")]
    [InlineData("rut.ros")]
    [InlineData("petra.palm")]
    public async Task Only_the_recipients_own_people_see_the_ledger_and_the_bank_files(string person)
    {
        var agreement = await Fixture.Agreement(host);
        using (var finance = await PageCaller.SignIn(host, "farid.falk"))
            await Import(finance, agreement, Fixture.Bytes(Fixture.Ledger));
        using var other = await PageCaller.SignIn(host, person);

        Assert.DoesNotContain("Huvudbok", (await other.Get($"/{agreement}/grant")).Text, StringComparison.Ordinal);
        foreach (var page in (string[])["ledger", "ledger/rows", "bank"])
            Assert.Equal(403, (await other.Get($"/{agreement}/grant/{page}")).Status);
    }

    [Fact]
    public async Task A_reader_has_no_pages_about_the_money_and_no_ledger_over_http_either()
    {
        var agreement = await Fixture.Agreement(host);
        using (var finance = await PageCaller.SignIn(host, "farid.falk"))
            await Import(finance, agreement, Fixture.Bytes(Fixture.Ledger));
        using var reader = await PageCaller.SignIn(host, "rut.ros");

        foreach (var page in (string[])["categories", "budget", "statements", "reconciliation"])
            Assert.Equal(403, (await reader.Get($"/{agreement}/grant/{page}")).Status);
        Assert.Empty(await host.Reader.All($"{agreement}/grant/ledger-imports"));
        Assert.Empty(await host.Reader.All($"{agreement}/grant/vouchers"));
    }

    [Fact]
    public async Task An_auditor_sees_the_ledger_and_no_form()
    {
        var agreement = await Fixture.Agreement(host);
        using var auditor = await PageCaller.SignIn(host, "agnes.asp");

        var page = await auditor.Get(Page(agreement));

        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("Importera en huvudbok", page.Text, StringComparison.Ordinal);
    }

    static string Page(string agreement) => $"/{agreement}/grant/ledger";

    // The page that the import leads to: what was read, or why not.
    static async Task<PageAnswer> Import(PageCaller finance, string agreement, byte[] file)
    {
        var page = await finance.Send(Page(agreement), Page(agreement), (Fixture.Ledger, file), ("project", "P 2289"), ("dimension", "6"));
        while (page.Text.Contains("Avbryt importen", StringComparison.Ordinal))
            page = await finance.Get(page.Path);
        return page;
    }

    static byte[] LongLedger(int vouchers)
    {
        var text = new StringBuilder("""
            #FLAGGA 0
            #FORMAT PC8
            #SIETYP 4
            #PROGRAM "Prov" 1
            #GEN 20160215
            #FNAMN "Prov"
            #ORGNR 555555-5555
            #RAR 0 20150101 20151231
            #KONTO 1930 "Bank"
            #KONTO 5010 "Lokal"
            #DIM 6 "Projekt"
            #OBJEKT 6 "P 2289" "Prov"

            """);
        for (var i = 1; i <= vouchers; i++)
            text.Append(CultureInfo.InvariantCulture, $"#VER A {i} 20150203\n{{\n#TRANS 5010 {{6 \"P 2289\"}} 10.00\n#TRANS 1930 {{}} -10.00\n}}\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
