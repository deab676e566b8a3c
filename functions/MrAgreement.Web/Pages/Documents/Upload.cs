using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using MrAgreement.Access;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Documents;
using MrAgreement.Web.Http;
using MrAgreement.Web.Packaging;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Pages.Layout;

namespace MrAgreement.Web.Pages.Documents;

/// <summary>
/// Files that come in with a form. Their bytes are stored at once and registered
/// with the act that they come with, or not at all; a form that comes
/// back has them still, from the shelf, where they lie apart from the documents (docs/decisions/0035).
/// </summary>
sealed class Upload(IDocumentStore store, PackageShelf shelf, Dossiers dossiers, IDataProtectionProvider protection, Scanner scanner)
{
    public const int Megabytes = (int)(DocumentUpload.MaxBytes / 1024 / 1024);
    const long MaxBytes = DocumentUpload.MaxBytes;

    /// <summary>Documents that can be registered from one form.</summary>
    public const int MostAtOnce = RegisterDocuments.Most;

    /// <summary>For a form that brings documents with an act.</summary>
    public static readonly LargestUpload AsLargeAsDocuments = new(MostAtOnce * MaxBytes);

    /// <summary>Before the name of a file field: the field of what was sent in it before.</summary>
    public const string Kept = "kept-";

    /// <summary>The field for documents of one's own that the form does not list, by their numbers.</summary>
    public const string Numbers = "documents/numbers";

    /// <summary>The form's files as documents to register with the act, each of its own kind: <c>file/0</c> of <c>kind/0</c>.</summary>
    public static void Enclose(Filled filled) => filled.Enclosed = [.. filled.Files.Select(it => new RegisterDocument(
        Guid.CreateVersion7(), Path.GetFileNameWithoutExtension(it.File.Name), filled.Text($"kind/{it.Field.Split('/')[^1]}"), it.File,
        null, false, null))];

    /// <summary>Stores the bytes of the form's files for what they come with; refused,
    /// it leaves none among the documents. Faults are noted on the form.</summary>
    /// <param name="pdfOnly">Whether the form takes pdf files and no others.</param>
    public async Task<IResult> Bringing(AgreementId id, Filled filled, Actor by, Func<Task<IResult>> act, CancellationToken cancellation,
        bool pdfOnly = false)
    {
        await Store(id, filled, by, cancellation, pdfOnly);
        var result = await act();
        // Only after a refusal: what failed in another way may have been recorded all the same.
        if (result is IRefusal)
            await PutAside(filled);
        return result;
    }

    /// <summary>Keeps the bytes of the form's files for when it is sent again. Faults are noted on the form.</summary>
    public async Task Hold(AgreementId id, Filled filled, Actor by, CancellationToken cancellation)
    {
        await Number(dossiers, id, filled, by, cancellation);
        await Store(id, filled, by, cancellation);
        await PutAside(filled);
    }

    /// <summary>The same, with the files as documents to register with the act.</summary>
    public Task<IResult> Enclosing(AgreementId id, Filled filled, Actor by, Func<Task<IResult>> act, CancellationToken cancellation,
        bool pdfOnly = false) => Bringing(id, filled, by, () =>
        {
            Enclose(filled);
            return act();
        }, cancellation, pdfOnly);

    async Task PutAside(Filled filled)
    {
        foreach (var put in filled.Files.Select(sent => sent.Put).OfType<StoredDocument>())
        {
            if (await store.Open(put.Address) is { } content)
                await using (content)
                    await shelf.Put(content, CancellationToken.None);
            await store.Withdraw(put);
        }
        await shelf.ClearNowAndThen(SystemClock.Instance.GetCurrentInstant());
    }

    /// <summary>Finds the documents that a form names by their numbers. Those of one's own party alone: of others' nobody learns here
    /// whether they are there. Faults are noted on the form.</summary>
    public static async Task Number(Dossiers dossiers, AgreementId id, Filled filled, Actor by, CancellationToken cancellation)
    {
        var written = filled.Text(Numbers).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (written.Length == 0 || await dossiers.Read(id, cancellation) is not { } dossier || !Sight.Sees(dossier.Agreement, by))
            return;
        foreach (var number in written)
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
                && dossier.Documents.InOrder.FirstOrDefault(it => it.Number == known) is { Withdrawn: null, IsErased: false } document
                && document.Party == by.Party)
                filled.Named.Add(document.Id);
            else
                filled.Note(new($"/{Numbers}", "document-number", ("number", number)));
    }

    async Task Store(AgreementId id, Filled filled, Actor by, CancellationToken cancellation, bool pdfOnly = false)
    {
        var before = filled.Form.Keys.Where(key => key.StartsWith(Kept, StringComparison.Ordinal)
            && filled.Form.Files.GetFile(key[Kept.Length..]) is null).ToList();
        // Nobody who may not register it leaves bytes behind.
        if (filled.Form.Files.Count + before.Count == 0 || await dossiers.Read(id, cancellation) is not { } dossier
            || !Sight.Sees(dossier.Agreement, by)
            || !Rights.May(by, Right.UploadDocument, dossier.Agreement.Terms.Parties))
            return;
        var protector = protection.CreateProtector("MrAgreement.Upload", $"{id}", by.Id.Value);
        foreach (var sent in filled.Form.Files)
            if (sent.Length > MaxBytes)
                filled.Note(new($"/{sent.Name}", "file-too-large", ("megabytes", Megabytes)));
            else if (pdfOnly && !sent.FileName.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase))
                filled.Note(new($"/{sent.Name}", "file-not-pdf", ("name", FileFormat.NameOf(sent.FileName))));
            else if (Http.Upload.Against(sent) is { } fault)
                filled.Note(fault);
            else
            {
                var (file, put) = await Http.Upload.Stored(sent, store, MaxBytes, cancellation);
                if (await scanner.Against($"/{sent.Name}", file, cancellation) is { } infected)
                {
                    filled.Note(infected);
                    if (Own(put) is { } brought)
                        await store.Withdraw(brought, CancellationToken.None);
                    continue;
                }
                filled.Files.Add(new(sent.Name, file, protector.Protect(JsonSerializer.Serialize(file, Json.Options)), Own(put)));
            }
        foreach (var key in before)
            if (filled.Form[key].ToString() is { Length: > 0 } token && await Before(token, protector, cancellation) is var (file, put))
                filled.Files.Add(new(key[Kept.Length..], file, token, Own(put)));
            else
                filled.Note(new($"/{key[Kept.Length..]}", "file-missing"));

        // Bytes that the agreement names already are mended by whoever sends them again.
        StoredDocument? Own(StoredDocument? put) => put is { New: not null } && !dossier.Bytes.ContainsKey(put.Address) ? put : null;
    }

    // Null when the token is none of this person's, or the bytes are gone since nobody registered them.
    async Task<(DocumentFile File, StoredDocument? Put)?> Before(string token, IDataProtector protector, CancellationToken cancellation)
    {
        try
        {
            var file = JsonSerializer.Deserialize<DocumentFile>(protector.Unprotect(token), Json.Options)!;
            if (await store.Exists(file.Sha256, cancellation))
                return (file, null);
            await using var content = await shelf.Open(file.Sha256, cancellation);
            return content is null ? null : (file, await store.Put(content, MaxBytes, cancellation));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>A file that came in with a form, its bytes stored.</summary>
/// <param name="Field">The file field's name.</param>
/// <param name="Token">What stands for it when the form is sent again; only the person who sent it can use it.</param>
/// <param name="Put">How its bytes came among the documents, to be taken
/// back where the form is refused; null where they were there.</param>
public sealed record SentFile(string Field, DocumentFile File, string Token, StoredDocument? Put = null);
