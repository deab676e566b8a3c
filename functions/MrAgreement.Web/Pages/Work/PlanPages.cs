using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Organisations;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Work;
using MrAgreement.Work;

namespace MrAgreement.Web.Pages.Work;

/// <summary>The pages of the plan: what it says, its measures and project plans, its versions with what differs, and the forms.</summary>
static class PlanPages
{
    public const string Route = $"/agreements/{{id:guid}}{Places.Plan}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        Page(pages, "", (dossier, _, _) => Rendered.Page<PlanPage>(new { Dossier = dossier }));
        Page(pages, "/measures/{key}", (dossier, http, attempt) => Measure(dossier, Key(http), attempt));
        Page(pages, "/focus-areas/{key}", (dossier, http, attempt) => Area(dossier, Key(http), attempt));
        Page(pages, "/versions/{number:int}", (dossier, http, _) =>
            int.Parse((string)http.Request.RouteValues["number"]!, System.Globalization.CultureInfo.InvariantCulture) is var number
            && dossier.Grounds.Plan(number) is { } it ? Rendered.Page<PlanVersionPage>(new { Dossier = dossier, Of = it }) : NotFound);
        pages.MapGet($"{Route}/versions/{{number:int}}/content/{{format}}", async (Guid id, int number, string format, Dossiers dossiers,
            PageVisitor visitor) => await visitor.Find(dossiers, id) is { } dossier && Sight.SeesWork(dossier, visitor.Actor)
                && dossier.Grounds.Plan(number) is { } it && Web.Http.Choice.Read<PlanFormat>(format, out var wanted) && wanted is { } known
                ? new PlanPrint(it, visitor.At(dossier)).As(known) : NotFound);
        Form(pages, "measures/{key}/reports", (f, all) => new ReportMeasure(f.Key, f.Date("on"), f.Choice<MeasureStatus>("status"),
            f.Text("text"), f.Ids("documents"), Known(f, "reached", all), f.OptionalValue<int>("corrects")) { Enclosed = f.Enclosed },
            (it, key) => it.Grounds.Measures.GetValueOrDefault(key)?.Touched ?? 0, Measure, "measures");
        Form(pages, "measures/{key}/assessment", (f, _) => new AssessMeasure(f.Key, f.Choice<MeasureResult>("result"), f.Text("text"),
            f.Optional("livesOn"), [.. f.Ids("documents").Select(document => new NamedEvidence(Document: document)),
                .. f.Numbers("reports").Select(number => new NamedEvidence(Report: number)),
                .. f.Numbers("findings").Select(number => new NamedEvidence(Finding: number))]) { Enclosed = f.Enclosed },
            (it, key) => it.Grounds.Measures.GetValueOrDefault(key)?.Touched ?? 0, Measure, "measures");
        Form(pages, "focus-areas/{key}/project-plan", (f, _) => new WriteProjectPlan(f.Key, f.Text("text"), f.Ids("documents"))
            {
                Enclosed = f.Enclosed
            },
            (it, key) => it.Grounds.ProjectPlans.GetValueOrDefault(key)?.Touched ?? 0, Area, "focus-areas");
        Form(pages, "focus-areas/{key}/check", (f, _) => new CheckProjectPlan(f.Key, f.Choice<CheckOutcome>("outcome"), f.Optional("comment")),
            (it, key) => it.Grounds.ProjectPlans.GetValueOrDefault(key)?.Touched ?? 0, Area, "focus-areas");
        PlanDraftPages.Map(pages);
    }

    static IResult NotFound => Failures.Page(StatusCodes.Status404NotFound);

    static string Key(HttpContext http) => (string)http.Request.RouteValues["key"]!;

    static void Page(IEndpointRouteBuilder pages, string page, Func<Dossier, HttpContext, Attempt?, IResult> show) =>
        pages.MapGet($"{Route}{page}", async (HttpContext http, Guid id, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is not { } dossier ? NotFound
            : Sight.SeesWork(dossier, visitor.Actor) ? show(dossier, http, null)
            : Failures.Page(StatusCodes.Status403Forbidden)).LooksBack();

    static void Form(IEndpointRouteBuilder pages, string form, Func<Filled, OrganisationRegister, Command> fill,
        Func<Dossier, string, long> touched, Func<Dossier, string, Attempt?, IResult> show, string folder)
    {
        pages.MapPost($"{Route}/{form}", async (HttpContext http, Guid id, string key, FormPost post, Upload upload, PageVisitor visitor,
            KeptOrganisations register) =>
        {
            var (all, filled) = (await register.Read(http.RequestAborted), new Filled(http.Request.Form, http.Request.RouteValues));
            return await upload.Enclosing(new(id), filled, visitor.Actor, () => post.Answer(http, new(id), filled, f => fill(f, all),
                it => touched(it, key),
                (dossier, refused) =>
                    Sight.SeesWork(dossier, visitor.Actor) ? show(dossier, key, refused) : Failures.Page(StatusCodes.Status403Forbidden),
                $"/agreements/{id}{Places.Plan}/{folder}/{key}?{FormPost.Saved}"), http.RequestAborted);
        }).WithMetadata(Upload.AsLargeAsDocuments);
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        pages.MapGet($"{Route}/{form}", (Guid id, string key) => Results.LocalRedirect($"/agreements/{id}{Places.Plan}/{folder}/{key}"));
    }

    static IResult Measure(Dossier dossier, string key, Attempt? attempt) => new Plans(dossier).Measure(key) is { } it
        ? Rendered.Page<MeasurePage>(new { Dossier = dossier, Of = it, Attempt = attempt }, attempt) : NotFound;

    static IResult Area(Dossier dossier, string key, Attempt? attempt) => new Plans(dossier).FocusArea(key) is { } it
        ? Rendered.Page<FocusAreaPage>(new { Dossier = dossier, Of = it, Attempt = attempt }, attempt) : NotFound;

    // What the register of organisations does not know is told beside the field.
    static IReadOnlyList<string> Known(Filled f, string field, OrganisationRegister all)
    {
        var codes = Listed(f, field);
        foreach (var fault in PlanPlaces.Faults(codes, all))
            f.Note(fault);
        return codes;
    }

    /// <summary>Words with commas or new lines between.</summary>
    public static IReadOnlyList<string> Listed(Filled f, string field) =>
        f.Text(field).Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
