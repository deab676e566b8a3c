using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Documents;

/// <summary>Documents in and out of the agreement's page.</summary>
static class DocumentPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/agreements/{id:guid}/documents/{document:guid}/content", Content);
        pages.MapPost("/agreements/{id:guid}/documents", Register);
        pages.MapGet("/agreements/{id:guid}/documents", (Guid id) => Results.LocalRedirect($"/agreements/{id}#documents"));
    }

    static async Task<IResult> Content(HttpContext http, Guid id, Guid document, string? version, Dossiers dossiers, IDocumentStore store, PageVisitor visitor)
    {
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || dossier.Documents[document] is not { } found
            || Visibility.Versions(dossier, found, visitor.Actor).LastOrDefault(v => version is null || version == v.Number.ToString(CultureInfo.InvariantCulture)) is not { } wanted
            || await store.Open(wanted.File.Sha256, http.RequestAborted) is not { } content)
            return Failures.Page(StatusCodes.Status404NotFound);
        // Nothing that somebody uploaded is ever shown as a page of ours.
        return Results.Stream(content, MediaType(wanted.File.MediaType), wanted.File.Name, enableRangeProcessing: true);
    }

    static async Task<IResult> Register(HttpContext http, Guid id, FormPost post, Upload upload)
    {
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        var receivedOn = filled.OptionalDate("receivedOn");
        if (filled.Form.Files.GetFile("file") is not { } file)
        {
            filled.Note(new Fault("/file", "file-missing"));
            return await post.Back(http, new(id), filled, AgreementPages.Show);
        }
        if (filled.Faults.Count > 0)
            return await post.Back(http, new(id), filled, AgreementPages.Show);
        var (_, refused) = await upload.Register(
            new(id), filled, file, filled.Text("title"), filled.Text("kind"), receivedOn, filled.Ticked("confidential"), filled.Optional("legalGround"), http.RequestAborted);
        return refused is null && filled.Faults.Count == 0
            ? FormPost.Go(http, $"/agreements/{id}?{FormPost.Saved}#documents")
            : await post.Back(http, new(id), filled, AgreementPages.Show, refused);
    }

    static string MediaType(string stated) => Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(stated, out _) ? stated : "application/octet-stream";
}
