using Microsoft.AspNetCore.Http;
using MrAgreement.Agreements;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.Texts;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <param name="Body">The review body, as in CERD, or whoever wrote the report.</param>
/// <param name="Occasion">The review or the assignment that it came of.</param>
/// <param name="Year">The year of the document.</param>
/// <param name="Document">Its designation, or the title of the report.</param>
/// <param name="Paragraph">Where in the document.</param>
/// <param name="Text">What it says: in English of a review body, in either language of a report.</param>
/// <param name="Concerns">Whom it concerns: municipalities, regions, county-boards.</param>
/// <param name="Themes">What it is about, in a few words each.</param>
/// <param name="Answer">What the state has answered: accepted or noted.</param>
/// <param name="Kind">review-body, or report for what a report gives to whoever had it written; review-body when absent.</param>
/// <param name="Commissioner">Who had the report written.</param>
public sealed record RecommendationRequest(
    string Body, string Occasion, int Year, string Document, string Paragraph, RecommendationText Text, IReadOnlyList<Concern> Concerns,
    IReadOnlyList<string>? Themes = null, ReviewAnswer? Answer = null, RecommendationKind? Kind = null, string? Commissioner = null)
{
    internal RecommendationContent Content => new(Kind ?? RecommendationKind.ReviewBody, Body, Occasion, Year, Document, Paragraph, Text,
        Concerns, Themes ?? [], Answer, Commissioner);
}

/// <param name="File">The table of recommendations.</param>
public sealed record RecommendationForm(IFormFile File);

/// <param name="Numbers">Of the recommendations.</param>
/// <param name="InformedOn">The day, today or earlier.</param>
/// <param name="How">In what way, and what was said.</param>
/// <param name="Documents">Ids of documents of one's own party.</param>
public sealed record InformationRequest(IReadOnlyList<int> Numbers, LocalDate InformedOn, string How,
    IReadOnlyList<Guid>? Documents = null);

/// <summary>What became of a file of recommendations.</summary>
/// <param name="Rows">Rows in the file.</param>
/// <param name="Taken">Rows that were recorded.</param>
/// <param name="Already">Rows that were recorded before.</param>
public sealed record ImportedRecommendations(int Rows, int Taken, int Already)
{
    internal static ImportedRecommendations Of(int rows, Dossier before, Dossier after)
    {
        var taken = after.Grounds.Recommendations.Count(it => it.Recorded > before.Sequence);
        return new(rows, taken, rows - taken);
    }
}

/// <summary>A recommendation.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Kind">review-body or report.</param>
/// <param name="Body">The review body, or whoever wrote the report.</param>
/// <param name="Occasion">The review or the assignment that it came of.</param>
/// <param name="Year">The year of the document.</param>
/// <param name="Document">Its designation, or the title of the report.</param>
/// <param name="Paragraph">Where in the document.</param>
/// <param name="Text">What it says.</param>
/// <param name="Concerns">Whom it concerns.</param>
/// <param name="Themes">What it is about.</param>
/// <param name="Answer">What the state has answered; null for nothing.</param>
/// <param name="Commissioner">Who had the report written; null for a review body's.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="Informed">What was told of it last; null while nothing was.</param>
/// <param name="RevisedSince">Whether it was revised after that.</param>
/// <param name="Findings">Numbers of the findings that rest on it.</param>
/// <param name="Versions">How it was told, oldest first.</param>
public sealed record RecommendationView(
    int Number, RecommendationKind Kind, string Body, string Occasion, int Year, string Document, string Paragraph,
    RecommendationText Text, IReadOnlyList<Concern> Concerns, IReadOnlyList<string> Themes, ReviewAnswer? Answer, string? Commissioner,
    string Party, InformedView? Informed, bool RevisedSince, IReadOnlyList<int> Findings, IReadOnlyList<RecommendationVersionView> Versions)
{
    internal static RecommendationView Of(Recommendation it, Viewpoint at) => Of(it, it.Content, at);

    static RecommendationView Of(Recommendation it, RecommendationContent told, Viewpoint at) => new(
        it.Number, told.Kind, told.Body, told.Occasion, told.Year, told.Document, told.Paragraph, told.Text, told.Concerns, told.Themes,
        told.Answer, told.Commissioner, it.Party,
        it.Informed is { } number && at.Dossier.Grounds.Informations[number - 1] is var informed
            ? new(number, informed.InformedOn, informed.Received is not null) : null,
        it.IsRevisedSince,
        [.. at.Dossier.Grounds.Findings.Where(finding => finding.Retracted is null && finding.Recommendations.Contains(it.Number))
            .Select(finding => finding.Number)],
        [.. it.Versions.Select((version, i) => new RecommendationVersionView(i + 1, version.Content.Document, version.Content.Paragraph,
            version.Content.Text, version.Content.Concerns, version.Content.Themes, version.Content.Answer, at.Name(version.By),
            version.At))]);
}

/// <param name="Number">Of the information.</param>
/// <param name="On">The day on which the other side was told.</param>
/// <param name="Received">Whether it has said that it received it.</param>
public sealed record InformedView(int Number, LocalDate On, bool Received);

/// <param name="Version">From 1.</param>
/// <param name="Document">The document, as it was told.</param>
/// <param name="Paragraph">Where in the document, as it was told.</param>
/// <param name="Text">What it said.</param>
/// <param name="Concerns">Whom it concerned.</param>
/// <param name="Themes">What it was about.</param>
/// <param name="Answer">What the state had answered.</param>
/// <param name="By">Who told it.</param>
/// <param name="At">When.</param>
public sealed record RecommendationVersionView(int Version, string Document, string Paragraph, RecommendationText Text,
    IReadOnlyList<Concern> Concerns, IReadOnlyList<string> Themes, ReviewAnswer? Answer, PersonView By, Instant At);

/// <summary>That the other side was told of recommendations.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Numbers">Of the recommendations.</param>
/// <param name="InformedOn">The day.</param>
/// <param name="How">In what way, and what was said.</param>
/// <param name="Documents">Documents handed over with it.</param>
/// <param name="Obligation">Key of the continuous obligation that it is a performance of; null for none.</param>
/// <param name="Party">Key of the party that told it.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Received">Who received it; null until somebody has said so.</param>
public sealed record InformationView(
    int Number, IReadOnlyList<int> Numbers, LocalDate InformedOn, string How, IReadOnlyList<SubmittedDocumentView> Documents,
    string? Obligation, string Party, PersonView By, Instant At, ReceivedView? Received)
{
    internal static InformationView Of(Information it, Viewpoint at) => new(it.Number, it.Numbers, it.InformedOn, it.How,
        SubmittedDocumentView.Of(it.Documents, at), it.Obligation, it.Party, at.Name(it.By), it.At,
        it.Received is { } received ? new(received.Party, at.Name(received.By), received.At) : null);
}

/// <param name="Party">Key of the party that received it.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record ReceivedView(string Party, PersonView By, Instant At);

/// <summary>What touches each recommendation or finding, and what nothing touches.</summary>
/// <param name="Of">recommendations, findings, goals or principles.</param>
/// <param name="By">measures, findings, efforts or indicators.</param>
/// <param name="Rows">One for each, by number.</param>
/// <param name="Untouched">Numbers of those that nothing touches.</param>
public sealed record CoverageView(CoverageOf Of, CoverageBy By, IReadOnlyList<CoverageRowView> Rows, IReadOnlyList<int> Untouched)
{
    internal static CoverageView Shown(CoverageOf of, CoverageBy by, IReadOnlyList<CoverageRow> rows, Language language) => new(of, by,
        [.. rows.Select(row => new CoverageRowView(row.Number,
            of == CoverageOf.Principles ? language.Word((Principle)(row.Number - 1)) : row.Title, row.Kind,
            [.. row.TouchedBy.Select(touch => new TouchView(touch.By, touch.Number, touch.Title, touch.Key))], row.Key))],
        [.. rows.Where(row => row.TouchedBy.Count == 0).Select(row => row.Number)]);
}

/// <param name="Number">Of the recommendation or the finding; of a goal its place in the plan.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Kind">Whose recommendation it is; null of a finding.</param>
/// <param name="TouchedBy">What touches it.</param>
/// <param name="Key">Of a goal or a principle; null of others.</param>
public sealed record CoverageRowView(
    int Number, string Title, RecommendationKind? Kind, IReadOnlyList<TouchView> TouchedBy, string? Key);

/// <param name="By">What it is.</param>
/// <param name="Number">Its number; of a measure its place in the plan.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Key">Of a measure; null of a finding.</param>
public sealed record TouchView(CoverageBy By, int Number, string Title, string? Key);
