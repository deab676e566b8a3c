using System.Collections.Frozen;

namespace MrAgreement.Banking;

/// <summary>The references that a file gives a transaction, as keys; what banks write for want of one is none.</summary>
sealed class BankReferences
{
    // Letters and digits only.
    static readonly FrozenSet<string> placeholders = new[]
    {
        "NONREF", "NONEREF", "NOREF", "NOREFERENCE", "NOTPROVIDED", "NOTAVAILABLE", "NOTKNOWN", "NOTSPECIFIED", "UNKNOWN", "UNSPECIFIED",
        "NONE", "NULL", "NIL", "NA", "EMPTY", "DEFAULT",
        "SAKNAS", "REFERENSSAKNAS", "UPPGIFTSAKNAS", "EJANGIVEN", "EJANGIVET", "INGEN", "INGENREFERENS", "OKAND", "BLANK"
    }.ToFrozenSet();

    // Kinds that tell which payment it is come first; the rest tells what it pays, which several payments may.
    const int Bank = 0, Entry = 1, EndToEnd = 2, Transaction = 3, Unique = 4, Instruction = 5, Document = 6, Creditor = 7;

    readonly (int Kind, string Key)[] all;

    /// <param name="isCommon">Whether a reference stands on so many entries of its file that it tells nothing of any.</param>
    public BankReferences(BankTransaction it, Func<string, bool> isCommon)
    {
        var found = new List<(int Kind, string Key)>(4);
        Add(Bank, it.BankReference == it.EntryReference ? null : it.BankReference);
        Add(Entry, it.EntryReference);
        Add(EndToEnd, it.EndToEndId);
        Add(Transaction, it.TransactionId);
        Add(Unique, it.UniqueId);
        Add(Instruction, it.InstructionId);
        foreach (var number in it.Documents)
            Add(Document, number);
        foreach (var reference in it.PaymentReferences)
            Add(Creditor, reference);
        all = [.. found];
        Keys = Array.Exists(all, r => r.Kind == Entry) ? [.. found.Select(r => (r.Kind == Entry ? Bank : r.Kind, r.Key)).Distinct()] : all;
        foreach (var (kind, _) in all)
            Given |= 1 << kind;

        void Add(int kind, string? reference)
        {
            if (reference is null || BankText.Key(reference) is not { Length: > 0 } key || IsPlaceholder(key)
                || (kind <= Entry && isCommon(reference)))
                return;
            found.Add((kind, key));
        }
    }

    /// <summary>The kinds that it has: two that share none can't contradict each other.</summary>
    public int Given { get; }

    /// <summary>What others that may be the same have too; the bank's reference
    /// is one, whether it stands on the entry or on the transaction.</summary>
    public IReadOnlyList<(int Kind, string Key)> Keys { get; }

    /// <summary>The bank's reference to the entry; null where it has none.</summary>
    public string? OfEntry => Array.Find(all, r => r.Kind == Entry).Key;

    /// <summary>Whether a reference is written for want of one, and shared by payments that have nothing else in common.</summary>
    public static bool IsPlaceholder(string? reference) =>
        BankText.Key(reference) is var key
            && (key.Length == 0 || placeholders.Contains(key) || key.AsSpan().Trim('0').IsEmpty || key.AsSpan().Trim('X').IsEmpty);

    /// <summary>What the references of two say: by which they are the same; null for nothing, or that they contradict each other.</summary>
    public (bool Contradict, DuplicateBasis? Same) With(BankReferences other)
    {
        DuplicateBasis? same = null;
        var both = Given & other.Given;
        if (Has(other, Bank, Bank))
            (same, both) = (DuplicateBasis.BankReference, both & ~(1 << Bank) & ~(1 << Entry));
        else if ((both & 1 << Bank) == 0 && (Has(other, Entry, Entry) || Has(other, Bank, Entry) || Has(other, Entry, Bank)))
            (same, both) = (DuplicateBasis.BankReference, both & ~(1 << Entry));
        for (var kind = Bank; kind <= Creditor; kind++)
        {
            if ((both & 1 << kind) == 0)
                continue;
            // What the payer wrote is cut and moved about: it makes two only of what has nothing in common.
            if (!Has(other, kind, kind) && (kind is not (Instruction or Document) || same is null))
                return (true, null);
            if (kind is EndToEnd or Transaction or Unique)
                same ??= DuplicateBasis.PaymentReference;
        }
        return (false, same);
    }

    bool Has(BankReferences other, int kind, int otherKind)
    {
        foreach (var mine in all)
            if (mine.Kind == kind)
                foreach (var its in other.all)
                    if (its.Kind == otherKind && its.Key == mine.Key)
                        return true;
        return false;
    }
}
