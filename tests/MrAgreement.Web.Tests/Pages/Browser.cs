using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MrAgreement.Local.Demo;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>Chromium before the real host with the demo's story told; one for all tests of the pages.</summary>
public sealed class Browser : IAsyncLifetime
{
    static readonly string[] places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    readonly TemporaryFolder folder = new();
    RunningHost? host;
    IPlaywright? playwright;
    IBrowser? chromium;

    public async ValueTask InitializeAsync()
    {
        await Story2014.TellOnce(folder["data"]);
        host = await RunningHost.Start("2014-06-13", folder["data"]);
        playwright = await Playwright.CreateAsync();
        // Other tests go beside these, and on a busy machine a page takes its time.
        Assertions.SetDefaultExpectTimeout(60_000);
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Installed(), Args = ["--no-sandbox", "--disable-gpu"] });
    }

    /// <summary>A page of a new visitor, signed in as the person by that name.</summary>
    /// <param name="address">Another host than the one with the demo's story.</param>
    /// <param name="party">Where the person's namesake is; null for the person's own party.</param>
    internal async Task<Visit> Visit(string person, string language = "sv", ColorScheme scheme = ColorScheme.Light, bool script = true, int width = 1280, Uri? address = null, string? party = null)
    {
        var context = await chromium!.NewContextAsync(new()
        {
            BaseURL = (address ?? host!.Address).ToString(), Locale = language == "sv" ? "sv-SE" : "en-GB", ColorScheme = scheme, JavaScriptEnabled = script,
            ViewportSize = new() { Width = width, Height = 900 }
        });
        context.SetDefaultTimeout(60_000);
        var visit = new Visit(context, await context.NewPageAsync());
        await visit.Page.GotoAsync("/sign-in");
        if (party is null)
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = person }).ClickAsync();
            return visit;
        }
        await visit.Page.GetByRole(AriaRole.Combobox).SelectOptionAsync(person.ToLowerInvariant().Replace(' ', '.'));
        await visit.Page.GetByRole(AriaRole.Textbox).FillAsync(party);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = language == "sv" ? "Logga in" : "Sign in", Exact = true }).ClickAsync();
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
        if (host is not null)
            await host.DisposeAsync();
        folder.Dispose();
    }

    static string Installed() =>
        places.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium; tests/run installs it.");
}

/// <summary>One visitor's page, and what its console complained of.</summary>
sealed class Visit : IAsyncDisposable
{
    readonly IBrowserContext context;

    public Visit(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    /// <summary>The demo's agreement, from the portfolio.</summary>
    public async Task OpenAgreement()
    {
        await Page.GetByRole(AriaRole.Link, new() { Name = "stärka arbetet med mänskliga rättigheter" }).ClickAsync();
        // The library's own wait for an address also waits to hear of "load", which it misses when that came before it listened.
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("/agreements/"));
        await Page.Locator("footer").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}

[CollectionDefinition(nameof(Browser))]
public sealed class BrowserCollection : ICollectionFixture<Browser>;
