using System.Text.Json;
using MrAgreement.Access;
using MrAgreement.Transparency;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Packaging;

/// <summary>What proves in a package that the checkpoint beside it holds the log.</summary>
static class PackagedProof
{
    /// <param name="before">The log's earlier leaves.</param>
    /// <param name="passed">Seals of rows that are left out after the last.</param>
    /// <param name="sight">The leaf is made of the log's hash: who is not shown that is not shown what proves it either.</param>
    public static byte[] Write(Inclusion held, IReadOnlyList<Inclusion> before, IReadOnlyList<Sha256> passed, LogSight sight)
    {
        var top = held.Leaf.Top;
        var shown = sight.HashAt(top.Sequence, top.Hash);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            agreement = top.Agreement, checkpoint = held.Number, size = held.Checkpoint.Size, sequence = top.Sequence, passed,
            hash = shown, salt = shown is null ? (Salt?)null : held.Leaf.Salt, index = held.Index,
            proof = shown is null ? null : held.Proof,
            before = before.Where(it => sight.HashAt(it.Leaf.Top.Sequence, it.Leaf.Top.Hash) is not null).Select(it => new
            {
                sequence = it.Leaf.Top.Sequence, hash = it.Leaf.Top.Hash, salt = it.Leaf.Salt, index = it.Index, proof = it.Proof
            })
        }, ViewJson.Options);
    }
}
