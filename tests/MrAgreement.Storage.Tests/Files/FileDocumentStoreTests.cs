using MrAgreement.Documents;
using MrAgreement.Storage.Files;

namespace MrAgreement.Storage.Tests.Files;

/// <summary>The contract on files, and what only files have.</summary>
public sealed class FileDocumentStoreTests : DocumentStoreContract, IDisposable
{
    static readonly Sha256 address = Sha256.Of([1, 2, 3]);

    readonly TemporaryFolder folder = new();

    public FileDocumentStoreTests() => Documents = FileDocumentStore.Open(folder.Path);

    protected override IDocumentStore Documents { get; }

    protected override Task Alter(Sha256 address, byte[] content) => File.WriteAllBytesAsync(folder[$"{$"{address}"[..2]}/{$"{address}"[2..4]}/{address}"], content, Cancellation);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_has_its_hash_for_a_name_in_folders_of_its_first_digits()
    {
        await Put([1, 2, 3]);

        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(folder[$"03/90/{address}"], Cancellation));
    }

    [Fact]
    public async Task Nothing_but_the_documents_lies_in_the_folder_whatever_went_wrong()
    {
        await Put([1, 2, 3]);
        await Put([1, 2, 3]);
        await Assert.ThrowsAsync<DocumentTooLargeException>(() => Put([4, 5, 6], limit: 2));

        Assert.Equal([folder[$"03/90/{address}"]], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_gone_after_opening()
    {
        await Put([1, 2, 3]);
        await File.WriteAllBytesAsync(folder["incoming/abc.def"], [9, 9], Cancellation);

        FileDocumentStore.Open(folder.Path);

        Assert.Equal([folder[$"03/90/{address}"]], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Bytes_that_are_put_again_are_no_orphan_any_more()
    {
        await Put([1, 2, 3]);
        File.SetLastWriteTimeUtc(folder[$"03/90/{address}"], new(2014, 6, 2, 0, 0, 0, DateTimeKind.Utc));
        var yesterday = Instant.FromDateTimeUtc(DateTime.UtcNow) - Duration.FromDays(1);

        var again = await Put([1, 2, 3]);
        await Documents.Delete(address, yesterday, Cancellation);

        Assert.True(again.StoredAt > yesterday);
        Assert.True(await Documents.Exists(address, Cancellation));
    }

    [Fact]
    public async Task A_file_that_lost_its_end_is_whole_again_when_the_bytes_are_put_again()
    {
        await Put([1, 2, 3]);
        await File.WriteAllBytesAsync(folder[$"03/90/{address}"], [1], Cancellation);

        await Put([1, 2, 3]);

        Assert.Equal([1, 2, 3], await Read(address));
    }

    [Fact]
    public async Task A_file_whose_time_was_set_back_after_it_was_altered_is_found_out()
    {
        await Put([1, 2, 3]);
        Assert.Equal([1, 2, 3], await Read(address));
        var (file, time) = (folder[$"03/90/{address}"], File.GetLastWriteTimeUtc(folder[$"03/90/{address}"]));

        await File.WriteAllBytesAsync(file, [1, 2, 4], Cancellation);
        File.SetLastWriteTimeUtc(file, time);

        await Assert.ThrowsAsync<DocumentDamagedException>(() => Documents.Open(address, Cancellation));
    }

    [Fact]
    public async Task Whether_any_document_lies_in_a_folder_is_told_without_opening_it()
    {
        Assert.False(FileDocumentStore.HoldsAny(folder["nowhere"]));
        Assert.False(FileDocumentStore.HoldsAny(folder.Path));
        await Put([1, 2, 3]);
        Assert.True(FileDocumentStore.HoldsAny(folder.Path));
        Assert.False(Directory.Exists(folder["nowhere"]));
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_makes_the_store_unavailable_until_it_does_again()
    {
        Directory.Delete(folder["incoming"]);
        await File.WriteAllBytesAsync(folder["incoming"], [], Cancellation);
        await Assert.ThrowsAsync<StoreUnwritableException>(() => Put([1, 2, 3]));

        File.Delete(folder["incoming"]);
        Directory.CreateDirectory(folder["incoming"]);
        await Put([1, 2, 3]);
    }

    [Fact]
    public void A_folder_that_can_not_be_written_is_refused()
    {
        File.WriteAllBytes(folder["file"], []);

        var refused = Assert.Throws<StoreRefusedException>(() => FileDocumentStore.Open(folder["file/below"]));
        Assert.Contains(folder["file/below"], refused.Message, StringComparison.Ordinal);
    }
}
