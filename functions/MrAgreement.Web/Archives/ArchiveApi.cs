using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Archives;
using MrAgreement.Decisions;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.Packaging;

namespace MrAgreement.Web.Archives;

/// <summary>Packages for archives: ordered, followed, and fetched.</summary>
static class ArchiveApi
{
    const string MediaType = "application/zip";
    const string SoonEnough = "2";

    public static void MapArchives(this RouteGroupBuilder api)
    {
        var packages = api.MapGroup("/agreements/{agreementId:guid}/archive-packages").WithTags("Archive");
        packages.MapGet("", List).Answers<Listing<ArchivePackageView>>()
            .Describe("List archive packages", "Those made for the archives of parties that the caller may hand over for, in order.");
        packages.MapPost("", Order).Answers<ArchivePackageView>(StatusCodes.Status202Accepted).Answers<ArchivePackageView>()
            .Describe("Make an archive package",
            "An E-ARK SIP (FGS Paketstruktur 2.0) of what a party's people may see: documents, log, what was stated and attested. It is made by itself; Location is where to follow and fetch it.");
        var one = packages.MapGroup("/{packageId:guid}");
        one.MapGet("", Show).Answers<ArchivePackageView>()
            .Describe("Show an archive package", "How far it has come, or the problem that it ended in.");
        one.MapGet("/content", Download).AnswersContent(MediaType)
            .Describe("Download an archive package", "The ZIP file; ranges are honoured. 410 when it has been there for a month.");
        api.MapArchiveOrders();
    }

    static async Task<IResult> List(
        AgreementId agreementId, Paging paging, Desk desk, LogReading log, PackageShelf shelf, HttpRequest request)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        var seen = at.Dossier.Packages.InOrder.Where(it => PackageRules.Sees(at.Dossier, at.By, it)).ToList();
        var sight = await log.For(at.Dossier, at.By, request.HttpContext.RequestAborted);
        var page = await Task.WhenAll(seen.Skip((paging.Page - 1) * paging.Limit).Take(paging.Limit)
            .Select(it => View(it, at, sight, shelf, request.HttpContext.RequestAborted)));
        return Results.Json(paging.Of<ArchivePackageView>(request, page, seen.Count), ViewJson.Options);
    }

    static async Task<IResult> Order(
        AgreementId agreementId, Body<ArchivePackageRequest> body, Desk desk, LogReading log, IArchiveRuns runs, PackageShelf shelf,
        HttpContext http)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        if (PartyOf(body.Value.Party, at.By) is not { } party)
            return NoParty();
        var package = new OrderedPackage(agreementId, desk.NewId(), party);
        http.Response.Headers.Location =
            $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path.Value!.TrimEnd('/')}/{package.Package}";
        // The same idempotency key again finds what it began.
        if (at.Dossier.Packages[package.Package] is { } made)
            return made.Made.Party == party ? await Shown(made, at, log, shelf, http.RequestAborted) : desk.KeyReused();
        if (at.Dossier.Decide(RecordArchivePackage.Wished(package.Package, party), desk.Occasion) is Refused refused)
            return Problem.Result(refused);
        if (desk.Against(at.Dossier.Touched) is { } stale)
            return stale;
        var run = await runs.Start(new(package.Package, [package], desk.Occasion), http.RequestAborted);
        if (run.Order.Packages is not [var begun] || begun != package)
            return desk.KeyReused();
        http.Response.Headers.RetryAfter = SoonEnough;
        return Results.Json(ArchivePackageView.Of(package, run, at), ViewJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    static async Task<IResult> Show(
        AgreementId agreementId, Guid packageId, Desk desk, LogReading log, IArchiveRuns runs, PackageShelf shelf, HttpContext http)
    {
        // Before the log is read: a package that is made by then is in it.
        var run = await runs.Find(packageId, http.RequestAborted);
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        if (Seen(at, packageId) is { } made)
            return await Shown(made, at, log, shelf, http.RequestAborted);
        if (run?.Order.Packages is not [var ordered] || ordered.Agreement != agreementId
            || at.Dossier.Decide(RecordArchivePackage.Wished(packageId, ordered.Party), desk.Occasion) is Refused)
            return NoSuch(packageId);
        if (run.Failure(packageId) is { } failed)
            return failed.Why is { } why ? Problem.Result(why) : Problem.Result(StatusCodes.Status500InternalServerError, new("internal"));
        http.Response.Headers.RetryAfter = SoonEnough;
        return Results.Json(ArchivePackageView.Of(ordered, run, at), ViewJson.Options);
    }

    static async Task<IResult> Download(AgreementId agreementId, Guid packageId, Desk desk, PackageShelf shelf, HttpContext http)
    {
        var (at, failure) = await desk.See(agreementId, null);
        return at is null ? failure!
            : Seen(at, packageId) is not { } made ? NoSuch(packageId)
            : !PackageRules.Opens(at.Dossier, at.By, made)
                ? Problem.Result(new Refused("package-holds-own", RefusalKind.Forbidden, ("party", made.Made.Party)))
            : await shelf.Open(made.Made.Sha256, http.RequestAborted) is { } content ? Content(content, made)
            : Problem.Result(StatusCodes.Status410Gone, new("archive-package-cleared"));
    }

    internal static Attachment Content(Stream content, MadePackage it) =>
        Attachment.Of(content, it.Made.Sha256, MediaType, $"{PackageContents.NameOf(it.Made.Package)}.zip")
            .Telling(SecurityEvent.PackageTaken);

    /// <summary>The party that is meant: the one named, or the caller's own; null when neither is there.</summary>
    internal static string? PartyOf(string? named, Actor by) => named ?? (by.Party.Length > 0 ? by.Party : null);

    internal static IResult NoParty() => Problem.Result(Refused.Invalid(new Fault("/party", "required", ("field", "party"))));

    static MadePackage? Seen(Viewpoint at, Guid package) =>
        at.Dossier.Packages[package] is { } it && PackageRules.Sees(at.Dossier, at.By, it) ? it : null;

    static async Task<IResult> Shown(MadePackage it, Viewpoint at, LogReading log, PackageShelf shelf, CancellationToken cancellation) =>
        Results.Json(await View(it, at, await log.For(at.Dossier, at.By, cancellation), shelf, cancellation), ViewJson.Options);

    static async Task<ArchivePackageView> View(
        MadePackage it, Viewpoint at, LogSight sight, PackageShelf shelf, CancellationToken cancellation) =>
        ArchivePackageView.Of(it, await shelf.Has(it.Made.Sha256, cancellation), at, sight);

    static IResult NoSuch(Guid package) =>
        Problem.Result(new Refused("no-such-archive-package", RefusalKind.NotFound, ("package", package)));
}

/// <param name="Party">Key of the party whose archive it is for; the caller's own when absent.</param>
public sealed record ArchivePackageRequest(string? Party = null);
