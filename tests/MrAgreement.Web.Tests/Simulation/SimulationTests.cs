using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Simulation;

/// <summary>The simulated clock: forwards only, everything on the way in order, each at its own instant.</summary>
public class SimulationTests
{
    [Fact]
    public async Task It_moves_to_a_day_or_an_instant_and_says_what_happened_on_the_way()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        Assert.Equal("2014-06-13T10:00:00Z", (await host.Reader.Get("simulation/clock")).Is(200).Text("now"));
        var moved = (await host.Reader.Post("simulation/clock", new { now = "2014-09-02" })).Is(200);
        moved.Has("now:string remindersSent:number becameOverdue:number");
        // Rungs of 1 September: −30, −14, −7, −1 and +1; −90 was past at signature.
        Assert.Equal(("2014-09-02T10:00:00Z", 5m, 1m), (moved.Text("now"), moved.Number("remindersSent"), moved.Number("becameOverdue")));
        Assert.Equal(["2014-08-02T06:00:00Z", "2014-08-18T06:00:00Z", "2014-08-25T06:00:00Z", "2014-08-31T06:00:00Z", "2014-09-02T06:00:00Z"],
            (await host.Lead.All($"{path}/events")).Where(e => e.Text("type") == "reminder-sent").Select(e => e.Text("at")));
        var again = (await host.Reader.Post("simulation/clock", new { now = "2014-09-02T10:00:00+00:00" })).Is(200);
        Assert.Equal((0m, 0m), (again.Number("remindersSent"), again.Number("becameOverdue")));
        Assert.Equal("2014-09-02T18:30:00Z", (await host.Lead.Post("simulation/clock", new { now = "2014-09-02T20:30:00+02:00" })).Is(200).Text("now"));
    }

    [Fact]
    public async Task It_never_moves_backwards()
    {
        await using var host = await RunningHost.Start();
        (await host.Lead.Post("simulation/clock", new { now = "2014-06-12" })).IsProblem(409, "clock-backwards");
        (await host.Lead.Post("simulation/clock", new { now = "2014-02-30" })).IsProblem(422, "invalid-instant");
        (await host.Lead.Post("simulation/clock", new { now = "soon" })).IsProblem(422, "invalid-instant");
        Assert.Equal("2014-06-13T10:00:00Z", (await host.Lead.Get("simulation/clock")).Is(200).Text("now"));
    }

    [Fact]
    public async Task Without_a_simulated_clock_the_resource_does_not_exist()
    {
        await using var host = await RunningHost.Start(clock: null);
        (await host.Lead.Get("simulation/clock")).IsProblem(404, "not-found");
        (await host.Lead.Post("simulation/clock", new { now = "2030-01-01" })).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        string path;
        await using (var host = await RunningHost.Start(folder: folder["data"]))
        {
            path = await Posted.Agreement(host);
            (await host.Lead.Post("simulation/clock", new { now = "2014-08-20" })).Is(200);
        }
        await using var restarted = await RunningHost.Start(folder: folder["data"]);
        Assert.Equal("2014-08-20T10:00:00Z", (await restarted.Lead.Get("simulation/clock")).Is(200).Text("now"));
        Assert.Equal(1, (await restarted.Lead.Post("simulation/clock", new { now = "2014-08-25" })).Is(200).Number("remindersSent"));
        Assert.Equal(3, (await restarted.Lead.All($"{path}/events")).Count(e => e.Text("type") == "reminder-sent"));
    }

    [Fact]
    public async Task What_an_outage_left_is_sent_once_by_the_real_clock_at_the_start()
    {
        using var folder = new TemporaryFolder();
        string path;
        await using (var host = await RunningHost.Start(folder: folder["data"]))
            path = await Posted.Agreement(host);
        for (var starts = 0; starts < 2; starts++)
        {
            await using var host = await RunningHost.Start(clock: null, folder: folder["data"]);
            // Five dated obligations with nine rungs each, all long past, but for −90 of the requisition.
            var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            IReadOnlyList<string> sent;
            do
                sent = [.. (await host.Lead.All($"{path}/events?limit=100")).Where(e => e.Text("type") == "reminder-sent").Select(e => $"{e.Text("data.obligation")} {e.Number("data.rung")}")];
            while (sent.Count < 44 && !patience.IsCancellationRequested);
            Assert.Equal(44, sent.Count);
            Assert.Equal(44, sent.Distinct().Count());
        }
    }
}
