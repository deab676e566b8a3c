using Microsoft.Playwright;

namespace MrAgreement.Web.Tests.Pages;

[Collection(nameof(Browser))]
public class AccessibilityTests(Browser browser)
{
    // Erik Ek has the most forms, Lena Lind the returned report.
    [Theory]
    [InlineData("sv", ColorScheme.Light, "Lena Lind")]
    [InlineData("sv", ColorScheme.Dark, "Erik Ek")]
    [InlineData("en", ColorScheme.Light, "Erik Ek")]
    [InlineData("en", ColorScheme.Dark, "Farid Falk")]
    [InlineData("sv", ColorScheme.Light, "Agnes Asp")]
    public async Task No_page_breaks_an_accessibility_rule_or_its_own_security_policy(string language, ColorScheme scheme, string person)
    {
        await using var visit = await browser.Visit(person, language, scheme);
        await visit.OpenAgreement();
        var agreement = new Uri(visit.Page.Url).AbsolutePath;
        var found = new List<string>();
        var drafts = person == "Erik Ek" ? await Drafted(visit) : [];

        foreach (var path in (string[])[.. drafts, .. person is "Lena Lind" or "Farid Falk" ? PlanDraft(agreement) : [], "/", agreement, .. Places(agreement), $"{agreement}/obligations/follow-up-report-2016", $"{agreement}/obligations/annual-consultation-2016", $"{agreement}/log", "/deadlines", "/sign-in", "/no-such-page", "/accessibility",
            "/clock", $"{agreement}/disclosures", .. person == "Agnes Asp" ? (string[])[] : ["/registry", "/retention"],
            "/?overdue=true&order=title", "/turns", "/payments", "/deadlines?view=month", $"{agreement}?asOf=2015-04-20", $"{agreement}/log?subject=obligation&event=5", $"{agreement}/obligations/action-plan?asOf=2015-05-01"])
        {
            await visit.Page.GotoAsync(path);
            found.AddRange(await visit.Page.Broken());
        }

        Assert.Empty(found);
        Assert.DoesNotContain(visit.Complaints, c => !c.Contains("404", StringComparison.Ordinal));
    }

    static readonly string[] places = ["work", "findings", "publications", "plan", "plan/versions/2", "plan/focus-areas/utveckling", "plan/measures/ledningsutbildning", "obligations", "consultations", "grant", "grant/requisitions", "grant/payments", "grant/adjustments", "documents", "contract", "people"];

    static IEnumerable<string> Places(string agreement) => places.Select(place => $"{agreement}/{place}");

    // The recipient's own.
    static string[] PlanDraft(string agreement) => [$"{agreement}/plan/draft", $"{agreement}/plan/draft/measures/regionledningar"];

    // Pages of terms that are being written, with much to mend and with nothing.
    static async Task<string[]> Drafted(Visit visit)
    {
        var pages = new List<string> { "/drafts" };
        foreach (var (template, sections) in new[] { (1, new[] { "", "/sections/parties", "/sections/obligation-1", "/sections/grant" }), (3, ["/obligations", "/sections/about", "/sections/goals", "/sections/obligation-6", "/sections/reminders", "/whole", "/terms", "/changes"]) })
        {
            await visit.Page.GotoAsync("/drafts");
            await visit.Page.Locator("input[name=template]").Nth(template).CheckAsync();
            await visit.Page.Locator("#drafts-form button, form[action='/drafts'] button.primary").First.ClickAsync();
            var draft = new Uri(visit.Page.Url).AbsolutePath;
            pages.AddRange(sections.Select(section => $"{draft}{section}"));
        }
        return [.. pages];
    }

    [Fact]
    public async Task An_English_page_marks_what_people_wrote_in_Swedish_as_Swedish()
    {
        await using var visit = await browser.Visit("Erik Ek", "en");
        await visit.OpenAgreement();
        var agreement = new Uri(visit.Page.Url).AbsolutePath;
        var found = new List<string>();

        foreach (var path in (string[])[.. await Drafted(visit), "/", agreement, .. Places(agreement), $"{agreement}/obligations/follow-up-report-2016", $"{agreement}/obligations/annual-consultation-2016", $"{agreement}/bodies", $"{agreement}/obligations/action-plan", $"{agreement}/log", "/deadlines", "/turns", "/payments", "/deadlines?view=month",
            $"{agreement}?asOf=2015-04-20", $"{agreement}/grant/statements", $"{agreement}/grant/reconciliation", $"{agreement}/grant/settlement", $"{agreement}/grant/categories", $"{agreement}/grant/budget"])
        {
            await visit.Page.GotoAsync(path);
            found.AddRange((await visit.Page.EvaluateAsync<string[]>(UnmarkedSwedish)).Select(text => $"{path}: {text.Trim()}"));
        }

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    // Names are the same in every language; the field's Swedish terms among our own English words are few and none has such a letter.
    const string UnmarkedSwedish = """
        (() => {
          const unmarked = [];
          const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (/[åäöÅÄÖ]|\b(och|inför|rapport|redovisning|handlingsplan|slutrapport)\b/i.test(node.data.replace(/Sveriges Kommuner och (Regioner|Landsting)|Regeringskansliet \(Arbetsmarknadsdepartementet\)/g, '')) && node.parentElement.closest('[lang]').getAttribute('lang') !== 'sv' && !node.parentElement.closest('textarea, script, style, [aria-hidden=true]'))
              unmarked.push(node.data);
          }
          for (const it of document.querySelectorAll('[aria-label]'))
            if (/[åäöÅÄÖ]/.test(it.getAttribute('aria-label')) && it.closest('[lang]').getAttribute('lang') !== 'sv')
              unmarked.push(`aria-label ${it.getAttribute('aria-label')}`);
          return unmarked;
        })()
        """;

    [Fact]
    public async Task The_check_itself_finds_a_picture_without_words()
    {
        await using var visit = await browser.Visit("Lena Lind");
        await visit.Page.EvaluateAsync("document.querySelector('main').append(document.createElement('img'))");

        Assert.Contains(await visit.Page.Broken(), it => it.Contains("image-alt", StringComparison.Ordinal));
    }

    // Amounts that end beyond the screen, and rows that are tall with nothing in them.
    const string CutOrEmpty = """
        (() => [
          ...[...document.querySelectorAll('table .number')].filter(it => it.getClientRects().length > 0 && it.getBoundingClientRect().right > 320).map(it => `cut: ${it.textContent.trim()}`),
          ...[...document.querySelectorAll('table.cards tr')].filter(it => it.checkVisibility() && it.getBoundingClientRect().height > 48 && it.innerText.trim() === '').map(() => 'empty row')
        ])()
        """;

    [Fact]
    public async Task Pages_fit_a_screen_320_pixels_wide()
    {
        await using var visit = await browser.Visit("Erik Ek", width: 320);
        await visit.OpenAgreement();
        var agreement = new Uri(visit.Page.Url).AbsolutePath;
        var (widths, cut) = (new Dictionary<string, int>(), new List<string>());

        foreach (var path in (string[])["/", agreement, .. Places(agreement), $"{agreement}/obligations/follow-up-report-2016", $"{agreement}/log", "/deadlines", "/turns", "/payments", "/deadlines?view=month", $"{agreement}?asOf=2015-04-20", "/clock",
            "/registry", "/retention", $"{agreement}/disclosures", .. await Drafted(visit)])
        {
            await visit.Page.GotoAsync(path);
            widths[path] = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            cut.AddRange((await visit.Page.EvaluateAsync<string[]>(CutOrEmpty)).Select(it => $"{path}: {it}"));
        }

        await using var lead = await browser.Visit("Lena Lind", width: 320);
        foreach (var path in PlanDraft(agreement))
        {
            await lead.Page.GotoAsync(path);
            widths[path] = await lead.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            cut.AddRange((await lead.Page.EvaluateAsync<string[]>(CutOrEmpty)).Select(it => $"{path}: {it}"));
        }

        Assert.All(widths, page => Assert.InRange(page.Value, 1, 320));
        Assert.True(cut.Count == 0, string.Join('\n', cut));
    }
}
