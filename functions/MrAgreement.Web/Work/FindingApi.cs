using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Documents;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>Findings of a mapping, and what they rest on.</summary>
static class FindingApi
{
    public static void MapFindings(this RouteGroupBuilder api)
    {
        var findings = api.MapGroup("/agreements/{agreementId:guid}/findings").WithTags("Recommendations and findings");
        findings.MapGet("", List).Answers<Listing<FindingView>>().Describe("List findings", "By number, those taken back too; theme and kind as they are recorded.");
        findings.MapPost("", Record).Answers<FindingView>(StatusCodes.Status201Created).Describe("Record a finding",
            "What it rests on must be there: an interview, a document that one's party has, a recommendation. The recipient's project lead may; of a shared grant the coordinator's and the reporter's.");
        var one = findings.MapGroup("/{number:int}");
        one.MapGet("", Show).Answers<FindingView>().Describe("Show a finding", "With how it was told before.");
        one.MapPut("", Correct).Answers<FindingView>().Describe("Put a finding right", "The whole of it anew, under the same version.");
        one.MapPost("/versions", Revise).Answers<FindingView>().Describe("Tell a finding anew", "The whole of it, as its next version.");
        one.MapPost("/retraction", Retract).Answers<FindingView>().Describe("Retract a finding", "It stays on record, marked.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, string? kind = null,
        string? theme = null, DateParameter? asOf = null) => Choice.Read<FindingKind>(kind, out var wanted)
        ? desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, [.. at.Dossier.Grounds.Findings
            .Where(it => at.SeesWork && (wanted is null || it.Content.Kind == wanted)
                && (string.IsNullOrWhiteSpace(theme) || it.Content.Themes.Contains(theme.Trim(), StringComparer.OrdinalIgnoreCase)))
            .Select(it => FindingView.Of(it, at))]), ViewJson.Options))
        : Task.FromResult(Problem.Malformed("kind"));

    static Task<IResult> Show(AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.SeesWork && at.Dossier.Grounds.Findings.Find(number) is { } it
            ? desk.Found(FindingView.Of(it, at), it.Touched)
            : Problem.Result(new Refused("no-such-finding", RefusalKind.NotFound, ("number", number))));

    static Task<IResult> Record(AgreementId agreementId, Body<FindingRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new RecordFinding(body.Value.Told), it => it.Grounds.Findings.LastOrDefault()?.Touched,
            at => Reply.Created(FindingView.Of(at.Dossier.Grounds.Findings[^1], at),
                $"/agreements/{agreementId}/findings/{at.Dossier.Grounds.Findings[^1].Number}"));

    static Task<IResult> Correct(AgreementId agreementId, int number, Body<FindingRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, number, new ReviseFinding(number, body.Value.Told, IsNewVersion: false), desk);

    static Task<IResult> Revise(AgreementId agreementId, int number, Body<FindingRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, number, new ReviseFinding(number, body.Value.Told, IsNewVersion: true), desk);

    static Task<IResult> Retract(AgreementId agreementId, int number, Body<RetractionRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, number, new RetractFinding(number, body.Value.Reason), desk);

    static Task<IResult> Change(AgreementId agreementId, byte[] body, int number, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grounds.Findings.Find(number)?.Touched,
            at => Reply.Ok(FindingView.Of(at.Dossier.Grounds.Findings[number - 1], at)));
}

/// <param name="Title">What it says, in short.</param>
/// <param name="Text">What it says.</param>
/// <param name="Kind">need, strength, obstacle or difference.</param>
/// <param name="Sources">What it rests on; without any it rests on nothing, and says so.</param>
/// <param name="Themes">What it is about, in a few words each.</param>
public sealed record FindingRequest(string Title, string Text, FindingKind Kind, IReadOnlyList<NamedSource>? Sources = null,
    IReadOnlyList<string>? Themes = null)
{
    internal ToldFinding Told => new(Title, Text, Kind, Sources ?? [], Themes ?? []);
}

/// <param name="Reason">Why it is taken back.</param>
public sealed record RetractionRequest(string Reason);

/// <summary>A finding of a mapping.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Version">The version that stands.</param>
/// <param name="Title">What it says, in short.</param>
/// <param name="Text">What it says.</param>
/// <param name="Kind">need, strength, obstacle or difference.</param>
/// <param name="Sources">What it rests on.</param>
/// <param name="Themes">What it is about.</param>
/// <param name="Missing">What it lacks: sources.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="Retracted">Why it was taken back; null while it stands.</param>
/// <param name="Told">How it was told, oldest first; what was put right bears the same version.</param>
public sealed record FindingView(
    int Number, int Version, string Title, string Text, FindingKind Kind, IReadOnlyList<FindingSourceView> Sources,
    IReadOnlyList<string> Themes, IReadOnlyList<string> Missing, string Party, RetractedView? Retracted,
    IReadOnlyList<FindingVersionView> Told)
{
    internal static FindingView Of(Finding it, Viewpoint at) => new(it.Number, it.Version, it.Content.Title, it.Content.Text,
        it.Content.Kind, FindingSourceView.Of(it.Content, at), it.Content.Themes, it.Content.Sources.Count == 0 ? ["sources"] : [],
        it.Party, it.Retracted is { } retracted ? new(retracted.Reason, at.Name(retracted.By), retracted.At) : null,
        [.. it.Told.Select(told => new FindingVersionView(told.Number, told.Content.Title, told.Content.Text, told.Content.Kind,
            FindingSourceView.Of(told.Content, at), told.Content.Themes, at.Name(told.By), told.At))]);
}

/// <param name="Interview">Who was asked, by function, and when.</param>
/// <param name="Document">A document.</param>
/// <param name="Page">Of the document.</param>
/// <param name="Recommendation">Number of a recommendation.</param>
public sealed record FindingSourceView(string? Interview, SubmittedDocumentView? Document, int? Page, int? Recommendation)
{
    internal static IReadOnlyList<FindingSourceView> Of(FindingContent it, Viewpoint at) =>
        [.. it.Sources.Select(source => new FindingSourceView(source.Interview, Shown(source.Document, at), source.Page,
            source.Recommendation))];

    static SubmittedDocumentView? Shown(DocumentVersion? document, Viewpoint at) =>
        document is null ? null : SubmittedDocumentView.Of([document], at)[0];
}

/// <param name="Reason">Why it was taken back.</param>
/// <param name="By">Who took it back.</param>
/// <param name="At">When.</param>
public sealed record RetractedView(string Reason, PersonView By, Instant At);

/// <param name="Version">From 1.</param>
/// <param name="Title">What it said, in short.</param>
/// <param name="Text">What it said.</param>
/// <param name="Kind">need, strength, obstacle or difference.</param>
/// <param name="Sources">What it rested on.</param>
/// <param name="Themes">What it was about.</param>
/// <param name="By">Who told it.</param>
/// <param name="At">When.</param>
public sealed record FindingVersionView(int Version, string Title, string Text, FindingKind Kind, IReadOnlyList<FindingSourceView> Sources,
    IReadOnlyList<string> Themes, PersonView By, Instant At);
