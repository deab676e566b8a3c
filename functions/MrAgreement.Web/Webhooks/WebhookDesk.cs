using System.Net.Sockets;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Feeds;

namespace MrAgreement.Web.Webhooks;

/// <summary>Subscriptions are made, changed and taken away here, for the API and the pages alike.</summary>
public sealed class WebhookDesk(KeptWebhooks kept, WebhookSender sender, ChangeReading changes, ChangeCursor cursor,
    WebhookSettings settings, IWebhookTeller teller, SecurityLog security)
{
    const int MostOfOne = 10;
    const int LongestAddress = 500;

    // Whoever receives may take up the new secret meanwhile.
    static readonly Duration overlap = Duration.FromDays(1);

    public static bool May(Person person) => Rights.MaySomewhere(person.Actor, Right.SubscribeToChanges);

    /// <summary>The person's own, oldest first.</summary>
    public async Task<IReadOnlyList<(Webhook It, WebhookProgress Progress)>> Of(PersonId person, CancellationToken cancellation)
    {
        var found = new List<(Webhook, WebhookProgress)>();
        foreach (var it in await kept.All(person, cancellation))
            if (await kept.ProgressOf(it.Id, cancellation) is var (progress, _))
                found.Add((it, progress));
        return found;
    }

    /// <summary>One of the person's own; null when there is none.</summary>
    public async Task<(Webhook It, WebhookProgress Progress)?> Find(PersonId person, Guid id, CancellationToken cancellation) =>
        await kept.Find(id, cancellation) is { } it && it.Person == person
            && await kept.ProgressOf(id, cancellation) is var (progress, _) ? (it, progress) : null;

    /// <summary>Makes one; answers its secret, which is told once.</summary>
    /// <param name="from">A cursor; null for from now on.</param>
    /// <param name="network">The address that the request came from.</param>
    public async Task<(Webhook? Made, string? Secret, Refused? Refused)> Make(Person person, Guid id, string address, string? from,
        string? network, CancellationToken cancellation)
    {
        if (!May(person))
            return (null, null, new("forbidden", RefusalKind.Forbidden, ("role", person.Role)));
        if (await Against(address, cancellation) is { } against)
            return (null, null, against);
        if (await PlaceOf(from, person.Actor, cancellation) is not { } place)
            return (null, null, new("malformed-cursor", RefusalKind.Invalid));
        if ((await kept.All(person.Id, cancellation)).Count >= MostOfOne)
            return (null, null, new("too-many-webhooks", ("max", MostOfOne)));
        var secret = WebhookSender.NewSecret();
        var made = new Webhook(id, person.Id, person.Party, person.Role, address, SystemClock.Instance.GetCurrentInstant(),
            sender.Seal(secret));
        // Before it is there: a way out that can't be told of is not made.
        await Tell(SecurityEvent.WebhookMade, made, network, cancellation);
        await kept.Make(made, new(place), cancellation);
        await teller.Begin(id, cancellation);
        return (made, secret, null);
    }

    /// <summary>Gives one a new secret; with the former what is told is signed for another day.</summary>
    public async Task<string> Renew(Webhook it, string? network, CancellationToken cancellation)
    {
        await Tell(SecurityEvent.WebhookSecretRenewed, it, network, cancellation);
        var secret = WebhookSender.NewSecret();
        await kept.Put(it with { Secret = sender.Seal(secret), Former = it.Secret,
            FormerUntil = SystemClock.Instance.GetCurrentInstant() + overlap }, cancellation);
        return secret;
    }

    /// <summary>Begins to tell from a place, also one that was given up.</summary>
    /// <param name="from">A cursor; null for where it stopped.</param>
    public async Task<(WebhookProgress? Progress, Refused? Refused)> Replay(Webhook it, WebhookProgress progress, string? from,
        CancellationToken cancellation)
    {
        if (progress.Ended == WebhookEnd.Gone)
            return (null, new("webhook-gone"));
        if ((from is null ? progress.Place : await PlaceOf(from, new(it.Person, it.Party, it.Role), cancellation)) is not { } place)
            return (null, new("malformed-cursor", RefusalKind.Invalid));
        var next = new WebhookProgress(place) { TakenAt = progress.TakenAt };
        // Whoever tells it now finds that it is another one, and stops.
        await kept.Put(it.Id, next, null, cancellation);
        await teller.Begin(it.Id, cancellation);
        return (next, null);
    }

    public async Task Delete(Webhook it, string? network, CancellationToken cancellation)
    {
        await kept.Delete(it.Id, cancellation);
        await Tell(SecurityEvent.WebhookRevoked, it, network, cancellation);
    }

    Task Tell(SecurityEvent happened, Webhook it, string? network, CancellationToken cancellation) =>
        security.Write(happened, it.Person, $"/webhooks/{it.Id}", network, null, cancellation);

    async Task<ChangePlace?> PlaceOf(string? from, Actor by, CancellationToken cancellation) =>
        from is null or ChangeCursor.Now ? await changes.End(cancellation) : cursor.Read(from, by);

    async Task<Refused?> Against(string address, CancellationToken cancellation)
    {
        if (address.Length > LongestAddress || !Uri.TryCreate(address, UriKind.Absolute, out var it) || it.UserInfo.Length > 0
            || it.Fragment.Length > 0 || it.Scheme != Uri.UriSchemeHttps && !(settings.Loopback && it.Scheme == Uri.UriSchemeHttp))
            return new("webhook-address", RefusalKind.Invalid, ("max", LongestAddress));
        try
        {
            return (await PublicNetwork.Resolve(it.IdnHost, settings.Loopback, cancellation)).Count > 0 ? null
                : new("webhook-private", RefusalKind.Invalid, ("name", it.IdnHost));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return new("webhook-unknown", RefusalKind.Invalid, ("name", it.IdnHost));
        }
    }
}

/// <summary>By which whoever delivers hears of a webhook that is new, or is to begin elsewhere.</summary>
public interface IWebhookTeller
{
    Task Begin(Guid webhook, CancellationToken cancellation);
}

/// <summary>By which whoever delivers in this process hears that there may be something to tell.</summary>
public sealed class WebhookHearing : IWebhookTeller
{
    int moved;

    public Task Begin(Guid webhook, CancellationToken cancellation)
    {
        Moved();
        return Task.CompletedTask;
    }

    public void Moved() => Interlocked.Exchange(ref moved, 1);

    /// <summary>Whether something has moved since this was asked last.</summary>
    public bool Take() => Interlocked.Exchange(ref moved, 0) == 1;
}
