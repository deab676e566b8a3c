using System.Collections.Immutable;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using NodaTime;

namespace MrAgreement.Banking;

/// <summary>Takes a read bank file into account: what needs nobody's word is matched at once.</summary>
/// <param name="Transactions">Those of the file, in its order.</param>
/// <param name="Seen">Those of earlier files.</param>
/// <param name="After">The last import that <paramref name="Seen"/> knows; null for the first.</param>
public sealed record ImportBankFile(BankFile File, IReadOnlyList<BankTransaction> Transactions, IReadOnlyList<SeenTransaction> Seen, Guid? After) : GrantCommand;

/// <summary>Says what a transaction is the payment of.</summary>
/// <param name="Targets">One, or several requisitions that it pays together.</param>
/// <param name="IsSure">If not, whoever says so is asked first about days that lie far apart.</param>
public sealed record MatchTransaction(Guid Import, BankTransaction Transaction, IReadOnlyList<MatchTarget> Targets, bool IsSure = true) : GrantCommand;

/// <summary>Says that a transaction has nothing to do with the grant.</summary>
public sealed record DismissTransaction(Guid Import, int Transaction, string Reason) : GrantCommand;

/// <summary>Takes back that a transaction was dismissed: it waits for somebody again.</summary>
public sealed record ReopenTransaction(Guid Import, int Transaction) : GrantCommand;

/// <summary>A bank file was imported. What it holds beside the grant's own payments stays in the stored file.</summary>
/// <param name="Duplicates">Transactions that earlier files told of.</param>
/// <param name="Proposed">Numbers of those that may be the grant's and wait for somebody to say so; null for none, and in older logs.</param>
public sealed record BankFileImported(BankFile File, int Duplicates, IReadOnlyList<int>? Proposed = null) : GrantEvent
{
    public override IEnumerable<StoredBytes> Bytes() => [new(File.Address, File.Size, StoredBytesKind.BankImport, File.Import)];
}

/// <param name="Address">Of the stored file.</param>
/// <param name="Message">As in <c>camt.053.001.08</c>.</param>
/// <param name="MessageId">The bank's id of the message.</param>
/// <param name="NotBooked">Entries that the bank has not booked: left out.</param>
public sealed record BankFile(
    Guid Import, Sha256 Address, string Name, long Size, string Message, string MessageId, Instant Created, IReadOnlyList<BankBalance> Accounts,
    int Entries, int NotBooked, int Transactions, IReadOnlyList<ImportWarning> Warnings);

/// <summary>An account's part of a file.</summary>
/// <param name="Opening">Null where the file gives none; so too <paramref name="Closing"/>.</param>
public sealed record BankBalance(string Account, LocalDate? From, LocalDate? To, Kronor? Opening, Kronor? Closing);

/// <summary>A transaction is the payment of something.</summary>
/// <param name="Rule">By what it was matched without a person; null when a person said so.</param>
/// <param name="Payments">The payments that it is.</param>
/// <param name="BankReference">The bank's own; null where it has none.</param>
public sealed record TransactionMatched(Guid Import, int Transaction, MatchRule? Rule, IReadOnlyList<int> Payments, string? BankReference) : GrantEvent;

public sealed record TransactionDismissed(Guid Import, int Transaction, string Reason) : GrantEvent;

public sealed record TransactionReopened(Guid Import, int Transaction) : GrantEvent;

/// <summary>An import in the log, and what has become of its transactions.</summary>
public sealed record BankImport(BankFileImported Read, PersonId By, Instant At, long Touched)
{
    /// <summary>By number of the transaction.</summary>
    public ImmutableDictionary<int, MatchedByWhom> Matches { get; init; } = ImmutableDictionary<int, MatchedByWhom>.Empty;

    public ImmutableDictionary<int, TransactionDismissed> Dismissed { get; init; } = ImmutableDictionary<int, TransactionDismissed>.Empty;

    /// <summary>Who has taken a dismissal back, by number of the transaction.</summary>
    public ImmutableDictionary<int, PersonId> Reopened { get; init; } = ImmutableDictionary<int, PersonId>.Empty;

    /// <summary>How many transactions wait for somebody to say what they are.</summary>
    public int Undecided => Read.File.Transactions - Read.Duplicates - Matches.Count - Dismissed.Count;

    /// <summary>How many of those that wait may be the grant's. What else goes through the account holds nothing up.</summary>
    public int Waiting => Read.Proposed?.Count(number => !IsDecided(number)) ?? 0;

    public bool IsDecided(int transaction) => Matches.ContainsKey(transaction) || Dismissed.ContainsKey(transaction);

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        BankFileImported e => it with { BankImports = it.BankImports.Add(new(e, recorded.By, recorded.At, recorded.Sequence)) },
        TransactionMatched e => With(it, e.Import, i => i with { Matches = i.Matches.SetItem(e.Transaction, new(e, recorded.By)), Touched = recorded.Sequence }) with
        {
            Payments = [.. it.Payments.Select(p => e.Payments.Contains(p.Number) ? p with { Bank = e, Touched = recorded.Sequence } : p)]
        },
        TransactionDismissed e => With(it, e.Import, i => i with { Dismissed = i.Dismissed.SetItem(e.Transaction, e), Reopened = i.Reopened.Remove(e.Transaction), Touched = recorded.Sequence }),
        TransactionReopened e => With(it, e.Import, i => i with { Dismissed = i.Dismissed.Remove(e.Transaction), Reopened = i.Reopened.SetItem(e.Transaction, recorded.By), Touched = recorded.Sequence }),
        _ => throw new System.Diagnostics.UnreachableException($"No next state for {happened}.")
    };

    static Grant With(Grant it, Guid import, Func<BankImport, BankImport> change) =>
        it with { BankImports = it.BankImports.SetItem(it.BankImports.FindIndex(i => i.Read.File.Import == import), change(it.BankImport(import)!)) };
}

/// <param name="By">Who said so, or imported the file.</param>
public sealed record MatchedByWhom(TransactionMatched Match, PersonId By);
