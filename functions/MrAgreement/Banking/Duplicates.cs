namespace MrAgreement.Banking;

/// <summary>What other files tell of, and this one has told of.</summary>
sealed class Duplicates
{
    readonly Dictionary<TransactionIdentity, List<SeenTransaction>> others = [];
    readonly HashSet<TransactionIdentity> own = [];

    // By entry: whether its transactions were told of; and whether it was matched as a whole.
    readonly HashSet<string> detailed = [];
    readonly HashSet<string> matchedWhole = [];

    public Duplicates(IEnumerable<SeenTransaction> seen)
    {
        foreach (var it in seen)
        {
            if (others.TryGetValue(it.Identity, out var same))
                same.Add(it);
            else
                others.Add(it.Identity, [it]);
            AddEntry(it.Entry, it.IsWholeEntry, it.IsMatched);
        }
    }

    public Duplicate? Find(BankTransaction it, TransactionIdentity identity)
    {
        if (own.Contains(identity) || (others.TryGetValue(identity, out var tellings) && tellings.Exists(other => other.Stands(it.Told))))
            return new(identity.IsByContent ? DuplicateBasis.Content : DuplicateBasis.BankReference);
        var told = it.IsWholeEntry ? detailed : matchedWhole;
        return told.Count > 0 && TransactionIdentity.OfEntry(it) is { } entry && told.Contains(entry) ? new(DuplicateBasis.Entry) : null;
    }

    public void AddOwn(MatchedTransaction it)
    {
        own.Add(it.Identity);
        AddEntry(TransactionIdentity.OfEntry(it.Transaction), it.Transaction.IsWholeEntry, it.Outcome is Matched);
    }

    void AddEntry(string? entry, bool isWhole, bool isMatched)
    {
        if (entry is null)
            return;
        if (!isWhole)
            detailed.Add(entry);
        else if (isMatched)
            matchedWhole.Add(entry);
    }
}
