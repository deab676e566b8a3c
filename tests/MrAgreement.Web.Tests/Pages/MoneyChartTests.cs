using Microsoft.Playwright;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>The charts of the money as they are drawn: one scale, parts that end where their sum ends, and amounts with their decimals below one another.</summary>
[Collection(nameof(Browser))]
public class MoneyChartTests(Browser browser)
{
    const string Chart = """
        [...document.querySelectorAll('dl.way')].map(way => [...way.querySelectorAll(':scope > div')].map(row => {
            const of = it => { const box = row.querySelector(it)?.getBoundingClientRect(); return box ? [box.left, box.right] : [0, 0]; };
            return { name: row.querySelector('dt').textContent, track: of('.track'), bar: of('rect') };
        }))
        """;

    [Theory]
    [InlineData(320)]
    [InlineData(600)]
    [InlineData(800)]
    [InlineData(1280)]
    [InlineData(1920)]
    public async Task The_rows_of_the_charts_have_one_scale_and_used_and_remaining_end_where_received_ends(int width)
    {
        await using var visit = await browser.Visit("Farid Falk", width: width);
        await visit.OpenAgreement();
        await visit.Page.GotoAsync($"{new Uri(visit.Page.Url).AbsolutePath}/grant");

        var charts = (await visit.Page.EvaluateAsync<Row[][]>(Chart)).Where(rows => rows.Length > 0).ToList();

        Assert.Equal(4, charts.Count);
        foreach (var rows in charts)
            Assert.Single(rows.Select(row => (row.Track[0], row.Track[1])).Distinct());
        // Every instalment's as wide as the others', since they are drawn to one scale.
        Assert.Single(charts.Skip(1).SelectMany(rows => rows).Select(row => Math.Round(row.Track[1] - row.Track[0], 2)).Distinct());
        var whole = charts[0];
        Assert.Equal(whole.Single(row => row.Name == "Mottaget").Bar[1], whole.Single(row => row.Name == "Återstår av det mottagna").Bar[1]);
    }

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task Decimals_stand_below_one_another(string language)
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var agreement = await Money2014.Requisitioned(host);
        (await host.Payer.Post($"{agreement}/grant/payments", new { direction = "in", paidOn = "2014-09-13", amount = 4_000_000, reference = "1", requisition = 1 })).Is(201);
        (await host.Finance.Post($"{agreement}/grant/adjustments", new { kind = "correction", amount = 1234567.5, period = new { from = "2015-01-01", to = "2015-12-31" }, reason = "Rättelse" })).Is(201);
        (await host.Approver.Post($"{agreement}/grant/adjustments/1/attestation")).Is(200);
        (await host.Finance.Post($"{agreement}/grant/statements", new { kind = "final", period = new { from = "2014-06-13", to = "2016-02-16" } })).Is(201);
        await using var visit = await browser.Visit("Farid Falk", language, address: host.Address);
        await visit.Page.GotoAsync($"/{agreement}/grant/statements/1");

        // Where the last whole digit ends, in each cell of the sheet.
        var ends = await visit.Page.EvaluateAsync<double[]>("""
            [...document.querySelectorAll('.sheet .number:is(td)')].map(cell => {
                const text = cell.firstChild, found = /(\d)(?=[,.]\d\d(?!\d)|\D*$)/.exec(text.data), range = document.createRange();
                range.setStart(text, found.index); range.setEnd(text, found.index + 1);
                return Math.round(range.getBoundingClientRect().right * 10) / 10;
            })
            """);

        Assert.Equal((6, 2), (ends.Length, await visit.Page.Locator(".sheet .odd").CountAsync()));
        Assert.Single(ends.Distinct());
    }

    [Fact]
    public async Task What_is_over_budget_is_marked_in_the_chart_and_in_words()
    {
        await using var host = await RunningHost.Start("2016-02-16");
        var agreement = await Money2014.Requisitioned(host);
        (await host.Finance.Send(HttpMethod.Put, $"{agreement}/grant/budget", new { lines = new[] { new { category = "resor", year = 2015, amount = 2_000 }, new { category = "konsulter", year = 2015, amount = 187_500 } } })).Is(200);
        (await host.Finance.ImportLedger(agreement, Fixture.Ledger)).Is(201);
        await using var visit = await browser.Visit("Farid Falk", address: host.Address);
        await visit.Page.GotoAsync($"/{agreement}/grant");

        var row = visit.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^resor 2015") });
        Assert.Contains("400 kr över budget", (await row.InnerTextAsync()).Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(1, await row.Locator("rect.over").CountAsync());
        Assert.Equal(1, await visit.Page.Locator("rect.over").CountAsync());
    }

    sealed class Row
    {
        public string Name { get; set; } = "";
        public double[] Track { get; set; } = [];
        public double[] Bar { get; set; } = [];
    }
}
