using System.Globalization;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>What the hub costs with nothing to do (infra/cost.md), on the backend that the app has in Azure.</summary>
public sealed class IdleHubTests(Azurite azurite)
{
    // As the extension has them by itself.
    static readonly IdleHub.Settings unset = new(4, TimeSpan.FromSeconds(30), Leased: true);

    // More says more: what waits longest is asked again only after that.
    static int Seconds => int.TryParse(Environment.GetEnvironmentVariable("MRAGREEMENT_IDLE_SECONDS"), CultureInfo.InvariantCulture, out var set) ? set : 20;

    [Fact]
    public async Task By_our_settings_it_asks_far_less_than_by_its_own()
    {
        await using var ours = await IdleHub.Start(azurite, IdleHub.Settings.Ours);
        await using var other = await IdleHub.Start(azurite, unset);
        // Both over the same time, which may be any: while they begin they ask more.
        await Task.Delay(TimeSpan.FromSeconds(Seconds), TestContext.Current.CancellationToken);
        ours.Asked();
        other.Asked();
        await Task.Delay(TimeSpan.FromSeconds(Seconds), TestContext.Current.CancellationToken);
        var (asked, without) = (ours.Asked(), other.Asked());
        TestContext.Current.TestOutputHelper?.WriteLine($"In {Seconds} s by our settings {asked}, by its own {without}");

        Assert.InRange(Sum(asked), 1, Sum(without) - 1);
    }

    static int Sum((int Tables, int Blobs, int Queues) asked) => asked.Tables + asked.Blobs + asked.Queues;
}
