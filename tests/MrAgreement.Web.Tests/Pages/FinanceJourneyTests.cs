using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>The finance person's year: from the ledger and the bank to a statement that the officer accepts.</summary>
[Collection(nameof(Browser))]
public sealed partial class FinanceJourneyTests(Browser browser) : IAsyncLifetime
{
    const string Finance = "Farid Falk";
    const string Approver = "Astrid Alm";
    const string Officer = "Erik Ek";
    const string Obligation = "Ekonomisk redovisning 2016";

    RunningHost host = null!;
    string agreement = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start("2016-05-10");
        agreement = await Fixture.Agreement(host);
        await Fixture.Requisition(host, agreement);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Finance_imports_matches_and_reports_and_what_the_officer_sends_back_is_corrected_without_any_script()
    {
        await As(Finance, "/grant", async page =>
        {
            await ImportLedger(page);
            await Follow(page, "2890 Ej förbrukade bidrag");
            await Expect(page.GetByText("1 rad, ")).ToBeVisibleAsync();
            await Follow(page, "Bank");
            await page.GetByLabel("Fil", new() { Exact = true }).SetInputFilesAsync(Fixture.Path(Fixture.BankFile));
            await Press(page, "Importera");
            await Expect(page.GetByText("Matchade: 1. Väntar på dig: 1. Utan motsvarighet: 2")).ToBeVisibleAsync();
        });
        await PrepareRepayment();
        await As(Finance, "/grant", async page =>
        {
            await Follow(page, "Avstämning");
            await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = Exceptions() })).ToBeVisibleAsync();
            await Follow(page, "Bank");
            await Follow(page, Fixture.BankFile);
            await page.GetByRole(AriaRole.Button, new() { Name = "Matcha transaktion 4, 312 450 kr" }).ClickAsync();
            await Expect(page.GetByText("För hand av Farid Falk")).ToBeVisibleAsync();
            await Prepare(page, "Ekonomisk redovisning 1");
        });
        await AttestAndSubmit(1, "Ekonomisk redovisning för 2015.");
        await As(Officer, "/obligations", async page =>
        {
            await Follow(page, Obligation);
            await Follow(page, "Ekonomisk redovisning 1");
            await Expect(page.GetByRole(AriaRole.Cell, new() { NameRegex = Unspent() }).First).ToBeVisibleAsync();
            await page.GoBackAsync();
            await page.GetByText("Begär komplettering av inlämning 1").ClickAsync();
            await page.GetByLabel("Vad behöver kompletteras?").FillAsync("Resan i september rör ett annat projekt.");
            await page.GetByLabel("Komplettera senast").FillAsync("2016-05-31");
            await Press(page, "Begär komplettering");
            await Expect(page.GetByText("Komplettering begärd").First).ToBeVisibleAsync();
        });
        await As(Finance, "/grant/adjustments", async page =>
        {
            await page.GetByText("Upprätta en justering").ClickAsync();
            var form = page.Locator("details", new() { HasText = "Upprätta en justering" });
            await form.GetByLabel("Slag").SelectOptionAsync("Rättelse");
            await form.GetByLabel("Belopp").FillAsync("-2 400");
            await form.GetByLabel("Från och med").FillAsync("2015-09-01");
            await form.GetByLabel("Till och med").FillAsync("2015-09-30");
            await form.GetByLabel("Skäl").FillAsync("Resan rör ett annat projekt.");
            await form.GetByRole(AriaRole.Button, new() { Name = "Upprätta" }).ClickAsync();
            await Expect(page.GetByText("Resan rör ett annat projekt.").First).ToBeVisibleAsync();
        });
        await As(Approver, "/grant/adjustments", async page =>
        {
            await Press(page, "Attestera justering 1");
            await Expect(page.GetByText("Attesterad av Astrid Alm").First).ToBeVisibleAsync();
        });
        await As(Finance, "/grant", async page =>
        {
            await Prepare(page, "Ekonomisk redovisning 2");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Skillnad mot redovisning 1" })).ToBeVisibleAsync();
        });
        await AttestAndSubmit(2, "Rättad redovisning för 2015.");
        await As(Officer, "/obligations", async page =>
        {
            await Follow(page, Obligation);
            await Press(page, "Granskad, inget att komplettera");
            await Expect(page.GetByText("Granskad, inget att komplettera").First).ToBeVisibleAsync();
        });
    }

    [Theory]
    [InlineData("sv", ColorScheme.Light)]
    [InlineData("en", ColorScheme.Dark)]
    public async Task No_page_about_the_money_breaks_an_accessibility_rule_or_is_wider_than_a_small_screen(string language, ColorScheme scheme)
    {
        await As(Finance, "/grant", async page =>
        {
            await ImportLedger(page);
            await page.GotoAsync($"/{agreement}/grant/categories");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Namn" }).First.FillAsync("personal");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Konton" }).First.FillAsync("7000-7699");
            await Press(page, "Spara fördelningen");
            await page.GotoAsync($"/{agreement}/grant/bank");
            await page.GetByLabel("Fil", new() { Exact = true }).SetInputFilesAsync(Fixture.Path(Fixture.BankFile));
            await Press(page, "Importera");
            await Prepare(page, "Ekonomisk redovisning 1");
        });
        await PrepareRepayment();
        var ledger = (await host.Finance.All($"{agreement}/grant/ledger-imports"))[0].Text("importId");
        var bank = (await host.Finance.All($"{agreement}/grant/bank-imports"))[0].Text("importId");
        var found = new List<string>();

        foreach (var (person, places) in new[]
        {
            (Finance, new[] { "ledger", $"ledger/{ledger}", "ledger/rows", "bank", $"bank/{bank}", "categories", "budget", "statements", "statements/1", "reconciliation", "settlement", "", "requisitions", "payments", "adjustments" }),
            (Approver, ["statements/1", "reconciliation", "budget"]),
            (Officer, ["settlement", ""])
        })
        {
            await using var visit = await browser.Visit(person, language, scheme, width: 320, address: host.Address);
            foreach (var place in places)
            {
                await visit.Page.GotoAsync(place.Length == 0 ? $"/{agreement}/grant" : $"/{agreement}/grant/{place}");
                found.AddRange(await visit.Page.Broken());
                if (await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var width and > 320)
                    found.Add($"{place}: {width} pixels wide");
            }
            found.AddRange(visit.Complaints);
        }

        Assert.Empty(found);
    }

    async Task As(string person, string place, Func<IPage, Task> act)
    {
        await using var visit = await browser.Visit(person, script: false, address: host.Address);
        await visit.Page.GotoAsync($"/{agreement}{place}");
        await act(visit.Page);
    }

    static async Task ImportLedger(IPage page)
    {
        await Follow(page, "Huvudbok");
        await page.GetByLabel("Fil", new() { Exact = true }).SetInputFilesAsync(Fixture.Path(Fixture.Ledger));
        await page.GetByLabel("Projektkod").FillAsync("P 2289");
        await Press(page, "Importera");
        // The page of the import in progress goes on to it by itself.
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = Spend() })).ToBeVisibleAsync();
    }

    static async Task Prepare(IPage page, string expected)
    {
        await Follow(page, "Redovisning");
        var form = page.Locator("main details:not(.meaning)").First;
        await form.Locator("summary").ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Upprätta" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = expected, Level = 1 })).ToBeVisibleAsync();
    }

    async Task AttestAndSubmit(int number, string summary)
    {
        await As(Approver, "", async page =>
        {
            await Follow(page, $"Attestera redovisning {number}");
            await Press(page, $"Attestera redovisning {number}");
            await Expect(page.GetByText("Attesterad av Astrid Alm")).ToBeVisibleAsync();
        });
        await As(Finance, "/grant", async page =>
        {
            await Follow(page, "Redovisning");
            await Follow(page, $"Ekonomisk redovisning {number}");
            // It was returned, or has never been sent: the link leads to the form with the statement chosen.
            await page.GetByRole(AriaRole.Link, new() { Name = $"Lämna in: {Obligation}" }).ClickAsync();
            await Expect(page.GetByLabel("Redovisning", new() { Exact = false }).First).ToHaveValueAsync($"{number}");
            await page.GetByLabel("Sammanfattning").FillAsync(summary);
            await Press(page, "Lämna in");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Inlämning {number}" })).ToBeVisibleAsync();
        });
    }

    // What the bank file's last transaction pays.
    async Task PrepareRepayment()
    {
        (await host.Finance.Post($"{agreement}/grant/repayments", new { amount = 312_450, reference = "ABT-0007" })).Is(201);
        (await host.Approver.Post($"{agreement}/grant/repayments/1/attestation")).Is(200);
    }

    static Task Follow(IPage page, string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    static ILocatorAssertions Expect(ILocator what) => Assertions.Expect(what);

    [GeneratedRegex(@"^Kostnader i filen: 3\s687\s550\skr")]
    private static partial Regex Spend();

    [GeneratedRegex(@"^Avvikelser \([1-9]")]
    private static partial Regex Exceptions();

    [GeneratedRegex(@"^312\s450\skr")]
    private static partial Regex Unspent();
}
