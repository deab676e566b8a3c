using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Formats.Letters;
using MrAgreement.Grants;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

using static MrAgreement.Web.Grants.GrantAnswers;

namespace MrAgreement.Web.Grants;

/// <summary>Requisitions, payments, and claims that are set off.</summary>
static class RequisitionApi
{
    public static void MapRequisitions(this RouteGroupBuilder grant)
    {
        grant.MapGet("/requisitions",
            (AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
                List(agreementId, asOf, paging, desk, request,
                    at => at.Dossier.Grant.Requisitions.Where(r => Sight.Sees(at.Dossier, at.By, r))
                    .Select(r => RequisitionView.Of(r, at))))
            .Answers<Listing<RequisitionView>>().Describe("List requisitions", "Requisitions, in order.");
        grant.MapPost("/requisitions", Prepare).Answers<RequisitionView>(StatusCodes.Status201Created)
            .Describe("Prepare a requisition", "Never more than the instalment, never on a conditional or lapsed one.");
        var requisition = grant.MapGroup("/requisitions/{number:int}");
        requisition.MapGet("", (AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
                One(agreementId, asOf, number, desk, at => at.Dossier.Grant.Requisitions, (it, at) => Sight.Sees(at.Dossier, at.By, it),
                    it => it.Touched, RequisitionView.Of, "no-such-requisition"))
            .Answers<RequisitionView>().Describe("Show a requisition", "One requisition.");
        requisition.MapPost("/attestation",
            (AgreementId agreementId, int number, Desk desk) => Step(agreementId, number, [], new AttestRequisition(number), desk))
            .Answers<RequisitionView>().Describe("Attest a requisition", "Somebody else than the preparer attests it.");
        requisition.MapPost("/dispatch",
            (AgreementId agreementId, int number, Desk desk) => Step(agreementId, number, [], new DispatchRequisition(number), desk))
            .Answers<RequisitionView>().Describe("Dispatch a requisition", "Sends an attested requisition; its obligation is done.");
        requisition.MapPost("/receipt",
            (AgreementId agreementId, int number, Desk desk) => Step(agreementId, number, [], new ReceiveRequisition(number), desk))
            .Answers<RequisitionView>().Describe("Receive a requisition", "The payer has received it.");
        requisition.MapPost("/refusal", (AgreementId agreementId, int number, Body<RefusalRequest> body, Desk desk) =>
                Step(agreementId, number, body.Bytes, new RefuseRequisition(number, body.Value.Reason), desk))
            .Answers<RequisitionView>().Describe("Refuse a requisition", "The payer returns or refuses it; its obligation is open again.");

        requisition.MapPost("/ending", (AgreementId agreementId, int number, Body<EndingRequest> body, Desk desk) =>
                Step(agreementId, number, body.Bytes, new EndRequisition(number, body.Value.Reason), desk))
            .Answers<RequisitionView>().Describe("End a requisition",
            "Paid in part, and no more comes, as the payer or the grantor says: the rest of it lapses.");

        requisition.MapPost("/set-off", SetOff).Answers<SetOffView>(StatusCodes.Status201Created)
            .Describe("Set a claim off against a requisition",
            "By the payer: as much of the requisition counts as paid, and of what is claimed back as paid back; no money moves. Reversing either entry among the payments takes back both.");

        requisition.MapPost("/withdrawal", (AgreementId agreementId, int number, Body<WithdrawalRequest> body, Desk desk) =>
                Step(agreementId, number, body.Bytes, new WithdrawPrepared(PreparedKind.Requisition, number, body.Value.Reason), desk))
            .Answers<RequisitionView>().Describe("Withdraw a requisition", "Before it is dispatched: it was a mistake, or was sent back.");
        requisition.MapPost("/send-back", (AgreementId agreementId, int number, Body<SendBackRequest> body, Desk desk) =>
                Step(agreementId, number, body.Bytes, new SendBackPrepared(PreparedKind.Requisition, number, body.Value.Reason), desk))
            .Answers<RequisitionView>().Describe("Send a requisition back",
            "By whoever should attest it, or has, before it is dispatched: it is to be prepared anew, or withdrawn.");

        requisition.MapGet("/content", Print).AnswersContent(LetterPdf.MediaType)
            .Describe("Download a requisition", "As a PDF to print and sign, in the caller's language and in the words of its template.");

        grant.MapGet("/set-offs", (AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
                List(agreementId, asOf, paging, desk, request, at => at.Dossier.Grant.SetOffs.Select(s => SetOffView.Of(s, at))))
            .Answers<Listing<SetOffView>>().Describe("List set-offs", "Claims that were met by a part of a requisition, in order.");
        grant.MapGet("/set-offs/{number:int}", (AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
                One(agreementId, asOf, number, desk, at => at.Dossier.Grant.SetOffs, (_, _) => true,
                    (it, grant) => it.Touched(grant), SetOffView.Of, "no-such-set-off"))
            .Answers<SetOffView>().Describe("Show a set-off", "One set-off.");

        grant.MapGet("/payments", (AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
                List(agreementId, asOf, paging, desk, request, at => at.Dossier.Grant.Payments.Select(p => PaymentView.Of(p, at))))
            .Answers<Listing<PaymentView>>().Describe("List payments", "Payments, in order.");
        grant.MapGet("/payments/{number:int}", (AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
                One(agreementId, asOf, number, desk, at => at.Dossier.Grant.Payments, (it, _) => it.Number == number, it => it.Touched,
                    PaymentView.Of, "no-such-payment"))
            .Answers<PaymentView>().Describe("Show a payment", "One payment.");
        grant.MapPost("/payments", Pay).Answers<PaymentView>(StatusCodes.Status201Created)
            .Describe("Record a payment",
            "By hand, by the payer or the recipient's finance staff; recorded from both sides it counts once.");

        grant.MapPost("/payments/{number:int}/confirmation",
            (AgreementId agreementId, int number, Body<ConfirmationRequest> body, Desk desk) =>
                OnPayment(agreementId, number, body.Bytes,
                    new ConfirmPayment(number, body.Value.PaidOn, body.Value.Reference, body.Value.Requisition), desk))
            .Answers<PaymentView>().Describe("Confirm a payment",
            "The other side confirms just that payment, as it was recorded: of that amount, and at most some days apart.");
        grant.MapPost("/payments/{number:int}/contest", (AgreementId agreementId, int number, Body<ContestRequest> body, Desk desk) =>
                OnPayment(agreementId, number, body.Bytes, new ContestPayment(number, body.Value.Reason), desk))
            .Answers<PaymentView>().Describe("Contest a payment",
            "The other side knows of no such payment. It counts as before; a confirmation after all, or its reversal, settles it.");
        grant.MapPost("/payments/{number:int}/reversal", (AgreementId agreementId, int number, Body<ReversalRequest> body, Desk desk) =>
                OnPayment(agreementId, number, body.Bytes, new ReversePayment(number, body.Value.On, body.Value.Reason), desk))
            .Answers<PaymentView>().Describe("Reverse a payment", "It counts no more from that day on, and stays on record.");
    }

    static Task<IResult> Prepare(AgreementId agreementId, Body<RequisitionRequest> body, Desk desk)
    {
        var it = body.Value;
        var command = new PrepareRequisition(it.Instalment, it.Amount, it.Bankgiro, it.Plusgiro, it.Reference, it.Period);
        return Add(agreementId, body.Bytes, command, "requisitions", at => Requisition.Same(at.Dossier.Grant, command, at.By.Id)!,
            r => r.Number, RequisitionView.Of, desk);
    }

    static Task<IResult> Print(AgreementId agreementId, int number, Desk desk, RequisitionTemplates templates) =>
        desk.Show(agreementId, null, at => at.SeesSubmissions && at.Dossier.Grant.Requisitions.Find(number) is { } it
            && Sight.Sees(at.Dossier, at.By, it)
            ? RequisitionLetter.File(it, at, templates)
            : Problem.Result(new Refused("no-such-requisition", RefusalKind.NotFound, ("number", number))));

    static Task<IResult> Step(AgreementId agreementId, int number, byte[] body, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grant.Requisitions.Find(number)?.Touched,
            at => Reply.Ok(RequisitionView.Of(at.Dossier.Grant.Requisitions[number - 1], at)));

    static Task<IResult> Pay(AgreementId agreementId, Body<PaymentRequest> body, Desk desk)
    {
        var it = body.Value;
        var command = new RecordPayment(it.Direction, it.PaidOn, it.Amount, it.Reference, it.Requisition);
        // A new one, or the other side's that it confirms.
        return Add(agreementId, body.Bytes, command, "payments",
            at => Payment.Same(at.Dossier.Grant, command, at.Agreement.SideOf(at.By.Party))!, p => p.Number, PaymentView.Of, desk);
    }

    static Task<IResult> SetOff(AgreementId agreementId, int number, Body<SetOffRequest> body, Desk desk)
    {
        var it = body.Value;
        var command = new SetOffDebt(number, it.Amount, it.DecidedOn, it.Reference, it.Reason);
        return Add(agreementId, body.Bytes, command, "set-offs", at => MrAgreement.Grants.SetOff.Same(at.Dossier.Grant, command, at.By.Id)!,
            s => s.Number, SetOffView.Of, desk);
    }

    static Task<IResult> OnPayment(AgreementId agreementId, int number, byte[] body, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grant.Payments.Find(number)?.Touched,
            at => Reply.Ok(PaymentView.Of(at.Dossier.Grant.Payments[number - 1], at)));
}
