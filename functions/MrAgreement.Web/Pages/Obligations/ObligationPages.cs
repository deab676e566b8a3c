using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Calendars;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Registry;

namespace MrAgreement.Web.Pages.Obligations;

/// <summary>The page of an obligation and the forms to act on it.</summary>
static class ObligationPages
{
    const string Route = "/agreements/{id:guid}/obligations/{key}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (Guid id, string key, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier ? Show(dossier, key, null) : Failures.Page(StatusCodes.Status404NotFound))
            .LooksBack();
        pages.MapGet($"{Route}/submissions/{{number:int}}/receipt", async (Guid id, string key, int number, Dossiers dossiers,
            PageVisitor visitor) => await visitor.Find(dossiers, id) is { } dossier && visitor.At(dossier) is { SeesSubmissions: true } at
            && dossier.Agreement.Obligations.GetValueOrDefault(key) is { } obligation && obligation.Submission(number) is { } it
            && ReceiptView.Of(it, obligation, dossier.Agreement) is { } receipt
            ? receipt.File(at, it.Party,
                $"{obligation.Title}, {visitor.Language.Word(RegistryKind.Submission).ToLowerInvariant()} {number}",
                [.. it.Documents.Select(version => dossier.Documents[version.Document]).OfType<Document>()
                    .Where(document => Sight.Sees(dossier, visitor.Actor, document))
                    .Select(document => $"{document.Number} {document.Title}")],
                number)
            : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        WithFiles(pages, "submissions", f => f.IsDraft
            ? new DraftSubmission(f.Key, f.Text("summary"), f.Optional("coverLetter"), f.Ids("documents"),
            f.OptionalValue<int>("statement"), f.OptionalValue<int>("plan"), [.. Contents(f)])
            : new Submit(f.Key, f.Text("summary"), f.Ids("documents"), f.OptionalValue<int>("statement"), f.Optional("coverLetter"),
                f.OptionalValue<int>("plan"), [.. Contents(f)]) { IsSure = f.Ticked("sure") });
        Form(pages, "draft/discard", f => new DiscardDraft(f.Key));
        Form(pages, "draft/sign-off", f => new SignOffDraft(f.Key, f.OptionalValue<int>("revision") ?? 0));
        Form(pages, "draft/return", f => new SendBackDraft(f.Key, f.OptionalValue<int>("revision") ?? 0, f.Text("reason")));
        // A note stands beside what others do, and is overtaken by nothing.
        Form(pages, "notes", f => new WriteInternalNote(f.Key, f.OptionalValue<int>("submission"), f.Text("text")), anyVersion: true);
        Form(pages, "submissions/{number:int}/comments",
            f => new RecordMinistryComment(f.Key, f.Number, f.Text("ministry"), f.Text("text"), f.Date("receivedOn")), anyVersion: true);
        Form(pages, "submissions/{number:int}/acceptance", f => new AcceptSubmission(f.Key, f.Number, f.Optional("comment")));
        Form(pages, "submissions/{number:int}/return", f => new ReturnSubmission(f.Key, f.Number, f.Text("reason"), f.Date("completeBy")));
        Form(pages, "submissions/{number:int}/noting", f => new NoteSubmission(f.Key, f.Number));
        Form(pages, "submissions/{number:int}/withdrawal", f => new WithdrawSubmission(f.Key, f.Number, f.Text("reason")));
        WithFiles(pages, "completion",
            f => new CompleteObligation(f.Key, f.Date("doneOn"), f.Text("note"), f.Ids("documents"), ConsultationFields.Read(f)));
        Form(pages, "agenda/{item}/views", f => new GiveView(f.Key, f.Item, f.Text("text")));
        Form(pages, "confirmation", f => new ConfirmCompletion(f.Key));
        Form(pages, "contest", f => new ContestCompletion(f.Key, f.Text("reason")));
        Form(pages, "schedule", f => new ScheduleObligation(f.Key, f.Date("on"), f.Ticked("sure")));
        Form(pages, "times", f => new ProposeTime(f.Key, new(f.Date("on"), f.Time("start"), f.Time("end"), f.Choice<MeetingForm>("how"),
            f.Optional("place"), f.Optional("link"), f.OptionalDate("lastDay")), f.Ticked("sure")));
        Form(pages, "times/{number:int}/agreement", f => new AgreeToTime(f.Key, f.Number));
        Form(pages, "times/{number:int}/calling-off", f => new CallOffTime(f.Key, f.Number, f.Text("reason")));
        pages.MapGet($"{Route}/invitation", async (Guid id, string key, Dossiers dossiers, PageVisitor visitor, HttpContext http) =>
            await visitor.Find(dossiers, id) is { } dossier && dossier.Agreement.Obligations.GetValueOrDefault(key) is { } it
            && Invitation.File(it, visitor.At(dossier), new($"{http.Request.Scheme}://{http.Request.Host}")) is { } file
                ? file
                : Failures.Page(StatusCodes.Status404NotFound));
        Form(pages, "extension", f => new ExtendObligation(f.Key, f.Date("dueOn"), f.Text("reference"), f.Ticked("sure")));
        Form(pages, "reminders/acknowledgement", f => new AcknowledgeReminder(f.Key, f.Text("reason"), f.OptionalDate("until")));
        Form(pages, "waiver", f => new WaiveObligation(f.Key, f.Text("reason"), f.Text("reference")));
    }

    // Every row of the form, so that a fault of the rules is at its field.
    static IEnumerable<HeldContent> Contents(Filled filled)
    {
        for (var row = 0; filled.Form.ContainsKey($"contents/{row}/key"); row++)
            yield return new(filled.Text($"contents/{row}/key"), filled.Text($"contents/{row}/where"));
    }

    static void Form(IEndpointRouteBuilder pages, string route, Func<Filled, Command> fill, bool anyVersion = false)
    {
        pages.MapPost($"{Route}/{route}",
            (HttpContext http, Guid id, FormPost post) =>
            Answer(http, id, new(http.Request.Form, http.Request.RouteValues), post, fill, anyVersion));
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        pages.MapGet($"{Route}/{route}", Back);
    }

    static void WithFiles(IEndpointRouteBuilder pages, string route, Func<Filled, ActWithDocuments> fill)
    {
        pages.MapPost($"{Route}/{route}", (HttpContext http, Guid id, FormPost post, Upload upload, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return upload.Enclosing(new(id), filled, visitor.Actor,
                () => Answer(http, id, filled, post, f => fill(f) with { Enclosed = f.Enclosed }), http.RequestAborted);
        }).WithMetadata(Upload.AsLargeAsDocuments);
        pages.MapGet($"{Route}/{route}", Back);
    }

    static Task<IResult> Answer(HttpContext http, Guid id, Filled filled, FormPost post, Func<Filled, Command> fill,
        bool anyVersion = false) => post.Answer(
        http, new(id), filled, fill,
        dossier => anyVersion ? null : dossier.Agreement.Obligations.GetValueOrDefault(filled.Key)?.VersionFor(post.Party),
        (dossier, refused) => Show(dossier, filled.Key, refused),
        $"{Address(id, filled.Key)}?{FormPost.Saved}");

    static IResult Back(Guid id, string key) => Results.LocalRedirect(Address(id, key));

    static string Address(Guid id, string key) => $"/agreements/{id}/obligations/{Uri.EscapeDataString(key)}";

    static IResult Show(Dossier dossier, string key, Attempt? refused) => dossier.Agreement.Obligations.ContainsKey(key)
        ? Rendered.Page<ObligationPage>(new { Dossier = dossier, Key = key, Attempt = refused }, refused)
        : Failures.Page(StatusCodes.Status404NotFound);
}
