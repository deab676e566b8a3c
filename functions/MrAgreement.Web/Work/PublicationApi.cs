using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>Material of the agreement: what was registered, how it was spread, and what is open to everybody.</summary>
static class PublicationApi
{
    public static void MapPublications(this RouteGroupBuilder api)
    {
        var all = api.MapGroup("/agreements/{agreementId:guid}/publications").WithTags("Publications");
        all.MapGet("", List).Answers<Listing<PublicationView>>().Describe("List publications",
            "By number; kind and status as they stand. Whoever reads no more than what is public is told of what is open to everybody.");
        all.MapPost("", Register).Answers<PublicationView>(StatusCodes.Status201Created).Describe("Register material",
            "A document of the caller's party, in its newest version, or a page of the web. It is open to nobody outside until the other side has approved it. A project lead or an officer may.");
        var one = all.MapGroup("/{number:int}");
        one.MapGet("", Show).Answers<PublicationView>().Describe("Show a publication", "With its spreading and approval.");
        one.MapPost("/spreading", Spread).Answers<PublicationView>()
            .Describe("Record that material was spread", "By which party, through which channel, and when. Either side may record it.");
        one.MapPost("/approval", Approve).Answers<PublicationView>().Describe("Approve a publication",
            "Opens it to everybody. All three checks must have passed: secrecy, personal data and accessibility. The other side than the one that registered it may.");
        one.MapPost("/withdrawal", Withdraw).Answers<PublicationView>().Describe("Withdraw a publication",
            "From then on nobody outside reads it; its address answers 410. Either side may, however the agreement stands, and before the approval too.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, string? kind = null,
        string? status = null, DateParameter? asOf = null) =>
        !Choice.Read<PublicationKind>(kind, out var wanted) ? Task.FromResult(Problem.Malformed("kind"))
        : !Choice.Read<PublicationStatus>(status, out var standing) ? Task.FromResult(Problem.Malformed("status"))
        : desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, [.. at.Dossier.Grounds.Publications
            .Where(it => Sight.Sees(at.Dossier, at.By, it) && (wanted is null || it.Material.Kind == wanted)
                && (standing is null || Publications.StatusOf(at.Dossier, it) == standing))
            .Select(it => PublicationView.Of(it, at))]), ViewJson.Options));

    static Task<IResult> Show(AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.Dossier.Grounds.Publications.Find(number) is { } it && Sight.Sees(at.Dossier, at.By, it)
            ? desk.Found(PublicationView.Of(it, at), it.Touched)
            : Problem.Result(new Refused("no-such-publication", RefusalKind.NotFound, ("number", number))));

    static Task<IResult> Register(AgreementId agreementId, Body<PublicationRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new PublishMaterial(body.Value.Told), it => it.Grounds.Publications.LastOrDefault()?.Touched,
            at => Reply.Created(PublicationView.Of(at.Dossier.Grounds.Publications[^1], at),
                $"/agreements/{agreementId}/publications/{at.Dossier.Grounds.Publications[^1].Number}"));

    static Task<IResult> Spread(AgreementId agreementId, int number, Body<SpreadingRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, number, new SpreadMaterial(number,
            new(body.Value.Party, body.Value.Channel, body.Value.On, body.Value.Address)), desk);

    static Task<IResult> Approve(AgreementId agreementId, int number, Body<ApprovalRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, number, new ApprovePublication(number, body.Value.Checks), desk);

    static Task<IResult> Withdraw(AgreementId agreementId, int number, Body<RetractionRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, number, new WithdrawPublication(number, body.Value.Reason), desk);

    static Task<IResult> Change(AgreementId agreementId, byte[] body, int number, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grounds.Publications.Find(number)?.Touched,
            at => Reply.Ok(PublicationView.Of(at.Dossier.Grounds.Publications[number - 1], at)));
}
