using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.People;

/// <summary>What is kept of somebody by their id is in what they take along, and nothing of others.</summary>
public sealed class OwnExportTests : IAsyncLifetime
{
    RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_calendar_address_and_what_somebody_ordered_are_in_it()
    {
        var path = await Posted.Agreement(host);
        var before = (await host.Officer.Get("me/export")).Is(200);
        Assert.Equal((false, 0), (before.Flag("calendarAddress"), before.At("runs").GetArrayLength()));
        (await host.Officer.Post("me/calendar")).Is(201);
        var ordered = await host.Officer.Post($"{path}/archive-packages", "{}");
        while ((await host.Officer.Get(ordered.Location!)).Is(200).Text("status") == "making")
            await Task.Yield();

        var held = (await host.Officer.Get("me/export")).Is(200);
        held.Has("runs.0.kind:string runs.0.id:string runs.0.at:string acts.0.href:string");
        Assert.True(held.Flag("calendarAddress"));
        Assert.Equal(("archive", path["agreements/".Length..]), (held.Text("runs.0.kind"), held.Text("runs.0.agreements.0")));
        Assert.Equal($"/{path}/log#e{held.Number("acts.0.sequence")}", held.Text("acts.0.href"));
        var other = (await host.Lead.Get("me/export")).Is(200);
        Assert.Equal((false, 0), (other.Flag("calendarAddress"), other.At("runs").GetArrayLength()));
    }
}
