using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MrAgreement.Functions;

/// <summary>What goes on as orchestrations: begun by a request to one instance of the app, seen by any.</summary>
/// <param name="accessor">The request's context, in which the function has put its client.</param>
public abstract class DurableRuns(IHttpContextAccessor accessor)
{
    protected DurableTaskClient Client => accessor.HttpContext?.Features.Get<DurableTaskClient>()
        ?? throw new InvalidOperationException("Orchestrations are asked for within a request.");

    /// <param name="stands">Whether one that is there by the id is what was asked for.</param>
    /// <returns>That one; null when one has been begun.</returns>
    protected async Task<OrchestrationMetadata?> Begin(string name, string instance, object input, Func<OrchestrationMetadata, bool> stands,
        CancellationToken cancellation)
    {
        try
        {
            await Told(Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(instance), cancellation));
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The same request twice at the same time: one of them has begun it, which is what the other asked for.
            if (await Find(instance, cancellation) is { } it && stands(it))
                return it;
            throw;
        }
    }

    protected Task<OrchestrationMetadata?> Find(string instance, CancellationToken cancellation) =>
        Told(Client.GetInstanceAsync(instance, getInputsAndOutputs: true, cancellation));

    /// <summary>What the hub says.</summary>
    /// <exception cref="StoreUnavailableException">It does not answer, as its account may not, while that of the logs does.</exception>
    protected static async Task<T> Told<T>(Task<T> asked)
    {
        await Told((Task)asked);
        return await asked;
    }

    protected static async Task Told(Task asked)
    {
        try
        {
            await asked;
        }
        catch (RpcException e) when (e.StatusCode != StatusCode.Cancelled)
        {
            throw new StoreUnavailableException("The hub of the orchestrations does not answer.", e);
        }
    }
}
