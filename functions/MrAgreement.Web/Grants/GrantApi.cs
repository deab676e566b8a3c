using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Grants;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.OpenApi;

namespace MrAgreement.Web.Grants;

/// <summary>The grant: its balances, its settlement and its instalments, with the rest of the way of the money below it.</summary>
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
        grant.MapRequisitions();
        grant.MapCorrections();
    }

    static Task<IResult> Show(AgreementId agreementId, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => desk.Found(GrantView.Of(at), at.Dossier.Grant.Touched));

    static Task<IResult> ShowSettlement(AgreementId agreementId, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.SeesWhole
            ? desk.Found(SettlementView.Of(at), at.Dossier.Grant.Touched)
            : Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role))));

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
}
