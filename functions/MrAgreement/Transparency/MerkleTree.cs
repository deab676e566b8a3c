using System.Numerics;

namespace MrAgreement.Transparency;

/// <summary>A Merkle tree that only grows, hashed as RFC 6962 says: over the hashes of leaves in the order in which they came.</summary>
public sealed class MerkleTree
{
    const byte LeafMark = 0;
    const byte NodeMark = 1;

    // By height: of every full subtree the hash, from the left. What is not full is reckoned when it is asked for.
    readonly List<List<Sha256>> levels = [[]];

    public long Size => levels[0].Count;

    public static Sha256 HashOf(ReadOnlySpan<byte> leaf)
    {
        Span<byte> all = stackalloc byte[1 + leaf.Length];
        all[0] = LeafMark;
        leaf.CopyTo(all[1..]);
        return Sha256.Of(all);
    }

    public static Sha256 Node(Sha256 left, Sha256 right)
    {
        Span<byte> all = stackalloc byte[65];
        all[0] = NodeMark;
        left.CopyTo(all[1..]);
        right.CopyTo(all[33..]);
        return Sha256.Of(all);
    }

    public void Add(Sha256 leafHash)
    {
        levels[0].Add(leafHash);
        for (var height = 0; levels[height].Count % 2 == 0; height++)
        {
            if (height + 1 == levels.Count)
                levels.Add([]);
            levels[height + 1].Add(Node(levels[height][^2], levels[height][^1]));
        }
    }

    /// <summary>Takes back what was added last.</summary>
    public void Shorten(long size)
    {
        for (var height = 0; height < levels.Count; height++)
            if (levels[height].Count is var count && (int)(size >> height) is var left && left < count)
                levels[height].RemoveRange(left, count - left);
    }

    /// <summary>The root as it was when there were so many leaves.</summary>
    public Sha256 Root(long size) => size == 0 ? Sha256.Of([]) : Over(0, Within(size));

    /// <summary>What proves that a leaf is in the tree of that size: the hashes beside its way to the root, from the bottom up.</summary>
    public IReadOnlyList<Sha256> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Within(size));
        var (proof, begin, end) = (new List<Sha256>(), 0L, size);
        while (end - begin > 1)
        {
            var middle = begin + Split(end - begin);
            if (index < middle)
                (proof, end) = ([Over(middle, end), .. proof], middle);
            else
                (proof, begin) = ([Over(begin, middle), .. proof], middle);
        }
        return proof;
    }

    /// <summary>What proves that the tree of one size begins with the tree of a smaller one; nothing for none, and for the same.</summary>
    public IReadOnlyList<Sha256> Consistency(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, Within(to));
        var (proof, begin, end, whole) = (new List<Sha256>(), 0L, to, true);
        if (from == 0 || from == to)
            return [];
        while (from != end)
        {
            var middle = begin + Split(end - begin);
            if (from <= middle)
                (proof, end) = ([Over(middle, end), .. proof], middle);
            else
                (proof, begin, whole) = ([Over(begin, middle), .. proof], middle, false);
        }
        return whole ? proof : [Over(begin, end), .. proof];
    }

    long Within(long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size;
    }

    Sha256 Over(long begin, long end)
    {
        var size = end - begin;
        if (BitOperations.IsPow2(size) && begin % size == 0)
            return levels[BitOperations.Log2((ulong)size)][(int)(begin / size)];
        var middle = begin + Split(size);
        return Node(Over(begin, middle), Over(middle, end));
    }

    // The largest power of two below the size.
    static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
