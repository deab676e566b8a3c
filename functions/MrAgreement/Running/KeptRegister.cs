using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MrAgreement.People;

namespace MrAgreement.Running;

/// <summary>
/// The register of people and parties as kept records, held in memory: whoever asks for it gets what was read at most so long ago, and
/// what this host has changed at once.
/// </summary>
public sealed class KeptRegister(IKeptRecords kept, IClock machine) : IDisposable
{
    const string People = "people";
    const string Parties = "parties";
    const string Identities = "identities";

    /// <summary>How long what was read is trusted.</summary>
    public static readonly Duration Trusted = Duration.FromSeconds(30);

    readonly SemaphoreSlim turn = new(1);
    volatile Reading last = new(PeopleRegister.Empty, FrozenDictionary<string, string>.Empty, Instant.MinValue);

    sealed record Reading(PeopleRegister Register, FrozenDictionary<string, string> Tags, Instant At);

    /// <summary>As it was last read; empty before that.</summary>
    public PeopleRegister Now => last.Register;

    /// <summary>What a change of the record must name; null where there is none.</summary>
    public string? Tag(PersonId id) => last.Tags.GetValueOrDefault(id.Value);

    public string? Tag(string party) => last.Tags.GetValueOrDefault(party);

    /// <summary>Reads it again when it was last read too long ago.</summary>
    public async Task<PeopleRegister> Read(CancellationToken cancellation = default) =>
        machine.GetCurrentInstant() - last.At < Trusted ? last.Register : await ReadAfresh(cancellation);

    /// <summary>Reads it again.</summary>
    public async Task<PeopleRegister> ReadAfresh(CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var at = machine.GetCurrentInstant();
            var (people, parties) = (await kept.Range(People, "", at, cancellation), await kept.Range(Parties, "", at, cancellation));
            last = new(new([.. people.Understood(Read<RegisteredPerson>)], [.. parties.Understood(Read<RegisteredParty>)]),
                people.Concat(parties).DistinctBy(r => r.Key).ToFrozenDictionary(r => r.Key, r => r.ETag!), at);
            return last.Register;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Keeps a person as told; false when the record is not as it should have been, and nothing was written.</summary>
    /// <param name="tag">What it must be now; <see cref="KeptRecord.New"/> when there must be none.</param>
    public Task<bool> Put(RegisteredPerson person, string tag, CancellationToken cancellation = default) =>
        Put(People, person.Id.Value, person, tag, cancellation);

    public Task<bool> Put(RegisteredParty party, string tag, CancellationToken cancellation = default) =>
        Put(Parties, party.Key, party, tag, cancellation);

    /// <summary>Makes an identity somebody's for ever; answers whose it is, which may be somebody's before.</summary>
    public async Task<PersonId> Claim(Identity identity, PersonId by, CancellationToken cancellation = default)
    {
        var (key, at) = (KeyOf(identity), machine.GetCurrentInstant());
        return await kept.Put(new(Identities, key, Encoding.UTF8.GetBytes(by.Value), KeptRecord.New), at, cancellation) is null
            && await kept.Find(Identities, key, at, cancellation) is { } claimed ? new(Encoding.UTF8.GetString(claimed.Data.Span)) : by;
    }

    /// <summary>Gives back what was claimed for somebody who did not come in after all.</summary>
    public async Task Release(Identity identity, PersonId by, CancellationToken cancellation = default)
    {
        var (key, at) = (KeyOf(identity), machine.GetCurrentInstant());
        if (await kept.Find(Identities, key, at, cancellation) is { } claimed && Encoding.UTF8.GetString(claimed.Data.Span) == by.Value)
            await kept.Delete(Identities, key, claimed.ETag, cancellation);
    }

    public void Dispose() => turn.Dispose();

    async Task<bool> Put<T>(string kind, string key, T value, string tag, CancellationToken cancellation)
    {
        var record = new KeptRecord(kind, key, JsonSerializer.SerializeToUtf8Bytes(value, Json.Options), tag);
        if (await kept.Put(record, machine.GetCurrentInstant(), cancellation) is null)
            return false;
        await ReadAfresh(cancellation);
        return true;
    }

    static T Read<T>(KeptRecord record) => JsonSerializer.Deserialize<T>(record.Data.Span, Json.Options)!;

    // Of any length and with any letters; nobody reads who it is from the key.
    static string KeyOf(Identity identity) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{identity.Issuer}\n{identity.Subject}")));
}
