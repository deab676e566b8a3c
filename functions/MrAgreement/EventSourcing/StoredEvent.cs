namespace MrAgreement.EventSourcing;

/// <summary>One row of an agreement's log: the envelope, and the event itself as JSON.</summary>
/// <param name="Sequence">Place in the agreement's one sequence, from 1 without gaps.</param>
/// <param name="At">Recorded time, in whole milliseconds; never before that of the row before.</param>
/// <param name="Actor">Who did it; <see cref="PersonId.System"/> for a timer.</param>
/// <param name="Type">The event's stored name, as listed beside its stream.</param>
/// <param name="Data">The event as UTF-8 JSON, with what was erased of it replaced; null when the payload is gone.</param>
/// <param name="Digest">SHA-256 of the payload as it was recorded, with its salt before it; kept when content is erased.</param>
/// <param name="Hash">The chain so far: SHA-256 over the previous row's hash, the envelope and the digest.</param>
public sealed record StoredEvent(long Sequence, Instant At, PersonId Actor, string Type, byte[]? Data, Sha256 Digest, Sha256 Hash)
{
    /// <summary>Given wherever the whole payload is, and nowhere else; null in rows of earlier versions (docs/decisions/0052). Another one
    /// once content was erased: of the first there is nothing left.</summary>
    public Salt? Salt { get; init; }
}
