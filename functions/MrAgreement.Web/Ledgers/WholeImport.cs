using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Web.Ledgers;

/// <summary>An import from the stored file to the event.</summary>
public sealed class WholeImport(LedgerImporter importer, Dossiers dossiers)
{
    /// <param name="progress">Told the bytes and vouchers read, now and then.</param>
    /// <exception cref="OperationCanceledException">Nothing was kept.</exception>
    public async Task<ImportEnd> Run(AgreementId agreement, LedgerOrder order, Occasion on, Action<long, int> progress,
        CancellationToken cancellation)
    {
        // Asked for again after it was done, as when whoever ran it was gone before telling: its rows are there already.
        if ((await dossiers.Read(agreement, cancellation))?.Grant.Ledger.Imports.Exists(i => i.Read.Import == order.Import) == true)
            return new ImportEnd.Imported(order.Import);
        Execution? done = null;
        Refused? refused;
        try
        {
            refused = await importer.Import(
                agreement, order, progress, async command =>
                    done = await dossiers.Execute(agreement, command, on, cancellation: cancellation), cancellation) ?? done!.Refused;
        }
        catch (OperationCanceledException) when (done is null)
        {
            await importer.Leave(agreement, order);
            throw;
        }
        if (refused is not null)
            await importer.Leave(agreement, order);
        return refused is null ? new ImportEnd.Imported(done!.Dossier.Grant.Ledger.Same(order.File.Sha256, order.Project, order.Chosen,
            order.Texts)!.Import) : new ImportEnd.Refused(refused);
    }
}
