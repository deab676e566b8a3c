using MrAgreement.Erasures;
using MrAgreement.Transparency;

namespace MrAgreement.Storage.Tests;

/// <summary>What every store of checkpoints promises.</summary>
public abstract class CheckpointStoreContract
{
    protected abstract ICheckpointStore Checkpoints { get; }

    /// <summary>The list of erasures that lies where they lie.</summary>
    protected abstract IErasureList Erasures { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_added_is_read_back_and_listed_in_order()
    {
        Assert.Empty(await Checkpoints.List(Cancellation));
        Assert.Null(await Checkpoints.Read(1, Cancellation));
        foreach (var number in new[] { 1, 2, 12 })
            Assert.True(await Checkpoints.Add(number, new byte[] { (byte)number, 10 }, Cancellation));

        Assert.Equal([1, 2, 12], (await Checkpoints.List(Cancellation)).Select(it => it.Number));
        Assert.All(await Checkpoints.List(Cancellation), it => Assert.True(it.At > Instant.FromUtc(2020, 1, 1, 0, 0)));
        Assert.Equal([12, 10], (await Checkpoints.Read(12, Cancellation))!);
    }

    [Fact]
    public async Task Erasures_are_listed_beside_them_once_and_for_ever()
    {
        await Checkpoints.Add(1, "one"u8.ToArray(), Cancellation);
        Assert.Empty(await Erasures.List(Cancellation));
        var first = new ListedErasure(Stored.Agreement(), 7, Sha256.Of("seven"u8), ErasureGround.Disposal, "RA-MS 2026:1", new("anna"), new("bo"), "SKR", Own: true);
        await Erasures.Add(first, Cancellation);
        await Erasures.Add(first with { Reference = "another" }, Cancellation);
        await Erasures.Add(first with { Row = 8, Document = Guid.AllBitsSet }, Cancellation);

        Assert.Equal([first, first with { Row = 8, Document = Guid.AllBitsSet }], await Erasures.List(Cancellation));
        Assert.Equal([1], (await Checkpoints.List(Cancellation)).Select(it => it.Number));
    }

    [Fact]
    public async Task What_is_there_is_never_written_over()
    {
        Assert.True(await Checkpoints.Add(1, "one"u8.ToArray(), Cancellation));
        Assert.False(await Checkpoints.Add(1, "other"u8.ToArray(), Cancellation));
        Assert.Equal("one", System.Text.Encoding.UTF8.GetString((await Checkpoints.Read(1, Cancellation))!));
    }

    [Fact]
    public async Task Of_many_who_add_the_same_number_one_does()
    {
        for (var number = 1; number <= 20; number++)
        {
            var added = await Task.WhenAll(Enumerable.Range(0, 8)
                .Select(i => Task.Run(() => Checkpoints.Add(number, new byte[] { (byte)i }, Cancellation))));
            Assert.Single(added, it => it);
            Assert.Equal((byte)Array.IndexOf(added, true), Assert.Single((await Checkpoints.Read(number, Cancellation))!));
        }
    }

    [Fact]
    public async Task Large_ones_are_read_back_whole()
    {
        var content = new byte[9 * 1024 * 1024 + 7];
        new Random(1).NextBytes(content);
        Assert.True(await Checkpoints.Add(1, content, Cancellation));
        Assert.Equal(Sha256.Of(content), Sha256.Of(await Checkpoints.Read(1, Cancellation)));
    }
}
