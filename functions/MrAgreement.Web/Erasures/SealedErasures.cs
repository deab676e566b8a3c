using System.Security.Cryptography;
using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Erasures;

namespace MrAgreement.Web.Erasures;

/// <summary>The list of erasures under the seal of this store: it lies outside the database, and whoever can write there must not be able
/// to have anything erased (docs/decisions/0092).</summary>
public sealed class SealedErasures(IErasureList list, IKeptRecords kept, IEventStore logs)
{
    const string Kind = "erasure-seal";
    const string KeyName = "key";

    // That there was none though something was listed; until nothing of that is left.
    const string LostName = "lost";

    // What was listed before there was a key; its digest stands for the seal that it lacks.
    const string Before = "before/";

    const int KeyLength = 32;

    byte[]? key;

    /// <summary>What was listed, and what somebody else put there, which is not to be carried out.</summary>
    public async Task<ErasureLists> List(CancellationToken cancellation)
    {
        var sealing = await Key(cancellation);
        var all = await list.List(cancellation);
        var before = (await kept.Range(Kind, Before, Instant.MinValue, cancellation)).Select(it => it.Key).ToHashSet();
        var ours = all.ToLookup(it => it.Seal is { } seal && seal == Seal(it, sealing) || before.Contains(NameBefore(it)));
        var isLost = await kept.Find(Kind, LostName, Instant.MinValue, cancellation) is not null;
        if (isLost && !ours[false].Any())
        {
            await kept.Delete(Kind, LostName, null, cancellation);
            isLost = false;
        }
        return new([.. ours[true]], [.. ours[false]], isLost);
    }

    /// <summary>Lists one durably, under the seal.</summary>
    public async Task Add(ListedErasure it, CancellationToken cancellation) =>
        await list.Add(it with { Seal = Seal(it, await Key(cancellation)) }, cancellation);

    // Made once and with the first look at the list: at the start, before anybody is answered. Of what stands there then nobody knows who
    // put it there: what a log says too is taken for ours, and nothing else.
    async Task<byte[]> Key(CancellationToken cancellation)
    {
        if (key is not null)
            return key;
        if (await Kept(cancellation) is { } there)
            return key = there;
        var isLost = false;
        foreach (var of in (await list.List(cancellation)).GroupBy(it => it.Agreement))
        {
            var told = await Told(of.Key, cancellation);
            foreach (var it in of)
                if (told.Contains(it with { Seal = null }))
                    await kept.Put(new(Kind, NameBefore(it), default), Instant.MinValue, cancellation);
                else
                    isLost = true;
        }
        if (isLost)
            await kept.Put(new(Kind, LostName, default), Instant.MinValue, cancellation);
        var drawn = RandomNumberGenerator.GetBytes(KeyLength);
        await kept.Delete(Kind, KeyName, null, cancellation);
        await kept.Put(new(Kind, KeyName, drawn, KeptRecord.New), Instant.MinValue, cancellation);
        // Another host may have been the first.
        return key = await Kept(cancellation) ?? throw new StoreBusyException();
    }

    // What is there by its name and is none is as good as lost.
    async Task<byte[]?> Kept(CancellationToken cancellation) =>
        await kept.Find(Kind, KeyName, Instant.MinValue, cancellation) is { Data.Length: KeyLength } there ? there.Data.ToArray() : null;

    // What a log says was erased there.
    async Task<HashSet<ListedErasure>> Told(AgreementId agreement, CancellationToken cancellation)
    {
        var rows = (await logs.Examine(agreement, 0, cancellation)).Rows.Select(row => row.Event).OfType<StoredEvent>().ToList();
        var told = new HashSet<ListedErasure>();
        foreach (var row in rows.Where(row => row is { Type: ErasedRows.Type, Data: not null }))
            try
            {
                if (EventJson.Read(row.Type, row.Data!) is ContentErased erased && rows.Find(it => it.Sequence == erased.Row) is { } of)
                    told.Add(ListedErasure.Of(agreement, erased, of.Hash));
            }
            catch (Exception e) when (e is UnknownEventException || UnreadableRowException.Is(e))
            {
                // Whoever looks through the log tells that.
            }
        return told;
    }

    static string Seal(ListedErasure it, byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Bytes(it)));

    static string NameBefore(ListedErasure it) => $"{Before}{Sha256.Of(Bytes(it))}";

    // For ever in this order: a seal of long ago must be right.
    static byte[] Bytes(ListedErasure it) => JsonSerializer.SerializeToUtf8Bytes<object?[]>([it.Agreement.Value, it.Row, $"{it.Hash}",
        $"{it.Ground}", it.Reference, it.AskedBy.Value, it.ApprovedBy.Value, it.Party, it.Document, it.Own]);
}

/// <param name="Ours">What was listed under the seal, and what a log says too.</param>
/// <param name="Others">What is not to be carried out.</param>
/// <param name="SealLost">Whether the seal's key was not there any more, and some of what was listed under it can't be told from what
/// somebody else put there.</param>
public sealed record ErasureLists(IReadOnlyList<ListedErasure> Ours, IReadOnlyList<ListedErasure> Others, bool SealLost);
