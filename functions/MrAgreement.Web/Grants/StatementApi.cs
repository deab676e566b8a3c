using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Formats.Letters;
using MrAgreement.Formats.Tables;
using MrAgreement.Grants;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Grants;

/// <summary>Budget, cost categories, and the statements that are held against them.</summary>
static class StatementApi
{
    public static void MapStatements(this RouteGroupBuilder api)
    {
        var grant = api.MapGroup("/agreements/{agreementId:guid}/grant").WithTags("Grant");
        grant.MapGet("/categories", ShowCategories).Answers<CategoriesView>()
            .Describe("Show the cost categories", "Which accounts belong to which category, and accounts with costs that belong to none.");
        grant.MapPut("/categories", MapCategories).Answers<CategoriesView>()
            .Describe("Set the cost categories", "Replaces which accounts belong to which category.");
        grant.MapGet("/budget", (AgreementId agreementId, Desk desk, DateParameter? asOf = null) => ShowBudget(agreementId,
            BudgetKind.Budget, desk, asOf)).Answers<BudgetView>()
            .Describe("Show the budget", "By cost category and year.");
        grant.MapPut("/budget", (AgreementId agreementId, Body<BudgetRequest> body, Desk desk) => SetBudget(agreementId, BudgetKind.Budget,
            body, desk)).Answers<BudgetView>()
            .Describe("Set the budget", "Replaces the whole budget.");
        grant.MapGet("/forecast", (AgreementId agreementId, Desk desk, DateParameter? asOf = null) => ShowBudget(agreementId,
            BudgetKind.Forecast, desk, asOf)).Answers<BudgetView>()
            .Describe("Show the forecast", "What the recipient now expects, by cost category and year.");
        grant.MapPut("/forecast", (AgreementId agreementId, Body<BudgetRequest> body, Desk desk) => SetBudget(agreementId,
            BudgetKind.Forecast, body, desk)).Answers<BudgetView>()
            .Describe("Set the forecast", "Replaces the whole forecast.");

        var statements = grant.MapGroup("/statements");
        statements.MapGet("", List).Answers<Listing<StatementView>>()
            .Describe("List statements", "One's own party's, and those that have been submitted.");
        statements.MapPost("", Prepare).Answers<StatementView>(StatusCodes.Status201Created)
            .Describe("Prepare a statement",
            "Computed from the log: opening, received, used by category, repaid, closing. Drawn up again it is a newer version, with what differs.");
        statements.MapGet("/{number:int}", Show).Answers<StatementView>().Describe("Show a statement", "One statement with its checks.");
        statements.MapGet("/{number:int}/content", Print).AnswersContent(LetterPdf.MediaType, Workbook.MediaType, "text/csv")
            .Describe("Download a statement",
            "As pdf (the default), xlsx or csv in the caller's language, or as the json that its hash is of.");
        statements.MapPost("/{number:int}/attestation", Attest).Answers<StatementView>()
            .Describe("Attest a statement", "Somebody else than the preparer attests it; then it may be submitted.");
        statements.MapPost("/{number:int}/withdrawal", (AgreementId agreementId, int number, Body<WithdrawalRequest> body, Desk desk) =>
                Step(agreementId, number, body.Bytes, new WithdrawPrepared(PreparedKind.Statement, number, body.Value.Reason), desk))
            .Answers<StatementView>().Describe("Withdraw a statement", "Before anybody attests it; what it was to replace stands again.");
        statements.MapPost("/{number:int}/send-back", (AgreementId agreementId, int number, Body<SendBackRequest> body, Desk desk) =>
                Step(agreementId, number, body.Bytes, new SendBackPrepared(PreparedKind.Statement, number, body.Value.Reason), desk))
            .Answers<StatementView>().Describe("Send a statement back", "By whoever should attest it, with the reason.");
    }

    static Task<IResult> ShowCategories(AgreementId agreementId, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => desk.Found(CategoriesView.Of(at), at.Dossier.Grant.Touched));

    static Task<IResult> MapCategories(AgreementId agreementId, Body<CategoriesRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new MapCategories(body.Value.Lines), it => it.Grant.Touched,
            at => Reply.Ok(CategoriesView.Of(at)));

    static Task<IResult> ShowBudget(AgreementId agreementId, BudgetKind kind, Desk desk, DateParameter? asOf) =>
        desk.Show(agreementId, asOf, at => desk.Found(BudgetView.Of(at, kind), at.Dossier.Grant.Touched));

    static Task<IResult> SetBudget(AgreementId agreementId, BudgetKind kind, Body<BudgetRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new SetBudget(kind, body.Value.Lines), it => it.Grant.Touched,
            at => Reply.Ok(BudgetView.Of(at, kind)));

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(
            paging.Of(request, at.SeesSubmissions ? at.Dossier.Grant.Statements.Where(s => Sight.Sees(at.Dossier, at.By, s))
                .Select(s => StatementView.Of(s, at)).ToList() : []), ViewJson.Options));

    static Task<IResult> Show(AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Seen(at, number) is { } it ? desk.Found(StatementView.Of(it, at), it.Touched) : NoSuch(number));

    static Task<IResult> Print(AgreementId agreementId, int number, Desk desk, string? format = null) =>
        format is not null && !Choice.Is<StatementFormat>(format)
            ? Task.FromResult(Problem.Malformed("format"))
            : desk.Show(agreementId, null, at => Seen(at, number) is { } it
                ? new StatementPrint(it, at).As(format is null
                ? StatementFormat.Pdf
                : Enum.Parse<StatementFormat>(format, ignoreCase: true))
                : NoSuch(number));

    static Statement? Seen(Viewpoint at, int number) =>
        at.SeesSubmissions && at.Dossier.Grant.Statements.Find(number) is { } it && Sight.Sees(at.Dossier, at.By, it)
            ? it
            : null;

    static IResult NoSuch(int number) => Problem.Result(new Refused("no-such-statement", RefusalKind.NotFound, ("number", number)));

    static Task<IResult> Prepare(AgreementId agreementId, Body<StatementRequest> body, Desk desk)
    {
        var command = new PrepareStatement(body.Value.Kind, body.Value.Period, body.Value.Explanations ?? []);
        return desk.Do(agreementId, body.Bytes, command, it => it.Grant.Touched, at =>
        {
            var it = StatementDecisions.Same(at.Dossier, command, at.By.Id, at.Today)!;
            return Reply.Created(StatementView.Of(it, at), $"/agreements/{agreementId}/grant/statements/{it.Number}");
        });
    }

    static Task<IResult> Attest(AgreementId agreementId, int number, Desk desk) =>
        Step(agreementId, number, [], new AttestStatement(number), desk);

    static Task<IResult> Step(AgreementId agreementId, int number, byte[] body, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grant.Statements.Find(number)?.Touched,
            at => Reply.Ok(StatementView.Of(at.Dossier.Grant.Statements[number - 1], at)));
}

/// <param name="Lines">Category and accounts.</param>
public sealed record CategoriesRequest(IReadOnlyList<CategoryAccounts> Lines);

/// <param name="Lines">Category, year and amount.</param>
public sealed record BudgetRequest(IReadOnlyList<BudgetLine> Lines);

/// <param name="Kind">annual or final.</param>
/// <param name="Period">The calendar year before today when absent; for a final one, from the
/// agreement's first day to the last on which anything was booked or paid, at most today.</param>
/// <param name="Explanations">Why costs deviate from the budget, by category, where the terms ask for it.</param>
public sealed record StatementRequest(StatementKind Kind, DateSpan? Period = null, IReadOnlyList<Explanation>? Explanations = null);
