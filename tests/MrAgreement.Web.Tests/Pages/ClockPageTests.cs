using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>Whoever tries the program out moves its clock on a page, and sees what that led to.</summary>
public class ClockPageTests
{
    [Fact]
    public async Task The_clock_is_moved_by_its_buttons_or_to_a_day_and_never_back()
    {
        await using var host = await RunningHost.Start();
        await Posted.Agreement(host);
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        Assert.Contains("href=\"/clock\"", (await lead.Get("/")).Text, StringComparison.Ordinal);
        var shown = await lead.Get("/clock");
        Assert.Contains("Klockan står på den 13 juni 2014", shown.Text, StringComparison.Ordinal);
        Assert.Contains("Till nästa händelse", shown.Text, StringComparison.Ordinal);

        var moved = await lead.Send("/clock", "/clock", ("now", "2015-06-15"));
        Assert.Equal(200, moved.Status);
        Assert.Contains("Klockan står på den 15 juni 2015", moved.Text, StringComparison.Ordinal);
        Assert.Matches("Påminnelser under tiden: [1-9]", moved.Text);
        Assert.Equal("2015-06-15T10:00:00Z", (await host.Lead.Get("/api/v1/simulation/clock")).Is(200).Text("now"));

        foreach (var (typed, says) in new[] { ("2015-06-14", "Ange en senare tidpunkt"), ("", "Dag"), ("nyss", "Dag") })
        {
            var refused = await lead.Send("/clock", "/clock", ("now", typed));
            Assert.True(refused.Status is 400 or 409 or 422, $"{typed}: {refused.Status}");
            Assert.Contains("<title>Rätta:", refused.Text, StringComparison.Ordinal);
            Assert.Contains(says, refused.Text, StringComparison.Ordinal);
        }
        Assert.Equal("2015-06-15T10:00:00Z", (await host.Lead.Get("/api/v1/simulation/clock")).Is(200).Text("now"));
    }

    [Fact]
    public async Task Where_the_clock_is_the_real_one_there_is_no_such_page()
    {
        await using var host = await RunningHost.Start(clock: null);
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        Assert.Equal(404, (await lead.Get("/clock")).Status);
        Assert.DoesNotContain("href=\"/clock\"", (await lead.Get("/")).Text, StringComparison.Ordinal);
    }
}
