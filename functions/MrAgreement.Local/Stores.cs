using Azure.Identity;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Ledgers;
using MrAgreement.Overviews;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.Backups;
using MrAgreement.Storage.Files;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Transparency;
using MrAgreement.Web.Service;
using MrAgreement.Web.Simulation;

namespace MrAgreement.Local;

/// <summary>Everything that this host keeps: in one folder, or in a storage account.</summary>
sealed class Stores : IDisposable
{
    readonly IReadOnlyList<IDisposable> held;

    Stores(params IReadOnlyList<IDisposable> held) => this.held = held;

    public required IEventStore Events { get; init; }
    public required IChangeFeed Changes { get; init; }
    public required IReadModels ReadModels { get; init; }
    public required IDocumentStore Documents { get; init; }
    public required ILedgerRows LedgerRows { get; init; }

    /// <summary>Packages for archives, which wait to be fetched.</summary>
    public required IDocumentStore Packages { get; init; }

    public required IKeptRecords Kept { get; init; }

    /// <summary>Checkpoints of the logs, outside the database.</summary>
    public required ICheckpointStore Checkpoints { get; init; }

    /// <summary>The list of erasures, beside them.</summary>
    public required IErasureList Erasures { get; init; }

    /// <summary>The keys of cookies and forms.</summary>
    public required IXmlRepository Keys { get; init; }

    /// <summary>Finds out whether they answer, and take what is written.</summary>
    public required Func<CancellationToken, Task> Answer { get; init; }

    /// <summary>For people: where it all is.</summary>
    public required string Where { get; init; }

    /// <summary>A hash of all that the lists hold of each agreement.</summary>
    public required Func<Task<IReadOnlyDictionary<AgreementId, Sha256>>> Lists { get; init; }

    /// <summary>Where bytes that no log names are put when they are swept away; made when it is first asked for.</summary>
    public required Func<Task<IDocumentStore>> Trash { get; init; }

    /// <summary>For people: where that is.</summary>
    public required string WhereTrash { get; init; }

    /// <summary>Whether lists, or the index of words, could not be read when it was opened, and are made anew.</summary>
    public bool HasListsAnew { get; init; }

    /// <summary>Which no other process may use.</summary>
    public required string Folder { get; init; }

    /// <exception cref="StoreRefusedException">The folder or the account can't be used,
    /// or the database has lost what the documents beside it belong to.</exception>
    public static async Task<Stores> Open(HostSettings settings)
    {
        if (settings.Storage is null)
            FolderRestore.MustBeOver(settings.Data);
        // Before one is made: a database that is put back afterwards finds its place free.
        if (settings is { Storage: null, BeginAnew: false } && !SqliteDatabase.IsIn(settings.Data)
            && FileDocumentStore.HoldsAny(DocumentsIn(settings.Data)))
            throw Lost($"no database in {Path.GetFullPath(settings.Data)}");
        var stores = settings.Storage is { } storage ? await On(storage, settings.Data) : In(settings.Data);
        if (settings.BeginAnew || settings.Verify || await stores.HasLogs() || !await stores.Documents.List().AnyAsync())
            return stores;
        stores.Dispose();
        throw Lost(settings.Storage is null
            ? $"no agreement in the database in {Path.GetFullPath(settings.Data)}"
            : "no agreement in the storage account's table");
    }

    static StoreRefusedException Lost(string what) => new($"There is {what}, though documents of agreements are stored beside it. "
        + "Put the database back from a backup; or start with --begin-anew to go on without it: the documents stay where they are.");

    static string DocumentsIn(string folder) => Path.Combine(folder, "documents");

    // What lists agreements may be there when their logs are not; a log that can't be read is one all the same. One that is not closed
    // has a wake-up, which is quicker found.
    async Task<bool> HasLogs() =>
        await (await Events.DueWakeUps(Instant.MaxValue, 1)).Select(due => due.Agreement).ToAsyncEnumerable()
            .Concat(Events.ListAgreements())
            .AnyAsync(async (id, cancellation) => (await Events.Examine(id, 0, cancellation)).Rows.Count > 0);

    /// <summary>A database, documents and keys in one folder.</summary>
    public static Stores In(string folder)
    {
        var database = SqliteDatabase.Open(folder);
        var rows = SqliteLedgerRows.Open(folder);
        var (logs, kept, trash) = (new SqliteEventStore(database), new SqliteKeptRecords(database), Path.Combine(folder, "trash"));
        var documents = FileDocumentStore.Open(DocumentsIn(folder), trash, database.Writability);
        return new(rows, database)
        {
            Events = logs,
            Changes = new SqliteChanges(database),
            ReadModels = new SqliteReadModels(database),
            Lists = () => new SqliteReadModels(database).Digests(),
            Kept = kept,
            LedgerRows = rows,
            Documents = documents,
            Packages = FileDocumentStore.Open(Path.Combine(folder, "packages"), trash, database.Writability),
            Checkpoints = FileCheckpointStore.Open(Path.Combine(folder, "checkpoints")),
            Erasures = FileErasureList.Open(Path.Combine(folder, "checkpoints")),
            Keys = new FileSystemXmlRepository(Directory.CreateDirectory(Path.Combine(folder, "keys")), NullLoggerFactory.Instance),
            Where = $"data in {Path.GetFullPath(folder)}",
            Answer = async cancellation =>
            {
                await StoresAnswer.Both(logs, documents).Ask(cancellation);
                await database.Writability.Ask(kept, documents.Incoming, cancellation);
            },
            Trash = () => Task.FromResult<IDocumentStore>(FileDocumentStore.Open(trash)),
            WhereTrash = Path.GetFullPath(trash),
            Folder = folder,
            HasListsAnew = database.HasListsAnew
        };
    }

    // In a folder of their own: what else lies in --data is not to be taken for a copy.
    static async Task<Stores> On(string storage, string folder)
    {
        var account = AzureAccount.Parse(storage, () => new DefaultAzureCredential());
        var copies = Path.Combine(folder, "copies");
        var azure = await AzureStores.Open(account, copies);
        return new(azure)
        {
            Events = azure.Events,
            Changes = azure.Changes,
            ReadModels = azure.ReadModels,
            Lists = azure.Lists,
            Kept = azure.Kept,
            LedgerRows = azure.LedgerRows,
            Documents = azure.Documents,
            Packages = azure.Packages,
            Checkpoints = azure.Checkpoints,
            Erasures = azure.Erasures,
            Keys = new StoredKeys(azure.Keys),
            Answer = azure.Answer,
            Where = $"data in the storage account {account.Name}",
            Trash = () => azure.Trash(),
            WhereTrash = $"the container {AzureStores.TrashContainer}",
            Folder = copies
        };
    }

    /// <summary>A simulated clock that goes on where it was when that is later than <paramref name="start"/>.</summary>
    public async Task<SimulatedClock> Clock(Instant start)
    {
        var kept = new KeptTime(Kept);
        return new(await kept.MoveTo(start), kept);
    }

    /// <summary>Whether the logs' times are a simulated clock's, and say nothing of when files were stored.</summary>
    public async Task<bool> AreSimulated() => await Kept.Setting(KeptTime.Setting) is not null;

    public void Dispose()
    {
        foreach (var each in held)
            each.Dispose();
    }
}
