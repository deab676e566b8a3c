using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Obligations;

/// <summary>Obligations: what is owed, delivered, decided and done.</summary>
static class ObligationApi
{
    public static void MapObligations(this RouteGroupBuilder api)
    {
        var obligations = api.MapGroup("/agreements/{agreementId:guid}/obligations").WithTags("Obligations");
        obligations.MapGet("", List).Answers<Listing<ObligationView>>()
            .Describe("List obligations", "The agreement's obligations in the order of its terms; status may be a status or overdue.");
        var one = obligations.MapGroup("/{key}");
        one.MapGet("", Show).Answers<ObligationView>()
            .Describe("Show an obligation", "An obligation with its submissions and its reminders.");
        one.MapPost("/submissions", SubmitOne).Answers<SubmissionView>(StatusCodes.Status201Created)
            .Describe("Submit", "Delivers a numbered version with its documents.");
        one.MapPost("/submissions/{number:int}/acceptance", Accept).Answers<ObligationView>()
            .Describe("Accept a submission", "The recipient accepts what was delivered.");
        one.MapPost("/submissions/{number:int}/return", Return).Answers<ObligationView>()
            .Describe("Return a submission", "The recipient asks for completion by a new date, which is the due date from then on.");
        one.MapPost("/submissions/{number:int}/noting", Note).Answers<ObligationView>()
            .Describe("Note a submission", "The recipient says that it has read what was delivered and needs no approval.");
        one.MapPost("/submissions/{number:int}/withdrawal", Withdraw).Answers<ObligationView>()
            .Describe("Withdraw a submission", "The sender takes it back before it is decided; it stays visible as withdrawn.");
        one.MapPost("/completion", Complete).Answers<ObligationView>()
            .Describe("Record a performance",
            "Records that a joint or continuous obligation was performed; a joint one shows as unconfirmed until the other party confirms.");
        one.MapPost("/confirmation", Confirm).Answers<ObligationView>()
            .Describe("Confirm a record", "The other party confirms the record.");
        one.MapPost("/contest", Contest).Answers<ObligationView>()
            .Describe("Contest a record",
            "The other party says that it was not so. Nothing is undone; a new record, or a confirmation after all, settles it.");
        one.MapPost("/schedule", Schedule).Answers<ObligationView>()
            .Describe("Schedule", "Sets or moves the day on which it takes place; what hangs on it moves with it.");
        one.MapPost("/extension", Extend).Answers<ObligationView>()
            .Describe("Extend", "Gives a later date, or a date to what waits for one.");
        one.MapPost("/reminders/acknowledgement", Acknowledge).Answers<ObligationView>()
            .Describe("Acknowledge a reminder",
            "Says with a reason that a reminder was seen, or until when one's party is not to be reminded again: at most until the day before the last day, and for what is late at most two weeks. "
            + "A party's approver may once it is a week late, and the party that reviews when it was reminded of what waits, for two weeks at most.");
        one.MapPost("/waiver", Waive).Answers<ObligationView>().Describe("Waive", "Lets the obligation go.");
    }

    static Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, string? status = null,
        DateParameter? asOf = null)
    {
        ObligationStatus? wanted = status is not null && Choice.Is<ObligationStatus>(status)
            ? Enum.Parse<ObligationStatus>(status, ignoreCase: true)
            : null;
        return status is not null and not "overdue" && wanted is null
            ? Task.FromResult(Problem.Malformed("status"))
            : desk.Show(agreementId, asOf, at => Results.Json(
                paging.Of(request, [.. at.Agreement.InOrder
                    .Where(o => status is null || (wanted is { } s ? at.Agreement.StatusOf(o) == s : at.Agreement.IsRunning
                    && o.IsOverdue(at.Today)))
                    .Select(o => ObligationView.Of(o, at))]),
                ViewJson.Options));
    }

    static Task<IResult> Show(AgreementId agreementId, string key, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.Agreement.Obligations.TryGetValue(key, out var it)
            ? desk.Found(ObligationView.Of(it, at), it.Touched)
            : Problem.Result(new Refused("no-such-obligation", RefusalKind.NotFound, ("key", key))));

    static Task<IResult> SubmitOne(AgreementId agreementId, string key, Body<SubmissionRequest> body, Desk desk) =>
        desk.Do(agreementId, body.Bytes,
            new Submit(key, body.Value.Summary, body.Value.Documents, body.Value.Statement, body.Value.CoverLetter,
                body.Value.Plan, body.Value.Contents), Touched(key),
            at => Reply.Created(SubmissionView.Of(at.Agreement.Obligations[key].LastSubmission!, at.Agreement.Obligations[key], at),
                $"/agreements/{agreementId}/obligations/{key}"));

    static Task<IResult> Accept(AgreementId agreementId, string key, int number, Body<AcceptanceRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new AcceptSubmission(key, number, body.Value.Comment), desk);

    static Task<IResult> Return(AgreementId agreementId, string key, int number, Body<ReturnRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new ReturnSubmission(key, number, body.Value.Reason, body.Value.CompleteBy), desk);

    static Task<IResult> Note(AgreementId agreementId, string key, int number, Desk desk) =>
        Change(agreementId, [], new NoteSubmission(key, number), desk);

    static Task<IResult> Withdraw(AgreementId agreementId, string key, int number, Body<WithdrawalRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new WithdrawSubmission(key, number, body.Value.Reason), desk);

    static Task<IResult> Complete(AgreementId agreementId, string key, Body<CompletionRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes,
            new CompleteObligation(key, body.Value.DoneOn, body.Value.Note, body.Value.Documents, body.Value.Consultation?.Record), desk);

    static Task<IResult> Confirm(AgreementId agreementId, string key, Desk desk) =>
        Change(agreementId, [], new ConfirmCompletion(key), desk);

    static Task<IResult> Contest(AgreementId agreementId, string key, Body<ContestRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new ContestCompletion(key, body.Value.Reason), desk);

    static Task<IResult> Schedule(AgreementId agreementId, string key, Body<ScheduleRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new ScheduleObligation(key, body.Value.On), desk);

    static Task<IResult> Extend(AgreementId agreementId, string key, Body<ExtensionRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new ExtendObligation(key, body.Value.DueOn, body.Value.Reference), desk);

    static Task<IResult> Waive(AgreementId agreementId, string key, Body<WaiverRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new WaiveObligation(key, body.Value.Reason, body.Value.Reference), desk);

    static Task<IResult> Acknowledge(AgreementId agreementId, string key, Body<AcknowledgementRequest> body, Desk desk) =>
        Change(agreementId, body.Bytes, new AcknowledgeReminder(key, body.Value.Reason, body.Value.Until), desk);

    static Task<IResult> Change(AgreementId agreementId, byte[] body, ObligationCommand command, Desk desk) =>
        desk.Do(agreementId, body, command, Touched(command.Obligation),
            at => Reply.Ok(ObligationView.Of(at.Agreement.Obligations[command.Obligation], at)));

    static Func<Dossier, long?> Touched(string key) => it => it.Agreement.Obligations.GetValueOrDefault(key)?.Touched;
}

/// <param name="Summary">What is delivered, in short.</param>
/// <param name="Documents">Ids of documents of one's own party; their newest versions are handed over.</param>
/// <param name="Statement">Number of the attested statement that it delivers.</param>
/// <param name="CoverLetter">Words to the recipient.</param>
/// <param name="Plan">Number of the version of the plan that it delivers.</param>
/// <param name="Contents">Where what the clause asks for stands; absent or blank for not said. What shall be there and is not said is a
/// warning (<c>contents</c> of the answer), and no fault.</param>
public sealed record SubmissionRequest(string Summary, IReadOnlyList<Guid> Documents, int? Statement = null, string? CoverLetter = null,
    int? Plan = null, IReadOnlyList<HeldContent>? Contents = null);

/// <param name="Comment">Words to the sender, if any.</param>
public sealed record AcceptanceRequest(string? Comment = null);

/// <param name="Reason">What must be completed.</param>
/// <param name="CompleteBy">The new date, today or later.</param>
public sealed record ReturnRequest(string Reason, LocalDate CompleteBy);

/// <param name="Reason">Why it is taken back.</param>
public sealed record WithdrawalRequest(string Reason);

/// <param name="DoneOn">The day it was done, today or earlier.</param>
/// <param name="Note">What was done.</param>
/// <param name="Documents">Ids of documents of one's own party.</param>
/// <param name="Consultation">What was treated and decided, of a consultation.</param>
public sealed record CompletionRequest(LocalDate DoneOn, string Note, IReadOnlyList<Guid>? Documents = null,
    ConsultationRequest? Consultation = null);

/// <param name="On">The day on which it takes place, today or later.</param>
public sealed record ScheduleRequest(LocalDate On);

/// <param name="DueOn">The new date, later than the present one.</param>
/// <param name="Reference">The decision's reference.</param>
public sealed record ExtensionRequest(LocalDate DueOn, string Reference);

/// <param name="Reason">Why it is let go.</param>
/// <param name="Reference">The decision's reference.</param>
public sealed record WaiverRequest(string Reason, string Reference);

/// <param name="Reason">What is done about it, or why it takes longer.</param>
/// <param name="Until">The day on which to be reminded again; left out, the reminders stay as they are planned.</param>
public sealed record AcknowledgementRequest(string Reason, LocalDate? Until = null);
