using Microsoft.Playwright;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>A shared grant in the pages: the money handler allocates, a board reports and its colleague attests, the coordinator returns and accepts.</summary>
[Collection(nameof(Browser))]
public sealed class SharingJourneyTests(Browser browser) : IAsyncLifetime
{
    const string Finance = "Farid Falk";
    const string Approver = "Astrid Alm";
    const string Lead = "Lena Lind";
    const string Money = "Disprätt/verksamhetsmedel, Utgiftsområde 1, anslag 6:1";

    RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.Start("2025-01-15");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_amount_is_allocated_spent_reported_returned_mended_and_accepted_without_any_script()
    {
        var agreement = await Boards2024.Signed(host);
        await As(agreement, Finance, "LST-T", async page =>
        {
            await Follow(page, "Pengar");
            await Follow(page, "Fördelning");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Belopp" }).FillAsync("8 200 000");
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Kostnadsslag" }).SelectOptionAsync("Disprätt/verksamhetsmedel");
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Anslag" }).FillAsync("1, 6:1");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Beslut" }).FillAsync("Beslut 1");
            await Press(page, "Fördela");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Fördelning 1", Level = 1 })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Länsstyrelsen i Uppsala län 341 666,67 kr" })).ToBeVisibleAsync();
        });
        await As(agreement, Finance, "LST-C", async page =>
        {
            await Follow(page, "Rapportera förbrukade medel för 2024");
            await page.GetByLabel(Money).FillAsync("300 000,50");
            await Press(page, "Upprätta rapporten för 2024");
            await Expect(page.GetByText("Väntar på att en kollega hos Länsstyrelsen i Uppsala län attesterar rapporten.")).ToBeVisibleAsync();
        });
        await Attest(agreement, 1);
        await As(agreement, Lead, "LST-Y", async page =>
        {
            await Follow(page, "Granska rapport 1 om fördelade medel");
            await page.GetByText("Begär komplettering av rapport 1").ClickAsync();
            await page.GetByLabel("Vad behöver kompletteras?").FillAsync("Resorna i mars saknas.");
            await Press(page, "Begär komplettering");
            await Expect(page.GetByText("Räknas inte. Väntar på en ny version från Länsstyrelsen i Uppsala län.")).ToBeVisibleAsync();
        });
        await As(agreement, Finance, "LST-C", async page =>
        {
            await Follow(page, "Komplettera rapporten om fördelade medel för 2024");
            await Expect(page.GetByText("Komplettering begärd: Resorna i mars saknas.")).ToBeVisibleAsync();
            await Expect(page.GetByLabel(Money)).ToHaveValueAsync("300\u00A0000,50");
            await page.GetByLabel(Money).FillAsync("310 000");
            await Press(page, "Upprätta rapporten för 2024");
        });
        await Attest(agreement, 2);
        await As(agreement, Lead, "LST-Y", async page =>
        {
            await Follow(page, "Granska rapport 2 om fördelade medel");
            await Press(page, "Godkänn rapport 2");
            await Expect(page.GetByText("Räknas. Godkänd av Lena Lind (LST-Y).")).ToBeVisibleAsync();
            await Follow(page, "Sammanställning");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Har inte rapporterat (20)" })).ToBeVisibleAsync();
            await Follow(page, "Länsstyrelsen i Uppsala län");
            await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Rapport 2 Länsstyrelsen i Uppsala län" })).ToContainTextAsync("310\u00A0000\u00A0kr");
            await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Rapport 1" })).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task What_is_wrong_in_a_form_stands_on_top_and_leads_to_its_field_with_what_was_typed_in_it()
    {
        var agreement = await Boards2024.Allocated(host);
        await As(agreement, Finance, "LST-T", async page =>
        {
            await Follow(page, "Pengar");
            await Follow(page, "Fördelning");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Belopp" }).FillAsync("tusen");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Beslut" }).FillAsync("Beslut 2");
            await Press(page, "Fördela");
            await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).ClickAsync();
            Assert.EndsWith("#grant-allocations-new-amount", page.Url, StringComparison.Ordinal);
            await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Belopp" })).ToHaveValueAsync("tusen");
            await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Beslut" })).ToHaveValueAsync("Beslut 2");

            await page.GetByRole(AriaRole.Textbox, new() { Name = "Belopp" }).FillAsync("2 000 000");
            await Press(page, "Fördela");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("av de beslutade medlen återstår 1\u00A0800\u00A0000\u00A0kr");
        });
        await As(agreement, Finance, "LST-C", async page =>
        {
            await Follow(page, "Pengar");
            await Follow(page, "Rapporter");
            await page.GetByLabel(Money).FillAsync("-5");
            await page.GetByRole(AriaRole.Group, new() { Name = "Förbrukat på något annat" }).GetByLabel("Belopp").FillAsync("70");
            await Press(page, "Upprätta rapporten för 2024");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Kostnadsslag: Uppgiften behövs. Fyll i den.");
            await Expect(page.GetByLabel(Money)).ToHaveValueAsync("-5");
            await page.GetByRole(AriaRole.Group, new() { Name = "Förbrukat på något annat" }).First.GetByLabel("Kostnadsslag").SelectOptionAsync("Projekt");
            await Press(page, "Upprätta rapporten för 2024");
            await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).ClickAsync();
            Assert.EndsWith("-lines-0-amount", page.Url, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("sv", ColorScheme.Dark)]
    [InlineData("en", ColorScheme.Light)]
    public async Task No_page_about_a_shared_grant_breaks_an_accessibility_rule_or_is_wider_than_a_small_screen(string language, ColorScheme scheme)
    {
        var empty = await Boards2024.Signed(host);
        var agreement = await Boards2024.Attested(host);
        (await host.As("finance@LST-D").Post($"{agreement}/grant/allocation-reports", Boards2024.Report(400_000))).Is(201);
        var found = new List<string>();

        foreach (var (person, party, places) in new[]
        {
            (Finance, "LST-T", new[] { $"{empty}/grant/allocations", $"{empty}/grant/allocation-reports", $"{empty}/grant/compilation", agreement, $"{agreement}/grant/allocations", $"{agreement}/grant/allocations/1", $"{agreement}/grant/reconciliation" }),
            (Lead, "LST-Y", [$"{agreement}/grant/allocation-reports", $"{agreement}/grant/allocation-reports/1", $"{agreement}/grant/compilation", $"{agreement}/grant/settlement"]),
            (Approver, "LST-D", [$"{agreement}/grant/allocation-reports/2", $"{agreement}/grant/compilation", $"{agreement}/grant/reconciliation"])
        })
        {
            await using var visit = await browser.Visit(person, language, scheme, width: 320, address: host.Address, party: party);
            foreach (var place in places)
            {
                var answer = await visit.Page.GotoAsync($"/{place}");
                Assert.Equal(200, answer!.Status);
                found.AddRange(await visit.Page.Broken());
                if (await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var width and > 320)
                    found.Add($"{place}: {width} pixels wide");
            }
            found.AddRange(visit.Complaints);
        }

        Assert.Empty(found);
    }

    async Task As(string agreement, string person, string party, Func<IPage, Task> act)
    {
        await using var visit = await browser.Visit(person, script: false, address: host.Address, party: party);
        await visit.Page.GotoAsync($"/{agreement}");
        await act(visit.Page);
    }

    Task Attest(string agreement, int report) => As(agreement, Approver, "LST-C", async page =>
    {
        await Follow(page, $"Attestera rapport {report} om fördelade medel");
        await Press(page, $"Attestera rapport {report}");
        await Expect(page.GetByText("Räknas. Väntar på att Länsstyrelsen i Västernorrlands län godkänner eller begär komplettering.")).ToBeVisibleAsync();
    });

    static Task Follow(IPage page, string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    static ILocatorAssertions Expect(ILocator what) => Assertions.Expect(what);
}
