using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>The form of an amendment: several changes at once, of which the rows left empty are passed over.</summary>
static partial class AmendmentForms
{
    const int LongestKey = 40;

    static readonly string[] telling = ["reschedule/key", "reschedule/due/on", "drop/key", "drop/reason", "add/title", "add/due/on",
        "raise/instalment", "raise/amount"];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/agreements/{id:guid}/amendments", (HttpContext http, Guid id, FormPost post) =>
        {
            var form = FormRows.Compacted(http.Request.Form, "changes", row => telling.Any(field => row(field).Length > 0));
            return post.Answer(http, new(id), new(form, http.Request.RouteValues), Fill, d => d.Touched, AgreementPages.Show,
                $"/agreements/{id}?{FormPost.Saved}#amendments");
        });
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        pages.MapGet("/agreements/{id:guid}/amendments", (Guid id) => Results.LocalRedirect($"/agreements/{id}#amendments"));
    }

    static ProposeAmendment Fill(Filled filled) => new(
        filled.Date("decidedOn"), filled.Text("reference"), filled.Date("effectiveFrom"),
        [.. Enumerable.Range(0, FormRows.Count(filled.Form, "changes")).Select(i => Change(filled, $"changes/{i}"))],
        filled.Ticked("sure"));

    static AmendmentChange Change(Filled filled, string at) =>
        filled.Form.ContainsKey($"{at}/reschedule/key")
            ? new(Reschedule: new(Required(filled, $"{at}/reschedule/key"), new(On: filled.Date($"{at}/reschedule/due/on"))))
        : filled.Form.ContainsKey($"{at}/drop/key")
        ? new(Drop: new(Required(filled, $"{at}/drop/key"), Required(filled, $"{at}/drop/reason")))
        : filled.Form.ContainsKey($"{at}/raise/amount")
        ? new(Raise: new(filled.Amount($"{at}/raise/amount"), filled.Optional($"{at}/raise/instalment")))
        : new(Add: Added(filled, $"{at}/add"));

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
