using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Obligations;

/// <summary>What a party keeps to itself about an obligation: drafts, notes, and what other ministries have said to it.</summary>
static class OwnApi
{
    public static void MapOwn(this RouteGroupBuilder api)
    {
        var one = api.MapGroup("/agreements/{agreementId:guid}/obligations/{key}").WithTags("Obligations");
        one.MapPut("/draft", Draft).Answers<SubmissionDraftView>()
            .Describe("Draft a submission",
            "Keeps what one's own party means to submit, finished or not. Only that party's people and auditors see it.");
        one.MapDelete("/draft", Discard).Answers<ObligationView>()
            .Describe("Discard a draft", "One's own party's draft is thrown away; where there is none nothing changes. The log keeps that there was one, for those who could see it.");
        one.MapPost("/draft/sign-off", SignOff).Answers<SubmissionDraftView>()
            .Describe("Sign off a draft",
            "A colleague agrees that this revision may be submitted. Where the party's terms have signOff, nothing else is.");
        one.MapPost("/draft/return", SendBack).Answers<SubmissionDraftView>()
            .Describe("Send a draft back",
            "A colleague who should sign off this revision says what is to be changed. It waits until it is drafted anew.");
        one.MapPost("/notes", Note).Answers<InternalNoteView>(StatusCodes.Status201Created)
            .Describe("Write an internal note", "Only people of the writer's own party see it, in the log too.");
        one.MapPost("/submissions/{number:int}/comments", Comment).Answers<MinistryCommentView>(StatusCodes.Status201Created)
            .Describe("Record a ministry's comment",
            "What another ministry says of the submission in joint preparation; only the recipient's people see it.");
    }

    static Task<IResult> Draft(AgreementId agreementId, string key, Body<DraftRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes,
            new DraftSubmission(key, body.Value.Summary, body.Value.CoverLetter, body.Value.Documents, body.Value.Statement,
                body.Value.Plan, body.Value.Contents), desk);

    // Its version is the draft's as long as there is one.
    static Task<IResult> Discard(AgreementId agreementId, string key, Desk desk) => desk.Do(
        agreementId, [], new DiscardDraft(key), it => Own(it, key, desk)?.Touched ?? Touched(key)(it), at =>
            Reply.Ok(ObligationView.Of(at.Agreement.Obligations[key], at)));

    static Task<IResult> SignOff(AgreementId agreementId, string key, Body<SignOffRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new SignOffDraft(key, body.Value.Revision), desk);

    static Task<IResult> SendBack(AgreementId agreementId, string key, Body<SendBackRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new SendBackDraft(key, body.Value.Revision, body.Value.Reason), desk);

    static Task<IResult> Change(AgreementId agreementId, byte[] body, ObligationCommand command, Desk desk) => desk.Do(
        agreementId, body, command, it => Own(it, command.Obligation, desk)?.Touched,
        at => Reply.Ok(SubmissionDraftView.Of(Own(at.Dossier, command.Obligation, desk)!, desk.Person.Party,
            at.Agreement.Obligations[command.Obligation], at)));

    static SubmissionDraft? Own(Dossier it, string key, Desk desk) =>
        it.Agreement.Obligations.GetValueOrDefault(key)?.Drafts.GetValueOrDefault(desk.Person.Party);

    static Task<IResult> Note(AgreementId agreementId, string key, Body<NoteRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes, new WriteInternalNote(key, body.Value.Submission, body.Value.Text), Touched(key),
            at => Reply.Created(InternalNoteView.Of(at.Agreement.Obligations[key].Notes.Last(n => n.By == desk.Person.Id), at),
                Path(agreementId, key)));

    static Task<IResult> Comment(AgreementId agreementId, string key, int number, Body<CommentRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes,
            new RecordMinistryComment(key, number, body.Value.Ministry, body.Value.Text, body.Value.ReceivedOn), Touched(key),
            at => Reply.Created(MinistryCommentView.Of(at.Agreement.Obligations[key].MinistryComments.Last(c => c.By == desk.Person.Id),
                at), Path(agreementId, key)));

    static Func<Dossier, long?> Touched(string key) => it => it.Agreement.Obligations.GetValueOrDefault(key)?.Touched;

    static string Path(AgreementId agreementId, string key) => $"/agreements/{agreementId}/obligations/{key}";
}

/// <param name="Summary">What is delivered, in short; may be empty for now.</param>
/// <param name="Documents">Ids of documents of one's own party; their newest versions are drafted.</param>
/// <param name="CoverLetter">Words to the recipient.</param>
/// <param name="Statement">Number of the attested statement that it is to deliver.</param>
/// <param name="Contents">Where what the clause asks for stands; absent or blank for not said.</param>
public sealed record DraftRequest(string Summary, IReadOnlyList<Guid> Documents, string? CoverLetter = null, int? Statement = null,
    int? Plan = null, IReadOnlyList<HeldContent>? Contents = null);

/// <param name="Revision">The revision that was read.</param>
/// <param name="Reason">What is to be changed.</param>
public sealed record SendBackRequest(int Revision, string Reason);

/// <param name="Revision">The revision that was read; another one is refused.</param>
public sealed record SignOffRequest(int Revision);

/// <param name="Text">The note.</param>
/// <param name="Submission">Number of the submission that it is about.</param>
public sealed record NoteRequest(string Text, int? Submission = null);

/// <param name="Ministry">The ministry that says it.</param>
/// <param name="Text">What it says.</param>
/// <param name="ReceivedOn">The day it came in, today or earlier.</param>
public sealed record CommentRequest(string Ministry, string Text, LocalDate ReceivedOn);
