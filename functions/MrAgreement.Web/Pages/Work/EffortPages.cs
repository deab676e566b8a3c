using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Formats.Tables;
using MrAgreement.Organisations;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Work;
using MrAgreement.Work;

namespace MrAgreement.Web.Pages.Work;

/// <summary>The pages of efforts, of the support ladder with declarations of intent, and of whom efforts have reached.</summary>
static class EffortPages
{
    const string Agreement = "/agreements/{id:guid}";
    const string One = $"{Agreement}{Places.Efforts}/{{number:int}}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        Page(pages, Places.Efforts, List);
        Page(pages, $"{Places.Efforts}/{{number:int}}", (dossier, all, visitor, http, attempt) =>
            Show(dossier, all, visitor, Number(http), attempt));
        Page(pages, Places.Ladder, Ladder);
        Page(pages, Places.Coverage, Cover);
        pages.MapGet($"{Agreement}{Places.Coverage}/csv", async (HttpContext http, Guid id, Dossiers dossiers, PageVisitor visitor,
            KeptOrganisations register) => await visitor.Find(dossiers, id) is not { } dossier ? NotFound
                : !Sight.SeesWork(dossier, visitor.Actor) ? Failures.Page(StatusCodes.Status403Forbidden)
                : Attachment.Of(Csv.Write(EffortSheet.Of(Covered(dossier, await register.Read(http.RequestAborted), visitor, http).It,
                    visitor.Language)), Csv.MediaType, $"{Attachment.Name(visitor.Language.Say("efforts.coverage-file"),
                    dossier.Agreement.Terms.DiaryNumber.ToString())}.csv"));
        Form(pages, Places.Efforts, (f, dossier, all) => new RecordEffort(Read(f, dossier, all)) { Enclosed = f.Enclosed },
            it => it.Touched, List, after => $"{Places.Efforts}/{after.Grounds.Support.Efforts.Count}");
        Form(pages, Places.Ladder, (f, _, _) => new SetSupportLadder(Steps(f)), it => it.Grounds.Support.Ladder?.Touched ?? 0, Ladder,
            _ => Places.Ladder);
        Form(pages, "/intents", (f, _, all) => new DeclareIntent(Known(f, "organisation", all) ?? "", f.Text("area"), f.Text("text"),
            f.Date("signedOn"), f.OptionalValue<Guid>("document")), it => it.Touched, Ladder, _ => Places.Ladder);
        Each(pages, "revision", (f, dossier, all) => new ReviseEffort(f.Number, Read(f, dossier, all)) { Enclosed = f.Enclosed });
        Each(pages, "effects", (f, _, all) => new RecordEffect(f.Number, new(f.Date("on"), f.Choice<EffectKind>("kind"), f.Text("text"),
            Known(f, "organisation", all), f.Optional("evidence"))));
        Each(pages, "cancellation", (f, _, _) => new CancelEffort(f.Number, f.Text("reason")));
    }

    delegate IResult Shown(Dossier dossier, OrganisationRegister all, PageVisitor visitor, HttpContext http, Attempt? attempt);

    static IResult NotFound => Failures.Page(StatusCodes.Status404NotFound);

    static int Number(HttpContext http) =>
        int.Parse((string)http.Request.RouteValues["number"]!, System.Globalization.CultureInfo.InvariantCulture);

    static void Page(IEndpointRouteBuilder pages, string page, Shown show) =>
        pages.MapGet($"{Agreement}{page}", async (HttpContext http, Guid id, Dossiers dossiers, PageVisitor visitor,
            KeptOrganisations register) => await visitor.Find(dossiers, id) is { } dossier
                ? show(dossier, await register.Read(http.RequestAborted), visitor, http, null) : NotFound).LooksBack();

    static void Form(IEndpointRouteBuilder pages, string form, Func<Filled, Dossier?, OrganisationRegister, Command> fill,
        Func<Dossier, long?> touched, Shown show, Func<Dossier, string> next)
    {
        pages.MapPost($"{Agreement}{form}", (HttpContext http, Guid id, FormPost post, Documents.Upload upload, Dossiers dossiers, PageVisitor visitor,
            KeptOrganisations register) => Answer(http, id, post, upload, dossiers, visitor, register, fill, touched, show, next))
            .WithMetadata(Documents.Upload.AsLargeAsDocuments);
        if (form == "/intents")
            pages.MapGet($"{Agreement}{form}", (Guid id) => Results.LocalRedirect($"/agreements/{id}{Places.Ladder}"));
    }

    static void Each(IEndpointRouteBuilder pages, string form, Func<Filled, Dossier?, OrganisationRegister, Command> fill)
    {
        pages.MapPost($"{One}/{form}", (HttpContext http, Guid id, int number, FormPost post, Documents.Upload upload, Dossiers dossiers,
            PageVisitor visitor, KeptOrganisations register) => Answer(http, id, post, upload, dossiers, visitor, register, fill,
                it => it.Grounds.Support.Efforts.Find(number)?.Touched,
                (dossier, all, who, _, attempt) => Show(dossier, all, who, number, attempt), _ => $"{Places.Efforts}/{number}"))
            .WithMetadata(Documents.Upload.AsLargeAsDocuments);
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        pages.MapGet($"{One}/{form}", (Guid id, int number) => Results.LocalRedirect($"/agreements/{id}{Places.Efforts}/{number}"));
    }

    static async Task<IResult> Answer(HttpContext http, Guid id, FormPost post, Documents.Upload upload, Dossiers dossiers,
        PageVisitor visitor, KeptOrganisations register, Func<Filled, Dossier?, OrganisationRegister, Command> fill,
        Func<Dossier, long?> touched, Shown show, Func<Dossier, string> next)
    {
        var (before, all) = (await visitor.Find(dossiers, id), await register.Read(http.RequestAborted));
        var filled = new Filled(FormRows.Compacted(http.Request.Form, "steps", field => field("title").Length > 0),
            http.Request.RouteValues);
        return await upload.Enclosing(new(id), filled, visitor.Actor, () => post.Answer(http, new(id), filled, f => fill(f, before, all),
            touched, (dossier, attempt) => show(dossier, all, visitor, http, attempt),
            after => $"/agreements/{id}{next(after)}?{FormPost.Saved}"), http.RequestAborted);
    }

    static ToldEffort Read(Filled f, Dossier? dossier, OrganisationRegister all)
    {
        var told = new ToldEffort(f.Text("title"), f.Choice<EffortKind>("kind"), f.Text("step"), f.Date("from"), f.OptionalDate("to"),
            f.Choice<EffortForm>("meeting"), PlanPages.Listed(f, "arrangers"),
            [.. Enum.GetValues<EffortAudience>().Where(audience => f.Form["audience"].Contains($"{audience}"))],
            new(PlanPages.Listed(f, "organisations"), f.Optional("group"), [.. f.Form["counties"].OfType<string>()]),
            f.OptionalValue<int>("participants"), PlanPages.Listed(f, "perspectives"), f.Optional("measure"), f.Ids("documents"));
        foreach (var fault in dossier is null ? [] : EffortPlaces.Faults(told, dossier, all))
            f.Note(fault);
        return told;
    }

    static string? Known(Filled f, string field, OrganisationRegister all)
    {
        var id = f.Optional(field);
        foreach (var fault in EffortPlaces.Faults(id, all))
            f.Note(fault);
        return id;
    }

    static IReadOnlyList<LadderStep> Steps(Filled f) => [.. Enumerable.Range(0, FormRows.Count(f.Form, "steps")).Select(i => new LadderStep(
        f.Optional($"steps/{i}/key") ?? PlanContent.KeyFor(f.Text($"steps/{i}/title")), f.Text($"steps/{i}/title"), i + 1,
        [.. Enum.GetValues<EffortKind>().Where(kind => f.Form[$"steps/{i}/efforts"].Contains($"{kind}"))],
        f.Ticked($"steps/{i}/intent")))];

    static IResult List(Dossier dossier, OrganisationRegister all, PageVisitor visitor, HttpContext http, Attempt? attempt) =>
        WorkPages.Page<EffortsPage>(dossier, visitor, new
        {
            Dossier = dossier, Register = all, Attempt = attempt, Number = PageNumber.Of(http.Request.Query["page"])
        }, attempt);

    static IResult Show(Dossier dossier, OrganisationRegister all, PageVisitor visitor, int number, Attempt? attempt) =>
        Sight.SeesWork(dossier, visitor.Actor) && dossier.Grounds.Support.Efforts.Find(number) is null ? NotFound
        : WorkPages.Page<EffortPage>(dossier, visitor, new
        {
            Dossier = dossier, Register = all, Of = dossier.Grounds.Support.Efforts.Find(number), Attempt = attempt
        }, attempt);

    static IResult Ladder(Dossier dossier, OrganisationRegister all, PageVisitor visitor, HttpContext http, Attempt? attempt) =>
        WorkPages.Page<LadderPage>(dossier, visitor, new { Dossier = dossier, Register = all, Attempt = attempt }, attempt);

    static IResult Cover(Dossier dossier, OrganisationRegister all, PageVisitor visitor, HttpContext http, Attempt? attempt)
    {
        var (it, from, to) = Covered(dossier, all, visitor, http);
        return WorkPages.Page<EffortCoveragePage>(dossier, visitor, new { Dossier = dossier, Of = it, From = from, To = to }, attempt);
    }

    static (EffortCoverage It, LocalDate? From, LocalDate? To) Covered(Dossier dossier, OrganisationRegister all, PageVisitor visitor,
        HttpContext http)
    {
        _ = Web.Http.Choice.Read<EffortCoverageBy>(http.Request.Query["by"], out var by);
        var (from, to) = (Day("from"), Day("to"));
        return (EffortCoverage.Of(dossier.Grounds.Support, all, by ?? EffortCoverageBy.Step, visitor.Today, from, to), from, to);

        LocalDate? Day(string name) => NodaTime.Text.LocalDatePattern.Iso.Parse($"{http.Request.Query[name]}") is { Success: true } day
            ? day.Value : null;
    }
}
