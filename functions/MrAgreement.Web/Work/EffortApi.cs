using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Formats.Tables;
using MrAgreement.Organisations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>The support ladder, the efforts on its steps, declarations of intent, and whom efforts have reached.</summary>
static class EffortApi
{
    public static void MapEfforts(this RouteGroupBuilder api)
    {
        var agreement = api.MapGroup("/agreements/{agreementId:guid}").WithTags("Efforts");
        agreement.MapGet("/support-ladder", ShowLadder).Answers<SupportLadderView>()
            .Describe("Show the support ladder", "As it stands, or the version named.");
        agreement.MapPut("/support-ladder", SetLadder).Answers<SupportLadderView>().Describe("Set the support ladder",
            "The whole of it, from the bottom up. Efforts keep the step that they were made on.");
        var efforts = agreement.MapGroup("/efforts");
        efforts.MapGet("", List).Answers<Listing<EffortView>>()
            .Describe("List efforts", "By number, those that were cancelled too; kind, step and measure as they are told.");
        efforts.MapPost("", Record).Answers<EffortView>(StatusCodes.Status201Created).Describe("Record an effort",
            "On a step of the ladder. It reaches organisations, a group of the register, or counties: one of them. "
            + "What is missing is told in warnings.");
        efforts.MapGet("/coverage", Cover).Answers<EffortCoverageView>().Describe("Show whom efforts have reached",
            "By step, county, organisation or size-class: how many were reached of how many, the highest step, and effects by kind. "
            + "Efforts that begin later, and cancelled ones, reach nobody.");
        efforts.MapGet("/coverage.csv", CoverAsCsv).AnswersContent("text/csv")
            .Describe("Download whom efforts have reached", "The same as a table.");
        var one = efforts.MapGroup("/{number:int}");
        one.MapGet("", Show).Answers<EffortView>().Describe("Show an effort", "With what was seen to come of it.");
        one.MapPut("", Revise).Answers<EffortView>().Describe("Revise an effort", "The whole of it anew.");
        one.MapPost("/effects", See).Answers<EffortView>(StatusCodes.Status201Created)
            .Describe("Record an effect", "What was seen to come of an effort; none-seen where somebody has looked and seen none.");
        one.MapPost("/cancellation", Cancel).Answers<EffortView>().Describe("Cancel an effort", "It stays on record, and reaches nobody.");
        var intents = agreement.MapGroup("/intents");
        intents.MapGet("", Intents).Answers<Listing<IntentView>>().Describe("List declarations of intent", "By number.");
        intents.MapPost("", Declare).Answers<IntentView>(StatusCodes.Status201Created).Describe("Record a declaration of intent",
            "That a municipality wants to do more in an area. A step may ask for one.");
    }

    static Task<IResult> ShowLadder(AgreementId agreementId, Desk desk, int? version = null, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.SeesWork
            && at.Dossier.Grounds.Support.Ladders.FindLast(it => version is null || it.Version == version) is { } it
            ? desk.Found(SupportLadderView.Of(it, at), it.Touched)
            : Problem.Result(new Refused("no-support-ladder", RefusalKind.NotFound)));

    static Task<IResult> SetLadder(AgreementId agreementId, Body<SupportLadderRequest> body, Desk desk) => desk.Do(agreementId, body.Bytes,
        new SetSupportLadder([.. body.Value.Steps.Select(step => step.Step)]), it => it.Grounds.Support.Ladder?.Touched,
        at => Reply.Ok(SupportLadderView.Of(at.Dossier.Grounds.Support.Ladder!, at)));

    static async Task<IResult> List(AgreementId agreementId, Paging paging, Desk desk, KeptOrganisations register, HttpRequest request,
        string? kind = null, string? step = null, string? measure = null, DateParameter? asOf = null)
    {
        if (!Choice.Read<EffortKind>(kind, out var wanted))
            return Problem.Malformed("kind");
        var all = await register.Read(request.HttpContext.RequestAborted);
        return await desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, [.. at.Dossier.Grounds.Support.Efforts
            .Where(it => at.SeesWork && (wanted is null || it.Content.Kind == wanted) && (step is null || it.Content.Step == step)
                && (measure is null || it.Content.Measure == measure))
            .Select(it => EffortView.Of(it, at, all))]), ViewJson.Options));
    }

    static async Task<IResult> Show(AgreementId agreementId, int number, Desk desk, KeptOrganisations register, HttpContext http,
        DateParameter? asOf = null)
    {
        var all = await register.Read(http.RequestAborted);
        return await desk.Show(agreementId, asOf, at => at.SeesWork && at.Dossier.Grounds.Support.Efforts.Find(number) is { } it
            ? desk.Found(EffortView.Of(it, at, all), it.Touched)
            : Problem.Result(new Refused("no-such-effort", RefusalKind.NotFound, ("number", number))));
    }

    static async Task<IResult> Record(AgreementId agreementId, Body<EffortRequest> body, Desk desk, KeptOrganisations register,
        HttpContext http)
    {
        var told = body.Value.Told;
        var (all, refused) = await Checked(agreementId, desk, register, http, (dossier, all) => EffortPlaces.Faults(told, dossier, all));
        return refused ?? await desk.Do(agreementId, body.Bytes, new RecordEffort(told), it => Made(it)?.Touched, at =>
        {
            var it = Made(at.Dossier)!;
            return Reply.Created(EffortView.Of(it, at, all!), $"/agreements/{agreementId}/efforts/{it.Number}");
        });

        Effort? Made(Dossier dossier) => dossier.Grounds.Support.Efforts.FindLast(it => it.Versions[^1].By == desk.Person.Id
            && (it.Content.Title, it.Content.From, it.Content.Step) == (told.Title.Trim(), told.From, told.Step.Trim()));
    }

    static async Task<IResult> Revise(AgreementId agreementId, int number, Body<EffortRequest> body, Desk desk, KeptOrganisations register,
        HttpContext http)
    {
        var told = body.Value.Told;
        var (all, refused) = await Checked(agreementId, desk, register, http, (dossier, all) => EffortPlaces.Faults(told, dossier, all));
        return refused ?? await Change(agreementId, number, body.Bytes, new ReviseEffort(number, told), desk, all!, Reply.Ok);
    }

    static async Task<IResult> See(AgreementId agreementId, int number, Body<EffectRequest> body, Desk desk, KeptOrganisations register,
        HttpContext http)
    {
        var (all, refused) = await Checked(agreementId, desk, register, http,
            (_, all) => EffortPlaces.Faults(body.Value.Organisation, all));
        return refused ?? await Change(agreementId, number, body.Bytes, new RecordEffect(number, body.Value.Content), desk, all!,
            view => Reply.Created(view, $"/agreements/{agreementId}/efforts/{number}"));
    }

    static async Task<IResult> Cancel(AgreementId agreementId, int number, Body<CancellationRequest> body, Desk desk,
        KeptOrganisations register, HttpContext http) => await Change(agreementId, number, body.Bytes,
            new CancelEffort(number, body.Value.Reason), desk, await register.Read(http.RequestAborted), Reply.Ok);

    static Task<IResult> Change(AgreementId agreementId, int number, byte[] body, Command command, Desk desk, OrganisationRegister all,
        Func<object, Reply> reply) => desk.Do(agreementId, body, command, it => it.Grounds.Support.Efforts.Find(number)?.Touched,
            at => reply(EffortView.Of(at.Dossier.Grounds.Support.Efforts[number - 1], at, all)));

    static Task<IResult> Intents(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Results.Json(paging.Of(request, [.. at.Dossier.Grounds.Support.Intents
            .Where(_ => at.SeesWork).Select(it => IntentView.Of(it, at))]), ViewJson.Options));

    static async Task<IResult> Declare(AgreementId agreementId, Body<IntentRequest> body, Desk desk, KeptOrganisations register,
        HttpContext http)
    {
        var it = body.Value;
        var (_, refused) = await Checked(agreementId, desk, register, http, (_, all) => EffortPlaces.Faults(it.Organisation, all));
        return refused ?? await desk.Do(agreementId, body.Bytes,
            new DeclareIntent(it.Organisation, it.Area, it.Text, it.SignedOn, it.Document), after => Made(after)?.Touched,
            at => Reply.Created(IntentView.Of(Made(at.Dossier)!, at), $"/agreements/{agreementId}/intents"));

        Intent? Made(Dossier dossier) => dossier.Grounds.Support.Intents.FindLast(made => made.By == desk.Person.Id
            && (made.Organisation, made.Area, made.SignedOn) == (it.Organisation.Trim(), it.Area.Trim(), it.SignedOn));
    }

    // Whoever may not do it hears that before what is unknown is looked for.
    static async Task<(OrganisationRegister? Register, IResult? Refused)> Checked(AgreementId agreementId, Desk desk,
        KeptOrganisations register, HttpContext http, Func<Dossier, OrganisationRegister, IReadOnlyList<Fault>> faults)
    {
        var (dossier, denied) = await desk.Allowed(agreementId, Right.FollowWork);
        if (dossier is null)
            return (null, denied);
        var all = await register.Read(http.RequestAborted);
        return faults(dossier, all) is { Count: > 0 } wrong ? (null, Problem.Result(Refused.Invalid(wrong))) : (all, null);
    }

    static async Task<IResult> Cover(AgreementId agreementId, Desk desk, KeptOrganisations register, HttpContext http, string? by = null,
        DateParameter? from = null, DateParameter? to = null, DateParameter? asOf = null) =>
        await Coverage(agreementId, desk, register, http, by, from, to, asOf, (it, _) => Results.Json(EffortCoverageView.Told(it),
            ViewJson.Options));

    static async Task<IResult> CoverAsCsv(AgreementId agreementId, Desk desk, KeptOrganisations register, HttpContext http,
        string? by = null, DateParameter? from = null, DateParameter? to = null, DateParameter? asOf = null) =>
        await Coverage(agreementId, desk, register, http, by, from, to, asOf, (it, at) => Attachment.Of(
            Csv.Write(EffortSheet.Of(it, at.Language)), Csv.MediaType, $"{Attachment.Name(at.Language.Say("efforts.coverage-file"),
                at.Agreement.Terms.DiaryNumber.ToString())}.csv"));

    static async Task<IResult> Coverage(AgreementId agreementId, Desk desk, KeptOrganisations register, HttpContext http, string? by,
        DateParameter? from, DateParameter? to, DateParameter? asOf, Func<EffortCoverage, Viewpoint, IResult> show)
    {
        if (!Choice.Read<EffortCoverageBy>(by, out var wanted))
            return Problem.Malformed("by");
        if (from?.Date is { } first && to?.Date < first)
            return Problem.Result(Refused.Invalid([new("/to", "period-reversed", ("earliest", first))]));
        var all = await register.Read(http.RequestAborted);
        return await desk.Show(agreementId, asOf, at => at.SeesWork
            ? show(EffortCoverage.Of(at.Dossier.Grounds.Support, all, wanted ?? EffortCoverageBy.Step, at.Today, from?.Date, to?.Date), at)
            : Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", at.By.Role))));
    }
}
