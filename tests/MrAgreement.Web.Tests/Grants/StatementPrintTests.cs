using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using MrAgreement.Web.Tests.Hosts;
using static MrAgreement.Web.Tests.Grants.Printed;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>Statements as files, over HTTP.</summary>
public class StatementPrintTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    /// <summary>An agreement with money received, costs in two categories against a budget, and a statement of 2014.</summary>
    async Task<string> Stated()
    {
        var terms = Posted.Terms();
        terms["grant"]!["categories"] = JsonNode.Parse("""[{ "key": "personal", "title": "Löner" }, "resor"]""");
        var path = await Posted.Agreement(host, terms);
        (await host.Finance.Post($"{path}/grant/requisitions", Requisition)).Is(201);
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 1000.50m, reference = "x", requisition = 1 })).Is(201);
        (await host.Finance.Send(HttpMethod.Put, $"{path}/grant/budget", new { lines = new[] { new { category = "personal", year = 2014, amount = 500m } } })).Is(200);
        foreach (var (i, (category, amount, reason)) in new[] { ("personal", 312.45m, "Löner för åtta dagar"), ("resor", -0.05m, "=SUM(A1); \"öre\"") }.Index())
        {
            (await host.Finance.Post($"{path}/grant/adjustments", new { kind = "accrual", amount, period = new { from = "2014-01-01", to = "2014-06-13" }, reason, category })).Is(201);
            (await host.Approver.Post($"{path}/grant/adjustments/{i + 1}/attestation")).Is(200);
        }
        (await host.Finance.Post($"{path}/grant/statements",
            new { kind = "annual", period = new { from = "2014-01-01", to = "2014-12-31" }, explanations = new[] { new { category = "personal", text = "Tjänsten tillsattes i juni." } } })).Is(201);
        return path;
    }

    [Fact]
    public async Task A_statement_is_a_pdf_with_its_figures_reasons_and_hash()
    {
        var path = await Stated();
        (await host.Approver.Post($"{path}/grant/statements/1/attestation")).Is(200);
        var hash = (await host.Finance.Get($"{path}/grant/statements/1")).Is(200).Text("sha256");
        var pdf = await host.Finance.Get($"{path}/grant/statements/1/content");

        Assert.Equal($"""
            Ekonomisk redovisning
            Överenskommelse för prov
            Redovisning
            1
            Diarienummer
            Fi2014/1
            Mottagare
            Sveriges Kommuner och Regioner (222000-0315)
            Bidragsgivare
            Regeringskansliet
            Utbetalande myndighet
            Kammarkollegiet
            Period
            1 januari 2014 – 31 december 2014
            Valuta
            SEK
            Sammanställning
            Post
            Belopp
            Ingående balans
            0,00
            Mottaget
            1 000,50
            Förbrukat
            312,40
            Återbetalt
            0,00
            Öresavrundning
            0,00
            Utgående balans
            688,10
            Kostnader i perioden
            312,40
            – bokfört eller rapporterat
            0,00
            – attesterade justeringar och beslut
            312,40
            Kostnader från början
            312,40
            Övriga intäkter
            0,00
            Kostnadsslag och år
            Kostnadsslag
            År
            Kostnad
            Budget
            Prognos
            Löner
            2014
            312,45
            500,00
            resor
            2014
            −0,05
            Förbrukat
            312,40
            Justeringar
            Nummer
            Slag
            Skäl
            Belopp
            1
            Periodisering
            Löner för åtta dagar
            312,45
            2
            Periodisering
            =SUM(A1); "öre"
            −0,05
            Förklaringar till avvikelser
            Kostnadsslag
            Förklaring
            Löner
            Tjänsten tillsattes i juni.
            Upprättande och attest
            Upprättad av
            Farid Falk, 13 juni 2014
            Attesterad av
            Astrid Alm, 13 juni 2014

            """, Regex.Replace(Said(pdf), "(Redovisningens innehåll.*\n.*|Fi2014/1, ekonomisk redovisning 1 – sida . av 2)\n", ""), ignoreLineEndingDifferences: true);
        Assert.Contains(hash!, Said(pdf).Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("filename=Fi2014-1-redovisning-1.pdf", pdf["Content-Disposition"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_as_json_is_the_bytes_that_its_hash_is_of()
    {
        var path = await Stated();
        var hash = (await host.Finance.Get($"{path}/grant/statements/1")).Is(200).Text("sha256");
        var json = await host.Finance.Get($"{path}/grant/statements/1/content?format=json");

        json.Is(200);
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(json.Bytes)));
        Assert.Equal(312.40m, json.Json.Number("content.used"));
    }

    [Fact]
    public async Task A_statement_as_csv_is_one_plain_table()
    {
        var path = await Stated();
        var csv = await host.Finance.Get($"{path}/grant/statements/1/content?format=csv");
        csv.Ok();
        var rows = CsvText.Rows(csv.Bytes);

        Assert.Equal("text/csv", csv.MediaType);
        Assert.Equal(Encoding.UTF8.Preamble, csv.Bytes.AsSpan(0, 3));
        Assert.Equal([["Del", "Post", "År", "Belopp", "Budget", "Prognos", "Uppgift"], ["Uppgifter", "Ekonomisk redovisning", "", "", "", "", "Överenskommelse för prov"]], rows.Take(2));
        Assert.Contains(["Sammanställning", "Utgående balans", "", "688,10", "", "", ""], rows);
        Assert.Contains(["Kostnadsslag och år", "Löner", "2014", "312,45", "500,00", "", ""], rows);
        Assert.Contains(["Justeringar", "Periodisering 2", "", "-0,05", "", "", "'=SUM(A1); \"öre\""], rows);
        Assert.Contains(["Förklaringar till avvikelser", "Löner", "", "", "", "", "Tjänsten tillsattes i juni."], rows);
        Assert.Contains(["Costs in the period", "", "312,40", "", "", ""], CsvText.Rows((await host.Finance.Get($"{path}/grant/statements/1/content?format=csv", english)).Bytes).Select(row => row[1..]));
    }

    [Fact]
    public async Task A_statement_as_a_workbook_has_real_figures()
    {
        var xlsx = await host.Finance.Get($"{await Stated()}/grant/statements/1/content?format=XLSX");
        xlsx.Ok();
        Assert.Equal(Xlsx, xlsx.MediaType);
        using var document = SpreadsheetDocument.Open(new MemoryStream(xlsx.Bytes), isEditable: false);
        var sheets = document.WorkbookPart!.Workbook.Descendants<Sheet>().ToDictionary(s => s.Name!.Value!, s => ((WorksheetPart)document.WorkbookPart.GetPartById(s.Id!)).Worksheet.Descendants<Row>().ToList());

        Assert.Equal(["Sammanställning", "Kostnadsslag och år", "Justeringar", "Förklaringar till avvikelser", "Uppgifter"], sheets.Keys);
        Assert.Equal(688.10m, decimal.Parse(sheets["Sammanställning"].Single(row => row.InnerText.StartsWith("Utgående balans", StringComparison.Ordinal)).Elements<Cell>().Last().CellValue!.Text, CultureInfo.InvariantCulture));
        Assert.Equal(["Löner", "2014", "312.45", "500", ""], sheets["Kostnadsslag och år"][1].Elements<Cell>().Select(c => c.InnerText));
    }

    [Fact]
    public async Task A_statement_is_had_by_those_who_see_it_in_formats_that_there_are()
    {
        var path = await Stated();
        (await host.Finance.Get($"{path}/grant/statements/1/content?format=docx")).IsProblem(400, "malformed-parameter");
        (await host.Finance.Get($"{path}/grant/statements/2/content")).IsProblem(404, "no-such-statement");
        foreach (var format in new[] { "pdf", "xlsx", "csv", "json" })
            (await host.Officer.Get($"{path}/grant/statements/1/content?format={format}")).IsProblem(404, "no-such-statement");
    }
}
