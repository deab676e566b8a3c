using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

public partial class ArchivePageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task A_package_is_ordered_waited_for_and_fetched()
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains($"href=\"/{agreement}/archive\"", (await officer.Get($"/{agreement}/documents")).Text, StringComparison.Ordinal);

        var shown = await officer.Send($"/{agreement}/archive", $"/{agreement}/archive");
        for (var tries = 0; shown.Text.Contains("Paketet görs.", StringComparison.Ordinal) && tries < 600; tries++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            shown = await officer.Get(shown.Path);
        }

        Assert.Contains("Paketet är klart att hämta.", shown.Text, StringComparison.Ordinal);
        var content = Link().Match(shown.Text).Groups[1].Value;
        Assert.StartsWith("PK", (await officer.Get(content)).Text, StringComparison.Ordinal);
        Assert.Contains("Erik Ek gjorde ett arkivpaket för RK", (await officer.Get($"/{agreement}/log")).Text, StringComparison.Ordinal);

        // Another party's is nowhere.
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        Assert.Equal(404, (await lead.Get(content)).Status);
        Assert.Contains("Inget arkivpaket är gjort.", (await lead.Get($"/{agreement}/archive")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_chooses_whose_archive_it_is_for()
    {
        var agreement = await Posted.Agreement(host);
        using var admin = await PageCaller.SignIn(host, "adam.berg");

        var refused = await admin.Send($"/{agreement}/archive", $"/{agreement}/archive", ("party", ""));

        Assert.Equal(422, refused.Status);
        Assert.Contains("För vems arkiv", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("görs", (await admin.Send($"/{agreement}/archive", $"/{agreement}/archive", ("party", "KAMK"))).Text.Split("<main")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_have_them_made_does_not_come_there()
    {
        var agreement = await Posted.Agreement(host);
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        Assert.DoesNotContain("/archive\"", (await finance.Get($"/{agreement}/documents")).Text, StringComparison.Ordinal);
        Assert.Equal(403, (await finance.Get($"/{agreement}/archive")).Status);
        Assert.Equal(403, (await finance.Get("/archive")).Status);
    }

    [Fact]
    public async Task Several_closed_agreements_are_ordered_together()
    {
        await using var own = await RunningHost.Start();
        using var officer = await PageCaller.SignIn(own, "erik.ek");
        Assert.Contains("Ingen överenskommelse är avslutad.", (await officer.Get("/archive")).Text, StringComparison.Ordinal);
        string[] closed = [await Closed(own), await Closed(own)];

        Assert.Contains("Välj minst en överenskommelse.", (await officer.Send("/archive", "/archive")).Text, StringComparison.Ordinal);
        var shown = await officer.Send("/archive", "/archive", [.. closed.Select(path => ("agreements", path.Split('/')[1]))]);
        for (var tries = 0; !shown.Text.Contains("Gjorda paket: 2 av 2.", StringComparison.Ordinal) && tries < 600; tries++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            shown = await officer.Get(shown.Path);
        }

        Assert.Contains("Gjorda paket: 2 av 2.", shown.Text, StringComparison.Ordinal);
        foreach (var path in closed)
            Assert.Single(await own.Officer.All($"{path}/archive-packages"));
    }

    static async Task<string> Closed(RunningHost host)
    {
        var terms = Posted.Terms();
        terms.Remove("grant");
        var path = await Posted.Agreement(host, terms);
        foreach (var key in new[] { "report", "meeting-2015", "meeting-2016", "accounts" })
            (await host.Officer.Post($"{path}/obligations/{key}/waiver", new { reason = "Avslutas", reference = "A1" })).Is(200);
        (await host.Officer.Post($"{path}/closure", "{}")).Is(200);
        return path;
    }

    [GeneratedRegex("href=\"([^\"]+/content)\"")]
    private static partial Regex Link();
}
