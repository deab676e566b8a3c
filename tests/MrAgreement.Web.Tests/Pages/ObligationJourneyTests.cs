using Microsoft.Playwright;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>The way of a report between two houses, and a consultation, as people take it: without script, found by role and label.</summary>
[Collection(nameof(Browser))]
public sealed class ObligationJourneyTests(Browser browser) : IAsyncLifetime
{
    const string Lead = "Lena Lind";
    const string Approver = "Astrid Alm";
    const string Officer = "Erik Ek";

    RunningHost host = null!;
    string agreement = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start("2016-05-20");
        var terms = Posted.Terms2014();
        terms["parties"]![0]!["signOff"] = true;
        agreement = await Posted.Agreement(host, terms);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_report_is_drafted_signed_off_commented_on_returned_compared_and_accepted()
    {
        await As(Lead, "follow-up-report-2016", async page =>
        {
            // Half a draft is kept, though nothing that must be there is.
            await page.GetByLabel("Missiv").FillAsync("Till departementet.");
            await Press(page, "Spara för en kollegas godkännande");
            await Expect(page.GetByText("Utkast sparat av Lena Lind")).ToBeVisibleAsync();
            await Expect(page.GetByLabel("Missiv")).ToHaveValueAsync("Till departementet.");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Lämna in", Exact = true })).ToHaveCountAsync(0);
            await page.GetByLabel("Sammanfattning").FillAsync("Rapport om utbildningarna i kommunerna.");
            await page.GetByLabel("Ny fil: rapport").SetInputFilesAsync(File("rapport.txt", "Rapporten"));
            await Press(page, "Spara för en kollegas godkännande");
        });
        await SignOffAndSubmit(1);
        await As(Officer, "follow-up-report-2016", async page =>
        {
            await Expect(page.GetByText("Till departementet.")).ToBeVisibleAsync();
            await page.GetByText("Registrera en synpunkt på inlämning 1").ClickAsync();
            await page.GetByLabel("Departement", new() { Exact = true }).FillAsync("Socialdepartementet");
            await page.GetByLabel("Synpunkt", new() { Exact = true }).FillAsync("Regionerna saknas.");
            await Press(page, "Registrera synpunkten");
            await Expect(page.GetByText("Regionerna saknas.")).ToBeVisibleAsync();
            await page.GetByText("Skriv en tjänsteanteckning").ClickAsync();
            await page.GetByLabel("Anteckning", new() { Exact = true }).FillAsync("Chefen är informerad.");
            await Press(page, "Spara anteckningen");
            await Expect(page.GetByText("Chefen är informerad.")).ToBeVisibleAsync();
            await page.GetByText("Begär komplettering av inlämning 1").ClickAsync();
            await page.GetByLabel("Vad behöver kompletteras?").FillAsync("Redovisa också regionerna.");
            await page.GetByLabel("Komplettera senast").FillAsync("2016-05-27");
            await Press(page, "Begär komplettering");
        });
        await As(Lead, "follow-up-report-2016", async page =>
        {
            await Expect(page.GetByText("Flyttat från 31 maj 2016: komplettering begärdes")).ToBeVisibleAsync();
            await Expect(page.GetByText("Redovisa också regionerna.").First).ToBeVisibleAsync();
            await Expect(page.GetByText("Regionerna saknas.")).ToHaveCountAsync(0);
            await Expect(page.GetByText("Chefen är informerad.")).ToHaveCountAsync(0);
            await page.GetByLabel("Sammanfattning").FillAsync("Rapport om utbildningarna i kommunerna och regionerna.");
            await page.GetByLabel("Missiv").FillAsync("Till departementet.");
            await page.GetByLabel("Ny fil: rapport").SetInputFilesAsync(File("rapport-2.txt", "Rapporten, kompletterad"));
            await Press(page, "Spara för en kollegas godkännande");
        });
        await SignOffAndSubmit(2);
        await As(Officer, "follow-up-report-2016", async page =>
        {
            await Expect(page.Locator("ins")).ToHaveTextAsync("Tillagt: kommunerna och regionerna. Slut på ändringen.");
            await Expect(page.Locator("del")).ToHaveTextAsync("Borttaget: kommunerna. Slut på ändringen.");
            await Expect(page.GetByText("Samma ord i båda.")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Borttaget: rapport" })).ToBeVisibleAsync();
            await AssertAccessible(page);
            await Press(page, "Granskad, inget att komplettera");
            await Expect(page.GetByText("Granskad, inget att komplettera").First).ToBeVisibleAsync();
        }, script: true);
    }

    [Fact]
    public async Task What_somebody_else_saved_meanwhile_is_shown_beside_what_was_typed()
    {
        await using var late = await browser.Visit(Lead, script: false, address: host.Address);
        await late.Page.GotoAsync($"/{agreement}/obligations/final-report");
        await As(Approver, "final-report", async page =>
        {
            // It is others' to hand in: the form waits for whoever wants it.
            await page.Locator("summary").GetByText("Lämna in", new() { Exact = true }).ClickAsync();
            await page.GetByLabel("Sammanfattning").FillAsync("Astrids utkast");
            await Press(page, "Spara för en kollegas godkännande");
        });

        await late.Page.GetByLabel("Sammanfattning").FillAsync("Lenas utkast");
        await Press(late.Page, "Spara för en kollegas godkännande");

        await Expect(late.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Någon annan ändrade detta under tiden");
        await Expect(late.Page.GetByLabel("Sammanfattning")).ToHaveValueAsync("Lenas utkast");
        await Expect(late.Page.GetByText("Astrids utkast").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_consultation_is_prepared_by_both_recorded_by_one_and_confirmed_by_the_other()
    {
        await As(Lead, "annual-consultation-2016", async page =>
        {
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Insatser som planeras för det kommande året" })).ToBeVisibleAsync();
            await page.GetByText("Vår synpunkt: Handlingsplanen").ClickAsync();
            await page.Locator("details[open]").GetByLabel("Vår synpunkt", new() { Exact = true }).FillAsync("Vi behöver mer tid.");
            await page.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Spara synpunkten" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Definition).GetByText("Vi behöver mer tid.")).ToBeVisibleAsync();
        });
        await As(Officer, "annual-consultation-2016", async page =>
        {
            await page.GetByText("Bestäm eller flytta dagen").ClickAsync();
            await page.GetByLabel("Dag", new() { Exact = true }).FillAsync("2016-05-20");
            await Press(page, "Bestäm dagen");
            await Expect(page.GetByText("SKR: Vi behöver mer tid.").First).ToBeVisibleAsync();
            await page.GetByLabel("Beskriv kort").FillAsync("Hölls på Arbetsmarknadsdepartementet.");
            await page.GetByLabel("Kartläggningen", new() { Exact = true }).FillAsync("Läggs till grund.");
            await page.GetByLabel("Handlingsplanen", new() { Exact = true }).FillAsync("Synpunkten beaktas.");
            await page.GetByLabel("Deltagare från Sveriges Kommuner och Landsting").FillAsync("Avdelningen för demokrati\nAvdelningen för ekonomi");
            await page.GetByLabel("Så här revideras planen").FillAsync("Planen gäller ett halvår till.");
            var date = page.GetByRole(AriaRole.Group, new() { Name = "Nytt datum 1" });
            await date.GetByLabel("Vad får nytt datum?").SelectOptionAsync(new SelectOptionValue { Value = "final-report" });
            await date.GetByLabel("Nytt datum", new() { Exact = true }).FillAsync("2017-10-01");
            await date.GetByLabel("Vad som beslutades om datumet").FillAsync("En månad senare.");
            await page.GetByLabel("Ny fil: minnesanteckningar").SetInputFilesAsync(File("anteckningar.txt", "Vad som sades"));
            // A browser takes a space for an answer. The page says what is missing, and keeps the rest.
            await page.GetByLabel("Insatser som planeras för det kommande året").FillAsync(" ");
            await Press(page, "Registrera samrådet");
            await page.GetByRole(AriaRole.Link, new() { Name = "Insatser som planeras för det kommande året: Skriv en text" }).ClickAsync();
            await page.GetByLabel("Insatser som planeras för det kommande året").FillAsync("Enligt planen.");
            await Expect(page.GetByLabel("Så här revideras planen")).ToHaveValueAsync("Planen gäller ett halvår till.");
            await Press(page, "Registrera samrådet");
            await Expect(page.GetByText("Avdelningen för ekonomi")).ToBeVisibleAsync();
            await Expect(page.GetByText("Synpunkten beaktas.")).ToBeVisibleAsync();
            await Expect(page.GetByText("Behandlades inte.")).ToBeVisibleAsync();
        });
        await As(Lead, "annual-consultation-2016", async page =>
        {
            await AssertAccessible(page);
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "anteckningar" })).ToBeVisibleAsync();
            await Expect(page.GetByText("Du bekräftar också tilläggsöverenskommelse 1")).ToBeVisibleAsync();
            await Press(page, "Bekräfta");
            await Expect(page.GetByText("Bekräftat av Lena Lind")).ToBeVisibleAsync();
            await page.GotoAsync($"/{agreement}/obligations/final-report");
            await Expect(page.GetByText("Flyttat från 1 september 2017 genom tilläggsöverenskommelse 1")).ToBeVisibleAsync();
        }, script: true);
    }

    [Theory]
    [InlineData("sv", ColorScheme.Dark, Lead)]
    [InlineData("en", ColorScheme.Light, Officer)]
    public async Task Each_state_of_an_obligation_is_accessible_and_fits_a_small_screen(string language, ColorScheme scheme, string person)
    {
        var report = new { summary = "Rapporten", coverLetter = "Härmed", documents = new[] { await Posted.Document(host.Lead, agreement, "Rapporten") } };
        (await host.Lead.Send(HttpMethod.Put, $"{agreement}/obligations/mapping-report/draft", report)).Is(200);
        (await host.Approver.Send(HttpMethod.Put, $"{agreement}/obligations/follow-up-report-2016/draft", report)).Is(200);
        (await host.Approver.Post($"{agreement}/obligations/mapping-report/draft/sign-off", new { revision = 1 })).Is(200);
        (await host.Lead.Post($"{agreement}/obligations/mapping-report/submissions", report)).Is(201);
        await using var visit = await browser.Visit(person, language, scheme, width: 320, address: host.Address);

        foreach (var key in new[] { "mapping-report", "follow-up-report-2016", "annual-consultation-2016", "final-accounts", "coordination-group" })
        {
            await visit.Page.GotoAsync($"/{agreement}/obligations/{key}");
            // Folded forms are looked at, too.
            await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(it => it.open = true)");
            await AssertAccessible(visit.Page);
            Assert.InRange(await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 320);
        }
        Assert.Empty(visit.Complaints);
    }

    // A colleague lets the draft go, and the project lead sends it as it stands.
    async Task SignOffAndSubmit(int number)
    {
        await As(Approver, "follow-up-report-2016", page => Press(page, "Godkänn för inlämning"));
        await As(Lead, "follow-up-report-2016", async page =>
        {
            await Expect(page.GetByText("Astrid Alm har godkänt utkastet.")).ToBeVisibleAsync();
            await Press(page, "Lämna in");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Inlämning {number}" })).ToBeVisibleAsync();
        });
    }

    async Task As(string person, string obligation, Func<IPage, Task> act, bool script = false)
    {
        await using var visit = await browser.Visit(person, script: script, address: host.Address);
        await visit.Page.GotoAsync($"/{agreement}/obligations/{obligation}");
        await act(visit.Page);
        Assert.DoesNotContain(visit.Complaints, c => !c.Contains("422", StringComparison.Ordinal) && !c.Contains("412", StringComparison.Ordinal));
    }

    static async Task AssertAccessible(IPage page) => Assert.Empty(await page.Broken());

    static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };

    static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    static ILocatorAssertions Expect(ILocator what) => Assertions.Expect(what);
}
