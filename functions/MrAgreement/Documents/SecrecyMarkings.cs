using MrAgreement.Parties;

namespace MrAgreement.Documents;

/// <summary>A note on a document that it may hold what is secret. It says nothing of who may read it: that is judged anew whenever
/// somebody asks for it. Source: OSL (2009:400) 5 kap. 5 §.</summary>
/// <param name="Number">Of the marking, from 1 on the document.</param>
/// <param name="LegalGround">The provisions by which it may be secret.</param>
/// <param name="On">The day on which it was marked, in Stockholm.</param>
/// <param name="Party">Key of the party that has marked it.</param>
public sealed record SecrecyMarked(Guid Document, int Number, string LegalGround, LocalDate On, string Party) : DocumentEvent;

/// <summary>The marking holds no longer.</summary>
/// <param name="Number">Of the marking.</param>
public sealed record SecrecyMarkingRemoved(Guid Document, int Number, string Reason, string Party) : DocumentEvent;

/// <summary>Marks a document that one's own party has, whoever it came from.</summary>
public sealed record MarkSecrecy(Guid Document, string LegalGround) : Command(Act.MarkSecrecy)
{
    public override Subject Subject => Document;
}

/// <summary>Takes one's own party's marking away.</summary>
public sealed record RemoveSecrecyMarking(Guid Document, int Number, string Reason) : Command(Act.RemoveSecrecyMarking)
{
    public override Subject Subject => new(Number: Number, Id: Document);
}

/// <summary>A marking of secrecy, and what has become of it.</summary>
public sealed record SecrecyMarking(SecrecyMarked Marked, PersonId By, Instant At)
{
    /// <summary>Null while it stands.</summary>
    public SecrecyMarkingRemoved? Removed { get; init; }

    public PersonId? RemovedBy { get; init; }

    public Instant? RemovedAt { get; init; }
}
