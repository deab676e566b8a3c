using System.Text.Json;
using System.Text.Json.Serialization;
using MrAgreement.Calendars;

namespace MrAgreement.Work;

/// <summary>What sort of report it is, by what it is written for.</summary>
public enum ReportKind
{
    /// <summary>On the way, before a consultation.</summary>
    FollowUp,
    Final,

    /// <summary>The grantor's own, of what it has done.</summary>
    Government,

    /// <summary>A shared assignment's, of a year.</summary>
    Yearly,
    Other
}

/// <summary>What a block of a report is.</summary>
public enum ReportBlockKind
{
    /// <summary>What people have written, as Markdown with references to figures.</summary>
    Text,

    /// <summary>A figure alone.</summary>
    Figure,
    Table,

    /// <summary>A table of which the figures are drawn where there is room for a picture.</summary>
    Chart,
    Measures,

    /// <summary>What consultations have decided.</summary>
    Decisions,
    Statement,
    Recommendations,
    Readings
}

/// <summary>Why a measure is not assessed, in the words of whoever writes the report.</summary>
public sealed record NotAssessed(string Measure, string Reason);

/// <summary>A block of a report as it is written; all but a text are made of what the agreement says.</summary>
/// <param name="Of">What it is of: a reference, a focus area, a table, a statement; null for all there is.</param>
/// <param name="Text">Null of all but a text.</param>
/// <param name="Reasons">Of measures alone.</param>
/// <param name="Seen">What was made when its section was last saved; null of a text.</param>
public sealed record ReportBlock(
    ReportBlockKind Kind, string? Of = null, string? Text = null, IReadOnlyList<NotAssessed>? Reasons = null, ReportTable? Seen = null);

/// <summary>A section of a report as it is written.</summary>
/// <param name="Key">Its own within the report; the same section of another year's has the same.</param>
/// <param name="Must">Whether the clause says that it shall be there.</param>
/// <param name="Contents">Keys of what the clause asks for and this section holds.</param>
/// <param name="IsOwn">Whether somebody has added it to what the template has.</param>
public sealed record ReportSection(
    string Key, string Title, bool Must, IReadOnlyList<string> Contents, IReadOnlyList<ReportBlock> Blocks, bool IsOwn = false)
{
    public const int MostBlocks = 50, LongestText = 100_000, LongestReason = 2000;

    /// <summary>Changes with whatever somebody has written in it.</summary>
    [JsonIgnore]
    public string Tag => ReportDraft.TagOf(this with { Blocks = [.. Blocks.Select(block => block with { Seen = null })] });

    /// <summary>The same without blanks around words, and without what says nothing.</summary>
    public ReportSection Trimmed() => this with
    {
        Title = Title.Trim(), Contents = [.. Contents.Select(key => key.Trim()).Distinct()],
        Blocks = [.. Blocks.Select(block => block with
        {
            Of = block.Of?.Trim() is { Length: > 0 } of ? of : null,
            Text = block.Kind == ReportBlockKind.Text ? (block.Text ?? "").ReplaceLineEndings("\n").TrimEnd() : null,
            Reasons = block.Kind != ReportBlockKind.Measures || block.Reasons is null ? null
                : [.. block.Reasons.Where(it => !string.IsNullOrWhiteSpace(it.Reason))
                    .Select(it => new NotAssessed(it.Measure.Trim(), it.Reason.Trim())).DistinctBy(it => it.Measure)]
        })]
    };

    /// <summary>What stands against its being kept at all, before anything of it is read.</summary>
    public IReadOnlyList<Fault> Faults()
    {
        var faults = new List<Fault>();
        faults.AddText("/title", Title, 300);
        if (Blocks.Count > MostBlocks)
            faults.Add(new("/blocks", "too-many", ("max", MostBlocks)));
        foreach (var (i, block) in Blocks.Take(MostBlocks).Index())
        {
            if (block.Text?.Length > LongestText)
                faults.Add(new($"/blocks/{i}/text", "markdown-too-long", ("max", LongestText)));
            faults.AddRange((block.Reasons ?? []).Index().Select(it =>
                Fault.OptionalText($"/blocks/{i}/reasons/{it.Index}/reason", it.Item.Reason, LongestReason)).OfType<Fault>());
        }
        if (faults.Count == 0 && Blocks.Sum(block => block.Text?.Length ?? 0) > LongestText)
            faults.Add(new("/blocks", "markdown-too-long", ("max", LongestText)));
        return faults;
    }
}

/// <summary>A report as a party is writing it, section by section; nothing of it need hold yet.</summary>
/// <param name="Id">Its own, also once it is frozen.</param>
/// <param name="Party">Key of the party whose draft it is.</param>
/// <param name="Obligation">Key of what it is to be delivered for; null for none.</param>
/// <param name="By">Who changed it last.</param>
public sealed record ReportDraft(
    Guid Id, string Party, ReportKind Kind, string Title, string? Obligation, DateSpan Period, IReadOnlyList<ReportSection> Sections,
    PersonId By, Instant At)
{
    public const int MostSections = 200;

    /// <summary>That an agreement's party writes at a time.</summary>
    public const int Most = 50;

    public ReportSection? Section(string key) => Sections.FirstOrDefault(section => section.Key == key);

    /// <summary>Changes with whatever somebody has written in it.</summary>
    [JsonIgnore]
    public string Tag => TagOf(new { Title, Period, Sections = Sections.Select(section => section.Tag) });

    /// <summary>The draft with a section saved; one that is new stands last.</summary>
    /// <param name="tag">That of the section as it was when somebody began to change it; null of one that is new.</param>
    public (ReportDraft After, Refused? Refused) With(string? tag, ReportSection section, PersonId by, Instant now)
    {
        var before = Section(section.Key);
        // The same words once more are nobody's change, whenever they were begun.
        return before?.Tag != section.Tag && before?.Tag != tag ? (this, (Refused?)new Refused("report-section-changed").NotSo())
            : before is null && Sections.Count >= MostSections
                ? (this, new("report-sections-full", RefusalKind.NotNow, ("max", MostSections)))
            : (this with
            {
                Sections = before is null ? [.. Sections, section]
                    : [.. Sections.Select(other => other.Key == section.Key ? section : other)],
                By = by, At = now
            }, null);
    }

    /// <summary>The draft without a section.</summary>
    public (ReportDraft After, Refused? Refused) Without(string key, string tag, PersonId by, Instant now) =>
        Section(key) is not { } before ? (this, null)
            : before.Tag != tag ? (this, new Refused("report-section-changed").NotSo())
            : (this with { Sections = [.. Sections.Where(other => other.Key != key)], By = by, At = now }, null);

    internal static string TagOf(object it) =>
        Sha256.Of(JsonSerializer.SerializeToUtf8Bytes(it, it.GetType(), Json.Options)).ToString()[..16];
}
