using Azure.Identity;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Ledgers;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.Files;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Service;
using MrAgreement.Web.Simulation;
using NodaTime;
using NodaTime.Text;

namespace MrAgreement.Local;

/// <summary>Everything that this host keeps: in one folder, or in a storage account.</summary>
sealed class Stores : IDisposable
{
    const string ClockSetting = "simulated-clock";

    readonly IReadOnlyList<IDisposable> held;

    Stores(params IReadOnlyList<IDisposable> held) => this.held = held;

    public required IEventStore Events { get; init; }
    public required IReadModels ReadModels { get; init; }
    public required IDocumentStore Documents { get; init; }
    public required ILedgerRows LedgerRows { get; init; }

    /// <summary>Packages for archives, which wait to be fetched.</summary>
    public required IDocumentStore Packages { get; init; }

    public required IKeptRecords Kept { get; init; }

    /// <summary>The keys of cookies and forms.</summary>
    public required IXmlRepository Keys { get; init; }

    /// <summary>For people: where it all is.</summary>
    public required string Where { get; init; }

    /// <exception cref="StoreRefusedException">The folder or the account can't be used.</exception>
    public static async Task<Stores> Open(HostSettings settings) => settings.Storage is { } storage ? await On(storage, settings.Data) : In(settings.Data);

    /// <summary>A database, documents and keys in one folder.</summary>
    public static Stores In(string folder)
    {
        var database = SqliteDatabase.Open(folder);
        var rows = SqliteLedgerRows.Open(folder);
        return new(rows, database)
        {
            Events = new SqliteEventStore(database),
            ReadModels = new SqliteReadModels(database),
            Kept = new SqliteKeptRecords(database),
            LedgerRows = rows,
            Documents = FileDocumentStore.Open(Path.Combine(folder, "documents")),
            Packages = FileDocumentStore.Open(Path.Combine(folder, "packages")),
            Keys = new FileSystemXmlRepository(Directory.CreateDirectory(Path.Combine(folder, "keys")), NullLoggerFactory.Instance),
            Where = $"data in {Path.GetFullPath(folder)}"
        };
    }

    // In a folder of their own: what else lies in --data is not to be taken for a copy.
    static async Task<Stores> On(string storage, string folder)
    {
        var account = AzureAccount.Parse(storage, () => new DefaultAzureCredential());
        var azure = await AzureStores.Open(account, Path.Combine(folder, "copies"));
        return new(azure)
        {
            Events = azure.Events,
            ReadModels = azure.ReadModels,
            Kept = azure.Kept,
            LedgerRows = azure.LedgerRows,
            Documents = azure.Documents,
            Packages = azure.Packages,
            Keys = new StoredKeys(azure.Keys),
            Where = $"data in the storage account {account.Name}"
        };
    }

    /// <summary>A simulated clock that goes on where it was when that is later than <paramref name="start"/>.</summary>
    public async Task<SimulatedClock> Clock(Instant start)
    {
        var stood = await Kept.Setting(ClockSetting) is { } told ? InstantPattern.ExtendedIso.Parse(told).Value : start;
        return new(Instant.Max(start, stood), now => Kept.Set(ClockSetting, InstantPattern.ExtendedIso.Format(now)));
    }

    /// <summary>Projects every log anew, and removes bytes older than a day that no log names. Answers how many agreements there are, how many orphans went and how many the store must keep, and which logs are broken and where.</summary>
    public async Task<(int Agreements, int Orphans, int Kept, IReadOnlyList<(AgreementId Agreement, long Break)> Broken)> Rebuild(Instant now)
    {
        var (agreements, named, broken) = (0, new HashSet<Sha256>(), new List<(AgreementId, long)>());
        // Every log is read before anything is forgotten: one that can't be read leaves the read models as they are.
        await foreach (var id in Events.ListAgreements())
        {
            var log = await Events.ReadSince(id, 0);
            new Dossier(id).With(log);
            if (HashChain.FirstBreak(id, log) is { } at)
                broken.Add((id, at));
        }
        await ReadModels.Clear();
        var dossiers = new Dossiers(Events, Guid.CreateVersion7);
        await new Overviews(ReadModels, dossiers, (id, e) => throw new InvalidOperationException($"The log of {id} can't be projected.", e)).CatchUp();
        await foreach (var id in Events.ListAgreements())
        {
            var dossier = (await dossiers.Read(id))!;
            named.UnionWith(dossier.Grant.Ledger.Imports.Select(i => i.Read.File));
            named.UnionWith(dossier.Grant.BankImports.Select(i => i.Read.File.Address));
            named.UnionWith(dossier.Documents.ById.Values.SelectMany(d => d.Versions).Select(v => v.File.Sha256));
            agreements++;
        }
        var (orphans, kept) = (0, 0);
        var yesterday = now - Duration.FromDays(1);
        await foreach (var stored in Documents.List())
            if (!named.Contains(stored.Address) && stored.StoredAt < yesterday)
                _ = await Documents.Delete(stored.Address, yesterday) ? orphans++ : kept++;
        return (agreements, orphans, kept, broken);
    }

    public void Dispose()
    {
        foreach (var each in held)
            each.Dispose();
    }
}
