using MrAgreement.Messages;
using MrAgreement.Running;

namespace MrAgreement.Web.Messages;

/// <summary>Gives each mail the last checkpoint of the logs to take along, so that people everywhere hold what nobody can change in their
/// stead (docs/security.md).</summary>
public sealed class CheckpointedPostbox(IPostbox postbox, Checkpoints checkpoints) : IPostbox
{
    public string Server => postbox.Server;

    public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default) =>
        await postbox.HandOver(await Last(cancellation) is { } checkpoint ? MailTexts.WithCheckpoint(mail, checkpoint) : mail,
            cancellation);

    // A mail waits for no checkpoint.
    async Task<string?> Last(CancellationToken cancellation)
    {
        try
        {
            return await checkpoints.Ask(log => log.Last?.Text, cancellation);
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreBusyException or IOException)
        {
            return null;
        }
    }
}
