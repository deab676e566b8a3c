using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace MrAgreement.Storage.Azure;

/// <summary>The token of the identity that the program runs as, one for all services.
/// One that is refused before its time is fetched anew, once.</summary>
sealed class SharedToken(TokenCredential credential) : TokenCredential
{
    static readonly TimeSpan beforeTheEnd = TimeSpan.FromMinutes(5);

    // By tenant, which a service may name when it refuses.
    readonly ConcurrentDictionary<string, AccessToken> kept = new();

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var tenant = requestContext.TenantId ?? "";
        // Who brings claims has been refused, and told what another token needs.
        if (requestContext.Claims is not null || !kept.TryGetValue(tenant, out var token)
            || token.ExpiresOn < DateTimeOffset.UtcNow + beforeTheEnd)
            kept[tenant] = token = await credential.GetTokenAsync(requestContext, cancellationToken);
        // The SDKs would keep it until shortly before its end, also when it is refused: so they ask here every time.
        return new(token.Token, DateTimeOffset.UtcNow);
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Requests to an account are sent asynchronously.");

    void Forget(string refused)
    {
        // Of many that are refused at the same time the first has it fetched for all.
        foreach (var (tenant, token) in kept)
            if (refused == $"Bearer {token.Token}")
                kept.TryRemove(new(tenant, token));
    }

    /// <summary>Sends once more what was refused for its token.</summary>
    public sealed class Refused(SharedToken token) : HttpPipelinePolicy
    {
        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (message.Response.Status != 401 || !message.Request.Headers.TryGetValue("Authorization", out var shown))
                return;
            message.Response.Dispose();
            token.Forget(shown);
            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("Requests to an account are sent asynchronously.");
    }
}
