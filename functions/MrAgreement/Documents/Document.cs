using System.Collections.Immutable;

namespace MrAgreement.Documents;

/// <summary>A document and its versions.</summary>
/// <param name="Party">Key of the party whose it is.</param>
/// <param name="RegisteredOn">The day in Stockholm.</param>
public sealed record Document(
    Guid Id, int Number, string Title, string Kind, string Party, LocalDate RegisteredOn, LocalDate? ReceivedOn, bool Confidential,
    string? LegalGround,
    ImmutableList<RegisteredVersion> Versions, long Touched)
{
    /// <summary>Null while it stands.</summary>
    public DocumentWithdrawn? Withdrawn { get; init; }

    /// <summary>Whether it was erased with its bytes: nothing can be done with it any more.</summary>
    public bool IsErased { get; init; }

    public PersonId? WithdrawnBy { get; init; }

    public Instant? WithdrawnAt { get; init; }

    /// <summary>The document of which it is the masked copy; null for what is none.</summary>
    public Guid? CopyOf { get; init; }

    /// <summary>From whom it came in, as people wrote it; null for what the party has drawn up, and for what nobody has said it of.
    /// </summary>
    public string? From { get; init; }

    /// <summary>The day the party drew it up, when that is another than the day it was registered.</summary>
    public LocalDate? DrawnUpOn { get; init; }

    /// <summary>Whether it came in from outside the agreement.</summary>
    public bool IsIncoming => From is not null || ReceivedOn is not null;

    /// <summary>The day it came in or was drawn up.</summary>
    public LocalDate On => ReceivedOn ?? DrawnUpOn ?? RegisteredOn;

    public Instant RegisteredAt => Versions[0].At;

    /// <summary>Every marking of secrecy that was ever made on it, by number.</summary>
    public ImmutableList<SecrecyMarking> Markings { get; init; } = [];

    /// <summary>A party's marking as it stands; null when there is none.</summary>
    public SecrecyMarking? MarkingOf(string party) => Markings.Find(it => it.Marked.Party == party && it.Removed is null);
}

public sealed record RegisteredVersion(int Number, DocumentFile File, PersonId By, Instant At);
