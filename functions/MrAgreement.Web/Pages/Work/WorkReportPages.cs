using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Reports;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Work;
using MrAgreement.Work;

namespace MrAgreement.Web.Pages.Work;

/// <summary>The pages of reports: the list, a report section by section as it is written, and what was frozen.</summary>
sealed class WorkReportPages(ReportDrafting drafting, Dossiers dossiers, PageVisitor visitor, IHttpContextAccessor accessor)
{
    /// <summary>The hidden field with what was shown when its form was.</summary>
    public const string Tag = "tag";

    const string Route = $"/agreements/{{id:guid}}{Places.Reports}";
    const string One = $"{Route}/{{report:guid}}";

    HttpContext Http => accessor.HttpContext!;

    CancellationToken Cancellation => Http.RequestAborted;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, (Guid id, WorkReportPages it) => it.List(id)).LooksBack();
        pages.MapPost(Route, (Guid id, WorkReportPages it) => it.Begin(id));
        pages.MapGet(One, (Guid id, Guid report, WorkReportPages it) => it.Show(id, report)).LooksBack();
        pages.MapGet($"{One}/content/{{format}}", (Guid id, Guid report, string format, WorkReportPages it, IDocumentStore store) =>
            it.Content(id, report, format, store));
        pages.MapGet($"{One}/sections/{{key}}", (Guid id, Guid report, string key, WorkReportPages it) => it.Section(id, report, key));
        pages.MapPost($"{One}/sections", (Guid id, Guid report, WorkReportPages it) => it.Add(id, report));
        pages.MapPost($"{One}/sections/{{key}}", (Guid id, Guid report, string key, WorkReportPages it) => it.Save(id, report, key));
        pages.MapPost($"{One}/sections/{{key}}/removal", (Guid id, Guid report, string key, WorkReportPages it) => it.Remove(id, report, key));
        pages.MapPost($"{One}/heading", (Guid id, Guid report, WorkReportPages it) => it.Retitle(id, report));
        pages.MapPost($"{One}/discard", (Guid id, Guid report, WorkReportPages it) => it.Discard(id, report));
        pages.MapPost($"{One}/freezing", (Guid id, Guid report, FormPost post, WorkReportPages it) => it.Freeze(id, report, post));
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        foreach (var form in (string[])["sections", "heading", "discard", "freezing"])
            pages.MapGet($"{One}/{form}", (Guid id, Guid report) => Results.LocalRedirect(Address(id, report)));
        pages.MapGet($"{One}/sections/{{key}}/removal", (Guid id, Guid report, string key) =>
            Results.LocalRedirect($"{Address(id, report)}/sections/{key}"));
    }

    static string Address(Guid id, Guid report) => $"/agreements/{id}{Places.Reports}/{report}";

    static IResult NotFound => Failures.Page(StatusCodes.Status404NotFound);

    async Task<IResult> List(Guid id, Attempt? attempt = null) => await visitor.Find(dossiers, id) is not { } dossier ? NotFound
        : !Sight.SeesWork(dossier, visitor.Actor) ? Failures.Page(StatusCodes.Status403Forbidden)
        : Rendered.Page<ReportsPage>(new
        {
            Dossier = dossier, Attempt = attempt,
            Drafts = visitor.Past is null ? await drafting.All(dossier, visitor.Actor, Cancellation) : []
        }, attempt);

    // A draft of one's own party, or else what was frozen, of those that one sees.
    async Task<IResult> With(Guid id, Guid report, Func<Dossier, ReportDraft, IResult> draft, Func<Dossier, FrozenReport, IResult> frozen)
    {
        if (await visitor.Find(dossiers, id) is not { } dossier)
            return NotFound;
        if (!Sight.SeesWork(dossier, visitor.Actor))
            return Failures.Page(StatusCodes.Status403Forbidden);
        return dossier.Grounds.Reports.Find(it => it.Report == report) is { } found ? frozen(dossier, found)
            : visitor.Past is null && await drafting.Find(dossier, visitor.Actor, report, Cancellation) is { } written ? draft(dossier,
                written)
            : NotFound;
    }

    Task<IResult> Show(Guid id, Guid report, Attempt? attempt = null) => With(id, report,
        (dossier, draft) => Written(dossier, draft, attempt), (dossier, it) => Rendered.Page<FrozenReportPage>(new { Dossier = dossier,
            Of = it }));

    IResult Written(Dossier dossier, ReportDraft draft, Attempt? attempt) =>
        Rendered.Page<ReportPage>(new { Dossier = dossier, Draft = draft, Former = Former(dossier, draft), Attempt = attempt }, attempt);

    FrozenReport? Former(Dossier dossier, ReportDraft draft) => ReportView.Former(visitor.At(dossier), draft.Kind, draft.Party, null);

    Task<IResult> Section(Guid id, Guid report, string key, Attempt? attempt = null) => With(id, report,
        (dossier, draft) => draft.Section(key) is { } it
            ? Rendered.Page<ReportSectionPage>(new { Dossier = dossier, Draft = draft, Of = it, Former = Former(dossier, draft),
                Attempt = attempt }, attempt)
            : NotFound,
        (_, _) => Results.LocalRedirect($"{Address(id, report)}#section-{key}"));

    Task<IResult> Content(Guid id, Guid report, string format, IDocumentStore store) =>
        !Web.Http.Choice.Read<ReportFormat>(format, out var wanted) || wanted is not { } known ? Task.FromResult(NotFound)
        : With(id, report, (dossier, draft) =>
            {
                var content = new ReportWriting(dossier, draft, visitor.Actor, visitor.Today).Content();
                return ReportApi.As(known, new(content, visitor.At(dossier), draft.Party, draft.At, null), content.Written);
            },
            (dossier, it) => ReportApi.Frozen(it, known, visitor.At(dossier), store));

    async Task<IResult> Begin(Guid id)
    {
        var filled = new Filled(Http.Request.Form, Http.Request.RouteValues);
        if (await Denied(id) is { } denied)
            return denied;
        var begun = new BegunReport(Guid.CreateVersion7(), filled.Optional("obligation"), null, filled.Optional("title"), null,
            filled.OptionalValue<int>("from"));
        if (filled.Faults.Count > 0)
            return await List(id, Attempt(filled, Refused.Invalid(filled.Faults)));
        var (draft, refused) = await drafting.Begin(await Whole(id), begun, visitor.Language, visitor.Occasion, Cancellation);
        return refused is not null || draft is null ? await List(id, Attempt(filled, refused!))
            : FormPost.Go(Http, $"{Address(id, draft.Id)}?{FormPost.Saved}#{FormPost.Done}");
    }

    async Task<IResult> Add(Guid id, Guid report)
    {
        var filled = new Filled(Http.Request.Form, Http.Request.RouteValues);
        if (await Denied(id) is { } denied)
            return denied;
        var dossier = await Whole(id);
        if (await drafting.Find(dossier, visitor.Actor, report, Cancellation) is not { } draft)
            return NotFound;
        var title = filled.Text("title");
        var key = PlanContent.KeyFor(title) is { Length: > 0 } named ? named : "x";
        key = Enumerable.Range(1, draft.Sections.Count + 1).Select(number => number == 1 ? key : $"{key[..Math.Min(key.Length, 50)]}-{number}")
            .First(free => draft.Section(free) is null);
        var (_, refused) = await drafting.Save(dossier, report, null, new(key, title, false, [], [new(ReportBlockKind.Text, Text: "")], true),
            visitor.Occasion, Cancellation);
        return refused is not null ? await Show(id, report, Attempt(filled, refused))
            : FormPost.Go(Http, $"{Address(id, report)}/sections/{key}?{FormPost.Saved}#{FormPost.Done}");
    }

    async Task<IResult> Save(Guid id, Guid report, string key)
    {
        var filled = new Filled(Http.Request.Form, Http.Request.RouteValues);
        if (await Denied(id) is { } denied)
            return denied;
        var dossier = await Whole(id);
        if ((await drafting.Find(dossier, visitor.Actor, report, Cancellation))?.Section(key) is not { } before)
            return NotFound;
        var section = before with { Title = filled.Text("title"), Contents = [.. filled.Form["contents"].OfType<string>()], Blocks = Read(filled) };
        if (filled.Faults.Count > 0)
            return await Section(id, report, key, Attempt(filled, Refused.Invalid(filled.Faults)));
        var (_, refused) = await drafting.Save(dossier, report, filled.Form[Tag].ToString(), section, visitor.Occasion, Cancellation);
        return refused is not null ? await Section(id, report, key, Attempt(filled, refused))
            : FormPost.Go(Http, $"{Address(id, report)}/sections/{key}?{FormPost.Saved}#{FormPost.Done}");
    }

    static IReadOnlyList<ReportBlock> Read(Filled f)
    {
        var blocks = new List<ReportBlock>();
        for (var i = 0; i < FormRows.Count(f.Form, "blocks"); i++)
        {
            var reasons = $"blocks/{i}/reasons/";
            if (!f.Ticked($"blocks/{i}/remove"))
                blocks.Add(new(f.Choice<ReportBlockKind>($"blocks/{i}/kind"), f.Optional($"blocks/{i}/of"), f.Text($"blocks/{i}/text"),
                    [.. f.Form.Keys.Where(field => field.StartsWith(reasons, StringComparison.Ordinal))
                        .Select(field => new NotAssessed(field[reasons.Length..], f.Text(field)))]));
        }
        if (f.Text("add").Split('|') is [var kind, var of] && Enum.TryParse<ReportBlockKind>(kind, out var added) && Enum.IsDefined(added))
            blocks.Add(new(added, of.Length > 0 ? of : null, ""));
        return blocks;
    }

    /// <summary>The blocks that a section can be given, of those that there is something to make of.</summary>
    public static IEnumerable<ReportBlock> Blocks(ReportWriting writing)
    {
        yield return new(ReportBlockKind.Text);
        foreach (var area in writing.Figures.Plan?.Content.FocusAreas ?? [])
            yield return new(ReportBlockKind.Measures, area.Key);
        string[] tables = [ReportTables.Money, ReportTables.Efforts, ReportTables.Parties, ReportTables.Categories,
            ReportTables.Appropriations,
            "coverage:recommendations/measures", "coverage:findings/measures"];
        foreach (var block in tables.Select(of => new ReportBlock(ReportBlockKind.Table, of))
            .Append(new(ReportBlockKind.Chart, ReportTables.Money)).Append(new(ReportBlockKind.Statement))
                .Append(new(ReportBlockKind.Decisions))
            .Append(new(ReportBlockKind.Recommendations)).Append(new(ReportBlockKind.Readings)))
            if (writing.Of(block) is not null)
                yield return block;
    }

    async Task<IResult> Remove(Guid id, Guid report, string key)
    {
        var filled = new Filled(Http.Request.Form, Http.Request.RouteValues);
        if (await Denied(id) is { } denied)
            return denied;
        var (_, refused) = await drafting.Remove(await Whole(id), report, key, filled.Form[Tag].ToString(), visitor.Occasion, Cancellation);
        return refused is not null ? await Section(id, report, key, Attempt(filled, refused))
            : FormPost.Go(Http, $"{Address(id, report)}?{FormPost.Saved}#{FormPost.Done}");
    }

    async Task<IResult> Retitle(Guid id, Guid report)
    {
        var filled = new Filled(Http.Request.Form, Http.Request.RouteValues);
        if (await Denied(id) is { } denied)
            return denied;
        var (title, period) = (filled.Text("title"), new DateSpan(filled.Date("period/from"), filled.Date("period/to")));
        if (filled.Faults.Count > 0)
            return await Show(id, report, Attempt(filled, Refused.Invalid(filled.Faults)));
        var (_, refused) = await drafting.Retitle(await Whole(id), report, title, period, visitor.Occasion, Cancellation);
        return refused is not null ? await Show(id, report, Attempt(filled, refused))
            : FormPost.Go(Http, $"{Address(id, report)}?{FormPost.Saved}#{FormPost.Done}");
    }

    async Task<IResult> Discard(Guid id, Guid report)
    {
        var filled = new Filled(Http.Request.Form, Http.Request.RouteValues);
        if (await Denied(id) is { } denied)
            return denied;
        // Thrown away is just what was looked at.
        return await drafting.Discard(new(id), visitor.Actor.Party, report, filled.Form[Tag].ToString(), Cancellation)
            ? FormPost.Go(Http, $"/agreements/{id}{Places.Reports}?{FormPost.Saved}#{FormPost.Done}")
            : await Show(id, report, Attempt(filled, new Refused("report-draft-changed").NotSo()));
    }

    async Task<IResult> Freeze(Guid id, Guid report, FormPost post)
    {
        var filled = new Filled(Http.Request.Form, Http.Request.RouteValues);
        if (await Denied(id) is { } denied)
            return denied;
        var whole = await Whole(id);
        if (await drafting.Find(whole, visitor.Actor, report, Cancellation) is not { } draft
            || whole.Grounds.Reports.Exists(it => it.Report == report))
            return await Show(id, report);
        // Frozen is just what was looked at.
        if (filled.Form[Tag] != draft.Tag)
            return await Show(id, report, Attempt(filled, new Refused("report-draft-changed").NotSo()));
        return await drafting.Freezing(visitor.At(whole), whole, draft, report, visitor.Occasion, command => post.Answer(Http, new(id),
            filled,
            _ => command, it => it.Grounds.Reports.LastOrDefault(it => it.Party == visitor.Actor.Party)?.Touched ?? 0,
            (seen, attempt) => Written(seen, draft, attempt), $"{Address(id, report)}?{FormPost.Saved}"), Cancellation);
    }

    async Task<Dossier> Whole(Guid id) => (await dossiers.Read(new(id), Cancellation))!;

    // Whoever may not write them hears that before anything else.
    async Task<IResult?> Denied(Guid id) => await dossiers.Read(new(id), Cancellation) is not { } dossier
        || !Sight.Sees(dossier.Agreement, visitor.Actor) ? NotFound
        : ReportDrafting.Against(dossier, visitor.Occasion) is { } refused ? Failures.Page(refused) : null;

    Attempt Attempt(Filled filled, Refused refused) => Forms.Attempt.Of(Http.Request.Path, filled, refused, visitor.Language);
}
