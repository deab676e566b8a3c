using Microsoft.Playwright;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>Pages fit paper, a usual screen and the smallest.</summary>
[Collection(nameof(Browser))]
public class FittingTests(Browser browser)
{
    [Fact]
    public async Task A_printed_page_names_its_agreement_and_leaves_out_what_only_a_screen_can_do()
    {
        await using var visit = await browser.Visit("Farid Falk");
        await visit.OpenAgreement();
        var agreement = new Uri(visit.Page.Url).AbsolutePath;
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.False(await visit.Page.GetByText("Visa som månad").IsVisibleAsync());
        await visit.Page.GotoAsync($"{agreement}/obligations");
        Assert.True(await visit.Page.GetByText("Rapport om kartläggningen").First.IsVisibleAsync());
        Assert.False(await visit.Page.GetByText("Peka på ett tecken").IsVisibleAsync());
        foreach (var page in new[] { "grant/statements", "obligations/follow-up-report-2016" })
        {
            await visit.Page.GotoAsync($"{agreement}/{page}");
            var named = visit.Page.GetByText("A2014/2289/DISK, Överenskommelse mellan regeringen");
            Assert.True(await named.IsVisibleAsync());
            await visit.Page.EmulateMediaAsync(new() { Media = Media.Screen });
            Assert.False(await named.IsVisibleAsync());
            await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        }
    }

    [Fact]
    public async Task No_table_of_the_money_is_wider_than_a_sheet()
    {
        // A4 within its margins.
        await using var visit = await browser.Visit("Farid Falk", width: 688);
        await visit.OpenAgreement();
        var agreement = new Uri(visit.Page.Url).AbsolutePath;
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var page in new[] { "/grant", "/grant/requisitions", "/grant/payments" })
        {
            await visit.Page.GotoAsync($"{agreement}{page}");
            Assert.Empty(await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.scroll table')].filter(it => it.getBoundingClientRect().width > 689).map(it => `${it.caption.textContent} ${it.scrollWidth}`)"));
        }
    }

    [Fact]
    public async Task No_table_of_an_agreement_is_wider_than_a_usual_screen_shows()
    {
        await using var visit = await browser.Visit("Farid Falk");
        await visit.OpenAgreement();
        var agreement = new Uri(visit.Page.Url).AbsolutePath;

        // The overview is seen without scrolling.
        Assert.InRange(await visit.Page.EvaluateAsync<int>("Math.ceil(document.querySelector('main .glance').getBoundingClientRect().bottom + scrollY)"), 1, 800);
        var beyond = new List<string>();
        foreach (var page in new[] { "/obligations", "/consultations", "/grant", "/grant/requisitions", "/grant/payments", "/grant/adjustments", "/documents", "/people" })
        {
            await visit.Page.GotoAsync($"{agreement}{page}");
            beyond.AddRange(await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.scroll')].filter(it => it.scrollWidth > it.clientWidth).map(it => `${it.textContent.trim().slice(0, 40)} ${it.scrollWidth}`)"));
        }
        Assert.Empty(beyond);
    }

    [Theory]
    [InlineData("Erik Ek")]
    [InlineData("Petra Palm")]
    [InlineData("Rut Ros")]
    public async Task At_400_percent_the_header_leaves_room_and_no_column_is_out_of_sight(string person)
    {
        await using var visit = await browser.Visit(person, width: 320);
        await visit.OpenAgreement();
        await visit.Page.GotoAsync($"{new Uri(visit.Page.Url).AbsolutePath}/obligations");
        await visit.Page.SetViewportSizeAsync(320, 256);

        Assert.InRange(await visit.Page.EvaluateAsync<int>("document.querySelector('header').offsetHeight"), 1, 128);
        Assert.False(await visit.Page.Locator("svg.timeline").IsVisibleAsync());
        var cells = await visit.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('.cards td[data-label]')].map(cell => cell.getBoundingClientRect().right)");
        Assert.NotEmpty(cells);
        Assert.All(cells, right => Assert.InRange(right, 1, 320));
    }
}
