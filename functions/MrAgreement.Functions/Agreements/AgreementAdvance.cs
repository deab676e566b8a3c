using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using MrAgreement.Agreements;
using MrAgreement.Functions.Messages;
using MrAgreement.Functions.Webhooks;
using MrAgreement.Running;
using MrAgreement.Storage.Azure;
using MrAgreement.Web.Log;

namespace MrAgreement.Functions.Agreements;

/// <summary>Runs what is due in an agreement, brings its rows in the overviews up to date, has its mail delivered, and tells how long to
/// sleep.</summary>
/// <param name="logs">The logs without pokes: what the lifecycle itself appends it need not hear of.</param>
/// <param name="mail">Null where no mail is sent.</param>
/// <param name="webhooks">Null where no other system is told.</param>
public sealed class AgreementAdvance(UnpokedLogs logs, KeptOverviews overviews, IClock clock, MailRounds? mail = null,
    WebhookRounds? webhooks = null)
{
    public const string Name = "advance";

    // Against a clock that is behind the timers': it would look again and again until it had caught up.
    static readonly Duration shortest = Duration.FromSeconds(10);

    readonly Dossiers dossiers = new(logs.Store, Guid.CreateVersion7, freshSalt: FreshSalt.Draw);

    [Function(Name)]
    public async Task<Sleep> Run([ActivityTrigger] string poke, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var heard = Poke.Parse(poke);
        using var span = Instruments.Continue("Poke", heard.Trace);
        var now = clock.GetCurrentInstant();
        var advanced = await dossiers.Advance(heard.Agreement, now, cancellation);
        if (advanced.Dossier is not { } dossier)
            return new("none", null, Ended: true);
        // Of reminders they show nothing. Whatever else has moved is seen to by its own look, by whoever asks, and every night.
        if (!advanced.OnlyReminded)
            await overviews.Show(dossier, cancellation);
        var status = dossier.Agreement.Status;
        var next = Lifecycle.NextWakeUp(dossier, settled: true);
        var mailed = mail is null ? null : await mail.Tell(client, dossier, cancellation);
        var told = webhooks is null ? null : await webhooks.Tell(client, cancellation);
        var until = new[] { next, mailed, told }.Min();
        // A terminated agreement still has deadlines, until it is closed.
        return new(Json.NameOf(status), until is { } at ? Instant.Max(at, now + shortest).ToDateTimeUtc() : null,
            Ended: status == AgreementStatus.Closed && mailed is null && told is null)
        {
            For = next is { } wakeUp && wakeUp == until ? SleptFor.Of(dossier.Agreement, wakeUp) : null
        };
    }
}

/// <summary>The logs as they are, for whoever is the one that a poke would wake.</summary>
public sealed record UnpokedLogs(IEventStore Store);
