using MrAgreement.Erasures;
using MrAgreement.Storage.Files;
using MrAgreement.Transparency;

namespace MrAgreement.Storage.Tests.Files;

/// <summary>The contract in a folder.</summary>
public sealed class FileCheckpointStoreTests : CheckpointStoreContract, IDisposable
{
    readonly TemporaryFolder folder = new();

    public FileCheckpointStoreTests() => (Checkpoints, Erasures) = (FileCheckpointStore.Open(folder["checkpoints"]), FileErasureList.Open(folder["checkpoints"]));

    protected override IErasureList Erasures { get; }

    protected override ICheckpointStore Checkpoints { get; }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_a_killed_process_left_unfinished_goes_at_the_next_start_and_the_rest_stays()
    {
        await Checkpoints.Add(1, "one"u8.ToArray(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["checkpoints/x.new"], "half", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["checkpoints/notes.txt"], "not ours", TestContext.Current.CancellationToken);

        var again = FileCheckpointStore.Open(folder["checkpoints"]);

        Assert.Equal([1], (await again.List(TestContext.Current.CancellationToken)).Select(it => it.Number));
        Assert.Equal(["00000001.txt", "notes.txt"], Directory.EnumerateFiles(folder["checkpoints"]).Select(Path.GetFileName).Order());
    }
}
