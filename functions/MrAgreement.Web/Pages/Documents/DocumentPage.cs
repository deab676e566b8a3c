using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Overviews;
using MrAgreement.Running;
using MrAgreement.Web.Documents;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.Registry;

namespace MrAgreement.Web.Pages.Documents;

/// <summary>A document by itself: its versions, and what its own party does with it.</summary>
static class DocumentPage
{
    const string Route = "/agreements/{id:guid}/documents/{document:guid}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, async (HttpContext http, Guid id, Guid document, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier
                ? Show(dossier, document, visitor, null)
                : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapGet($"{Route}/receipt", async (Guid id, Guid document, Dossiers dossiers, PageVisitor visitor) =>
            await visitor.Find(dossiers, id) is { } dossier && dossier.Documents[document] is { } it
            && Sight.Sees(dossier, visitor.Actor, it) && ReceiptView.Of(it, dossier.Agreement) is { } receipt
            ? receipt.File(visitor.At(dossier), it.From!, visitor.Language.Word(RegistryKind.Document),
                [$"{it.Number} {it.Title}"], it.Number)
            : Failures.Page(StatusCodes.Status404NotFound)).LooksBack();
        pages.MapPost($"{Route}/versions", (HttpContext http, Guid id, Guid document, FormPost post, Upload upload, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return upload.Bringing(new(id), filled, visitor.Actor, () => post.Answer(http, new(id), filled, it =>
            {
                if (it.Files.Count == 0 && it.Faults.Count == 0)
                    it.Note(new("/file", "file-missing"));
                return new AddDocumentVersion(document, it.Files is [var sent, ..] ? sent.File : new("", "", Sha256.Of([]), 0));
            }, _ => null, (dossier, refused) => Show(dossier, document, visitor, refused), Saved(id, document)),
                http.RequestAborted);
        }).WithMetadata(new LargestUpload(DocumentUpload.MaxBytes));
        pages.MapPost($"{Route}/withdrawal", (HttpContext http, Guid id, Guid document, FormPost post, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return post.Answer(http, new(id), filled, it => new WithdrawDocument(document, it.Text("reason")),
                dossier => dossier.Documents[document]?.Touched,
                (dossier, refused) => Show(dossier, document, visitor, refused), Saved(id, document));
        });
        pages.MapPost($"{Route}/secrecy-markings", (HttpContext http, Guid id, Guid document, FormPost post, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return post.Answer(http, new(id), filled, it => new MarkSecrecy(document, it.Text("legalGround")),
                dossier => dossier.Documents[document]?.Touched,
                (dossier, refused) => Show(dossier, document, visitor, refused), Saved(id, document));
        });
        pages.MapPost($"{Route}/secrecy-markings/{{number:int}}/removal",
            (HttpContext http, Guid id, Guid document, FormPost post, PageVisitor visitor) =>
        {
            var filled = new Filled(http.Request.Form, http.Request.RouteValues);
            return post.Answer(http, new(id), filled, it => new RemoveSecrecyMarking(document, it.Number, it.Text("reason")),
                dossier => dossier.Documents[document]?.Touched,
                (dossier, refused) => Show(dossier, document, visitor, refused), Saved(id, document));
        });
        foreach (var step in (string[])["versions", "withdrawal", "secrecy-markings", "secrecy-markings/{number:int}/removal"])
            pages.MapGet($"{Route}/{step}", (Guid id, Guid document) => Results.LocalRedirect($"/agreements/{id}/documents/{document}"));
    }

    static IResult Show(Dossier dossier, Guid document, PageVisitor visitor, Attempt? refused) =>
        dossier.Documents[document] is { } it && Sight.Versions(dossier, visitor.Actor, it) is { Count: > 0 } versions
            ? Rendered.Page<OneDocumentPage>(new { Dossier = dossier, Document = it, Versions = versions, Attempt = refused }, refused)
            : Failures.Page(StatusCodes.Status404NotFound);

    static string Saved(Guid id, Guid document) => $"/agreements/{id}/documents/{document}?{FormPost.Saved}";
}
