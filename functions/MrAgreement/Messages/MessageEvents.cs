using MrAgreement.Parties;

namespace MrAgreement.Messages;

/// <summary>Why somebody hears of what happened; stored by name.</summary>
public enum MessageReason
{
    /// <summary>Something falls due.</summary>
    Reminder,

    /// <summary>It is overdue.</summary>
    Late,

    /// <summary>Something delivered waits for their review.</summary>
    Review,

    /// <summary>The reviewer was reminded of what they have delivered.</summary>
    Reviewer,

    /// <summary>It is their turn now.</summary>
    Turn,

    /// <summary>The other party has decided something that concerns them.</summary>
    Decided,

    /// <summary>A day was set or moved.</summary>
    Moved,

    /// <summary>The agreement is closed.</summary>
    Closed
}

/// <summary>By what a message is known for ever: no event is told twice for the same reason to the same role of a party.</summary>
/// <param name="Of">Sequence of the event that it is about.</param>
/// <param name="Party">Key of the party whose people hear of it.</param>
public readonly record struct MessageKey(long Of, MessageReason Reason, string Party, Role Role);

/// <summary>What has become of a message: there is at most one of a kind for each; of what came back, one for each person.</summary>
/// <param name="Obligation">Key of the obligation that it is about; null for none.</param>
public abstract record MessageEvent(long Of, MessageReason Reason, string Party, Role Role, IReadOnlyList<PersonId> To, string? Obligation)
    : Event
{
    /// <summary>Of which message.</summary>
    public MessageKey ToKey() => new(Of, Reason, Party, Role);
}

/// <summary>A mail server has taken it for each of these people; or it was laid where a demo's mail is looked at.</summary>
/// <param name="Server">Which one: a host, or <see cref="Folder"/>.</param>
public sealed record MessageHandedOver(long Of, MessageReason Reason, string Party, Role Role, IReadOnlyList<PersonId> To, string Server,
    string? Obligation = null) : MessageEvent(Of, Reason, Party, Role, To, Obligation)
{
    /// <summary>What stands for a server where there is only a folder.</summary>
    public const string Folder = "folder";
}

/// <summary>It reaches these people no more; nobody when there was nobody to tell.</summary>
public sealed record MessageGivenUp(long Of, MessageReason Reason, string Party, Role Role, IReadOnlyList<PersonId> To, MessageFailure Why,
    string? Obligation = null) : MessageEvent(Of, Reason, Party, Role, To, Obligation);

/// <summary>A server had taken it, and has reported since that it did not reach this person.</summary>
/// <param name="Status">As the server reports it, such as <c>5.1.1</c>. Source: RFC 3463.</param>
public sealed record MessageBounced(long Of, MessageReason Reason, string Party, Role Role, IReadOnlyList<PersonId> To, string Status,
    string? Obligation = null) : MessageEvent(Of, Reason, Party, Role, To, Obligation);

/// <summary>Why a message was given up; stored by name.</summary>
public enum MessageFailure
{
    /// <summary>Nobody has the role, nor sees to the party's people.</summary>
    Nobody,

    /// <summary>The server does not take it for that address.</summary>
    Refused,

    /// <summary>It was put off for too long.</summary>
    TimedOut,

    /// <summary>Before it could go, what it would have said was no longer so. That is nobody's loss.</summary>
    Overtaken
}
