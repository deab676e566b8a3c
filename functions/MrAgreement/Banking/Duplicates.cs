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
            AddEntry(it);
        }
    }

    public Duplicate? Find(BankTransaction it, TransactionIdentity identity)
    {
        if (own.Contains(identity) || (others.TryGetValue(identity, out var tellings) && tellings.Exists(other => other.Stands(it.Told))))
            return new(identity.IsByContent ? DuplicateBasis.Content : DuplicateBasis.BankReference);
        var told = it.IsWholeEntry ? detailed : matchedWhole;
        return told.Count > 0 && TransactionIdentity.OfEntry(it) is { } entry && told.Contains(entry) ? new(DuplicateBasis.Entry) : null;
    }

    public void AddOwn(SeenTransaction it)
    {
        own.Add(it.Identity);
        AddEntry(it);
    }

    void AddEntry(SeenTransaction it)
    {
        if (it.Entry is not { } entry)
            return;
        if (!it.IsWholeEntry)
            detailed.Add(entry);
        else if (it.IsMatched)
            matchedWhole.Add(entry);
    }
}
