
namespace MrAgreement.People;

/// <summary>What the log of security events tells of.</summary>
public enum SecurityEvent
{
    SignedIn,
    SignInRefused,
    SignedOut,
    SessionEnded,
    SteppedUp,
    Limited,
    PersonAdded,
    PersonChanged,
    PartyAdded,
    PartyChanged,
    Invited,
    InvitationWithdrawn,
    CameIn,
    Denied,

    /// <summary>Before an act that much hangs on.</summary>
    StepUpAsked,

    /// <summary>An auditor or an administrator took a file away: an extract, a letter or a document.</summary>
    FileTaken,

    /// <summary>A package for an archive was taken away, by whomever.</summary>
    PackageTaken,

    /// <summary>A confidential document was read.</summary>
    ConfidentialRead,

    /// <summary>A party's periods by kind of document were changed.</summary>
    RetentionChanged,

    /// <summary>From then on another system is told what somebody sees.</summary>
    WebhookMade,
    WebhookSecretRenewed,
    WebhookRevoked,

    /// <summary>Somebody got a secret address, of a feed or a calendar; an earlier one stopped working.</summary>
    AddressMade,
    AddressRevoked
}

/// <summary>Something that concerns who may come in and do what; kept apart from the agreements' logs.</summary>
/// <param name="By">Who did it; null when nobody is known.</param>
/// <param name="About">Whom or what: the id of a person, of an invitation
/// or of a session, the key of a party, or an address of ours.</param>
/// <param name="From">The network address that it came from; null when there was none.</param>
/// <param name="Detail">What was changed, or why it was refused: slugs, roles and party keys, never names.</param>
public sealed record SecurityEntry(Instant At, SecurityEvent Event, PersonId? By, string? About = null, string? From = null,
    string? Detail = null);
