using System.Text.Json;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Obligations;

/// <summary>When and where the parties meet, over HTTP and on the pages, and in calendars.</summary>
public class MeetingTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    static object Time(string on, string start = "09:00", string end = "12:00") => new { on, start, end, form = "both", place = "Rosenbad, Stockholm", link = "https://mote.example/1" };

    [Fact]
    public async Task One_proposes_the_other_moves_it_and_agrees_and_calendars_tell_it()
    {
        var path = await Posted.Agreement(host);
        var meeting = $"{path}/obligations/meeting-2015";
        var feed = (await host.Officer.Post("me/calendar")).Is(201).Text("url")!;
        (await host.Lead.Get($"{meeting}/invitation")).IsProblem(404, "no-time");
        var first = (await host.Lead.Post($"{meeting}/times", Time("2015-05-12"))).Is(201);
        first.Has("""
            number:number state:string on:string start:string end:string lastDay:null form:string place:string link:string party:string by.name:string at:string agreedBy:null agreedAt:null calledOff:null
            """);
        Assert.Equal(("proposed", "09:00", "12:00", "both"), (first.Text("state"), first.Text("start"), first.Text("end"), first.Text("form")));
        (await host.Lead.Post($"{meeting}/times/1/agreement")).IsProblem(403, "own-time");
        (await host.Lead.Post($"{meeting}/times", new { on = "2015-05-12", start = "9", end = "12:00", form = "video" })).IsProblem(422, "invalid-time");
        var invited = await Invitation(host.Officer);
        Assert.Equal(("REQUEST", "TENTATIVE", 0, "2015-05-12T07:00:00Z", "2015-05-12T10:00:00Z", "Rosenbad, Stockholm"), Told(invited));

        // Moved by one, agreed by the other.
        (await host.Officer.Post($"{meeting}/times", Time("2015-05-19", "13:00", "15:30"))).Is(201);
        Assert.Equal("replaced", (await host.Lead.Get(meeting)).Is(200).Text("times.0.state"));
        var agreed = (await host.Lead.Post($"{meeting}/times/2/agreement")).Is(200);
        Assert.Equal(("2015-05-19", "agreed", "Lena Lind"), (agreed.Text("scheduledOn"), agreed.Text("times.1.state"), agreed.Text("times.1.agreedBy.name")));
        (await host.Lead.Post($"{meeting}/schedule", new { on = "2015-05-20" })).IsProblem(409, "time-agreed");
        var moved = await Invitation(host.Lead);
        Assert.Equal(("REQUEST", "CONFIRMED", 2, "2015-05-19T11:00:00Z", "2015-05-19T13:30:00Z", "Rosenbad, Stockholm"), Told(moved));
        Assert.Equal(invited.GetProperty("uid").GetString(), moved.GetProperty("uid").GetString());
        Assert.Contains("https://mote.example/1", moved.GetProperty("description").GetString(), StringComparison.Ordinal);
        // Made-up people have no address, and nobody else is to answer for them.
        Assert.Equal("Erik Ek <invalid:nomail>", moved.GetProperty("organizer").GetString());
        Assert.Equal("Rosenbad, Stockholm", (await host.Officer.Get($"{path}/obligations/meeting-2015")).Is(200).Text("times.1.place"));
        Assert.Empty((await host.Reader.Get($"{path}/obligations/meeting-2015")).Is(200).At("times").EnumerateArray());
        (await host.Reader.Get($"{meeting}/invitation")).IsProblem(404, "no-time");

        // What people subscribe to has the hours and the place, and not the way in.
        var subscribed = (await CalendarReader.Read((await host.Nobody.Get(feed)).Text)).GetProperty("events").EnumerateArray().Single(it => it.GetProperty("uid").GetString() == $"meeting-2015.{path["agreements/".Length..]}@mragreement");
        Assert.Equal(("2015-05-19T11:00:00Z", "2015-05-19T13:30:00Z", "Rosenbad, Stockholm", false), (subscribed.GetProperty("start").GetString(), subscribed.GetProperty("end").GetString(), subscribed.GetProperty("location").GetString(), subscribed.GetProperty("days").GetBoolean()));
        Assert.DoesNotContain("mote.example", (await host.Nobody.Get(feed)).Text, StringComparison.Ordinal);

        (await host.Officer.Post($"{meeting}/times/2/calling-off", new { reason = "Sjukdom" })).Is(200);
        Assert.Equal(("CANCEL", "CANCELLED", 3, "2015-05-19T11:00:00Z", "2015-05-19T13:30:00Z", "Rosenbad, Stockholm"), Told(await Invitation(host.Lead)));
        Assert.Null((await host.Lead.Get(meeting)).Is(200).Text("scheduledOn"));
        // Whoever subscribes has the deadline back on its last day, and the meeting struck out.
        var after = (await CalendarReader.Read((await host.Nobody.Get(feed)).Text)).GetProperty("events").EnumerateArray().Where(it => it.GetProperty("uid").GetString()!.Contains($"meeting-2015.{path["agreements/".Length..]}@", StringComparison.Ordinal)).ToList();
        Assert.Equal(["2015-05-19T11:00:00Z CANCELLED", "2015-05-31 CONFIRMED"], after.Select(it => $"{it.GetProperty("start").GetString()} {it.GetProperty("status").GetString()}").Order(StringComparer.Ordinal));
        Assert.Equal(invited.GetProperty("uid").GetString(), after.Single(it => it.GetProperty("status").GetString() == "CANCELLED").GetProperty("uid").GetString());
        Assert.True(after.Single(it => it.GetProperty("status").GetString() == "CONFIRMED").GetProperty("sequence").GetInt32() > subscribed.GetProperty("sequence").GetInt32());

        async Task<JsonElement> Invitation(Caller by)
        {
            var file = await by.Get($"{meeting}/invitation");
            Assert.Equal((200, "text/calendar", "attachment; filename=Fi2014-1-meeting-2015.ics"), (file.Status, file.MediaType, file["Content-Disposition"]?.Split("; filename*")[0]));
            var read = await CalendarReader.Read(file.Text);
            method = read.GetProperty("method").GetString()!;
            return Assert.Single(read.GetProperty("events").EnumerateArray());
        }
    }

    string method = "";

    (string, string?, int, string?, string?, string?) Told(JsonElement it) => (method, it.GetProperty("status").GetString(), it.GetProperty("sequence").GetInt32(), it.GetProperty("start").GetString(), it.GetProperty("end").GetString(), it.GetProperty("location").GetString());

    [Fact]
    public async Task On_the_pages_it_is_proposed_answered_and_called_off()
    {
        var path = $"/{await Posted.Agreement(host)}";
        var meeting = $"{path}/obligations/meeting-2015";
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var wrong = await Send(lead, "times", ("on", "2015-05-19"), ("start", "nio"), ("end", "12:00"), ("how", "Video"), ("place", ""), ("link", ""));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("Ange ett klockslag som 09:00.", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("Ange länken till videomötet", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"nio\"", wrong.Text, StringComparison.Ordinal);

        Assert.Contains("Sparat", (await Send(lead, "times", ("on", "2015-05-19"), ("start", "9.00"), ("end", "12:00"), ("how", "OnSite"), ("place", "Rosenbad"))).Text, StringComparison.Ordinal);
        Assert.Contains("Svara på den föreslagna tiden: Möte 2015", (await officer.Get(path)).Text, StringComparison.Ordinal);
        var asked = (await officer.Get(meeting)).Text;
        Assert.Contains("tisdag 19 maj 2015 kl. 09:00–12:00", asked, StringComparison.Ordinal);
        Assert.Contains("Regeringskansliet", asked[asked.IndexOf("Väntar på svar från", StringComparison.Ordinal)..][..60], StringComparison.Ordinal);
        Assert.Equal(200, (await Send(officer, "times/1/agreement")).Status);
        Assert.Contains("Lena Lind (SKR) föreslog tiden, Erik Ek (RK) gick med på den", (await lead.Get(meeting)).Text, StringComparison.Ordinal);
        Assert.Equal("text/calendar", (await lead.Look($"{meeting}/invitation")).MediaType);
        Assert.Contains("Överenskommen tid", (await Send(lead, "times/1/calling-off", ("reason", ""))).Text, StringComparison.Ordinal);
        Assert.Contains("är inställt av Lena Lind (SKR): Sjukdom", (await Send(lead, "times/1/calling-off", ("reason", "Sjukdom"))).Text, StringComparison.Ordinal);

        async Task<PageAnswer> Send(PageCaller by, string what, params (string, string)[] fields) =>
            await by.Send(meeting, $"{meeting}/{what}", [("version", (await by.Get(meeting)).Version), .. fields]);
    }
}
