using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using MrAgreement.Formats.Letters;
using MrAgreement.Formats.Tests.Letters;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>Requisitions and statements as files over HTTP.</summary>
public class PrintTests(SharedHost shared)
{
    const string Pdf = "application/pdf";
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    readonly RunningHost host = shared.Host;

    static readonly (string, string) english = ("Accept-Language", "en");

    static object Period => new { from = "2014-07-01", to = "2014-12-31" };

    static object Requisition => new { instalment = "first", amount = 1000.50m, bankgiro = "5050-1055", reference = "Fi2014/1", period = Period };

    static string Said(Answer pdf)
    {
        pdf.Ok();
        Assert.Equal(Pdf, pdf.MediaType);
        return new PdfText(pdf.Bytes).All.Replace('\u00A0', ' ');
    }

    static JsonObject Limited(decimal limit)
    {
        var terms = Some.Terms();
        terms["grant"]!["attestationLimit"] = limit;
        return terms;
    }

    /// <summary>An agreement with a requisition that is prepared, on a host.</summary>
    static async Task<string> Prepared(RunningHost host)
    {
        var path = await Some.Agreement(host);
        (await host.Finance.Post($"{path}/grant/requisitions", Requisition)).Is(201);
        return path;
    }

    /// <summary>An agreement with money received, costs in two categories against a budget, and a statement of 2014.</summary>
    async Task<string> Stated()
    {
        var terms = Some.Terms();
        terms["grant"]!["categories"] = JsonNode.Parse("""[{ "key": "personal", "title": "Löner" }, "resor"]""");
        var path = await Some.Agreement(host, terms);
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
    public async Task A_requisition_is_a_pdf_that_says_who_asks_whom_for_what()
    {
        var path = await Prepared(host);
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        var pdf = await host.Finance.Get($"{path}/grant/requisitions/1/content");

        Assert.Equal("""
            Rekvisition 1
            Överenskommelse för prov
            Mottagare
            Namn
            Sveriges Kommuner och Regioner
            Organisationsnummer
            222000-0315
            Bidrag
            Diarienummer
            Fi2014/1
            Bidragsgivare
            Regeringskansliet
            Utbetalande myndighet
            Kammarkollegiet
            Årsbelopp
            first
            Anslag
            utgiftsområde 1 anslag 6:1 anslagspost 14
            Period
            1 juli 2014 – 31 december 2014
            Utbetalning
            Belopp
            1 000,50 kr
            Bankgiro
            5050-1055
            Referens
            Fi2014/1
            Upprättande och attest
            Upprättad av
            Farid Falk, 13 juni 2014
            Attesterad av
            Astrid Alm, 13 juni 2014
            Fi2014/1, rekvisition 1 – sida 1 av 1

            """, Said(pdf), ignoreLineEndingDifferences: true);
        Assert.Equal("attachment; filename=Fi2014-1-rekvisition-1.pdf; filename*=UTF-8''Fi2014-1-rekvisition-1.pdf", pdf["Content-Disposition"]);
        Assert.Equal(("nosniff", "default-src 'none'; sandbox"), (pdf["X-Content-Type-Options"], pdf["Content-Security-Policy"]));
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(pdf.Bytes))}\"", pdf.ETag);
        Assert.Equal(pdf.Bytes, (await host.Finance.Get($"{path}/grant/requisitions/1/content")).Bytes);
        Assert.Equal("2014-07-01", (await host.Finance.Get($"{path}/grant/requisitions/1")).Is(200).Text("period.from"));
    }

    [Fact]
    public async Task It_speaks_the_caller_s_language()
    {
        var said = Said(await host.Finance.Get($"{await Prepared(host)}/grant/requisitions/1/content", english));

        Assert.StartsWith("Requisition 1\nÖverenskommelse för prov\nRecipient\n", said, StringComparison.Ordinal);
        Assert.Contains("expenditure area 1, appropriation 6:1, item 14\nPeriod\n1 July 2014 – 31 December 2014\n", said, StringComparison.Ordinal);
        Assert.Contains("SEK 1,000.50\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_requisition_is_printed_for_those_who_see_it()
    {
        var path = await Prepared(host);
        (await host.Finance.Get($"{path}/grant/requisitions/2/content")).IsProblem(404, "no-such-requisition");
        foreach (var other in new[] { host.Officer, host.Payer, host.Reader })
            (await other.Get($"{path}/grant/requisitions/1/content")).IsProblem(404, "no-such-requisition");
        (await host.Auditor.Get($"{path}/grant/requisitions/1/content")).Ok();
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        Assert.Contains("Avsänd\n13 juni 2014\n", Said(await host.Payer.Get($"{path}/grant/requisitions/1/content")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_period_that_ends_before_it_begins_is_refused() =>
        (await host.Finance.Post($"{await Some.Agreement(host)}/grant/requisitions", new { instalment = "first", amount = 1, bankgiro = "5050-1055", reference = "x", period = new { from = "2014-07-02", to = "2014-07-01" } }))
            .IsProblem(422, "period-reversed");

    [Fact]
    public async Task None_attests_above_the_limit_of_the_terms()
    {
        var path = await Some.Agreement(host, Limited(1000.49m));
        (await host.Finance.Post($"{path}/grant/requisitions", Requisition)).Is(201);
        Assert.Contains("1 000,49 kr", (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).IsProblem(409, "attestation-limit").Text("detail")!.Replace('\u00A0', ' '), StringComparison.Ordinal);

        path = await Some.Agreement(host, Limited(1000.50m));
        (await host.Finance.Post($"{path}/grant/requisitions", Requisition)).Is(201);
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
    }

    [Fact]
    public async Task A_template_of_one_s_own_words_a_requisition()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["templates"]);
        File.WriteAllText(Path.Combine(folder["templates"], "requisition.sv.txt"), "# Begäran om utbetalning {number}\n// Så skriver vi.\nTill {payer}: {amount} på {bankgiro}{plusgiro}.\nBeslut | {decision}\n___ Ekonomichef | | \n");
        await using var own = await RunningHost.Start(folder: folder.Path);
        var path = await Prepared(own);

        Assert.Equal("Begäran om utbetalning 1\nTill Kammarkollegiet: 1 000,50 kr på 5050-1055.\nEkonomichef\nFi2014/1, rekvisition 1 – sida 1 av 1\n", Said(await own.Finance.Get($"{path}/grant/requisitions/1/content")));
        Assert.StartsWith("Requisition 1\n", Said(await own.Finance.Get($"{path}/grant/requisitions/1/content", english)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_can_not_be_used_stops_the_host_with_file_line_and_place()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["templates"]);
        File.WriteAllText(Path.Combine(folder["templates"], "requisition.en.txt"), "# Requisition\n\nAmount | {amont}\n");

        using var host = HostProcess.Start(folder.Path, "--urls", "http://127.0.0.1:0", "--data", folder.Path, "--demo", "--clock", "2014-06-13");
        var (code, errors) = await host.End();
        Assert.Equal(1, code);
        Assert.Contains("requisition.en.txt, line 3: there is no place {amont}; the places are agreement, amount, ", Assert.Single(errors), StringComparison.Ordinal);

        File.WriteAllBytes(Path.Combine(folder["templates"], "requisition.en.txt"), [.. "# Requisition\nP"u8, 0xE5, .. " | x\n"u8]);
        Assert.EndsWith("requisition.en.txt, line 2: it is not written in UTF-8.", (await Assert.ThrowsAsync<LetterTemplateException>(() => RunningHost.Start(folder: folder.Path))).Message, StringComparison.Ordinal);
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
        var lines = Encoding.UTF8.GetString(csv.Bytes).Split("\r\n");

        Assert.Equal("text/csv", csv.MediaType);
        Assert.Equal("\uFEFFDel;Post;År;Belopp;Budget;Prognos;Uppgift", lines[0]);
        Assert.Equal("Uppgifter;Ekonomisk redovisning;;;;;Överenskommelse för prov", lines[1]);
        Assert.Contains("Sammanställning;Utgående balans;;688,10;;;", lines);
        Assert.Contains("Kostnadsslag och år;Löner;2014;312,45;500,00;;", lines);
        Assert.Contains("Justeringar;Periodisering 2;;-0,05;;;\"'=SUM(A1); \"\"öre\"\"\"", lines);
        Assert.Contains("Förklaringar till avvikelser;Löner;;;;;Tjänsten tillsattes i juni.", lines);
        Assert.Contains("Costs in the period;;312,40;;;", (await host.Finance.Get($"{path}/grant/statements/1/content?format=csv", english)).Text, StringComparison.Ordinal);
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
