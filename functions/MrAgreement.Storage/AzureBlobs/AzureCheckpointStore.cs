using System.Globalization;
using MrAgreement.Transparency;

namespace MrAgreement.Storage.AzureBlobs;

/// <summary>Checkpoints as blobs named by their numbers, in a container that lets nothing be changed (infra/modules).</summary>
sealed class AzureCheckpointStore(BlobContainer container) : ICheckpointStore
{
    const string Ending = ".txt";
    const int Page = 1000;
    const int Part = 4 * 1024 * 1024;

    public async Task<IReadOnlyList<KeptCheckpoint>> List(CancellationToken cancellation = default)
    {
        var found = new List<KeptCheckpoint>();
        await foreach (var (name, _, modified) in container.List(Page, cancellation))
            if (name.EndsWith(Ending, StringComparison.Ordinal)
                && int.TryParse(name[..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                found.Add(new(number, Instant.FromDateTimeOffset(modified)));
        return [.. found.OrderBy(it => it.Number)];
    }

    public async Task<byte[]?> Read(int number, CancellationToken cancellation = default)
    {
        using var all = new MemoryStream();
        while (true)
        {
            if (await container.Get(NameOf(number), all.Length, Part, null, cancellation) is not { } part)
                return null;
            all.Write(part.Bytes.Span);
            if (part.Bytes.Length == 0 || all.Length >= part.Length)
                return all.ToArray();
        }
    }

    public async Task<bool> Add(int number, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        await container.Put(NameOf(number), content, null, cancellation) is not null
            // Sent again after its answer was lost, it stands in its own way.
            || await Read(number, cancellation) is { } there && content.Span.SequenceEqual(there);

    static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:D8}{Ending}");
}
