using MrAgreement.Documents;
using MrAgreement.Overviews;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.AzureBlobs;
using MrAgreement.Storage.AzureTables;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage;

/// <summary>Everything that hosts keep in one storage account, shared by all of
/// them; and in a folder of each its own copies for quick answers.</summary>
public sealed class AzureStores : IDisposable
{
    public const string TableName = "mragreement";
    public const string DocumentContainer = "documents";
    public const string PackageContainer = "archive-packages";
    public const string KeyContainer = "keys";
    public const string TrashContainer = "documents-trash";

    readonly AzureReadModels readModels;
    readonly SqliteDatabase replica;

    readonly AzureAccount account;

    AzureStores(AzureAccount account, AzureTable table, IReadOnlyList<string> shards, AzureDocumentStore documents,
        AzureDocumentStore packages, AzureDocumentStore keys, string folder)
    {
        this.account = account;
        replica = Replica(folder);
        Events = new AzureEventStore(table, shards);
        ReadModels = readModels = new AzureReadModels(table, shards, new SqliteReadModels(replica));
        Kept = new AzureKeptRecords(table);
        LedgerRows = SqliteLedgerRows.Open(folder);
        (Documents, Packages, Keys) = (documents, packages, keys);
    }

    public IEventStore Events { get; }
    public IReadModels ReadModels { get; }
    public IDocumentStore Documents { get; }

    /// <summary>Packages for archives, which wait to be fetched.</summary>
    public IDocumentStore Packages { get; }

    /// <summary>This process's own: what other processes have imported is read again from the documents.</summary>
    public SqliteLedgerRows LedgerRows { get; }

    public IKeptRecords Kept { get; }

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
            var shards = await TableLayout.Open(table, cancellation);
            return new(
                account, table, shards, await Container(account, DocumentContainer, cancellation),
                await Container(account, PackageContainer, cancellation), await Container(account, KeyContainer, cancellation), folder);
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

    /// <summary>Where bytes that no log names are put when they are swept away; made when it is first asked for.</summary>
    public async Task<IDocumentStore> Trash(CancellationToken cancellation = default) =>
        await Container(account, TrashContainer, cancellation);

    public void Dispose()
    {
        readModels.Dispose();
        LedgerRows.Dispose();
        replica.Dispose();
    }

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
