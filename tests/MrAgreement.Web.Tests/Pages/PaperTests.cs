using Microsoft.Playwright;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>Pages on paper and on the smallest screens.</summary>
[Collection(nameof(Browser))]
public class PaperTests(Browser browser)
{
    [Fact]
    public async Task A_printed_page_names_its_agreement_and_leaves_out_what_only_a_screen_can_do()
    {
        await using var visit = await browser.Visit("Farid Falk");
        await visit.OpenAgreement();
        var agreement = new Uri(visit.Page.Url).AbsolutePath;
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.True(await visit.Page.GetByText("Rapport om kartläggningen").First.IsVisibleAsync());
        Assert.False(await visit.Page.GetByText("Peka på ett tecken").IsVisibleAsync());
        Assert.False(await visit.Page.GetByText("Visa som månad").IsVisibleAsync());
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

    [Theory]
    [InlineData("Erik Ek")]
    [InlineData("Petra Palm")]
    [InlineData("Rut Ros")]
    public async Task At_400_percent_the_header_leaves_room_and_no_column_is_out_of_sight(string person)
    {
        await using var visit = await browser.Visit(person, width: 320);
        await visit.OpenAgreement();
        await visit.Page.SetViewportSizeAsync(320, 256);

        Assert.InRange(await visit.Page.EvaluateAsync<int>("document.querySelector('header').offsetHeight"), 1, 128);
        Assert.False(await visit.Page.Locator("svg.timeline").IsVisibleAsync());
        var cells = await visit.Page.EvaluateAsync<double[]>("[...document.querySelectorAll('.cards td[data-label]')].map(cell => cell.getBoundingClientRect().right)");
        Assert.NotEmpty(cells);
        Assert.All(cells, right => Assert.InRange(right, 1, 320));
    }
}
