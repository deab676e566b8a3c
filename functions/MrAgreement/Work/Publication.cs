using System.Collections.Immutable;

namespace MrAgreement.Work;

/// <summary>That the other side has approved material, after its checks.</summary>
public sealed record PublicationApproval(PublicationChecks Checks, Sha256? Sha256, string Party, PersonId By, Instant At);

/// <summary>How material was spread, and who recorded it.</summary>
public sealed record RecordedSpreading(Spreading Spreading, string Party, PersonId By, Instant At);

/// <summary>Material of one side, and what has become of it.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Party">Key of the party that registered it.</param>
public sealed record Publication(int Number, Material Material, string Party, PersonId By, Instant At)
{
    public ImmutableList<RecordedSpreading> Spread { get; init; } = [];

    /// <summary>Null while nobody has approved it.</summary>
    public PublicationApproval? Approved { get; init; }

    /// <summary>Null while it stands.</summary>
    public Retraction? Withdrawn { get; init; }

    /// <summary>Key of the party that withdrew it; null while it stands.</summary>
    public string? WithdrawnBy { get; init; }

    /// <summary>Sequence of the last event that touched it.</summary>
    public long Touched { get; init; }
}
