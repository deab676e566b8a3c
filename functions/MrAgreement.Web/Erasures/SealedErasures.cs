using System.Security.Cryptography;
using System.Text.Json;
using MrAgreement.Erasures;

namespace MrAgreement.Web.Erasures;

/// <summary>The list of erasures under the seal of this store: it lies outside the database, and whoever can write there must not be able
/// to have anything erased (docs/decisions/0092).</summary>
public sealed class SealedErasures(IErasureList list, IKeptRecords kept)
{
    const string Kind = "erasure-seal";
    const string KeyName = "key";

    // What was listed before there was a key; its digest stands for the seal that it lacks.
    const string Before = "before/";

    byte[]? key;

    /// <summary>What was listed, and what somebody else put there, which is not to be carried out.</summary>
    public async Task<(IReadOnlyList<ListedErasure> Ours, IReadOnlyList<ListedErasure> Others)> List(CancellationToken cancellation)
    {
        var sealing = await Key(cancellation);
        var all = await list.List(cancellation);
        var before = (await kept.Range(Kind, Before, Instant.MinValue, cancellation)).Select(it => it.Key).ToHashSet();
        var ours = all.ToLookup(it => it.Seal is { } seal && seal == Seal(it, sealing) || before.Contains(NameBefore(it)));
        return ([.. ours[true]], [.. ours[false]]);
    }

    /// <summary>Lists one durably, under the seal.</summary>
    public async Task Add(ListedErasure it, CancellationToken cancellation) =>
        await list.Add(it with { Seal = Seal(it, await Key(cancellation)) }, cancellation);

    // Made once and with the first look at the list: at the start, before anybody is answered. What stands there then is taken for ours.
    async Task<byte[]> Key(CancellationToken cancellation)
    {
        if (key is not null)
            return key;
        if (await kept.Find(Kind, KeyName, Instant.MinValue, cancellation) is { } there)
            return key = there.Data.ToArray();
        foreach (var it in await list.List(cancellation))
            await kept.Put(new(Kind, NameBefore(it), default), Instant.MinValue, cancellation);
        var drawn = RandomNumberGenerator.GetBytes(32);
        await kept.Put(new(Kind, KeyName, drawn, KeptRecord.New), Instant.MinValue, cancellation);
        // Another host may have been the first.
        return key = (await kept.Find(Kind, KeyName, Instant.MinValue, cancellation))!.Data.ToArray();
    }

    static string Seal(ListedErasure it, byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Told(it)));

    static string NameBefore(ListedErasure it) => $"{Before}{Sha256.Of(Told(it))}";

    // For ever in this order: a seal of long ago must be right.
    static byte[] Told(ListedErasure it) => JsonSerializer.SerializeToUtf8Bytes<object?[]>([it.Agreement.Value, it.Row, $"{it.Hash}",
        $"{it.Ground}", it.Reference, it.AskedBy.Value, it.ApprovedBy.Value, it.Party, it.Document, it.Own]);
}
