using Microsoft.Playwright;

namespace MrAgreement.Web.Tests.Pages;

[Collection(nameof(Browser))]
public class JourneyTests(Browser browser)
{
    [Fact]
    public async Task A_project_lead_finds_why_the_report_came_back_and_delivers_it_again_and_the_officer_accepts_it_without_any_script()
    {
        await using (var lead = await browser.Visit("Lena Lind", script: false))
        {
            await Assertions.Expect(lead.Page.GetByText("Försenat 1 dag:")).ToBeVisibleAsync();
            await lead.OpenAgreement();
            await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Komplettera: Rapport inför samrådet 2016" }).ClickAsync();
            await Assertions.Expect(lead.Page.GetByText("Redovisa också hur landstingen har deltagit i utbildningarna.").First).ToBeVisibleAsync();

            // Without a document it comes back with what was typed, and says what is missing.
            await lead.Page.GetByLabel("Sammanfattning").FillAsync("Rapporten med ett nytt avsnitt om landstingens deltagande.");
            await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Lämna in", Exact = true }).ClickAsync();
            await Assertions.Expect(lead.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
            await Assertions.Expect(lead.Page.GetByLabel("Sammanfattning")).ToHaveValueAsync("Rapporten med ett nytt avsnitt om landstingens deltagande.");

            await lead.Page.GetByLabel("Ny fil: rapport").SetInputFilesAsync(new FilePayload { Name = "rapport.txt", MimeType = "text/plain", Buffer = "Rapport, kompletterad"u8.ToArray() });
            await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Lämna in", Exact = true }).ClickAsync();
            await Assertions.Expect(lead.Page.GetByRole(AriaRole.Heading, new() { Name = "Inlämning 2" })).ToBeVisibleAsync();
        }

        await using var officer = await browser.Visit("Erik Ek", script: false);
        await officer.OpenAgreement();
        await officer.Page.GetByRole(AriaRole.Link, new() { Name = "Rapport inför samrådet 2016" }).First.ClickAsync();
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Granskad, inget att komplettera" }).ClickAsync();
        await Assertions.Expect(officer.Page.GetByText("Granskad, inget att komplettera").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_approver_attests_the_requisition_that_finance_prepared_and_finance_dispatches_it()
    {
        await using (var approver = await browser.Visit("Astrid Alm"))
        {
            await approver.OpenAgreement();
            await approver.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Attestera rekvisition") }).First.ClickAsync();
            await approver.Page.GetByRole(AriaRole.Button, new() { Name = "Attestera" }).First.ClickAsync();
            await Assertions.Expect(approver.Page.GetByText("Attesterad av Astrid Alm").First).ToBeVisibleAsync();
        }

        await using var finance = await browser.Visit("Farid Falk");
        await finance.OpenAgreement();
        await finance.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Skicka rekvisition") }).First.ClickAsync();
        await finance.Page.GetByRole(AriaRole.Button, new() { Name = "Skicka" }).First.ClickAsync();
        await Assertions.Expect(finance.Page.GetByText("Avsänd 10 maj 2016").First).ToBeVisibleAsync();
    }
}
