using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Work;

namespace MrAgreement.Web.Pages.Work;

/// <summary>The pages of indicators: the list, each with its trend, the heat map, and the forms.</summary>
static class IndicatorPages
{
    const string Route = $"/agreements/{{id:guid}}{Places.Indicators}";
    const string One = $"{Route}/{{key}}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (Guid id, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier ? List(dossier, visitor, null) : NotFound).LooksBack();
        pages.MapGet(One, async (Guid id, string key, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier ? Show(dossier, key, visitor, null) : NotFound).LooksBack();
        pages.MapGet($"/agreements/{{id:guid}}{Places.HeatMap}", async (HttpContext http, Guid id, Dossiers dossiers,
            PageVisitor visitor) => await visitor.Find(dossiers, id) is { } dossier ? Heat(http, dossier, visitor) : NotFound).LooksBack();
        pages.MapPost(Route, (HttpContext http, Guid id, FormPost post, PageVisitor visitor) => post.Answer(http, new(id), Filled(http),
            f => new DefineIndicator(f.Optional("key") ?? PlanContent.KeyFor(f.Text("title")), Read(f, [])), it => it.Touched,
            (dossier, refused) => List(dossier, visitor, refused),
            after =>
                $"/agreements/{id}{Places.Indicators}/{after.Grounds.Indicators.Values.MaxBy(it => it.Versions[0].At)?.Key}?{FormPost.Saved}"));
        Form(pages, "revision", (f, it) => new ReviseIndicator(f.Key, Read(f, it?.Content.Targets ?? [])));
        Form(pages, "targets", (f, _) => new SetTarget(f.Key, new(f.Date("by"), Figures.Read(f, "value") ?? Required(f, "value"))));
        Form(pages, "ending", (f, _) => new EndIndicator(f.Key, f.Text("reason")));
        Form(pages, "readings", (f, _) => new RecordReading(f.Key, new(f.Date("on"), Figure(f, "", "value"),
            [.. Rows(f, "parts").Select(row => new ReadingPart(f.Text($"{row}/breakdown"), f.Text($"{row}/of"), Figure(f, $"{row}/", "reading")))], f.Optional("source"),
            f.Ids("documents")), f.OptionalValue<int>("corrects"), f.Ticked("sure")) { Enclosed = f.Enclosed });
    }

    static IResult NotFound => Failures.Page(StatusCodes.Status404NotFound);

    static void Form(IEndpointRouteBuilder pages, string form, Func<Filled, Indicator?, Command> fill)
    {
        pages.MapPost($"{One}/{form}", async (HttpContext http, Guid id, string key, FormPost post, Upload upload, Dossiers dossiers,
            PageVisitor visitor) =>
        {
            var (before, filled) = (await visitor.Find(dossiers, id), Filled(http));
            return await upload.Enclosing(new(id), filled, visitor.Actor, () => post.Answer(http, new(id), filled,
                f => fill(f, before?.Grounds.Indicators.GetValueOrDefault(key)),
                it => it.Grounds.Indicators.GetValueOrDefault(key)?.Touched, (dossier, refused) => Show(dossier, key, visitor, refused),
                $"/agreements/{id}{Places.Indicators}/{key}?{FormPost.Saved}"), http.RequestAborted);
        }).WithMetadata(Upload.AsLargeAsDocuments);
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        pages.MapGet($"{One}/{form}", (Guid id, string key) => Results.LocalRedirect($"/agreements/{id}{Places.Indicators}/{key}"));
    }

    static Filled Filled(HttpContext http) => new(FormRows.Compacted(FormRows.Compacted(FormRows.Compacted(http.Request.Form, "parts",
        field => ((string[])["reading", "numerator", "denominator"]).Any(name => field(name).Length > 0)), "breakdowns",
        field => field("title").Length + field("values").Length > 0), "targets", field => field("by").Length + field("value").Length > 0),
        http.Request.RouteValues);

    static IEnumerable<string> Rows(Filled f, string name) =>
        Enumerable.Range(0, FormRows.Count(f.Form, name)).Select(i => $"{name}/{i}");

    static IndicatorContent Read(Filled f, IReadOnlyList<IndicatorTarget> targets) => new(f.Text("title"),
        f.Choice<WorkDimension>("dimension"),
        [.. Enum.GetValues<Principle>().Where(principle => f.Form["principles"].Contains($"{principle}"))], f.Choice<IndicatorUnit>("unit"),
        f.Choice<IndicatorDirection>("direction"), Belongs(f.Text("belongsTo").Split(':', 2)),
        [.. targets, .. Rows(f, "targets").Select(row => new IndicatorTarget(f.Date($"{row}/by"),
            Figures.Read(f, $"{row}/value") ?? Required(f, $"{row}/value")))],
        [.. Rows(f, "breakdowns").Select(row => new Breakdown(f.Optional($"{row}/key") ?? PlanContent.KeyFor(f.Text($"{row}/title")),
            f.Text($"{row}/title"), PlanPages.Listed(f, $"{row}/values")))],
        f.Choice<IndicatorSource>("source"), f.OptionalValue<int>("decimals") ?? 0, f.Ticked("cumulative"), Ends(f), Before(f),
        f.Optional("of"));

    static BelongsTo Belongs(string[] told) => told switch
    {
        ["measure", var key] => new(Measure: key),
        ["focus-area", var key] => new(FocusArea: key),
        ["goal", var key] => new(Goal: key),
        _ => new()
    };

    static ScaleEnds? Ends(Filled f) => (Figures.Read(f, "scale/from"), Figures.Read(f, "scale/to")) switch
    {
        (null, null) => null,
        var (from, to) => new(from ?? Required(f, "scale/from"), to ?? Required(f, "scale/to"))
    };

    static Baseline? Before(Filled f) => ((string[])["on", "value", "numerator", "denominator", "source"])
        .All(name => f.Optional($"baseline/{name}") is null) ? null
        : new(f.Date("baseline/on"), Figure(f, "baseline/", "value"), f.Text("baseline/source"));

    static Figure Figure(Filled f, string at, string field) => new(Figures.Read(f, $"{at}{field}"), f.OptionalValue<long>($"{at}numerator"),
        f.OptionalValue<long>($"{at}denominator"));

    static decimal Required(Filled f, string field)
    {
        if (f.Optional(field) is null)
            f.Note(new($"/{field}", "required"));
        return 0;
    }

    static IResult List(Dossier dossier, PageVisitor visitor, Attempt? refused) =>
        WorkPages.Page<IndicatorsPage>(dossier, visitor, new { Dossier = dossier, Attempt = refused }, refused);

    static IResult Show(Dossier dossier, string key, PageVisitor visitor, Attempt? refused) =>
        Sight.SeesWork(dossier, visitor.Actor) && dossier.Grounds.Indicators.GetValueOrDefault(key) is null ? NotFound
        : WorkPages.Page<IndicatorPage>(dossier, visitor,
            new { Dossier = dossier, Of = dossier.Grounds.Indicators.GetValueOrDefault(key), Attempt = refused }, refused);

    static IResult Heat(HttpContext http, Dossier dossier, PageVisitor visitor)
    {
        _ = Web.Http.Choice.Read<HeatRows>(http.Request.Query["rows"], out var rows);
        _ = Web.Http.Choice.Read<HeatColumns>(http.Request.Query["columns"], out var columns);
        return WorkPages.Page<HeatMapPage>(dossier, visitor, new
        {
            Dossier = dossier, Rows = rows ?? HeatRows.FocusAreas, Columns = columns ?? HeatColumns.Principles
        }, null);
    }
}
