using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Documents;

/// <summary>What a party has given out, and the form to record it.</summary>
static class DisclosurePages
{
    /// <summary>Of a document, in the form: given or refused whole. A masked copy stands by its id.</summary>
    public const string Whole = "whole";

    const string Route = "/agreements/{id:guid}/disclosures";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (Guid id, Dossiers dossiers, PageVisitor visitor) => await visitor.Find(dossiers, id) is { } dossier
            ? Show(dossier, visitor, null)
            : Failures.Page(StatusCodes.Status404NotFound));
        pages.MapPost($"{Route}/{{number:int}}/withdrawal", (HttpContext http, Guid id, FormPost post, PageVisitor visitor) =>
            post.Answer(http, new(id), new Filled(http.Request.Form, http.Request.RouteValues),
                it => new WithdrawDisclosure(it.Number, it.Text("reason")), _ => null,
                (dossier, refused) => Show(dossier, visitor, refused), $"/agreements/{id}/disclosures?{FormPost.Saved}"));
        pages.MapGet($"{Route}/{{number:int}}/withdrawal", (Guid id) => Results.LocalRedirect($"/agreements/{id}/disclosures"));
        pages.MapPost(Route, (HttpContext http, Guid id, FormPost post, PageVisitor visitor) => post.Answer(http, new(id),
            new Filled(http.Request.Form, http.Request.RouteValues), Fill, _ => null,
            (dossier, refused) => Show(dossier, visitor, refused), $"/agreements/{id}/disclosures?{FormPost.Saved}"));
    }

    /// <summary>Whether somebody may know of what their party gives out at all.</summary>
    public static bool MayKnow(Dossier it, Actor by) => Sight.SeesDraft(it, by, by.Party);

    /// <summary>What a party has and can be asked for, newest first; what is withdrawn or erased too, which it can only refuse.</summary>
    public static IReadOnlyList<Document> Held(Dossier it, string party) =>
        [.. it.Documents.InOrder.Where(document => DocumentDecisions.Holds(it, party, document)).Reverse()];

    static RecordDisclosure Fill(Filled it) => new(it.Date("on"), it.Text("to"), it.Choice<DisclosureOutcome>("outcome"),
        [.. it.Form.Keys.Where(key => key.StartsWith("documents/", StringComparison.Ordinal) && it.Optional(key) is not null)
            .Select(key => (Given: it.Text(key), Id: Guid.TryParse(key[10..], out var id) ? id : Guid.Empty))
            .Select(each => new WantedDocument(each.Id, Guid.TryParse(each.Given, out var copy) ? copy : null))],
        it.Text("decidedBy"), it.Optional("reference"), it.Optional("ground"));

    static IResult Show(Dossier dossier, PageVisitor visitor, Attempt? refused) => !MayKnow(dossier, visitor.Actor)
        ? Failures.Page(StatusCodes.Status403Forbidden)
        : Rendered.Page<DisclosuresPage>(new
        {
            Dossier = dossier, Attempt = refused,
            Document = Guid.TryParse(visitor.Asked("document"), out var document) ? document : (Guid?)null
        }, refused);
}
