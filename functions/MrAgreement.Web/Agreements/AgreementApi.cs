using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Decisions;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Agreements;

/// <summary>Agreements from draft to closure.</summary>
static class AgreementApi
{
    public static void MapAgreements(this RouteGroupBuilder api)
    {
        var agreements = api.MapGroup("/agreements").WithTags("Agreements");
        agreements.MapPost("", Create).Answers<AgreementView>(StatusCodes.Status201Created)
            .Describe("Draft an agreement",
            "Drafts an agreement by its terms. The officer of a granting party may. A diary number that another agreement has is asked about, and taken with sure=true. A `$schema` beside the terms is taken and left.");
        agreements.MapGet("", List).Answers<Listing<AgreementSummary>>()
            .Describe("List agreements", "The agreements that the caller's party is a party to, soonest deadline first.");
        var agreement = agreements.MapGroup("/{agreementId:guid}");
        agreement.MapGet("", Show).Answers<AgreementView>()
            .Describe("Show an agreement",
            "An agreement as it stands or, with asOf, as the log stood at the end of that day in Stockholm.");
        agreement.MapPost("/signature", Sign).Answers<AgreementView>()
            .Describe("Sign an agreement", "Records the signature; all years' obligations run from here on.");
        agreement.MapGet("/terms", ShowTerms).Produces<Terms>(StatusCodes.Status200OK, "application/json")
            .Describe("Show the terms in force",
            "The terms as one document, byte for byte what a signature is of: members in order of their names, no spaces, UTF-8, and in amendments the changes that have taken effect.");
        agreement.MapPost("/signature/confirmation", ConfirmSignature).Answers<AgreementView>()
            .Describe("Confirm the signature",
            "The party that did not record it says that it has signed just this. A signature that nobody has confirmed holds nothing up.");
        agreement.MapPost("/signature/contest", ContestSignature).Answers<AgreementView>()
            .Describe("Contest the signature",
            "The party that did not record it says that it has not signed this. Nothing is undone; whoever recorded it records it anew.");
        agreement.MapPost("/amendments", Amend).Answers<AmendmentView>(StatusCodes.Status201Created)
            .Describe("Record an amendment",
            "Reschedules, revises, adds or drops obligations, changes instalments, the period, parties, duties or reminders, or raises what is agreed on of the grant, from a date, without touching what is done. Recorded by the grantor it is binding; recorded by the recipient it is a proposal until the grantor confirms it.");
        agreement.MapPost("/amendments/difference", Preview).Answers<AmendmentPreview>()
            .Describe("Show what an amendment would change",
            "What the amendment would change as things stand, before and after, and what is wrong with it as when it is recorded. Records nothing.");
        agreement.MapPost("/amendments/{number:int}/confirmation", Confirm).Answers<AmendmentView>()
            .Describe("Confirm an amendment", "The other party confirms an amendment.");
        agreement.MapPost("/amendments/{number:int}/contest", Contest).Answers<AmendmentView>()
            .Describe("Contest an amendment",
            "The other party says that it is not right. Nothing is undone; another amendment, or a confirmation after all, settles it.");
        agreement.MapPost("/amendments/{number:int}/withdrawal", TakeBack).Answers<AmendmentView>()
            .Describe("Take back an amendment",
            "The party that recorded it takes it back until the other has confirmed it. What it changed goes back to what it was, if it had taken effect; what has been done since must not stand on it.");
        agreement.MapPost("/termination", Terminate).Answers<AgreementView>()
            .Describe("Terminate an agreement early",
            "Takes effect on its day, at once when that is today or earlier. What is due by then stays; final report, final accounts and repayment move to the agreed day, the rest is dropped and conditional instalments lapse.");
        agreement.MapPost("/termination/correction", Correct).Answers<AgreementView>()
            .Describe("Correct an early end", "Puts right what was recorded, until it has taken effect.");
        agreement.MapPost("/termination/withdrawal", Withdraw).Answers<AgreementView>()
            .Describe("Withdraw an early end", "Takes it back until it has taken effect: the agreement goes on.");
        agreement.MapPost("/closure", Close).Answers<AgreementView>()
            .Describe("Close an agreement",
            "Refused with the list of what remains until every obligation but the continuous ones is settled and the balance is exactly zero.");
    }

    static async Task<IResult> Create(Body<Terms> body, Desk desk, IPeople people, DiaryNumbers numbers, HttpContext http,
        bool sure = false)
    {
        var by = desk.Person.Actor;
        if (Rights.MaySomewhere(by, Right.CreateAgreement) && !people.MayGrant(by.Party))
            return Problem.Result(new Refused("may-not-grant", RefusalKind.Forbidden, ("party", by.Party)));
        var id = new AgreementId(desk.NewId());
        var command = new CreateAgreement(body.Value);
        if (!sure && new Dossier(id).Decide(command, desk.Occasion) is not Refused
            && await numbers.InUse(body.Value.DiaryNumber, id, by, http.RequestAborted) is { } doubt)
            return Problem.Result(doubt);
        return await desk.Do(id, body.Bytes, command, it => it.Touched,
            at => Reply.Created(AgreementView.Of(at), $"/agreements/{id}"));
    }

    static async Task<IResult> List(Paging paging, Desk desk, KeptOverviews overviews, HttpRequest request, string? status = null,
        string? q = null, string? party = null)
    {
        if (status is not null && !Choice.Is<AgreementStatus>(status))
            return Problem.Malformed("status");
        var by = desk.Person.Actor;
        var page = await overviews.Portfolio(new(desk.Today, by.SeesEveryAgreement ? null : by.Party, by.Role != Role.Reader,
            status?.ToLowerInvariant(), party,
            q is null ? null : Projection.Folded(q), paging.Page, paging.Limit), request.HttpContext.RequestAborted);
        return Results.Json(paging.Of<AgreementSummary>(request, [.. page.Rows.Select(row => AgreementSummary.Of(row, desk.Person.Actor))],
            page.Total), ViewJson.Options);
    }

    static Task<IResult> Show(AgreementId agreementId, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => desk.Found(AgreementView.Of(at), at.Dossier.Touched));

    static Task<IResult> Sign(AgreementId agreementId, Body<SignatureRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new SignAgreement(body.Value.SignedOn, body.Value.Signatories, body.Value.Terms)
        {
            Documents = body.Value.Documents ?? []
        }, desk);

    static Task<IResult> ConfirmSignature(AgreementId agreementId, Desk desk) =>
        Change(agreementId, [], new ConfirmSignature(), desk);

    static Task<IResult> ContestSignature(AgreementId agreementId, Body<ContestRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new ContestSignature(body.Value.Reason), desk);

    // Whoever sees their own share alone does not see what the others' are.
    static async Task<IResult> ShowTerms(AgreementId agreementId, Desk desk)
    {
        var (dossier, denied) = await desk.Allowed(agreementId, Right.ReadLog);
        return denied ?? Results.Bytes(TermsInForce.Write(dossier!.Agreement), "application/json");
    }

    static Task<IResult> Amend(AgreementId agreementId, Body<AmendmentRequest> body, Desk desk)
    {
        var command = body.Value.Command;
        return desk.Do(agreementId, body.Bytes, command, d => d.Touched,
            at => Reply.Created(AmendmentView.Of(Amendment.Same(at.Agreement, command, at.By.Id)!, at), $"/agreements/{agreementId}"));
    }

    static async Task<IResult> Preview(AgreementId agreementId, Body<AmendmentRequest> body, Desk desk)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        var command = body.Value.Command;
        return at.Dossier.Decide(command, desk.Occasion) switch
        {
            Refused refused => Problem.Result(refused),
            Accepted accepted => Results.Json(Previewed(accepted.Events.OfType<AmendmentProposed>().Single()), ViewJson.Options),
            _ => Results.Json(Previewed(Amendment.Same(at.Agreement, command, at.By.Id)!.Proposed), ViewJson.Options)
        };

        AmendmentPreview Previewed(AmendmentProposed proposed) => new([.. AmendmentDifference.Of(at.Agreement, proposed)
            .Select(each => DifferenceView.From(each, at.Language))]);
    }

    static Task<IResult> Confirm(AgreementId agreementId, int number, Desk desk) =>
        desk.Do(agreementId, [], new ConfirmAmendment(number), it => it.Touched,
            at => Reply.Ok(AmendmentView.Of(at.Agreement.Amendments[number - 1], at)));

    static Task<IResult> Contest(AgreementId agreementId, int number, Body<ContestRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new ContestAmendment(number, body.Value.Reason), it => it.Touched,
            at => Reply.Ok(AmendmentView.Of(at.Agreement.Amendments[number - 1], at)));

    static Task<IResult> TakeBack(AgreementId agreementId, int number, Body<AmendmentWithdrawalRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new WithdrawAmendment(number, body.Value.Reason), it => it.Touched,
            at => Reply.Ok(AmendmentView.Of(at.Agreement.Amendments[number - 1], at)));

    static Task<IResult> Terminate(AgreementId agreementId, Body<TerminationRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes,
            new TerminateAgreement(body.Value.On, body.Value.Reference, body.Value.FinalDueOn,
            body.Value.RequisitionsAfterEnd ?? false), desk);

    static Task<IResult> Correct(AgreementId agreementId, Body<TerminationRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes,
            new CorrectTermination(body.Value.On, body.Value.Reference, body.Value.FinalDueOn,
            body.Value.RequisitionsAfterEnd ?? false), desk);

    static Task<IResult> Withdraw(AgreementId agreementId, Body<TerminationWithdrawalRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new WithdrawTermination(body.Value.Reason), desk);

    static Task<IResult> Close(AgreementId agreementId, Desk desk) => Change(agreementId, [], new CloseAgreement(), desk);

    static Task<IResult> Change(AgreementId agreementId, byte[] body, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Touched, at => Reply.Ok(AgreementView.Of(at)));
}

/// <param name="SignedOn">The day of signature, today or earlier.</param>
/// <param name="Signatories">Who signed, for which party.</param>
/// <param name="Terms">SHA-256 of the terms that were signed; when they are not those in force, the signature is refused.</param>
/// <param name="Documents">Ids of documents of one's own party: the signed agreement, as a PDF of the kind signed-agreement.</param>
public sealed record SignatureRequest(LocalDate SignedOn, IReadOnlyList<Signatory> Signatories, Sha256? Terms = null,
    IReadOnlyList<Guid>? Documents = null);

/// <param name="Difference">What it would change, before and after.</param>
public sealed record AmendmentPreview(IReadOnlyList<DifferenceView> Difference);

/// <param name="DecidedOn">The day of the decision it refers to.</param>
/// <param name="Reference">The decision's reference.</param>
/// <param name="EffectiveFrom">The day from which it applies.</param>
/// <param name="Changes">What it changes.</param>
/// <param name="Documents">Ids of documents of one's own party: the amendment on paper, which every party then has.</param>
/// <param name="Settles">Numbers of contested amendments that it is recorded in the place of; absent for all that are contested.</param>
public sealed record AmendmentRequest(LocalDate DecidedOn, string Reference, LocalDate EffectiveFrom,
    IReadOnlyList<AmendmentChange> Changes, IReadOnlyList<Guid>? Documents = null, IReadOnlyList<int>? Settles = null)
{
    internal ProposeAmendment Command => new(DecidedOn, Reference, EffectiveFrom, Changes)
    {
        Documents = Documents ?? [], Settles = Settles
    };
}

/// <param name="On">The day on which it ends, within its period: what falls due by then stays.</param>
/// <param name="Reference">The decision's reference.</param>
/// <param name="FinalDueOn">The agreed day for final report, final accounts and repayment; not later than theirs.</param>
/// <param name="RequisitionsAfterEnd">Whether costs before the end may
/// still be requisitioned after it; absent means that they may not.</param>
public sealed record TerminationRequest(LocalDate On, string Reference, LocalDate FinalDueOn, bool? RequisitionsAfterEnd = null);

/// <param name="Reason">Why it is taken back, as the log and the other party keep it.</param>
public sealed record AmendmentWithdrawalRequest(string Reason);

/// <param name="Reason">Why it does not end early after all.</param>
public sealed record TerminationWithdrawalRequest(string Reason);
