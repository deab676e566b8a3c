using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Documents;

/// <summary>Files that come in with a form. Their bytes are stored at once and registered with the act that they come with, or not at all; a form that comes back has them still.</summary>
sealed class Upload(IDocumentStore store, Dossiers dossiers, IDataProtectionProvider protection)
{
    public const int Megabytes = 25;
    const long MaxBytes = Megabytes * 1024L * 1024L;

    /// <summary>Before the name of a file field: the field of what was sent in it before.</summary>
    public const string Kept = "kept-";

    /// <summary>Takes the form's files in, each of its own kind: <c>file/0</c> of <c>kind/0</c>. Faults are noted on the form.</summary>
    public async Task Enclose(AgreementId id, Filled filled, Actor by, CancellationToken cancellation)
    {
        await Hold(id, filled, by, cancellation);
        filled.Enclosed = [.. filled.Files.Select(it => new RegisterDocument(
            Guid.CreateVersion7(), Path.GetFileNameWithoutExtension(it.File.Name), filled.Text($"kind/{it.Field.Split('/')[^1]}"), it.File, null, false, null))];
    }

    /// <summary>Stores the bytes of the form's files. Faults are noted on the form.</summary>
    public async Task Hold(AgreementId id, Filled filled, Actor by, CancellationToken cancellation)
    {
        var before = filled.Form.Keys.Where(key => key.StartsWith(Kept, StringComparison.Ordinal) && filled.Form.Files.GetFile(key[Kept.Length..]) is null).ToList();
        // Nobody who may not register it leaves bytes behind.
        if (filled.Form.Files.Count + before.Count == 0 || await dossiers.Read(id, cancellation) is not { } dossier || !Rights.Sees(by, dossier.Agreement)
            || !Rights.May(by, Right.UploadDocument, dossier.Agreement.Terms.Parties))
            return;
        var protector = protection.CreateProtector("MrAgreement.Upload", $"{id}", by.Id.Value);
        foreach (var sent in filled.Form.Files)
            if (sent.Length > MaxBytes)
                filled.Note(new($"/{sent.Name}", "file-too-large", ("megabytes", Megabytes)));
            else if (FileFormat.MediaTypeOf(sent.FileName) is null)
                filled.Note(new($"/{sent.Name}", "file-format", ("name", sent.FileName), ("formats", FileFormat.Endings)));
            else
            {
                var (file, _) = await Http.Upload.Stored(sent, store, MaxBytes, cancellation);
                filled.Files.Add(new(sent.Name, file, protector.Protect(JsonSerializer.Serialize(file, Json.Options))));
            }
        foreach (var key in before)
            if (filled.Form[key].ToString() is { Length: > 0 } token && await Before(token, protector, cancellation) is { } file)
                filled.Files.Add(new(key[Kept.Length..], file, token));
            else
                filled.Note(new($"/{key[Kept.Length..]}", "file-missing"));
    }

    // Null when the token is none of this person's, or the bytes are gone since nobody registered them.
    async Task<DocumentFile?> Before(string token, IDataProtector protector, CancellationToken cancellation)
    {
        try
        {
            var file = JsonSerializer.Deserialize<DocumentFile>(protector.Unprotect(token), Json.Options)!;
            return await store.Exists(file.Sha256, cancellation) ? file : null;
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
public sealed record SentFile(string Field, DocumentFile File, string Token);
