using System.IO.Compression;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Portfolio;

/// <summary>Lists across agreements as somebody with many of them has them: as files, as saved views, and by who is late.</summary>
public sealed class PortfolioTests : IAsyncLifetime
{
    static readonly string[] ofAgreement = ["decided", "conditional", "received", "used", "repaid", "remaining"];
    static readonly string[] ofRows = ["decided", "conditional", "paid", "used", "returned", "remaining"];

    readonly List<string> paths = [];
    RunningHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start();
        // More than stand on a page of the portfolio.
        for (var i = 1; i <= 22; i++)
        {
            var terms = Posted.Terms();
            (terms["diaryNumber"], terms["title"]) = ($"Fi2014/{100 + i}", i == 3 ? "=Det \"tredje\"; ärendet" : $"Ärende {i}");
            terms["obligations"]![0]!["due"]!["on"] = i <= 2 ? "2014-07-01" : "2015-02-01";
            paths.Add(await Posted.Agreement(host, terms));
        }
        (await host.Admin.Post("simulation/clock", new { now = "2014-08-20" })).Is(200);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    static string[] Lines(string csv) => csv.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task What_a_list_shows_is_had_as_a_file_with_all_its_rows_in_the_same_order()
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var page = (await officer.Get("/?party=SKR&order=title")).Text;
        Assert.Contains("href=\"/agreements.csv?party=SKR&order=title\"", page, StringComparison.Ordinal);
        var rows = Lines((await officer.Get("/agreements.csv?party=SKR&order=title&page=2")).Text);
        Assert.Equal(23, rows.Length);
        Assert.Equal("Diarienummer;Titel;Status;Parter;Gäller från", string.Join(';', rows[0].Split(';')[..5]));
        // A title that a spreadsheet would carry out is none, and what separates fields separates none here.
        Assert.Contains(rows, row => row.StartsWith("Fi2014/103;\"'=Det \"\"tredje\"\"; ärendet\";Gällande;", StringComparison.Ordinal));
        Assert.StartsWith("Fi2014/101;Ärende 1;Gällande;Sveriges Kommuner och Regioner, Regeringskansliet, Kammarkollegiet;2014-06-13;2016-12-31;;2014-09-01;Rekvisition first;2;2014-07-01;50;Rapport;SKR;1000,50;1000,00;0,00;0,00;0,00;0,00;0,00;",
            Assert.Single(rows, row => row.StartsWith("Fi2014/101;", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(["Fi2014/101", "Fi2014/102"], Lines((await officer.Get("/agreements.csv?overdue=true")).Text)[1..].Select(row => row.Split(';')[0]));
        // Whoever sees what was submitted alone is told so; so are other languages.
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        Assert.EndsWith(";Enligt inlämnade redovisningar.", Lines((await payer.Get("/agreements.csv?q=101")).Text)[1], StringComparison.Ordinal);
        using var other = await PageCaller.SignIn(host, "rut.ros@LST-C");
        Assert.Single(Lines((await other.Get("/agreements.csv")).Text));

        var deadlines = Lines((await officer.Get("/deadlines.csv")).Text);
        Assert.Equal(["2014-07-01", "2014-07-01", "2014-07-31"], deadlines[1..4].Select(row => row.Split(';')[0]));
        Assert.Equal((await host.Officer.Get("deadlines?status=open")).Is(200).Number("_meta.totalRecords") + (await host.Officer.Get("deadlines?status=waiting")).Is(200).Number("_meta.totalRecords"), deadlines.Length - 1);
        Assert.Contains("2014-07-01;2014-07-01;;Rapport;Fi2014/101;Att göra;50;SKR;RK", deadlines);
        Assert.Equal(5, Lines((await officer.Get("/deadlines.csv?view=month&month=2014-07")).Text).Length);
        var (bytes, _) = await officer.Raw("/deadlines.xlsx?status=overdue", "identity");
        using var book = new ZipArchive(new MemoryStream(bytes));
        Assert.Contains("Fi2014/102", await new StreamReader(book.Entries.First(entry => entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal)).Open()).ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // What an auditor takes away is told of, with what was asked for.
        using var auditor = await PageCaller.SignIn(host, "agnes.asp");
        Assert.Equal(3, Lines((await auditor.Get("/agreements.csv?overdue=true")).Text).Length);
        var taken = (await host.Auditor.Get("me/export")).Is(200).At("security").EnumerateArray().Single(it => it.Text("event") == "file-taken");
        Assert.Equal("/agreements.csv?overdue=true", taken.Text("about"));
    }

    [Fact]
    public async Task Who_is_late_with_what_and_for_how_long_stands_on_one_page_and_leads_to_the_list_of_it()
    {
        var late = await host.Officer.All("deadlines/late");
        Assert.Equal(("SKR", 4m, 2m, 50m, "report", "Fi2014/101"), (late[0].Text("party"), late[0].Number("number"), late[0].Number("agreements"), late[0].Number("oldestDays"), late[0].Text("oldest.obligation"), late[0].Text("oldest.diaryNumber")));
        Assert.Single(late);
        Assert.Equal(4, (await host.Officer.All("deadlines?status=overdue&responsible=SKR")).Count);
        Assert.Empty(await host.Officer.All("deadlines?status=overdue&responsible=RK"));
        Assert.Equal(4, (await host.Officer.All("deadlines?status=overdue&party=RK")).Count);
        Assert.Empty(await host.As("officer@LST-C").All("deadlines/late"));

        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var page = (await officer.Get("/late")).Text;
        Assert.Contains("<a href=\"/deadlines?status=overdue&responsible=SKR\">SKR</a>", page, StringComparison.Ordinal);
        var list = (await officer.Get("/deadlines?status=overdue&responsible=SKR")).Text;
        Assert.Contains("Här visas bara det som SKR är ansvarig för.", list, StringComparison.Ordinal);
        Assert.Contains("Frister: 4, den närmaste först", list, StringComparison.Ordinal);
        Assert.Equal("SKR;4;2;50;Rapport;Fi2014/101;2014-07-01", Lines((await officer.Get("/late.csv")).Text)[1]);
        using var other = await PageCaller.SignIn(host, "erik.ek@LST-C");
        Assert.Contains("Inget är försenat.", (await other.Get("/late")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_by_appropriation_and_year_is_what_each_agreement_says_of_itself()
    {
        (await host.Finance.Post($"{paths[0]}/grant/requisitions", Posted.Requisition())).Is(201);
        (await host.Approver.Post($"{paths[0]}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{paths[0]}/grant/requisitions/1/dispatch")).Is(200);
        (await host.Payer.Post($"{paths[0]}/grant/requisitions/1/receipt")).Is(200);
        (await host.Payer.Post($"{paths[0]}/grant/payments", new { direction = "in", paidOn = "2014-08-20", amount = 600, reference = "KAMK", requisition = 1 })).Is(201);
        (await host.Finance.Post($"{paths[0]}/grant/adjustments", new { kind = "correction", amount = 100, period = new { from = "2014-07-01", to = "2014-07-31" }, reason = "Kostnad" })).Is(201);
        (await host.Approver.Post($"{paths[0]}/grant/adjustments/1/attestation")).Is(200);

        Assert.Equal(["  2014 22 0 22000 0 0 0 0 0", "6:1 14 2014 22 22011 0 1000.5 600 100 0 500"], (await host.Officer.All("appropriations")).Select(Told));
        // What was not submitted is not used for whoever sees no other costs.
        Assert.Equal("6:1 14 2014 22 22011 0 1000.5 600 0 0 600", Told((await host.Payer.All("appropriations"))[1]));
        Assert.Empty(await host.As("officer@LST-C").All("appropriations"));
        foreach (var by in new[] { host.Officer, host.Payer, host.Reader, host.Auditor })
        {
            var rows = await by.All("appropriations/agreements");
            foreach (var path in paths.Take(2))
            {
                var (own, balances) = (rows.Where(row => row.Text("agreement") == path.Split('/')[1]).ToList(), (await by.Get(path)).Is(200).At("grant"));
                Assert.Equal(ofAgreement.Select(name => balances.Number(name)),
                    ofRows.Select(name => own.Sum(row => row.Number(name))));
            }
        }
        Assert.Equal(["Fi2014/101"], (await host.Officer.All("appropriations/agreements?appropriation=1/6:1/14&year=2014")).Where(row => row.Number("paid") > 0).Select(row => row.Text("diaryNumber")));
        (await host.Officer.Get("appropriations?appropriation=x")).IsProblem(400, "malformed-parameter");

        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var page = (await officer.Get("/appropriations")).Text;
        Assert.Contains("<a href=\"/appropriations?appropriation=1%2F6%3A1%2F14&year=2014\">Utgiftsområde 1, anslag 6:1, anslagspost 14</a>", page, StringComparison.Ordinal);
        Assert.Contains("Fi2014/101", (await officer.Get("/appropriations?appropriation=1%2F6%3A1%2F14&year=2014")).Text, StringComparison.Ordinal);
        Assert.Equal("Utgiftsområde 1, anslag 6:1, anslagspost 14;1;6:1;14;2014;22;22011,00;0,00;1000,50;600,00;100,00;0,00;500,00", Lines((await officer.Get("/appropriations.csv")).Text)[2]);
        Assert.Equal(23, Lines((await officer.Get("/appropriations.csv?appropriation=&year=2014")).Text).Length);

        static string Told(System.Text.Json.JsonElement it) => FormattableString.Invariant($"{(it.At("appropriation").ValueKind == System.Text.Json.JsonValueKind.Null ? "" : it.Text("appropriation.item"))} {(it.At("appropriation").ValueKind == System.Text.Json.JsonValueKind.Null ? null : it.Number("appropriation.post"))} {it.Number("year")} {it.Number("agreements")} {it.Number("decided"):0.##} {it.Number("conditional"):0.##} {it.Number("requisitioned"):0.##} {it.Number("paid"):0.##} {it.Number("used"):0.##} {it.Number("returned"):0.##} {it.Number("remaining"):0.##}");
    }

    [Fact]
    public async Task A_month_and_a_quarter_are_reported_as_pdf_the_same_each_time()
    {
        await Posted.Submission(host.Lead, paths[0], "report", "Rapporten");
        (await host.Officer.Post($"{paths[0]}/obligations/report/submissions/1/acceptance", new { })).Is(200);
        (await host.Finance.Post($"{paths[0]}/grant/requisitions", Posted.Requisition())).Is(201);
        (await host.Approver.Post($"{paths[0]}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{paths[0]}/grant/requisitions/1/dispatch")).Is(200);
        (await host.Payer.Post($"{paths[0]}/grant/requisitions/1/receipt")).Is(200);
        (await host.Payer.Post($"{paths[0]}/grant/payments", new { direction = "in", paidOn = "2014-08-20", amount = 600, reference = "KAMK 77", requisition = 1 })).Is(201);

        var august = await Pdf(host.Officer.Get("reports/2014-08"));
        var text = new PdfText(august).All.Replace('\u00A0', ' ');
        foreach (var said in new[] { "Månadsrapport augusti 2014", "Inlämning 1: Rapport", "KAMK 77", "600,00", "Fi2014/102", "20 augusti 2014" })
            Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Equal(august, await Pdf(host.Officer.Get("reports/2014-08")));
        // As it stood at the end of July the report had not come, and no money.
        var july = new PdfText(await Pdf(host.Officer.Get("reports/2014-07"))).All.Replace('\u00A0', ' ');
        Assert.Equal((true, false, false), (july.Contains("Fi2014/101", StringComparison.Ordinal), july.Contains("KAMK 77", StringComparison.Ordinal), july.Contains("Inlämning 1: ", StringComparison.Ordinal)));
        Assert.Contains("Kvartalsrapport 3 2014", new PdfText(await Pdf(host.Payer.Get("reports/2014-Q3"))).All.Replace('\u00A0', ' '), StringComparison.Ordinal);
        (await host.Officer.Get("reports/2014-13")).IsProblem(400, "malformed-parameter");
        (await host.Officer.Get("reports/2014-09")).IsProblem(409, "report-not-begun");
        (await host.Reader.Get("reports/2014-08")).IsProblem(403, "forbidden");

        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var page = (await officer.Get("/reports")).Text;
        Assert.Equal((true, true, false), (page.Contains("<a href=\"/reports/2014-08\">", StringComparison.Ordinal), page.Contains("<a href=\"/reports/2014-Q1\">", StringComparison.Ordinal), page.Contains("/reports/2014-09", StringComparison.Ordinal)));
        Assert.Equal(august, (await officer.Raw("/reports/2014-08", "identity")).Bytes);
        Assert.Equal(404, (await officer.Get("/reports/2015-01")).Status);

        static async Task<byte[]> Pdf(Task<WireAnswer> asked)
        {
            var answer = await asked;
            Assert.Equal(200, answer.Status);
            return answer.Bytes;
        }
    }

    [Fact]
    public async Task What_somebody_looks_for_is_saved_under_a_name_found_again_renamed_and_deleted()
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Equal(422, (await officer.Send("/?overdue=true&order=title", "/views", ("list", "Agreements"), ("query", "?overdue=true&order=title"), ("name", " "))).Status);
        var saved = await officer.Send("/?overdue=true&order=title", "/views", ("list", "Agreements"), ("query", "?overdue=true&order=title"), ("name", "Det som är försenat"));
        Assert.Equal((200, true), (saved.Status, saved.Text.Contains("<a href=\"/?overdue=true&order=title\">Det som är försenat</a>", StringComparison.Ordinal)));
        Assert.Contains("<li><a href=\"/?overdue=true&order=title\" aria-current=\"true\">Det som är försenat</a></li>", (await officer.Get("/?order=title&overdue=true&page=1")).Text, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/?overdue=true&order=title\">Det som är försenat</a>", (await officer.Get("/")).Text, StringComparison.Ordinal);
        Assert.Equal(409, (await officer.Send("/?status=active", "/views", ("list", "Agreements"), ("query", "?status=active"), ("name", "det som Är försenat"))).Status);
        Assert.Equal(200, (await officer.Send("/deadlines?status=overdue&responsible=SKR", "/views", ("list", "Deadlines"), ("query", "?status=overdue&responsible=SKR"), ("name", "SKR:s försenade"))).Status);
        Assert.Equal(200, (await officer.Send("/views", Action((await officer.Get("/views")).Text, "name"), ("name", "Sent"))).Status);

        var mine = await host.Officer.All("me/views");
        Assert.Equal(["Sent agreements ?overdue=true&order=title /?overdue=true&order=title", "SKR:s försenade deadlines ?status=overdue&responsible=SKR /deadlines?status=overdue&responsible=SKR"],
            mine.Select(it => $"{it.Text("name")} {it.Text("list")} {it.Text("query")} {it.Text("href")}"));
        Assert.Equal(2, (await host.Officer.Get("me/export")).Is(200).At("views").GetArrayLength());
        // They are the person's, and nobody else's.
        Assert.Empty(await host.Payer.All("me/views"));
        (await host.Payer.Get("me/views/Sent")).IsProblem(404, "no-such-view");

        Task<WireAnswer> Put(string name, object body) => host.Officer.Send(HttpMethod.Put, $"me/views/{Uri.EscapeDataString(name)}", System.Text.Json.JsonSerializer.Serialize(body));
        (await Put("Mina utkast", new { list = "agreements", query = "?status=draft&page=3" })).Is(201);
        Assert.Equal("?status=draft", (await host.Officer.Get("me/views/mina%20utkast")).Is(200).Text("query"));
        (await Put("Mina utkast", new { list = "agreements", query = "status=closed" })).Is(200);
        (await Put("Mina utkast", new { list = "agreements", query = "?status=draft", name = "Utkast" })).Is(200);
        (await Put("Mina utkast", new { list = "agreements", name = "X" })).IsProblem(404, "no-such-view");
        (await Put("Utkast", new { list = "agreements", name = "Sent" })).IsProblem(409, "view-name-taken");
        (await Put("Fel", new { list = "agreements", query = "?status=nonsense" })).IsProblem(422, "view-unread");
        (await Put("Fel", new { list = "deadlines", query = "?q=x" })).IsProblem(422, "view-unread");
        (await Put(new string('a', 61), new { list = "agreements" })).IsProblem(422, "text-length");
        (await Put("Utkast", new { list = "agreements", name = "a/b" })).IsProblem(422, "view-name");
        (await host.Officer.Send(HttpMethod.Delete, "me/views/Utkast", null)).Is(204);
        (await host.Officer.Send(HttpMethod.Delete, "me/views/Utkast", null)).IsProblem(404, "no-such-view");
        Assert.Equal(200, (await officer.Send("/views", Action((await officer.Get("/views")).Text, "removal"))).Status);
        Assert.Equal(["SKR:s försenade"], (await host.Officer.All("me/views")).Select(it => it.Text("name")));

        // All of them at once: none is lost, and there are no more than there can be.
        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => Put($"Samtidigt {i}", new { list = "deadlines", query = "?status=open" })));
        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        for (var i = 8; i <= 40; i++)
            (await Put($"Fler {i}", new { list = "agreements", query = "?status=active" })).Is(201);
        (await Put("En för många", new { list = "agreements" })).IsProblem(409, "views-full");
        Assert.Equal(40, (await host.Officer.All("me/views")).Count);

        static string Action(string page, string act) => System.Text.RegularExpressions.Regex.Match(page, $"action=\"(/views/[0-9a-f]+/{act})\"").Groups[1].Value;
    }
}
