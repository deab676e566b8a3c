using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MrAgreement.Web.Http;

/// <summary>Addresses that hold a secret in their name, such as <c>/calendars/{secret}.ics</c>: it is taken out before anything logs or
/// traces the address.</summary>
/// <param name="folder">As in <c>/calendars</c>.</param>
/// <param name="ending">As in <c>.ics</c>.</param>
sealed class SecretPath(string folder, string ending)
{
    readonly object secret = new();

    /// <summary>What stands in the address in place of the secret.</summary>
    public string Hidden { get; } = $"{folder}/-{ending}";

    /// <summary>The whole address, as its owner is told it.</summary>
    public string Of(string secret, HttpRequest request) => $"{request.Scheme}://{request.Host}{folder}/{secret}{ending}";

    /// <summary>Takes the secret out of the request's address and of its span.</summary>
    public void Hide(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(folder, out var rest) || !rest.HasValue || rest.Value.Length < 2)
            return;
        var named = rest.Value[1..];
        http.Items[secret] = named.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? named[..^ending.Length] : "";
        http.Request.Path = Hidden;
        http.Features.Get<IHttpActivityFeature>()?.Activity?.SetTag("url.path", http.Request.Path.Value);
    }

    /// <summary>What was taken out; empty for nothing.</summary>
    public string SecretOf(HttpContext http) => http.Items[secret] as string ?? "";
}
