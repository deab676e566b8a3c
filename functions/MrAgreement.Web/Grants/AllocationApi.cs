using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Grants;

/// <summary>Amounts shared out among parties, what each reports to have spent, and both put together.</summary>
static class AllocationApi
{
    public static void MapAllocations(this RouteGroupBuilder api)
    {
        var grant = api.MapGroup("/agreements/{agreementId:guid}/grant").WithTags("Grant");
        grant.MapGet("/compilation", ShowCompilation).Answers<CompilationView>()
            .Describe("Show the compilation",
            "A year's allocated and spent money by category, by appropriation and by party, and who has not reported. A sub-recipient sees its own money alone. Without a year: the last that is over, which is the one to be reported.");

        var allocations = grant.MapGroup("/allocations");
        allocations.MapGet("", List).Answers<Listing<AllocationView>>()
            .Describe("List allocations", "In order; a sub-recipient sees its own parts.");
        allocations.MapPost("", Allocate).Answers<AllocationView>(StatusCodes.Status201Created)
            .Describe("Allocate an amount",
            "By the key of the terms, to the öre with nothing lost, or to one party whole. A negative amount takes back.");
        allocations.MapGet("/{number:int}", Show).Answers<AllocationView>()
            .Describe("Show an allocation", "One allocation with its parts.");

        var reports = grant.MapGroup("/allocation-reports");
        reports.MapGet("", ListReports).Answers<Listing<AllocationReportView>>()
            .Describe("List reports of spend", "One's own party's; the parties that the whole concerns see all that are attested.");
        reports.MapPost("", Prepare).Answers<AllocationReportView>(StatusCodes.Status201Created)
            .Describe("Prepare a report of spend",
            "Of one's own party, for a year; a newer version replaces the one before when it is attested.");
        reports.MapGet("/{number:int}", ShowReport).Answers<AllocationReportView>().Describe("Show a report of spend", "One report.");
        reports.MapPost("/{number:int}/attestation",
            (AgreementId agreementId, int number, Desk desk) => Step(agreementId, number, [], new AttestAllocationReport(number), desk))
            .Answers<AllocationReportView>()
            .Describe("Attest a report of spend", "Somebody else of the same party attests it; from then on it counts.");
        reports.MapPost("/{number:int}/withdrawal", (AgreementId agreementId, int number, Body<WithdrawalRequest> body, Desk desk) =>
                Step(agreementId, number, body.Bytes, new WithdrawAllocationReport(number, body.Value.Reason), desk))
            .Answers<AllocationReportView>().Describe("Withdraw a report of spend", "By one's own party, before anybody attests it.");
        reports.MapPost("/{number:int}/send-back", (AgreementId agreementId, int number, Body<SendBackRequest> body, Desk desk) =>
                Step(agreementId, number, body.Bytes, new SendBackAllocationReport(number, body.Value.Reason), desk))
            .Answers<AllocationReportView>()
            .Describe("Send a report of spend back", "By whoever of one's own party should attest it, with the reason.");
        reports.MapPost("/{number:int}/acceptance", (AgreementId agreementId, int number, Body<AcceptedReportRequest> body, Desk desk) =>
                Step(agreementId, number, body.Bytes, new AcceptAllocationReport(number, body.Value.Comment), desk))
            .Answers<AllocationReportView>().Describe("Accept a report of spend", "By the coordinating party.");
        reports.MapPost("/{number:int}/return", (AgreementId agreementId, int number, Body<ReturnedReportRequest> body, Desk desk) =>
                Step(agreementId, number, body.Bytes, new ReturnAllocationReport(number, body.Value.Reason), desk))
            .Answers<AllocationReportView>()
            .Describe("Return a report of spend",
            "By the coordinating party, with the reason; it counts no more until a newer version is attested.");
    }

    static Task<IResult> ShowCompilation(AgreementId agreementId, Desk desk, int? year = null, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at =>
            desk.Found(CompilationView.Of(Compilation.Of(at.Dossier.Grant,
            year ?? Compilation.YearOn(at.Dossier.Grant, at.Today) ?? at.Today.Year), at), at.Dossier.Grant.Touched));

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(
            paging.Of(request, at.Dossier.Grant.Allocations.Where(it => AllocationView.Sees(it, at)).Select(it => AllocationView.Of(it, at))
                .ToList()), ViewJson.Options));

    static Task<IResult> Show(AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.Dossier.Grant.Allocations.Find(number) is { } it
            && AllocationView.Sees(it, at)
            ? desk.Found(AllocationView.Of(it, at), it.Touched)
            : Problem.Result(new Refused("no-such-allocation", RefusalKind.NotFound, ("number", number))));

    static Task<IResult> Allocate(AgreementId agreementId, Body<AllocationRequest> body, Desk desk)
    {
        var it = body.Value;
        var command = new MakeAllocation(it.Amount, it.Year, it.Reference, it.Category, it.Appropriation, it.Party);
        return desk.Do(agreementId, body.Bytes, command, dossier => dossier.Grant.Touched, at =>
        {
            var made = Allocation.Same(at.Dossier.Grant, command)!;
            return Reply.Created(AllocationView.Of(made, at), $"/agreements/{agreementId}/grant/allocations/{made.Number}");
        });
    }

    static Task<IResult> ListReports(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(
            paging.Of(request, at.Dossier.Grant.AllocationReports.Where(it => Sees(it, at)).Select(it => AllocationReportView.Of(it, at))
                .ToList()), ViewJson.Options));

    static Task<IResult> ShowReport(AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.Dossier.Grant.AllocationReports.Find(number) is { } it && Sees(it, at)
            ? desk.Found(AllocationReportView.Of(it, at), it.Touched)
            : Problem.Result(new Refused("no-such-allocation-report", RefusalKind.NotFound, ("number", number))));

    static bool Sees(AllocationReport it, Viewpoint at) => at.SeesSubmissions && Sight.Sees(at.Dossier, at.By, it);

    static Task<IResult> Prepare(AgreementId agreementId, Body<AllocationReportRequest> body, Desk desk)
    {
        var command = new PrepareAllocationReport(body.Value.Year, body.Value.Lines, body.Value.Comment);
        return desk.Do(agreementId, body.Bytes, command, it => it.Grant.Touched, at =>
        {
            var it = AllocationReport.Same(at.Dossier.Grant, command, at.By)!;
            return Reply.Created(AllocationReportView.Of(it, at), $"/agreements/{agreementId}/grant/allocation-reports/{it.Number}");
        });
    }

    static Task<IResult> Step(AgreementId agreementId, int number, byte[] body, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grant.AllocationReports.Find(number)?.Touched,
            at => Reply.Ok(AllocationReportView.Of(at.Dossier.Grant.AllocationReports[number - 1], at)));
}

/// <param name="Amount">At most what is decided and not yet allocated; a negative one takes back.</param>
/// <param name="Year">Calendar year in which it is to be used.</param>
/// <param name="Reference">The decision that it rests on.</param>
/// <param name="Category">The cost category that it is for.</param>
/// <param name="Appropriation">Where in the state budget it comes from.</param>
/// <param name="Party">The one party that it is for; when absent it is shared by the key.</param>
public sealed record AllocationRequest(Kronor Amount, int Year, string Reference, string? Category = null,
    Appropriation? Appropriation = null, string? Party = null);

/// <param name="Year">Calendar year.</param>
/// <param name="Lines">What was spent, by category and appropriation; none when nothing was.</param>
/// <param name="Comment">What the coordinator should know.</param>
public sealed record AllocationReportRequest(int Year, IReadOnlyList<SpendLine> Lines, string? Comment = null);

/// <param name="Comment">A word to the party.</param>
public sealed record AcceptedReportRequest(string? Comment = null);

/// <param name="Reason">What must be mended.</param>
public sealed record ReturnedReportRequest(string Reason);
