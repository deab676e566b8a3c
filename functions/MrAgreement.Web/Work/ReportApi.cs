using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Formats.Letters;
using MrAgreement.Parties;
using MrAgreement.Reports;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>Reports that write themselves half-way: their drafts, section by section, and what was frozen.</summary>
static class ReportApi
{
    public static void MapWorkReports(this RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/agreements/{agreementId:guid}/reports").WithTags("Reports");
        reports.MapGet("", List).Answers<Listing<ReportSummaryView>>().Describe("List reports",
            "One's own party's drafts, and the frozen reports that one sees: another party's once it is handed over.");
        reports.MapPost("", Begin).Answers<ReportView>(StatusCodes.Status201Created).Describe("Begin a report",
            "With the sections that the clause asks for and those that can be made of what the agreement says.");
        var one = reports.MapGroup("/{reportId:guid}");
        one.MapGet("", Show).Answers<ReportView>().Describe("Show a report",
            "A draft with what it says now, what has changed since each section was saved, what it lacks and what stands against freezing it.");
        one.MapPut("", Retitle).Answers<ReportView>().Describe("Retitle a report", "Says what it is called and of which days it is.");
        one.MapDelete("", Discard).Produces(StatusCodes.Status204NoContent).Describe("Discard a report", "A draft alone: what is frozen stays.");
        one.MapGet("/figures", Figures).Answers<Listing<ReportFigureView>>().Describe("List figures",
            "References that a text may copy, with what each is now.");
        one.MapGet("/sections/{key}", ShowSection).Answers<ReportSectionView>().Describe("Show a section", "With the ETag by which it is saved.");
        one.MapPut("/sections/{key}", Save).Answers<ReportSectionView>().Describe("Save a section",
            "The whole of it, finished or not; a key that is new adds one. If-Match names the section as it was: two people write two sections at once, and nobody's words are written over.");
        one.MapDelete("/sections/{key}", Remove).Answers<ReportView>().Describe("Remove a section", "From the draft.");
        one.MapGet("/content", Content).AnswersContent("text/markdown", "text/html", "application/json", LetterPdf.MediaType, LetterDocx.MediaType)
            .Describe("Download a report", "A frozen report is the very bytes that were frozen as json, pdf and docx.");
        one.MapPost("/freezing", Freeze).Answers<ReportView>(StatusCodes.Status201Created).Describe("Freeze a report",
            "Every figure in it stays as it is now, and it is registered as PDF and DOCX, ready to be submitted.");
    }

    static async Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, ReportDrafting drafting, HttpContext http)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        var drafts = await drafting.All(at.Dossier, at.By, http.RequestAborted);
        return Results.Json(paging.Of(http.Request, [.. drafts.Select(it => ReportSummaryView.Of(it, at)),
            .. at.Dossier.Grounds.Reports.Reverse().Where(_ => at.SeesWork).Select(it => ReportSummaryView.Of(it, at))]), ViewJson.Options);
    }

    static async Task<IResult> Begin(AgreementId agreementId, Body<ReportRequest> body, Desk desk, ReportDrafting drafting,
        HttpContext http)
    {
        var (dossier, denied) = await desk.Allowed(agreementId, Right.WriteReports);
        if (dossier is null)
            return denied!;
        if (desk.Against((string?)null) is { } malformed)
            return malformed;
        var it = body.Value;
        var (draft, refused) = await drafting.Begin(dossier, new(desk.NewId(), it.Obligation, it.Template, it.Title, it.Period, it.From),
            desk.Language, desk.Occasion, http.RequestAborted);
        if (draft is null || refused is not null)
            return Problem.Result(refused!);
        http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}/api/v1/agreements/{agreementId}/reports/{draft.Id}";
        return Shown(draft, dossier, desk, StatusCodes.Status201Created);
    }

    static IResult Shown(ReportDraft draft, Dossier whole, Desk desk, int status = StatusCodes.Status200OK)
    {
        var writing = new ReportWriting(whole, draft, desk.Person.Actor, desk.Today);
        return desk.Found(ReportView.Of(draft, writing, desk.At(whole)), $"\"{draft.Tag}\"", status);
    }

    static IResult Unknown => Problem.Result(new Refused("unknown-report", RefusalKind.NotFound));

    // A draft of one's own party, or else what was frozen, of those that one sees.
    static async Task<IResult> With(AgreementId agreementId, Guid reportId, Desk desk, ReportDrafting drafting, HttpContext http,
        Func<ReportDraft, ReportWriting, Viewpoint, IResult> draft, Func<FrozenReport, Viewpoint, IResult> frozen)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        if (at.SeesWork && at.Dossier.Grounds.Reports.Find(it => it.Report == reportId) is { } found)
            return frozen(found, at);
        return await drafting.Find(at.Dossier, at.By, reportId, http.RequestAborted) is { } written
            ? draft(written, new(at.Dossier, written, at.By, desk.Today), at) : Unknown;
    }

    static Task<IResult> Show(AgreementId agreementId, Guid reportId, Desk desk, ReportDrafting drafting, HttpContext http) =>
        With(agreementId, reportId, desk, drafting, http,
            (draft, writing, at) => desk.Found(ReportView.Of(draft, writing, at), $"\"{draft.Tag}\""),
            (frozen, at) => desk.Found(ReportView.Of(frozen, at), frozen.Touched));

    static Task<IResult> Figures(AgreementId agreementId, Guid reportId, Paging paging, Desk desk, ReportDrafting drafting,
        HttpContext http) =>
        With(agreementId, reportId, desk, drafting, http,
            (_, writing, at) => Listed(writing.Figures.All(), at), (frozen, at) => Listed(frozen.Content.Figures, at), paging, http);

    static Task<IResult> With(AgreementId agreementId, Guid reportId, Desk desk, ReportDrafting drafting, HttpContext http,
        Func<ReportDraft, ReportWriting, Viewpoint, IReadOnlyList<ReportFigureView>> draft,
        Func<FrozenReport, Viewpoint, IReadOnlyList<ReportFigureView>> frozen, Paging paging, HttpContext answered) =>
        With(agreementId, reportId, desk, drafting, http,
            (it, writing, at) => Results.Json(paging.Of(answered.Request, draft(it, writing, at)), ViewJson.Options),
            (it, at) => Results.Json(paging.Of(answered.Request, frozen(it, at)), ViewJson.Options));

    static IReadOnlyList<ReportFigureView> Listed(IEnumerable<PinnedFigure> figures, Viewpoint at) =>
        [.. figures.Select(figure => ReportFigureView.Of(figure, at.Language))];

    static Task<IResult> ShowSection(AgreementId agreementId, Guid reportId, string key, Desk desk, ReportDrafting drafting,
        HttpContext http) =>
        With(agreementId, reportId, desk, drafting, http,
            (draft, writing, at) => draft.Section(key) is { } it
                ? desk.Found(ReportSectionView.Of(it, writing, at.Language), $"\"{it.Tag}\"") : NoSection(key),
            (frozen, at) => frozen.Content.Section(key) is { } it
                ? desk.Found(ReportSectionView.Of(it, at.Language), frozen.Touched) : NoSection(key));

    static IResult NoSection(string key) => Problem.Result(new Refused("no-such-section", RefusalKind.NotFound, ("key", key)));

    // What may be changed: a draft of one's own party, by whoever writes for it.
    static async Task<(Dossier? Dossier, ReportDraft? Draft, IResult? Failure)> Own(AgreementId agreementId, Guid reportId, Desk desk,
        ReportDrafting drafting, HttpContext http)
    {
        var (dossier, denied) = await desk.Allowed(agreementId, Right.WriteReports);
        if (dossier is null)
            return (null, null, denied);
        var at = desk.At(dossier);
        if (at.Dossier.Grounds.Reports.Find(it => it.Report == reportId) is { } frozen)
            return (null, null, Problem.Result(new Refused("report-frozen", ("number", frozen.Number))));
        return await drafting.Find(dossier, desk.Person.Actor, reportId, http.RequestAborted) is { } draft
            ? (dossier, draft, null) : (null, null, Unknown);
    }

    static async Task<IResult> Retitle(AgreementId agreementId, Guid reportId, Body<ReportHeadingRequest> body, Desk desk,
        ReportDrafting drafting, HttpContext http)
    {
        var (dossier, draft, failure) = await Own(agreementId, reportId, desk, drafting, http);
        if (dossier is null || draft is null)
            return failure!;
        if (desk.Against($"\"{draft.Tag}\"") is { } stale)
            return stale;
        var (after, refused) = await drafting.Retitle(dossier, reportId, body.Value.Title, body.Value.Period, desk.Occasion,
            http.RequestAborted);
        return refused is not null ? Problem.Result(refused) : Shown(after!, dossier, desk);
    }

    static async Task<IResult> Discard(AgreementId agreementId, Guid reportId, Desk desk, ReportDrafting drafting, HttpContext http)
    {
        var (dossier, draft, failure) = await Own(agreementId, reportId, desk, drafting, http);
        if (dossier is null || draft is null)
            return failure!;
        if (desk.Against($"\"{draft.Tag}\"") is { } stale)
            return stale;
        if (ReportDrafting.Against(dossier, desk.Occasion) is { } refused)
            return Problem.Result(refused);
        return await drafting.Discard(agreementId, desk.Person.Party, reportId, draft.Tag, http.RequestAborted)
            ? Results.NoContent() : Problem.Result(new Refused("report-draft-changed").NotSo());
    }

    static async Task<IResult> Save(AgreementId agreementId, Guid reportId, string key, Body<ReportSectionRequest> body, Desk desk,
        ReportDrafting drafting, HttpContext http)
    {
        var (dossier, draft, failure) = await Own(agreementId, reportId, desk, drafting, http);
        if (dossier is null || draft is null)
            return failure!;
        var before = draft.Section(key);
        if (desk.Against(before is null ? null : $"\"{before.Tag}\"") is { } stale)
            return stale;
        var it = body.Value;
        var (after, refused) = await drafting.Save(dossier, reportId, before?.Tag, new(key, it.Title, before?.Must ?? false,
            it.Contents ?? before?.Contents ?? [], [.. it.Blocks.Select(block => block.Block)], before?.IsOwn ?? true), desk.Occasion,
            http.RequestAborted);
        if (refused is not null)
            return Problem.Result(refused);
        var saved = after!.Section(key)!;
        var writing = new ReportWriting(dossier, after, desk.Person.Actor, desk.Today);
        return desk.Found(ReportSectionView.Of(saved, writing, desk.Language), $"\"{saved.Tag}\"");
    }

    static async Task<IResult> Remove(AgreementId agreementId, Guid reportId, string key, Desk desk, ReportDrafting drafting,
        HttpContext http)
    {
        var (dossier, draft, failure) = await Own(agreementId, reportId, desk, drafting, http);
        if (dossier is null || draft is null)
            return failure!;
        if (draft.Section(key) is not { } before)
            return NoSection(key);
        if (desk.Against($"\"{before.Tag}\"") is { } stale)
            return stale;
        var (after, refused) = await drafting.Remove(dossier, reportId, key, before.Tag, desk.Occasion, http.RequestAborted);
        return refused is not null ? Problem.Result(refused) : Shown(after!, dossier, desk);
    }

    static Task<IResult> Content(AgreementId agreementId, Guid reportId, Desk desk, ReportDrafting drafting, IDocumentStore store,
        HttpContext http, string? format = null) => !Choice.Read<ReportFormat>(format, out var wanted)
        ? Task.FromResult(Problem.Malformed("format"))
        : With(agreementId, reportId, desk, drafting, http,
            (draft, writing, at) => As(wanted ?? ReportFormat.Html, new(writing.Content(), at, draft.Party, draft.At, null),
                () => writing.Content().Written()),
            (frozen, at) => Frozen(frozen, wanted ?? ReportFormat.Json, at, store));

    /// <summary>A frozen report in a format: as it was frozen, where it was.</summary>
    public static IResult Frozen(FrozenReport it, ReportFormat format, Viewpoint at, IDocumentStore store)
    {
        var mediaType = format switch { ReportFormat.Pdf => LetterPdf.MediaType, ReportFormat.Docx => LetterDocx.MediaType, _ => "" };
        foreach (var named in it.Documents)
            if (at.Dossier.Documents[named.Document]?.Versions.FirstOrDefault(version => version.Number == named.Version) is { } version
                && version.File.MediaType == mediaType)
                return Attachment.Of(store, version.File);
        return As(format, new(it.Content, at, it.Party, it.At, it.Number), it.Content.Written);
    }

    /// <summary>A report in a format, as it reads.</summary>
    public static IResult As(ReportFormat format, ReportPrint print, Func<byte[]> written) => format switch
    {
        ReportFormat.Pdf => Attachment.Of(print.Pdf(), LetterPdf.MediaType, $"{print.FileName}.pdf"),
        ReportFormat.Docx => Attachment.Of(print.Docx(), LetterDocx.MediaType, $"{print.FileName}.docx"),
        ReportFormat.Md => Attachment.Of(Encoding.UTF8.GetBytes(print.Markdown()), "text/markdown; charset=utf-8", $"{print.FileName}.md"),
        ReportFormat.Html => Attachment.Of(Encoding.UTF8.GetBytes(print.Html()), "text/html; charset=utf-8", $"{print.FileName}.html"),
        _ => Attachment.Of(written(), "application/json", $"{print.FileName}.json")
    };

    static async Task<IResult> Freeze(AgreementId agreementId, Guid reportId, Desk desk, ReportDrafting drafting, HttpContext http)
    {
        var (dossier, denied) = await desk.Allowed(agreementId, Right.WriteReports);
        if (dossier is null)
            return denied!;
        var draft = await drafting.Find(dossier, desk.Person.Actor, reportId, http.RequestAborted);
        if (draft is null && dossier.Grounds.Reports.Find(it => it.Report == reportId) is null)
            return Unknown;
        if (draft is not null && desk.Against($"\"{draft.Tag}\"") is { } stale)
            return stale;
        return await drafting.Freezing(desk.At(dossier), dossier, draft, reportId, desk.Occasion, command => desk.Do(agreementId, [],
            command,
            // Its version is the draft's until it is frozen.
            it => it.Grounds.Reports.Find(report => report.Report == reportId)?.Touched,
            at => Reply.Created(ReportView.Of(at.Dossier.Grounds.Reports.Find(it => it.Report == reportId)!, at),
                $"/agreements/{agreementId}/reports/{reportId}")), http.RequestAborted);
    }
}
