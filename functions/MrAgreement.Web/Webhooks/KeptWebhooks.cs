using System.Text.Json;

namespace MrAgreement.Web.Webhooks;

/// <summary>Subscriptions among the kept records, each with how far it has been told in a record beside it.</summary>
public sealed class KeptWebhooks(IKeptRecords kept)
{
    const string Kind = "webhooks";
    const string Told = "webhook-progress";

    // As long as mail that was given up is shown.
    static readonly Duration toldFor = Duration.FromDays(90);

    /// <summary>All of them, or one person's, oldest first.</summary>
    public async Task<IReadOnlyList<Webhook>> All(PersonId? person = null, CancellationToken cancellation = default) =>
        [.. (await kept.Range(Kind, "", Instant.MinValue, cancellation)).Understood(Read<Webhook>)
            .Where(it => person is null || it.Person == person).OrderBy(it => it.MadeAt).ThenBy(it => it.Id)];

    /// <summary>Those that were given up within the last months, or whose secret is lost, and that nobody has begun again.</summary>
    public async Task<IReadOnlyList<(Webhook It, WebhookProgress Progress)>> GivenUp(Instant now, CancellationToken cancellation = default)
    {
        List<(Webhook, WebhookProgress)> found = [];
        foreach (var record in await kept.Range(Told, "", Instant.MinValue, cancellation))
            if (record.Understood(Read<WebhookProgress>) is { Ended: WebhookEnd.GivenUp or WebhookEnd.SecretLost } progress
                && !(progress.EndedAt < now - toldFor)
                && Guid.TryParse(record.Key, out var id) && await Find(id, cancellation) is { } it)
                found.Add((it, progress));
        return found;
    }

    public async Task<Webhook?> Find(Guid id, CancellationToken cancellation = default) =>
        await kept.Find(Kind, $"{id}", Instant.MinValue, cancellation) is { } record
            ? record.Understood(Read<Webhook>)
            : null;

    /// <summary>Where it begins is written first: one without it would be told everything.</summary>
    public async Task Make(Webhook it, WebhookProgress from, CancellationToken cancellation = default)
    {
        await Put(it.Id, from, null, cancellation);
        await Put(it, cancellation);
    }

    public Task Put(Webhook it, CancellationToken cancellation = default) =>
        kept.Put(new(Kind, $"{it.Id}", JsonSerializer.SerializeToUtf8Bytes(it, Json.Options)), Instant.MinValue, cancellation);

    public async Task Delete(Guid id, CancellationToken cancellation = default)
    {
        await kept.Delete(Kind, $"{id}", null, cancellation);
        await kept.Delete(Told, $"{id}", null, cancellation);
    }

    public async Task<(WebhookProgress Progress, string ETag)?> ProgressOf(Guid id, CancellationToken cancellation = default) =>
        await kept.Find(Told, $"{id}", Instant.MinValue, cancellation) is { } record
            && record.Understood(Read<WebhookProgress>) is { } progress ? (progress, record.ETag!) : null;

    /// <summary>Answers its tag; null when somebody else has written it meanwhile.</summary>
    /// <param name="etag">As it was; null for whatever it is.</param>
    public Task<string?> Put(Guid id, WebhookProgress progress, string? etag, CancellationToken cancellation = default) => kept.Put(
        new(Told, $"{id}", JsonSerializer.SerializeToUtf8Bytes(progress, Json.Options), etag), Instant.MinValue, cancellation);

    static T Read<T>(KeptRecord record) => JsonSerializer.Deserialize<T>(record.Data.Span, Json.Options)!;
}
