using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Drafts;
using MrAgreement.Web.Agreements;
using MrAgreement.Web.Http;
using MrAgreement.Web.OpenApi;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Drafts;

/// <summary>Drafts of terms: written section by section, shown to the other parties, and made into agreements.</summary>
static class DraftApi
{
    public static void MapDrafts(this RouteGroupBuilder api)
    {
        var drafts = api.MapGroup("/drafts").WithTags("Drafts");
        drafts.MapGet("", List).Answers<Listing<DraftSummary>>()
            .Describe("List drafts of terms", "Those of the caller's party, for whoever may make agreements, and those that it is shown.");
        drafts.MapPost("", Begin).KeepsAnswers().Answers<DraftView>(StatusCodes.Status201Created)
            .Describe("Begin a draft of terms",
            "From a template, from the terms of an agreement that the caller may read, or from terms of their own. The officer of a granting party may.");
        var draft = drafts.MapGroup("/{draftId:guid}");
        draft.MapGet("", Show).Answers<DraftView>()
            .Describe("Show a draft of terms", "Its sections, all that is wrong with it, and what has been said of it.");
        draft.MapDelete("", Discard).Produces(StatusCodes.Status204NoContent)
            .Describe("Throw a draft away", "With its comments. An agreement that was made of it stays.");
        draft.MapGet("/terms", ShowTerms).Produces<JsonObject>(StatusCodes.Status200OK, "application/json")
            .Describe("Show the terms of a draft", "As one document, finished or not.");
        draft.MapPut("/terms", Replace).Answers<DraftView>()
            .Describe("Put terms in place of a draft's",
            "Obligations whose keys are the same stay the same sections. Fields that this service does not know are refused: the terms may be of a newer one.");
        draft.MapPut("/sections/{section}", Save).Answers<DraftSectionView>()
            .Describe("Save a section of a draft",
            "The section's whole content. If-Match names its version: somebody else's change since then is not written over.");
        draft.MapPut("/showing", ShowTo).Answers<DraftView>()
            .Describe("Show a draft to other parties", "To the parties named, and no others: their people may read it and comment on it.");
        draft.MapPost("/comments", Comment).KeepsAnswers().Answers<DraftCommentView>(StatusCodes.Status201Created)
            .Describe("Comment on a section of a draft", "Whoever may read the draft may. All who do read what is said.");
        draft.MapPost("/agreement", Make).Answers<AgreementView>(StatusCodes.Status201Created)
            .Describe("Make an agreement of a draft",
            "By the same rules as an agreement that is drafted by its terms. What may be a slip is asked about, and taken with sure=true. The draft can't be changed afterwards.");
    }

    static async Task<IResult> List(Paging paging, Desk desk, Drafting drafting, IPeople people, HttpRequest request) => Results.Json(
        paging.Of(request, (await drafting.Seen(desk.Person.Actor, request.HttpContext.RequestAborted))
            .Select(draft => DraftSummary.Of(draft, people)).ToList()), ViewJson.Options);

    static async Task<IResult> Begin(Body<DraftRequest> body, Desk desk, Drafting drafting, IPeople people, HttpContext http)
    {
        var (draft, refused) = await drafting.Begin(desk.NewId(), body.Value.Template, body.Value.Agreement, body.Value.Terms,
            desk.Occasion, http.RequestAborted);
        if (refused is not null)
            return Problem.Result(refused);
        http.Response.Headers.Location = $"{http.Request.Scheme}://{http.Request.Host}/api/v1/drafts/{draft!.Id}";
        return Found(draft, desk, people, StatusCodes.Status201Created);
    }

    static async Task<IResult> Show(Guid draftId, Desk desk, Drafting drafting, IPeople people, HttpContext http) =>
        await drafting.Find(draftId, desk.Person.Actor, http.RequestAborted) is { } draft ? Found(draft, desk, people)
            : Problem.Result(Drafting.Unknown);

    static async Task<IResult> Discard(Guid draftId, Desk desk, Drafting drafting, HttpContext http) =>
        (await Written(draftId, desk, drafting, http)).Denied
            ?? (await drafting.Discard(draftId, desk.Person.Actor, http.RequestAborted) is { } refused ? Problem.Result(refused)
            : Results.NoContent());

    // Whoever may not write it hears that before anything else.
    static async Task<(TermsDraft? Draft, IResult? Denied)> Written(Guid id, Desk desk, Drafting drafting, HttpContext http) =>
        await drafting.ToWrite(id, desk.Person.Actor, http.RequestAborted) is var (draft, refused) && refused is not null
            ? (null, Problem.Result(refused))
            : (draft, desk.Against(Tag(draft!.Version)));

    static async Task<IResult> ShowTerms(Guid draftId, Desk desk, Drafting drafting, HttpContext http) =>
        await drafting.Find(draftId, desk.Person.Actor, http.RequestAborted) is { } draft
            ? desk.Found(DraftTerms.Whole(draft), Tag(draft.Version))
            : Problem.Result(Drafting.Unknown);

    static async Task<IResult> Replace(Guid draftId, Body<JsonObject> body, Desk desk, Drafting drafting, IPeople people, HttpContext http)
    {
        var (before, denied) = await Written(draftId, desk, drafting, http);
        if (denied is not null)
            return denied;
        var (terms, unreadable) = DraftCheck.Read(body.Bytes);
        if (unreadable is not null)
            return Problem.Result(unreadable);
        return Answer(await drafting.Replace(draftId, http.Request.Headers.ContainsKey("If-Match") ? before!.Version : null, terms!,
            desk.Occasion, http.RequestAborted), desk, people);
    }

    static async Task<IResult> Save(Guid draftId, string section, Body<JsonObject> body, Desk desk, Drafting drafting, IPeople people,
        HttpContext http)
    {
        var (before, denied) = await drafting.ToWrite(draftId, desk.Person.Actor, http.RequestAborted);
        if (denied is not null)
            return Problem.Result(denied);
        if (before![section] is not { } known)
            return Problem.Result(new Refused("no-such-section", RefusalKind.NotFound, ("key", section)));
        if (desk.Against(Tag(known.Version)) is { } stale)
            return stale;
        // Judged where it will stand.
        var (whole, unreadable) = DraftCheck.Read(DraftTerms.Around(known, body.Bytes));
        if (unreadable is not null)
            return Problem.Result(InSection(unreadable));
        var content = DraftTerms.Within(known, whole!);
        if (!known.IsObligation
            && whole!.Select(field => field.Key).Except(content.Select(field => field.Key)).ToList() is { Count: > 0 } others)
            return Problem.Result(Refused.Invalid([.. others.Select(field => new Fault($"/{field}", "unknown-field", ("field", field)))]));
        var (draft, refused) = await drafting.Save(draftId, section, known.Version, content, desk.Occasion,
            http.RequestAborted);
        return refused is not null ? Problem.Result(refused)
            : desk.Found(DraftSectionView.Of(draft![section]!, people), Tag(draft[section]!.Version));
    }

    static async Task<IResult> ShowTo(Guid draftId, Body<ShowingRequest> body, Desk desk, Drafting drafting, IPeople people,
        HttpContext http) => await Written(draftId, desk, drafting, http) is var (before, denied) && denied is not null ? denied
            : Answer(await drafting.Show(draftId, http.Request.Headers.ContainsKey("If-Match") ? before!.Version : null,
                body.Value.Parties, desk.Person.Actor, http.RequestAborted), desk, people);

    static async Task<IResult> Comment(Guid draftId, Body<DraftCommentRequest> body, Desk desk, Drafting drafting, IPeople people,
        HttpContext http)
    {
        var (draft, refused) = await drafting.Comment(draftId, body.Value.Section, body.Value.Text, desk.Occasion, http.RequestAborted);
        return refused is not null ? Problem.Result(refused)
            : desk.Found(DraftView.Of(draft!, desk.Today, people, desk.Language).Comments[^1], Tag(draft!.Version),
                StatusCodes.Status201Created);
    }

    static async Task<IResult> Make(Guid draftId, Desk desk, Drafting drafting, HttpContext http, bool sure = false)
    {
        var (command, refused) = await drafting.Freeze(draftId, null, sure, desk.Occasion, http.RequestAborted);
        var id = new AgreementId(draftId);
        return refused is not null ? Problem.Result(refused)
            : await desk.Do(id, [], command!, it => it.Touched, at => Reply.Created(AgreementView.Of(at), $"/agreements/{id}"));
    }

    // At the place in what was sent, and not in what was put around it.
    static Refused InSection(Refused refused) => refused with
    {
        Faults = [.. refused.Faults.Select(fault => fault with { Pointer = fault.Pointer.StartsWith(Around, StringComparison.Ordinal)
            ? fault.Pointer[Around.Length..] : fault.Pointer })]
    };

    const string Around = "/obligations/0";

    static IResult Answer((TermsDraft? Draft, Refused? Refused) done, Desk desk, IPeople people) =>
        done.Refused is { } refused ? Problem.Result(refused) : Found(done.Draft!, desk, people);

    static IResult Found(TermsDraft draft, Desk desk, IPeople people, int status = StatusCodes.Status200OK) =>
        desk.Found(DraftView.Of(draft, desk.Today, people, desk.Language), Tag(draft.Version), status);

    static string Tag(int version) => $"\"{version}\"";
}
