using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;

namespace MrAgreement.Web.Ledgers;

/// <summary>An import from the stored file to the event, done again when another file came between.</summary>
public sealed class WholeImport(LedgerImporter importer, Dossiers dossiers)
{
    const int MostTries = 5;

    /// <param name="progress">Told the bytes and vouchers read, now and then.</param>
    /// <exception cref="OperationCanceledException">Nothing was kept.</exception>
    public async Task<ImportEnd> Run(AgreementId agreement, LedgerOrder order, Occasion on, Action<long, int> progress, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            var dossier = await dossiers.Read(agreement, cancellation) ?? throw new InvalidOperationException($"There is no agreement {agreement}.");
            if (dossier.Grant.Ledger.Same(order.File.Sha256, order.Project, order.Chosen) is { } known)
                return new ImportEnd.Imported(known.Import);
            Execution? done = null;
            var refused = await importer.Import(dossier, order, progress, async command => done = await dossiers.Execute(agreement, command, on, cancellation: cancellation), cancellation) ?? done!.Refused;
            if (refused is null)
                return new ImportEnd.Imported(done!.Dossier.Grant.Ledger.Same(order.File.Sha256, order.Project, order.Chosen)!.Import);
            // Another file was before it, as when somebody sends several in a row: compared with that one too.
            if (refused.Slug != "import-overtaken" || tries == MostTries)
                return new ImportEnd.Refused(refused);
        }
    }
}
