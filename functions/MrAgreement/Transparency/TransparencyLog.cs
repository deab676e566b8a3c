namespace MrAgreement.Transparency;

/// <summary>All checkpoints, folded: the tree, and which of its leaves are of which log.</summary>
public sealed class TransparencyLog
{
    readonly MerkleTree tree = new();
    readonly List<Leaf> leaves = [];
    readonly List<Checkpoint> checkpoints = [];
    readonly Dictionary<AgreementId, List<int>> places = [];

    /// <summary>In order; the first is number 1.</summary>
    public IReadOnlyList<Checkpoint> Checkpoints => checkpoints;

    public Checkpoint? Last => checkpoints is [.., var last] ? last : null;

    /// <summary>Those whose logs have a leaf.</summary>
    public IReadOnlyCollection<AgreementId> Agreements => places.Keys;

    /// <summary>The leaves of a log, in order.</summary>
    public IReadOnlyList<Leaf> Of(AgreementId agreement) =>
        places.TryGetValue(agreement, out var own) ? [.. own.Select(place => leaves[place])] : [];

    /// <summary>The last leaf of a log, or null.</summary>
    public LogTop? LastOf(AgreementId agreement) => places.TryGetValue(agreement, out var own) ? leaves[own[^1]].Top : null;

    /// <summary>The checkpoint that follows when these leaves come.</summary>
    public Checkpoint After(string origin, IReadOnlyList<Leaf> news)
    {
        var before = tree.Size;
        foreach (var leaf in news)
            tree.Add(leaf.Hash);
        var next = new Checkpoint(origin, tree.Size, tree.Root(tree.Size));
        tree.Shorten(before);
        return next;
    }

    /// <summary>Takes in the next checkpoint; false, and nothing taken in, when it does not go on from the one before.</summary>
    public bool Add(Checkpoint next, IReadOnlyList<Leaf> news)
    {
        if (news.Count == 0 || !After(Last?.Origin ?? next.Origin, news).IsOf(next))
            return false;
        foreach (var leaf in news)
        {
            if (!places.TryGetValue(leaf.Top.Agreement, out var own))
                places[leaf.Top.Agreement] = own = [];
            own.Add(leaves.Count);
            leaves.Add(leaf);
            tree.Add(leaf.Hash);
        }
        checkpoints.Add(next);
        return true;
    }

    /// <summary>The first checkpoint that holds a log as far as possible but not beyond a row, and what proves it; null when none
    /// does.</summary>
    public Inclusion? Holding(AgreementId agreement, long sequence)
    {
        if (!places.TryGetValue(agreement, out var own)
            || own.FindLastIndex(place => leaves[place].Top.Sequence <= sequence) is var at && at < 0)
            return null;
        var number = 1 + checkpoints.FindIndex(it => it.Size > own[at]);
        var checkpoint = checkpoints[number - 1];
        return new(number, checkpoint, leaves[own[at]], own[at], tree.Inclusion(own[at], checkpoint.Size));
    }

    /// <summary>The leaves of a log before the one that a checkpoint was shown to hold, each with what proves that this checkpoint holds it
    /// too: by them whoever kept an earlier one knows how far that held the log.</summary>
    public IReadOnlyList<Inclusion> Before(Inclusion held) =>
        [.. places[held.Leaf.Top.Agreement].TakeWhile(place => place < held.Index).Select(place =>
            new Inclusion(held.Number, held.Checkpoint, leaves[place], place, tree.Inclusion(place, held.Checkpoint.Size)))];

    /// <summary>What proves that a checkpoint goes on from each of so many before it.</summary>
    public IReadOnlyList<Consistency> Before(int number, int most)
    {
        var to = checkpoints[number - 1].Size;
        return [.. checkpoints.Take(number - 1).TakeLast(most).Select(it => new Consistency(it.Size, to, tree.Consistency(it.Size, to)))];
    }

    /// <summary>What proves that the checkpoint of one size goes on from that of another; null where there are no such.</summary>
    public Consistency? Between(long from, long to) =>
        from <= to && checkpoints.Exists(it => it.Size == from) && checkpoints.Exists(it => it.Size == to)
            ? new(from, to, tree.Consistency(from, to))
            : null;
}

/// <summary>What proves that the tree of one size begins with the tree of another.</summary>
public sealed record Consistency(long From, long To, IReadOnlyList<Sha256> Proof);

/// <summary>What proves that a checkpoint holds a log as it was then.</summary>
/// <param name="Number">Of the checkpoint.</param>
/// <param name="Index">Of the leaf, from 0.</param>
/// <param name="Proof">The hashes beside the leaf's way to the root, from the bottom up.</param>
public sealed record Inclusion(int Number, Checkpoint Checkpoint, Leaf Leaf, long Index, IReadOnlyList<Sha256> Proof);
