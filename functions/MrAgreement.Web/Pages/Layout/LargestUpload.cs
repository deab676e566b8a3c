using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Pages.Layout;

/// <summary>On a form that takes files larger than others do: how large.</summary>
sealed record LargestUpload(long Bytes)
{
    // What stands around the file in the form.
    const int Around = 64 * 1024;

    // Held in memory, and anybody may send it: room for what people type.
    const int FromStrangers = Bounds.InMemory;

    /// <summary>Reads the form that has come, up to what its address takes.</summary>
    public static Task Read(HttpContext http)
    {
        http.RequestServices.GetRequiredService<Bounds>().Take(http);
        return http.GetEndpoint()?.Metadata.GetMetadata<LargestUpload>() is { Bytes: var bytes }
            ? Read(http, new() { MultipartBodyLengthLimit = bytes + Around, BufferBodyLengthLimit = bytes + Around }, bytes + Around)
            : http.Request.ReadFormAsync(http.RequestAborted);
    }

    /// <summary>Reads the form of somebody who is not signed in: as much as a form without files holds.</summary>
    /// <exception cref="BadHttpRequestException">There is more of it.</exception>
    public static async Task ReadStrangers(HttpContext http)
    {
        if (http.Request.ContentLength > FromStrangers)
            throw TooLarge();
        try
        {
            await Read(http, new()
            {
                BufferBody = true, MemoryBufferThreshold = FromStrangers, BufferBodyLengthLimit = FromStrangers,
                MultipartBodyLengthLimit = FromStrangers
            }, FromStrangers);
        }
        // What the buffer throws when it is full, where the server itself sets no limit.
        catch (IOException e) when (e is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            throw TooLarge();
        }
    }

    static Task Read(HttpContext http, FormOptions options, long most)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = most;
        return http.Request.ReadFormAsync(options, http.RequestAborted);
    }

    static BadHttpRequestException TooLarge() =>
        new("More than somebody who is not signed in may send.", StatusCodes.Status413PayloadTooLarge);
}
