using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>Recommendations of review bodies and reports, what was told of them, and what covers them.</summary>
static class RecommendationApi
{
    public static void MapRecommendations(this RouteGroupBuilder api)
    {
        var agreement = api.MapGroup("/agreements/{agreementId:guid}").WithTags("Recommendations and findings");
        agreement.MapGet("/coverage", Cover).Answers<CoverageView>().Describe("Show coverage",
            "Of recommendations, findings, goals or principles, by measures, findings, efforts or indicators: what touches each, and what nothing touches.");
        var all = agreement.MapGroup("/recommendations");
        all.MapGet("", List).Answers<Listing<RecommendationView>>().Describe("List recommendations",
            "By number. informed is true or false, of those of review bodies; body, theme, kind and year as they are recorded.");
        all.MapPost("", Record).Answers<RecommendationView>(StatusCodes.Status201Created).Describe("Record a recommendation",
            "Of a review body, or of a report to whoever had it written. An officer may. A paragraph of a document is recorded once.");
        all.MapPost("/imports", Import).TakesUpload<RecommendationForm>().Answers<ImportedRecommendations>().Describe(
            "Import recommendations", "CSV with headings. All rows or none: what is at fault is told by row and column. The same file again takes nothing.");
        all.MapGet("/{number:int}", Show).Answers<RecommendationView>().Describe("Show a recommendation", "With how it was told before.");
        all.MapPost("/{number:int}/versions", Revise).Answers<RecommendationView>()
            .Describe("Revise a recommendation", "The whole of it anew; what it said before stays. An officer may.");
        var information = all.MapGroup("/information");
        information.MapGet("", Informations).Answers<Listing<InformationView>>()
            .Describe("List what was told of recommendations", "With the receipt of each.");
        information.MapPost("", Inform).Answers<InformationView>(StatusCodes.Status201Created).Describe("Inform of recommendations",
            "Of review bodies. It is one more performance of the continuous obligation to inform, where there is one. An officer may.");
        information.MapGet("/{number:int}", ShowInformation).Answers<InformationView>()
            .Describe("Show an information", "Of which recommendations, how and when, and its receipt.");
        information.MapPost("/{number:int}/receipt", Receive).Answers<InformationView>()
            .Describe("Confirm that information was received", "The recipient's project lead may. It confirms the performance too.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, string? kind = null,
        string? informed = null, string? body = null, string? theme = null, string? year = null, DateParameter? asOf = null)
    {
        var (wanted, faulty) = RecommendationFilter.Read(kind, informed, body, theme, year);
        return faulty is not null ? Task.FromResult(Problem.Malformed(faulty)) : desk.Show(agreementId, asOf, at => Results.Json(
            paging.Of(request, at.SeesWork ? [.. wanted.Of(at.Dossier.Grounds).Select(it => RecommendationView.Of(it, at))]
                : Array.Empty<RecommendationView>()), ViewJson.Options));
    }

    static Task<IResult> Show(AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.SeesWork && at.Dossier.Grounds.Recommendations.Find(number) is { } it
            ? desk.Found(RecommendationView.Of(it, at), it.Touched)
            : Problem.Result(new Refused("no-such-recommendation", RefusalKind.NotFound, ("number", number))));

    static Task<IResult> Record(AgreementId agreementId, Body<RecommendationRequest> body, Desk desk)
    {
        var content = body.Value.Content;
        return desk.Do(agreementId, body.Bytes, new RecordRecommendation(content), it => it.Grounds.OfSamePlace(content)?.Touched, at =>
        {
            var it = at.Dossier.Grounds.OfSamePlace(content)!;
            return Reply.Created(RecommendationView.Of(it, at), $"/agreements/{agreementId}/recommendations/{it.Number}");
        });
    }

    static Task<IResult> Revise(AgreementId agreementId, int number, Body<RecommendationRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new ReviseRecommendation(number, body.Value.Content),
            it => it.Grounds.Recommendations.Find(number)?.Touched,
            at => Reply.Ok(RecommendationView.Of(at.Dossier.Grounds.Recommendations[number - 1], at)));

    static async Task<IResult> Import(AgreementId agreementId, Desk desk, HttpRequest request)
    {
        var (before, denied) = await desk.Allowed(agreementId, Right.TellOfRecommendations);
        if (before is null)
            return denied!;
        var (upload, failure) = await Upload.Read(request, RecommendationImport.MaxBytes, [], _ => []);
        if (upload is null)
            return failure!;
        var (rows, hash, refused) = await RecommendationImport.Read(upload.File, request.HttpContext.RequestAborted);
        return refused is not null ? Problem.Result(refused)
            : await desk.Do(agreementId, upload.Signature(hash), new ImportRecommendations(rows), _ => null,
                at => Reply.Ok(ImportedRecommendations.Of(rows.Count, before, at.Dossier)));
    }

    static Task<IResult> Informations(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request,
            [.. at.Dossier.Grounds.Informations.Where(_ => at.SeesWork).Select(it => InformationView.Of(it, at))]), ViewJson.Options));

    static Task<IResult> ShowInformation(AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.SeesWork && at.Dossier.Grounds.Informations.Find(number) is { } it
            ? desk.Found(InformationView.Of(it, at), it.Touched)
            : Problem.Result(new Refused("no-such-information", RefusalKind.NotFound, ("number", number))));

    static Task<IResult> Inform(AgreementId agreementId, Body<InformationRequest> body, Desk desk)
    {
        var it = body.Value;
        return desk.Do(agreementId, body.Bytes, new InformOfRecommendations(it.Numbers, it.InformedOn, it.How, it.Documents ?? []),
            after => Told(after)?.Touched, at =>
            {
                var told = Told(at.Dossier)!;
                return Reply.Created(InformationView.Of(told, at), $"/agreements/{agreementId}/recommendations/information/{told.Number}");
            });

        Information? Told(Dossier dossier) => dossier.Grounds.Informations.FindLast(told => told.By == desk.Person.Id
            && (told.InformedOn, told.How) == (it.InformedOn, it.How.Trim()) && it.Numbers.All(told.Numbers.Contains));
    }

    static Task<IResult> Receive(AgreementId agreementId, int number, Desk desk) => desk.Do(agreementId, [], new ReceiveInformation(number),
        it => it.Grounds.Informations.Find(number)?.Touched,
        at => Reply.Ok(InformationView.Of(at.Dossier.Grounds.Informations[number - 1], at)));

    static Task<IResult> Cover(AgreementId agreementId, Desk desk, string? of = null, string? by = null, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at =>
            !Choice.Read<CoverageOf>(of, out var covered) || covered is not { } what ? Problem.Malformed("of")
            : !Choice.Read<CoverageBy>(by, out var covers) || covers is not { } with || !Coverage.IsPossible(what, with)
                ? Problem.Malformed("by")
            : Results.Json(CoverageView.Shown(what, with, at.SeesWork ? Coverage.Of(at.Dossier, what, with) : [],
                at.Language), ViewJson.Options));
}
