using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MrAgreement.Erasures;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Storage.AzureBlobs;

/// <summary>The list of erasures as blobs in the checkpoints' container, which lets nothing be changed.</summary>
/// <param name="container">It is there already.</param>
sealed class AzureErasureList(BlobContainerClient container) : IErasureList
{
    public async Task<IReadOnlyList<ListedErasure>> List(CancellationToken cancellation = default)
    {
        var found = new List<ListedErasure>();
        await foreach (var page in container.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{ErasureFile.Folder}/" }, cancellation)
            .AsPages().Told(container.Uri, cancellation))
            foreach (var blob in page.Values)
                found.Add(ErasureFile.Read((await container.GetBlobClient(blob.Name).DownloadContentAsync(cancellation)
                    .Told(container.Uri, cancellation)).Value.Content, blob.Name));
        return found;
    }

    public async Task Add(ListedErasure erasure, CancellationToken cancellation = default)
    {
        try
        {
            await container.GetBlobClient($"{ErasureFile.Folder}/{ErasureFile.NameOf(erasure)}").UploadAsync(
                BinaryData.FromBytes(ErasureFile.Write(erasure)), new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } },
                cancellation).Told(container.Uri, cancellation, 409, 412);
        }
        catch (RequestFailedException)
        {
            // It is listed already.
        }
    }
}
