using Microsoft.AspNetCore.Http;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Forms;
using NodaTime;

namespace MrAgreement.Web.Pages.Documents;

/// <summary>Files that come in with a form: bytes first, then the event.</summary>
sealed class Upload(IDocumentStore store, Dossiers dossiers, PageVisitor visitor)
{
    public const int Megabytes = 25;
    const long MaxBytes = Megabytes * 1024L * 1024L;

    /// <summary>Registers the form's files, each with its own title and kind: <c>file/0</c> with <c>title/0</c> and <c>kind/0</c>. Faults are noted on the form.</summary>
    public async Task Keep(AgreementId id, Filled filled, CancellationToken cancellation)
    {
        foreach (var file in filled.Form.Files)
        {
            var row = file.Name[(file.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var title = filled.Optional($"title/{row}") ?? Path.GetFileNameWithoutExtension(file.FileName);
            var (document, refused) = await Register(id, filled, file, title, filled.Text($"kind/{row}"), null, false, null, cancellation);
            if (document is { } registered)
                filled.Uploaded.Add(registered);
            foreach (var fault in refused?.Faults ?? [])
                filled.Note(fault with { Pointer = $"{fault.Pointer}/{row}" });
        }
    }

    /// <summary>Registers one file; answers the document that holds those bytes, or the refusal. Neither when the file itself is at fault, which is noted on the form.</summary>
    public async Task<(Guid? Document, Refused? Refused)> Register(
        AgreementId id, Filled filled, IFormFile file, string title, string kind, LocalDate? receivedOn, bool confidential, string? legalGround, CancellationToken cancellation)
    {
        if (file.Length > MaxBytes)
        {
            filled.Note(new($"/{file.Name}", "file-too-large", ("megabytes", Megabytes)));
            return (null, null);
        }
        // Nobody who may not register it leaves bytes behind.
        if (await dossiers.Read(id, cancellation) is not { } dossier || !Rights.Sees(visitor.Actor, dossier.Agreement)
            || !Rights.May(visitor.Actor, Right.UploadDocument, dossier.Agreement.Terms.Parties))
            return (null, new("forbidden", RefusalKind.Forbidden, ("role", visitor.Actor.Role)));

        var kept = await Http.Upload.Stored(file, store, MaxBytes, cancellation);
        var execution = await dossiers.Execute(id, new RegisterDocument(Guid.CreateVersion7(), title, kind, kept, receivedOn, confidential, legalGround), visitor.Occasion, cancellation: cancellation);
        return execution.Refused is { } refused
            ? (null, refused)
            : (execution.Dossier.Documents.Same(kept.Sha256, visitor.Actor.Party)!.Id, null);
    }
}
