using System.Collections.Immutable;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Banking;

/// <summary>Takes a read bank file into account: what needs nobody's word is matched at once.</summary>
/// <param name="Transactions">Those of the file, in its order.</param>
/// <param name="Seen">Those of earlier files, in the order of the log.</param>
/// <param name="After">The last import that <paramref name="Seen"/> knows; null for the first.</param>
/// <param name="Withdrawn">How many files had been withdrawn by then.</param>
public sealed record ImportBankFile(BankFile File, IReadOnlyList<BankTransaction> Transactions, IReadOnlyList<ToldFile> Seen, Guid? After,
    int Withdrawn = 0) : GrantCommand(Act.ImportBankFile);

/// <summary>Says what a transaction is the payment of.</summary>
/// <param name="Targets">One, or several requisitions that it pays together.</param>
/// <param name="IsSure">If not, whoever says so is asked first about days that lie far apart.</param>
public sealed record MatchTransaction(Guid Import, BankTransaction Transaction, IReadOnlyList<MatchTarget> Targets, bool IsSure = true)
    : GrantCommand(Act.MatchTransaction)
{
    public override Subject Subject => new(Id: Import, Number: Transaction.Number);
}

/// <summary>Says that a transaction has nothing to do with the grant.</summary>
/// <param name="Told">What its file says of it.</param>
/// <param name="IsSure">If not, whoever says so is asked first about one that names the agreement.</param>
public sealed record DismissTransaction(Guid Import, int Transaction, string Reason, BankTransaction? Told = null, bool IsSure = true)
    : GrantCommand(Act.DismissTransaction)
{
    public override Subject Subject => new(Id: Import, Number: Transaction);
}

/// <summary>Takes back that a transaction was dismissed: it waits for somebody again.</summary>
public sealed record ReopenTransaction(Guid Import, int Transaction)
    : GrantCommand(Act.ReopenTransaction)
{
    public override Subject Subject => new(Id: Import, Number: Transaction);
}

/// <summary>A bank file was imported. What it holds beside the grant's own payments stays in the stored file.</summary>
/// <param name="Duplicates">Transactions of it that count in another file.</param>
/// <param name="Known">Those, and those of earlier files that count here from now on; null where the log has only how many.</param>
/// <param name="Asked">Transactions that may be those of another file.</param>
/// <param name="Proposed">Numbers of those that may be the grant's, or name the
/// agreement, and wait for somebody to say so; null for none, and in older logs.</param>
public sealed record BankFileImported(
    BankFile File, int Duplicates, IReadOnlyList<SameTransactions>? Known = null, IReadOnlyList<SameTransactions>? Asked = null,
    IReadOnlyList<int>? Proposed = null) : GrantEvent
{
    public override IEnumerable<StoredBytes> Bytes() => [new(File.Address, File.Size, StoredBytesKind.BankImport, File.Import)];
}

/// <param name="Address">Of the stored file.</param>
/// <param name="Message">As in <c>camt.053.001.08</c>.</param>
/// <param name="MessageId">The bank's id of the message.</param>
/// <param name="NotBooked">Entries that the bank has not booked: left out.</param>
public sealed record BankFile(
    Guid Import, Sha256 Address, string Name, long Size, string Message, string MessageId, Instant Created,
    IReadOnlyList<BankBalance> Accounts,
    int Entries, int NotBooked, int Transactions, IReadOnlyList<ImportWarning> Warnings);

/// <summary>An account's part of a file.</summary>
/// <param name="Opening">Null where the file gives none; so too <paramref name="Closing"/>.</param>
public sealed record BankBalance(string Account, LocalDate? From, LocalDate? To, Kronor? Opening, Kronor? Closing);

/// <summary>A transaction is the payment of something.</summary>
/// <param name="Rule">By what it was matched without a person; null when a person said so.</param>
/// <param name="Payments">The payments that it is.</param>
/// <param name="BankReference">The bank's own; null where it has none.</param>
public sealed record TransactionMatched(Guid Import, int Transaction, MatchRule? Rule, IReadOnlyList<int> Payments, string? BankReference)
    : GrantEvent;

/// <param name="Cites">Whether it names the agreement by its diary number; null where the log does not say.</param>
public sealed record TransactionDismissed(Guid Import, int Transaction, string Reason, bool? Cites = null) : GrantEvent;

public sealed record TransactionReopened(Guid Import, int Transaction) : GrantEvent;

/// <summary>An import in the log, and what has become of its transactions.</summary>
public sealed record BankImport(BankFileImported Read, PersonId By, Instant At, long Touched)
{
    /// <summary>By number of the transaction.</summary>
    public ImmutableDictionary<int, MatchedByWhom> Matches { get; init; } = ImmutableDictionary<int, MatchedByWhom>.Empty;

    public ImmutableDictionary<int, TransactionDismissed> Dismissed { get; init; } = ImmutableDictionary<int, TransactionDismissed>.Empty;

    /// <summary>Who has taken a dismissal back, by number of the transaction.</summary>
    public ImmutableDictionary<int, PersonId> Reopened { get; init; } = ImmutableDictionary<int, PersonId>.Empty;

    /// <summary>Its transactions that count in another file, as files told; so too those that may, in <see cref="Asked"/>.</summary>
    public ImmutableList<SameTransactions> Known { get; init; } = [];

    public ImmutableList<SameTransactions> Asked { get; init; } = [];

    /// <summary>What persons have said of them since, by number of the transaction.</summary>
    public ImmutableDictionary<int, SaidOfTransaction> Said { get; init; } = ImmutableDictionary<int, SaidOfTransaction>.Empty;

    /// <summary>How many count in another file.</summary>
    public int Duplicates { get; init; } = Read.Duplicates;

    /// <summary>Of how many nobody has said what they are, whether it is asked or not.</summary>
    public int Undecided => Math.Max(0, Read.File.Transactions - Duplicates - Matches.Count - Dismissed.Count);

    /// <summary>Those of which somebody is to say whether they are the payment that another file tells of.</summary>
    public IEnumerable<int> Questions =>
        Asked.SelectMany(a => a.Runs).SelectMany(r => Enumerable.Range(r.First, r.Count)).Distinct().Order().Where(n => Told(n) is Perhaps);

    /// <summary>Whether anything is known or asked of its transactions and those of other files.</summary>
    public bool IsTold => Known.Count > 0 || Asked.Count > 0 || Said.Count > 0;

    /// <summary>
    /// How many wait for somebody: those that may be the grant's, are asked about, or
    /// that a person has taken back or told apart and not said more of. Of what else goes
    /// through the account nothing is asked, and it holds nothing up.
    /// </summary>
    public int Waiting => (Read.Proposed ?? []).Union(Questions).Union(Reopened.Keys)
        .Union(Said.Where(said => said.Value.As is null).Select(said => said.Key))
        .Count(number => !IsDecided(number) && Told(number) is not Duplicate);

    /// <summary>Those that were laid aside though they name the agreement by its diary number.</summary>
    public IEnumerable<int> LaidAsideCiting => Dismissed.Values.Where(d => d.Cites == true).Select(d => d.Transaction).Order();

    public bool IsDecided(int transaction) => Matches.ContainsKey(transaction) || Dismissed.ContainsKey(transaction);

    /// <summary>What a transaction counts as (<see cref="Duplicate"/>) or may be
    /// (<see cref="Perhaps"/>); null when it is a payment of its own.</summary>
    public MatchOutcome? Told(int transaction)
    {
        if (Said.TryGetValue(transaction, out var said))
            return said.As is { } same ? new Duplicate(DuplicateBasis.Person, same) : null;
        foreach (var known in Known)
            if (known.Against(transaction) is { } other)
                return new Duplicate(known.Basis!.Value, other);
        return !IsDecided(transaction) && Against(Asked, transaction) is { Count: > 0 } perhaps ? new Perhaps(perhaps) : null;
    }

    /// <summary>What it was held against, whatever was said of it since.</summary>
    public IReadOnlyList<Telling> HeldAgainst(int transaction) => [.. Against(Known, transaction), .. Against(Asked, transaction)];

    static IReadOnlyList<Telling> Against(IReadOnlyList<SameTransactions> all, int transaction) =>
        [.. all.Select(same => same.Against(transaction)).OfType<Telling>()];

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        BankFileImported e => (e.Known ?? []).Concat(e.Asked ?? []).Aggregate(
            it with { BankImports = it.BankImports.Add(new(e, recorded.By, recorded.At, recorded.Sequence)) }, (grant, same) =>
                With(grant, same.Import, i => i.Take(same, e.File.Import, recorded))),
        TransactionRecognised e => Closed(With(it, e.Import, i => i.Say(e.Transaction, new(e.As, recorded.By), recorded)), e, recorded),
        TransactionDistinguished e => With(it, e.Import, i => i.Say(e.Transaction, new(null, recorded.By), recorded)),
        TransactionMatched e => With(it, e.Import,
            i => i with { Matches = i.Matches.SetItem(e.Transaction, new(e, recorded.By, recorded.Sequence)),
                Touched = recorded.Sequence }) with
        {
            Payments = [.. it.Payments.Select(p => e.Payments.Contains(p.Number) ? p with { Bank = e, Touched = recorded.Sequence } : p)]
        },
        TransactionDismissed e => With(it, e.Import,
            i => i with { Dismissed = i.Dismissed.SetItem(e.Transaction, e), Reopened = i.Reopened.Remove(e.Transaction),
            Touched = recorded.Sequence }),
        TransactionUnmatched e => Unmatched(it, e.Import, e.Transaction, recorded),
        TransactionReopened e => With(it, e.Import,
            i => i with { Dismissed = i.Dismissed.Remove(e.Transaction), Reopened = i.Reopened.SetItem(e.Transaction, recorded.By),
            Touched = recorded.Sequence }),
        _ => throw new System.Diagnostics.UnreachableException($"No next state for {happened}.")
    };

    /// <summary>Without a file that was withdrawn: its matches let go, and the others as they stand without it.</summary>
    internal static Grant Without(Grant it, BankFileWithdrawn happened, Recorded recorded)
    {
        var after = it.BankImport(happened.Import)!.Matches.Keys.Order()
            .Aggregate(it, (grant, transaction) => Unmatched(grant, happened.Import, transaction, recorded));
        return after with
        {
            BankImports = [.. after.BankImports.Where(i => i.Read.File.Import != happened.Import).Select(i => i.Forgetting(happened.Import))
                .Select(i => happened.Reckoned.FirstOrDefault(r => r.Import == i.Read.File.Import)?.In(i, recorded) ?? i)]
        };
    }

    internal BankImport Forgetting(Guid gone) => this with
    {
        Known = [.. Known.Where(same => same.Other != gone)], Asked = [.. Asked.Where(same => same.Other != gone)],
        Said = Said.RemoveRange(Said.Where(said => said.Value.As?.Import == gone).Select(said => said.Key))
    };

    static Grant Unmatched(Grant it, Guid import, int transaction, Recorded recorded)
    {
        var match = it.BankImport(import)!.Matches[transaction];
        var after = With(it, import, i => i with
        {
            Matches = i.Matches.Remove(transaction), Reopened = i.Reopened.SetItem(transaction, recorded.By), Touched = recorded.Sequence
        });
        return match.Match.Payments.Aggregate(after, (grant, number) => Payment.LetGo(grant, number, match, recorded));
    }

    // Its own are in the event's count; of earlier files, those that count there no more.
    BankImport Take(SameTransactions same, Guid arrived, Recorded recorded) => same.Basis is null
        ? this with { Asked = Asked.Add(same), Touched = recorded.Sequence }
        : this with { Known = Known.Add(same), Duplicates = Duplicates + (same.Import == arrived ? 0 : same.Counted()),
        Touched = recorded.Sequence };

    BankImport Say(int transaction, SaidOfTransaction said, Recorded recorded)
    {
        var was = Told(transaction) is Duplicate
            || (Read.Known is null && said.As is null && Duplicates > 0 && !Said.ContainsKey(transaction) && Told(transaction) is null);
        return this with
        {
            Said = Said.SetItem(transaction, said), Duplicates = Duplicates + (said.As is null ? 0 : 1) - (was ? 1 : 0),
            Touched = recorded.Sequence
        };
    }

    // The question on the other side was the same.
    static Grant Closed(Grant it, TransactionRecognised e, Recorded recorded) =>
        it.BankImport(e.As.Import) is { } import && import.Told(e.As.Transaction) is Perhaps asked
        && asked.Others.Contains(new(e.Import, e.Transaction))
        ? With(it, e.As.Import, i => i.Say(e.As.Transaction, new(null, recorded.By), recorded))
        : it;

    static Grant With(Grant it, Guid import, Func<BankImport, BankImport> change) =>
        it with { BankImports = it.BankImports.SetItem(it.BankImports.FindIndex(i => i.Read.File.Import == import),
            change(it.BankImport(import)!)) };
}

/// <param name="By">Who said so, or imported the file.</param>
/// <param name="Sequence">Place in the log; what it brought about stands just before it.</param>
public sealed record MatchedByWhom(TransactionMatched Match, PersonId By, long Sequence)
{
    /// <summary>Whether it brought about what stands at a place in the log.</summary>
    internal bool Brought(long? sequence) => sequence < Sequence && sequence >= Sequence - Match.Payments.Count;

    /// <summary>The payments that there is no other word for: they go with it.</summary>
    internal IEnumerable<Payment> Made(Grant it) => Match.Payments.Select(number => it.Payments[number - 1])
        .Where(p => p is { Confirmed: null, Reversed: null } && Brought(p.Sequence));
}
