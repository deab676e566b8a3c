using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MrAgreement.Running;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Messages;

/// <summary>What people were told, for those who look: in the words of mail, whether any is sent or not.</summary>
public sealed class ToldTests(Azurite azurite)
{
    [Theory]
    [InlineData(Store.Folder)]
    [InlineData(Store.Account)]
    public async Task Without_mail_everybody_finds_what_mail_would_have_told_them_newest_first_and_nothing_of_others(Store store)
    {
        await using var host = await RunningHost.Start("2014-06-13", storage: azurite.For(store));
        var (one, other) = (await Posted.Agreement(host), await Posted.Agreement(host));
        await Posted.Submission(host.Lead, one, "report", "Rapporten");
        (await host.Lead.Post("simulation/clock", new { now = "2014-06-14" })).Is(200);
        await Posted.Submission(host.Lead, other, "report", "Den andra");
        (await host.Lead.Post("simulation/clock", new { now = "2014-06-15" })).Is(200);
        (await host.Officer.Post($"{one}/obligations/report/submissions/1/return", new { reason = "Tabell 3 saknas", completeBy = "2014-07-20" })).Is(200);

        var officer = await Told(host.Officer);
        Assert.Equal([$"/{other}/obligations/report", $"/{one}/obligations/report"], officer.Where(it => it.Text("text")!.Contains("Rapport", StringComparison.Ordinal)).Select(it => it.Text("link")!.Split('#', '?')[0]).Take(2));
        var lead = await Told(host.Lead);
        Assert.Equal("Rapport behöver kompletteras senast 20 juli 2014", lead[0].Text("text"));
        Assert.All(officer.Concat(lead), it => Assert.Equal("in-system", it.Text("message.state")));
        Assert.All(officer, it => Assert.Equal("RK", it.Text("message.party")));
        Assert.All(lead, it => Assert.Equal(("SKR", "project-lead"), (it.Text("message.party"), it.Text("message.role"))));
        Assert.All(officer.Concat(lead), it => Assert.DoesNotContain("Tabell 3", it.GetRawText(), StringComparison.Ordinal));
        Assert.Equal(lead.Select(it => it.Text("at")).OrderDescending(StringComparer.Ordinal), lead.Select(it => it.Text("at")));
        Assert.Empty(await Told(host.Admin));
        // Page by page it is the same.
        var paged = new List<string>();
        for (var page = 1; ; page++)
        {
            var listing = (await host.Officer.Get($"me/messages/told?page={page}&limit=1")).Is(200);
            paged.AddRange(listing.At("items").EnumerateArray().Select(it => it.GetRawText()));
            if (!listing.At("more").GetBoolean())
                break;
        }
        Assert.Equal(officer.Select(it => it.GetRawText()), paged);
        // What is new is there at once.
        await Posted.Submission(host.Lead, one, "report", "Nu");
        Assert.Equal(officer.Count + 1, (await Told(host.Officer)).Count);

        var about = (await host.Officer.Get($"{one}/obligations/report/reminders")).Is(200);
        Assert.Contains(about.At("messages").EnumerateArray(), it => (it.Text("state"), it.Text("reason"), it.Text("party")) == ("in-system", "turn", "SKR"));
        using var page1 = await PageCaller.SignIn(host, "lena.lind");
        Assert.Contains("href=\"/me/messages/told\"", (await page1.Get("/me")).Text, StringComparison.Ordinal);
        var shown = (await page1.Get("/me/messages/told")).Text;
        Assert.Contains("Rapport behöver kompletteras senast 20 juli 2014</a>", shown, StringComparison.Ordinal);
        Assert.Contains("Visas i systemet sedan", shown, StringComparison.Ordinal);
        Assert.Equal(200, (await page1.Get(lead[0].Text("link")!)).Status);
        Assert.Contains("Visas i systemet sedan", (await page1.Get($"/{one}/obligations/report")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_mail_it_says_in_the_same_words_where_each_went()
    {
        using var folder = new TemporaryFolder();
        await using var host = await RunningHost.Start(folder: folder["data"], mail: "folder");
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        var postman = host.Services.GetRequiredService<Postman>();
        while ((await postman.Behind(null, TestContext.Current.CancellationToken)).Count > 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        var told = await Told(host.Officer);
        Assert.NotEmpty(told);
        Assert.All(told, it => Assert.Equal(("handed-over", "folder"), (it.Text("message.state"), it.Text("message.server"))));
        var mails = Directory.GetFiles(folder["data/mail"], "*.eml").Select(file => MimeMessage.Load(file)).Where(it => $"{it.To}".Contains("@rk.example.se", StringComparison.Ordinal) && $"{it.To}".Contains("erik.ek", StringComparison.Ordinal)).ToList();
        Assert.Equal(mails.Select(it => it.Subject).Order(StringComparer.Ordinal), told.Select(it => $"{it.Text("diaryNumber")}: {it.Text("text")}").Order(StringComparer.Ordinal));
        Assert.All(told, it => Assert.Contains(mails, mail => mail.TextBody!.Contains(it.Text("link")!, StringComparison.Ordinal)));
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains("Lagt i mappen för utskick", (await officer.Get("/me/messages/told")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whichever_page_a_message_leads_to_its_reader_s_own_party_sees_that_they_opened_it()
    {
        using var folder = new TemporaryFolder();
        await using var host = await RunningHost.Start(folder: folder["data"], mail: "folder");
        var terms = Posted.Terms();
        terms["parties"]![0]!["signOff"] = true;
        var path = await Posted.Agreement(host, terms);
        (await host.Officer.Post($"{path}/obligations/meeting-2015/times", new { on = "2015-05-12", start = "09:00", end = "12:00", form = "video", link = "https://mote.example/x" })).Is(201);
        (await host.Lead.Post($"{path}/amendments", new { decidedOn = "2014-06-13", reference = "SKR 14/7", effectiveFrom = "2014-06-13", changes = new[] { new { drop = new { key = "accounts", reason = "Behövs inte" } } } })).Is(201);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition(), ("Idempotency-Key", "r"))).Is(201);
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        (await host.Payer.Post($"{path}/grant/requisitions/1/receipt")).Is(200);
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 1000.50m, reference = "Fi2014/1", requisition = 1 })).Is(201);
        // A draft that waits for a colleague is told of while it waits; then it is handed over.
        var report = new { summary = "Rapporten", documents = new[] { await Posted.Document(host.Lead, path, "Rapporten") } };
        (await host.Lead.Send(HttpMethod.Put, $"{path}/obligations/report/draft", report)).Is(200);
        await AllTold();
        Assert.Contains(await Told(host.Approver), it => it.Text("text")!.Contains("utkast", StringComparison.OrdinalIgnoreCase) && it.Text("link")!.EndsWith("/obligations/report", StringComparison.Ordinal));
        (await host.Approver.Post($"{path}/obligations/report/draft/sign-off", new { revision = 1 })).Is(200);
        (await host.Lead.Post($"{path}/obligations/report/submissions", report)).Is(201);
        await AllTold();

        var pages = new HashSet<string>();
        foreach (var (by, person, name) in new[] { (host.Officer, "erik.ek", "Erik Ek"), (host.Finance, "farid.falk", "Farid Falk"), (host.Approver, "astrid.alm", "Astrid Alm"), (host.Payer, "petra.palm", "Petra Palm"), (host.Lead, "lena.lind", "Lena Lind") })
        {
            using var page = await PageCaller.SignIn(host, person);
            Assert.DoesNotContain($"Öppnat av {name}", (await page.Get($"/{path}/people")).Text, StringComparison.Ordinal);
            foreach (var link in (await Told(by)).Select(it => it.Text("link")!).ToList())
            {
                var opened = pages.Add($"{person} {link.Split('#')[0]}");
                if (opened)
                    Assert.All((await Told(by)).Where(it => it.Text("link") == link && it.Text("message.obligation") is null), it => Assert.Empty(it.At("message.opened").EnumerateArray()));
                Assert.Equal(200, (await page.Get(link.Split('#')[0])).Status);
                Assert.All((await Told(by)).Where(it => it.Text("link") == link), it => Assert.Equal(person, Assert.Single(it.At("message.opened").EnumerateArray()).Text("by.id")));
            }
            Assert.Contains($"Öppnat av {name}", (await page.Get($"/{path}/people")).Text, StringComparison.Ordinal);
            Assert.Contains($"Öppnat av {name}", (await page.Get("/me/messages/told")).Text, StringComparison.Ordinal);
        }
        using (var lead = await PageCaller.SignIn(host, "lena.lind"))
            Assert.DoesNotContain("Öppnat av Erik", (await lead.Get($"/{path}/people")).Text, StringComparison.Ordinal);
        foreach (var kind in new[] { "/obligations/meeting-2015", "/contract", "/grant/requisitions", "/grant/payments", "/obligations/report" })
            Assert.Contains(pages, it => it.EndsWith(kind, StringComparison.Ordinal));
        Assert.Contains(pages, it => it.StartsWith("astrid.alm ", StringComparison.Ordinal) && it.EndsWith("/obligations/report", StringComparison.Ordinal));

        async Task AllTold()
        {
            var postman = host.Services.GetRequiredService<Postman>();
            while ((await postman.Behind(null, TestContext.Current.CancellationToken)).Count > 0)
                await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    static async Task<IReadOnlyList<JsonElement>> Told(Caller by) => [.. (await by.Get("me/messages/told?limit=100")).Is(200).At("items").EnumerateArray()];
}
