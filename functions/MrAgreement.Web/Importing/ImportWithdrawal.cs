using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Parties;

namespace MrAgreement.Web.Importing;

/// <summary>The command that withdraws a file, with what those that remain tell by themselves. Reading them again is work: it is done
/// only for whom it is open to.</summary>
public sealed class ImportWithdrawal(LedgerImporter ledgers, BankImporter banks)
{
    public async Task<GrantCommand> OfLedger(Dossier it, Guid import, string reason, Occasion on, CancellationToken cancellation) =>
        new WithdrawLedgerImport(import, reason,
            Acts.May(it, Act.WithdrawLedgerImport, import, on) ? await ledgers.Without(it, import, cancellation) : []);

    public async Task<GrantCommand> OfBank(Dossier it, Guid import, string reason, Occasion on, CancellationToken cancellation) =>
        new WithdrawBankFile(import, reason,
            Acts.May(it, Act.WithdrawBankFile, import, on) ? await banks.Without(it, import, cancellation) : []);
}
