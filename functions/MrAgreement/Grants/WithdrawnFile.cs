using MrAgreement.Banking;
using MrAgreement.Ledgers;

namespace MrAgreement.Grants;

/// <summary>A ledger's or a bank's file that was the wrong one and was withdrawn: nothing of it counts, and the log tells of it.</summary>
/// <param name="File">The stored file, as its import named it.</param>
/// <param name="Name">What it was called.</param>
/// <param name="ImportedBy">Who imported it, and when.</param>
/// <param name="By">Who withdrew it, and when.</param>
public sealed record WithdrawnFile(StoredBytes File, string Name, PersonId ImportedBy, Instant ImportedAt, PersonId By, Instant At,
    string Reason)
{
    public Guid Import => File.Of;

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded)
    {
        switch (happened)
        {
            case LedgerImportWithdrawn e:
                var ledger = it.Ledger.Imports.Find(i => i.Read.Import == e.Import)!;
                return it with
                {
                    Ledger = Ledger.Without(it.Ledger, e, it.Terms?.Eligible, recorded),
                    WithdrawnFiles = it.WithdrawnFiles.Add(new(ledger.Read.Bytes().Single(), ledger.Read.Name, ledger.By, ledger.At,
                        recorded.By, recorded.At, e.Reason))
                };
            case BankFileWithdrawn e:
                var bank = it.BankImport(e.Import)!;
                return BankImport.Without(it, e, recorded) with
                {
                    WithdrawnFiles = it.WithdrawnFiles.Add(new(bank.Read.Bytes().Single(), bank.Read.File.Name, bank.By, bank.At,
                        recorded.By, recorded.At, e.Reason))
                };
            default:
                throw new System.Diagnostics.UnreachableException($"No next state for {happened}.");
        }
    }
}
