using MrAgreement.Agreements;
using MrAgreement.Banking;

namespace MrAgreement.Web.Banking;

/// <summary>What each transaction of an import is, in the light of what
/// the agreement now waits for; those decided already included.</summary>
/// <param name="Others">The transactions of other files, by where they stand.</param>
public sealed record JudgedImport(IReadOnlyList<MatchedTransaction> Transactions, IReadOnlyDictionary<Telling, BankTransaction> Others)
{
    /// <summary>The files that tell it; null for all, where the log has only how many were known.</summary>
    public static IReadOnlySet<Guid>? Needed(BankImport it) =>
        it.Read.Known is null ? null : it.Known.Concat(it.Asked).Select(same => same.Other)
        .Concat(it.Said.Values.Select(said => said.As?.Import).OfType<Guid>()).Append(it.Read.File.Import).ToHashSet();

    /// <param name="files">At least those that are needed, in the order of the log.</param>
    public static JudgedImport Of(Dossier dossier, BankImport import, IReadOnlyList<ToldFile> files)
    {
        var id = import.Read.File.Import;
        Func<int, MatchOutcome?> told = import.Read.Known is null ? new Tellings(dossier.Grant.BankImports, files) is var all ? n =>
            all.Of(new(id, n)) : null! : import.Told;
        var judged = Matching.Of(files.First(f => f.Import == id).Transactions, BankExpectations.Expecting(dossier), t => told(t.Number));
        var others = judged.SelectMany(j => Against(j.Outcome)).ToHashSet();
        return new(judged, files.SelectMany(f => f.Transactions.Select(t => (At: new Telling(f.Import, t.Number), Transaction: t)))
            .Where(t => others.Contains(t.At)).ToDictionary(t => t.At, t => t.Transaction));
    }

    /// <summary>A transaction of a file and what it is, or was, held against; itself
    /// when that is nothing. Null when there is no such transaction.</summary>
    /// <param name="chosen">Which of several that it may be; null for the first.</param>
    public static (BankTransaction Transaction, (Telling At, BankTransaction Transaction) Other)? Pair(
        Dossier dossier, BankImport import, IReadOnlyList<ToldFile> files, int number, Telling? chosen = null)
    {
        var here = new Telling(import.Read.File.Import, number);
        if (Find(here) is not { } transaction)
            return null;
        var against = import.Read.Known is null && new Tellings(dossier.Grant.BankImports, files).Of(here) is { } outcome
            ? Against(outcome)
            : import.HeldAgainst(number);
        var other = chosen ?? (against is [var first, ..] ? first : here);
        return Find(other) is { } its ? (transaction, (other, its)) : null;

        BankTransaction? Find(Telling at) =>
            at.Transaction < 1 ? null : files.FirstOrDefault(f =>
            f.Import == at.Import)?.Transactions.Find(at.Transaction);
    }

    /// <summary>What a transaction is held against; nothing when it is a payment of its own.</summary>
    public static IReadOnlyList<Telling> Against(MatchOutcome outcome) =>
        outcome switch { Duplicate known => [known.As], Perhaps asked => asked.Others, _ => [] };
}
