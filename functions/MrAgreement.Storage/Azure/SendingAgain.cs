using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace MrAgreement.Storage.Azure;

/// <summary>When the SDKs send a request again, and how long each try is waited for; one for all services of an account.</summary>
/// <remarks>
/// A request of ours may ask the account several times. Once it was given up as
/// silent, it is not waited for as long again until it has answered something.
/// </remarks>
sealed class SendingAgain(AzureLimits limits)
    : RetryPolicy(limits.Retries, DelayStrategy.CreateExponentialDelayStrategy(limits.FirstDelay, limits.Patience))
{
    // What one request carries at most takes eight seconds on such a line.
    const double SlowestBytesPerSecond = 512 * 1024;

    // Of what a try is given otherwise.
    const int ShareOfSilent = 4;

    // By Stopwatch; 0 once something was answered.
    long silentSince;

    bool IsSilent => Interlocked.Read(ref silentSince) is > 0 and var since && Stopwatch.GetElapsedTime(since) < limits.Whole;

    protected override ValueTask OnSendingRequestAsync(HttpMessage message)
    {
        var length = message.Request.Content is { } content && content.TryComputeLength(out var bytes) ? bytes : 0;
        var left = IsSilent ? limits.Timeout / ShareOfSilent : limits.Whole - Waited(message);
        message.NetworkTimeout = (left < limits.Timeout ? left : limits.Timeout) + TimeSpan.FromSeconds(length / SlowestBytesPerSecond);
        return default;
    }

    protected override ValueTask OnRequestSentAsync(HttpMessage message)
    {
        if (message.HasResponse)
            Interlocked.Exchange(ref silentSince, 0);
        return default;
    }

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception)
    {
        if (!IsSilent && InTime(message) && await base.ShouldRetryAsync(message, exception))
            return true;
        if (exception is not null && !message.CancellationToken.IsCancellationRequested)
            Interlocked.Exchange(ref silentSince, Stopwatch.GetTimestamp());
        return false;
    }

    static TimeSpan Waited(HttpMessage message) => DateTimeOffset.UtcNow - message.ProcessingContext.StartTime;

    bool InTime(HttpMessage message) =>
        Waited(message) <= limits.Patience
            && !(message.HasResponse && message.Response.Headers.TryGetValue("Retry-After", out var seconds)
                && int.TryParse(seconds, out var asked) && asked > limits.Patience.TotalSeconds);
}
