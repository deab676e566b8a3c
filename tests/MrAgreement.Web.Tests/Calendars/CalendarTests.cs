using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Calendars;

/// <summary>Deadlines as a calendar at a secret address.</summary>
public class CalendarTests
{
    [Fact]
    public async Task Whoever_has_the_address_sees_its_owners_deadlines_until_it_is_revoked()
    {
        await using var host = await RunningHost.Start();
        var path = await Some.Agreement(host);
        (await host.Nobody.Post("me/calendar")).Says401();
        (await host.Reader.Post("me/calendar")).IsProblem(403, "forbidden");
        var given = await host.Lead.Post("me/calendar");
        var address = given.Is(201).Text("url")!;
        Assert.Equal(address, given.Location);

        var feed = await host.Nobody.Get(address);
        Assert.Equal((200, "text/calendar"), (feed.Status, feed.MediaType));
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", feed.Text, StringComparison.Ordinal);
        Assert.Equal(5, feed.Text.Split("BEGIN:VEVENT").Length - 1);
        Assert.Contains("DTSTART;VALUE=DATE:20150201", feed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lena", feed.Text, StringComparison.Ordinal);
        (await host.Officer.Post($"{path}/obligations/report/extension", new { dueOn = "2015-02-10", reference = "Fi2014/2" })).Is(200);
        Assert.Contains("DTSTART;VALUE=DATE:20150210", (await host.Nobody.Get(address)).Text, StringComparison.Ordinal);

        var another = (await host.Lead.Post("me/calendar")).Is(201).Text("url")!;
        Assert.Equal((404, 200), ((await host.Nobody.Get(address)).Status, (await host.Nobody.Get(another)).Status));
        Assert.Equal(204, (await host.Lead.Send(HttpMethod.Delete, "me/calendar", null)).Status);
        Assert.Equal(404, (await host.Nobody.Get(another)).Status);
    }
}
