using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Grants;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Pages.Portfolio;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>The overview of an agreement, its places, and the forms that concern the agreement as a whole.</summary>
static class AgreementPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/agreements/{id:guid}", async (HttpContext http, Guid id, Dossiers dossiers, Changes changes, Visits visits,
            PageVisitor visitor) => await visitor.Find(dossiers, id) is { } dossier
            ? Rendered.Page<AgreementPage>(new
            {
                Dossier = dossier, Since = await Since(http, dossier, changes, visits, visitor)
            })
            : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        foreach (var page in Places.Alone)
            pages.MapGet($"/agreements/{{id:guid}}{page}", async (Guid id, Dossiers dossiers, PageVisitor visitor) =>
                await visitor.Find(dossiers, id) is { } dossier
                    ? Show(page, dossier, visitor, null)
                    : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapPost("/agreements/{id:guid}/signature", (HttpContext http, Guid id, FormPost post, Upload upload, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return upload.Enclosing(new(id), filled, visitor.Actor, () =>
                post.Answer(http, new(id), filled, f => Signature(f) with { Enclosed = f.Enclosed }, d => d.Touched,
                    (dossier, refused) => Show(Places.Contract, dossier, visitor, refused), Done(id, "signature")),
                http.RequestAborted, pdfOnly: true);
        }).WithMetadata(Upload.AsLargeAsDocuments);
        pages.MapGet("/agreements/{id:guid}/signature", (Guid id) => Results.LocalRedirect(At(id, "signature")));
        Form(pages, "signature/confirmation", _ => new ConfirmSignature(), "signature");
        Form(pages, "signature/contest", f => new ContestSignature(f.Text("reason")), "signature");
        Form(pages, "termination", f => new TerminateAgreement(f.Date("on"), f.Text("reference"), f.Date("finalDueOn"),
            f.Ticked("requisitionsAfterEnd")), "acts");
        Form(pages, "termination/correction",
            f => new CorrectTermination(f.Date("on"), f.Text("reference"), f.Date("finalDueOn"), f.Ticked("requisitionsAfterEnd")),
            "acts");
        Form(pages, "termination/withdrawal", f => new WithdrawTermination(f.Text("reason")), "acts");
        Form(pages, "closure", f => new CloseAgreement(f.Ticked("sure")), "acts");
        AmendmentForms.Map(pages);
        Form(pages, "amendments/{number:int}/confirmation", f => new ConfirmAmendment(f.Number), "amendments");
        Form(pages, "amendments/{number:int}/contest", f => new ContestAmendment(f.Number, f.Text("reason")), "amendments");
        Form(pages, "amendments/{number:int}/withdrawal", f => new WithdrawAmendment(f.Number, f.Text("reason")), "amendments");
    }

    /// <summary>A page of an agreement that has no room of its own, as a person sees it.</summary>
    /// <param name="page">Below the agreement's address.</param>
    /// <param name="refused">The form that was refused, when the page is the answer to one.</param>
    public static IResult Show(string page, Dossier dossier, PageVisitor visitor, Attempt? refused) => page switch
    {
        Places.Obligations => Result<ObligationsPage>(dossier, refused),
        Places.Consultations => Of<ConsultationsPage>(dossier),
        Places.People => Of<AgreementPeoplePage>(dossier),
        Places.Contract => Result<ContractPage>(dossier, refused),
        Places.Documents => Result<DocumentsPage>(dossier, refused),
        _ => GrantPages.ShowPart(page, dossier, visitor, refused) ?? GrantPages.Missing(page, dossier, visitor.Actor)
    };

    static RazorComponentResult<T> Result<T>(Dossier dossier, Attempt? refused) where T : IComponent =>
        Rendered.Page<T>(new { Dossier = dossier, Attempt = refused }, refused);

    static RazorComponentResult<T> Of<T>(Dossier dossier) where T : IComponent =>
        Rendered.Page<T>(new { Dossier = dossier });

    /// <summary>A form that stands in a part of an agreement.</summary>
    /// <param name="part">Where it leads to when it was done, and comes back to when it was not.</param>
    /// <param name="touched">The version of what it is about; the whole agreement's when not said.</param>
    public static void Form(IEndpointRouteBuilder pages, string route, Func<Filled, Command> fill, string part,
        Func<Dossier, Filled, long?>? touched = null)
    {
        pages.MapPost($"/agreements/{{id:guid}}/{route}", (HttpContext http, Guid id, FormPost post, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return post.Answer(http, new(id), filled, fill, d => touched is null ? d.Touched : touched(d, filled),
                (dossier, refused) => Show(Places.PageOf(part), dossier, visitor, refused), Done(id, part));
        });
        // After a refusal the form's address stands in the browser: asked for, it is the page.
        if (!Places.Alone.Contains($"/{route}"))
            pages.MapGet($"/agreements/{{id:guid}}/{route}", (Guid id) => Results.LocalRedirect(At(id, part)));
    }

    /// <summary>Where a form leads to when it was done.</summary>
    public static string Done(Guid id, string part) => $"/agreements/{id}{Places.PageOf(part)}?{FormPost.Saved}#{part}";

    static string At(Guid id, string part) => $"/agreements/{id}{Places.To(part)}";

    // Whoever does not read the log is not told what stands in it.
    static async Task<SinceVisit?> Since(HttpContext http, Dossier dossier, Changes changes, Visits visits, PageVisitor visitor) =>
        visitor.Past is null && Rights.May(visitor.Actor, Right.ReadLog, dossier.Agreement.Terms.Parties)
            ? await changes.Since(dossier, await visits.Look(visitor.Person.Id, dossier, visitor.Now, http.RequestAborted),
                http.RequestAborted)
            : null;

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
