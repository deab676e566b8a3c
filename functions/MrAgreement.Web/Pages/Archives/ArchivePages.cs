using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Archives;
using MrAgreement.Decisions;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Archives;
using MrAgreement.Web.Packaging;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Archives;

/// <summary>Packages for archives: those of one agreement, and of many that are closed.</summary>
static class ArchivePages
{
    /// <summary>In the address of an agreement's packages: the one that is being made.</summary>
    public const string Ordered = "package";

    /// <summary>Agreements on a page, and in an order.</summary>
    public const int PageSize = 100;

    const string One = "/agreements/{id:guid}/archive";
    const string RefreshSeconds = "2";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(One, ShowOne);
        pages.MapPost(One, Make);
        pages.MapGet($"{One}/{{package:guid}}/content", Download);
        pages.MapGet("/archive", ShowMany);
        pages.MapPost("/archive", MakeMany);
        pages.MapGet("/archive/orders/{order:guid}", ShowOrder);
    }

    static async Task<IResult> ShowOne(HttpContext http, Guid id, Dossiers dossiers, IArchiveRuns runs, PageVisitor visitor)
    {
        // Before the log is read: a package that is made by then is in it.
        var ordered = Guid.TryParse(http.Request.Query[Ordered], out var package) ? package : (Guid?)null;
        var run = ordered is { } asked ? await runs.Find(asked, http.RequestAborted) : null;
        if (await Found(http, id, dossiers, visitor) is not { } dossier)
            return Failures.Page(StatusCodes.Status404NotFound);
        if (!Rights.May(visitor.Actor, Right.FetchArchivePackage, dossier.Agreement.Terms.Parties))
            return Failures.Page(StatusCodes.Status403Forbidden);
        var made = ordered is { } wanted && dossier.Packages[wanted] is not null;
        var mine = run?.Order.Packages is [var only] && only.Agreement == dossier.Id ? run : null;
        if (!made && mine is { IsDone: false })
            Refresh(http, visitor);
        return Page<ArchivePage>(new { Dossier = dossier, Run = mine, Package = ordered, Made = made });
    }

    static async Task<IResult> Make(HttpContext http, Guid id, FormPost post, Dossiers dossiers, IArchiveRuns runs, PageVisitor visitor)
    {
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        if (await Found(http, id, dossiers, visitor) is not { } dossier)
            return Failures.Page(StatusCodes.Status404NotFound);
        var package = new OrderedPackage(dossier.Id, Guid.CreateVersion7(),
            ArchiveApi.PartyOf(filled.Optional("party"), visitor.Actor) ?? "");
        if (dossier.Decide(RecordArchivePackage.Wished(package.Package, package.Party), visitor.Occasion) is Refused refused)
            return await post.Back(http, dossier.Id, filled,
                (it, attempt) => Page<ArchivePage>(new { Dossier = it, Attempt = attempt }, attempt.Status), refused);
        await runs.Start(new(package.Package, [package], visitor.Occasion), http.RequestAborted);
        return FormPost.Go(http, $"{http.Request.Path}?{Ordered}={package.Package}");
    }

    static async Task<IResult> Download(HttpContext http, Guid id, Guid package, Dossiers dossiers, PackageShelf shelf,
        PageVisitor visitor) =>
        await Found(http, id, dossiers, visitor) is { } dossier && dossier.Packages[package] is { } made
            && PackageRules.Opens(dossier, visitor.Actor, made)
        && await shelf.Open(made.Made.Sha256, http.RequestAborted) is { } content
            ? ArchiveApi.Content(content, made)
            : Failures.Page(StatusCodes.Status404NotFound);

    static async Task<IResult> ShowMany(HttpContext http, KeptOverviews overviews, PageVisitor visitor)
    {
        var (actor, page) = (visitor.Actor, PageNumber.Of(http.Request.Query["page"]));
        if (!Rights.MaySomewhere(actor, Right.MakeArchivePackage))
            return Failures.Page(StatusCodes.Status403Forbidden);
        var viewer = actor.SeesEveryAgreement ? null : actor.Party;
        var lists = await overviews.Now(http.RequestAborted);
        var found = await lists.Portfolio(new(visitor.Today, viewer, Drafts: false, Json.NameOf(AgreementStatus.Closed), null, null,
            page, PageSize), http.RequestAborted);
        var parties = actor.SeesEveryAgreement ? await lists.Parties(null, http.RequestAborted) : [];
        return Page<ArchivesPage>(new { Found = found, Parties = parties, Number = page,
            IsEmpty = http.Request.Query.ContainsKey("none") });
    }

    static async Task<IResult> MakeMany(HttpContext http, Dossiers dossiers, IArchiveRuns runs, PageVisitor visitor)
    {
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var party = ArchiveApi.PartyOf(filled.Optional("party"), visitor.Actor) ?? "";
        var packages = new List<OrderedPackage>();
        foreach (var id in filled.Ids("agreements").Distinct().Take(PageSize))
            if (await Found(http, id, dossiers, visitor) is { } dossier
                && dossier.Decide(RecordArchivePackage.Wished(Guid.Empty, party), visitor.Occasion) is not Refused)
                packages.Add(new(dossier.Id, Guid.CreateVersion7(), party));
        if (packages.Count == 0)
            return FormPost.Go(http, "/archive?none");
        var order = new ArchiveOrder(Guid.CreateVersion7(), packages, visitor.Occasion);
        await runs.Start(order, http.RequestAborted);
        return FormPost.Go(http, $"/archive/orders/{order.Id}");
    }

    static async Task<IResult> ShowOrder(HttpContext http, Guid order, IArchiveRuns runs, Dossiers dossiers, PageVisitor visitor)
    {
        if (await runs.Find(order, http.RequestAborted) is not { } run || run.Order.On.By.Id != visitor.Person.Id)
            return Failures.Page(StatusCodes.Status404NotFound);
        if (!run.IsDone)
            Refresh(http, visitor);
        var ended = new List<(Dossier Dossier, OrderedPackage Package)>();
        if (run.IsDone)
            foreach (var package in run.Order.Packages)
                if (await dossiers.ReadIfWhole(package.Agreement, http.RequestAborted) is { } dossier)
                    ended.Add((dossier, package));
        return Page<ArchiveOrderPage>(new { Run = run, Ended = ended });
    }

    /// <summary>Whether the person may have packages made of an agreement.</summary>
    public static bool May(PageVisitor visitor, Dossier it) =>
        Rights.May(visitor.Actor, Right.MakeArchivePackage, it.Agreement.Terms.Parties);

    static async Task<Dossier?> Found(HttpContext http, Guid id, Dossiers dossiers, PageVisitor visitor) =>
        await dossiers.ReadIfWhole(new(id), http.RequestAborted) is { } dossier && Sight.Sees(dossier.Agreement, visitor.Actor)
            ? dossier
            : null;

    static void Refresh(HttpContext http, PageVisitor visitor)
    {
        if (!visitor.Has("still"))
            http.Response.Headers["Refresh"] = RefreshSeconds;
    }

    static IResult Page<T>(object parameters, int status = StatusCodes.Status200OK) where T : IComponent =>
        new RazorComponentResult<T>(parameters)
    {
        StatusCode = status,
        PreventStreamingRendering = true
    };
}
