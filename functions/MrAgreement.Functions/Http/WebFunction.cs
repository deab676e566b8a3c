using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace MrAgreement.Functions.Http;

/// <summary>Takes every request to the app, and hands it to the pipeline that the local host has too.</summary>
public sealed class WebFunction(WebPipeline pipeline, IHttpContextAccessor accessor)
{
    [Function("web")]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "put", "patch", "delete", "head", "options",
            Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        var http = request.HttpContext;
        // The worker has routed it here; our own routing must find nothing done.
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Features.Set(client);
        // The function runs in the flow of the host's message, not in that of the request.
        accessor.HttpContext = http;
        Activity.Current = http.Features.Get<IHttpActivityFeature>()?.Activity;
        try
        {
            await pipeline.Run(http);
            // Before the scope of this invocation ends: what runs as the response starts needs its services.
            await http.Response.CompleteAsync();
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception) when (http.Response.HasStarted)
        {
            // A body that is cut off must not look whole.
            http.Abort();
            throw;
        }
        catch (Exception)
        {
            // Without an answer of ours it would be an empty 200.
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await http.Response.CompleteAsync();
            throw;
        }
    }
}
