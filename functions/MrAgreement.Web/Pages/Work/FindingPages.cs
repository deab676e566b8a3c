using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Work;

namespace MrAgreement.Web.Pages.Work;

/// <summary>The pages of findings: the list, each with how it was told before, and the forms.</summary>
static class FindingPages
{
    const string Route = $"/agreements/{{id:guid}}{Places.Findings}";
    const string One = $"{Route}/{{number:int}}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (HttpContext http, Guid id, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier ? List(http, dossier, visitor, null)
                : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapGet(One, async (Guid id, int number, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier ? Show(dossier, number, visitor, null)
                : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapPost(Route, (HttpContext http, Guid id, FormPost post, PageVisitor visitor) => post.Answer(http, new(id), Filled(http),
            f => new RecordFinding(Read(f)), it => it.Touched, (dossier, refused) => List(http, dossier, visitor, refused),
            after => $"/agreements/{id}{Places.Findings}/{after.Grounds.Findings.Count}?{FormPost.Saved}"));
        Form(pages, "versions", f => new ReviseFinding(f.Number, Read(f), f.Form["as"] != "same"));
        Form(pages, "retraction", f => new RetractFinding(f.Number, f.Text("reason")));
    }

    static void Form(IEndpointRouteBuilder pages, string route, Func<Filled, Command> fill)
    {
        pages.MapPost($"{One}/{route}", (HttpContext http, Guid id, int number, FormPost post, PageVisitor visitor) => post.Answer(http,
            new(id), Filled(http), fill, it => it.Grounds.Findings.Find(number)?.Touched,
            (dossier, refused) => Show(dossier, number, visitor, refused), $"/agreements/{id}{Places.Findings}/{number}?{FormPost.Saved}"));
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        pages.MapGet($"{One}/{route}", (Guid id, int number) => Results.LocalRedirect($"/agreements/{id}{Places.Findings}/{number}"));
    }

    static Filled Filled(HttpContext http) => new(FormRows.Compacted(http.Request.Form, "sources", field =>
        ((string[])["interview", "document", "page", "recommendation"]).Any(name => field(name).Length > 0)), http.Request.RouteValues);

    static ToldFinding Read(Filled f) => new(f.Text("title"), f.Text("text"), f.Choice<FindingKind>("kind"),
        [.. Enumerable.Range(0, FormRows.Count(f.Form, "sources")).Select(i => new NamedSource(Interview: f.Optional($"sources/{i}/interview"),
            Document: f.OptionalValue<Guid>($"sources/{i}/document"), Page: f.OptionalValue<int>($"sources/{i}/page"),
            Recommendation: f.OptionalValue<int>($"sources/{i}/recommendation")))], RecommendationPages.Themes(f));

    static IResult List(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused)
    {
        _ = Web.Http.Choice.Read<FindingKind>(http.Request.Query["kind"], out var kind);
        return WorkPages.Page<FindingsPage>(dossier, visitor, new
        {
            Dossier = dossier, Attempt = refused, Kind = kind, Number = PageNumber.Of(http.Request.Query["page"]),
            Theme = $"{http.Request.Query["theme"]}".Trim()
        }, refused);
    }

    static IResult Show(Dossier dossier, int number, PageVisitor visitor, Attempt? refused) =>
        !Sight.SeesWork(dossier, visitor.Actor) ? Failures.Page(StatusCodes.Status403Forbidden)
        : dossier.Grounds.Findings.Find(number) is not { } it ? Failures.Page(StatusCodes.Status404NotFound)
        : Rendered.Page<FindingPage>(new { Dossier = dossier, Of = it, Attempt = refused }, refused);
}
