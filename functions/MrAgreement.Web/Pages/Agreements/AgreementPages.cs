using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>The page of an agreement, and the forms on it that concern the agreement as a whole.</summary>
static class AgreementPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/agreements/{id:guid}", async (Guid id, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier
                ? Show(dossier, null)
                : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapPost("/agreements/{id:guid}/signature", (HttpContext http, Guid id, FormPost post, Upload upload, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return upload.Bringing(new(id), filled, visitor.Actor, () =>
            {
                Upload.Enclose(filled);
                return post.Answer(http, new(id), filled, f => Signature(f) with { Enclosed = f.Enclosed }, d => d.Touched, Show,
                    $"/agreements/{id}?{FormPost.Saved}#signature");
            }, http.RequestAborted);
        }).WithMetadata(Upload.AsLargeAsDocuments);
        pages.MapGet("/agreements/{id:guid}/signature", (Guid id) => Results.LocalRedirect($"/agreements/{id}#signature"));
        Form(pages, "signature/confirmation", _ => new ConfirmSignature(), "signature");
        Form(pages, "signature/contest", f => new ContestSignature(f.Text("reason")), "signature");
        Form(pages, "termination", f => new TerminateAgreement(f.Date("on"), f.Text("reference"), f.Date("finalDueOn"),
            f.Ticked("requisitionsAfterEnd")), "");
        Form(pages, "termination/correction",
            f => new CorrectTermination(f.Date("on"), f.Text("reference"), f.Date("finalDueOn"), f.Ticked("requisitionsAfterEnd")), "");
        Form(pages, "termination/withdrawal", f => new WithdrawTermination(f.Text("reason")), "");
        Form(pages, "closure", f => new CloseAgreement(f.Ticked("sure")), "");
        AmendmentForms.Map(pages);
        Form(pages, "amendments/{number:int}/confirmation", f => new ConfirmAmendment(f.Number), "amendments");
        Form(pages, "amendments/{number:int}/contest", f => new ContestAmendment(f.Number, f.Text("reason")), "amendments");
    }

    /// <param name="refused">The form that was refused, when the page is the answer to one.</param>
    public static IResult Show(Dossier dossier, Attempt? refused) =>
        new RazorComponentResult<AgreementPage>(new { Dossier = dossier, Attempt = refused })
    {
        StatusCode = refused?.Status ?? StatusCodes.Status200OK,
        PreventStreamingRendering = true
    };

    /// <summary>A form on the agreement's page.</summary>
    /// <param name="section">Where on the page it leads to when it was done.</param>
    /// <param name="touched">The version of what it is about; the whole agreement's when not said.</param>
    public static void Form(IEndpointRouteBuilder pages, string route, Func<Filled, Command> fill, string section,
        Func<Dossier, Filled, long?>? touched = null)
    {
        var place = section.Length == 0 ? "" : $"#{section}";
        pages.MapPost($"/agreements/{{id:guid}}/{route}", (HttpContext http, Guid id, FormPost post) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return post.Answer(http, new(id), filled, fill, d => touched is null ? d.Touched : touched(d, filled), Show,
                $"/agreements/{id}?{FormPost.Saved}{place}");
        });
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        pages.MapGet($"/agreements/{{id:guid}}/{route}", (Guid id) => Results.LocalRedirect($"/agreements/{id}{place}"));
    }

    // One signature per party; a name left out is for the rules to refuse, beside its field.
    static SignAgreement Signature(Filled filled)
    {
        var signatories = new List<Signatory>();
        for (var i = 0; filled.Form.ContainsKey($"signatories/{i}/name"); i++)
            signatories.Add(new(filled.Text($"signatories/{i}/name"), filled.Text($"signatories/{i}/party")));
        return new(filled.Date("signedOn"), signatories,
            Sha256.TryParse(filled.Form["terms"], null, out var terms) ? terms : null);
    }
}
