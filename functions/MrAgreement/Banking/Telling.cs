using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Banking;

/// <summary>One file's telling of a transaction: where it stands.</summary>
/// <param name="Transaction">Its number in the file.</param>
public readonly record struct Telling(Guid Import, int Transaction);

/// <summary>The transactions of a file that another import is compared with.</summary>
public sealed record ToldFile(Guid Import, IReadOnlyList<BankTransaction> Transactions);

/// <summary>By what a transaction was taken for one that another file tells of.</summary>
public enum DuplicateBasis
{
    /// <summary>The bank's own reference.</summary>
    BankReference,

    /// <summary>Another reference that goes with the payment all the way, such as the one that the payer's order gave it.</summary>
    PaymentReference,

    /// <summary>A bundle told whole by one file and in its parts by another.</summary>
    Entry,

    /// <summary>A person said so.</summary>
    Person
}

/// <summary>Transactions of one import that those of another are, or may be.</summary>
/// <param name="Import">Whose transactions count no more, or wait for an answer.</param>
/// <param name="Other">The import that they are held against.</param>
/// <param name="Basis">Null for a question.</param>
public sealed record SameTransactions(Guid Import, Guid Other, DuplicateBasis? Basis, IReadOnlyList<TellingRun> Runs)
{
    /// <summary>What a transaction of the one import is held against; null when it is not among them.</summary>
    public Telling? Against(int transaction)
    {
        var (from, to) = (0, Runs.Count - 1);
        while (from <= to)
        {
            var (middle, run) = ((from + to) / 2, Runs[(from + to) / 2]);
            if (transaction < run.First)
                to = middle - 1;
            else if (transaction >= run.First + run.Count)
                from = middle + 1;
            else
                return new(Other, run.Other + transaction - run.First);
        }
        return null;
    }

    // A method, since events store no sums.
    public int Counted() => Runs.Sum(r => r.Count);

    /// <summary>Written as runs, since files mostly tell in the same order:
    /// a year's statement after its advices is a few hundred.</summary>
    /// <param name="pairs">The place is which of several that a transaction may be.</param>
    public static IReadOnlyList<SameTransactions> Of(IEnumerable<(Telling It, Telling Other, DuplicateBasis? Basis, int Place)> pairs) =>
    [
        .. pairs.GroupBy(p => (p.It.Import, Other: p.Other.Import, p.Basis, p.Place)).OrderBy(p => p.Key.Place)
        .Select(same => new SameTransactions(
            same.Key.Import, same.Key.Other, same.Key.Basis,
            TellingRun.Of(same.OrderBy(p => p.It.Transaction).Select(p => (p.It.Transaction, p.Other.Transaction)))))
    ];
}

/// <summary>Transactions that follow each other in both files.</summary>
/// <param name="First">Number of the first in the one file.</param>
/// <param name="Other">Number of the first in the other.</param>
public sealed record TellingRun(int First, int Other, int Count)
{
    internal static IReadOnlyList<TellingRun> Of(IEnumerable<(int It, int Other)> pairs)
    {
        var runs = new List<TellingRun>();
        foreach (var (it, other) in pairs)
            if (runs is [.., var last] && it == last.First + last.Count && other == last.Other + last.Count)
                runs[^1] = last with { Count = last.Count + 1 };
            else
                runs.Add(new(it, other, 1));
        return runs;
    }
}

/// <summary>Says that a transaction is the one that it was held against: it counts there.</summary>
/// <param name="As">What it was held against, and <paramref name="Other"/> as its file has it.</param>
public sealed record RecogniseTransaction(Guid Import, BankTransaction Transaction, Telling As, BankTransaction Other)
    : GrantCommand(Act.RecogniseTransaction)
{
    public override Subject Subject => new(Id: Import, Number: Transaction.Number);
}

/// <summary>Says that a transaction is another than the one that it was taken for, or might have been: it waits for somebody.</summary>
public sealed record DistinguishTransaction(Guid Import, int Transaction)
    : GrantCommand(Act.DistinguishTransaction)
{
    public override Subject Subject => new(Id: Import, Number: Transaction);
}

/// <summary>A person has said that two transactions are one payment.</summary>
/// <param name="Transaction">The one that counts no more.</param>
/// <param name="As">The one that stands for both.</param>
public sealed record TransactionRecognised(Guid Import, int Transaction, Telling As) : GrantEvent;

/// <summary>A person has said that a transaction is a payment of its own.</summary>
public sealed record TransactionDistinguished(Guid Import, int Transaction) : GrantEvent;

/// <summary>What a person has said of a transaction.</summary>
/// <param name="As">The one that it is; null when it is a payment of its own.</param>
public sealed record SaidOfTransaction(Telling? As, PersonId By);
