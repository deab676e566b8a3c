using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Documents;
using MrAgreement.Running;
using MrAgreement.Web.Pages.Agreements;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Documents;

/// <summary>Documents in and out of the agreement's page.</summary>
static class DocumentPages
{
    // Stands where no file has come, so that the rest of the form is judged too.
    static readonly DocumentFile missing = new("", "", Sha256.Of([]), 0);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/agreements/{id:guid}/documents/{document:guid}/content", Content);
        pages.MapPost("/agreements/{id:guid}/documents", Register);
        pages.MapGet("/agreements/{id:guid}/documents", (Guid id) => Results.LocalRedirect($"/agreements/{id}#documents"));
    }

    static async Task<IResult> Content(HttpContext http, Guid id, Guid document, string? version, Dossiers dossiers, IDocumentStore store,
        PageVisitor visitor)
    {
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || dossier.Documents[document] is not { } found
            || Visibility.Versions(dossier, found, visitor.Actor)
            .LastOrDefault(v => version is null || version == v.Number.ToString(CultureInfo.InvariantCulture)) is not { } wanted)
            return Failures.Page(StatusCodes.Status404NotFound);
        var content = await store.Open(wanted.File.Sha256, http.RequestAborted)
            ?? throw new DocumentDamagedException(wanted.File.Sha256, gone: true);
        // Nothing that somebody uploaded is ever shown as a page of ours.
        return Results.Stream(content, MediaType(wanted.File.MediaType), wanted.File.Name, enableRangeProcessing: true);
    }

    static async Task<IResult> Register(HttpContext http, Guid id, FormPost post, Upload upload, PageVisitor visitor)
    {
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        return await upload.Bringing(new(id), filled, visitor.Actor,
            () => post.Answer(http, new(id), filled, Fill, _ => null, AgreementPages.Show, $"/agreements/{id}?{FormPost.Saved}#documents"),
            http.RequestAborted);

        static RegisterDocument Fill(Filled it)
        {
            var file = it.Files.Find(sent => sent.Field == "file")?.File;
            if (file is null && it.Faults.Count == 0)
                it.Note(new Fault("/file", "file-missing"));
            return new(Guid.CreateVersion7(), it.Text("title"), it.Text("kind"), file ?? missing, it.OptionalDate("receivedOn"),
                it.Ticked("confidential"), it.Optional("legalGround"));
        }
    }

    static string MediaType(string stated) => Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(stated, out _)
        ? stated
        : "application/octet-stream";
}
