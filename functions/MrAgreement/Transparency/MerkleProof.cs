namespace MrAgreement.Transparency;

/// <summary>Whether proofs hold, by what whoever has no tree can reckon (RFC 9162 2.1.3.2 and 2.1.4.2).</summary>
public static class MerkleProof
{
    /// <summary>Whether a leaf is in the tree of that root and size.</summary>
    public static bool Includes(Sha256 leafHash, long index, long size, IReadOnlyList<Sha256> proof, Sha256 root)
    {
        if (index < 0 || index >= size)
            return false;
        var (node, last, hash) = (index, size - 1, leafHash);
        foreach (var beside in proof)
        {
            if (last == 0)
                return false;
            if (node % 2 == 1 || node == last)
            {
                hash = MerkleTree.Node(beside, hash);
                while (node % 2 == 0 && node != 0)
                    (node, last) = (node / 2, last / 2);
            }
            else
                hash = MerkleTree.Node(hash, beside);
            (node, last) = (node / 2, last / 2);
        }
        return last == 0 && hash == root;
    }

    /// <summary>Whether one tree begins with a smaller one.</summary>
    public static bool IsConsistent(long from, Sha256 fromRoot, long to, Sha256 toRoot, IReadOnlyList<Sha256> proof)
    {
        if (from == to)
            return proof.Count == 0 && fromRoot == toRoot;
        if (from == 0)
            return proof.Count == 0;
        if (from < 0 || from > to || proof.Count == 0)
            return false;
        IReadOnlyList<Sha256> path = long.IsPow2(from) ? [fromRoot, .. proof] : proof;
        var (node, last) = (from - 1, to - 1);
        while (node % 2 == 1)
            (node, last) = (node / 2, last / 2);
        var (early, late) = (path[0], path[0]);
        foreach (var beside in path.Skip(1))
        {
            if (last == 0)
                return false;
            if (node % 2 == 1 || node == last)
            {
                (early, late) = (MerkleTree.Node(beside, early), MerkleTree.Node(beside, late));
                while (node % 2 == 0 && node != 0)
                    (node, last) = (node / 2, last / 2);
            }
            else
                late = MerkleTree.Node(late, beside);
            (node, last) = (node / 2, last / 2);
        }
        return last == 0 && early == fromRoot && late == toRoot;
    }
}
