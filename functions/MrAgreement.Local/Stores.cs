using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Storage.Files;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Simulation;
using NodaTime;
using NodaTime.Text;

namespace MrAgreement.Local;

/// <summary>Everything that this host keeps, in one folder: a database, documents, and keys for cookies.</summary>
sealed class Stores : IDisposable
{
    const string ClockSetting = "simulated-clock";

    readonly SqliteDatabase database;

    public Stores(string folder)
    {
        database = SqliteDatabase.Open(folder);
        Events = new SqliteEventStore(database);
        ReadModels = new SqliteReadModels(database);
        Settings = new SqliteSettings(database);
        LedgerRows = SqliteLedgerRows.Open(folder);
        Documents = FileDocumentStore.Open(Path.Combine(folder, "documents"));
        Keys = Directory.CreateDirectory(Path.Combine(folder, "keys"));
    }

    public IEventStore Events { get; }
    public IReadModels ReadModels { get; }
    public IDocumentStore Documents { get; }
    public SqliteLedgerRows LedgerRows { get; }
    public SqliteSettings Settings { get; }
    public DirectoryInfo Keys { get; }

    /// <summary>A simulated clock that goes on where it was when that is later than <paramref name="start"/>.</summary>
    public async Task<SimulatedClock> Clock(Instant start)
    {
        var stood = await Settings.Find(ClockSetting) is { } kept ? InstantPattern.ExtendedIso.Parse(kept).Value : start;
        return new(Instant.Max(start, stood), now => Settings.Set(ClockSetting, InstantPattern.ExtendedIso.Format(now)));
    }

    /// <summary>Projects every log anew, and removes bytes older than a day that no log names. Answers how many agreements there are and how many orphans went.</summary>
    public async Task<(int Agreements, int Orphans)> Rebuild(Instant now)
    {
        var (agreements, named) = (0, new HashSet<Sha256>());
        // Every log is read before anything is forgotten: one that can't be read leaves the read models as they are.
        await foreach (var id in Events.ListAgreements())
            new Dossier(id).With(await Events.ReadSince(id, 0));
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
        var orphans = 0;
        var yesterday = now - Duration.FromDays(1);
        await foreach (var stored in Documents.List())
            if (!named.Contains(stored.Address) && stored.StoredAt < yesterday)
            {
                await Documents.Delete(stored.Address, yesterday);
                orphans++;
            }
        return (agreements, orphans);
    }

    public void Dispose()
    {
        LedgerRows.Dispose();
        database.Dispose();
    }
}
