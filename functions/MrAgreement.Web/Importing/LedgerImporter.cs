using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Ledgers;
using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Web.Importing;

/// <summary>Brings a stored ledger file into the log: all of it or nothing.</summary>
public sealed class LedgerImporter(IDocumentStore documents, ILedgerRows rows, Dossiers dossiers) : IDisposable
{
    readonly SemaphoreSlim restoring = new(1);

    /// <summary>An import from the stored file to the event.</summary>
    /// <param name="progress">Told the bytes and vouchers read, now and then.</param>
    /// <param name="stopped">Somebody's wish: it leaves nothing behind.</param>
    /// <param name="leaving">The end of whoever runs it: the file stays for the next, who begins anew.</param>
    /// <exception cref="OperationCanceledException">Nothing was imported.</exception>
    public async Task<ImportEnd> Run(AgreementId agreement, LedgerOrder order, Occasion on, Action<long, int> progress,
        CancellationToken stopped, CancellationToken leaving)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopped, leaving);
        var cancellation = either.Token;
        // Asked for again after it was done, as when whoever ran it was gone before telling: its rows are there already.
        if ((await dossiers.Read(agreement, cancellation))?.Grant is { } grant
            && (grant.Ledger.Imports.Exists(i => i.Read.Import == order.Import)
            || grant.WithdrawnFiles.Exists(f => f.Import == order.Import)))
            return new ImportEnd.Imported(order.Import);
        Execution? done = null;
        Refused? refused;
        try
        {
            refused = await Import(agreement, order, progress,
                async command => done = await dossiers.Execute(agreement, command, on, cancellation: cancellation), cancellation)
                ?? done!.Refused;
        }
        catch (OperationCanceledException) when (done is null && stopped.IsCancellationRequested)
        {
            await Leave(agreement, order);
            throw;
        }
        if (refused is null)
            return new ImportEnd.Imported(done!.Dossier.Grant.Ledger.Same(order.File.Sha256, order.Project, order.Chosen,
                order.Texts)!.Import);
        await Leave(agreement, order);
        return new ImportEnd.Refused(refused);
    }

    /// <summary>Reads the file and hands the event to <paramref name="append"/>; its
    /// rows are durable by then, and are forgotten if it does not append.</summary>
    /// <param name="progress">Told the bytes and vouchers read, now and then.</param>
    /// <returns>The refusal of the file; null when it was handed over.</returns>
    /// <exception cref="OperationCanceledException">Nothing was kept.</exception>
    public async Task<Refused?> Import(
        AgreementId agreement, LedgerOrder order, Action<long, int> progress, Func<ImportLedger, Task> append,
        CancellationToken cancellation)
    {
        try
        {
            return await ImportOnce(agreement, order, progress, append, cancellation);
        }
        catch (UnreadableRowException)
        {
            // Nothing of what is there is known to be of the files: they are read again, and this one is held against that.
            await rows.Forget(agreement, cancellation);
            return await ImportOnce(agreement, order, progress, append, cancellation);
        }
    }

    async Task<Refused?> ImportOnce(
        AgreementId agreement, LedgerOrder order, Action<long, int> progress, Func<ImportLedger, Task> append,
        CancellationToken cancellation)
    {
        var dossier = await Latest();
        await Restore(dossier, cancellation);
        var before = dossier.Grant.WithdrawnFiles.Count;
        // What others have brought in while it waited for its turn is known too: compared with less, their rows would be forgotten.
        await using var intake = await rows.Begin(agreement, order.Import, order.Project,
            async () => [.. (dossier = await Latest()).Grant.Ledger.Imports.Select(i => i.Read.Import)], cancellation);
        // Rows of what was withdrawn since they were brought back are known no more, and those that they hid not yet.
        if (dossier.Grant.WithdrawnFiles.Count != before)
            return new("import-overtaken", RefusalKind.NotSo);
        var ledger = dossier.Grant.Ledger;
        if (ledger.Same(order.File.Sha256, order.Project, order.Chosen, order.Texts) is { } known)
        {
            await append(new(known, null, before));
            return null;
        }
        var (read, refused) = await Read(dossier, order, [.. ledger.Imports.Select(i => i.Read)], intake, progress, cancellation);
        if (read is null)
            return refused;
        await intake.Keep();
        await append(new(read, ledger.Imports.LastOrDefault()?.Read.Import, before));
        return null;

        async Task<Dossier> Latest() =>
            await dossiers.Read(agreement, cancellation) ?? throw new InvalidOperationException($"There is no agreement {agreement}.");
    }

    /// <summary>Takes back the bytes of what was refused or stopped, unless the log names them.</summary>
    public async Task Leave(AgreementId agreement, LedgerOrder order)
    {
        if (order.Put is { } put && (await dossiers.Read(agreement))?.Bytes.ContainsKey(put.Address) != true)
            await documents.Withdraw(put);
    }

    /// <summary>Brings back the rows of imports in the log, where the projection has lost them or another process has made them.</summary>
    public async Task Restore(Dossier dossier, CancellationToken cancellation)
    {
        var imports = dossier.Grant.Ledger.Imports.Select(i => i.Read).ToList();
        if (await Whole(dossier, imports, cancellation))
            return;
        // What somebody else has just brought back is not taken away again from under those who read it.
        await restoring.WaitAsync(cancellation);
        try
        {
            if (await Whole(dossier, imports, cancellation))
                return;
            // Nothing of what is there is known to be of the files.
            await rows.Forget(dossier.Id, cancellation);
            await ReadAgain(dossier, dossier.Id, imports, cancellation);
        }
        finally
        {
            restoring.Release();
        }
    }

    /// <summary>What the rows tell, once they are those of the files: where one of them can't be read, all are thrown away and read again.
    /// </summary>
    public async Task<T> Read<T>(Dossier dossier, Func<ILedgerRows, Task<T>> ask, CancellationToken cancellation)
    {
        await Restore(dossier, cancellation);
        try
        {
            return await ask(rows);
        }
        catch (UnreadableRowException)
        {
            await rows.Forget(dossier.Id, cancellation);
            await Restore(dossier, cancellation);
            return await ask(rows);
        }
    }

    public void Dispose() => restoring.Dispose();

    /// <summary>What the files tell that remain when one is withdrawn: read again, beside the rows that are kept.</summary>
    public async Task<IReadOnlyList<LedgerImported>> Without(Dossier dossier, Guid import, CancellationToken cancellation)
    {
        var beside = new AgreementId(Guid.CreateVersion7());
        try
        {
            return await ReadAgain(dossier, beside, [.. dossier.Grant.Ledger.Imports.Select(i => i.Read).Where(i => i.Import != import)],
                cancellation);
        }
        finally
        {
            await rows.Forget(beside, CancellationToken.None);
        }
    }

    // A file that was withdrawn hides what others have too: then all are read again.
    async Task<bool> Whole(Dossier dossier, List<LedgerImported> imports, CancellationToken cancellation)
    {
        try
        {
            return imports.Count == 0 || await rows.Held(dossier.Id, cancellation) is var held
                && imports.TrueForAll(i => held.Contains(i.Import))
                && !dossier.Grant.WithdrawnFiles.Exists(file => held.Contains(file.Import));
        }
        catch (UnreadableRowException)
        {
            return false;
        }
    }

    async Task<IReadOnlyList<LedgerImported>> ReadAgain(Dossier dossier, AgreementId under, List<LedgerImported> imports,
        CancellationToken cancellation)
    {
        var all = new List<LedgerImported>();
        // Each is compared with those before it, so all are read again.
        for (var i = 0; i < imports.Count; i++)
        {
            var it = imports[i];
            var order = new LedgerOrder(it.Import, new(it.Name, "application/octet-stream", it.File, it.Size), it.Project, it.Chosen,
                it.Texts, it.Encoding);
            await using var intake = await rows.Begin(under, it.Import, it.Project,
                () => Task.FromResult<IReadOnlyList<Guid>>([.. imports.Take(i).Select(before => before.Import)]), cancellation);
            var (read, refused) = await Read(dossier, order, all, intake, (_, _) => { }, cancellation);
            // Kept without its rows it would pass for whole, and what comes next would count anew.
            if (refused is not null)
                throw new StoreUnavailableException($"The rows of {it.Name} can't be brought back from the stored file: {refused.Slug}.");
            await intake.Keep();
            all.Add(read!);
        }
        return all;
    }

    async Task<(LedgerImported? Read, Refused? Refused)> Read(
        Dossier dossier, LedgerOrder order, IReadOnlyList<LedgerImported> earlier, ILedgerIntake intake, Action<long, int> progress,
        CancellationToken cancellation)
    {
        await using var file = await documents.Open(order.File.Sha256, cancellation)
            ?? throw new DocumentDamagedException(order.File.Sha256, gone: true);
        return await LedgerFile.Read(file, dossier.Agreement.Terms, order, earlier, intake, progress, cancellation);
    }
}
