using System.Text;
using System.Text.Json;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>Ledger files as programs have written them that keep to the standard loosely: what can be read is read, and what can't is named.</summary>
public class LedgerFaultsTests
{
    [Theory]
    [InlineData("sie_no_orgnr.se", "P1", 100, "cp437", "ledger-no-organisation")]
    [InlineData("sie_cp1252_curly_quotes.se", "VÅRD", 1, "windows-1252", "ledger-encoding-guessed")]
    [InlineData("sie_struck_only_voucher_outside_year.se", "P1", 250, "cp437", "ledger-empty-voucher-outside-years")]
    [InlineData("sie_ktyp_after_vouchers.se", "P1", 100, "cp437", null)]
    [InlineData("sie_ktyp_small_letter.se", "P1", 100, "cp437", null)]
    public async Task A_file_that_keeps_to_the_standard_loosely_is_imported(string file, string project, int spend, string encoding, string? warning)
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Agreement(host);

        var import = (await host.Finance.ImportLedger(path, file, ("project", project))).Is(201);

        Assert.Equal((spend, encoding), (import.Number("spend"), import.Text("encoding")));
        Assert.Equal([.. new[] { warning }.OfType<string>()], Rules(import).Where(rule => rule is not ("ledger-outside-period" or "accounts-unassigned")));
    }

    [Fact]
    public async Task An_empty_organisation_number_is_none()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Agreement(host);

        var import = (await host.Finance.ImportLedger(path, Changed("sie_ktyp_small_letter.se", "222000-0315", "\"\""), "bok.se", ("project", "P1"))).Is(201);

        Assert.Contains("ledger-no-organisation", Rules(import));
    }

    [Fact]
    public async Task Whose_books_they_are_counts_wherever_the_file_tells_it()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Agreement(host);
        var moved = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Changed("sie_no_orgnr.se", "", "")).TrimEnd() + "\r\n#ORGNR 556677-8899\r\n");

        (await host.Finance.ImportLedger(path, moved, "bok.se", ("project", "P1"))).IsProblem(422, "ledger-organisation");
    }

    [Theory]
    [InlineData("sie_code_in_dimension_1.se", "P1", "project-in-other-dimension", "Inga rader har koden ”P1” i dimension 6. Den finns i dimension 1. Ange en dimension där den finns, eller en annan kod.")]
    [InlineData("sie_code_undeclared_other_spelling.se", "P2289", "project-not-in-ledger", "Ingen rad i filen har ”P2289” i dimension 6. Filen har p 2289. Ange kod och dimension som i filen.")]
    [InlineData("sie_code_in_dimension_1.se", "P9", "project-not-in-ledger", "Ingen rad i filen har ”P9” i dimension 6. Filen har dimension 1: P1. Ange kod och dimension som i filen.")]
    public async Task A_code_that_is_not_there_is_answered_with_where_it_is_or_what_is_there(string file, string project, string slug, string said)
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Agreement(host);

        Assert.Equal(said, (await host.Finance.ImportLedger(path, file, ("project", project))).IsProblem(422, slug).Text("detail"));
    }

    [Fact]
    public async Task A_code_that_is_declared_and_not_booked_on_is_told_where_it_is_or_that_it_adds_nothing()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Agreement(host);
        var declared = Changed("sie_code_in_dimension_1.se", "#OBJEKT 1", "#OBJEKT 6");

        var elsewhere = await host.Finance.ImportLedger(path, Replaced(declared, "{1 \"P1\"}", "{1 \"P1\" 7 \"P1\"}"), "bok.se", ("project", "P1"));
        Assert.Equal("Inga rader har koden ”P1” i dimension 6. Den finns i dimension 1, 7. Ange en dimension där den finns, eller en annan kod.",
            elsewhere.IsProblem(422, "project-in-other-dimension").Text("detail"));

        var nothing = (await host.Finance.ImportLedger(path, Replaced(declared, "{1 \"P1\"}", "{}"), "bok.se", ("project", "P1"))).Is(201);
        Assert.Equal((0, true), (nothing.Number("spend"), Rules(nothing).Contains("ledger-nothing-booked")));
    }

    [Fact]
    public async Task A_file_whose_rows_carry_no_code_at_all_is_told_so()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Agreement(host);

        var answer = await host.Finance.ImportLedger(path, Changed("sie_no_orgnr.se", "{6 \"P1\"}", "{}"), "bok.se", ("project", "P1"));

        Assert.Equal("Inga rader i filen har någon projektkod. Exportera på nytt från bokföringssystemet, med projekt eller andra dimensioner.", answer.IsProblem(422, "project-nowhere").Text("detail"));
    }

    [Fact]
    public async Task A_row_without_its_object_list_is_told_so()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Agreement(host);

        var answer = await host.Finance.ImportLedger(path, Changed("sie_no_orgnr.se", "1930 {} -100.00", "1930 -100.00"), "bok.se", ("project", "P1"));

        Assert.Contains("Raden saknar objektlista. Den ska stå inom klammerparenteser mellan konto och belopp, också när den är tom.", answer.IsProblem(422, "ledger-objects-missing").Text("detail"));
    }

    [Theory]
    [InlineData("sv", "Verifikationerna går inte ihop med filens resultat. Antal konton: 1. Ett av dem är 5010: 1 234 567,80 kr mot 250 kr. Filen kan vara en del av året.")]
    [InlineData("en", "The vouchers do not add up to the file’s results. Number of accounts: 1. One of them is 5010: SEK 1,234,567.80 against SEK 250. The file may cover a part of the year.")]
    public async Task Amounts_in_warnings_are_written_as_the_reader_writes_them(string language, string said)
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Agreement(host);
        var file = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Changed("sie_no_orgnr.se", "100.00", "1234567.80")).Replace("#VER", "#RES 0 5010 250.00\r\n#VER", StringComparison.Ordinal));
        var imported = (await host.Finance.ImportLedger(path, file, "bok.se", ("project", "P1"))).Is(201).Text("importId");

        var shown = (await host.Finance.Get($"{path}/grant/ledger-imports/{imported}", ("Accept-Language", language))).Is(200);

        Assert.Equal(said, shown.At("warnings").EnumerateArray().Single(w => w.Text("rule") == "ledger-results-differ").Text("message")!.Replace('\u00A0', ' '));
    }

    static IEnumerable<string> Rules(JsonElement import) => import.At("warnings").EnumerateArray().Select(w => w.Text("rule")!);

    static byte[] Changed(string file, string right, string wrong) =>
        Encoding.Latin1.GetBytes(right.Length == 0 ? Encoding.Latin1.GetString(Fixture.Bytes(file)) : Encoding.Latin1.GetString(Fixture.Bytes(file)).Replace(right, wrong, StringComparison.Ordinal));

    static byte[] Replaced(byte[] file, string right, string wrong) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace(right, wrong, StringComparison.Ordinal));

    static async Task<string> Agreement(RunningHost host)
    {
        var terms = Money2014.Terms();
        terms["parties"]![0]!["organisationNumber"] = "222000-0315";
        return await Posted.Agreement(host, terms);
    }
}
