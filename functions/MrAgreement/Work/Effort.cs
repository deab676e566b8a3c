using System.Collections.Immutable;
using System.Text.Json;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>What an effort is.</summary>
public enum EffortKind
{
    Network,
    Seminar,
    Course,
    Conference,
    Tool,
    Dialogue,
    ProcessSupport,
    Pilot,
    Grant,
    Other
}

/// <summary>How people met.</summary>
public enum EffortForm
{
    OnSite,
    Digital,
    Both
}

/// <summary>Whom an effort is for in an organisation.</summary>
public enum EffortAudience
{
    Elected,
    Leadership,
    Officials,
    PublicFacing
}

/// <summary>What an effort was seen to lead to.</summary>
public enum EffectKind
{
    Knowledge,
    Contact,
    Structure,
    ChangedPractice,

    /// <summary>Somebody has looked, and seen none.</summary>
    NoneSeen
}

/// <summary>Whom an effort reaches: one of them.</summary>
/// <param name="Organisations">Ids of the register of organisations.</param>
/// <param name="Group">Key of a group of that register, whose members on the effort's first day are meant.</param>
/// <param name="Counties">Letters of counties, whose municipalities and regions are meant.</param>
public sealed record EffortReach(IReadOnlyList<string> Organisations, string? Group, IReadOnlyList<string> Counties);

/// <summary>An effort as somebody tells it.</summary>
/// <param name="Step">Key of a step of the support ladder.</param>
/// <param name="Arrangers">Keys of parties, and ids of organisations.</param>
/// <param name="Participants">How many people; null where nobody has counted.</param>
/// <param name="Measure">Key of the measure of the plan that it belongs to; null for none.</param>
/// <param name="Documents">Ids of documents of one's own party; the newest versions are handed over.</param>
public sealed record ToldEffort(
    string Title, EffortKind Kind, string Step, LocalDate From, LocalDate? To, EffortForm Form, IReadOnlyList<string> Arrangers,
    IReadOnlyList<EffortAudience> Audience, EffortReach Reach, int? Participants, IReadOnlyList<string> Perspectives, string? Measure,
    IReadOnlyList<Guid> Documents);

/// <summary>Records an effort (insats).</summary>
public sealed record RecordEffort(ToldEffort Effort) : Command(Act.RecordEffort), IWithDocuments
{
    public IReadOnlyList<Guid> Documents => Effort.Documents;

    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with
    {
        Effort = Effort with { Documents = documents }, Enclosed = []
    };
}

/// <summary>Tells an effort anew, the whole of it.</summary>
public sealed record ReviseEffort(int Number, ToldEffort Effort) : Command(Act.ReviseEffort), IWithDocuments
{
    public IReadOnlyList<Guid> Documents => Effort.Documents;

    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with
    {
        Effort = Effort with { Documents = documents }, Enclosed = []
    };

    public override Subject Subject => Number;
}

/// <summary>Says that an effort did not come about; it stays on record.</summary>
public sealed record CancelEffort(int Number, string Reason) : Command(Act.CancelEffort)
{
    public override Subject Subject => Number;
}

/// <summary>What was seen to come of an effort.</summary>
/// <param name="On">Today or earlier.</param>
/// <param name="Organisation">Id of the organisation where it was seen; null where it is of none.</param>
/// <param name="Evidence">What tells it; null for nothing said.</param>
public sealed record EffectContent(LocalDate On, EffectKind Kind, string Text, string? Organisation = null, string? Evidence = null);

/// <summary>Records what was seen to come of an effort.</summary>
public sealed record RecordEffect(int Number, EffectContent Effect) : Command(Act.RecordEffect)
{
    public override Subject Subject => Number;
}

/// <summary>Something that happens to the support: its ladder, efforts, and what municipalities declare.</summary>
public abstract record SupportEvent(string Party) : WorkEvent(Party);

/// <summary>An effort as it is told.</summary>
/// <param name="Ladder">Version of the support ladder whose step it was made on.</param>
public sealed record EffortContent(
    string Title, EffortKind Kind, string Step, int Ladder, LocalDate From, EffortForm Form, IReadOnlyList<string> Arrangers,
    IReadOnlyList<EffortAudience> Audience, EffortReach Reach, IReadOnlyList<string> Perspectives, IReadOnlyList<DocumentVersion> Documents,
    LocalDate? To = null, int? Participants = null, string? Measure = null)
{
    internal bool SaysSame(EffortContent other) =>
        JsonSerializer.Serialize(this, Json.Options) == JsonSerializer.Serialize(other, Json.Options);
}

/// <param name="Number">From 1, within the agreement.</param>
public sealed record EffortRecorded(int Number, EffortContent Effort, string Party) : SupportEvent(Party);

public sealed record EffortRevised(int Number, EffortContent Effort, string Party) : SupportEvent(Party);

public sealed record EffortCancelled(int Number, string Reason, string Party) : SupportEvent(Party);

/// <param name="Number">Of the effort.</param>
/// <param name="Effect">From 1, within the effort.</param>
public sealed record EffectSeen(int Number, int Effect, EffectContent Seen, string Party) : SupportEvent(Party);

/// <summary>An effort as it was told at a time.</summary>
public sealed record EffortVersion(EffortContent Content, PersonId By, Instant At);

/// <summary>What was seen to come of an effort.</summary>
/// <param name="Number">From 1, within the effort.</param>
public sealed record Effect(int Number, EffectContent Content, string Party, PersonId By, Instant At);

/// <summary>Something that is done for those whom the work is to reach (insats).</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="Versions">How it was told, oldest first.</param>
public sealed record Effort(int Number, string Party, ImmutableList<EffortVersion> Versions)
{
    public ImmutableList<Effect> Effects { get; init; } = [];

    /// <summary>Null unless it was cancelled.</summary>
    public Retraction? Cancelled { get; init; }

    /// <summary>Sequence of the last event that touched it.</summary>
    public long Touched { get; init; }

    public EffortContent Content => Versions[^1].Content;
}
