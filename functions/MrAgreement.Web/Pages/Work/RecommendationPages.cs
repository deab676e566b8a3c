using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Work;
using MrAgreement.Work;

namespace MrAgreement.Web.Pages.Work;

/// <summary>The pages of recommendations: the list, each with its history, what was told of them, and the forms.</summary>
static class RecommendationPages
{
    public const int PageSize = 50;
    const string Route = $"/agreements/{{id:guid}}{Places.Recommendations}";
    const string One = $"{Route}/{{number:int}}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (HttpContext http, Guid id, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier ? List(http, dossier, visitor, null)
                : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapGet(One, async (Guid id, int number, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier ? Show(dossier, number, visitor, null)
                : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapPost(Route, (HttpContext http, Guid id, FormPost post, PageVisitor visitor) =>
            Answer(http, id, new(http.Request.Form, http.Request.RouteValues), post, visitor, f => new RecordRecommendation(Read(f)),
                after => $"/{after.Grounds.Recommendations.Count}?{FormPost.Saved}"));
        pages.MapPost($"{Route}/imports", Import);
        pages.MapPost($"{Route}/information", (HttpContext http, Guid id, FormPost post, Documents.Upload upload, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return upload.Enclosing(new(id), filled, visitor.Actor, () => Answer(http, id, filled, post, visitor,
                f => new InformOfRecommendations(Numbers(f), f.Date("informedOn"), f.Text("how"), f.Ids("documents"))
                {
                    Enclosed = f.Enclosed
                }, after => $"?{FormPost.Saved}#information-{after.Grounds.Informations.Count}"), http.RequestAborted);
        }).WithMetadata(Documents.Upload.AsLargeAsDocuments);
        pages.MapPost($"{Route}/information/{{number:int}}/receipt", (HttpContext http, Guid id, FormPost post, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return post.Answer(http, new(id), filled, f => new ReceiveInformation(f.Number),
                it => it.Grounds.Informations.Find(filled.Number)?.Touched, (dossier, refused) => List(http, dossier, visitor, refused),
                $"/agreements/{id}{Places.Recommendations}?{FormPost.Saved}#information-{filled.Number}");
        });
        pages.MapPost($"{One}/versions", (HttpContext http, Guid id, FormPost post, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return post.Answer(http, new(id), filled, f => new ReviseRecommendation(f.Number, Read(f)),
                it => it.Grounds.Recommendations.Find(filled.Number)?.Touched,
                (dossier, refused) => Show(dossier, filled.Number, visitor, refused),
                $"/agreements/{id}{Places.Recommendations}/{filled.Number}?{FormPost.Saved}");
        });
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        foreach (var step in (string[])["imports", "information", "information/{number:int}/receipt"])
            pages.MapGet($"{Route}/{step}", (Guid id) => Results.LocalRedirect($"/agreements/{id}{Places.Recommendations}"));
        pages.MapGet($"{One}/versions", (Guid id, int number) =>
            Results.LocalRedirect($"/agreements/{id}{Places.Recommendations}/{number}"));
    }

    static Task<IResult> Answer(HttpContext http, Guid id, Filled filled, FormPost post, PageVisitor visitor, Func<Filled, Command> fill,
        Func<Dossier, string> next) => post.Answer(http, new(id), filled, fill, it => it.Touched,
            (dossier, refused) => List(http, dossier, visitor, refused),
            after => $"/agreements/{id}{Places.Recommendations}{next(after)}");

    // The file's digest is a field among the others: another file is another form.
    static async Task<IResult> Import(HttpContext http, Guid id, FormPost post, PageVisitor visitor)
    {
        var (form, upload) = (http.Request.Form, Upload.Of(http.Request.Form));
        // Whoever may not do it hears that first.
        if (!await post.May(new(id), Parties.Right.TellOfRecommendations, http.RequestAborted))
            return await Answer(http, id, new(form, http.Request.RouteValues), post, visitor, _ => new ImportRecommendations([]), _ => "");
        if (!(upload is { HasFile: true, File.Length: > 0 and <= RecommendationImport.MaxBytes }))
        {
            var without = new Filled(form, http.Request.RouteValues);
            without.Note(upload is { HasFile: true, File.Length: > 0 }
                ? new("/file", "file-too-large", ("megabytes", RecommendationImport.MaxBytes / 1024 / 1024))
                : new("/file", "required", ("field", "file")));
            return await post.Back(http, new(id), without, (dossier, refused) => List(http, dossier, visitor, refused));
        }
        var (rows, hash, unread) = await RecommendationImport.Read(upload.File, http.RequestAborted);
        var filled = new Filled(new FormCollection(new Dictionary<string, StringValues>(form) { ["digest"] = $"{hash}" },
            (FormFileCollection?)form.Files), http.Request.RouteValues);
        return unread is not null
            ? await post.Back(http, new(id), filled, (dossier, refused) => List(http, dossier, visitor, refused), unread)
            : await Answer(http, id, filled, post, visitor, _ => new ImportRecommendations(rows), _ => $"?rows={rows.Count}&{FormPost.Saved}");
    }

    static IResult List(HttpContext http, Dossier dossier, PageVisitor visitor, Attempt? refused)
    {
        var query = http.Request.Query;
        var (filter, _) = RecommendationFilter.Read(query["kind"], query["informed"], query["body"], query["theme"], query["year"]);
        return WorkPages.Page<RecommendationsPage>(dossier, visitor, new
        {
            Dossier = dossier, Attempt = refused, Filter = filter, Number = PageNumber.Of(query["page"]),
            Rows = int.TryParse(query["rows"], NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? rows : (int?)null
        }, refused);
    }

    static IResult Show(Dossier dossier, int number, PageVisitor visitor, Attempt? refused) =>
        !Sight.SeesWork(dossier, visitor.Actor) ? Failures.Page(StatusCodes.Status403Forbidden)
        : dossier.Grounds.Recommendations.Find(number) is not { } it ? Failures.Page(StatusCodes.Status404NotFound)
        : Rendered.Page<RecommendationPage>(new { Dossier = dossier, Of = it, Attempt = refused }, refused);

    static RecommendationContent Read(Filled f) => new(f.Choice<RecommendationKind>("kind"), f.Text("body"), f.Text("occasion"),
        f.Value<int>("year"), f.Text("document"), f.Text("paragraph"), new(f.Optional("text/en"), f.Optional("text/sv")),
        [.. Enum.GetValues<Concern>().Where(it => f.Form["concerns"].Contains($"{it}"))], Themes(f),
        f.Optional("answer") is null ? null : f.Choice<ReviewAnswer>("answer"), f.Optional("commissioner"));

    /// <summary>Themes, with commas or new lines between.</summary>
    public static IReadOnlyList<string> Themes(Filled f) =>
        f.Text("themes").Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static IReadOnlyList<int> Numbers(Filled f) => [.. f.Form["numbers"].Select(text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];
}
