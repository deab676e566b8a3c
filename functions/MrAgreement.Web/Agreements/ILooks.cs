using MrAgreement.Agreements;
using MrAgreement.Running;

namespace MrAgreement.Web.Agreements;

/// <summary>When agreements' lifecycles were last run, as the host that wakes them knows it.</summary>
public interface ILooks
{
    /// <summary>The last look at an agreement; null when none is known of.</summary>
    Task<Look?> Last(Dossier it, CancellationToken cancellation = default);
}

/// <param name="At">By the domain's clock.</param>
/// <param name="PokeWaits">Whether something has happened since; null where what happens needs no look of its own.</param>
public sealed record Look(Instant At, bool? PokeWaits);

/// <summary>Of a host that looks for all that is due again and again: every agreement is looked at when that is.</summary>
public sealed class ClockworkLooks(Clockwork clockwork) : ILooks
{
    public Task<Look?> Last(Dossier it, CancellationToken cancellation = default) =>
        Task.FromResult(clockwork.LastLook is { } at ? new Look(at, null) : null);
}
