using Microsoft.AspNetCore.Http;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;

namespace MrAgreement.Web.Ledgers;

/// <summary>Imports that go on by themselves: a large ledger takes longer than anybody waits for a page.</summary>
public sealed class LedgerRuns(LedgerImporter importer, Dossiers dossiers, RunningImports running)
{
    const int MostTries = 5;

    /// <summary>Begins to import a stored file on behalf of somebody.</summary>
    public void Start(AgreementId agreement, LedgerOrder order, Occasion on, IFormCollection typed) =>
        running.Start(agreement, order, on, typed, it => Import(agreement, order, on, it));

    async Task<ImportEnd> Import(AgreementId agreement, LedgerOrder order, Occasion on, RunningImport it)
    {
        for (var tries = 1; ; tries++)
        {
            var dossier = await dossiers.Read(agreement, it.Cancellation) ?? throw new InvalidOperationException($"There is no agreement {agreement}.");
            if (dossier.Grant.Ledger.Same(order.File.Sha256, order.Project, order.Chosen) is { } known)
                return new ImportEnd.Imported(known.Import);
            Execution? done = null;
            var refused = await importer.Import(dossier, order, it.Note, async command => done = await dossiers.Execute(agreement, command, on, cancellation: it.Cancellation), it.Cancellation) ?? done!.Refused;
            if (refused is null)
                return new ImportEnd.Imported(done!.Dossier.Grant.Ledger.Same(order.File.Sha256, order.Project, order.Chosen)!.Import);
            // Another file was before it, as when somebody sends several in a row: compared with that one too.
            if (refused.Slug != "import-overtaken" || tries == MostTries)
                return new ImportEnd.Refused(refused);
        }
    }
}
