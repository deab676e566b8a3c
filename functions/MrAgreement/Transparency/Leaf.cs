using System.Buffers.Binary;

namespace MrAgreement.Transparency;

/// <summary>A leaf of the tree: where a log ended when a checkpoint was made.</summary>
/// <param name="Salt">Drawn for the leaf: of a hash beside somebody else's proof nothing can be guessed.</param>
public readonly record struct Leaf(LogTop Top, Salt Salt)
{
    public Sha256 Hash
    {
        get
        {
            Span<byte> all = stackalloc byte[16 + sizeof(long) + 32 + EventSourcing.Salt.Length];
            Top.Agreement.Value.TryWriteBytes(all, bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(all[16..], Top.Sequence);
            Top.Hash.CopyTo(all[24..]);
            Salt.CopyTo(all[56..]);
            return MerkleTree.HashOf(all);
        }
    }
}
