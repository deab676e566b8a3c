using System.Collections.Immutable;
using System.Text.Json;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>What a finding shows.</summary>
public enum FindingKind
{
    Need,
    Strength,
    Obstacle,
    Difference
}

/// <summary>What a finding is to rest on, as somebody names it: one of them.</summary>
/// <param name="Survey">Key of a survey, with its question.</param>
/// <param name="Interview">Who was asked, by function, and when.</param>
/// <param name="Document">Id of a document that one's party has.</param>
/// <param name="Page">Of the document.</param>
/// <param name="Recommendation">Its number.</param>
public sealed record NamedSource(
    string? Survey = null, string? Question = null, string? Option = null, string? By = null, string? Interview = null,
    Guid? Document = null, int? Page = null, int? Recommendation = null);

/// <summary>A finding as somebody tells it.</summary>
public sealed record ToldFinding(
    string Title, string Text, FindingKind Kind, IReadOnlyList<NamedSource> Sources, IReadOnlyList<string> Themes);

/// <summary>Records a finding (resultat) of a mapping.</summary>
public sealed record RecordFinding(ToldFinding Finding) : Command(Act.RecordFinding);

/// <summary>Tells a finding anew.</summary>
/// <param name="IsNewVersion">Whether what was told before stays as a version of its own; else it is put right.</param>
public sealed record ReviseFinding(int Number, ToldFinding Finding, bool IsNewVersion) : Command(Act.ReviseFinding)
{
    public override Subject Subject => Number;
}

/// <summary>Takes a finding back; it stays on record.</summary>
public sealed record RetractFinding(int Number, string Reason) : Command(Act.RetractFinding)
{
    public override Subject Subject => Number;
}

/// <summary>What a finding rests on: one of them.</summary>
public sealed record FindingSource(
    string? Interview = null, DocumentVersion? Document = null, int? Page = null, int? Recommendation = null);

/// <summary>A finding as it is told.</summary>
public sealed record FindingContent(
    string Title, string Text, FindingKind Kind, IReadOnlyList<FindingSource> Sources, IReadOnlyList<string> Themes)
{
    internal bool SaysSame(FindingContent other) =>
        JsonSerializer.Serialize(this, Json.Options) == JsonSerializer.Serialize(other, Json.Options);
}

/// <param name="Number">From 1, within the agreement.</param>
public sealed record FindingRecorded(int Number, FindingContent Finding, string Party) : WorkEvent(Party);

/// <param name="Version">The version that it is from then on: the one before put right, or the next.</param>
public sealed record FindingRevised(int Number, int Version, FindingContent Finding, string Party) : WorkEvent(Party);

public sealed record FindingRetracted(int Number, string Reason, string Party) : WorkEvent(Party);

/// <summary>A finding as it was told at a time.</summary>
/// <param name="Number">Of the version; what was put right bears the number of what it puts right.</param>
public sealed record FindingVersion(int Number, FindingContent Content, PersonId By, Instant At);

/// <summary>A finding of a mapping.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="Told">How it was told, oldest first.</param>
public sealed record Finding(int Number, string Party, ImmutableList<FindingVersion> Told)
{
    /// <summary>As it stands.</summary>
    public FindingContent Content => Told[^1].Content;

    public int Version => Told[^1].Number;

    /// <summary>Null while it stands.</summary>
    public Retraction? Retracted { get; init; }

    /// <summary>Sequence of the last event that touched it.</summary>
    public long Touched { get; init; }

    /// <summary>Numbers of the recommendations that it rests on.</summary>
    public IEnumerable<int> Recommendations => Content.Sources.Select(source => source.Recommendation).OfType<int>().Distinct();
}

/// <summary>Why something was taken back, by whom and when.</summary>
public sealed record Retraction(string Reason, PersonId By, Instant At);
