using System.Collections.Concurrent;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Local;

/// <summary>Has webhooks told: what has moved here at once, again what a receiver did not take, and now and then what other hosts have
/// left. Each for itself: one that hangs holds up no other.</summary>
sealed partial class WebhookKeeping(WebhookDelivery delivery, WebhookHearing hearing, ILogger<WebhookKeeping> log) : BackgroundService
{
    static readonly TimeSpan between = TimeSpan.FromMilliseconds(500);
    static readonly Duration all = Duration.FromSeconds(30);
    static readonly Duration afterFailure = Duration.FromSeconds(10);

    readonly ConcurrentDictionary<Guid, Task> under = new();
    readonly ConcurrentDictionary<Guid, Instant> later = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start waits for nobody's receivers.
        await Task.Yield();
        using var timer = new PeriodicTimer(between);
        var lookedAt = Instant.MinValue;
        try
        {
            do
            {
                if (hearing.Take() || Now - lookedAt >= all)
                {
                    lookedAt = Now;
                    await Look(stoppingToken);
                }
                foreach (var (id, at) in later)
                    if (at <= Now && later.TryRemove(new(id, at)))
                        Begin(id, stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await Task.WhenAll(under.Values);
        }
    }

    async Task Look(CancellationToken stopping)
    {
        try
        {
            foreach (var id in await delivery.Waiting(stopping))
                Begin(id, stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Unavailable(log, e);
            hearing.Moved();
        }
    }

    // What moves while it is told is told in the same go, or just after it.
    void Begin(Guid id, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested || under.TryGetValue(id, out var running) && !running.IsCompleted)
        {
            later.TryAdd(id, Now);
            return;
        }
        under[id] = Deliver(id, stopping);
    }

    async Task Deliver(Guid id, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            if (await delivery.Deliver(id, stopping) is { } again)
                later.AddOrUpdate(id, again, (_, known) => Instant.Min(known, again));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Whoever begins next goes on.
        }
        catch (Exception e)
        {
            Failed(log, e, id);
            later[id] = Now + afterFailure;
        }
    }

    static Instant Now => SystemClock.Instance.GetCurrentInstant();

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhook {Webhook} could not be told; it is tried again.")]
    static partial void Failed(ILogger log, Exception e, Guid webhook);

    [LoggerMessage(Level = LogLevel.Error, Message = "Which webhooks are to be told could not be looked for; it is tried again.")]
    static partial void Unavailable(ILogger log, Exception e);
}
