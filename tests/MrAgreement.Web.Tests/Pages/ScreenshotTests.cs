namespace MrAgreement.Web.Tests.Pages;

/// <summary>Pictures of the main pages, to be looked at, in <c>screenshots</c> beside the tests.</summary>
[Collection(nameof(Browser))]
public class ScreenshotTests(Browser browser)
{
    // A blank page is smaller, in bytes.
    const int Least = 5_000;

    static readonly string folder = Path.Combine(AppContext.BaseDirectory, "screenshots");

    [Theory]
    [InlineData("Lena Lind", 1280)]
    [InlineData("Erik Ek", 1280)]
    [InlineData("Astrid Alm", 1280)]
    [InlineData("Petra Palm", 1280)]
    [InlineData("Farid Falk", 320)]
    public async Task A_picture_of_each_main_page_is_kept(string person, int width)
    {
        Directory.CreateDirectory(folder);
        await using var visit = await browser.Visit(person, width: width);
        var taken = new List<string> { await Taken("start") };
        await visit.OpenAgreement();
        var agreement = new Uri(visit.Page.Url).AbsolutePath;
        taken.Add(await Taken("agreement"));
        foreach (var (name, path) in new[] { ("obligations", $"{agreement}/obligations"), ("grant", $"{agreement}/grant"), ("requisitions", $"{agreement}/grant/requisitions"), ("obligation", $"{agreement}/obligations/follow-up-report-2016"), ("settlement", $"{agreement}/grant/settlement"), ("deadlines", "/deadlines"), ("log", $"{agreement}/log") })
        {
            await visit.Page.GotoAsync(path);
            taken.Add(await Taken(name));
        }

        Assert.All(taken, file => Assert.True(new FileInfo(file).Length > Least, file));

        async Task<string> Taken(string name)
        {
            var file = Path.Combine(folder, $"{name}-{person.ToLowerInvariant().Replace(' ', '-')}-{width}.png");
            await visit.Page.ScreenshotAsync(new() { Path = file, FullPage = true });
            return file;
        }
    }
}
