using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Decisions;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>The form of an amendment: several changes at once, of which the rows left empty are passed over; seen in words before it is
/// recorded.</summary>
static partial class AmendmentForms
{
    public const string Reschedule = "reschedule", Revise = "revise", Add = "add", Drop = "drop", Instalment = "instalment", Raise = "raise",
        Period = "period", Join = "join", Leave = "leave", TakeOver = "takeOver", Duty = "duty", Reminders = "reminders";

    const int LongestKey = 40;

    /// <summary>What can be changed, how many rows of each are offered, and the fields of which one must be filled in for a row to be
    /// one.</summary>
    public static readonly IReadOnlyList<(string Name, int Rows, IReadOnlyList<string> Telling)> Kinds =
    [
        (Reschedule, 3, ["key", "due/on"]), (Revise, 2, ["key", "title", "text", "documents", "documents/other"]),
        (Add, 2, ["title", "due/on"]),
        (Drop, 2, ["key", "reason"]), (Instalment, 2, ["key", "amount", "condition", "requisitionDueOn"]),
        (Raise, 2, ["instalment", "amount"]), (Period, 1, ["from", "to"]), (Join, 1, ["key", "name"]), (Leave, 1, ["key"]),
        (TakeOver, 1, ["from", "key", "name"]), (Duty, 2, ["duty", "party"]), (Reminders, 1, ["before", "overdue", "review"])
    ];

    static readonly IReadOnlyList<string> telling = [.. Kinds.SelectMany(kind => kind.Telling.Select(field => $"{kind.Name}/{field}"))];

    public static void Map(IEndpointRouteBuilder pages)
    {
        const string route = "/agreements/{id:guid}/amendments";
        pages.MapGet(route, async (HttpContext http, Guid id, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier
                ? Opened(http, dossier, visitor) : Failures.Page(StatusCodes.Status404NotFound));
        pages.MapPost(route, (HttpContext http, Guid id, FormPost post, Upload upload, Dossiers dossiers, PageVisitor visitor) =>
        {
            var filled = new Filled(FormRows.Compacted(http.Request.Form, "changes", row => telling.Any(field => row(field).Length > 0)),
                http.Request.RouteValues);
            return filled.IsDraft
                ? Previewed(http, new(id), filled, post, upload, dossiers, visitor)
                : upload.Enclosing(new(id), filled, visitor.Actor, () =>
                    post.Answer(http, new(id), filled, Fill, d => d.Touched, Show, AgreementPages.Done(id, "amendments")),
                    http.RequestAborted);
        }).WithMetadata(Upload.AsLargeAsDocuments);
    }

    /// <summary>The rows that were filled in: under which number, and of which kind.</summary>
    public static IReadOnlyList<(int Number, string Kind)> Rows(IFormCollection form) =>
        [.. form.Keys.Select(key => key.Split('/')).Where(parts => parts is ["changes", _, _, ..])
            .Select(parts => (int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2])).Distinct().Order()];

    // Empty, or with what the person was led here for.
    static RazorComponentResult<AmendmentsPage> Opened(HttpContext http, Dossier dossier, PageVisitor visitor)
    {
        Amendment? Asked(string name) => int.TryParse(http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) ? dossier.Agreement.Amendments.Find(number) : null;
        string Written(Money.Kronor amount) => visitor.Language.Typed(amount);
        if (Asked(AmendmentPrefill.Instead) is { IsDisputed: true } contested)
            return Prefilled(AmendmentPrefill.Anew(contested, Written), "amendments.instead-explained", contested);
        if (Asked(AmendmentPrefill.Restores) is { } one && AmendmentRestoring.Of(dossier, one,
            visitor.Language.Say("amendments.restores-reason", ("reference", one.Proposed.Reference))) is { } restoring)
            return Prefilled(AmendmentPrefill.Restoring(restoring, Written), "amendments.restores-explained", one);
        return Show(dossier, null, null);

        RazorComponentResult<AmendmentsPage> Prefilled(AmendmentPrefill it, string told, Amendment of) =>
            Rendered.Page<AmendmentsPage>(new
            {
                Dossier = dossier, Opened = new Attempt(http.Request.Path, it.Fields, StatusCodes.Status200OK, null, []), Of = of,
                Told = told, it.Left
            }, null);
    }

    static IResult Show(Dossier dossier, Attempt refused) => Show(dossier, refused, null);

    static RazorComponentResult<AmendmentsPage> Show(Dossier dossier, Attempt? attempt, IReadOnlyList<Difference>? preview) =>
        Rendered.Page<AmendmentsPage>(new { Dossier = dossier, Attempt = attempt, Preview = preview }, attempt);

    // Decided as if it were to be recorded, and not recorded: what it would change is shown over the form, which has its files still.
    static async Task<IResult> Previewed(HttpContext http, AgreementId id, Filled filled, FormPost post, Upload upload, Dossiers dossiers,
        PageVisitor visitor)
    {
        await upload.Hold(id, filled, visitor.Actor, http.RequestAborted);
        Upload.Enclose(filled);
        var command = Fill(filled);
        if (await dossiers.Read(id, http.RequestAborted) is not { } dossier)
            return Failures.Page(StatusCodes.Status404NotFound);
        return dossier.Decide(command, visitor.Occasion) switch
        {
            Refused refused when filled.Faults.Count == 0 || refused.Kind != RefusalKind.Invalid =>
                await post.Back(http, id, filled, Show, refused),
            EventSourcing.Accepted { Events: var events } when filled.Faults.Count == 0
                && events.OfType<AmendmentProposed>().FirstOrDefault() is { } proposed
                && await visitor.Find(dossiers, id.Value) is { } seen =>
                Show(seen, Attempt.Again(http.Request.Path, filled), AmendmentDifference.Of(seen.Agreement, proposed)),
            Nothing when filled.Faults.Count == 0 => FormPost.Go(http, $"/agreements/{id}{Places.To("amendments")}"),
            _ => await post.Back(http, id, filled, Show)
        };
    }

    static ProposeAmendment Fill(Filled filled) => new(
        filled.Date("decidedOn"), filled.Text("reference"), filled.Date("effectiveFrom"),
        [.. Enumerable.Range(0, FormRows.Count(filled.Form, "changes")).Select(i => Change(filled, $"changes/{i}"))],
        filled.Ticked("sure"))
    {
        Documents = filled.Ids("documents"), Enclosed = filled.Enclosed, Settles = filled.Numbers("settles")
    };

    static AmendmentChange Change(Filled filled, string at)
    {
        var kind = Kinds.First(kind => filled.Form.Keys.Any(key => key.StartsWith($"{at}/{kind.Name}/", StringComparison.Ordinal))).Name;
        at = $"{at}/{kind}";
        return kind switch
        {
            Reschedule => new(Reschedule: new(Required(filled, $"{at}/key"), new(On: filled.Date($"{at}/due/on")))),
            Revise => new(Revise: new(Required(filled, $"{at}/key"), filled.Optional($"{at}/title"), filled.Optional($"{at}/text"),
                Parts(filled, $"{at}/documents").Concat(Parts(filled, $"{at}/documents/other")).ToList() is { Count: > 0 } documents
                    ? documents : null)),
            Drop => new(Drop: new(Required(filled, $"{at}/key"), Required(filled, $"{at}/reason"))),
            Instalment => new(Instalment: new(Required(filled, $"{at}/key"), filled.OptionalAmount($"{at}/amount"),
                filled.Optional($"{at}/condition"), filled.Ticked($"{at}/unconditional") ? true : null,
                filled.OptionalDate($"{at}/requisitionDueOn"))),
            Raise => new(Raise: new(filled.Amount($"{at}/amount"), filled.Optional($"{at}/instalment"))),
            Period => new(Period: new DateSpan(Left(filled, at, "from"), Left(filled, at, "to"))),
            Join => new(Join: new Party(Required(filled, $"{at}/key"), Required(filled, $"{at}/name"),
                filled.Choice<PartyRole>($"{at}/role"), Number(filled, $"{at}/organisationNumber"))),
            Leave => new(Leave: new(Required(filled, $"{at}/key"))),
            TakeOver => new(TakeOver: new(Required(filled, $"{at}/from"), Required(filled, $"{at}/key"), Required(filled, $"{at}/name"),
                Number(filled, $"{at}/organisationNumber"))),
            Duty => new(Duty: new(filled.Choice<Duty>($"{at}/duty"), Required(filled, $"{at}/party"), filled.OptionalDate($"{at}/until"))),
            Reminders => new(Reminders: Plan(filled, at)),
            _ => new(Add: Added(filled, at))
        };
    }

    // Who changes only the one day leaves the other as it is; the form carries what is agreed now.
    static LocalDate Left(Filled filled, string at, string field) =>
        filled.Date(filled.Text($"{at}/{field}").Length > 0 ? $"{at}/{field}" : $"{at}/now/{field}");

    // Likewise of the plan.
    static ReminderPlan Plan(Filled filled, string at)
    {
        var ladder = filled.Text($"{at}/before").Length + filled.Text($"{at}/overdue").Length > 0 ? at : $"{at}/now";
        var review = Days(filled, filled.Text($"{at}/review").Length > 0 ? $"{at}/review" : $"{at}/now/review");
        return new(Days(filled, $"{ladder}/before"), Days(filled, $"{ladder}/overdue"), review.Count > 0 ? review : null);
    }

    static ObligationTerms Added(Filled filled, string at)
    {
        var title = Required(filled, $"{at}/title");
        return new(
            Key(title), title, [Required(filled, $"{at}/responsible")], filled.Choice<ObligationKind>($"{at}/kind"),
            filled.OptionalDate($"{at}/due/on") is { } on ? new(On: on) : new(None: true),
            filled.Optional($"{at}/recipient"), Acceptance: filled.Ticked($"{at}/acceptance"));
    }

    static string Required(Filled filled, string field)
    {
        var text = filled.Text(field);
        if (text.Length == 0)
            filled.Note(new($"/{field}", "required"));
        return text;
    }

    static OrganisationNumber? Number(Filled filled, string field)
    {
        if (filled.Optional(field) is not { } text)
            return null;
        if (OrganisationNumber.TryParse(text, CultureInfo.InvariantCulture, out var number))
            return number;
        filled.Note(new($"/{field}", "invalid-organisation-number"));
        return null;
    }

    static List<string> Parts(Filled filled, string field) =>
        [.. filled.Text(field).Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    static IReadOnlyList<int> Days(Filled filled, string field)
    {
        var days = new List<int>();
        foreach (var part in Parts(filled, field))
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var day))
                days.Add(day);
            else
                filled.Note(new($"/{field}", "rungs"));
        return days;
    }

    // People give titles; the key that the obligation is known by is made of it. A key can't end with a year, which titles do.
    static string Key(string title) => $"{KeyOf(title)}-added";

    /// <summary>What a title is in an address: small letters and digits, with hyphens between.</summary>
    internal static string KeyOf(string title)
    {
        var key = Other().Replace(Projection.Folded(title), "-").Trim('-');
        return key.Length <= LongestKey ? key : key[..LongestKey].Trim('-');
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
