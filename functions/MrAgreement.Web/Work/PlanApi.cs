using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Formats.Letters;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <summary>The action plan: its draft and versions, project plans of its focus areas, what is told of its measures, and its money.
/// </summary>
static class PlanApi
{
    public static void MapPlans(this RouteGroupBuilder api)
    {
        var plan = api.MapGroup("/agreements/{agreementId:guid}/plan").WithTags("Action plan");
        plan.MapGet("", Show).Answers<PlanView>()
            .Describe("Show the plan", "The version that counts, or else the last one made; or the version named.");
        plan.MapGet("/draft", ShowDraft).Answers<PlanDraftView>().Describe("Show the draft of the plan",
            "One's own party's, with all that stands against making a version of it. Where nobody has begun, what it would begin as.");
        plan.MapPut("/draft", Draft).Answers<PlanDraftView>().Describe("Save the draft of the plan",
            "The whole plan, finished or not. If-Match names the draft as it was: somebody else's change since then is not written over.");
        plan.MapGet("/versions", Versions).Answers<Listing<PlanVersionView>>().Describe("List versions of the plan", "Oldest first.");
        plan.MapPost("/versions", Make).Answers<PlanVersionView>(StatusCodes.Status201Created).Describe("Make a version of the plan",
            "Of what the draft says. Nothing in it changes afterwards; it is handed over as the content of a submission.");
        plan.MapGet("/versions/{number:int}/difference", Compare).Answers<PlanDifferenceView>().Describe(
            "Compare two versions of the plan", "Added, removed, changed field by field, and moved money.");
        plan.MapGet("/versions/{number:int}/content", Content).AnswersContent("application/json", LetterPdf.MediaType).Describe(
            "Download a version of the plan", "As json the very bytes that its SHA-256 is of; as pdf to read.");
        plan.MapGet("/money", Money).Answers<PlanMoneyView>().Describe("Show the money of the plan",
            "Budget and costs by focus area and measure, and the costs of the period that are no measure's.");
        var area = plan.MapGroup("/focus-areas/{key}/project-plan");
        area.MapGet("", ShowProjectPlan).Answers<ProjectPlanView>().Describe("Show a project plan", "With its versions and checks.");
        area.MapPut("", WriteProject).Answers<ProjectPlanView>().Describe("Write a project plan",
            "Of a focus area; the whole of it. One that is another than before waits for a new check.");
        area.MapPost("/check", Check).Answers<ProjectPlanView>().Describe("Check a project plan",
            "An officer says that it is agreed, or has comments. Nothing waits for it.");
        var measure = plan.MapGroup("/measures/{key}");
        measure.MapGet("", ShowMeasure).Answers<FollowedMeasureView>().Describe("Show a measure",
            "With what was told of it; one that the plan has no longer too.");
        measure.MapPost("/reports", Report).Answers<MeasureReportView>(StatusCodes.Status201Created).Describe("Report a measure",
            "Reports are never changed: a correction names the one that it stands in place of.");
        measure.MapPost("/assessment", Assess).Answers<MeasureAssessmentView>(StatusCodes.Status201Created).Describe("Assess a measure",
            "What came of it, and what that is known by; the last assessment counts.");
    }

    static Task<IResult> Show(AgreementId agreementId, Desk desk, int? version = null, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Seen(at, version) is { } it ? desk.Found(PlanView.Of(it, at), it.Touched) : NoPlan(version));

    static PlanVersion? Seen(Viewpoint at, int? version) => !at.SeesWork ? null
        : version is { } number ? at.Dossier.Grounds.Plan(number) : new Plans(at.Dossier).Shown;

    static IResult NoPlan(int? version) => Problem.Result(version is { } number
        ? new Refused("no-such-plan-version", RefusalKind.NotFound, ("number", number)) : new Refused("no-plan", RefusalKind.NotFound));

    static async Task<IResult> ShowDraft(AgreementId agreementId, Desk desk, PlanDrafting drafting, KeptOrganisations register,
        HttpContext http)
    {
        var (at, failure) = await desk.See(agreementId, null);
        if (at is null)
            return failure!;
        if (!PlanDrafting.Reads(at.Dossier, at.By))
            return Problem.Result(new Refused("no-plan-draft", RefusalKind.NotFound));
        var draft = await drafting.Find(at.Dossier, at.By, http.RequestAborted);
        return desk.Found(PlanDraftView.Of(draft, at, await register.Read(http.RequestAborted)), $"\"{draft.Tag}\"");
    }

    static async Task<IResult> Draft(AgreementId agreementId, Body<PlanRequest> body, Desk desk, PlanDrafting drafting,
        KeptOrganisations register, HttpContext http)
    {
        var (dossier, denied) = await desk.Allowed(agreementId, Right.WritePlan);
        if (dossier is null)
            return denied!;
        var before = await drafting.Find(dossier, desk.Person.Actor, http.RequestAborted);
        if (desk.Against($"\"{before.Tag}\"") is { } stale)
            return stale;
        var (draft, refused) = await drafting.Replace(dossier, http.Request.Headers.ContainsKey("If-Match") ? before.Tag : null,
            body.Value.Content, desk.Occasion, http.RequestAborted);
        return refused is not null ? Problem.Result(refused)
            : desk.Found(PlanDraftView.Of(draft, desk.At(dossier), await register.Read(http.RequestAborted)), $"\"{draft.Tag}\"");
    }

    static Task<IResult> Versions(AgreementId agreementId, Paging paging, Desk desk, HttpRequest request, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at =>
        {
            var plans = new Plans(at.Dossier);
            return Results.Json(paging.Of(request, [.. at.Dossier.Grounds.Plans.Where(_ => at.SeesWork)
                .Select(it => PlanVersionView.Of(it, plans, at))]), ViewJson.Options);
        });

    static async Task<IResult> Make(AgreementId agreementId, Body<PlanVersionRequest> body, Desk desk, PlanDrafting drafting,
        KeptOrganisations register, HttpContext http)
    {
        var (dossier, denied) = await desk.Allowed(agreementId, Right.WritePlan);
        if (dossier is null)
            return denied!;
        var draft = await drafting.Find(dossier, desk.Person.Actor, http.RequestAborted);
        if (PlanPlaces.Faults(draft.Content, await register.Read(http.RequestAborted)).ToList() is { Count: > 0 } unknown)
            return Problem.Result(Refused.Invalid(unknown));
        var (reason, summary, consultation) = body.Value;
        var answer = await desk.Do(agreementId, body.Bytes, new MakePlanVersion(reason, consultation, summary, draft.Content),
            it => it.Grounds.Plans.LastOrDefault()?.Touched, at =>
            {
                var made = at.Dossier.Grounds.Plans[^1];
                return Reply.Created(PlanVersionView.Of(made, new Plans(at.Dossier), at),
                    $"/agreements/{agreementId}/plan?version={made.Number}");
            });
        if (answer is Sent)
            await drafting.Served(agreementId, desk.Person.Party, draft.Tag, http.RequestAborted);
        return answer;
    }

    static Task<IResult> Compare(AgreementId agreementId, int number, Desk desk, int? from = null) => desk.Show(agreementId, null, at =>
    {
        var before = from ?? at.Dossier.Grounds.Plans.FindLast(version => version.Number < number)?.Number ?? number;
        if (Seen(at, number) is not { } it)
            return NoPlan(number);
        if (Seen(at, before) is not { } other)
            return NoPlan(before);
        var found = PlanDifference.Between(other.Content, it.Content);
        return Results.Json(new PlanDifferenceView(number, before, found.Added, found.Removed, found.Changed, found.Moved),
            ViewJson.Options);
    });

    static Task<IResult> Content(AgreementId agreementId, int number, Desk desk, string? format = null) =>
        !Choice.Read<PlanFormat>(format, out var wanted)
            ? Task.FromResult(Problem.Malformed("format"))
            : desk.Show(agreementId, null, at => Seen(at, number) is { } it ? new PlanPrint(it, at).As(wanted ?? PlanFormat.Json)
                : NoPlan(number));

    static Task<IResult> Money(AgreementId agreementId, Desk desk, int? version = null, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => Seen(at, version) is { } it
            ? Results.Json(PlanMoneyView.Of(it, at), ViewJson.Options) : NoPlan(version));

    static Task<IResult> ShowProjectPlan(AgreementId agreementId, string key, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.SeesWork && at.Dossier.Grounds.ProjectPlans.GetValueOrDefault(key) is { } it
            ? desk.Found(ProjectPlanView.Of(it, at), it.Touched)
            : Problem.Result(new Refused("no-project-plan", RefusalKind.NotFound, ("key", key))));

    static Task<IResult> WriteProject(AgreementId agreementId, string key, Body<ProjectPlanRequest> body, Desk desk) =>
        OfArea(agreementId, body.Bytes, key, new WriteProjectPlan(key, body.Value.Text, body.Value.Documents ?? []), desk);

    static Task<IResult> Check(AgreementId agreementId, string key, Body<ProjectPlanCheckRequest> body, Desk desk) =>
        OfArea(agreementId, body.Bytes, key, new CheckProjectPlan(key, body.Value.Outcome, body.Value.Comment), desk);

    static Task<IResult> OfArea(AgreementId agreementId, byte[] body, string key, Command command, Desk desk) =>
        desk.Do(agreementId, body, command, it => it.Grounds.ProjectPlans.GetValueOrDefault(key)?.Touched,
            at => Reply.Ok(ProjectPlanView.Of(at.Dossier.Grounds.ProjectPlans[key], at)));

    static Task<IResult> ShowMeasure(AgreementId agreementId, string key, Desk desk, DateParameter? asOf = null) =>
        desk.Show(agreementId, asOf, at => at.SeesWork && FollowedMeasureView.Of(key, at) is { } it
            ? desk.Found(it, Touched(at.Dossier, key) ?? at.Dossier.Grounds.Plans[^1].Touched)
            : Problem.Result(new Refused("no-such-measure", RefusalKind.NotFound, ("key", key))));

    static async Task<IResult> Report(AgreementId agreementId, string key, Body<MeasureReportRequest> body, Desk desk,
        KeptOrganisations register, HttpContext http)
    {
        var it = body.Value;
        // Whoever may not report hears that before what is unknown is looked for.
        var (before, denied) = await desk.Allowed(agreementId, Act.ReportMeasure.Right());
        if (before is null)
            return denied!;
        if (PlanPlaces.Faults(it.Reached ?? [], await register.Read(http.RequestAborted)).ToList() is { Count: > 0 } unknown)
            return Problem.Result(Refused.Invalid(unknown));
        return await desk.Do(agreementId, body.Bytes, new ReportMeasure(key, it.On, it.Status, it.Text, it.Documents ?? [],
            it.Reached ?? [], it.Corrects), dossier => Touched(dossier, key),
            at => Reply.Created(MeasureReportView.Of(at.Dossier.Grounds.Measures[key].Reports[^1], at),
                $"/agreements/{agreementId}/plan/measures/{key}"));
    }

    static Task<IResult> Assess(AgreementId agreementId, string key, Body<MeasureAssessmentRequest> body, Desk desk)
    {
        var it = body.Value;
        return desk.Do(agreementId, body.Bytes, new AssessMeasure(key, it.Result, it.Text, it.LivesOn, it.Evidence ?? []),
            dossier => Touched(dossier, key),
            at => Reply.Created(MeasureAssessmentView.Of(at.Dossier.Grounds.Measures[key].Assessments[^1], at),
                $"/agreements/{agreementId}/plan/measures/{key}"));
    }

    static long? Touched(Dossier it, string key) => it.Grounds.Measures.GetValueOrDefault(key)?.Touched;
}
