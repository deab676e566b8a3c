using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Agreements;

/// <summary>A body in which the parties meet, over HTTP and on its page.</summary>
public class BodyTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task It_is_set_up_seats_are_taken_and_its_first_meeting_completes_an_obligation()
    {
        var path = await Posted.Agreement(host);
        var body = $"{path}/bodies/group";
        (await host.Officer.Post($"{path}/bodies", new { key = "group", title = "Samordningsgruppen", obligation = "report" })).IsProblem(422, "body-of-joint");
        Assert.EndsWith("/bodies/group", (await host.Officer.Post($"{path}/bodies", new { key = "group", title = "Samordningsgruppen", obligation = "meeting-2015" })).Location, StringComparison.Ordinal);
        (await host.Finance.Post($"{body}/seats", new { function = "Ekonom", from = "2014-06-13" })).IsProblem(403, "forbidden");
        (await host.Officer.Post($"{body}/seats", new { function = "Handläggare, Socialdepartementet", from = "2014-06-13" })).Is(201);
        (await host.Lead.Post($"{body}/seats/1/leaving", new { to = "2014-07-01" })).IsProblem(403, "seat-of-other-party");
        (await host.Officer.Post($"{body}/seats/1/leaving", new { to = "2014-07-01" })).Is(200);
        var minutes = await Posted.Document(host.Lead, path, "Anteckningar", "minutes");
        var held = (await host.Lead.Post($"{body}/meetings", new { on = "2014-06-13", decisions = "Mötas igen i höst", documents = new[] { minutes } })).Is(201);
        held.Has("""
            key:string title:string obligation:string party:string by.name:string at:string seats.0.number:number seats.0.party:string seats.0.function:string seats.0.from:string seats.0.to:string seats.0.holds:boolean
            meetings.0.number:number meetings.0.on:string meetings.0.agenda:null meetings.0.decisions:string meetings.0.documents.0.title:string meetings.0.party:string meetings.0.by.name:string meetings.0.at:string
            """);
        Assert.Equal("done", (await host.Officer.Get($"{path}/obligations/meeting-2015")).Is(200).Text("status"));
        (await host.Officer.Post($"{path}/obligations/meeting-2015/confirmation")).Is(200);
        Assert.Equal("Anteckningar", (await host.Officer.Get(body)).Is(200).Text("meetings.0.documents.0.title"));
        Assert.Single(await host.Officer.All($"{path}/bodies"));
        Assert.Empty(await host.Reader.All($"{path}/bodies"));
        (await host.Reader.Get(body)).IsProblem(404, "no-such-body");
    }

    [Fact]
    public async Task On_its_page_everything_is_done_by_forms()
    {
        var path = $"/{await Posted.Agreement(host)}";
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains($"href=\"{path}/bodies\"", (await officer.Get($"{path}/work")).Text, StringComparison.Ordinal);
        Assert.Contains("Skriv nyckeln med a–z", (await Send("", ("key", "Grupp 1"), ("title", "Samordningsgruppen"), ("obligation", ""))).Text, StringComparison.Ordinal);
        Assert.Contains("Samordningsgruppen", (await Send("", ("key", "group"), ("title", "Samordningsgruppen"), ("obligation", "meeting-2015"))).Text, StringComparison.Ordinal);
        Assert.Contains("Handläggare (", (await Send("/group/seats", ("function", "Handläggare"), ("from", "2014-06-13"), ("to", ""))).Text.Replace(" <span class=\"quiet\">", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("13 juni 2014 till 1 juli 2014", (await Send("/group/seats/1/leaving", ("to", "2014-07-01"))).Text, StringComparison.Ordinal);
        Assert.Contains("Möte 1, 13 juni 2014", (await Send("/group/meetings", ("on", "2014-06-13"), ("agenda", "Planen"), ("decisions", ""))).Text, StringComparison.Ordinal);
        using var payer = await PageCaller.SignIn(host, "petra.palm");
        Assert.Contains("Möte 1, 13 juni 2014", (await payer.Get($"{path}/bodies")).Text, StringComparison.Ordinal);
        using var reader = await PageCaller.SignIn(host, "rut.ros");
        Assert.Equal(403, (await reader.Get($"{path}/bodies")).Status);

        async Task<PageAnswer> Send(string what, params (string, string)[] fields)
        {
            var version = what.Length == 0 ? (await host.Officer.Get(path[1..])).Is(200).Number("version") : (await host.Officer.Get($"{path[1..]}/bodies/group"))["ETag"] is var tag ? decimal.Parse(tag!.Trim('"'), System.Globalization.CultureInfo.InvariantCulture) : 0;
            return await officer.Send($"{path}/bodies", $"{path}/bodies{what}", [("version", $"{version}"), .. fields]);
        }
    }
}
