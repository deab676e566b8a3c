using System.Collections.Frozen;
using System.Text.Json;
using MrAgreement.Calendars;
using MrAgreement.Messages;

namespace MrAgreement.Running;

/// <summary>How what is kept of mail is read. What no program has written throws: whoever reads it takes it for not there, and
/// <see cref="KeptExamination"/> names it (docs/decisions/0095).</summary>
static class KeptMail
{
    public const string Cursors = "mail-cursors";
    public const string Tries = "mail-attempts";
    public const string Choices = "mail-choices";
    public const string Waitings = "mail-waiting";
    public const string Digests = "mail-digests";
    public const string Sent = "mail-sent";
    public const string Came = "mail-bounced";

    /// <summary>Name of a setting: up to where the mailbox was read.</summary>
    public const string Mark = "bounces-read";

    static readonly FrozenDictionary<string, Func<KeptRecord, object>> all = new Dictionary<string, Func<KeptRecord, object>>
    {
        [Cursors] = CursorIn, [Tries] = it => AttemptsIn(it), [Choices] = ChoiceIn, [Waitings] = WaitingIn, [Digests] = DigestIn,
        [Sent] = SentIn, [Came] = it => CameIn(it)
    }.ToFrozenDictionary();

    /// <summary>Reads a record as whoever needs it does; passes over other kinds.</summary>
    public static void Read(KeptRecord it) => _ = all.GetValueOrDefault(it.Kind)?.Invoke(it);

    public static ToldRows CursorIn(KeptRecord it) => In<ToldRows>(it) is { From: >= 0 } told && told.To >= told.From
        && $"{AgreementId.Parse(it.Key, null)}" == it.Key ? told : throw Strange(it);

    public static (AgreementId Agreement, Attempts Attempts) AttemptsIn(KeptRecord it) =>
        Known(In<Attempts>(it)) is { Message.Party: not null } tries && AgreementOf(it) is var id
        && it.Key == KeyOf(id, tries.Message, tries.Person) ? (id, tries) : throw Strange(it);

    // Days that there are not can't be chosen.
    public static MailChoice ChoiceIn(KeptRecord it) =>
        In<MailChoice>(it) is var choice && (choice.Quiet is not { } quiet
            || quiet.To >= quiet.From && !DateRange.Faults(("", quiet.From), ("", quiet.To)).Any())
                ? choice : throw Strange(it);

    public static Waiting WaitingIn(KeptRecord it) =>
        In<Waiting>(it) is var waits && it.Key == NameOf(waits.Agreement, waits.Message, waits.Person) ? waits : throw Strange(it);

    public static Digest DigestIn(KeptRecord it) => In<Digest>(it) is var digest && digest.Holds.All(name => name.Length > 0)
        && digest.Overtaken?.All(name => name.Length > 0) != false && Known(digest.Tries).Person.Value is { Length: > 0 }
            ? digest : throw Strange(it);

    public static SentMail SentIn(KeptRecord it) => In<SentMail>(it) is { To.Length: > 0 } sent
        && sent.About.All(each => each is { Person.Value.Length: > 0, Message.Party.Length: > 0 }) ? sent : throw Strange(it);

    public static (AgreementId Agreement, Attempts Attempts) CameIn(KeptRecord it) => (AgreementOf(it), Known(In<Attempts>(it)));

    public static MailboxMark MarkIn(KeptRecord it) => In<MailboxMark>(it);

    /// <summary>Under which the tries of a message to somebody are kept: all of an agreement stand together.</summary>
    public static string KeyOf(AgreementId id, MessageKey key, PersonId person) =>
        $"{id}/{key.Of}/{Json.NameOf(key.Reason)}/{key.Party}/{Json.NameOf(key.Role)}/{person.Value}";

    /// <summary>Under which a message waits for a morning: all of one person stand together.</summary>
    public static string NameOf(AgreementId id, MessageKey key, PersonId person) =>
        $"{person.Value}/{id}/{key.Of}/{Json.NameOf(key.Reason)}/{key.Party}/{Json.NameOf(key.Role)}";

    public static byte[] Bytes<T>(T it) => JsonSerializer.SerializeToUtf8Bytes(it, Json.Options);

    static AgreementId AgreementOf(KeptRecord it) => AgreementId.Parse(it.Key.Split('/')[0], null);

    // Instants that there are not throw.
    static Attempts Known(Attempts it) =>
        it is { Server: not null, Reply: not null, Tries: >= 0 } && it.First <= it.First && it.Next <= it.Next ? it
            : throw new InvalidDataException("No tries.");

    static T In<T>(KeptRecord it) where T : class =>
        JsonSerializer.Deserialize<T>(it.Data.Span, Json.Options) ?? throw Strange(it);

    static InvalidDataException Strange(KeptRecord it) => new($"Nothing of ours: {it.Kind} {it.Key}");
}

/// <summary>What was in a mail.</summary>
/// <param name="To">Of the address, by which a report is known to be of the same recipient.</param>
sealed record SentMail(string To, IReadOnlyList<MailedMessage> About);
