using System.Text.Json;
using MrAgreement.Overviews;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>Rows of lists on a bad network: whatever is lost, doubled or late on the way, every process shows the last rows of every agreement.</summary>
public sealed class OverviewFeedFaultTests(Azurite azurite) : IAsyncLifetime
{
    const int Agreements = 6, Each = 30, MaxTries = 10;

    static readonly WireFault[] faults = [WireFault.InternalError, WireFault.Unavailable, WireFault.CutBefore, WireFault.CutAfter, WireFault.CutShort, WireFault.Held];

    readonly AccountInUse account = new(azurite);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();

    [Fact]
    public async Task In_a_random_run_of_two_writers_no_row_is_lost_and_every_replica_shows_the_same()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("MRAGREEMENT_FAULT_SEED"), out var given) ? given : Environment.TickCount;
        var (chance, dice) = (new Random(seed), new Lock());
        AzureStores[] writers = [account.Stores, await account.Another(faulty: true)];
        account.Tables.Faults = _ =>
        {
            lock (dice)
                return chance.Next(4) > 0 ? WireFault.None : faults[chance.Next(faults.Length)];
        };
        var sequences = new long[Agreements + 1];

        var failed = await Task.WhenAll(writers.Select((writer, n) => Task.Run(async () =>
        {
            var (random, refused) = (new Random(seed + n), 0);
            for (var i = 0; i < Each; i++)
            {
                var some = Enumerable.Range(1, Agreements).Where(_ => random.Next(3) == 0).Select(number =>
                    // Now and then from a log that was read before somebody else went on with it.
                    Rows(number, random.Next(3) == 0 && Interlocked.Read(ref sequences[number]) is > 1 and var last ? last - 1 : Interlocked.Increment(ref sequences[number]))).ToList();
                var tries = 0;
                while (!await Worked(() => writer.ReadModels.Write(some, Cancellation)))
                    Assert.True(tries++ < MaxTries, $"seed {seed}: rows can't be written any more");
                refused += tries;
                if (random.Next(5) == 0)
                    await account.Tables.LetThrough();
                if (random.Next(3) == 0)
                    await Worked(() => Shown(writer));
            }
            return refused;
        }, Cancellation)));

        account.Tables.Faults = _ => WireFault.None;
        await account.Tables.LetThrough();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {failed.Sum()} of {writers.Length * Each} writes were tried again by their writer");
        var expected = Text(Enumerable.Range(1, Agreements).Where(number => sequences[number] > 0).Select(number => Rows(number, sequences[number])));
        foreach (var stores in writers.Append(await account.Another()))
            Assert.True(expected == await Shown(stores), $"seed {seed}");

        // A rebuild comes to the same.
        await writers[0].ReadModels.Clear(Cancellation);
        Assert.Empty(await Shown(writers[1]));
        await writers[0].ReadModels.Write([.. Enumerable.Range(1, Agreements).Where(number => sequences[number] > 0).Select(number => Rows(number, sequences[number]))], Cancellation);
        Assert.Equal(expected, await Shown(writers[1]));
    }

    // Told by the rows themselves which of the log's events they show.
    static AgreementRows Rows(int number, long sequence) =>
        new(sequence, Stored.Portfolio(number) with { Title = $"{number} at {sequence}" }, [Stored.Due(number, $"at-{sequence}", Stored.Today.PlusDays((int)sequence))], [], [], [], [new(SearchKind.Log, $"{number} at {sequence}", ["number"], ["SKR"])]);

    static async Task<bool> Worked(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreBusyException)
        {
            return false;
        }
    }

    static async Task<string> Shown(AzureStores stores)
    {
        var portfolio = await stores.ReadModels.Portfolio(new(Stored.Today, null, true, null, null, null, 1, 100), Cancellation);
        var deadlines = await stores.ReadModels.Deadlines(new(Stored.Today, null, null, null, null, null, null, 1, 100), Cancellation);
        var found = Assert.Single(await stores.ReadModels.Search(new([SearchKind.Log], ["num"], null, 0, 100), Cancellation)).Hits;
        return Text(portfolio.Rows.Select(item => new AgreementRows(0, item.Row, [.. deadlines.Rows.Where(due => due.Agreement == item.Row.Agreement)], [], [], [],
            [.. found.Where(hit => hit.Agreement == item.Row.Agreement).Select(hit => new SearchRow(hit.Kind, hit.Subject, [], []))])));
    }

    static string Text(IEnumerable<AgreementRows> all) =>
        string.Join('\n', all.OrderBy(rows => rows.Portfolio.Agreement.Value).Select(rows => JsonSerializer.Serialize((object[])[rows.Portfolio, rows.Due, rows.Search!.Select(row => row.Subject)], Json.Options)));
}
