using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Formats.Letters;
using MrAgreement.Grants;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Grants;

/// <summary>The way of the money: instalments, requisitions, payments, adjustments, repayments and settlement.</summary>
static class GrantApi
{
    public static void MapGrant(this RouteGroupBuilder api)
    {
        var grant = api.MapGroup("/agreements/{agreementId:guid}/grant").WithTags("Grant");
        grant.MapGet("", Show).Answers<GrantView>().Describe("Show the grant", "Balances, instalments and costs.");
        grant.MapGet("/settlement", ShowSettlement).Answers<SettlementView>()
            .Describe("Show the settlement", "What is unspent, repaid and remaining, and when it is due.");
        grant.MapPost("/instalments/{key}/release", Release).Answers<InstalmentView>()
            .Describe("Release an instalment",
            "The condition is met; from here on it may be requisitioned, by the date that the decision sets.");
        grant.MapPost("/instalments/{key}/release/correction", CorrectRelease).Answers<InstalmentView>()
            .Describe("Correct a release",
            "All of it as it is to be, as long as nothing was requisitioned of it; after that its amount can be lowered, to what was requisitioned at the least.");
        grant.MapPost("/instalments/{key}/release/withdrawal", WithdrawRelease).Answers<InstalmentView>()
            .Describe("Withdraw a release", "As long as nothing was requisitioned of it: the instalment waits for its condition again.");
        grant.MapPost("/instalments/{key}/lapse", Lapse).Answers<InstalmentView>()
            .Describe("Let an instalment lapse", "The condition will not be met.");
        grant.MapPost("/instalments/{key}/lapse/withdrawal",
            (AgreementId agreementId, string key, Body<WithdrawalRequest> body, Desk desk) =>
                OnInstalment(agreementId, key, body.Bytes, new WithdrawLapse(key, body.Value.Reason), desk))
            .Answers<InstalmentView>().Describe("Withdraw a lapse",
            "Recorded by mistake, as long as no final accounts rest on it: the instalment waits for its condition again.");

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

        grant.MapGet("/adjustments", (AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
                List(agreementId, asOf, paging, desk, request,
                    at => at.Dossier.Grant.Adjustments.Where(a => Sight.Sees(at.Dossier, at.By, a)).Select(a => AdjustmentView.Of(a, at))))
            .Answers<Listing<AdjustmentView>>().Describe("List adjustments", "Adjustments, in order.");
        grant.MapGet("/adjustments/{number:int}", (AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
                One(agreementId, asOf, number, desk, at => at.Dossier.Grant.Adjustments, (it, at) => Sight.Sees(at.Dossier, at.By, it),
                    it => it.Touched, AdjustmentView.Of, "no-such-adjustment"))
            .Answers<AdjustmentView>().Describe("Show an adjustment", "One adjustment.");
        grant.MapPost("/adjustments", Adjust).Answers<AdjustmentView>(StatusCodes.Status201Created)
            .Describe("Prepare an adjustment", "Counts once somebody else has attested it.");
        grant.MapPost("/adjustments/{number:int}/attestation", AttestAdjustment).Answers<AdjustmentView>()
            .Describe("Attest an adjustment", "Somebody else than the preparer attests it.");

        grant.MapPost("/adjustments/{number:int}/withdrawal", (AgreementId agreementId, int number, Body<WithdrawalRequest> body,
                Desk desk) => OnAdjustment(agreementId, number, body.Bytes,
                    new WithdrawPrepared(PreparedKind.Adjustment, number, body.Value.Reason), desk))
            .Answers<AdjustmentView>().Describe("Withdraw an adjustment", "Before anybody attests it.");
        grant.MapPost("/adjustments/{number:int}/send-back", (AgreementId agreementId, int number, Body<SendBackRequest> body,
                Desk desk) => OnAdjustment(agreementId, number, body.Bytes,
                    new SendBackPrepared(PreparedKind.Adjustment, number, body.Value.Reason), desk))
            .Answers<AdjustmentView>().Describe("Send an adjustment back", "By whoever should attest it, with the reason.");

        grant.MapGet("/disallowances",
            (AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
                List(agreementId, asOf, paging, desk, request,
                    at => at.Dossier.Grant.Disallowances.Select(d => DisallowanceView.Of(d, at))))
            .Answers<Listing<DisallowanceView>>().Describe("List disallowed costs", "Decisions that a cost is not accepted, in order.");
        grant.MapGet("/disallowances/{number:int}", (AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
                One(agreementId, asOf, number, desk, at => at.Dossier.Grant.Disallowances, (_, _) => true, it => it.Touched,
                    DisallowanceView.Of, "no-such-disallowance"))
            .Answers<DisallowanceView>().Describe("Show a disallowed cost", "One decision.");
        grant.MapPost("/disallowances", Disallow).Answers<DisallowanceView>(StatusCodes.Status201Created)
            .Describe("Disallow a cost", "A decision by the grantor: the cost counts no more; after the final accounts it is a clawback.");

        grant.MapPost("/disallowances/{number:int}/withdrawal",
            (AgreementId agreementId, int number, Body<WithdrawalRequest> body, Desk desk) =>
                desk.Do(agreementId, body.Bytes, new WithdrawDisallowance(number, body.Value.Reason),
                    it => it.Grant.Disallowance(number)?.Touched,
                    at => Reply.Ok(DisallowanceView.Of(at.Dossier.Grant.Disallowance(number)!, at))))
            .Answers<DisallowanceView>().Describe("Withdraw a disallowed cost",
            "A decision by mistake of which nothing was paid back: the cost counts again, and a settlement that it opened is closed again.");

        grant.MapGet("/repayments", (AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
                List(agreementId, asOf, paging, desk, request,
                    at => at.Dossier.Grant.Repayments.Where(r => Sight.Sees(at.Dossier, at.By, r)).Select(r => RepaymentView.Of(r, at))))
            .Answers<Listing<RepaymentView>>().Describe("List repayments", "Repayments, in order.");
        grant.MapGet("/repayments/{number:int}", (AgreementId agreementId, int number, Desk desk, DateParameter? asOf = null) =>
                One(agreementId, asOf, number, desk, at => at.Dossier.Grant.Repayments, (it, at) => Sight.Sees(at.Dossier, at.By, it),
                    it => it.Touched, RepaymentView.Of, "no-such-repayment"))
            .Answers<RepaymentView>().Describe("Show a repayment", "One repayment.");
        grant.MapPost("/repayments", Repay).Answers<RepaymentView>(StatusCodes.Status201Created)
            .Describe("Prepare a repayment", "Of at most what remains, rounded to whole kronor.");
        grant.MapPost("/repayments/{number:int}/attestation", AttestRepayment).Answers<RepaymentView>()
            .Describe("Attest a repayment", "Somebody else than the preparer attests it.");
        grant.MapPost("/repayments/{number:int}/withdrawal", WithdrawRepayment).Answers<RepaymentView>()
            .Describe("Withdraw a repayment", "The recipient takes it back before it is paid: it holds the closing up no more.");
        grant.MapPost("/repayments/{number:int}/send-back", (AgreementId agreementId, int number, Body<SendBackRequest> body, Desk desk) =>
                OnRepayment(agreementId, number, body.Bytes, new SendBackPrepared(PreparedKind.Repayment, number, body.Value.Reason), desk))
            .Answers<RepaymentView>().Describe("Send a repayment back", "By whoever should attest it, with the reason.");
    }

    static Task<IResult> Show(AgreementId agreementId, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => desk.Found(GrantView.Of(at), at.Dossier.Grant.Touched));

    static Task<IResult> ShowSettlement(AgreementId agreementId, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.SeesWhole
            ? desk.Found(SettlementView.Of(at), at.Dossier.Grant.Touched)
            : Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role))));

    static Task<IResult> One<T>(
        AgreementId agreementId, DateParameter? asOf, int number, Desk desk, Func<Viewpoint, IReadOnlyList<T>> all,
        Func<T, Viewpoint, bool> seen, Func<T, Grant, long> touched, Func<T, Viewpoint, object> view, string missing) where T : class =>
        desk.Show(agreementId, asOf, at => at.SeesSubmissions && all(at).Find(number) is { } it && seen(it, at)
            ? desk.Found(view(it, at), touched(it, at.Dossier.Grant))
            : Problem.Result(new Refused(missing, RefusalKind.NotFound, ("number", number))));

    static Task<IResult> One<T>(
        AgreementId agreementId, DateParameter? asOf, int number, Desk desk, Func<Viewpoint, IReadOnlyList<T>> all,
        Func<T, Viewpoint, bool> seen, Func<T, long> touched, Func<T, Viewpoint, object> view, string missing) where T : class =>
        One(agreementId, asOf, number, desk, all, seen, (it, _) => touched(it), view, missing);

    static Task<IResult> List<T>(AgreementId agreementId, DateParameter? asOf, Paging paging, Desk desk, HttpRequest request,
        Func<Viewpoint, IEnumerable<T>> items) =>
        desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, at.SeesSubmissions ? items(at).ToList() : []),
            ViewJson.Options));

    static Task<IResult> Release(AgreementId agreementId, string key, Body<ReleaseRequest> body, Desk desk)
    {
        var it = body.Value;
        return OnInstalment(agreementId, key, body.Bytes, new ReleaseInstalment(
            key, it.DecidedOn, it.Reference, it.RequisitionDueOn, it.RiksdagReference, it.Amount, it.Appropriation, it.RepayBy,
            it.Conditions), desk);
    }

    static Task<IResult> CorrectRelease(AgreementId agreementId, string key, Body<ReleaseCorrectionRequest> body, Desk desk)
    {
        var it = body.Value;
        return OnInstalment(agreementId, key, body.Bytes, new CorrectRelease(new(
            key, it.DecidedOn, it.Reference, it.RequisitionDueOn, it.RiksdagReference, it.Amount, it.Appropriation, it.RepayBy,
            it.Conditions), it.Reason), desk);
    }

    static Task<IResult> WithdrawRelease(AgreementId agreementId, string key, Body<WithdrawalRequest> body, Desk desk) =>
        OnInstalment(agreementId, key, body.Bytes, new WithdrawRelease(key, body.Value.Reason), desk);

    static Task<IResult> Lapse(AgreementId agreementId, string key, Body<LapseRequest> body, Desk desk) =>
        OnInstalment(agreementId, key, body.Bytes, new LapseInstalment(key, body.Value.Reason), desk);

    static Task<IResult> OnInstalment(AgreementId agreementId, string key, byte[] body, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grant.Instalment(key)?.Touched,
            at => Reply.Ok(GrantView.Of(at).Instalments.First(i => i.Key == key)));

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

    static Task<IResult> Adjust(AgreementId agreementId, Body<AdjustmentRequest> body, Desk desk)
    {
        var it = body.Value;
        var command = new PrepareAdjustment(it.Kind, it.Amount, it.Period, it.Voucher, it.Reason, it.Category);
        return Add(agreementId, body.Bytes, command, "adjustments", at => Adjustment.Same(at.Dossier.Grant, command, at.By.Id)!,
            a => a.Number, AdjustmentView.Of, desk);
    }

    static Task<IResult> AttestAdjustment(AgreementId agreementId, int number, Desk desk) =>
        OnAdjustment(agreementId, number, [], new AttestAdjustment(number), desk);

    static Task<IResult> OnAdjustment(AgreementId agreementId, int number, byte[] body, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grant.Adjustments.Find(number)?.Touched,
            at => Reply.Ok(AdjustmentView.Of(at.Dossier.Grant.Adjustments[number - 1], at)));

    static Task<IResult> Disallow(AgreementId agreementId, Body<DisallowanceRequest> body, Desk desk)
    {
        var it = body.Value;
        var command = new DisallowCosts(it.Amount, it.DecidedOn, it.Reference, it.Reason, it.RepayBy, it.Category);
        return Add(agreementId, body.Bytes, command, "disallowances", at => Disallowance.Same(at.Dossier.Grant, command, at.By.Id)!,
            d => d.Decision.Number, DisallowanceView.Of, desk);
    }

    static Task<IResult> Repay(AgreementId agreementId, Body<RepaymentRequest> body, Desk desk)
    {
        var command = new PrepareRepayment(body.Value.Amount, body.Value.Reference, body.Value.Bankgiro, body.Value.Plusgiro);
        return Add(agreementId, body.Bytes, command, "repayments", at => Repayment.Same(at.Dossier.Grant, command, at.By.Id)!,
            r => r.Number, RepaymentView.Of, desk);
    }

    static Task<IResult> AttestRepayment(AgreementId agreementId, int number, Desk desk) =>
        OnRepayment(agreementId, number, [], new AttestRepayment(number), desk);

    static Task<IResult> WithdrawRepayment(AgreementId agreementId, int number, Body<WithdrawalRequest> body, Desk desk) =>
        OnRepayment(agreementId, number, body.Bytes, new WithdrawRepayment(number, body.Value.Reason), desk);

    static Task<IResult> OnRepayment(AgreementId agreementId, int number, byte[] body, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grant.Repayments.Find(number)?.Touched,
            at => Reply.Ok(RepaymentView.Of(at.Dossier.Grant.Repayments[number - 1], at)));

    // Adds one of a kind and answers with it; a retry is answered with what is already there.
    static Task<IResult> Add<T>(
        AgreementId agreementId, byte[] body, Command command, string kind, Func<Viewpoint, T> added, Func<T, int> number,
        Func<T, Viewpoint, object> view, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grant.Touched, at =>
        {
            var it = added(at);
            return Reply.Created(view(it, at), $"/agreements/{agreementId}/grant/{kind}/{number(it)}");
        });
}
