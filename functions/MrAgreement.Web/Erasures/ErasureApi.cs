using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Erasures;
using MrAgreement.Parties;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Erasures;

/// <summary>Erasures: asked for, approved by a second person, or declined.</summary>
static class ErasureApi
{
    public static void MapErasures(this RouteGroupBuilder api)
    {
        var erasures = api.MapGroup("/agreements/{agreementId:guid}/erasures").WithTags("Erasure");
        erasures.MapGet("", List).Answers<Listing<ErasureView>>()
            .Describe("List erasures", "What was asked for and what has become of it, in order.");
        erasures.MapPost("", Ask).Answers<ErasureView>(StatusCodes.Status201Created)
            .Describe("Ask for an erasure",
            "The texts, names and file names of a row of the log, or a document with its bytes. The caller's party must have it, and a second person approves it: of the same party, or of another that has it too, since it was handed over.");
        var one = erasures.MapGroup("/{number:int}");
        one.MapGet("", Show).Answers<ErasureView>().Describe("Show an erasure", "What was asked for and what has become of it.");
        one.MapPost("/approval", Approve).Answers<ErasureView>()
            .Describe("Approve an erasure",
            "Another person than who asked, and of another party where several have it (approvers). It is done at once, and can't be taken back.");
        one.MapPost("/refusal", Decline).Answers<ErasureView>()
            .Describe("Decline an erasure", "Everything stays. Whoever asked may take it back so.");
    }

    /// <summary>Whether the person may know of erasures in an agreement at all.</summary>
    public static bool MayKnow(Dossier it, Actor by) =>
        Rights.May(by, Right.Erase, it.Agreement.Terms.Parties) || Rights.May(by, Right.ReadLog, it.Agreement.Terms.Parties);

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request) => desk.Show(agreementId, null, at =>
        MayKnow(at.Dossier, at.By)
            ? Results.Json(paging.Of(request, at.Dossier.Erasures.InOrder.Where(it => Sight.Sees(at.Dossier, at.By, it.Asked))
                .Select(it => ErasureView.Of(it, at)).ToList()), ViewJson.Options)
            : Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role))));

    static Task<IResult> Show(AgreementId agreementId, int number, Desk desk) => desk.Show(agreementId, null, at =>
        MayKnow(at.Dossier, at.By) && at.Dossier.Erasures[number] is { } it && Sight.Sees(at.Dossier, at.By, it.Asked)
            ? Results.Json(ErasureView.Of(it, at), ViewJson.Options)
            : Problem.Result(new Refused("no-such-erasure", RefusalKind.NotFound, ("number", number))));

    static Task<IResult> Ask(AgreementId agreementId, Body<ErasureRequest> body, Desk desk) => desk.Do(agreementId, body.Bytes,
        new RequestErasure(body.Value.Row, body.Value.Document, body.Value.Ground, body.Value.Reference), _ => null, at =>
        {
            var it = at.Dossier.Erasures.InOrder.Last(it =>
                it.By == desk.Person.Id && (it.Asked.Row, it.Asked.Document) == (body.Value.Row, body.Value.Document));
            return Reply.Created(ErasureView.Of(it, at), $"/agreements/{agreementId}/erasures/{it.Asked.Number}");
        });

    static Task<IResult> Approve(AgreementId agreementId, int number, Desk desk) =>
        desk.Do(agreementId, [], new ApproveErasure(number), _ => null, Decided(number));

    static Task<IResult> Decline(AgreementId agreementId, int number, Desk desk) =>
        desk.Do(agreementId, [], new DeclineErasure(number), _ => null, Decided(number));

    static Func<Viewpoint, Reply> Decided(int number) => at => Reply.Ok(ErasureView.Of(at.Dossier.Erasures[number]!, at));
}

/// <param name="Ground">gdpr-17 for somebody's right to erasure, disposal for a decision on disposal, correction for what should never
/// have been there.</param>
/// <param name="Row">Sequence of the row of the log.</param>
/// <param name="Document">UUID of the document, when it is one; then no row.</param>
/// <param name="Reference">Number of the decision; needed for disposal.</param>
public sealed record ErasureRequest(ErasureGround Ground, long? Row = null, Guid? Document = null, string? Reference = null);

/// <summary>An erasure that was asked for.</summary>
/// <param name="Number">Within the agreement, from 1.</param>
/// <param name="Row">Sequence of the row; null for a document.</param>
/// <param name="Document">UUID of the document; null for a row.</param>
/// <param name="Ground">gdpr-17, disposal or correction.</param>
/// <param name="Reference">Number of the decision.</param>
/// <param name="Party">Key of the party that asks.</param>
/// <param name="Approvers">Keys of the parties whose people may approve it: the others that have it, since it was handed over; or its
/// own, where nobody else has.</param>
/// <param name="Status">asked, done or declined.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="DecidedBy">Who approved or declined it; null until then.</param>
/// <param name="DecidedAt">When; null until then.</param>
public sealed record ErasureView(int Number, long? Row, Guid? Document, ErasureGround Ground, string? Reference, string Party,
    IReadOnlyList<string> Approvers, ErasureState Status, PersonView AskedBy, Instant AskedAt, PersonView? DecidedBy, Instant? DecidedAt)
{
    internal static ErasureView Of(Erasure it, Viewpoint at) => new(it.Asked.Number, it.Asked.Row, it.Asked.Document, it.Asked.Ground,
        it.Asked.Reference, it.Asked.Party, ErasureDecisions.Approvers(at.Dossier, it.Asked), it.State,
        at.Name(it.By), it.At, at.Name(it.DecidedBy), it.DecidedAt);
}
