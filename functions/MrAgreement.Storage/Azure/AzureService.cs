using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace MrAgreement.Storage.Azure;

/// <summary>One service of an account, spoken to by its documented REST protocol.</summary>
public sealed class AzureService
{
    readonly HttpPipeline pipeline;

    internal AzureService(Uri endpoint, HttpPipelinePolicy signature, string version, AzureLimits limits, HttpPipelineTransport? transport)
    {
        Endpoint = endpoint;
        var options = new Options { RetryPolicy = new StorageRetryPolicy(limits), Retry = { NetworkTimeout = limits.Timeout } };
        options.Transport = transport ?? options.Transport;
        // Signed at every try: the date is part of what is signed, and an old one is refused.
        pipeline = HttpPipelineBuilder.Build(options, [new VersionPolicy(version)], [signature], new ResponseClassifier());
    }

    public Uri Endpoint { get; }

    /// <param name="pathAndQuery">Below the endpoint, escaped, without a slash in front.</param>
    public HttpMessage Message(RequestMethod method, string pathAndQuery)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new($"{Endpoint.AbsoluteUri.TrimEnd('/')}/{pathAndQuery}"));
        return message;
    }

    /// <summary>Sends, and sends again what is worth it; the answer is in the message.</summary>
    /// <param name="expected">Statuses besides 2xx that the caller knows how to read.</param>
    /// <exception cref="StoreBusyException">The account is throttled.</exception>
    /// <exception cref="StoreUnavailableException">The account does not answer,
    /// or does not let us in. What was sent may have taken effect.</exception>
    public async Task<Response> Send(HttpMessage message, IReadOnlyCollection<int> expected, CancellationToken cancellation = default)
    {
        try
        {
            await pipeline.SendAsync(message, cancellation);
        }
        // Whatever the pipeline or the credential throws means that no answer came.
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            throw AzureFailure.NoAnswer(Endpoint, e);
        }
        var response = message.Response;
        return response.Status is >= 200 and < 300 || expected.Contains(response.Status)
            ? response
            : throw AzureFailure.Of(Endpoint, response);
    }

    sealed class Options : ClientOptions;

    sealed class VersionPolicy(string version) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue("x-ms-version", version);
    }

    sealed class StorageRetryPolicy(AzureLimits limits)
        : RetryPolicy(limits.Retries, DelayStrategy.CreateExponentialDelayStrategy(limits.FirstDelay, limits.Patience))
    {
        protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
            Soon(message) && base.ShouldRetry(message, exception);

        protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
            Soon(message) && await base.ShouldRetryAsync(message, exception);

        bool Soon(HttpMessage message) =>
            !message.HasResponse || !message.Response.Headers.TryGetValue("Retry-After", out var seconds)
                || !int.TryParse(seconds, out var asked) || asked <= limits.Patience.TotalSeconds;
    }
}
