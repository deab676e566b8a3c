using MrAgreement.Transparency;

namespace MrAgreement.Tests.Transparency;

public class MerkleTreeTests
{
    // The leaves and roots by which implementations of Certificate Transparency (RFC 6962) are tested.
    static readonly string[] leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    static readonly string[] roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    ];

    static Sha256 Leaf(int number) => MerkleTree.HashOf(BitConverter.GetBytes(number));

    static MerkleTree Tree(int size)
    {
        var tree = new MerkleTree();
        for (var i = 0; i < size; i++)
            tree.Add(Leaf(i));
        return tree;
    }

    static IReadOnlyList<Sha256> Altered(IReadOnlyList<Sha256> proof, int at) => [.. proof.Select((hash, i) => i == at ? Sha256.Of(hash.ToArray()) : hash)];

    [Fact]
    public void Roots_are_those_of_RFC_6962()
    {
        var tree = new MerkleTree();
        foreach (var leaf in leaves)
            tree.Add(MerkleTree.HashOf(Convert.FromHexString(leaf)));
        Assert.Equal(roots, Enumerable.Range(0, roots.Length).Select(size => tree.Root(size).ToString()));
    }

    [Fact]
    public void Every_leaf_is_proved_in_every_tree_and_nothing_else_is()
    {
        var tree = Tree(40);
        for (var size = 1; size <= 40; size++)
            for (var index = 0; index < size; index++)
            {
                var (proof, root) = (tree.Inclusion(index, size), tree.Root(size));
                Assert.True(MerkleProof.Includes(Leaf(index), index, size, proof, root), $"{index} in {size}");
                Assert.False(MerkleProof.Includes(Leaf(index + 1), index, size, proof, root));
                Assert.False(MerkleProof.Includes(Leaf(index), index + 1, size, proof, root));
                Assert.False(MerkleProof.Includes(Leaf(index), index, size, [.. proof, root], root));
                for (var at = 0; at < proof.Count; at++)
                    Assert.False(MerkleProof.Includes(Leaf(index), index, size, Altered(proof, at), root));
            }
    }

    [Fact]
    public void Every_tree_is_proved_to_go_on_from_every_smaller_one_and_from_no_other()
    {
        var (tree, other) = (Tree(40), Tree(0));
        for (var i = 0; i < 40; i++)
            other.Add(Leaf(i == 3 ? -1 : i));
        for (var to = 1; to <= 40; to++)
            for (var from = 1; from <= to; from++)
            {
                var proof = tree.Consistency(from, to);
                Assert.True(MerkleProof.IsConsistent(from, tree.Root(from), to, tree.Root(to), proof), $"{from} to {to}");
                if (from > 3)
                    Assert.False(MerkleProof.IsConsistent(from, other.Root(from), to, tree.Root(to), proof));
                if (to > 3)
                    Assert.False(MerkleProof.IsConsistent(from, tree.Root(from), to, other.Root(to), proof));
                for (var at = 0; at < proof.Count; at++)
                    Assert.False(MerkleProof.IsConsistent(from, tree.Root(from), to, tree.Root(to), Altered(proof, at)));
            }
    }

    [Fact]
    public void What_was_added_last_can_be_taken_back()
    {
        for (var size = 0; size < 20; size++)
        {
            var tree = Tree(20);
            tree.Shorten(size);
            Assert.Equal((size, Tree(size).Root(size)), (tree.Size, tree.Root(size)));
            for (var i = size; i < 20; i++)
                tree.Add(Leaf(i));
            Assert.Equal(Tree(20).Root(20), tree.Root(20));
        }
    }
}
