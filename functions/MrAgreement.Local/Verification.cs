using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Erasures;
using MrAgreement.Ledgers;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Erasures;
using MrAgreement.Web.Importing;
using MrAgreement.Web.Log;

namespace MrAgreement.Local;

/// <summary>Holds everything that is stored against what it is made from, while the host stands still: logs against themselves and the
/// checkpoints, lists against the logs, rows of ledgers against the files (docs/decisions/0054).</summary>
static class Verification
{
    const int AtOnce = 1000;

    // Each page of rows passes over all before it.
    const int RowsAtOnce = 100_000;

    /// <summary>Names whatever is wrong, and changes nothing but bringing the lists up to the logs, and erasing again what a copy brought
    /// back. Answers the exit code.</summary>
    public static async Task<int> Run(Stores stores, TextWriter told, TextWriter errors)
    {
        var faults = 0;
        if (stores.HasListsAnew)
            await Tell("The lists, or the index of words, could not be read: somebody has written there past the program. They are made anew.");
        using var checkpoints = new Checkpoints(stores.Events, stores.Checkpoints, stores.Kept, NoMore<Guid>, NoMore<Salt>);
        if (await checkpoints.FirstDamaged() is { } number)
            await Tell($"The checkpoint {number} is lost or altered.");
        var examination = new LogExamination(stores.Events, checkpoints);
        var all = await examination.All(surveyed: true);
        var (whole, erased) = (new List<AgreementId>(), new List<ExaminedLog>());
        foreach (var id in all)
        {
            var examined = LogExamination.Understood(await examination.Whole(id));
            foreach (var fault in examined.Faults)
                await Tell($"The log of the agreement {id} is not whole: {fault.What} at {fault.Sequence}"
                    + $"{(fault.Until is { } until ? $" to {until}" : "")}.");
            if (examined.Faults.Count > 0)
                continue;
            whole.Add(id);
            if (examined.Found.Rows.Any(row => row.Event?.Type == ErasedRows.Type))
                erased.Add(examined with { Folded = null });
        }
        var lacking = await Inventory.Lacking(stores.Events, stores.Documents, whole);
        await Upkeep.Name(lacking, errors);
        faults += lacking.Count;
        try
        {
            var (again, others, isLost) = await EraseAgain(stores, erased);
            if (isLost)
                await Tell("The key of the seal of the list of erasures was not there any more: of what is listed, only what a log says too "
                    + "was taken for ours. Put the database back from a copy that has the key, or have the rest erased anew (docs/running.md).");
            foreach (var it in others)
                await Tell($"The list of erasures names row {it.Row} of the agreement {it.Agreement}, and this program did not write that: "
                    + "nothing was erased. Find out who did, and remove the file.");
            foreach (var it in again)
                await told.WriteLineAsync(
                    $"Row {it.Row} of the agreement {it.Agreement} was erased again: a copy had been put back that still held it.");
        }
        catch (StoreUnavailableException e)
        {
            await Tell(e.Message);
        }
        foreach (var (kind, key) in await KeptExamination.Strange(stores.Kept))
            await Tell($"The kept record {key} of {kind} holds what no program has written, and is passed over; put it back from a copy, or remove it.");
        var dossiers = new Dossiers(stores.Events, NoMore<Guid>);
        await new KeptOverviews(stores.ReadModels, dossiers, (_, _) => { }).CatchUp();
        var scratch = Directory.CreateTempSubdirectory("mragreement-verify-").FullName;
        try
        {
            await Lists(stores, dossiers, all.ToHashSet(), whole, scratch, Tell);
            foreach (var some in whole.Chunk(AtOnce))
                foreach (var id in await examination.WokenTooLate(await Task.WhenAll(some.Select(async id => (await dossiers.Read(id))!))))
                    await Tell($"The head of the agreement {id} has it woken too late or never: somebody has changed it. "
                        + "Anything that is recorded there mends it, and so does the night's round, in at most 28 nights.");
            await Ledgers(stores, dossiers, whole, scratch, told, Tell);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
        await told.WriteLineAsync($"Looked through {Counted.Of(all.Count, "log")}, the lists, the rows of ledgers, and whether the files are there: {(faults == 0 ? "all of it holds" : Counted.Of(faults, "fault"))}.");
        return faults == 0 ? 0 : 1;

        Task Tell(string fault)
        {
            faults++;
            return errors.WriteLineAsync(fault);
        }
    }

    // The one thing that is changed, once all was looked at as it stood: what the logs tell of is listed too, should the list be lost.
    static async Task<(IReadOnlyList<ListedErasure> Again, IReadOnlyList<ListedErasure> Others, bool SealLost)> EraseAgain(Stores stores,
        IReadOnlyList<ExaminedLog> erased)
    {
        Erasing? erasing = null;
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7, freshSalt: FreshSalt.Draw, erased: id => erasing!.Finish(id));
        erasing = new(stores.Events, dossiers, stores.Documents, new(stores.Packages), new(stores.Erasures, stores.Kept, stores.Events),
            SystemClock.Instance, NullLogger<Erasing>.Instance);
        foreach (var it in erased)
            await erasing.FinishUnlisted(it.Agreement, it.Found, CancellationToken.None);
        return await erasing.Repeat();
    }

    // Of a log that is not whole nobody can say what the lists should show.
    static async Task Lists(Stores stores, Dossiers dossiers, IReadOnlySet<AgreementId> all, IReadOnlyList<AgreementId> whole,
        string scratch,
        Func<string, Task> tell)
    {
        using var database = SqliteDatabase.Open(scratch);
        var anew = new SqliteReadModels(database);
        foreach (var some in whole.Chunk(AtOnce))
            await anew.Write([.. await Task.WhenAll(some.Select(async id => Projection.Of((await dossiers.Read(id))!)))]);
        var (right, there) = (await anew.Digests(), await stores.Lists());
        foreach (var id in right.Keys.Union(there.Keys).Order(Comparer<AgreementId>.Create((a, b) => a.Value.CompareTo(b.Value))))
            if ((whole.Contains(id) || !all.Contains(id) && id != SqliteReadModels.Counts)
                && right.GetValueOrDefault(id) != there.GetValueOrDefault(id))
                await tell($"The lists do not show the agreement {id} as its log has it; --rebuild makes them anew.");
        if (right.Keys.Where(id => id != SqliteReadModels.Counts).All(there.ContainsKey)
            && right.GetValueOrDefault(SqliteReadModels.Counts) != there.GetValueOrDefault(SqliteReadModels.Counts))
            await tell("The lists count, or find, something else than they hold; --rebuild makes them anew.");
    }

    static async Task Ledgers(Stores stores, Dossiers dossiers, IReadOnlyList<AgreementId> whole, string scratch,
        TextWriter told, Func<string, Task> tell)
    {
        using var rows = SqliteLedgerRows.Open(scratch);
        using var importer = new LedgerImporter(stores.Documents, rows, dossiers);
        foreach (var id in whole)
        {
            var dossier = (await dossiers.Read(id))!;
            var imports = dossier.Grant.Ledger.Imports.Select(it => it.Read.Import).ToList();
            if (imports.Count == 0)
                continue;
            // Before anybody is shown a row of them, all is thrown away and read from the files.
            IReadOnlySet<Guid> held;
            try
            {
                held = await stores.LedgerRows.Held(id);
            }
            catch (UnreadableRowException)
            {
                await Others(id);
                continue;
            }
            if (!imports.TrueForAll(held.Contains) || dossier.Grant.WithdrawnFiles.Exists(file => held.Contains(file.Import)))
            {
                await told.WriteLineAsync($"The rows of ledgers of the agreement {id} are read again from its files when somebody asks for "
                    + "them: what is there was not compared.");
                continue;
            }
            try
            {
                await importer.Restore(dossier, CancellationToken.None);
                // Of a file that was taken in and that no log names nothing is known: what counts is compared all the same.
                if (!await Same(id, imports, rows, stores.LedgerRows)
                    || held.SetEquals(imports) && await rows.Digest(id) != await stores.LedgerRows.Digest(id))
                    await Others(id);
            }
            catch (UnreadableRowException)
            {
                await Others(id);
            }
            catch (Exception e) when (e is StoreUnavailableException or Documents.DocumentDamagedException)
            {
                await tell($"The rows of ledgers of the agreement {id} can't be compared: {e.Message}");
            }
        }

        Task Others(AgreementId id) => tell($"The rows of ledgers of the agreement {id} are not those of its files; "
            + $"delete {SqliteLedgerRows.FileName}, and they are read again.");
    }

    static async Task<bool> Same(AgreementId id, IReadOnlyList<Guid> imports, ILedgerRows right, ILedgerRows there)
    {
        var everything = new RowSearch(null, LocalDate.MinIsoValue, LocalDate.MaxIsoValue);
        for (var skip = 0; ; skip += RowsAtOnce)
        {
            var one = await right.Find(id, imports, everything, skip, RowsAtOnce);
            var other = await there.Find(id, imports, everything, skip, RowsAtOnce);
            if (!one.SequenceEqual(other))
                return false;
            if (one.Count < RowsAtOnce)
                return true;
        }
    }

    static T NoMore<T>() => throw new System.Diagnostics.UnreachableException("Nothing is written.");
}
