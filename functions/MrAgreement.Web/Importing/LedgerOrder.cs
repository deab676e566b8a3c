using MrAgreement.Documents;
using MrAgreement.Ledgers;

namespace MrAgreement.Web.Importing;

/// <summary>What is to be taken out of a ledger file.</summary>
/// <param name="Chosen">Accounts that count as costs; null for the usual ones.</param>
/// <param name="Texts">Whether to keep the vouchers' texts, which may name people.</param>
/// <param name="CharacterSet">What the file was read by before; null to guess.</param>
public sealed record LedgerOrder(Guid Import, DocumentFile File, Project Project, IReadOnlyList<AccountRange>? Chosen, bool Texts,
    string? CharacterSet = null)
{
    /// <summary>How its bytes came into the store, to be taken back where it is refused; null where that is not known here.</summary>
    public StoredDocument? Put { get; init; }
}
