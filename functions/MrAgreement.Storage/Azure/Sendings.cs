using System.Runtime.CompilerServices;
using Azure.Core;
using Azure.Core.Pipeline;

namespace MrAgreement.Storage.Azure;

/// <summary>Counts how often a request is sent: the SDK tells the last answer only, and what
/// was sent before may be what that one speaks of.</summary>
sealed class Sendings : HttpPipelineSynchronousPolicy
{
    const string Counter = "mragreement-sendings";

    /// <summary>Counts those of every request that is made until the scope ends.</summary>
    public static IDisposable Counted(StrongBox<int> count) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Counter] = count });

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.TryGetProperty(Counter, out var count))
            ((StrongBox<int>)count!).Value++;
    }
}
