using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MrAgreement.Storage.Azure;
using MrAgreement.Transparency;

namespace MrAgreement.Storage.AzureBlobs;

/// <summary>Checkpoints as blobs named by their numbers, in a container that lets nothing be changed (infra/modules).</summary>
sealed class AzureCheckpointStore : ICheckpointStore
{
    const string Ending = ".txt";

    readonly BlobContainerClient container;

    AzureCheckpointStore(BlobContainerClient container) => this.container = container;

    /// <summary>The store in a container, which is made unless it is there.</summary>
    public static async Task<AzureCheckpointStore> In(BlobContainerClient container, CancellationToken cancellation)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation).Told(container.Uri, cancellation);
        return new(container);
    }

    public async Task<IReadOnlyList<KeptCheckpoint>> List(CancellationToken cancellation = default)
    {
        var found = new List<KeptCheckpoint>();
        await foreach (var page in container.GetBlobsAsync(cancellationToken: cancellation).AsPages().Told(container.Uri, cancellation))
            foreach (var blob in page.Values)
                if (blob.Name.EndsWith(Ending, StringComparison.Ordinal)
                    && int.TryParse(blob.Name[..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    found.Add(new(number, Instant.FromDateTimeOffset(blob.Properties.LastModified!.Value)));
        return [.. found.OrderBy(it => it.Number)];
    }

    public async Task<byte[]?> Read(int number, CancellationToken cancellation = default)
    {
        try
        {
            return (await Blob(number).DownloadContentAsync(cancellation).Told(container.Uri, cancellation, 404)).Value.Content.ToArray();
        }
        catch (RequestFailedException)
        {
            return null;
        }
    }

    public async Task<bool> Add(int number, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        try
        {
            await Blob(number).UploadAsync(BinaryData.FromBytes(content),
                new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } },
                cancellation).Told(container.Uri, cancellation, 409, 412);
            return true;
        }
        catch (RequestFailedException)
        {
            // Sent again after its answer was lost, it stands in its own way.
            return await Read(number, cancellation) is { } there && content.Span.SequenceEqual(there);
        }
    }

    BlobClient Blob(int number) => container.GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"{number:D8}{Ending}"));
}
