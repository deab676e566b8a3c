using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MrAgreement.Web.SignIn;

/// <summary>
/// Sessions as kept records. One is looked up at every request, from memory when it was read within half a minute: what is ended here
/// is ended at once, elsewhere within that time, and where much hangs on it it is read again.
/// </summary>
/// <param name="machine">The machine's clock, also where the domain's is simulated.</param>
/// <param name="settings">Null for the demo, whose sessions no provider has vouched for.</param>
public sealed class Sessions(IKeptRecords kept, IClock machine, SignInSettings? settings = null)
{
    const string Kind = "sessions";

    // Of those that were used within half a minute; more are read again.
    const int MostRemembered = 10_000;

    /// <summary>How long what was read is trusted.</summary>
    public static readonly Duration Trusted = Duration.FromSeconds(30);

    /// <summary>How often it is written that a session is used.</summary>
    public static readonly Duration SeenEvery = Duration.FromMinutes(15);

    /// <summary>How long after it has run out somebody still goes on with a form.</summary>
    public static readonly Duration MayBeLate = Duration.FromDays(1);

    static readonly Duration sweptEvery = Duration.FromHours(1);

    // Null for one that was ended here: whoever has read it just before must not bring it back.
    readonly ConcurrentDictionary<string, (Session? Session, Instant Read)> known = new();
    Instant swept = Instant.MinValue;

    SessionLength Length => settings?.Sessions ?? new();

    /// <summary>Begins one; answers its key, which the cookie holds.</summary>
    public async Task<string> Begin(PersonId person, Vouched? vouched, string? from, string? browser,
        CancellationToken cancellation = default)
    {
        var now = machine.GetCurrentInstant();
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var session = new Session(Guid.NewGuid(), person, DigestOf(secret), now, now, vouched, from, browser);
        await kept.Put(Record(session, KeptRecord.New), now, cancellation);
        if (now - swept > sweptEvery)
        {
            swept = now;
            await kept.Sweep(Kind, now, cancellation);
        }
        return $"{KeyOf(person, session.Id)}/{secret}";
    }

    /// <summary>The session that a cookie holds the key of; null when there is none, or not any more.</summary>
    /// <param name="afresh">Whether it is read again, as it may have been ended elsewhere just now.</param>
    public async ValueTask<Session?> Find(string key, bool afresh = false, CancellationToken cancellation = default)
    {
        var now = machine.GetCurrentInstant();
        if (Split(key) is not var (place, digest))
            return null;
        var session = !afresh && known.TryGetValue(place, out var it) && (it.Session is null || now - it.Read < Trusted)
            ? it.Session
            : await Read(place, now, cancellation);
        return session is not null && IsOf(session, digest) && now < session.Until(Length) && IsBelieved(session) ? session : null;
    }

    /// <summary>Whether a session ran out by itself, and within a day: somebody signs in again and goes on.</summary>
    public async Task<bool> HasJustRunOut(string key, CancellationToken cancellation = default)
    {
        var now = machine.GetCurrentInstant();
        return Split(key) is var (place, digest) && await kept.Find(Kind, place, now, cancellation) is { } record
            && record.Understood(Of) is { } session && IsOf(session, digest) && session.Until(Length) <= now;
    }

    /// <summary>A person's sessions, the latest first.</summary>
    public async Task<IReadOnlyList<Session>> List(PersonId person, CancellationToken cancellation = default)
    {
        var now = machine.GetCurrentInstant();
        return [.. (await kept.Range(Kind, $"{person}/", now, cancellation)).Understood(Of)
            .Where(s => now < s.Until(Length) && IsBelieved(s)).OrderByDescending(s => s.Created)];
    }

    /// <summary>Ends one of a person's sessions; false when there is none such.</summary>
    public async Task<bool> End(PersonId person, Guid id, CancellationToken cancellation = default)
    {
        var (key, now) = (KeyOf(person, id), machine.GetCurrentInstant());
        known[key] = (null, now);
        var was = await kept.Find(Kind, key, now, cancellation) is not null;
        await kept.Delete(Kind, key, null, cancellation);
        return was;
    }

    /// <summary>Ends all of a person's sessions.</summary>
    public async Task EndAll(PersonId person, CancellationToken cancellation = default)
    {
        foreach (var session in await kept.Range(Kind, $"{person}/", machine.GetCurrentInstant(), cancellation))
            if (session.Understood(Of) is { } it)
                await End(person, it.Id, cancellation);
            // What nobody can read lets nobody in, and goes too.
            else
                await kept.Delete(Kind, session.Key, null, cancellation);
    }

    /// <summary>Ends what a provider has ended: one session of its own, or all that it has vouched for somebody.</summary>
    public async Task<IReadOnlyList<Session>> EndVouched(string issuer, string? subject, string? session,
        CancellationToken cancellation = default)
    {
        var ended = (await kept.Range(Kind, "", machine.GetCurrentInstant(), cancellation)).Understood(Of)
            .Where(s => s.Vouched is { } it && it.Issuer == issuer && (session is null || it.Session == session)
                && (subject is null || it.Subject == subject)).ToList();
        foreach (var each in ended)
            await End(each.Person, each.Id, cancellation);
        return ended;
    }

    async Task<Session?> Read(string place, Instant now, CancellationToken cancellation)
    {
        if (await kept.Find(Kind, place, now, cancellation) is not { } record)
        {
            known.TryRemove(place, out _);
            return null;
        }
        if (record.Understood(Of) is not { } session)
            return null;
        if (now - session.LastSeen >= SeenEvery && now < session.Until(Length))
        {
            session = session with { LastSeen = now };
            // Whoever wrote meanwhile has said the same, or ended it.
            if (await kept.Put(Record(session, record.ETag), now, cancellation) is null
                && await kept.Find(Kind, place, now, cancellation) is null)
                return null;
        }
        if (known.Count >= MostRemembered)
            known.Clear();
        return known.AddOrUpdate(place, (session, now), (_, before) => before.Session is null ? before : (session, now)).Session;
    }

    // The demo's people and real ones never meet, also when they come to the same data one after the other.
    bool IsBelieved(Session session) =>
        settings is null ? session.Vouched is null : settings.Of(session.Vouched?.Issuer) is not null;

    KeptRecord Record(Session session, string? tag) => new(Kind, KeyOf(session.Person, session.Id),
        JsonSerializer.SerializeToUtf8Bytes(session, Json.Options), tag, session.Until(Length) + MayBeLate);

    static Session Of(KeptRecord record) => JsonSerializer.Deserialize<Session>(record.Data.Span, Json.Options)!;

    static string KeyOf(PersonId person, Guid id) => $"{person}/{id:N}";

    static (string Place, string Digest)? Split(string key) =>
        key.LastIndexOf('/') is > 0 and var at ? (key[..at], DigestOf(key[(at + 1)..])) : null;

    static bool IsOf(Session session, string digest) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(session.Digest), Encoding.ASCII.GetBytes(digest));

    static string DigestOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}
