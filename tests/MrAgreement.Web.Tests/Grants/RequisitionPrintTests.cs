using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MrAgreement.Formats.Letters;
using MrAgreement.Web.Tests.Hosts;
using static MrAgreement.Web.Tests.Grants.Printed;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>Requisitions as files, over HTTP.</summary>
public class RequisitionPrintTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    static JsonObject Limited(decimal limit)
    {
        var terms = Posted.Terms();
        terms["grant"]!["attestationLimit"] = limit;
        return terms;
    }

    /// <summary>An agreement with a requisition that is prepared, on a host.</summary>
    static async Task<string> Prepared(RunningHost host)
    {
        var path = await Posted.Agreement(host);
        (await host.Finance.Post($"{path}/grant/requisitions", Requisition)).Is(201);
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
            utgiftsområde 1, anslag 6:1, anslagspost 14
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
        Assert.Contains("expenditure area 1, appropriation 6:1, appropriation item 14\nPeriod\n1 July 2014 – 31 December 2014\n", said, StringComparison.Ordinal);
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
        (await host.Finance.Post($"{await Posted.Agreement(host)}/grant/requisitions", new { instalment = "first", amount = 1, bankgiro = "5050-1055", reference = "x", period = new { from = "2014-07-02", to = "2014-07-01" } }))
            .IsProblem(422, "period-reversed");

    [Fact]
    public async Task None_attests_above_the_limit_of_the_terms()
    {
        var path = await Posted.Agreement(host, Limited(1000.49m));
        (await host.Finance.Post($"{path}/grant/requisitions", Requisition)).Is(201);
        Assert.Contains("1 000,49 kr", (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).IsProblem(409, "attestation-limit").Text("detail")!.Replace('\u00A0', ' '), StringComparison.Ordinal);

        path = await Posted.Agreement(host, Limited(1000.50m));
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
}
