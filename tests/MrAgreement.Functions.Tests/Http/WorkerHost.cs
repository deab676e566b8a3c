using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MrAgreement.Functions.Http;
using MrAgreement.Functions.Tests.Doubles;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Functions.Tests.Http;

/// <summary>
/// The app behind a double of the worker's HTTP side, on Kestrel and over the emulated account: a request is routed to a catch-all endpoint of the worker's own,
/// and the function runs in a flow and a service scope that are not the request's.
/// </summary>
sealed class WorkerHost : IAsyncDisposable
{
    readonly TemporaryFolder folder;
    readonly AzureStores stores;
    readonly IHost host;
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<Exception> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    WorkerHost(TemporaryFolder folder, AzureStores stores, IHost host) => (this.folder, this.stores, this.host) = (folder, stores, host);

    public Uri Address => new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IServiceProvider Services => host.Services;

    /// <summary>What the functions threw: the host in front would be told.</summary>
    public Task<Exception> FirstFailure => failed.Task;

    public bool HasFailed => failed.Task.IsCompleted;

    /// <summary>An invocation is over, whatever came of it.</summary>
    public Task FirstEnd => ended.Task;

    public Engine Engine { get; } = new(DateTime.UtcNow);

    /// <param name="queues">The account whose queue is poked; null for the one of the logs.</param>
    /// <param name="pipeline">What stands in for the app's own pipeline; null for that.</param>
    public static async Task<WorkerHost> Start(string storage, string? queues = null, RequestDelegate? pipeline = null)
    {
        var folder = new TemporaryFolder();
        var account = AzureAccount.Parse(storage, () => throw new InvalidOperationException("A key is used."), Azurite.Quick);
        var poked = queues is null ? account : AzureAccount.Parse(queues, () => throw new InvalidOperationException("A key is used."), Azurite.Quick);
        var stores = await AzureStores.Open(account, folder["copies"]);
        WorkerHost? made = null;
        var host = new HostBuilder()
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureWebHost(web => web
                .UseKestrel().UseUrls("http://127.0.0.1:0")
                .ConfigureServices(services =>
                {
                    services.AddRouting();
                    // As the worker's extension does it before the app has its say.
                    services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.All);
                    services.AddMrAgreementStores(stores);
                    services.AddMrAgreementFunctions(new(storage, null, Demo: true), stores.Events, new PokeQueue(poked.Queues));
                    services.AddScoped<WebFunction>();
                    if (pipeline is not null)
                        services.AddSingleton(new WebPipeline(pipeline));
                })
                .Configure(app =>
                {
                    app.UseForwardedHeaders();
                    app.UseRouting();
                    app.Use(InAScopeOfTheInvocation);
                    app.UseEndpoints(routes => routes.Map("{*path}", http => made!.Invoke(http)));
                }))
            .Build();
        made = new(folder, stores, host);
        await host.StartAsync();
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        stores.Dispose();
        folder.Dispose();
    }

    static Task InAScopeOfTheInvocation(HttpContext http, RequestDelegate next)
    {
        var scope = http.RequestServices.CreateScope();
        http.Items[typeof(IServiceScope)] = scope;
        // Nothing ends it with the request.
        http.Features.Set<IServiceProvidersFeature>(new RequestServicesFeature(http, null) { RequestServices = scope.ServiceProvider });
        return next(http);
    }

    async Task Invoke(HttpContext http)
    {
        Task invocation;
        using (ExecutionContext.SuppressFlow())
            invocation = Task.Run(async () =>
            {
                using var scope = (IServiceScope)http.Items[typeof(IServiceScope)]!;
                await scope.ServiceProvider.GetRequiredService<WebFunction>().Run(http.Request, Engine);
            });
        try
        {
            await invocation;
        }
        catch (Exception e)
        {
            // Told to the host; the request is over all the same.
            failed.TrySetResult(e);
        }
        finally
        {
            ended.TrySetResult();
        }
    }
}
