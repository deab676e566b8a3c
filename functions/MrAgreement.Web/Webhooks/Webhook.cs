using MrAgreement.Parties;

namespace MrAgreement.Web.Webhooks;

/// <summary>That a system wants to be told of changes, as one person in one of their roles sees them.</summary>
/// <param name="Person">Whose it is.</param>
/// <param name="Party">Key of the party that they act for; empty for none.</param>
/// <param name="Address">Where it is told.</param>
/// <param name="Secret">By which what is told is signed, sealed with the hosts' keys.</param>
/// <param name="Former">The secret before, sealed likewise; null for none.</param>
/// <param name="FormerUntil">As long as what is told is signed by that one too.</param>
public sealed record Webhook(Guid Id, PersonId Person, string Party, Role Role, string Address, Instant MadeAt, string Secret,
    string? Former = null, Instant? FormerUntil = null);

/// <summary>How far a subscription has been told, and how that goes.</summary>
/// <param name="Place">After what was taken last.</param>
/// <param name="Tries">How often the next one was tried in vain.</param>
/// <param name="FailingSince">When it was first tried in vain; null when it goes.</param>
/// <param name="Next">Not before that it is tried again.</param>
/// <param name="Failure">What the last try came to.</param>
/// <param name="Ended">Why nothing more is told; null while it is.</param>
/// <param name="LeasedUntil">Until then a process tells it, and no other does.</param>
/// <param name="TakenAt">When something was taken last.</param>
/// <param name="EndedAt">Since when nothing more is told; null while it is, and in records from before it was kept.</param>
public sealed record WebhookProgress(ChangePlace Place, int Tries = 0, Instant? FailingSince = null, Instant? Next = null,
    WebhookFailure? Failure = null, WebhookEnd? Ended = null, Instant? LeasedUntil = null, Instant? TakenAt = null,
    Instant? EndedAt = null);

/// <summary>Why something could not be told.</summary>
public enum WebhookFailure
{
    /// <summary>Nobody listens there, or the name is unknown.</summary>
    Unreachable,

    /// <summary>It has no answer in time.</summary>
    TimedOut,

    /// <summary>It answers with something else than success.</summary>
    Refused,

    /// <summary>Its name leads to an address inside a network.</summary>
    Private
}

/// <summary>Why nothing more is told.</summary>
public enum WebhookEnd
{
    /// <summary>The receiver said that it is gone for good.</summary>
    Gone,

    /// <summary>It could not be told for three days.</summary>
    GivenUp,

    /// <summary>The person has the role no more, or may not any more.</summary>
    NotAllowed,

    /// <summary>The secret can't be unsealed: the hosts' keys are others.</summary>
    SecretLost
}

/// <summary>How webhooks are delivered.</summary>
/// <param name="Root">Where people reach the pages.</param>
public sealed record WebhookSettings(Uri Root)
{
    /// <summary>Whether addresses of this machine are allowed, without TLS too: for trying it out.</summary>
    public bool Loopback { get; init; }

    /// <summary>How long a receiver has for its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first wait within a delivery, of two.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For how long a delivery is put off first; twice as long each time.</summary>
    public Duration FirstWait { get; init; } = Duration.FromSeconds(15);

    public Duration LongestWait { get; init; } = Duration.FromHours(1);

    /// <summary>After so long it is given up.</summary>
    public Duration Patience { get; init; } = Duration.FromDays(3);

    /// <summary>Longer than a delivery may take with all its tries.</summary>
    public Duration Lease { get; init; } = Duration.FromMinutes(1);
}
