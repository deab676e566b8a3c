using System.Collections.Immutable;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>Why a version of the plan is made.</summary>
public enum PlanReason
{
    First,

    /// <summary>The parties have agreed on it at a consultation.</summary>
    Consultation,
    Other
}

/// <summary>Makes a version of the plan of what its draft says.</summary>
/// <param name="Consultation">Key of the consultation that it comes of; null for none.</param>
/// <param name="Summary">What is new, in short.</param>
public sealed record MakePlanVersion(PlanReason Reason, string? Consultation, string Summary, PlanContent Content)
    : Command(Act.MakePlanVersion);

/// <summary>A version of the plan was made: from here on nothing in it changes.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Sha256">Of its content as JSON.</param>
public sealed record PlanVersionMade(
    int Number, PlanReason Reason, string Summary, PlanContent Content, [property: Digest] Sha256 Sha256, string Party,
    string? Consultation = null) : WorkEvent(Party);

/// <summary>A version of the plan.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Party">Key of the party whose plan it is.</param>
public sealed record PlanVersion(
    int Number, PlanReason Reason, string? Consultation, string Summary, PlanContent Content, Sha256 Sha256, string Party, PersonId By,
    Instant At, long Touched);

/// <summary>Writes the project plan (projektplan) of a focus area; the whole of it each time.</summary>
/// <param name="Documents">Ids of documents of one's own party; the newest versions are handed over.</param>
public sealed record WriteProjectPlan(string FocusArea, string Text, IReadOnlyList<Guid> Documents) : Command(Act.WriteProjectPlan),
    IWithDocuments
{
    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with { Documents = documents, Enclosed = [] };

    public override Subject Subject => FocusArea;
}

/// <summary>Says what the other side has to say of a project plan (stämmer av).</summary>
public sealed record CheckProjectPlan(string FocusArea, CheckOutcome Outcome, string? Comment) : Command(Act.CheckProjectPlan)
{
    public override Subject Subject => FocusArea;
}

/// <summary>What became of the check of a project plan.</summary>
public enum CheckOutcome
{
    Agreed,
    Comments
}

/// <param name="Version">From 1, within the focus area.</param>
public sealed record ProjectPlanWritten(string FocusArea, int Version, string Text, IReadOnlyList<DocumentVersion> Documents, string Party)
    : WorkEvent(Party);

/// <param name="Version">The version that was checked.</param>
public sealed record ProjectPlanChecked(string FocusArea, int Version, CheckOutcome Outcome, string Party, string? Comment = null)
    : WorkEvent(Party);

/// <summary>Where a project plan stands.</summary>
public enum ProjectPlanStatus
{
    None,

    /// <summary>It waits for the other side's check.</summary>
    Written,

    /// <summary>It was checked, and is another since: it waits for a new check.</summary>
    Changed,
    Agreed,
    Comments
}

/// <summary>What the other side said of a version of a project plan.</summary>
public sealed record ProjectPlanCheck(int Version, CheckOutcome Outcome, string? Comment, string Party, PersonId By, Instant At);

/// <summary>A version of a project plan.</summary>
public sealed record ProjectPlanVersion(int Number, string Text, IReadOnlyList<DocumentVersion> Documents, PersonId By, Instant At);

/// <summary>The project plan of a focus area.</summary>
/// <param name="FocusArea">Its key.</param>
/// <param name="Party">Key of the party that wrote it last.</param>
public sealed record ProjectPlan(string FocusArea, string Party, ImmutableList<ProjectPlanVersion> Versions)
{
    public ImmutableList<ProjectPlanCheck> Checks { get; init; } = [];

    /// <summary>Sequence of the last event that touched it.</summary>
    public long Touched { get; init; }

    public ProjectPlanVersion Last => Versions[^1];

    /// <summary>What was said of it as it stands; null while nothing was.</summary>
    public ProjectPlanCheck? Checked => Checks.FindLast(check => check.Version == Last.Number);

    public ProjectPlanStatus Status => Checked switch
    {
        { Outcome: CheckOutcome.Agreed } => ProjectPlanStatus.Agreed,
        { Outcome: CheckOutcome.Comments } => ProjectPlanStatus.Comments,
        _ => Checks.IsEmpty ? ProjectPlanStatus.Written : ProjectPlanStatus.Changed
    };
}
