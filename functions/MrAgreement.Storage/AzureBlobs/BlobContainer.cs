using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Storage.AzureBlobs;

/// <summary>One container of blobs that are written once and never overwritten.</summary>
sealed class BlobContainer(AzureService service, string name)
{
    /// <summary>Makes the container unless it is there.</summary>
    public async Task Create(CancellationToken cancellation)
    {
        using var message = service.Message(RequestMethod.Put, $"{name}?restype=container");
        await service.Send(message, [409], cancellation);
    }

    /// <summary>Writes a blob at once. Null when there is one by that name already.</summary>
    /// <param name="over">The ETag of what is to be written over; null when there must be none.</param>
    public async Task<WrittenBlob?> Put(string blob, ReadOnlyMemory<byte> content, string? over, CancellationToken cancellation)
    {
        using var message = service.Message(RequestMethod.Put, $"{name}/{blob}");
        message.Request.Headers.SetValue("x-ms-blob-type", "BlockBlob");
        message.Request.Headers.SetValue(over is null ? "If-None-Match" : "If-Match", over ?? "*");
        message.Request.Content = RequestContent.Create(content);
        return Written(await service.Send(message, [409, 412], cancellation));
    }

    /// <summary>Brings a part of a blob, which shows when its list is committed.</summary>
    public async Task PutBlock(string blob, int number, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        using var message = service.Message(RequestMethod.Put, $"{name}/{blob}?comp=block&blockid={Uri.EscapeDataString(BlockId(number))}");
        message.Request.Content = RequestContent.Create(content);
        await service.Send(message, [], cancellation);
    }

    /// <summary>Makes a blob of its parts. Null when there is one by that name already.</summary>
    /// <param name="over">The ETag of what is to be written over; null when there must be none.</param>
    public async Task<WrittenBlob?> Commit(string blob, int blocks, string? over, CancellationToken cancellation)
    {
        using var message = service.Message(RequestMethod.Put, $"{name}/{blob}?comp=blocklist");
        message.Request.Headers.SetValue(over is null ? "If-None-Match" : "If-Match", over ?? "*");
        var list = new XElement("BlockList", Enumerable.Range(0, blocks).Select(number => new XElement("Latest", BlockId(number))));
        message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(list.ToString(SaveOptions.DisableFormatting)));
        return Written(await service.Send(message, [409, 412], cancellation));
    }

    /// <summary>Makes a blob as new as if it had been written now. Null when there is none; its age when it may not be touched.</summary>
    public async Task<DateTimeOffset?> Renew(string blob, CancellationToken cancellation)
    {
        using var message = service.Message(RequestMethod.Put, $"{name}/{blob}?comp=metadata");
        var response = await service.Send(message, [404, 409], cancellation);
        // Immutable, and so in no danger of being deleted either.
        return response.Status == 409 ? (await Find(blob, cancellation))?.Modified : response.Status == 404 ? null
            : response.Headers.LastModified();
    }

    /// <summary>When a blob was last written or renewed, and as what; null when there is none.</summary>
    public async Task<WrittenBlob?> Find(string blob, CancellationToken cancellation)
    {
        using var message = service.Message(RequestMethod.Head, $"{name}/{blob}");
        var response = await service.Send(message, [404], cancellation);
        return Missing(response) ? null : new(response.Headers.LastModified(), response.Headers.ETag?.ToString("H"));
    }

    /// <summary>Bytes from a place on; null when there is no such blob.</summary>
    /// <param name="etag">The blob must be as it was then; null for as it is.</param>
    /// <exception cref="StoreUnavailableException">It has been changed since.</exception>
    public async Task<BlobPart?> Get(string blob, long from, int count, string? etag, CancellationToken cancellation)
    {
        using var message = service.Message(RequestMethod.Get, $"{name}/{blob}");
        message.Request.Headers.SetValue("x-ms-range", string.Create(CultureInfo.InvariantCulture, $"bytes={from}-{from + count - 1}"));
        if (etag is not null)
            message.Request.Headers.SetValue("If-Match", etag);
        var response = await service.Send(message, [404, 412, 416], cancellation);
        return response.Status switch
        {
            _ when Missing(response) => null,
            412 => throw new StoreUnavailableException($"The blob {name}/{blob} was changed while it was read; try again."),
            // Nothing lies there: the blob is empty.
            416 => new(ReadOnlyMemory<byte>.Empty, from, ""),
            _ => new(response.Content.ToMemory(),
                response.Headers.TryGetValue("Content-Range", out var range) && range.Split('/') is [_, var length]
                ? long.Parse(length, CultureInfo.InvariantCulture)
                : response.Content.ToMemory().Length, response.Headers.ETag?.ToString("H") ?? "")
        };
    }

    /// <summary>Deletes a blob that has not been written or renewed since. False
    /// when it stays, for that or because the account must keep it.</summary>
    public async Task<bool> Delete(string blob, DateTimeOffset unmodifiedSince, CancellationToken cancellation)
    {
        using var message = service.Message(RequestMethod.Delete, $"{name}/{blob}");
        message.Request.Headers.SetValue("If-Unmodified-Since", unmodifiedSince.ToString("R", CultureInfo.InvariantCulture));
        // 409 is what a retention policy or a legal hold answers.
        return (await service.Send(message, [404, 409, 412], cancellation)).Status is not (409 or 412);
    }

    /// <summary>Deletes a blob that is still as it was written. False when it is not, or the account must keep it.</summary>
    public async Task<bool> Withdraw(string blob, string etag, CancellationToken cancellation)
    {
        using var message = service.Message(RequestMethod.Delete, $"{name}/{blob}");
        message.Request.Headers.SetValue("If-Match", etag);
        return (await service.Send(message, [404, 409, 412], cancellation)).Status is not (409 or 412);
    }

    /// <param name="page">How many at once; the account may give fewer, also none, and go on.</param>
    public async IAsyncEnumerable<(string Name, long Size, DateTimeOffset Modified)> List(int page,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var marker = "";
        do
        {
            using var message = service.Message(RequestMethod.Get,
                $"{name}?restype=container&comp=list&maxresults={page}{(marker.Length > 0 ? $"&marker={Uri.EscapeDataString(marker)}" : "")}");
            var listed = XDocument.Load(XmlReader.Create((await service.Send(message, [], cancellation)).Content.ToStream())).Root!;
            foreach (var blob in listed.Element("Blobs")!.Elements("Blob"))
            {
                var about = blob.Element("Properties")!;
                yield return (blob.Element("Name")!.Value, (long)about.Element("Content-Length")!,
                    DateTimeOffset.Parse(about.Element("Last-Modified")!.Value, CultureInfo.InvariantCulture));
            }
            marker = listed.Element("NextMarker")?.Value ?? "";
        } while (marker.Length > 0);
    }

    // A container that is gone is no blob that is not there: it must not look as if nothing had been stored.
    bool Missing(Response response) => response.Status == 404 && (AzureFailure.Code(response) != "ContainerNotFound"
        ? true
        : throw new StoreUnavailableException(
        $"The storage account at {service.Endpoint.Authority} has no container {name} any more; restore it from a backup."));

    static WrittenBlob? Written(Response response) =>
        response.Status is 409 or 412 ? null : new(response.Headers.LastModified(), response.Headers.ETag?.ToString("H"));

    // All of one length, as the service asks.
    static string BlockId(int number) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(number.ToString("D8", CultureInfo.InvariantCulture)));
}

/// <summary>Some bytes of a blob, and how many there are in all.</summary>
readonly record struct BlobPart(ReadOnlyMemory<byte> Bytes, long Length, string ETag);

/// <summary>What a blob that was just written is told by.</summary>
readonly record struct WrittenBlob(DateTimeOffset Modified, string? ETag);

static class BlobHeaders
{
    public static DateTimeOffset LastModified(this ResponseHeaders headers) =>
        headers.TryGetValue("Last-Modified", out var date)
            ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture)
            : throw new StoreUnavailableException("The storage account answers without a Last-Modified.");
}
