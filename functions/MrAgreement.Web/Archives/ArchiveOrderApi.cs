using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Decisions;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.Packaging;

namespace MrAgreement.Web.Archives;

/// <summary>Packages of many agreements ordered at once, as when all that were closed in a year go to the archive.</summary>
static class ArchiveOrderApi
{
    const int MostPackages = 500;
    const string SoonEnough = "5";

    public static void MapArchiveOrders(this RouteGroupBuilder api)
    {
        var orders = api.MapGroup("/archive-orders").WithTags("Archive");
        orders.MapPost("", Order).Answers<ArchiveOrderView>(StatusCodes.Status202Accepted)
            .Describe("Order archive packages",
            $"Packages of up to {MostPackages} agreements, made several at once. Location is where to follow the order; each package is found with its agreement.");
        orders.MapGet("/{orderId:guid}", Show).Answers<ArchiveOrderView>()
            .Describe("Follow an order", "How far it has come, for whoever ordered it; known for as long as the host remembers it.");
    }

    static async Task<IResult> Order(Body<ArchiveOrderRequest> body, Desk desk, IArchiveRuns runs, HttpContext http)
    {
        var (party, wanted) = (ArchiveApi.PartyOf(body.Value.Party, desk.Person.Actor), body.Value.Agreements.Distinct().ToList());
        if (party is null)
            return ArchiveApi.NoParty();
        if (wanted.Count is 0 or > MostPackages)
            return Problem.Result(Refused.Invalid(new Fault("/agreements", "archive-order-count", ("max", MostPackages))));
        // What can be known at once is said at once.
        foreach (var id in wanted)
        {
            var (at, failure) = await desk.See(id, null);
            if (at is null)
                return failure!;
            if (at.Dossier.Decide(RecordArchivePackage.Wished(Guid.Empty, party), desk.Occasion) is Refused refused)
                return Problem.Result(refused);
        }
        if (desk.Against(touched: null) is { } malformed)
            return malformed;
        // The same idempotency key again finds what it began.
        var run = await runs.Start(new(desk.NewId(), [.. wanted.Select(id => new OrderedPackage(id, Guid.CreateVersion7(), party))],
            desk.Occasion), http.RequestAborted);
        if (!run.Order.Packages.Select(package => (package.Agreement, package.Party)).SequenceEqual(wanted.Select(id => (id, party))))
            return desk.KeyReused();
        http.Response.Headers.RetryAfter = SoonEnough;
        http.Response.Headers.Location =
            $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path.Value!.TrimEnd('/')}/{run.Order.Id}";
        return Answer(run, desk, http, StatusCodes.Status202Accepted);
    }

    static async Task<IResult> Show(Guid orderId, Desk desk, IArchiveRuns runs, HttpContext http)
    {
        if (await runs.Find(orderId, http.RequestAborted) is not { } run || run.Order.On.By.Id != desk.Person.Id
            && desk.Person.Role != Role.Admin)
            return Problem.Result(new Refused("no-such-archive-order", RefusalKind.NotFound, ("order", orderId)));
        if (!run.IsDone)
            http.Response.Headers.RetryAfter = SoonEnough;
        return Answer(run, desk, http, StatusCodes.Status200OK);
    }

    static IResult Answer(ArchiveRun run, Desk desk, HttpContext http, int status) => Results.Json(
        new ArchiveOrderView(run.Order.Id, desk.Name(run.Order.On.By.Id), run.Order.On.Now, run.IsDone, run.Made, run.Failed,
            [.. run.Order.Packages.Select(p => new OrderedPackageView(p.Agreement, p.Package, p.Party))],
            [.. run.Failures.Select(f => new FailedPackageView(f.Package.Agreement, f.Package.Package, ProblemOf(f.Why, http)))]),
        ViewJson.Options, statusCode: status);

    static Problem ProblemOf(Refused? why, HttpContext http) =>
        why is null ? Problem.Of(http, StatusCodes.Status500InternalServerError, new("internal")) : Problem.Of(http, why);
}

/// <param name="Agreements">Ids of the agreements.</param>
/// <param name="Party">Key of the party whose archive they are for; the caller's own when absent.</param>
public sealed record ArchiveOrderRequest(IReadOnlyList<AgreementId> Agreements, string? Party = null);
