using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Organisations;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.SignIn;
using MrAgreement.Web.Texts;
using MrAgreement.Web.Work;
using MrAgreement.Work;

namespace MrAgreement.Web.Pages.Work;

/// <summary>The pages on which a plan is written: what it says of itself, its focus areas, and each measure by itself.</summary>
sealed class PlanDraftPages(PlanDrafting drafting, Dossiers dossiers, KeptOrganisations register, PageVisitor visitor,
    IHttpContextAccessor accessor)
{
    /// <summary>The hidden field with what a section said when its form was shown.</summary>
    public const string Tag = "tag";

    const string Route = $"{PlanPages.Route}/draft";

    HttpContext Http => accessor.HttpContext!;

    CancellationToken Cancellation => Http.RequestAborted;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, (Guid id, PlanDraftPages it) => it.Overview(id));
        pages.MapGet($"{Route}/measures/{{key}}", (Guid id, string key, PlanDraftPages it) => it.Measure(id, key));
        pages.MapPost($"{Route}/about", (Guid id, PlanDraftPages it) => it.SaveAbout(id));
        pages.MapPost($"{Route}/focus-areas", (Guid id, PlanDraftPages it) => it.SaveAreas(id));
        pages.MapPost($"{Route}/measures", (Guid id, PlanDraftPages it) => it.Add(id));
        pages.MapPost($"{Route}/measures/{{key}}", (Guid id, string key, PlanDraftPages it) => it.SaveMeasure(id, key));
        pages.MapPost($"{Route}/measures/{{key}}/removal", (Guid id, string key, PlanDraftPages it) => it.Remove(id, key));
        pages.MapPost($"{Route}/version", (Guid id, FormPost post, PlanDraftPages it) => it.Make(id, post));
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        foreach (var form in (string[])["about", "focus-areas", "measures", "version"])
            pages.MapGet($"{Route}/{form}", (Guid id) => Results.LocalRedirect(Address(id)));
        pages.MapGet($"{Route}/measures/{{key}}/removal", (Guid id, string key) => Results.LocalRedirect($"{Address(id)}/measures/{key}"));
    }

    static string Address(Guid id) => $"/agreements/{id}{Places.Plan}/draft";

    Task<IResult> Overview(Guid id, Attempt? attempt = null) => With(id, (dossier, draft, all) =>
        Rendered.Page<PlanDraftPage>(new { Dossier = dossier, Draft = draft, Register = all, Attempt = attempt }, attempt));

    Task<IResult> Measure(Guid id, string key, Attempt? attempt = null) => With(id, (dossier, draft, all) =>
        draft.Content.Measure(key) is { } it
            ? Rendered.Page<PlanDraftMeasurePage>(new { Dossier = dossier, Draft = draft, Of = it, Register = all, Attempt = attempt },
                attempt)
            : Failures.Page(StatusCodes.Status404NotFound));

    Task<IResult> SaveAbout(Guid id)
    {
        var filled = new Filled(FormRows.Compacted(FormRows.Compacted(Http.Request.Form, "goals", IsTitled), "targetGroups", IsTitled),
            Http.Request.RouteValues);
        var (period, goals, groups, analysis) = (Span(filled, "period"), Topics(filled, "goals"), Topics(filled, "targetGroups"),
            filled.Optional("analysis"));
        return Save(id, filled, PlanDraft.About, plan => plan with
        {
            Period = period, Goals = goals, TargetGroups = groups, Analysis = analysis
        }, Address(id), Overview);
    }

    Task<IResult> SaveAreas(Guid id)
    {
        var filled = new Filled(FormRows.Compacted(Http.Request.Form, "focusAreas", IsTitled), Http.Request.RouteValues);
        var areas = Topics(filled, "focusAreas").Select((topic, i) =>
            new FocusArea(topic.Key, topic.Title, filled.Optional($"focusAreas/{i}/text"))).ToList();
        return Save(id, filled, PlanDraft.FocusAreas, plan => plan with { FocusAreas = areas }, Address(id), Overview);
    }

    async Task<IResult> Add(Guid id)
    {
        var filled = new Filled(Http.Request.Form, Http.Request.RouteValues);
        var (title, area) = (filled.Text("title"), filled.Text("focusArea"));
        if (Fault.Text("/title", title, 300) is { } missing)
            filled.Note(missing);
        if (area.Length == 0)
            filled.Note(new("/focusArea", "required", ("field", "focusArea")));
        if (await Denied(id) is { } denied)
            return denied;
        var dossier = (await dossiers.Read(new(id), Cancellation))!;
        // A key that any version has had is somebody else's.
        var taken = dossier.Grounds.Plans.SelectMany(version => version.Content.Measures).Select(measure => measure.Key).ToHashSet();
        var key = "";
        return await Save(id, filled, null, plan =>
        {
            key = Free(PlanContent.KeyFor(title), taken.Concat(plan.Measures.Select(measure => measure.Key)).ToHashSet());
            return plan with
            {
                Measures = [.. plan.Measures, new(key, title, MeasureKind.Measure, area, [], [], [], [], [], [], [], [], [])]
            };
        }, () => $"{Address(id)}/measures/{key}", Overview);
    }

    Task<IResult> SaveMeasure(Guid id, string key)
    {
        var filled = new Filled(FormRows.Compacted(Http.Request.Form, "budget", field => (field("year") + field("amount")).Length > 0),
            Http.Request.RouteValues);
        var read = Read(filled, key);
        return Save(id, filled, PlanDraft.MeasurePrefix + key, plan => plan with
        {
            Measures = [.. plan.Measures.Select(measure => measure.Key == key ? read : measure)]
        }, $"{Address(id)}/measures/{key}", (agreement, attempt) => Measure(agreement, key, attempt));
    }

    async Task<IResult> Remove(Guid id, string key)
    {
        var filled = new Filled(Http.Request.Form, Http.Request.RouteValues);
        if (await Denied(id) is { } denied)
            return denied;
        var dossier = (await dossiers.Read(new(id), Cancellation))!;
        var isKnown = dossier.Grounds.Plans.Exists(version => version.Content.Measure(key) is not null);
        var reason = filled.Text("reason");
        if (isKnown && Fault.Text("/reason", reason, 2000) is { } missing)
            filled.Note(missing);
        return await Save(id, filled, PlanDraft.MeasurePrefix + key, plan => plan.Measure(key) is null ? plan : plan with
        {
            Measures = [.. plan.Measures.Where(measure => measure.Key != key)],
            Dropped = isKnown ? [.. plan.Dropped, new(key, reason)] : plan.Dropped
        }, Address(id), (agreement, attempt) => Measure(agreement, key, attempt));
    }

    async Task<IResult> Make(Guid id, FormPost post)
    {
        var filled = new Filled(Http.Request.Form, Http.Request.RouteValues);
        if (await Denied(id) is { } denied)
            return denied;
        var dossier = (await dossiers.Read(new(id), Cancellation))!;
        var draft = await drafting.Find(dossier, visitor.Actor, Cancellation);
        // Made of just what was looked at.
        if (filled.Form[Tag] != draft.Tag)
            return await Overview(id, Attempt(filled, new Refused("plan-draft-changed").NotSo()));
        var all = await register.Read(Cancellation);
        if (filled.Language is null)
            foreach (var unknown in PlanPlaces.Faults(draft.Content, all))
                filled.Note(unknown);
        var answer = await post.Answer(Http, new(id), filled, f => new MakePlanVersion(f.Choice<PlanReason>("reason"),
            f.Optional("consultation"), f.Text("summary"), draft.Content), it => it.Grounds.Plans.LastOrDefault()?.Touched ?? 0,
            (seen, attempt) => Rendered.Page<PlanDraftPage>(
                new { Dossier = seen, Draft = draft, Register = all, Attempt = attempt }, attempt),
            after => $"/agreements/{id}{Places.Plan}/versions/{after.Grounds.Plans.LastOrDefault()?.Number ?? 1}?{FormPost.Saved}");
        if ((await dossiers.Read(new(id), Cancellation))!.Grounds.Plans.LastOrDefault()?.Content.SaysSame(draft.Content) == true)
            await drafting.Served(new(id), visitor.Actor.Party, draft.Tag, Cancellation);
        return answer;
    }

    Task<IResult> Save(Guid id, Filled filled, string? section, Func<PlanContent, PlanContent> change, string next,
        Func<Guid, Attempt, Task<IResult>> back) => Save(id, filled, section, change, () => next, back);

    // What can't be read is told; what can is kept, whether it holds yet or not.
    async Task<IResult> Save(Guid id, Filled filled, string? section, Func<PlanContent, PlanContent> change, Func<string> next,
        Func<Guid, Attempt, Task<IResult>> back)
    {
        if (await Denied(id) is { } denied)
            return denied;
        if (filled.Language is { } language)
        {
            LanguageChoice.Keep(Http, Language.For(language));
            visitor.Speak(Language.For(language));
            return await back(id, Forms.Attempt.Again(Http.Request.Path, filled));
        }
        if (filled.Faults.Count > 0)
            return await back(id, Attempt(filled, Refused.Invalid(filled.Faults)));
        var dossier = (await dossiers.Read(new(id), Cancellation))!;
        var tag = section is null ? (await drafting.Find(dossier, visitor.Actor, Cancellation)).TagOfSection(PlanDraft.About)
            : filled.Form[Tag].ToString();
        var (_, refused) = await drafting.Save(dossier, section ?? PlanDraft.About, tag, change, visitor.Occasion, Cancellation);
        return refused is not null ? await back(id, Attempt(filled, refused))
            : FormPost.Go(Http, $"{next()}?{FormPost.Saved}#{FormPost.Done}");
    }

    // Whoever may not write it hears that before anything else.
    async Task<IResult?> Denied(Guid id) => await dossiers.Read(new(id), Cancellation) is not { } dossier
        || !Sight.Sees(dossier.Agreement, visitor.Actor) ? Failures.Page(StatusCodes.Status404NotFound)
        : PlanDrafting.Against(dossier, visitor.Occasion) is { } refused ? Failures.Page(refused) : null;

    async Task<IResult> With(Guid id, Func<Dossier, PlanDraft, OrganisationRegister, IResult> show) =>
        await visitor.Find(dossiers, id) is not { } dossier
        ? Failures.Page(StatusCodes.Status404NotFound)
        : PlanDrafting.Reads(dossier, visitor.Actor) ? show(dossier, await drafting.Find(dossier, visitor.Actor, Cancellation),
            await register.Read(Cancellation))
        : Failures.Page(StatusCodes.Status403Forbidden);

    Attempt Attempt(Filled filled, Refused refused) => Forms.Attempt.Of(Http.Request.Path, filled, refused, visitor.Language);

    static bool IsTitled(Func<string, string> field) => field("title").Length > 0;

    // A key is kept with its row; a new row gets one after its title.
    static IReadOnlyList<PlanTopic> Topics(Filled f, string name)
    {
        var topics = new List<PlanTopic>();
        for (var i = 0; i < FormRows.Count(f.Form, name); i++)
            topics.Add(new(f.Optional($"{name}/{i}/key") ?? Free(PlanContent.KeyFor(f.Text($"{name}/{i}/title")),
                topics.Select(topic => topic.Key).ToHashSet()), f.Text($"{name}/{i}/title")));
        return topics;
    }

    static string Free(string key, HashSet<string> taken)
    {
        var wanted = key.Length > 0 ? key : "x";
        return Enumerable.Range(1, taken.Count + 1)
            .Select(number => number == 1 ? wanted : $"{wanted[..Math.Min(wanted.Length, 50)]}-{number}")
            .First(free => !taken.Contains(free));
    }

    static DateSpan? Span(Filled f, string name) => (f.OptionalDate($"{name}/from"), f.OptionalDate($"{name}/to")) switch
    {
        ({ } from, { } to) => new(from, to),
        (null, null) => null,
        (null, _) => new(f.Date($"{name}/from"), default),
        _ => new(default, f.Date($"{name}/to"))
    };

    static Measure Read(Filled f, string key) => new(key, f.Text("title"), f.Choice<MeasureKind>("kind"), f.Text("focusArea"),
        [.. f.Form["goals"].OfType<string>()], Numbers(f, "findings"), Numbers(f, "recommendations"), PlanPages.Listed(f, "with"),
        [.. f.Form["targetGroups"].OfType<string>()], PlanPages.Listed(f, "reach"),
        [.. Enumerable.Range(0, FormRows.Count(f.Form, "budget")).Select(i =>
            new MeasureBudget(f.Value<int>($"budget/{i}/year"), f.Amount($"budget/{i}/amount")))],
        [.. Enum.GetValues<Principle>().Where(it => f.Form["principles"].Contains($"{it}"))],
        [.. Enum.GetValues<WorkDimension>().Where(it => f.Form["dimensions"].Contains($"{it}"))],
        (f.Optional("responsible/party"), f.Optional("responsible/function")) is ({ } party, var function)
            ? new(party, function ?? "") : null,
        Span(f, "period"), Tie(f), f.Optional("livesOn"), f.Optional("text"));

    static LedgerTie? Tie(Filled f) =>
        (f.OptionalValue<int>("ledger/dimension"), f.Optional("ledger/object"), f.Optional("ledger/category"))
            is var (dimension, of, category) && (dimension is not null || of is not null || category is not null)
                ? new(dimension, of, category) : null;

    // As many fields as there are boxes, or one field with commas between.
    static IReadOnlyList<int> Numbers(Filled f, string field)
    {
        var written = f.Form[field].SelectMany(text => (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).ToList();
        var read = written
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
        if (read.Contains(0))
            f.Note(new($"/{field}", "invalid-number"));
        return read;
    }
}
