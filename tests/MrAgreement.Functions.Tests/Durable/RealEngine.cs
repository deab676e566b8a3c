using System.Net;
using DurableTask.AzureStorage;
using DurableTask.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>The durable engine itself: a backend, the service of the test host before it, and the official worker and client.</summary>
sealed class RealEngine : IAsyncDisposable
{
    readonly WebApplication service;
    readonly GrpcChannel channel;
    readonly IHost worker;

    RealEngine(WebApplication service, GrpcChannel channel, IHost worker) => (this.service, this.channel, this.worker) = (service, channel, worker);

    public DurableTaskClient Client => worker.Services.GetRequiredService<DurableTaskClient>();

    /// <summary>In memory, by the real clock.</summary>
    /// <param name="listening">Hears what goes to the worker.</param>
    public static Task<RealEngine> InMemory(Action<DurableTaskRegistry> tasks, Interceptor? listening = null) =>
        Start(new InMemoryOrchestrationService(NullLoggerFactory.Instance), tasks, listening);

    /// <summary>On a storage account; where one process is killed, another takes over within seconds.</summary>
    /// <param name="tasks">What it does; null for who only asks.</param>
    /// <param name="listening">Hears what goes to the worker.</param>
    /// <param name="polling">How long its queues are left alone at most; null for as long as other tests do.</param>
    public static async Task<RealEngine> OnAccount(string account, Action<DurableTaskRegistry>? tasks, Interceptor? listening = null, TimeSpan? polling = null)
    {
        var backend = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
        {
            StorageAccountClientProvider = new StorageAccountClientProvider(account),
            TaskHubName = "MrAgreement",
            WorkerId = $"{Guid.NewGuid():N}",
            PartitionCount = 2,
            MaxQueuePollingInterval = polling ?? TimeSpan.FromMilliseconds(200),
            ControlQueueVisibilityTimeout = TimeSpan.FromSeconds(5),
            WorkItemQueueVisibilityTimeout = TimeSpan.FromSeconds(5),
            LeaseInterval = TimeSpan.FromSeconds(6),
            LeaseRenewInterval = TimeSpan.FromSeconds(2),
            LeaseAcquireInterval = TimeSpan.FromSeconds(1),
            UseTablePartitionManagement = true,
            LoggerFactory = NullLoggerFactory.Instance
        });
        await backend.CreateIfNotExistsAsync();
        return await Start(backend, tasks, listening);
    }

    static async Task<RealEngine> Start<TBackend>(TBackend backend, Action<DurableTaskRegistry>? tasks, Interceptor? listening = null) where TBackend : class, IOrchestrationService, IOrchestrationServiceClient
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, at => at.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        if (tasks is null)
            builder.Services.Configure<TaskHubGrpcServerOptions>(options => options.Mode = TaskHubGrpcServerMode.ApiServerOnly);
        builder.Services.AddSingleton<IOrchestrationService>(backend);
        builder.Services.AddSingleton<IOrchestrationServiceClient>(backend);
        builder.Services.AddSingleton<TaskHubGrpcServer>();
        var service = builder.Build();
        service.MapGrpcService<TaskHubGrpcServer>();
        await service.StartAsync();
        var channel = GrpcChannel.ForAddress(service.Urls.Single());
        var host = Host.CreateEmptyApplicationBuilder(null);
        if (tasks is not null)
            host.Services.AddDurableTaskWorker(worker => worker.AddTasks(tasks).UseGrpc(options =>
            {
                options.Channel = channel;
                if (listening is not null)
                    options.Interceptors.Add(listening);
            }));
        host.Services.AddDurableTaskClient(client => client.UseGrpc(channel).RegisterDirectly());
        var running = host.Build();
        await running.StartAsync();
        return new(service, channel, running);
    }

    public async ValueTask DisposeAsync()
    {
        await worker.StopAsync();
        worker.Dispose();
        await channel.ShutdownAsync();
        channel.Dispose();
        await service.StopAsync();
        await service.DisposeAsync();
    }
}
