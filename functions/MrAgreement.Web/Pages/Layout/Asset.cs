using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MrAgreement.Web.Pages.Layout;

/// <summary>A file that pages use, from inside the library: its address changes
/// with its content, so that browsers may keep it for a year.</summary>
public sealed class Asset
{
    public static readonly Asset Stylesheet = new("site.css", "text/css; charset=utf-8");
    public static readonly Asset Icon = new("icon.svg", "image/svg+xml");

    static readonly IReadOnlyDictionary<string, Asset> all = new[] { Stylesheet, Icon }.ToDictionary(asset => asset.Name);

    readonly byte[] content;
    readonly string mediaType;

    Asset(string name, string mediaType)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"Assets/{name}")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        (Name, content, this.mediaType) = (name, copy.ToArray(), mediaType);
        Address = $"/assets/{name}?v={Sha256.Of(content).ToString()[..12]}";
    }

    public string Name { get; }

    public string Address { get; }

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/assets/{name}", (HttpContext http, string name) =>
    {
        if (!all.TryGetValue(name, out var asset))
            return Failures.Page(StatusCodes.Status404NotFound);
        http.Response.Headers.CacheControl = http.Request.Query.ContainsKey("v")
            ? "public, max-age=31536000, immutable"
            : "public, max-age=300";
        return Results.Bytes(asset.content, asset.mediaType);
    }).AllowAnonymous();
}
