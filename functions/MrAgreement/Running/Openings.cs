using System.Text.Json;
using MrAgreement.Messages;

namespace MrAgreement.Running;

/// <summary>When those who were told of something opened the page that the message leads to: kept records, since it is no act of theirs
/// (docs/decisions/0088). Of an obligation all that is about it is opened with its page.</summary>
/// <param name="machine">The real time, which bounds how long they are kept.</param>
public sealed class Openings(IKeptRecords kept, IClock machine)
{
    const string Kind = "mail-opened";

    const char Other = ':';

    // As the log of security events.
    static readonly Duration lasts = Duration.FromDays(730);

    /// <summary>Notes that somebody has opened a page. Writes when they have been told since of something that it shows, and otherwise
    /// nothing; a page waits for nobody who writes at the same time.</summary>
    /// <param name="page">Its path.</param>
    /// <param name="told">The messages to them that lead to it, or are about its obligation.</param>
    /// <param name="at">By the domain's clock, as the outcomes of messages are.</param>
    public async Task Note(AgreementId id, string page, IReadOnlySet<MessageKey> told, PersonId person, Instant at,
        CancellationToken cancellation = default)
    {
        if (told.Count == 0)
            return;
        var (key, now) = (KeyOf(id, page, person), machine.GetCurrentInstant());
        var record = await kept.Find(Kind, key, now, cancellation);
        IReadOnlyList<OpenedMessage> known = record?.Understood(Read) ?? [];
        if (told.Except(known.Select(opened => opened.Message)).ToList() is { Count: > 0 } news)
            await kept.Put(new(Kind, key, JsonSerializer.SerializeToUtf8Bytes(
                known.Concat(news.Select(message => new OpenedMessage(message, at))), Json.Options), record?.ETag ?? KeptRecord.New,
                now + lasts), now, cancellation);
    }

    /// <summary>Who has opened a page that a message leads to after it, and when for the first time.</summary>
    public async Task<ILookup<MessageKey, Opening>> Of(AgreementId id, CancellationToken cancellation = default) =>
        (await kept.Range(Kind, $"{id}/", machine.GetCurrentInstant(), cancellation))
            .Understood(record => Read(record).ConvertAll(it => (it.Message, Opening: new Opening(PersonOf(record), it.At))))
            .SelectMany(it => it).GroupBy(it => (it.Message, it.Opening.By)).Select(same => same.MinBy(it => it.Opening.At))
            .ToLookup(it => it.Message, it => it.Opening);

    /// <summary>All that one person has opened.</summary>
    public async Task<IReadOnlyList<(AgreementId Agreement, OpenedMessage It)>> By(PersonId person,
        CancellationToken cancellation = default) =>
        [.. (await kept.Range(Kind, "", machine.GetCurrentInstant(), cancellation))
            .Understood(record => PersonOf(record) != person ? []
                : Read(record).ConvertAll(it => (AgreementId.Parse(record.Key.Split('/')[0], null), it))).SelectMany(it => it)];

    /// <summary>Clears away what has been kept for long enough.</summary>
    public Task Sweep(CancellationToken cancellation = default) => kept.Sweep(Kind, machine.GetCurrentInstant(), cancellation);

    /// <summary>Key of the obligation whose page it is; null for other pages.</summary>
    public static string? ObligationOf(AgreementId id, string page) =>
        page.Split('/') is ["", "agreements", var agreement, "obligations", var key] && agreement == $"{id}" ? key : null;

    // No key of an obligation begins so.
    static string KeyOf(AgreementId id, string page, PersonId person) =>
        $"{id}/{ObligationOf(id, page) ?? $"{Other}{page[$"/agreements/{id}".Length..].Replace('/', Other)}"}/{person.Value}";

    static PersonId PersonOf(KeptRecord it) => new(it.Key.Split('/', 3)[2]);

    static List<OpenedMessage> Read(KeptRecord it) => JsonSerializer.Deserialize<List<OpenedMessage>>(it.Data.Span, Json.Options)!;
}

/// <param name="At">When the page was opened first after it.</param>
public sealed record OpenedMessage(MessageKey Message, Instant At);

/// <param name="By">Who opened the page.</param>
public sealed record Opening(PersonId By, Instant At);
