using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Access;
using MrAgreement.Documents;
using MrAgreement.Running;
using MrAgreement.Web.Documents;
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
        pages.MapPost("/agreements/{id:guid}/documents", Register)
            .WithMetadata(Upload.AsLargeAsDocuments);
        DocumentPage.Map(pages);
        DisclosurePages.Map(pages);
    }

    static async Task<IResult> Content(HttpContext http, Guid id, Guid document, string? version, Dossiers dossiers, IDocumentStore store,
        PageVisitor visitor)
    {
        if (await dossiers.Read(new(id), http.RequestAborted) is not { } dossier || dossier.Documents[document] is not { } found
            || Sight.Versions(dossier, visitor.Actor, found)
            .LastOrDefault(v => version is null || version == v.Number.ToString(CultureInfo.InvariantCulture)) is not { } wanted)
            return Failures.Page(StatusCodes.Status404NotFound);
        if (found.IsErased)
            return Failures.Page(StatusCodes.Status404NotFound);
        return DocumentContent.Of(store, found, wanted);
    }

    static async Task<IResult> Register(HttpContext http, Guid id, FormPost post, Upload upload, PageVisitor visitor)
    {
        var filled = new Filled(http.Request.Form, http.Request.RouteValues);
        return await upload.Bringing(new(id), filled, visitor.Actor,
            () => post.Answer(http, new(id), filled, Fill, _ => null,
                (dossier, refused) => AgreementPages.Show(Places.Documents, dossier, visitor, refused),
                AgreementPages.Done(id, "documents")),
            http.RequestAborted);

        static Command Fill(Filled it)
        {
            var file = it.Files.Find(sent => sent.Field == "file")?.File;
            if (file is null && it.Faults.Count == 0)
                it.Note(new Fault("/file", "file-missing"));
            var first = new RegisterDocument(Guid.CreateVersion7(), it.Text("title"), it.Text("kind"), file ?? missing,
                it.OptionalDate("receivedOn"), it.Ticked("confidential"), it.Optional("legalGround"), it.OptionalValue<Guid>("copyOf"),
                it.Optional("from"));
            foreach (var row in Enumerable.Range(1, Upload.MostAtOnce - 1))
                if (it.Optional($"title/{row}") is not null && it.Faults.All(fault => fault.Pointer != $"/file/{row}")
                    && it.Files.TrueForAll(sent => sent.Field != $"file/{row}"))
                    it.Note(new Fault($"/file/{row}", "file-missing"));
            // The others are of the same day, and as confidential.
            var more = it.Files.Where(sent => sent.Field.StartsWith("file/", StringComparison.Ordinal))
                .OrderBy(sent => sent.Field, StringComparer.Ordinal)
                .Select(sent => sent with { Field = sent.Field[5..] })
                .Select(sent => first with
                {
                    Document = Guid.CreateVersion7(),
                    Title = it.Optional($"title/{sent.Field}") ?? Path.GetFileNameWithoutExtension(sent.File.Name),
                    Kind = it.Optional($"kind/{sent.Field}") ?? first.Kind, File = sent.File
                }).Select(one => one.Kind == DocumentKind.MaskedCopy ? one : one with { CopyOf = null }).ToList();
            return more.Count == 0 ? first : new RegisterDocuments([first, .. more]);
        }
    }
}
