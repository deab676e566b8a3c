using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MrAgreement.Web.Pages.Layout;

/// <summary>On a form that takes files larger than others do: how large.</summary>
sealed record LargestUpload(long Bytes)
{
    // What stands around the file in the form.
    const int Around = 64 * 1024;

    /// <summary>Reads the form that has come, up to what its address takes.</summary>
    public static Task Read(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<LargestUpload>() is not { Bytes: var bytes })
            return http.Request.ReadFormAsync(http.RequestAborted);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = bytes + Around;
        return http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = bytes + Around, BufferBodyLengthLimit = bytes + Around }, http.RequestAborted);
    }
}
