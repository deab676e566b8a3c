using MrAgreement.Documents;
using MrAgreement.Storage.AzureBlobs;

namespace MrAgreement.Storage.Tests.Azure;

/// <summary>Whatever goes wrong on the way to the blobs: a document that is told as stored is there whole, and one that is not can be stored again.</summary>
public sealed class BlobFaultTests(Azurite azurite) : IAsyncLifetime
{
    static readonly byte[] small = [1, 2, 3];
    // Three blocks, the last of them short.
    static readonly byte[] large = [.. Enumerable.Range(0, 2 * AzureDocumentStore.BlockSize + 1000).Select(i => (byte)(i * 31 / 7))];

    readonly AccountInUse account = new(azurite);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    IDocumentStore Documents => account.Stores.Documents;

    public ValueTask InitializeAsync() => account.Open();

    public ValueTask DisposeAsync() => account.DisposeAsync();

    [Theory]
    [InlineData(WireFault.InternalError)]
    [InlineData(WireFault.Unavailable)]
    [InlineData(WireFault.Throttled)]
    [InlineData(WireFault.CutBefore)]
    [InlineData(WireFault.CutAfter)]
    [InlineData(WireFault.CutShort)]
    public async Task Every_request_that_fails_once_is_sent_again(WireFault fault)
    {
        var failed = new HashSet<string>();
        account.Blobs.Faults = request =>
        {
            lock (failed)
                return failed.Add(request) ? fault : WireFault.None;
        };

        foreach (var content in new[] { small, large })
        {
            var stored = await Put(content);
            Assert.Equal((Sha256.Of(content), content.LongLength), (stored.Address, stored.Size));
            Assert.True(await Documents.Exists(stored.Address, Cancellation));
            Assert.Equal(content, await Read(stored.Address));
        }
        Assert.Equal(2, await Documents.List(Cancellation).CountAsync(Cancellation));
        // Put, three blocks, their list, what was asked before and after, and the listing.
        Assert.InRange(failed.Count, 8, 12);
    }

    [Theory]
    [InlineData("blocklist")]
    [InlineData("block&")]
    public async Task An_upload_cut_off_in_the_middle_is_no_document_and_can_be_repeated(string at)
    {
        var passed = 0;
        // The first block arrives.
        account.Blobs.Faults = request => request.Contains($"comp={at}", StringComparison.Ordinal) && (at == "blocklist" || Interlocked.Increment(ref passed) > 1) ? WireFault.CutBefore : WireFault.None;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Put(large));

        account.Blobs.Faults = _ => WireFault.None;
        Assert.False(await Documents.Exists(Sha256.Of(large), Cancellation));
        Assert.Empty(await Documents.List(Cancellation).ToListAsync(Cancellation));
        Assert.Null(await Documents.Open(Sha256.Of(large), Cancellation));
        await Put(large);
        Assert.Equal(large, await Read(Sha256.Of(large)));
    }

    [Fact]
    public async Task A_document_whose_every_answer_was_lost_is_there_and_put_again_it_is_stored_once()
    {
        account.Blobs.Faults = request => request.Contains("comp=blocklist", StringComparison.Ordinal) ? WireFault.CutAfter : WireFault.None;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Put(large));

        account.Blobs.Faults = _ => WireFault.None;
        account.Blobs.Passed();
        await Put(large);
        Assert.DoesNotContain(account.Blobs.Passed(), request => request.Contains("comp=block", StringComparison.Ordinal));
        Assert.Equal(large, await Read(Sha256.Of(large)));
    }

    [Fact]
    public async Task A_reading_that_breaks_off_goes_on_where_it_was()
    {
        await Put(large);
        var left = 2;
        account.Blobs.Faults = request => request.StartsWith("GET", StringComparison.Ordinal) && Interlocked.Decrement(ref left) >= 0 ? WireFault.CutShort : WireFault.None;

        Assert.Equal(large, await Read(Sha256.Of(large)));
        Assert.True(left < 0);
    }

    [Fact]
    public async Task A_listing_over_several_pages_is_whole_also_when_each_is_cut()
    {
        for (byte i = 0; i < 7; i++)
            await Put([i]);
        var container = account.Account(account.Blobs.Port).Blobs.GetBlobContainerClient(AzureStores.DocumentContainer);
        IAsyncEnumerable<string> Listed() => AzureDocumentStore.List(container, 3, Cancellation).Select(blob => $"{blob.Address}");
        var failed = new HashSet<string>();
        account.Blobs.Faults = request =>
        {
            lock (failed)
                return failed.Add(request) ? WireFault.CutShort : WireFault.None;
        };

        var names = await Listed().ToListAsync(Cancellation);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"{Sha256.Of([(byte)i])}").Order(StringComparer.Ordinal), names);
        Assert.Equal(3, failed.Count);

        // One that fails for good says so: a list that ends early would make orphans of what it leaves out.
        account.Blobs.Faults = request => request.Contains("marker=", StringComparison.Ordinal) ? WireFault.CutShort : WireFault.None;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Listed().ToListAsync(Cancellation).AsTask());
    }

    [Fact]
    public async Task What_a_retention_policy_keeps_stays_and_is_told()
    {
        var stored = await Put(small);
        account.Blobs.Faults = request => request.StartsWith("DELETE", StringComparison.Ordinal) ? WireFault.Retained : WireFault.None;

        Assert.False(await Documents.Delete(stored.Address, Instant.MaxValue.Minus(Duration.FromDays(1)), Cancellation));
        Assert.Equal(small, await Read(stored.Address));
    }

    [Fact]
    public async Task A_container_that_is_gone_is_not_taken_for_an_empty_one()
    {
        await account.Account().Blobs.DeleteBlobContainerAsync(AzureStores.DocumentContainer, cancellationToken: Cancellation);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Documents.Exists(Sha256.Of(small), Cancellation));
        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => Documents.Open(Sha256.Of(small), Cancellation));
        Assert.EndsWith("has no container documents any more; restore it from a backup.", e.Message, StringComparison.Ordinal);
    }

    Task<StoredDocument> Put(byte[] content) => Documents.Put(new MemoryStream(content), long.MaxValue, Cancellation);

    async Task<byte[]> Read(Sha256 address)
    {
        await using var content = await Documents.Open(address, Cancellation);
        using var copy = new MemoryStream();
        await content!.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }
}
