using System.Collections.Immutable;
using System.Text.Json;
using MrAgreement.Calendars;

namespace MrAgreement.Work;

/// <summary>Whose recommendation it is.</summary>
public enum RecommendationKind
{
    /// <summary>Of a body that reviews how a state keeps its conventions.</summary>
    ReviewBody,

    /// <summary>Of a report, to whoever had it written.</summary>
    Report
}

/// <summary>Whom a recommendation concerns.</summary>
public enum Concern
{
    Municipalities,
    Regions,
    CountyBoards
}

/// <summary>What the state has answered.</summary>
public enum ReviewAnswer
{
    Accepted,
    Noted
}

/// <param name="En">In English, as review bodies write it.</param>
/// <param name="Sv">In Swedish.</param>
public sealed record RecommendationText(string? En = null, string? Sv = null);

/// <summary>A recommendation as somebody has told it.</summary>
/// <param name="Body">The review body, as in CERD, or whoever wrote the report.</param>
/// <param name="Occasion">The review or the assignment that it came of.</param>
/// <param name="Document">Its designation, as in CERD/C/SWE/CO/22-23, or the title of the report.</param>
/// <param name="Paragraph">Where in the document; tells it apart from the document's others.</param>
/// <param name="Answer">Null where there is none.</param>
/// <param name="Commissioner">Who had the report written; null for a review body's.</param>
public sealed record RecommendationContent(
    RecommendationKind Kind, string Body, string Occasion, int Year, string Document, string Paragraph, RecommendationText Text,
    IReadOnlyList<Concern> Concerns, IReadOnlyList<string> Themes, ReviewAnswer? Answer = null, string? Commissioner = null)
{
    const int LongestText = 8000;
    const int MostThemes = 20;

    /// <summary>Where it stands: what people call it by.</summary>
    internal string Title => Document.StartsWith(Body, StringComparison.Ordinal) ? $"{Document}, {Paragraph}"
        : $"{Body}, {Document}, {Paragraph}";

    /// <summary>Its text, in Swedish where there is one.</summary>
    public string Shown() => Text.Sv ?? Text.En ?? "";

    internal RecommendationContent Trimmed() => this with
    {
        Body = Body.Trim(), Occasion = Occasion.Trim(), Document = Document.Trim(), Paragraph = Paragraph.Trim(),
        Text = new(Filled(Text.En), Filled(Text.Sv)), Concerns = [.. Concerns.Distinct().Order()],
        Themes = [.. Themes.Select(theme => theme.Trim()).Distinct()], Commissioner = Filled(Commissioner)
    };

    internal bool SaysSame(RecommendationContent other) =>
        JsonSerializer.Serialize(this, Json.Options) == JsonSerializer.Serialize(other, Json.Options);

    /// <summary>By which it is told apart: a paragraph of a document.</summary>
    internal (RecommendationKind, string, string, string) Place =>
        (Kind, Body.ToUpperInvariant(), Document.ToUpperInvariant(), Paragraph.ToUpperInvariant());

    /// <summary>What stands against its being as it is told.</summary>
    internal IReadOnlyList<Fault> Faults()
    {
        var faults = new List<Fault>();
        faults.AddName("/body", Body);
        faults.AddText("/occasion", Occasion, 300);
        if (!DateRange.Holds(Year))
            faults.Add(new("/year", "year-range", ("from", DateRange.FirstYear), ("to", DateRange.LastYear)));
        faults.AddText("/document", Document, 300);
        faults.AddText("/paragraph", Paragraph, 50);
        if (Kind == RecommendationKind.ReviewBody)
            faults.AddText("/text/en", Text.En ?? "", LongestText);
        else if ((Text.Sv ?? Text.En) is null)
            faults.Add(new("/text/sv", "required", ("field", "text")));
        else
            faults.AddOptionalText("/text/en", Text.En, LongestText);
        faults.AddOptionalText("/text/sv", Text.Sv, LongestText);
        if (Concerns.Count == 0)
            faults.Add(new("/concerns", "required", ("field", "concerns")));
        faults.AddRange(ThemeFaults(Themes));
        if (Kind == RecommendationKind.Report)
            faults.AddName("/commissioner", Commissioner ?? "");
        else if (Commissioner is not null)
            faults.Add(new("/commissioner", "commissioner-of-report"));
        return faults;
    }

    internal static IEnumerable<Fault> ThemeFaults(IReadOnlyList<string> themes)
    {
        var faults = new List<Fault>();
        if (themes.Count > MostThemes)
            faults.Add(new("/themes", "too-many", ("max", MostThemes)));
        else
            for (var i = 0; i < themes.Count; i++)
                faults.AddName($"/themes/{i}", themes[i]);
        return faults;
    }

    static string? Filled(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}

/// <summary>A recommendation as it was told at a time.</summary>
public sealed record RecommendationVersion(RecommendationContent Content, PersonId By, Instant At);

/// <summary>A recommendation that the work rests on, or should.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Party">Key of the party that recorded it.</param>
public sealed record Recommendation(int Number, string Party, ImmutableList<RecommendationVersion> Versions)
{
    /// <summary>As it stands.</summary>
    public RecommendationContent Content => Versions[^1].Content;

    /// <summary>Number of the information that told of it last; null while none has.</summary>
    public int? Informed { get; init; }

    /// <summary>The version that was told of then.</summary>
    internal int InformedVersion { get; init; }

    /// <summary>Whether it was revised after it was told of.</summary>
    public bool IsRevisedSince => Informed is not null && InformedVersion < Versions.Count;

    /// <summary>Whether there is something to tell of it: a report's is its commissioner's already.</summary>
    public bool IsToTell => Content.Kind == RecommendationKind.ReviewBody && (Informed is null || IsRevisedSince);

    /// <summary>Sequence of the event that recorded it.</summary>
    public long Recorded { get; init; }

    /// <summary>Sequence of the last event that touched it.</summary>
    public long Touched { get; init; }
}
