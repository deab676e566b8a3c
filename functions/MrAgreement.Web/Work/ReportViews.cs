using MrAgreement.Calendars;
using MrAgreement.Reports;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.Texts;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>A report, being written or frozen.</summary>
/// <param name="Id">Its own, also once it is frozen.</param>
/// <param name="Status">draft or frozen.</param>
/// <param name="Number">Of a frozen one, from 1 within the agreement.</param>
/// <param name="Kind">follow-up, final, government, yearly or other.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Obligation">Key of what it is to be delivered for.</param>
/// <param name="Period">From the first day to the last.</param>
/// <param name="Sections">In order.</param>
/// <param name="Missing">What it lacks; in nobody's way.</param>
/// <param name="Faults">What stands against freezing it.</param>
/// <param name="Beside">The former report of the same kind.</param>
/// <param name="Sha256">Of a frozen one's content as JSON.</param>
/// <param name="Documents">A frozen one, to read and to hand over.</param>
/// <param name="Party">Key of the party whose it is.</param>
/// <param name="By">Who changed it last, or froze it.</param>
/// <param name="At">When.</param>
public sealed record ReportView(
    Guid Id, ReportStatus Status, int? Number, ReportKind Kind, string Title, string? Obligation, DateSpan Period,
    IReadOnlyList<ReportSectionView> Sections, IReadOnlyList<ReportLackView> Missing, IReadOnlyList<ProblemError> Faults,
    ReportBesideView? Beside, Sha256? Sha256, IReadOnlyList<SubmittedDocumentView> Documents, string Party, PersonView By, Instant At)
{
    internal static ReportView Of(ReportDraft it, ReportWriting writing, Viewpoint at) => new(it.Id, ReportStatus.Draft, null, it.Kind,
        it.Title, it.Obligation, it.Period, [.. it.Sections.Select(section => ReportSectionView.Of(section, writing, at.Language))],
        [.. writing.Missing().Select(lack => ReportLackView.Shown(lack, at.Language))],
        [.. writing.Faults().Select(fault => ProblemError.Of(fault, at.Language))], ReportBesideView.Of(Former(at, it.Kind, it.Party,
            null)),
        null, [], it.Party, at.Name(it.By), it.At);

    internal static ReportView Of(FrozenReport it, Viewpoint at) => new(it.Report, ReportStatus.Frozen, it.Number, it.Content.Kind,
        it.Content.Title, it.Content.Obligation, it.Content.Period,
        [.. it.Content.Sections.Select(section => ReportSectionView.Of(section, at.Language))],
        [.. it.Content.Missing.Select(lack => ReportLackView.Shown(lack, at.Language))], [],
        ReportBesideView.Of(Former(at, it.Content.Kind, it.Party, it.Number)), it.Sha256, SubmittedDocumentView.Of(it.Documents, at),
            it.Party,
        at.Name(it.By), it.At);

    /// <summary>The last frozen report of the same kind and party, before the one with a number; null for none.</summary>
    internal static FrozenReport? Former(Viewpoint at, ReportKind kind, string party, int? before) => at.Dossier.Grounds.Reports
        .FindLast(other => other.Content.Kind == kind && other.Party == party && other.Number < (before ?? int.MaxValue));
}

/// <summary>Whether a report can be changed.</summary>
public enum ReportStatus
{
    Draft,
    Frozen
}

/// <summary>A report in a list.</summary>
/// <param name="Id">Its own, also once it is frozen.</param>
/// <param name="Status">draft or frozen.</param>
/// <param name="Number">Of a frozen one.</param>
/// <param name="Kind">follow-up, final, government, yearly or other.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Obligation">Key of what it is to be delivered for.</param>
/// <param name="Period">From the first day to the last.</param>
/// <param name="Party">Key of the party whose it is.</param>
/// <param name="By">Who changed it last, or froze it.</param>
/// <param name="At">When.</param>
public sealed record ReportSummaryView(
    Guid Id, ReportStatus Status, int? Number, ReportKind Kind, string Title, string? Obligation, DateSpan Period, string Party,
    PersonView By, Instant At)
{
    internal static ReportSummaryView Of(ReportDraft it, Viewpoint at) => new(it.Id, ReportStatus.Draft, null, it.Kind, it.Title,
        it.Obligation, it.Period, it.Party, at.Name(it.By), it.At);

    internal static ReportSummaryView Of(FrozenReport it, Viewpoint at) => new(it.Report, ReportStatus.Frozen, it.Number, it.Content.Kind,
        it.Content.Title, it.Content.Obligation, it.Content.Period, it.Party, at.Name(it.By), it.At);
}

/// <summary>A section of a report.</summary>
/// <param name="Key">Its own within the report.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Must">Whether it shall be there.</param>
/// <param name="IsOwn">Whether somebody has added it to what the template has.</param>
/// <param name="Contents">Keys of what the clause asks for and this section holds.</param>
/// <param name="Blocks">In order.</param>
/// <param name="Faults">What stands against freezing it.</param>
/// <param name="ETag">By which it is saved; null of a frozen one.</param>
public sealed record ReportSectionView(
    string Key, string Title, bool Must, bool IsOwn, IReadOnlyList<string> Contents, IReadOnlyList<ReportBlockView> Blocks,
    IReadOnlyList<ProblemError> Faults, string? ETag)
{
    internal static ReportSectionView Of(ReportSection it, ReportWriting writing, Language language) => new(it.Key, it.Title, it.Must,
        it.IsOwn,
        it.Contents, [.. it.Blocks.Select(block => ReportBlockView.Shown(block, writing, language))],
        [.. writing.Faults(it).Select(fault => ProblemError.Of(fault, language))], $"\"{it.Tag}\"");

    internal static ReportSectionView Of(MadeSection it, Language language) => new(it.Key, it.Title, it.Must, false, it.Contents,
        [.. it.Blocks.Select(block => new ReportBlockView(block.Kind, block.Of, block.Text, [], ReportTableView.Of(block.Table, language),
            []))],
        [], null);
}

/// <summary>A block of a section.</summary>
/// <param name="Kind">text, figure, table, chart, measures, decisions, statement, recommendations or readings.</param>
/// <param name="Of">What it is of.</param>
/// <param name="Text">Markdown with references to figures.</param>
/// <param name="Reasons">Why measures are not assessed.</param>
/// <param name="Table">What it tells now, or told when it was frozen; null of a text, and where there is nothing.</param>
/// <param name="Changed">Rows that are others than when the section was last saved.</param>
public sealed record ReportBlockView(
    ReportBlockKind Kind, string? Of, string? Text, IReadOnlyList<NotAssessed> Reasons, ReportTableView? Table,
    IReadOnlyList<ReportChangeView> Changed)
{
    internal static ReportBlockView Shown(ReportBlock it, ReportWriting writing, Language language)
    {
        var table = writing.Of(it);
        return new(it.Kind, it.Of, it.Text, it.Reasons ?? [], ReportTableView.Of(table, language),
            [.. ReportChanges.Between(it.Seen, table).Select(change => new ReportChangeView((change.Now ?? change.Was)!.Key,
                ReportTableView.Shown(change.Was, language), ReportTableView.Shown(change.Now, language)))]);
    }
}

/// <summary>What a block tells.</summary>
/// <param name="Columns">Their names.</param>
/// <param name="Rows">Each with a text for every column, in the language asked for.</param>
/// <param name="Edition">What it is told by, as in statement:3.</param>
public sealed record ReportTableView(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Edition)
{
    internal static ReportTableView? Of(ReportTable? it, Language language) => it is null ? null
        : new(it.Columns, [.. it.Rows.Select(row => Shown(row, language)!)], it.Edition);

    internal static IReadOnlyList<string>? Shown(ReportRow? it, Language language) =>
        it is null ? null : [.. it.Cells.Select(language.InColumn)];
}

/// <summary>A row that is another than when the section was last saved.</summary>
/// <param name="Key">Of the row.</param>
/// <param name="Was">Null of one that was not there.</param>
/// <param name="Now">Null of one that is there no longer.</param>
public sealed record ReportChangeView(string Key, IReadOnlyList<string>? Was, IReadOnlyList<string>? Now);

/// <summary>Something that a report lacks.</summary>
/// <param name="What">content, section, assessment, measure or statement.</param>
/// <param name="Of">Key of the content, the section or the measure.</param>
/// <param name="Message">What to do about it.</param>
public sealed record ReportLackView(ReportLackKind What, string Of, string Message)
{
    internal static ReportLackView Shown(ReportLack it, Language language) => new(it.What, it.Of, language.Of(it));
}

/// <summary>The former report of the same kind, to write beside.</summary>
/// <param name="Number">Of the frozen report.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Sections">Its sections with what people wrote in them.</param>
public sealed record ReportBesideView(int Number, Guid Id, string Title, IReadOnlyList<ReportBesideSectionView> Sections)
{
    internal static ReportBesideView? Of(FrozenReport? it) => it is null ? null : new(it.Number, it.Report, it.Content.Title,
        [.. it.Content.Sections.Select(section => new ReportBesideSectionView(section.Key, section.Title, TextOf(section)))]);

    /// <summary>What people wrote in a section.</summary>
    internal static string TextOf(MadeSection it) => string.Join("\n\n", it.Blocks.Select(block => block.Text).OfType<string>());
}

/// <param name="Key">Of the section; the same as this year's.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Text">What people wrote in it, as Markdown.</param>
public sealed record ReportBesideSectionView(string Key, string Title, string Text);

/// <summary>A figure that texts may refer to.</summary>
/// <param name="Reference">To be copied, with its braces.</param>
/// <param name="Shown">What it is now.</param>
/// <param name="Edition">What it is told by.</param>
public sealed record ReportFigureView(string Reference, string Shown, string Edition)
{
    internal static ReportFigureView Of(PinnedFigure it, Language language) =>
        new($"{{{{{it.Reference}}}}}", language.Of(it.Value), it.Edition);
}
