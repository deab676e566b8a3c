using Azure.Core;
using Azure.Core.Pipeline;

namespace MrAgreement.Storage.Azure;

/// <summary>Shows the token of the identity that the program runs as. One that is refused before its time is fetched anew, once.</summary>
sealed class TokenPolicy(TokenCredential credential) : HttpPipelinePolicy
{
    const string Scope = "https://storage.azure.com/.default";

    // It keeps its token until shortly before the end: a fresh one is the way to another token.
    BearerTokenAuthenticationPolicy current = new(credential, Scope);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var used = current;
        await used.ProcessAsync(message, pipeline);
        if (message.Response.Status != 401)
            return;
        message.Response.Dispose();
        // Of many that are refused at the same time the first fetches it for all.
        Interlocked.CompareExchange(ref current, new(credential, Scope), used);
        await current.ProcessAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Requests to an account are sent asynchronously.");
}
