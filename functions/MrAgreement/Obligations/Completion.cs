using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Obligations;

/// <summary>A recorded performance.</summary>
public sealed record Completion(LocalDate DoneOn, string Note, IReadOnlyList<DocumentVersion> Documents, PersonId By, string Party,
    Instant At)
{
    /// <summary>The other party's person who has confirmed it; null until then.</summary>
    public PersonId? ConfirmedBy { get; init; }

    public Instant? ConfirmedAt { get; init; }

    /// <summary>What the other party says is not right; null for nothing, and once it has confirmed it after all.</summary>
    public Contest? Contested { get; init; }

    /// <summary>What was treated and decided, of a consultation.</summary>
    public ConsultationRecord? Consultation { get; init; }
}
