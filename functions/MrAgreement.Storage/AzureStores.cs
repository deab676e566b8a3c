using System.Diagnostics;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Overviews;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.AzureBlobs;
using MrAgreement.Storage.AzureTables;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Transparency;

namespace MrAgreement.Storage;

/// <summary>Everything that hosts keep in one storage account, shared by all of
/// them; and in a folder of each its own copies for quick answers.</summary>
public sealed class AzureStores : IDisposable
{
    static readonly Sha256 nothing = Sha256.Of([]);

    public const string TableName = "mragreement";
    public const string DocumentContainer = "documents";
    public const string PackageContainer = "archive-packages";
    public const string KeyContainer = "keys";
    public const string TrashContainer = "documents-trash";
    public const string CheckpointContainer = "checkpoints";

    readonly AzureReadModels readModels;
    readonly SqliteDatabase replica;

    readonly AzureAccount account;
    int asked;
    volatile Silent? silent;

    AzureStores(AzureAccount account, AzureTable table, IReadOnlyList<string> shards, AzureDocumentStore documents,
        AzureDocumentStore packages, AzureDocumentStore keys, ICheckpointStore checkpoints, string folder)
    {
        this.account = account;
        replica = Replica(folder);
        Erasures = new AzureErasureList(account.Blobs.GetBlobContainerClient(CheckpointContainer));
        Events = new AzureEventStore(table, shards);
        Changes = new AzureChanges(table, shards, Events);
        ReadModels = readModels = new AzureReadModels(table, shards, new SqliteReadModels(replica));
        Kept = new AzureKeptRecords(table);
        LedgerRows = SqliteLedgerRows.Open(folder);
        (Documents, Packages, Keys, Checkpoints) = (documents, packages, keys, checkpoints);
    }

    public IEventStore Events { get; }
    public IChangeFeed Changes { get; }
    public IReadModels ReadModels { get; }
    public IDocumentStore Documents { get; }

    /// <summary>Packages for archives, which wait to be fetched.</summary>
    public IDocumentStore Packages { get; }

    /// <summary>This process's own: what other processes have imported is read again from the documents.</summary>
    public SqliteLedgerRows LedgerRows { get; }

    public IKeptRecords Kept { get; }

    /// <summary>Checkpoints of the logs, in a container where nothing is changed.</summary>
    public ICheckpointStore Checkpoints { get; }

    /// <summary>The list of erasures, in the same container.</summary>
    public IErasureList Erasures { get; }

    /// <summary>The keys of cookies and forms, which every process must have.</summary>
    public IDocumentStore Keys { get; }

    /// <summary>Opens the account, and makes what is missing in it.</summary>
    /// <param name="folder">Where this process keeps its copies; no other may use it.</param>
    /// <exception cref="StoreRefusedException">The account does not let us in,
    /// does not answer, or holds what a newer version has written.</exception>
    public static async Task<AzureStores> Open(AzureAccount account, string folder, CancellationToken cancellation = default)
    {
        try
        {
            var table = new AzureTable(account.Tables, TableName);
            // At once: whoever starts waits for each.
            var shards = TableLayout.Open(table, cancellation);
            var containers = Task.WhenAll(new[] { DocumentContainer, PackageContainer, KeyContainer }
                .Select(name => Container(account, name, cancellation)));
            var checkpoints = AzureCheckpointStore.In(account.Blobs.GetBlobContainerClient(CheckpointContainer), cancellation);
            await Task.WhenAll(shards, containers, checkpoints);
            return await containers is [var documents, var packages, var keys]
                ? new(account, table, await shards, documents, packages, keys, await checkpoints, folder)
                : throw new UnreachableException();
        }
        catch (StoreUnavailableException e)
        {
            throw new StoreRefusedException(e.Message, e);
        }
        catch (StoreBusyException e)
        {
            throw new StoreRefusedException($"The storage account {account.Name} is throttled; try again in a while.", e);
        }
    }

    /// <summary>A hash of all that the lists hold of each agreement.</summary>
    public Task<IReadOnlyDictionary<AgreementId, Sha256>> Lists() => readModels.Digests();

    /// <summary>Asks one of tables and documents whether it answers: each in its turn, and one that did not until it does.</summary>
    /// <exception cref="StoreUnavailableException">It does not.</exception>
    /// <exception cref="StoreBusyException">It is throttled.</exception>
    public async Task Answer(CancellationToken cancellation = default)
    {
        var asksDocuments = silent?.Documents ?? Interlocked.Increment(ref asked) % 2 == 0;
        try
        {
            // Whether it is there does not matter.
            if (asksDocuments)
                await Documents.Exists(nothing, cancellation);
            else
                await Kept.Find("answers", "", Instant.MinValue, cancellation);
            silent = null;
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreBusyException)
        {
            silent = new(asksDocuments);
            throw;
        }
    }

    /// <summary>Where bytes that no log names are put when they are swept away; made when it is first asked for.</summary>
    public async Task<IDocumentStore> Trash(CancellationToken cancellation = default) =>
        await Container(account, TrashContainer, cancellation);

    public void Dispose()
    {
        readModels.Dispose();
        LedgerRows.Dispose();
        replica.Dispose();
    }

    // What did not answer when it was last asked.
    sealed record Silent(bool Documents);

    // A copy of what the account holds: begun anew by every process.
    static SqliteDatabase Replica(string folder)
    {
        using (StoreFolder.Lock(folder, SqliteDatabase.LockFileName))
            foreach (var end in new[] { "", "-wal", "-shm" })
                File.Delete(Path.Combine(folder, SqliteDatabase.FileName + end));
        return SqliteDatabase.Open(folder);
    }

    static Task<AzureDocumentStore> Container(AzureAccount account, string name, CancellationToken cancellation) =>
        AzureDocumentStore.In(account.Blobs.GetBlobContainerClient(name), cancellation);
}
