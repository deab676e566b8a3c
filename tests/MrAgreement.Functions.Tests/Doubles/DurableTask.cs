// The abstractions of durable tasks, as far as the app uses them.
namespace Microsoft.DurableTask;

public readonly record struct TaskName(string Name)
{
    public static implicit operator TaskName(string name) => new(name);
}

public abstract class TaskOrchestrationContext
{
    public abstract string InstanceId { get; }
    public abstract DateTime CurrentUtcDateTime { get; }
    public abstract T? GetInput<T>();
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);
    public abstract void SetCustomStatus(object? customStatus);
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);
}

public sealed class RetryPolicy(int maxNumberOfAttempts, TimeSpan firstRetryInterval, double backoffCoefficient = 1.0, TimeSpan? maxRetryInterval = null)
{
    public int MaxNumberOfAttempts { get; } = maxNumberOfAttempts;
    public TimeSpan FirstRetryInterval { get; } = firstRetryInterval;
    public double BackoffCoefficient { get; } = backoffCoefficient;

    /// <summary>An hour unless something else is said.</summary>
    public TimeSpan MaxRetryInterval { get; } = maxRetryInterval ?? TimeSpan.FromHours(1);
}

public sealed record TaskOptions(RetryPolicy? Retry = null)
{
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(policy);
}

public sealed record StartOrchestrationOptions(string? InstanceId = null);

public sealed class TaskFailedException(string taskName, string message) : Exception($"Task '{taskName}' failed with an unhandled exception: {message}")
{
    public string TaskName { get; } = taskName;
}
