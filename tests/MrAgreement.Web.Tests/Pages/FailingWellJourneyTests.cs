using Microsoft.Playwright;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>Refused, late and finished forms as people meet them, by keyboard and in both languages. The pages have no script; where a test has it on, it is for the accessibility check.</summary>
[Collection(nameof(Browser))]
public sealed class FailingWellJourneyTests(Browser browser) : IAsyncLifetime
{
    RunningHost host = null!;
    string agreement = "";

    string Report => $"/{agreement}/obligations/report";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start();
        agreement = await Posted.Agreement(host);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Signed_out_in_another_tab_somebody_signs_in_there_again_and_sends_what_was_typed_and_the_file()
    {
        await using var visit = await browser.Visit("Lena Lind", address: host.Address);
        var page = visit.Page;
        await page.GotoAsync(Report);
        await page.GetByLabel("Sammanfattning").FillAsync("Rapport om\nutbildningarna");
        await page.GetByLabel("Ny fil: rapport").SetInputFilesAsync(File("rapport.txt"));
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/");
        await other.GetByRole(AriaRole.Button, new() { Name = "Logga ut" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Lämna in", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Du är inte längre inloggad" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Filen rapport.txt (1\u00A0kB) följer med.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Sammanfattning")).ToHaveValueAsync("Rapport om\nutbildningarna");
        await AssertAccessible(page);
        Assert.Empty(await host.Lead.All($"{agreement}/documents"));

        var signIn = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Logga in (öppnas i en ny flik)" }).ClickAsync());
        await signIn.GetByRole(AriaRole.Button, new() { Name = "Lena Lind" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Skicka det jag skrev" }).ClickAsync();

        var submitted = page.Locator("#submission-1");
        await Expect(submitted.GetByText("Rapport om\nutbildningarna")).ToBeVisibleAsync();
        await Expect(submitted.GetByRole(AriaRole.Link, new() { Name = "rapport" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_stale_form_that_is_gone_leaves_its_words_to_copy_and_one_that_is_there_keeps_its_file()
    {
        await using var visit = await browser.Visit("Lena Lind", "en", address: host.Address);
        var page = visit.Page;
        await page.GotoAsync(Report);
        await page.GetByLabel("New file: report").SetInputFilesAsync(File("report.txt"));
        // A browser takes a space for an answer.
        await page.GetByLabel("Summary").FillAsync(" ");
        await Submit();
        await Expect(page.GetByLabel("report.txt (1\u00A0kB) is still here")).ToBeCheckedAsync();
        await AssertAccessible(page);

        await Posted.Submission(host.Lead, agreement, "report", "Rapporten");
        await page.GetByLabel("Summary").FillAsync("What I wrote");
        await Submit();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You have changed this yourself in the meantime" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Summary" })).ToHaveValueAsync("What I wrote");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Summary" })).Not.ToBeEditableAsync();
        await AssertAccessible(page);

        Task Submit() => page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
    }

    [Fact]
    public async Task The_keyboard_is_led_to_what_is_to_be_mended_and_from_there_to_the_field_with_its_label()
    {
        await Posted.Submission(host.Lead, agreement, "report", "Rapporten");
        await using var visit = await browser.Visit("Erik Ek", address: host.Address);
        var page = visit.Page;
        await page.GotoAsync(Report);
        await page.GetByText("Begär komplettering av inlämning 1").ClickAsync();
        await page.GetByLabel("Vad behöver kompletteras?").FillAsync(" ");
        await page.GetByLabel("Komplettera senast").FillAsync("2014-06-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begär komplettering" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Vad behöver kompletteras? Skriv en text" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Vad behöver kompletteras?")).ToBeFocusedAsync();
        await Expect(page.GetByText("Vad behöver kompletteras?", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(page.Locator("[id$=return-reason-fault]")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task What_was_done_is_told_where_it_was_done_and_the_keyboard_goes_on_from_there()
    {
        (await host.Finance.Post($"{agreement}/grant/requisitions", Posted.Requisition())).Is(201);
        await using var visit = await browser.Visit("Astrid Alm", address: host.Address);
        await visit.Page.GotoAsync($"/{agreement}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Attestera rekvisition 1" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Attestera rekvisition 1" }).ClickAsync();

        var told = visit.Page.GetByRole(AriaRole.Status);
        await Expect(told).ToHaveTextAsync("Sparat. Du attesterade rekvisition 1. ");
        await Expect(told).ToBeInViewportAsync();
        await Expect(told).ToBeFocusedAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Rekvisitioner", Exact = true })).ToBeInViewportAsync();
        await AssertAccessible(visit.Page);
    }

    [Fact]
    public async Task Whoever_has_typed_is_warned_beside_the_choice_of_language()
    {
        await using var visit = await browser.Visit("Lena Lind", script: false, address: host.Address);
        await visit.Page.GotoAsync(Report);
        var warning = visit.Page.GetByText("Det du har skrivit följer inte med");
        await Expect(warning).ToBeHiddenAsync();

        await visit.Page.GetByLabel("Sammanfattning").FillAsync("Rapporten");
        await visit.Page.GetByLabel("Missiv").FocusAsync();

        await Expect(warning).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_draft_can_be_thrown_away()
    {
        await using var visit = await browser.Visit("Lena Lind", address: host.Address);
        await visit.Page.GotoAsync(Report);
        await visit.Page.GetByLabel("Sammanfattning").FillAsync("Ogenomtänkt");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Spara utkast" }).ClickAsync();
        await visit.Page.Locator("summary", new() { HasText = "Ta bort utkastet" }).ClickAsync();
        await AssertAccessible(visit.Page);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Ta bort utkastet" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Du tog bort utkastet till Rapport");
        await Expect(visit.Page.GetByLabel("Sammanfattning")).ToHaveValueAsync("");
    }

    static async Task AssertAccessible(IPage page) => Assert.Empty(await page.Broken());

    static FilePayload File(string name) => new() { Name = name, MimeType = "text/plain", Buffer = "Rapporten"u8.ToArray() };

    static ILocatorAssertions Expect(ILocator what) => Assertions.Expect(what);
}
