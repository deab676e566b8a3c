using System.Text;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>A wrong ledger or bank file is withdrawn over HTTP and in pages: what remains counts, and every row leads to its voucher.</summary>
public class WithdrawalTests(Azurite azurite)
{
    const decimal Spend = 3687550m;

    // The travels have another number in it; every other voucher is the same.
    static byte[] Earlier => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Fixture.Bytes("skr_example_4E_utf8.se")).Replace("#VER A 3 ", "#VER A 33 ", StringComparison.Ordinal));

    static async Task<decimal> Rows(RunningHost host, string path, params string[] imports)
    {
        var rows = await host.Finance.All($"{path}/grant/vouchers");
        Assert.All(rows, row => Assert.Contains(row.Text("importId")!, imports));
        return rows.Where(row => row.Text("kind") == "cost").Sum(row => row.Number("amount"));
    }

    static async Task<decimal> Costs(RunningHost host, string path) => (await host.Finance.Get($"{path}/grant")).Is(200).At("costs").EnumerateArray().Sum(c => c.Number("amount"));

    [Theory]
    [InlineData(Store.Folder)]
    [InlineData(Store.Account)]
    public async Task What_a_withdrawn_file_hid_counts_from_those_that_remain_and_it_may_come_again(Store store)
    {
        using var folder = new TemporaryFolder();
        var storage = azurite.For(store);
        string path, first, second;
        await using (var host = await RunningHost.Start("2016-02-16", folder: folder["data"], storage: storage))
        {
            path = await Money2014.Requisitioned(host);
            first = (await host.Finance.ImportLedger(path, "skr_example_4E_cp437.se")).Is(201).Text("importId")!;
            second = (await host.Finance.ImportLedger(path, "skr_example_4E_utf8.se")).Is(201).Text("importId")!;
            Assert.Equal((Spend, Spend), (await Rows(host, path, first), await Costs(host, path)));

            (await host.Finance.Post($"{path}/grant/ledger-imports/{first}/withdrawal", new { reason = "" })).IsProblem(422, "text-length");
            (await host.Approver.Post($"{path}/grant/ledger-imports/{first}/withdrawal", new { reason = "Fel" })).IsProblem(403, "forbidden");
            var gone = (await host.Finance.Post($"{path}/grant/ledger-imports/{first}/withdrawal", new { reason = "Fel fil" })).Is(200);
            Assert.Equal(("ledger-import", "Fel fil", "farid.falk"), (gone.Text("kind"), gone.Text("reason"), gone.Text("withdrawnBy.id")));

            Assert.Equal((Spend, Spend), (await Rows(host, path, second), await Costs(host, path)));
            Assert.Equal([second], (await host.Finance.All($"{path}/grant/ledger-imports")).Select(i => i.Text("importId")));
            var said = (await host.Finance.Get($"{path}/grant/ledger-imports/{first}")).IsProblem(410, "import-withdrawn");
            Assert.Contains("Farid Falk", said.Text("detail"), StringComparison.Ordinal);
            (await host.Payer.Get($"{path}/grant/ledger-imports/{first}")).IsProblem(404, "no-such-import");
            Assert.Equal([first], (await host.Auditor.All($"{path}/grant/withdrawn-imports")).Select(i => i.Text("importId")));
            Assert.Empty(await host.Officer.All($"{path}/grant/withdrawn-imports"));
        }
        // A process that has the rows as they were before reads them again.
        await using var again = await RunningHost.Start("2016-02-16", folder: folder["data"], storage: storage);
        Assert.Equal(Spend, await Rows(again, path, second));
        (await again.Finance.Post($"{path}/grant/ledger-imports/{second}/withdrawal", new { reason = "Den också" })).Is(200);
        Assert.Equal((0m, 0m), (await Rows(again, path), await Costs(again, path)));
        var third = (await again.Finance.ImportLedger(path, "skr_example_4E_cp437.se")).Is(201);
        Assert.Equal((Spend, Spend, Spend), (third.Number("added"), await Rows(again, path, third.Text("importId")!), await Costs(again, path)));
        Assert.Equal(2, (await again.Finance.All($"{path}/events")).Count(row => row.Text("type") == "ledger-import-withdrawn"));
    }

    [Fact]
    public async Task The_page_shows_what_changes_before_and_says_it_afterwards()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        var first = (await host.Finance.ImportLedger(path, Earlier, "tidigare.se")).Is(201).Text("importId")!;
        (await host.Finance.ImportLedger(path, "skr_example_4E_utf8.se")).Is(201);
        var before = await Costs(host, path);
        Assert.True(before > Spend);
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        Assert.Contains($"/{path}/grant/ledger/{first}/withdrawal", (await finance.Get($"/{path}/grant/ledger/{first}")).Text, StringComparison.Ordinal);
        var shown = await finance.Get($"/{path}/grant/ledger/{first}/withdrawal");
        var preview = shown.Text;
        Assert.Matches($"till 3\\s687\\s550\\skr", preview);
        Assert.Contains("Det som också finns i andra filer räknas i stället därifrån: skr_example_4E_utf8.se", preview, StringComparison.Ordinal);

        // What was shown must be what happens.
        var old = await finance.Send($"/{path}/grant/ledger/{first}/withdrawal", $"/{path}/grant/ledger/{first}/withdrawal", ("reason", "Fel fil"), ("version", "3"));
        Assert.Equal(412, old.Status);
        Assert.Equal(before, await Costs(host, path));
        var done = await finance.Send($"/{path}/grant/ledger/{first}/withdrawal", $"/{path}/grant/ledger/{first}/withdrawal", ("reason", "Fel fil"), ("version", shown.Version));
        Assert.Equal(200, done.Status);
        Assert.StartsWith($"/{path}/grant/ledger/{first}?saved", done.Path, StringComparison.Ordinal);
        Assert.Contains("Filen togs tillbaka av Farid Falk", done.Text, StringComparison.Ordinal);
        Assert.Equal(Spend, await Costs(host, path));
        Assert.Contains("Återtagna filer", (await finance.Get($"/{path}/grant/ledger")).Text, StringComparison.Ordinal);
        Assert.Contains("tog tillbaka huvudboksfilen", (await finance.Get($"/{path}/log")).Text, StringComparison.Ordinal);
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        Assert.Equal(403, (await payer.Get($"/{path}/grant/ledger/{first}/withdrawal")).Status);
    }

    [Fact]
    public async Task A_submitted_statement_that_stands_on_it_is_named()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        var import = (await host.Finance.ImportLedger(path, "skr_example_4E_utf8.se")).Is(201).Text("importId")!;
        (await host.Finance.Post($"{path}/grant/statements", new { kind = "annual", period = new { from = "2015-01-01", to = "2015-12-31" } })).Is(201);
        (await host.Approver.Post($"{path}/grant/statements/1/attestation")).Is(200);
        (await host.Finance.Post($"{path}/obligations/financial-statement/submissions", new { summary = "Härmed", documents = Array.Empty<string>(), statement = 1 })).Is(201);

        var problem = (await host.Finance.Post($"{path}/grant/ledger-imports/{import}/withdrawal", new { reason = "Fel" })).IsProblem(409, "import-stands");
        Assert.Contains("redovisningar är inlämnade: 1.", problem.Text("detail"), StringComparison.Ordinal);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var page = (await finance.Get($"/{path}/grant/ledger/{import}/withdrawal")).Text;
        Assert.Contains($"/{path}/grant/statements/1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"reason\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_leads_to_its_voucher_with_the_file_and_who_imported_it()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var path = await Money2014.Requisitioned(host);
        (await host.Finance.ImportLedger(path, "skr_example_4E_utf8.se")).Is(201);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var row = (await host.Finance.All($"{path}/grant/vouchers"))[0];

        var rows = (await finance.Get($"/{path}/grant/ledger/rows")).Text;
        var address = $"/{path}/grant/ledger/voucher?series={row.Text("series")}&number={row.Text("voucher")}&date={row.Text("voucherDate")}";
        Assert.Contains($"\"{address}\"", rows, StringComparison.Ordinal);
        var page = await finance.Get(address);
        Assert.Contains($"Verifikation {row.Text("series")} {row.Text("number")}", page.Text, StringComparison.Ordinal);
        Assert.Contains("skr_example_4E_utf8.se", page.Text, StringComparison.Ordinal);
        Assert.Contains("Farid Falk", page.Text, StringComparison.Ordinal);
        var own = await host.Finance.All($"{path}/grant/vouchers?series={row.Text("series")}&voucher={row.Text("voucher")}&voucherDate={row.Text("voucherDate")}");
        Assert.All(own, it => Assert.Equal((row.Text("series"), row.Text("number")), (it.Text("series"), it.Text("number"))));
        Assert.Contains("räknas inte, eller så finns den inte", (await finance.Get($"/{path}/grant/ledger/voucher?series=X&number=1&date=2015-01-01")).Text, StringComparison.Ordinal);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Equal(403, (await officer.Get(address)).Status);
    }

    [Theory]
    [InlineData(Store.Folder)]
    [InlineData(Store.Account)]
    public async Task A_match_is_taken_back_and_a_bank_file_goes_with_its_payments(Store store)
    {
        await using var host = await RunningHost.Start("2016-09-16", storage: azurite.For(store));
        var path = await Money2014.Requisitioned(host);
        var import = (await host.Finance.ImportBank(path, "camt.054.001.02_grant.xml")).Is(201);
        var (id, entry) = (import.Text("importId")!, (int)import.At("matched").EnumerateArray().First().Number("transaction.entry"));
        Assert.Equal(4000000m, (await host.Finance.Balances(path))[0]);

        var without = (await host.Finance.Post($"{path}/grant/bank-imports/{id}/matches/{entry}/withdrawal", new { reason = "Avser annat" })).Is(200);
        Assert.Equal(0, without.At("matched").GetArrayLength());
        Assert.Equal(0m, (await host.Finance.Balances(path))[0]);
        (await host.Finance.Post($"{path}/grant/bank-imports/{id}/matches/{entry}/withdrawal", new { reason = "Avser annat" })).IsProblem(409, "transaction-not-matched");
        (await host.Finance.Post($"{path}/grant/bank-imports/{id}/matches", new { entry, requisition = 1 })).Is(200);
        Assert.Equal(4000000m, (await host.Finance.Balances(path))[0]);

        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var shown = await finance.Get($"/{path}/grant/bank/{id}/withdrawal");
        Assert.Contains("återförs, eftersom bara filen visar att den finns", shown.Text, StringComparison.Ordinal);
        var done = await finance.Send($"/{path}/grant/bank/{id}/withdrawal", $"/{path}/grant/bank/{id}/withdrawal", ("reason", "Fel konto"), ("version", shown.Version));
        Assert.Contains("Filen togs tillbaka av Farid Falk", done.Text, StringComparison.Ordinal);
        Assert.Equal(0m, (await host.Finance.Balances(path))[0]);
        (await host.Finance.Get($"{path}/grant/bank-imports/{id}")).IsProblem(410, "import-withdrawn");
        (await host.Finance.ImportBank(path, "camt.054.001.02_grant.xml")).Is(201);
        Assert.Equal(4000000m, (await host.Finance.Balances(path))[0]);
    }
}
