namespace MrAgreement.Banking;

/// <summary>What was told of before, in earlier files and earlier in this one.</summary>
sealed class Duplicates
{
    readonly HashSet<TransactionIdentity> identities = [];

    // By entry: whether its transactions were told of; and whether it was matched as a whole.
    readonly HashSet<string> detailed = [];
    readonly HashSet<string> matchedWhole = [];

    public Duplicates(IEnumerable<SeenTransaction> seen)
    {
        foreach (var it in seen)
            Add(it);
    }

    public Duplicate? Find(BankTransaction it, TransactionIdentity identity)
    {
        if (identities.Contains(identity))
            return new(identity.IsByContent ? DuplicateBasis.Content : DuplicateBasis.BankReference);
        var told = it.IsWholeEntry ? detailed : matchedWhole;
        return told.Count > 0 && TransactionIdentity.OfEntry(it) is { } entry && told.Contains(entry) ? new(DuplicateBasis.Entry) : null;
    }

    public void Add(SeenTransaction it)
    {
        identities.Add(it.Identity);
        if (it.Entry is not { } entry)
            return;
        if (!it.IsWholeEntry)
            detailed.Add(entry);
        else if (it.IsMatched)
            matchedWhole.Add(entry);
    }
}
