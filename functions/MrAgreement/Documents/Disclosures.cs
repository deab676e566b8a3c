using MrAgreement.Parties;

namespace MrAgreement.Documents;

/// <summary>What became of a request for documents.</summary>
public enum DisclosureOutcome
{
    Whole,

    /// <summary>With something left out, masked, or not given.</summary>
    Part,
    Refused
}

/// <summary>A party has given documents out, or refused to. Source: tryckfrihetsförordningen 2 kap. 15–17 §§, OSL (2009:400) 6 kap.
/// </summary>
/// <param name="Number">Of the disclosure, from 1 within the agreement.</param>
/// <param name="Party">Key of the party that was asked; nobody else is told to whom.</param>
/// <param name="To">Who asked, as far as that is known: nobody need say so.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="Reference">Number of the decision; null where there is none.</param>
/// <param name="Ground">Why it was refused, or given in part only.</param>
public sealed record DisclosureRecorded(int Number, string Party, LocalDate On, string To, DisclosureOutcome Outcome,
    IReadOnlyList<DisclosedDocument> Documents, string DecidedBy, string? Reference, string? Ground) : DocumentEvent;

/// <summary>What was recorded of a disclosure was wrong; it stays on record.</summary>
/// <param name="Number">Of the disclosure.</param>
public sealed record DisclosureWithdrawn(int Number, string Party, string Reason) : DocumentEvent;

/// <summary>Takes back a record of one's own party that was wrong.</summary>
public sealed record WithdrawDisclosure(int Number, string Reason) : Command(Act.WithdrawDisclosure)
{
    public override Subject Subject => Number;
}

/// <summary>A document that was asked for.</summary>
/// <param name="Version">That was given, or refused.</param>
/// <param name="Masked">The masked copy that was given in its place; null where it was given whole, or not at all.</param>
public sealed record DisclosedDocument(Guid Document, int Version, DocumentVersion? Masked = null);

/// <summary>Records that documents were given out, or that it was refused.</summary>
public sealed record RecordDisclosure(LocalDate On, string To, DisclosureOutcome Outcome, IReadOnlyList<WantedDocument> Documents,
    string DecidedBy, string? Reference = null, string? Ground = null) : Command(Act.RecordDisclosure);

/// <param name="Masked">The masked copy that was given in its place, if one was.</param>
public sealed record WantedDocument(Guid Document, Guid? Masked = null);

/// <summary>A disclosure as it was recorded.</summary>
public sealed record Disclosure(DisclosureRecorded Recorded, PersonId By, Instant At)
{
    /// <summary>Null while it stands.</summary>
    public DisclosureWithdrawn? Withdrawn { get; init; }

    public PersonId? WithdrawnBy { get; init; }

    public Instant? WithdrawnAt { get; init; }
}
