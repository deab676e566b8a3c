using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.People;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Webhooks;

/// <summary>
/// Tells each subscription what has happened since it was told last, in order. However often it is broken off, it goes on where it was: an
/// event whose taking was not written down is told again, under the same id.
/// </summary>
public sealed partial class WebhookDelivery(KeptWebhooks kept, ChangeReading changes, WebhookSender sender, IPeople people,
    WebhookSettings settings, NearStore near, ILogger<WebhookDelivery> log)
{
    // Where every look is paid for.
    static readonly Duration between = Duration.FromMinutes(1);

    (Instant At, IReadOnlyList<LostReceiver> Found)? lost;

    const int AtOnce = 20;

    // Whoever stops does not wait for a receiver that hangs.
    static readonly TimeSpan grace = TimeSpan.FromSeconds(2);

    /// <summary>The person as they are now, in the role that the subscription is for; null when they have it no more.</summary>
    public Person? OwnerOf(Webhook it) => people.Find(it.Person)
        .FirstOrDefault(person => (person.Party, person.Role) == (it.Party, it.Role) && WebhookDesk.May(person));

    /// <summary>Tells what there is to tell. Answers when to come again; null when all is told, or nothing more is.</summary>
    public async Task<Instant?> Deliver(Guid id, CancellationToken stopping)
    {
        if (await kept.Find(id, stopping) is not { } it || await kept.ProgressOf(id, stopping) is not var (now, tag)
            || now.Ended is not null)
            return null;
        if (Latest(now.Next, now.LeasedUntil) is { } notBefore && notBefore > Machine)
            return notBefore;
        if (await Lease() is false)
            return Machine + settings.Lease;
        using var giveUp = new CancellationTokenSource();
        using var stopped = stopping.Register(() => giveUp.CancelAfter(grace));
        while (true)
        {
            await people.Refresh(stopping);
            if (OwnerOf(it) is not { } owner)
                return await End(WebhookEnd.NotAllowed);
            var page = await changes.Since(now.Place, owner.Actor, AtOnce, stopping);
            foreach (var change in page.Changes)
            {
                // What is left is told by whoever goes on.
                if (stopping.IsCancellationRequested)
                {
                    await Release();
                    return null;
                }
                // The person may have been shut out since.
                if (OwnerOf(it) is null)
                    return await End(WebhookEnd.NotAllowed);
                if (await Tell(it, change, giveUp.Token) is { IsTaken: false } said)
                    return said.End is { } end ? await End(end) : await PutOff(said.Failure!.Value);
                now = now with { Place = change.Place, Tries = 0, FailingSince = null, Next = null, Failure = null, TakenAt = Machine };
                // The subscription may be gone, or begin elsewhere.
                if (!await Lease())
                    return null;
            }
            now = now with { Place = page.Next };
            if (!page.More || stopping.IsCancellationRequested)
                break;
            if (page.Changes.Count > 0)
                it = await kept.Find(id, stopping) ?? it;
        }
        await Release();
        return null;

        async Task<bool> Lease() => await Write(now with { LeasedUntil = Machine + settings.Lease });

        Task<bool> Release() => Write(now with { LeasedUntil = null });

        async Task<bool> Write(WebhookProgress next)
        {
            if (await kept.Put(id, next, tag, CancellationToken.None) is not { } written)
                return false;
            (now, tag) = (next, written);
            return true;
        }

        async Task<Instant?> End(WebhookEnd why)
        {
            now = now with { Ended = why, EndedAt = Machine };
            if (why is WebhookEnd.GivenUp or WebhookEnd.SecretLost)
                GivenUp(log, id, Host(it), Json.NameOf(why));
            await Release();
            return null;
        }

        async Task<Instant?> PutOff(WebhookFailure why)
        {
            var since = now.FailingSince ?? Machine;
            if (Machine - since >= settings.Patience)
            {
                now = now with { Failure = why, FailingSince = since };
                return await End(WebhookEnd.GivenUp);
            }
            var wait = Duration.Min(settings.LongestWait, settings.FirstWait * (1 << Math.Min(now.Tries, 16)));
            now = now with { Tries = now.Tries + 1, FailingSince = since, Next = Machine + wait, Failure = why };
            await Release();
            return now.Next;
        }
    }

    /// <summary>What was given up and is somebody's still, for whoever looks after the host: whose, and at which host. Nothing secret: what
    /// follows the host in an address may be.</summary>
    public async Task<IReadOnlyList<LostReceiver>> Lost(CancellationToken cancellation = default)
    {
        if (lost is { } last && !near.IsNear && Machine - last.At < between)
            return last.Found;
        var at = Machine;
        IReadOnlyList<LostReceiver> found = [.. (await kept.GivenUp(at, cancellation)).Where(each => OwnerOf(each.It) is not null)
            .Select(each => new LostReceiver(each.It.Person, each.It.Party, Host(each.It), each.Progress.Ended!.Value,
                each.Progress.Failure, each.Progress.FailingSince, each.Progress.EndedAt))];
        lost = (at, found);
        return found;
    }

    static string Host(Webhook it) => Uri.TryCreate(it.Address, UriKind.Absolute, out var address) ? address.IdnHost : "";

    /// <summary>Every subscription that may have something to be told.</summary>
    public async Task<IReadOnlyList<Guid>> Waiting(CancellationToken cancellation = default) =>
        [.. (await Going(cancellation)).Select(it => it.Id)];

    /// <summary>Those of them that have not been told as far as the feed goes.</summary>
    public async Task<IReadOnlyList<Guid>> Behind(CancellationToken cancellation = default)
    {
        if (await Going(cancellation) is not { Count: > 0 } going)
            return [];
        var end = await changes.End(cancellation);
        return [.. going.Where(it => it.Place != end).Select(it => it.Id)];
    }

    async Task<IReadOnlyList<(Guid Id, ChangePlace Place)>> Going(CancellationToken cancellation)
    {
        var going = new List<(Guid, ChangePlace)>();
        foreach (var it in await kept.All(cancellation: cancellation))
            if (await kept.ProgressOf(it.Id, cancellation) is ({ Ended: null } progress, _))
                going.Add((it.Id, progress.Place));
        return going;
    }

    async Task<Said> Tell(Webhook it, Change change, CancellationToken giveUp)
    {
        try
        {
            var (failure, isGone) = await sender.Send(it, change, Machine, giveUp);
            return new(failure, isGone ? WebhookEnd.Gone : null);
        }
        catch (CryptographicException)
        {
            return new(null, WebhookEnd.SecretLost);
        }
    }

    // Receivers live in the real time, whatever the domain's clock says.
    static Instant Machine => SystemClock.Instance.GetCurrentInstant();

    static Instant? Latest(Instant? one, Instant? other) => one is { } a && other is { } b ? Instant.Max(a, b) : one ?? other;

    [LoggerMessage(EventName = "WebhookGivenUp", Level = LogLevel.Error,
        Message = "The webhook {Webhook} to {Host} is told nothing more: {Why}. Its owner can begin it again.")]
    static partial void GivenUp(ILogger logger, Guid webhook, string host, string why);

    /// <summary>What became of a try.</summary>
    sealed record Said(WebhookFailure? Failure, WebhookEnd? End)
    {
        public bool IsTaken => this is { Failure: null, End: null };
    }
}

/// <summary>A receiver that is told nothing more, though its owner wants it to be.</summary>
/// <param name="Owner">Whose the webhook is.</param>
/// <param name="Party">Key of the party that they act for; empty for none.</param>
/// <param name="Host">The host in its address.</param>
/// <param name="Since">When it was first tried in vain; null where it was not tried.</param>
/// <param name="At">When it was given up; null where that was not kept.</param>
public sealed record LostReceiver(PersonId Owner, string Party, string Host, WebhookEnd Ended, WebhookFailure? Failure, Instant? Since,
    Instant? At);
