using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>Records that the other side was told of recommendations of review bodies.</summary>
/// <param name="InformedOn">Today or earlier.</param>
/// <param name="How">In what way, and what was said.</param>
/// <param name="Documents">Ids of documents of one's own party; the newest versions count.</param>
public sealed record InformOfRecommendations(IReadOnlyList<int> Numbers, LocalDate InformedOn, string How, IReadOnlyList<Guid> Documents)
    : Command(Act.InformOfRecommendations), IWithDocuments
{
    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with { Documents = documents, Enclosed = [] };
}

/// <summary>The other side has received it.</summary>
public sealed record ReceiveInformation(int Number) : Command(Act.ReceiveInformation)
{
    public override Subject Subject => Number;
}

/// <summary>One side told the other of recommendations.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Numbers">Of the recommendations.</param>
/// <param name="Obligation">Key of the continuous obligation of which it is a performance, recorded with it; null for none.</param>
public sealed record RecommendationsInformed(
    int Number, IReadOnlyList<int> Numbers, LocalDate InformedOn, string How, IReadOnlyList<DocumentVersion> Documents, string Party,
    string? Obligation = null) : WorkEvent(Party);

/// <summary>The other side said that it has received it.</summary>
public sealed record InformationReceived(int Number, string Party) : WorkEvent(Party);

/// <summary>That the other side was told of recommendations, and whether it has said so.</summary>
public sealed record Information(
    int Number, IReadOnlyList<int> Numbers, LocalDate InformedOn, string How, IReadOnlyList<DocumentVersion> Documents, string Party,
    PersonId By, Instant At, string? Obligation)
{
    /// <summary>Null until the other side has confirmed it.</summary>
    public Receipt? Received { get; init; }

    /// <summary>Sequence of the last event that touched it.</summary>
    public long Touched { get; init; }
}

/// <summary>Who received something, and when it was said.</summary>
/// <param name="Party">Key of the party.</param>
public sealed record Receipt(string Party, PersonId By, Instant At);
