using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Grants;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

using static MrAgreement.Web.Grants.GrantAnswers;

namespace MrAgreement.Web.Grants;

/// <summary>Adjustments of costs, decisions that disallow them, and repayments.</summary>
static class CorrectionApi
{
    public static void MapCorrections(this RouteGroupBuilder grant)
    {
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
}
