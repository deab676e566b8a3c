using MrAgreement.Access;
using MrAgreement.Documents;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Documents;

/// <summary>What is registered of a document.</summary>
/// <param name="Id">UUID of the document.</param>
/// <param name="Title">Its title.</param>
/// <param name="Kind">As in report or statement.</param>
/// <param name="Party">Key of the party whose it is.</param>
/// <param name="Sha256">Hash of the newest version that the caller sees.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="FileName">Its file name.</param>
/// <param name="MediaType">Its media type, as uploaded.</param>
/// <param name="Version">The newest version that the caller sees.</param>
/// <param name="Registered">Its number in the agreement's register and the day.</param>
/// <param name="ReceivedOn">The day it came in or was drawn up, when that is another.</param>
/// <param name="Confidential">Whether it is confidential.</param>
/// <param name="LegalGround">The section of law by which it is.</param>
/// <param name="Versions">Every version that the caller sees.</param>
/// <param name="Withdrawn">By whom, when and why it was withdrawn; null while it stands.</param>
public sealed record DocumentView(
    Guid Id, string Title, string Kind, string Party, Sha256 Sha256, long Size, string FileName, string MediaType, int Version,
    RegisteredView Registered,
    LocalDate? ReceivedOn, bool Confidential, string? LegalGround, IReadOnlyList<VersionView> Versions, WithdrawnDocumentView? Withdrawn)
{
    internal static DocumentView Of(Document it, Viewpoint at)
    {
        var versions = Sight.Versions(at.Dossier, at.By, it);
        var newest = versions[^1];
        return new(it.Id, it.Title, it.Kind, it.Party, newest.File.Sha256, newest.File.Size, newest.File.Name, newest.File.MediaType,
            newest.Number,
            new(it.Number, it.RegisteredOn), it.ReceivedOn, it.Confidential, it.LegalGround,
            [.. versions.Select(v => new VersionView(v.Number, v.File.Sha256, v.File.Size, v.File.Name, v.File.MediaType, at.Name(v.By),
                v.At))],
            it is { Withdrawn: { } withdrawn, WithdrawnBy: { } by, WithdrawnAt: { } on } ? new(at.Name(by), on, withdrawn.Reason) : null);
    }
}

/// <param name="By">Who withdrew it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
public sealed record WithdrawnDocumentView(PersonView By, Instant At, string Reason);

/// <param name="Number">Running number within the agreement.</param>
/// <param name="On">The day it was registered.</param>
public sealed record RegisteredView(int Number, LocalDate On);

/// <param name="Version">From 1.</param>
/// <param name="Sha256">Hash of the bytes.</param>
/// <param name="Size">In bytes.</param>
/// <param name="FileName">File name.</param>
/// <param name="MediaType">Media type, as uploaded.</param>
/// <param name="By">Who uploaded it.</param>
/// <param name="At">When.</param>
public sealed record VersionView(int Version, Sha256 Sha256, long Size, string FileName, string MediaType, PersonView By, Instant At);
