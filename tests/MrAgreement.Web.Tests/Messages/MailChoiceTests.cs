using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Messages;

/// <summary>When people want mail, over HTTP and on the pages, and what they get then.</summary>
public sealed class MailChoiceTests
{
    [Fact]
    public async Task Whoever_chooses_mornings_gets_what_has_come_together_when_the_morning_comes()
    {
        using var folder = new TemporaryFolder();
        await using var host = await RunningHost.Start(folder: folder["data"], mail: "folder");
        // What was there before mail began is told to nobody.
        await Until(async () => await host.Services.GetRequiredService<IKeptRecords>().Setting("mail-begun", TestContext.Current.CancellationToken) is not null, "begun");
        var usual = (await host.Lead.Get("me/messages")).Is(200);
        Assert.Equal(("at-once", true), (usual.Text("timing"), usual.Flag("mail")));
        Assert.Equal(422, (await host.Lead.Send(HttpMethod.Put, "me/messages", new { timing = "weekly" })).Status);
        (await host.Lead.Send(HttpMethod.Put, "me/messages", new { timing = "at-once", quiet = new { from = "2014-07-10", to = "2014-07-01" } })).IsProblem(422, "period-reversed");
        (await host.Lead.Send(HttpMethod.Put, "me/messages", new { timing = "at-once", quiet = new { from = "2014-06-01", to = "2014-06-12" } })).IsProblem(422, "quiet-days-over");
        (await host.Lead.Send(HttpMethod.Put, "me/messages", new { timing = "each-morning" })).Is(200);
        Assert.Equal("each-morning", (await host.Lead.Get("me/export")).Is(200).Text("messages.timing"));

        // Friday 13 June: one meeting, and one in another agreement.
        var (one, two) = (await Posted.Agreement(host), await Posted.Agreement(host));
        foreach (var path in new[] { one, two })
            (await host.Officer.Post($"{path}/obligations/meeting-2015/times", new { on = "2015-05-12", start = "09:00", end = "12:00", form = "video", link = "https://mote.example/hemlig" })).Is(201);
        (await host.Lead.Post($"{one}/obligations/meeting-2015/times/1/agreement")).Is(200);
        // The officer gets theirs at once.
        await Until(() => Mails("erik.ek").Count > 0, "the officer's");
        // Hers waits in both agreements, and the administrator's page says how many wait.
        foreach (var path in new[] { one, two })
            await Until(async () => (await Messages(host.Lead, path)).Any(it => (it.Text("party"), it.Text("state")) == ("SKR", "waiting")), $"what waits in {path}");
        using (var admin = await PageCaller.SignIn(host, "adam.berg"))
            Assert.DoesNotContain("Väntar på mottagarens morgonutskick: 0.", (await admin.Get("/messages")).Text, StringComparison.Ordinal);
        Assert.Empty(Mails("lena.lind"));
        // Her own party sees whose morning it waits for; the other sees that it waits.
        var waits = await Message(host.Lead, two, "SKR");
        Assert.Equal(("waiting", "lena.lind", "2014-06-16T05:00:00Z"), (waits.Text("state"), waits.Text("to.0.id"), waits.Text("nextAt")));
        waits = await Message(host.Officer, two, "SKR");
        Assert.Equal(("waiting", 0, null), (waits.Text("state"), waits.At("to").GetArrayLength(), waits.Text("nextAt")));
        var mine = (await host.Lead.Get("me/export")).Is(200).At("mail").EnumerateArray().ToList();
        Assert.All(mine, it => Assert.Equal(("waiting", "2014-06-16T05:00:00Z"), (it.Text("state"), it.Text("nextAt"))));
        Assert.Equal(2, mine.Select(it => it.Text("agreement")).Distinct().Count());
        using var lena = await PageCaller.SignIn(host, "lena.lind");
        using var erik = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains("Väntar till måndag <time datetime=\"2014-06-16T05:00:00Z\">2014-06-16 07:00</time>", (await lena.Get($"/{two}/obligations/meeting-2015")).Text, StringComparison.Ordinal);
        var others = (await erik.Get($"/{two}/obligations/meeting-2015")).Text;
        Assert.Contains("Väntar på mottagarens morgonutskick", others, StringComparison.Ordinal);
        Assert.DoesNotContain("Väntar till måndag", others, StringComparison.Ordinal);

        (await host.Lead.Post("simulation/clock", new { now = "2014-06-15" })).Is(200);
        Assert.Empty(Mails("lena.lind"));
        (await host.Lead.Post("simulation/clock", new { now = "2014-06-16T05:00:00Z" })).Is(200);
        await Until(() => Mails("lena.lind").Count > 0, "the digest");
        var mail = Assert.Single(Mails("lena.lind"));
        Assert.Contains($"/{one}", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"/{two}/obligations/meeting-2015", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"href=\"{host.Address.GetLeftPart(UriPartial.Authority)[..7]}", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("hemlig", mail.ToString(), StringComparison.Ordinal);
        // What came is told of in the log when it has gone.
        await Until(async () => (await host.Officer.All($"{two}/events")).Any(it => it.Text("type") == "message-handed-over" && it.At("data.to")[0].GetString() == "lena.lind"), "its outcome");

        // Nobody has seen it yet. Opened with her own session it is seen, and noted once.
        Assert.Empty((await Message(host.Lead, two, "SKR")).At("opened").EnumerateArray());
        var kept = host.Services.GetRequiredService<IKeptRecords>();
        Assert.Contains("Öppnat av Lena Lind <time datetime=\"2014-06-16T05:00:00Z\">", (await lena.Get($"/{two}/obligations/meeting-2015")).Text, StringComparison.Ordinal);
        var noted = Assert.Single(await Noted());
        var length = await Posted.LogLength(host, two);
        await lena.Get($"/{two}/obligations/meeting-2015");
        Assert.Equal((noted.ETag, length), (Assert.Single(await Noted()).ETag, await Posted.LogLength(host, two)));
        foreach (var caller in new[] { host.Lead, host.Admin })
            Assert.Equal("lena.lind", (await Message(caller, two, "SKR")).Text("opened.0.by.id"));
        foreach (var caller in new[] { host.Officer, host.Payer, host.Auditor })
            Assert.Equal(System.Text.Json.JsonValueKind.Null, (await Message(caller, two, "SKR")).At("opened").ValueKind);
        Assert.DoesNotContain("Öppnat av Lena", (await erik.Get($"/{two}/obligations/meeting-2015")).Text, StringComparison.Ordinal);
        var export = (await host.Lead.Get("me/export")).Is(200).At("opened");
        Assert.Equal((two.Split('/')[1], (await Message(host.Lead, two, "SKR")).Number("of")), (export[0].GetProperty("agreement").GetString(), export[0].Number("of")));
        Assert.Equal(0, (await host.Finance.Get("me/export")).Is(200).At("opened").GetArrayLength());

        async Task<IReadOnlyList<KeptRecord>> Noted() => await kept.Range("mail-opened", two.Split('/')[1], SystemClock.Instance.GetCurrentInstant(), TestContext.Current.CancellationToken);

        static async Task<System.Text.Json.JsonElement> Message(Caller by, string path, string party) =>
            (await Messages(by, path)).Last(it => it.Text("party") == party);

        static async Task<System.Text.Json.JsonElement[]> Messages(Caller by, string path) =>
            [.. (await by.Get($"{path}/obligations/meeting-2015/reminders")).Is(200).At("messages").EnumerateArray()];

        List<MimeMessage> Mails(string to) => !Directory.Exists(folder["data/mail"]) ? [] : [.. Directory.GetFiles(folder["data/mail"], "*.eml").Select(file => MimeMessage.Load(file)).Where(it => $"{it.To}".Contains(to, StringComparison.Ordinal))];
    }

    [Fact]
    public async Task On_the_page_it_is_chosen_and_without_mail_there_is_nothing_to_choose()
    {
        using var folder = new TemporaryFolder();
        await using var host = await RunningHost.Start(folder: folder["data"], mail: "folder");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        Assert.Contains("href=\"/me/messages\"", (await lead.Get("/me")).Text, StringComparison.Ordinal);
        var half = await lead.Send("/me/messages", "/me/messages", ("timing", "EachMorning"), ("quiet/from", "2014-07-01"), ("quiet/to", ""));
        Assert.Equal(422, half.Status);
        Assert.Contains("value=\"2014-07-01\"", half.Text, StringComparison.Ordinal);
        var long1 = await lead.Send("/me/messages", "/me/messages", ("timing", "AtOnce"), ("quiet/from", "2014-07-01"), ("quiet/to", "2014-12-01"));
        Assert.Contains("högst 92 dagar. Den som är borta", long1.Text, StringComparison.Ordinal);
        var saved = await lead.Send("/me/messages", "/me/messages", ("timing", "EachMorning"), ("quiet/from", "2014-07-01"), ("quiet/to", "2014-08-01"));
        Assert.Contains("Sparat", saved.Text, StringComparison.Ordinal);
        var chosen = (await host.Lead.Get("me/messages")).Is(200);
        Assert.Equal(("each-morning", "2014-07-01", "2014-08-01"), (chosen.Text("timing"), chosen.Text("quiet.from"), chosen.Text("quiet.to")));

        await using var without = await RunningHost.Start();
        (await without.Lead.Send(HttpMethod.Put, "me/messages", new { timing = "each-morning" })).IsProblem(409, "no-mail");
        using var there = await PageCaller.SignIn(without, "lena.lind");
        Assert.Contains("skickar ingen e-post", (await there.Get("/me/messages")).Text, StringComparison.Ordinal);
    }

    static Task Until(Func<bool> isSo, string what) => Until(() => Task.FromResult(isSo()), what);

    static async Task Until(Func<Task<bool>> isSo, string what)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 400, $"It never comes: {what}.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
