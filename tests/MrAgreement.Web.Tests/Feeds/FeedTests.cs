using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Feeds;

/// <summary>What has happened as an Atom feed at a secret address.</summary>
public class FeedTests
{
    static readonly XNamespace atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task It_tells_what_its_owner_sees_newest_first_and_nothing_confidential()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        (await host.Lead.Post($"{path}/obligations/report/notes", new { text = "Ett eget ord" })).Is(201);
        (await host.Officer.Post($"{path}/obligations/information/completion", new { doneOn = "2014-06-13", note = "klart hemligt" })).Is(200);
        (await host.Officer.Post($"{path}/obligations/report/waiver", new { reason = "Behövs inte alls", reference = "A1" })).Is(200);
        Assert.Equal(403, (await host.Reader.Post("me/feed")).Status);
        var address = (await host.Officer.Post("me/feed")).Is(201).Text("url")!;
        Assert.EndsWith(".atom", address, StringComparison.Ordinal);

        var answer = await host.Nobody.Get(address);
        Assert.Equal((200, "application/atom+xml"), (answer.Status, answer.MediaType));
        var feed = XDocument.Parse(answer.Text.TrimStart('\uFEFF')).Root!;
        Assert.Equal("feed", feed.Name.LocalName);
        var entries = feed.Elements(atom + "entry").ToList();
        var shown = (await host.Officer.All($"{path}/events?limit=100")).Select(it => it.GetProperty("sequence").GetInt64()).Reverse().Take(50).ToList();
        var id = path.Split('/')[1];
        Assert.Equal(shown.Select(n => $"urn:uuid:{id}:{n}"), entries.Select(it => it.Element(atom + "id")!.Value));
        Assert.All(entries, it => Assert.StartsWith($"{host.Address}agreements/{id}/log?event=", it.Element(atom + "link")!.Attribute("href")!.Value, StringComparison.Ordinal));
        Assert.All(entries, it => Assert.NotEmpty(it.Element(atom + "title")!.Value));
        foreach (var secret in new[] { "hemligt", "Behövs inte", "Ett eget ord" })
            Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal);
        Assert.NotEqual(answer.Text, (await host.Nobody.Get(address, ("Accept-Language", "en"))).Text);

        Assert.Equal(304, (await host.Nobody.Get(address, ("If-None-Match", answer.ETag!))).Status);
        await Posted.Agreement(host);
        Assert.Equal(200, (await host.Nobody.Get(address, ("If-None-Match", answer.ETag!))).Status);

        // A new address takes the place of the former, and can be taken back.
        var fresh = (await host.Officer.Post("me/feed")).Is(201).Text("url")!;
        Assert.Equal((404, 200), ((await host.Nobody.Get(address)).Status, (await host.Nobody.Get(fresh)).Status));
        Assert.Equal(204, (await host.Officer.Send(HttpMethod.Delete, "me/feed", null)).Status);
        Assert.Equal(404, (await host.Nobody.Get(fresh)).Status);
        // There was none any more.
        Assert.Equal(204, (await host.Officer.Send(HttpMethod.Delete, "me/feed", null)).Status);
        (await host.Officer.Post("me/calendar")).Is(201);
        (await host.Officer.Send(HttpMethod.Delete, "me/calendar", null)).Is(204);
        var told = (await host.Services.GetRequiredService<Running.SecurityLog>().On(MrAgreement.Calendars.StockholmTime.DateOf(SystemClock.Instance.GetCurrentInstant()), TestContext.Current.CancellationToken)).Where(it => it.By == new PersonId("erik.ek")).Reverse();
        Assert.Equal(["address-made /me#feed", "address-made /me#feed", "address-revoked /me#feed", "address-made /me#calendar", "address-revoked /me#calendar"], told.Select(it => $"{Json.NameOf(it.Event)} {it.About}"));
        Assert.All(told, it => Assert.NotNull(it.From));
    }
}
