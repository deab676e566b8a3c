using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Drafts;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Drafts;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.SignIn;
using MrAgreement.Web.SignIn;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Drafts;

/// <summary>The pages on which an agreement is written: its drafts, their sections, and what is said of them.</summary>
sealed partial class DraftPages(Drafting drafting, PageVisitor visitor, IHttpContextAccessor accessor)
{
    /// <summary>In place of a section, in the address of a form: what to do after it is saved.</summary>
    public const string Next = "next";

    /// <summary>Likewise: to see what its sentence of when comes to.</summary>
    public const string Dates = "dates";

    // A file that is no terms is told so, however large; a text that is too long is read no further.
    const long LargestFile = 64 * 1024 * 1024;
    const int MostFormer = 100;

    HttpContext Http => accessor.HttpContext!;

    CancellationToken Cancellation => Http.RequestAborted;

    Occasion On => visitor.Occasion;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/drafts", (DraftPages it, KeptOverviews overviews) => it.List(overviews));
        pages.MapPost("/drafts", (DraftPages it, KeptOverviews overviews) => it.Begin(overviews));
        var draft = pages.MapGroup("/drafts/{draft:guid}");
        draft.MapGet("", (Guid draft, DraftPages it) => it.Overview(draft));
        draft.MapGet("/sections/{section}", (Guid draft, string section, DraftPages it) => it.Section(draft, section));
        draft.MapPost("/sections/{section}", (Guid draft, string section, DraftPages it) => it.Save(draft, section));
        draft.MapGet("/obligations", (Guid draft, DraftPages it) => it.Obligations(draft));
        draft.MapPost("/obligations", (Guid draft, DraftPages it) => it.Add(draft));
        draft.MapPost("/obligations/order", (Guid draft, DraftPages it) => it.Move(draft));
        draft.MapPost("/obligations/removal", (Guid draft, DraftPages it) => it.Remove(draft));
        draft.MapGet("/terms", (Guid draft, DraftPages it) => it.Terms(draft));
        draft.MapPost("/terms", (Guid draft, DraftPages it) => it.Replace(draft)).WithMetadata(new LargestUpload(LargestFile));
        draft.MapGet("/whole", (Guid draft, DraftPages it) => it.Whole(draft));
        draft.MapPost("/whole", (Guid draft, DraftPages it) => it.CommentOnWhole(draft));
        draft.MapGet("/terms.json", (Guid draft, DraftPages it) => it.Download(draft));
        draft.MapGet("/changes", (Guid draft, DraftPages it) => it.Changes(draft));
        draft.MapPost("/changes", (Guid draft, DraftPages it) => it.MarkRead(draft));
        draft.MapPost("/comments", (Guid draft, DraftPages it) => it.Comment(draft));
        draft.MapPost("/showing", (Guid draft, DraftPages it) => it.ShowTo(draft));
        draft.MapPost("/removal", (Guid draft, DraftPages it) => it.Discard(draft));
        draft.MapPost("/agreement", (Guid draft, DraftPages it, Dossiers dossiers, StepUp stepUp) => it.Make(draft, dossiers, stepUp));
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        foreach (var form in new[] { "comments", "showing", "removal", "agreement" })
            draft.MapGet($"/{form}", (Guid draft) => Results.LocalRedirect($"/drafts/{draft}"));
        foreach (var form in new[] { "obligations/order", "obligations/removal" })
            draft.MapGet($"/{form}", (Guid draft) => Results.LocalRedirect($"/drafts/{draft}/obligations"));
    }

    async Task<IResult> List(KeptOverviews overviews, Attempt? attempt = null)
    {
        var seen = await drafting.Seen(On.By, Cancellation);
        if (seen.Count == 0 && drafting.AgainstWriting(On.By) is not null && !On.By.Acts)
            return Failures.Page(StatusCodes.Status403Forbidden);
        var former = drafting.Writes(On.By)
            ? (await overviews.Portfolio(new(visitor.Today, On.By.Party, true, null, null, null, 1, MostFormer), Cancellation)).Rows
            : [];
        return Rendered.Page<DraftsPage>(new
        {
            Drafts = seen, News = await drafting.News(seen, On.By.Id, Cancellation), Writes = drafting.Writes(On.By), Attempt = attempt,
            Former = former.Select(item => item.Row).ToList()
        }, attempt);
    }

    async Task<IResult> Begin(KeptOverviews overviews)
    {
        if (drafting.AgainstWriting(On.By) is not null)
            return Failures.Page(StatusCodes.Status403Forbidden);
        var filled = Filled();
        var (template, former) = (filled.Optional("template"), filled.OptionalValue<Guid>("agreement"));
        if (template == Former)
            template = null;
        else
            former = null;
        var (draft, refused) = filled.Faults.Count > 0 ? (null, Refused.Invalid(filled.Faults))
            : await drafting.Begin(Guid.CreateVersion7(), template, former, null, On, Cancellation);
        return refused is null ? FormPost.Go(Http, $"/drafts/{draft!.Id}")
            : await List(overviews, Attempt(filled, refused));
    }

    /// <summary>As what to begin from: an agreement that is chosen beside.</summary>
    public const string Former = "agreement";

    Task<IResult> Overview(Guid id, Attempt? attempt = null) => With(id, async shown =>
    {
        var (read, differences) = await drafting.SinceRead(shown.Draft, shown.Check.Whole, On.By.Id, Cancellation);
        return Rendered.Page<DraftPage>(
            new { Shown = shown, Since = read?.At, Differences = differences.Count, Attempt = attempt }, attempt);
    });

    Task<IResult> Section(Guid id, string section, Attempt? attempt = null, FormCollection? typed = null) => With(id, shown =>
        shown.Draft[section] is not { } it ? Failures.Page(StatusCodes.Status404NotFound)
        : Rendered.Page<DraftSectionPage>(new { Draft = shown, Section = it, Attempt = attempt, Typed = typed }, attempt));

    async Task<IResult> Save(Guid id, string section)
    {
        var filled = Filled();
        if (await drafting.Find(id, On.By, Cancellation) is not { } draft || draft[section] is not { } before)
            return Failures.Page(StatusCodes.Status404NotFound);
        var content = SectionForms.Read(before, draft, filled.Form);
        if (filled.Language is { } language)
        {
            LanguageChoice.Keep(Http, Language.For(language));
            visitor.Speak(Language.For(language));
            return await Section(id, section, typed: SectionForms.Shown(before, content));
        }
        var (after, refused) = await drafting.Save(id, section, (int)(filled.Version ?? 0), content, On, Cancellation);
        if (refused is { Kind: RefusalKind.Forbidden or RefusalKind.NotFound })
            return Failures.Page(refused);
        if (refused is not null)
            // Told apart from the rest: what was typed stays in the form, and the other's beside it.
            return await Section(id, section, Attempt(filled, refused.Slug == "section-changed"
                ? Forms.Attempt.ChangedMeanwhile
                : refused), SectionForms.Shown(before, content));
        var here = $"/drafts/{id}/sections/{section}";
        return FormPost.Go(Http, (string?)filled.Form[Forms.Filled.Act] switch
        {
            Dates => $"{here}#{FieldId.Of(here, DueIn.Rule)}",
            Next when after!.Sections.SkipWhile(it => it.Key != section).Skip(1).FirstOrDefault() is { } next =>
                $"/drafts/{id}/sections/{next.Key}",
            _ => $"{here}?{FormPost.Saved}#{FormPost.Done}"
        });
    }

    Task<IResult> Obligations(Guid id, Attempt? attempt = null) =>
        With(id, shown => Rendered.Page<DraftObligationsPage>(new { Shown = shown, Attempt = attempt }, attempt));

    async Task<IResult> Add(Guid id)
    {
        var filled = Filled();
        if ((await drafting.ToWrite(id, On.By, Cancellation)).Refused is { } denied)
            return Failures.Page(denied);
        var title = filled.Text("title");
        if (Fault.Text("/title", title, 300) is { } missing)
            filled.Note(missing);
        if (filled.Faults.Count > 0)
            return await Obligations(id, Attempt(filled, Refused.Invalid(filled.Faults)));
        var (after, refused) = await drafting.Change(id, On.By, draft => draft.Adding(new JsonObject
        {
            ["key"] = Keys.Of(title, draft.Obligations.Select(other => DraftTerms.TextOf(other.Content["key"]))), ["title"] = title
        }, On), Cancellation);
        return refused is null ? FormPost.Go(Http, $"/drafts/{id}/sections/{after!.Obligations.Last().Key}")
            : await Refusing(id, filled, refused, Obligations);
    }

    Task<IResult> Move(Guid id) => Change(id, (draft, filled) => draft.Moving(filled.Text("section"), filled.OptionalValue<int>($"place/{filled.Text("section")}") ?? 1),
        $"/drafts/{id}/obligations#order", Obligations);

    Task<IResult> Remove(Guid id) => Change(id, (draft, filled) => draft.Without(filled.Text("section"), filled.OptionalValue<int>($"version/{filled.Text("section")}") ?? 0),
        $"/drafts/{id}/obligations?{FormPost.Saved}#{FormPost.Done}", Obligations);

    Task<IResult> Terms(Guid id, Attempt? attempt = null) =>
        With(id, shown => Rendered.Page<DraftTermsPage>(new { Shown = shown, Attempt = attempt }, attempt));

    async Task<IResult> Replace(Guid id)
    {
        var filled = Filled();
        if ((await drafting.ToWrite(id, On.By, Cancellation)).Refused is { } denied)
            return Failures.Page(denied);
        var (bytes, tooLarge) = await Sent(filled);
        // What is too large is not sent back either.
        if (tooLarge is not null)
            return await Refusing(id, new(new FormCollection(filled.Form.Where(field => field.Key != "terms").Append(new("terms", ""))
                .ToDictionary()), Http.Request.RouteValues), tooLarge, Terms);
        var (terms, unreadable) = DraftCheck.Read(bytes);
        if (unreadable is not null)
            return await Refusing(id, filled, unreadable, Terms);
        var (_, refused) = await drafting.Replace(id, (int?)filled.Version, terms!, On, Cancellation);
        return refused is null ? FormPost.Go(Http, $"/drafts/{id}?{FormPost.Saved}#{FormPost.Done}")
            : await Refusing(id, filled, refused, Terms);
    }

    async Task<(byte[] Bytes, Refused? Refused)> Sent(Filled filled)
    {
        if (filled.Form.Files.GetFile("file") is { Length: > 0 } file)
        {
            if (file.Length > KeptDrafts.MostBytes)
                return ([], TooLarge);
            using var whole = new MemoryStream();
            await file.CopyToAsync(whole, Cancellation);
            return (whole.ToArray(), null);
        }
        var text = filled.Form["terms"].ToString().Trim();
        return text.Length == 0 ? ([], Refused.Invalid(new Fault("/terms", "required", ("field", "terms"))))
            : Encoding.UTF8.GetByteCount(text) > KeptDrafts.MostBytes ? ([], TooLarge)
            : (Encoding.UTF8.GetBytes(text), null);
    }

    static Refused TooLarge => new("draft-too-large", RefusalKind.Invalid, ("max", KeptDrafts.MostBytes / 1024));

    Task<IResult> Download(Guid id) => With(id, shown =>
    {
        Http.Response.Headers.ContentDisposition = $"attachment; filename=\"terms-{id}.json\"";
        return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(DraftTerms.Whole(shown.Draft), Indented), "application/json");
    });

    /// <summary>As people read it.</summary>
    public static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    Task<IResult> Changes(Guid id, Attempt? attempt = null) => With(id, async shown =>
    {
        var (read, differences) = await drafting.SinceRead(shown.Draft, shown.Check.Whole, On.By.Id, Cancellation);
        return Rendered.Page<DraftChangesPage>(new { Shown = shown, Read = read, Differences = differences, Attempt = attempt }, attempt);
    });

    async Task<IResult> MarkRead(Guid id)
    {
        var filled = Filled();
        return await drafting.MarkRead(id, (int)(filled.Version ?? -1), On, Cancellation) is not { } refused
            ? FormPost.Go(Http, $"/drafts/{id}/changes?{FormPost.Saved}#{FormPost.Done}")
            : await Refusing(id, filled, refused, Changes);
    }

    async Task<IResult> ShowTo(Guid id)
    {
        var filled = Filled();
        var (_, refused) = await drafting.Show(id, (int)(filled.Version ?? -1), [.. filled.Form["parties"].OfType<string>()], On.By,
            Cancellation);
        return refused is null ? FormPost.Go(Http, $"/drafts/{id}?{FormPost.Saved}#{FormPost.Done}")
            : await Refusing(id, filled, refused, Overview);
    }

    async Task<IResult> Discard(Guid id)
    {
        var filled = Filled();
        if ((await drafting.ToWrite(id, On.By, Cancellation)).Refused is { } denied)
            return Failures.Page(denied);
        if (!filled.Ticked("sure"))
            return await Overview(id, Attempt(filled, Refused.Invalid(new Fault("/sure", "discard-unconfirmed"))));
        return await drafting.Discard(id, On.By, Cancellation) is { } refused ? Failures.Page(refused) : FormPost.Go(Http, "/drafts");
    }

    async Task<IResult> Make(Guid id, Dossiers dossiers, StepUp stepUp)
    {
        var filled = Filled();
        if (drafting.Writes(On.By) && await stepUp.Before(Right.CreateAgreement) is { } demand)
            return LateForm.Again(Http, filled, demand);
        var (command, refused) = await drafting.Freeze(id, (int?)filled.Version, filled.Ticked("sure"), On, Cancellation);
        if (refused is null)
        {
            // Made before, and asked for once more: it is there.
            var execution = await dossiers.Execute(new(id), command!, On, cancellation: Cancellation);
            refused = execution.Refused is { Slug: not "already-created" } against ? against : null;
        }
        return refused is null ? FormPost.Go(Http, $"/agreements/{id}") : await Refusing(id, filled, refused, Overview);
    }

    async Task<IResult> Change(Guid id, Func<TermsDraft, Filled, (TermsDraft After, Refused? Refused)> change, string next,
        Func<Guid, Attempt?, Task<IResult>> show)
    {
        var filled = Filled();
        var (_, refused) = await drafting.Change(id, On.By, draft => change(draft, filled), Cancellation);
        return refused is null ? FormPost.Go(Http, next) : await Refusing(id, filled, refused, show);
    }

    Task<IResult> Refusing(Guid id, Filled filled, Refused refused, Func<Guid, Attempt?, Task<IResult>> show) =>
        refused.Kind is RefusalKind.Forbidden or RefusalKind.NotFound ? Task.FromResult(Failures.Page(refused))
            : show(id, Attempt(filled, refused.Slug is "section-changed" or "draft-changed" ? Forms.Attempt.ChangedMeanwhile : refused));

    Attempt Attempt(Filled filled, Refused refused) => Forms.Attempt.Of(Http.Request.Path, filled, refused, visitor.Language);

    Filled Filled() => new(Http.Request.Form, Http.Request.RouteValues);

    Task<IResult> With(Guid id, Func<DraftShown, IResult> show) => With(id, shown => Task.FromResult(show(shown)));

    async Task<IResult> With(Guid id, Func<DraftShown, Task<IResult>> show) =>
        await drafting.Find(id, On.By, Cancellation) is { } draft
            ? await show(new(draft, DraftCheck.Of(draft, visitor.Today), drafting.Writes(draft, On.By),
                await drafting.IsMade(draft, Cancellation)))
            : Failures.Page(StatusCodes.Status404NotFound);
}
