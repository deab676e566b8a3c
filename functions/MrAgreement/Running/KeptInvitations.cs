using System.Security.Cryptography;
using System.Text.Json;
using MrAgreement.People;

namespace MrAgreement.Running;

/// <summary>Invitations as kept records, by the digest of the secret in their link: nobody who reads what is kept can follow one.</summary>
/// <param name="drawSecret">At random, at least 128 bits, in letters that an address may have.</param>
public sealed class KeptInvitations(IKeptRecords kept, IClock machine, Func<string> drawSecret)
{
    const string Kind = "invitations";

    // Shown for a while after it ended, with what became of it.
    static readonly Duration shown = Duration.FromDays(60);

    /// <summary>Keeps an invitation; answers the secret of its link, which is told once.</summary>
    public async Task<string> Make(Invitation invitation, CancellationToken cancellation = default)
    {
        var secret = drawSecret();
        await kept.Put(Record(KeyOf(secret), invitation, KeptRecord.New), machine.GetCurrentInstant(), cancellation);
        await kept.Sweep(Kind, machine.GetCurrentInstant(), cancellation);
        return secret;
    }

    /// <summary>All of them, newest first.</summary>
    public async Task<IReadOnlyList<Invitation>> All(CancellationToken cancellation = default) =>
        [.. (await kept.Range(Kind, "", machine.GetCurrentInstant(), cancellation)).Understood(Read).OrderByDescending(i => i.At)];

    /// <summary>The invitation behind a link, used and ended ones too; null for no such link.</summary>
    public async Task<Invitation?> Find(string secret, CancellationToken cancellation = default) =>
        await kept.Find(Kind, KeyOf(secret), machine.GetCurrentInstant(), cancellation) is { } record
            ? record.Understood(Read)
            : null;

    /// <summary>Begins to use up a link; false when somebody has done so, or it has ended. Whoever is cut off begins anew.</summary>
    public async Task<bool> Use(string secret, PersonId by, CancellationToken cancellation = default)
    {
        var now = machine.GetCurrentInstant();
        return await kept.Find(Kind, KeyOf(secret), now, cancellation) is { } record && record.Understood(Read) is { } it && now < it.Until
            && (it.UsedBy == by && it.IsUnderWay || it.UsedBy is null && await kept.Put(
                Record(record.Key, it with { UsedBy = by, IsUnderWay = true }, record.ETag), now, cancellation) is not null);
    }

    /// <summary>The one who used it is in: from now on it leads nobody anywhere.</summary>
    public async Task Complete(string secret, CancellationToken cancellation = default)
    {
        var now = machine.GetCurrentInstant();
        if (await kept.Find(Kind, KeyOf(secret), now, cancellation) is { } record && record.Understood(Read) is { } it)
            await kept.Put(Record(record.Key, it with { IsUnderWay = false }, record.ETag), now, cancellation);
    }

    /// <summary>Takes an invitation back; false when there is none that can be.</summary>
    public async Task<bool> Withdraw(Guid id, CancellationToken cancellation = default)
    {
        var now = machine.GetCurrentInstant();
        foreach (var record in await kept.Range(Kind, "", now, cancellation))
            if (record.Understood(Read) is { UsedBy: null } it && it.Id == id)
                return await kept.Delete(Kind, record.Key, record.ETag, cancellation);
        return false;
    }

    static KeptRecord Record(string key, Invitation it, string? tag) =>
        new(Kind, key, JsonSerializer.SerializeToUtf8Bytes(it, Json.Options), tag, it.Until + shown);

    static Invitation Read(KeptRecord record) => JsonSerializer.Deserialize<Invitation>(record.Data.Span, Json.Options)!;

    static string KeyOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret)));
}
