using Microsoft.AspNetCore.Http;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;

namespace MrAgreement.Web.Ledgers;

/// <summary>Imports that go on by themselves: a large ledger takes longer than anybody waits for a page.</summary>
public sealed class LedgerRuns(LedgerImporter importer, Dossiers dossiers, RunningImports running)
{
    /// <summary>Begins to import a stored file on behalf of somebody.</summary>
    public void Start(AgreementId agreement, LedgerOrder order, Occasion on, IFormCollection typed) =>
        running.Start(agreement, order, on, typed, it => Import(agreement, order, on, it));

    async Task<ImportEnd> Import(AgreementId agreement, LedgerOrder order, Occasion on, RunningImport it)
    {
        Execution? done = null;
        var refused = await importer.Import(agreement, order, it.Note, async command => done = await dossiers.Execute(agreement, command, on, cancellation: it.Cancellation), it.Cancellation) ?? done!.Refused;
        return refused is null ? new ImportEnd.Imported(done!.Dossier.Grant.Ledger.Same(order.File.Sha256, order.Project, order.Chosen, order.Texts)!.Import) : new ImportEnd.Refused(refused);
    }
}
