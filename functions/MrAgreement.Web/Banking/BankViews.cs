using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Web.Http;
using MrAgreement.Web.Ledgers;

namespace MrAgreement.Web.Banking;

/// <summary>A bank file that was imported, with its transactions as they now stand.</summary>
/// <param name="ImportId">Its id.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="Sha256">Hash of the file.</param>
/// <param name="Message">As in camt.053.001.08.</param>
/// <param name="MessageId">The bank's id of the message.</param>
/// <param name="Accounts">Accounts with their balances.</param>
/// <param name="Transactions">Transactions in the file.</param>
/// <param name="NotBooked">Entries that the bank has not booked; left out.</param>
/// <param name="Matched">Transactions that are payments of the grant.</param>
/// <param name="Proposals">Transactions that may be; a person chooses.</param>
/// <param name="Unmatched">Transactions that fit nothing; at most 100 of them.</param>
/// <param name="UnmatchedCount">How many fit nothing.</param>
/// <param name="Dismissed">Transactions that somebody has put aside.</param>
/// <param name="Duplicates">How many transactions other files tell of, and count there.</param>
/// <param name="Known">Those, with what each is held against; the first 100, and all of them at known.</param>
/// <param name="Questions">Transactions that may be those of another file; a person says. At most 100 of them.</param>
/// <param name="QuestionCount">How many there are.</param>
/// <param name="Warnings">What is worth knowing.</param>
/// <param name="ImportedBy">Who imported it.</param>
/// <param name="ImportedAt">When.</param>
public sealed record BankImportView(
    Guid ImportId, string Name, Sha256 Sha256, string Message, string MessageId, IReadOnlyList<BankBalance> Accounts, int Transactions,
    int NotBooked,
    IReadOnlyList<BankMatchView> Matched, IReadOnlyList<BankProposalView> Proposals, IReadOnlyList<BankUnmatchedView> Unmatched,
    int UnmatchedCount, IReadOnlyList<BankDismissedView> Dismissed,
    int Duplicates, IReadOnlyList<BankKnownView> Known, IReadOnlyList<BankQuestionView> Questions, int QuestionCount,
    IReadOnlyList<WarningView> Warnings, PersonView ImportedBy, Instant ImportedAt)
{
    const int MostShown = 100;

    /// <param name="import">Null to leave the transactions out.</param>
    internal static BankImportView Of(BankImport it, JudgedImport? import, Viewpoint at)
    {
        var (file, judged) = (it.Read.File, import?.Transactions);
        var open = (judged ?? []).Where(j => !it.IsDecided(j.Transaction.Number)).ToList();
        var unmatched = open.Where(j => j.Outcome is Unmatched).ToList();
        return new(
            file.Import, file.Name, file.Address, file.Message, file.MessageId, file.Accounts, file.Transactions, file.NotBooked,
            [.. (judged ?? []).Where(j => it.Matches.ContainsKey(j.Transaction.Number))
                .Select(j => BankMatchView.Of(j.Transaction, it.Matches[j.Transaction.Number], at))],
            [.. open.Where(j => j.Outcome is Proposed or MrAgreement.Banking.Matched).Select(j => BankProposalView.Of(j))],
            [.. unmatched.Take(MostShown).Select(j => BankUnmatchedView.Of(j.Transaction, (Unmatched)j.Outcome, at))], unmatched.Count,
            [.. (judged ?? []).Where(j => it.Dismissed.ContainsKey(j.Transaction.Number))
                .Select(j => new BankDismissedView(TransactionView.Of(j.Transaction), it.Dismissed[j.Transaction.Number].Reason))],
            import is null ? it.Duplicates : BankKnownView.Count(it, import), [.. BankKnownView.Of(it, import, at).Take(MostShown)],
            [.. open.Where(j => j.Outcome is Perhaps).Take(MostShown)
                .Select(j => new BankQuestionView(TransactionView.Of(j.Transaction), HeldAgainstView.Of(j.Outcome, import!, at)))],
            import is null ? it.Questions.Count() : open.Count(j => j.Outcome is Perhaps),
            [.. file.Warnings.Select(w => WarningView.Of(w, at))],
            at.Name(it.By), it.At);
    }
}

/// <param name="Entry">Number of the transaction in the file.</param>
/// <param name="Line">Line of the file.</param>
/// <param name="Direction">in, or out of the recipient's account.</param>
/// <param name="BookedOn">The day that the bank booked it.</param>
/// <param name="Amount">In kronor; null in a foreign currency.</param>
/// <param name="Currency">As the file has it.</param>
/// <param name="AmountText">As the file has it.</param>
/// <param name="Reversal">Whether it takes back another.</param>
/// <param name="Counterpart">Name of the payer, or of who was paid.</param>
/// <param name="BankReference">The bank's own reference.</param>
/// <param name="References">What the payer wrote.</param>
public sealed record TransactionView(
    int Entry, int Line, PaymentDirection Direction, LocalDate BookedOn, Kronor? Amount, string Currency, string AmountText, bool Reversal,
    string? Counterpart, string? BankReference, IReadOnlyList<string> References)
{
    internal static TransactionView Of(BankTransaction it) => new(
        it.Number, it.Line, it.Direction, it.BookedOn, it.Amount, it.Currency, it.AmountText, it.IsReversal, it.Counterpart.Name,
        it.BankReference, [.. it.Written.Distinct()]);
}

/// <param name="Transaction">The transaction.</param>
/// <param name="Payments">Numbers of the payments that it is.</param>
/// <param name="Rule">By what it was matched without a person; null when a person said so.</param>
/// <param name="By">Who said so, or imported the file.</param>
public sealed record BankMatchView(TransactionView Transaction, IReadOnlyList<int> Payments, MatchRule? Rule, PersonView By)
{
    internal static BankMatchView Of(BankTransaction it, MatchedByWhom match, Viewpoint at) =>
        new(TransactionView.Of(it), match.Match.Payments, match.Match.Rule, at.Name(match.By));
}

/// <param name="Transaction">The transaction.</param>
/// <param name="Rule">Why it may be.</param>
/// <param name="Candidates">What it may be the payment of.</param>
public sealed record BankProposalView(TransactionView Transaction, MatchRule Rule, IReadOnlyList<BankCandidateView> Candidates)
{
    internal static BankProposalView Of(MatchedTransaction it) => it.Outcome switch
    {
        Matched m => new(TransactionView.Of(it.Transaction), m.Rule, [BankCandidateView.Of(new(m.Target))]),
        Proposed p => new(TransactionView.Of(it.Transaction), p.Rule, [.. p.Candidates.Select(BankCandidateView.Of)]),
        _ => throw new System.Diagnostics.UnreachableException()
    };
}

/// <param name="Requisitions">Numbers of requisitions; several when it pays them together.</param>
/// <param name="Repayment">Number of a repayment.</param>
/// <param name="Payment">Number of a payment that is recorded already; of a reversal, the one that it takes back.</param>
/// <param name="Entry">Of a reversal: the transaction of the same file that it takes back.</param>
public sealed record BankCandidateView(IReadOnlyList<int> Requisitions, int? Repayment, int? Payment, int? Entry)
{
    internal static BankCandidateView Of(Candidate it) => new(
        [.. it.Targets.OfType<RequisitionTarget>().Select(t => t.Number)], it.Targets.OfType<RepaymentTarget>().FirstOrDefault()?.Number,
        it.Targets.OfType<PaymentTarget>().FirstOrDefault()?.Number, it.Targets.OfType<TransactionTarget>().FirstOrDefault()?.Number);
}

/// <param name="Transaction">The transaction.</param>
/// <param name="Reason">Stable name.</param>
/// <param name="Message">What to do.</param>
public sealed record BankUnmatchedView(TransactionView Transaction, string Reason, string Message)
{
    internal static BankUnmatchedView Of(BankTransaction it, Unmatched why, Viewpoint at) =>
        new(TransactionView.Of(it), why.Reason, at.Language.Say($"unmatched.{why.Reason}", why.Values));
}

/// <param name="Transaction">The transaction.</param>
/// <param name="Reason">Why it has nothing to do with the grant.</param>
public sealed record BankDismissedView(TransactionView Transaction, string Reason);

/// <summary>A transaction that another file tells of too, and that counts there.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Basis">By what it was taken for the other.</param>
/// <param name="HeldAgainst">The other.</param>
public sealed record BankKnownView(TransactionView Transaction, DuplicateBasis Basis, HeldAgainstView HeldAgainst)
{
    internal static int Count(BankImport it, JudgedImport import) =>
        import.Transactions.Count(j => j.Outcome is Duplicate && !it.IsDecided(j.Transaction.Number));

    internal static IEnumerable<BankKnownView> Of(BankImport it, JudgedImport? import, Viewpoint at) =>
        from judged in import?.Transactions ?? []
        where judged.Outcome is Duplicate && !it.IsDecided(judged.Transaction.Number)
        select new BankKnownView(TransactionView.Of(judged.Transaction), ((Duplicate)judged.Outcome).Basis,
            HeldAgainstView.Of(judged.Outcome, import!, at)[0]);
}

/// <summary>A transaction of which somebody is to say whether it is one that another file tells of.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="MayBe">Those that it may be.</param>
public sealed record BankQuestionView(TransactionView Transaction, IReadOnlyList<HeldAgainstView> MayBe);

/// <param name="ImportId">The import that tells of it.</param>
/// <param name="Name">Name of its file.</param>
/// <param name="Transaction">As that file has it.</param>
public sealed record HeldAgainstView(Guid ImportId, string Name, TransactionView Transaction)
{
    internal static IReadOnlyList<HeldAgainstView> Of(MatchOutcome outcome, JudgedImport import, Viewpoint at) =>
        [.. JudgedImport.Against(outcome)
            .Select(other => new HeldAgainstView(other.Import, at.Dossier.Grant.BankImport(other.Import)!.Read.File.Name,
            TransactionView.Of(import.Others[other])))];
}
