using MrAgreement.Messages;
using MrAgreement.Running;

namespace MrAgreement.Web.Messages;

/// <summary>Gives each mail the last checkpoint of the logs to take along, so that people everywhere hold what nobody can change in their
/// stead (docs/security.md).</summary>
public sealed class CheckpointedPostbox(IPostbox postbox, Checkpoints checkpoints) : IPostbox
{
    // They are made every night: the mail of a morning asks for it once.
    static readonly Duration fresh = Duration.FromMinutes(1);

    Known? last;

    public string Server => postbox.Server;

    public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default) =>
        await postbox.HandOver(await Last(cancellation) is { } checkpoint ? MailTexts.WithCheckpoint(mail, checkpoint) : mail,
            cancellation);

    // A mail waits for no checkpoint.
    async Task<string?> Last(CancellationToken cancellation)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        if (last is { } known && now - known.At < fresh)
            return known.Text;
        try
        {
            return (last = new(now, await checkpoints.Ask(log => log.Last?.Text, cancellation))).Text;
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreBusyException or IOException)
        {
            return null;
        }
    }

    sealed record Known(Instant At, string? Text);
}
