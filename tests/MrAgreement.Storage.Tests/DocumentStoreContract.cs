using MrAgreement.Documents;

namespace MrAgreement.Storage.Tests;

/// <summary>What every document store promises.</summary>
public abstract class DocumentStoreContract
{
    // More than one buffer of any size that a store is likely to use, and not a multiple of it.
    static readonly byte[] large = [.. Enumerable.Range(0, 5_000_003).Select(i => (byte)(i * 31 / 7))];

    protected abstract IDocumentStore Documents { get; }

    /// <summary>Puts other bytes where a document lies, past the store, as whoever may write there can.</summary>
    protected abstract Task Alter(Sha256 address, byte[] content);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_are_found_again_by_their_hash()
    {
        var stored = await Put(large);

        Assert.Equal((Sha256.Of(large), large.LongLength), (stored.Address, stored.Size));
        Assert.True(await Documents.Exists(stored.Address, Cancellation));
        Assert.Equal(large, await Read(stored.Address));
    }

    [Fact]
    public async Task An_empty_document_is_a_document()
    {
        var stored = await Put([]);

        Assert.Equal(0, stored.Size);
        Assert.Empty(await Read(stored.Address));
    }

    [Fact]
    public async Task What_is_opened_can_be_read_from_any_place()
    {
        var stored = await Put(large);

        await using var content = await Documents.Open(stored.Address, Cancellation);
        content!.Seek(-3, SeekOrigin.End);
        var end = new byte[3];
        await content.ReadExactlyAsync(end, Cancellation);
        Assert.Equal(large[^3..], end);
        Assert.Equal(large.Length, content.Length);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var address = Sha256.Of("nothing"u8);

        Assert.False(await Documents.Exists(address, Cancellation));
        Assert.Null(await Documents.Open(address, Cancellation));
        Assert.True(await Documents.Delete(address, Instant.MaxValue, Cancellation));
    }

    [Fact]
    public async Task The_same_bytes_are_stored_once()
    {
        var stored = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Put(large), Cancellation)));

        Assert.Equal(Sha256.Of(large), Assert.Single(stored.Select(s => s.Address).Distinct()));
        Assert.Equal([Sha256.Of(large)], await Listed());
        Assert.Equal(large, await Read(Sha256.Of(large)));
    }

    [Fact]
    public async Task A_document_as_long_as_the_limit_is_taken_and_one_byte_more_is_not()
    {
        var tooLarge = await Assert.ThrowsAsync<DocumentTooLargeException>(() => Put(large, large.Length - 1));
        Assert.Equal(large.Length - 1, tooLarge.Limit);
        Assert.False(await Documents.Exists(Sha256.Of(large), Cancellation));
        Assert.Empty(await Listed());

        await Put(large, large.Length);
        Assert.True(await Documents.Exists(Sha256.Of(large), Cancellation));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => Documents.Put(new BrokenUpload(large), long.MaxValue, Cancellation));

        Assert.Empty(await Listed());
    }

    [Fact]
    public async Task Everything_stored_is_listed_with_its_size()
    {
        await Put([1, 2, 3]);
        await Put([4]);

        var sizes = new List<(Sha256, long)>();
        await foreach (var document in Documents.List(Cancellation))
            sizes.Add((document.Address, document.Size));
        Assert.Equivalent(new[] { (Sha256.Of([1, 2, 3]), 3L), (Sha256.Of([4]), 1L) }, sizes, strict: true);
    }

    [Fact]
    public async Task Bytes_are_forgotten_when_they_were_stored_before_the_given_instant_only()
    {
        var stored = await Put([1, 2, 3]);

        Assert.False(await Documents.Delete(stored.Address, stored.StoredAt, Cancellation));
        Assert.True(await Documents.Exists(stored.Address, Cancellation));

        Assert.True(await Documents.Delete(stored.Address, stored.StoredAt + Duration.FromSeconds(2), Cancellation));
        Assert.False(await Documents.Exists(stored.Address, Cancellation));
        Assert.Empty(await Listed());
        await Put([1, 2, 3]);
        Assert.Equal([1, 2, 3], await Read(stored.Address));
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(5_000_003, 4_999_999)]
    [InlineData(5_000_003, 17)]
    public async Task Altered_bytes_are_never_given_whole_or_in_part_until_the_right_ones_are_put_again(int size, int at)
    {
        var content = large[..size];
        var address = (await Put(content)).Address;
        Assert.Equal(content, await Read(address));
        byte[] altered = [.. content];
        altered[at] ^= 1;

        await Alter(address, altered);

        var damaged = await Assert.ThrowsAsync<DocumentDamagedException>(() => Documents.Open(address, Cancellation));
        Assert.Equal((address, false), (damaged.Address, damaged.Gone));
        await Put(content);
        Assert.Equal(content, await Read(address));
    }

    [Fact]
    public async Task Bytes_that_lost_their_end_or_all_of_it_are_damaged()
    {
        var address = (await Put([1, 2, 3])).Address;

        foreach (var left in new byte[][] { [1, 2], [1, 2, 3, 4], [] })
        {
            await Alter(address, left);
            await Assert.ThrowsAsync<DocumentDamagedException>(() => Documents.Open(address, Cancellation));
        }
        await Put([1, 2, 3]);
        Assert.Equal([1, 2, 3], await Read(address));
    }

    [Fact]
    public async Task What_came_with_a_refused_request_is_taken_back_and_nothing_else_is()
    {
        var put = await Put(large);
        Assert.True(await Documents.Withdraw(put, Cancellation));
        Assert.Empty(await Listed());

        // Put again meanwhile, by somebody whose request may be accepted.
        var (first, second) = (await Put(large), await Put(large));
        Assert.False(await Documents.Withdraw(first, Cancellation));
        Assert.False(await Documents.Withdraw(second, Cancellation));
        Assert.Equal(large, await Read(second.Address));

        await foreach (var listed in Documents.List(Cancellation))
            Assert.False(await Documents.Withdraw(listed, Cancellation));
        // Gone and put anew: the one that was refused before is not the one that brought it.
        await Documents.Delete(first.Address, first.StoredAt + Duration.FromDays(1), Cancellation);
        await Put(large);
        Assert.False(await Documents.Withdraw(first, Cancellation));
    }

    protected Task<StoredDocument> Put(byte[] content, long limit = long.MaxValue) => Documents.Put(new MemoryStream(content), limit, Cancellation);

    protected async Task<byte[]> Read(Sha256 address)
    {
        await using var content = await Documents.Open(address, Cancellation);
        using var copy = new MemoryStream();
        await content!.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }

    async Task<List<Sha256>> Listed()
    {
        var listed = new List<Sha256>();
        await foreach (var document in Documents.List(Cancellation))
            listed.Add(document.Address);
        return listed;
    }

    sealed class BrokenUpload(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position > Length / 2 ? throw new IOException("The client has gone.") : base.ReadAsync(buffer, cancellationToken);
    }
}
