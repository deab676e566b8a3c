using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Messages;
using MrAgreement.Parties;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Texts;

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
        Assert.Equal(["Erik Ek beslutade att Rapport utgår", "Erik Ek registrerade att Information genomfördes 13 juni 2014"], entries.Select(it => it.Element(atom + "title")!.Value).Where(it => it.StartsWith("Erik Ek", StringComparison.Ordinal)).Take(2));
        var id = path.Split('/')[1];
        Assert.Equal(shown.Select(n => $"{host.Address}agreements/{id}/log?event={n}#e{n}"), entries.Select(it => it.Element(atom + "link")!.Attribute("href")!.Value));
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

    [Fact]
    public async Task Each_feed_and_each_entry_has_an_id_of_its_own_that_stays_and_tells_nothing_secret()
    {
        await using var host = await RunningHost.Start();
        await Posted.Agreement(host);
        await Posted.Agreement(host);
        var (officers, leads) = ((await host.Officer.Post("me/feed")).Is(201).Text("url")!, (await host.Lead.Post("me/feed")).Is(201).Text("url")!);
        var (officer, lead) = (await Feed(officers), await Feed(leads));
        string[] ids = [IdOf(officer), IdOf(lead), .. officer.Elements(atom + "entry").Select(IdOf)];
        // A UUID is all that may stand after urn:uuid: (RFC 9562).
        Assert.All(ids, id => Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(officer.Elements(atom + "entry").Select(IdOf), lead.Elements(atom + "entry").Select(IdOf));

        // The same by another address of the same person, at which it stands itself, so that whoever is given the file is not given that.
        var renewed = await Feed((await host.Officer.Post("me/feed")).Is(201).Text("url")!);
        Assert.Equal(ids, renewed.Elements(atom + "entry").Select(IdOf).Prepend(IdOf(lead)).Prepend(IdOf(renewed)));
        Assert.Equal("", Assert.Single(officer.Elements(atom + "link"), link => link.Attribute("rel")?.Value == "self").Attribute("href")!.Value);
        Assert.DoesNotContain(officers.Split('/')[^1].Split('.')[0], officer.ToString(), StringComparison.Ordinal);

        async Task<XElement> Feed(string address) => XDocument.Parse((await host.Nobody.Get(address)).Text.TrimStart('\uFEFF')).Root!;

        static string IdOf(XElement it) => it.Element(atom + "id")!.Value;
    }

    [Fact]
    public async Task Mail_and_reminders_are_told_to_programs_and_not_in_a_person_s_feed()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        (await host.Lead.Post("simulation/clock", new { now = "2015-01-20" })).Is(200);
        var id = AgreementId.Parse(path.Split('/')[1], null);
        // Many of them leave room for what happened before.
        await host.Services.GetRequiredService<Running.Dossiers>().Record(id, [.. Enumerable.Range(0, 60).Select(n => new MessageHandedOver(3 + n, MessageReason.Reminder, "SKR", Role.ProjectLead, [new("lena.lind")], "mail.example.se"))],
            host.Services.GetRequiredService<IClock>().GetCurrentInstant(), TestContext.Current.CancellationToken);
        var address = (await host.Officer.Post("me/feed")).Is(201).Text("url")!;
        var entries = XDocument.Parse((await host.Nobody.Get(address)).Text.TrimStart('\uFEFF')).Root!.Elements(atom + "entry").Select(it => it.Element(atom + "title")!.Value).ToList();
        Assert.Equal(["Erik Ek registrerade att överenskommelsen undertecknades 13 juni 2014", "Bidraget lades upp enligt villkoren", "Erik Ek lade upp överenskommelsen som utkast"], entries);

        var changes = (await host.Officer.Get("changes?limit=100")).Is(200).At("items").EnumerateArray().Select(it => it.Text("type")).ToHashSet();
        Assert.Superset(new HashSet<string?> { "reminder-sent", "message-handed-over", "agreement-signed" }, changes);
    }

    [Fact]
    public void Every_event_has_a_sentence_for_the_feed_that_names_nothing_confidential()
    {
        // Reasons, amounts, references, and what people have written stay on the pages.
        string[] open = ["actor", "date", "days", "duty", "instalment", "kind", "number", "obligation", "party", "payments", "row", "transaction"];
        var missing =
            from text in TextFiles.All
            where text.Key.StartsWith("event.", StringComparison.Ordinal) && !text.Key.StartsWith("event.message-", StringComparison.Ordinal)
            where !TextFiles.Places(text.Text).IsSubsetOf(open)
            let told = TextFiles.All.SingleOrDefault(other => other.Language == text.Language && other.Key == $"feed.{text.Key["event.".Length..]}")
            where told.Text is null || !TextFiles.Places(told.Text).IsSubsetOf(open.Intersect(TextFiles.Places(text.Text)))
            select $"{text.Language}: {text.Key}";
        Guard.FindsNothing(missing);
    }
}
