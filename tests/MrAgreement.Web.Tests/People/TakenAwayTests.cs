using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Calendars;
using MrAgreement.Running;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.People;

/// <summary>What is taken away, and who reads what is confidential, is told in the log of security events; and who is told of no costs.</summary>
public sealed class TakenAwayTests
{
    static async Task<IReadOnlyList<string>> Told(RunningHost host) =>
    [
        .. (await host.Services.GetRequiredService<SecurityLog>().On(StockholmTime.DateOf(SystemClock.Instance.GetCurrentInstant()), TestContext.Current.CancellationToken))
            .Reverse().Select(e => $"{e.By} {e.Detail} {e.Event} {e.About![e.About!.LastIndexOf("/agreements/", StringComparison.Ordinal)..][49..]}")
    ];

    [Fact]
    public async Task What_an_auditor_takes_away_is_told_and_what_a_party_takes_of_its_own_is_not()
    {
        await using var host = await RunningHost.Start();
        var path = await Money2014.Requisitioned(host);
        (await host.Finance.ImportLedger(path, "skr_example_4E_cp437.se")).Is(201);
        (await host.Finance.Post($"{path}/grant/statements", new { kind = "annual", period = new { from = "2014-01-01", to = "2014-12-31" } })).Is(201);
        using var auditor = await PageCaller.SignIn(host, "agnes.asp");

        foreach (var format in new[] { "csv", "xlsx" })
        {
            (await host.Finance.Get($"{path}/grant/statements/1/content?format={format}")).Ok();
            (await host.Auditor.Get($"{path}/grant/statements/1/content?format={format}")).Ok();
            Assert.Equal(200, (await auditor.Look($"/{path}/grant/statements/1/content/{format}")).Status);
        }

        Assert.Equal(
        [
            "agnes.asp auditor FileTaken grant/statements/1/content?format=csv", "agnes.asp auditor FileTaken grant/statements/1/content/csv",
            "agnes.asp auditor FileTaken grant/statements/1/content?format=xlsx", "agnes.asp auditor FileTaken grant/statements/1/content/xlsx"
        ], await Told(host));
        using var admin = await PageCaller.SignIn(host, "adam.berg");
        Assert.Contains("hämtade en fil", (await admin.Get("/security-log")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_takes_a_package_or_reads_what_is_confidential_is_told()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        var secret = (await host.Lead.Post($"{path}/documents", Posted.Form(Encoding.UTF8.GetBytes("Hemligt"), "avtal.txt", ("title", "Avtal"), ("kind", "report"),
            ("confidential", "true"), ("legalGround", "OSL 19:1")))).Is(201).Text("id");
        var open = await Posted.Document(host.Lead, path, "Öppet");
        var ordered = await host.Lead.Post($"{path}/archive-packages", "{}");
        await Archives.ArchiveTests.Followed(host.Lead, ordered.Location!);

        (await host.Lead.Get($"{path}/documents/{secret}/content")).Ok();
        (await host.Lead.Get($"{path}/documents/{open}/content")).Ok();
        (await host.Payer.Get($"{path}/documents/{secret}/content")).IsProblem(404, "unknown-document");
        (await host.Lead.Get($"{ordered.Location}/content")).Ok();

        Assert.Equal([$"lena.lind project-lead@SKR ConfidentialRead documents/{secret}/content", $"lena.lind project-lead@SKR PackageTaken archive-packages/{ordered.Location![^36..]}/content"],
            await Told(host));
    }

    [Fact]
    public async Task Costs_that_nobody_has_submitted_are_told_to_neither_payer_nor_reader()
    {
        await using var host = await RunningHost.Start();
        var path = await Money2014.Requisitioned(host);
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 4000000, reference = "A2014/2289/DISK" })).Is(201);
        (await host.Finance.ImportLedger(path, "skr_example_4E_cp437.se")).Is(201);
        Assert.Equal([4000000m, 3687550m, 0m, 312450m], await host.Officer.Balances(path));
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        using var reader = await PageCaller.SignIn(host, "rut.ros");

        foreach (var (by, pages) in new[] { (host.Payer, payer), (host.Reader, reader) })
        {
            Assert.Equal([4000000m, 0m, 0m, 4000000m], await by.Balances(path));
            Assert.Equal((0m, 4000000m), ((await by.Get(path)).Is(200).Number("grant.used"), (await by.Get(path)).Is(200).Number("grant.remaining")));
            Assert.Equal(0m, (await by.All("agreements")).Single(it => it.Text("id") == path[^36..]).Number("grant.used"));
            foreach (var resource in new[] { "grant", "grant/settlement", "grant/reconciliation", "grant/budget", "grant/categories", "grant/ledger-imports", "grant/vouchers", "grant/adjustments", "grant/statements" })
                foreach (var figure in new[] { "3687550", "312450", "3 687 550" })
                    Assert.DoesNotContain(figure, (await by.Get($"{path}/{resource}")).Text, StringComparison.Ordinal);
            foreach (var page in new[] { "", "/grant/settlement", "/grant/reconciliation", "/grant/budget", "/grant/categories", "/grant/statements", "/log" })
                Assert.DoesNotMatch("3\\s?687\\s?550|312\\s?450(?!,50)", (await pages.Get($"/{path}{page}")).Text);
            Assert.DoesNotMatch("3\\s?687\\s?550|312\\s?450(?!,50)", (await pages.Get("/")).Text);
        }
        Assert.Equal("statements", (await host.Payer.Get($"{path}/grant/settlement")).Is(200).Text("basis"));
        Assert.DoesNotContain("3687550", (await host.Payer.Get($"{path}/events?limit=100")).Text, StringComparison.Ordinal);
    }
}
