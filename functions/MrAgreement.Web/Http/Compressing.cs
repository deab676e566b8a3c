using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace MrAgreement.Web.Http;

/// <summary>Which answers are compressed: those in which no stranger can put words beside a secret, and see how long it all becomes
/// (docs/decisions/0091).</summary>
static class Compressing
{
    static readonly string[] mediaTypes =
        ["text/html", "text/css", "image/svg+xml", "application/json", "application/atom+xml", "text/calendar"];

    // Where a way in, or a secret of the person's own, is shown or asked for.
    static readonly PathString[] secret = ["/sign-in", "/invitation", "/invitations", "/me", "/people", "/webhooks"];

    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = mediaTypes;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    public static IApplicationBuilder UseCompression(this IApplicationBuilder app) =>
        app.UseWhen(http => IsFit(http.Request), fit => fit.UseResponseCompression());

    internal static bool IsFit(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method))
            return false;
        // An address that changes with its content; programs, whose tokens no browser sends by itself.
        if (request.Path.StartsWithSegments("/assets") || request.Path.StartsWithSegments("/api"))
            return true;
        return !request.QueryString.HasValue
            && !Array.Exists(secret, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
    }
}
