using System.Globalization;
using System.Text.Json;
using DurableTask.AzureStorage;
using DurableTask.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>A hub on an account with nothing to do, as the host keeps it by its settings; counts what it asks of the account.</summary>
sealed class IdleHub : IAsyncDisposable
{
    readonly FaultyProxy tables, blobs, queues;
    readonly TaskHubWorker worker;

    IdleHub(FaultyProxy tables, FaultyProxy blobs, FaultyProxy queues, TaskHubWorker worker) => (this.tables, this.blobs, this.queues, this.worker) = (tables, blobs, queues, worker);

    /// <param name="Partitions">Control queues, each with an owner to be kept.</param>
    /// <param name="Polling">The longest that it waits before it asks a queue again.</param>
    /// <param name="Leased">Whether it holds a lease against another app that has the same hub.</param>
    public sealed record Settings(int Partitions, TimeSpan Polling, bool Leased)
    {
        /// <summary>As host.json has them.</summary>
        public static Settings Ours
        {
            get
            {
                var durable = JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "host.json"))).GetProperty("extensions").GetProperty("durableTask");
                var provider = durable.GetProperty("storageProvider");
                return new(provider.GetProperty("partitionCount").GetInt32(), TimeSpan.Parse(provider.GetProperty("maxQueuePollingInterval").GetString()!, CultureInfo.InvariantCulture), durable.GetProperty("useAppLease").GetBoolean());
            }
        }
    }

    /// <summary>Starts it, and waits until it keeps all its partitions.</summary>
    public static async Task<IdleHub> Start(Azurite azurite, Settings settings)
    {
        var (tables, blobs, queues) = (new FaultyProxy(azurite.TablePort), new FaultyProxy(azurite.BlobPort), new FaultyProxy(azurite.QueuePort));
        var account = azurite.Connection(azurite.NextName(), blobs.Port, tables.Port).Replace($":{azurite.QueuePort}/", $":{queues.Port}/", StringComparison.Ordinal);
        var backend = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
        {
            StorageAccountClientProvider = new StorageAccountClientProvider(account), TaskHubName = "MrAgreement", WorkerId = "idle", PartitionCount = settings.Partitions,
            MaxQueuePollingInterval = settings.Polling, UseTablePartitionManagement = true, UseAppLease = settings.Leased, LoggerFactory = NullLoggerFactory.Instance
        });
        await backend.CreateIfNotExistsAsync();
        return new(tables, blobs, queues, await new TaskHubWorker(backend, NullLoggerFactory.Instance).StartAsync());
    }

    /// <summary>What it has asked since the last time, of tables, blobs and queues.</summary>
    public (int Tables, int Blobs, int Queues) Asked() => (tables.Passed().Count, blobs.Passed().Count, queues.Passed().Count);

    public async ValueTask DisposeAsync()
    {
        await worker.StopAsync(isForced: true);
        worker.Dispose();
        await tables.DisposeAsync();
        await blobs.DisposeAsync();
        await queues.DisposeAsync();
    }
}
