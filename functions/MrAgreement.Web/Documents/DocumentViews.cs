using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Web.Http;
using MrAgreement.Web.Registry;

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
/// <param name="ReceivedOn">The day it came in, when that is another.</param>
/// <param name="Confidential">Whether it is confidential.</param>
/// <param name="LegalGround">The section of law by which it is.</param>
/// <param name="Versions">Every version that the caller sees.</param>
/// <param name="Withdrawn">By whom, when and why it was withdrawn; null while it stands.</param>
/// <param name="CopyOf">The document of which it is the masked copy; null for what is none.</param>
/// <param name="SecrecyMarkings">Every marking of secrecy on it, taken away or not.</param>
/// <param name="From">From whom it came in; null for what its party has drawn up, and where nobody has said it.</param>
/// <param name="DrawnUpOn">The day its party drew it up, when that is another.</param>
/// <param name="Erased">Whether it was erased with its bytes.</param>
/// <param name="Receipt">What its sender is told; null for what came from nobody outside.</param>
/// <param name="StandsOn">The version that was signed, agreed on in an amendment or accepted last: what was decided stands on it, however
/// many have come since. Null where nothing was decided on it, or the caller does not see that version.</param>
public sealed record DocumentView(
    Guid Id, string Title, string Kind, string Party, Sha256 Sha256, long Size, string FileName, string MediaType, int Version,
    RegisteredView Registered,
    LocalDate? ReceivedOn, bool Confidential, string? LegalGround, IReadOnlyList<VersionView> Versions, WithdrawnDocumentView? Withdrawn,
    NumberedDocumentView? CopyOf, IReadOnlyList<SecrecyMarkingView> SecrecyMarkings, string? From, LocalDate? DrawnUpOn,
    bool Erased, ReceiptView? Receipt, int? StandsOn)
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
            it is { Withdrawn: { } withdrawn, WithdrawnBy: { } by, WithdrawnAt: { } on } ? new(at.Name(by), on, withdrawn.Reason) : null,
            NumberedDocumentView.Of(it.CopyOf, at.Dossier), [.. it.Markings.Select(marking => SecrecyMarkingView.Of(marking, at))],
            it.From, it.DrawnUpOn, it.IsErased, ReceiptView.Of(it, at.Agreement),
            DocumentDecisions.StandsOn(at.Dossier, it.Id) is { } version && versions.Any(seen => seen.Number == version) ? version : null);
    }
}

/// <param name="Id">UUID of the document.</param>
/// <param name="Number">Its number in the agreement's register.</param>
public sealed record NumberedDocumentView(Guid Id, int Number)
{
    internal static NumberedDocumentView? Of(Guid? id, Dossier it) =>
        id is { } known && it.Documents[known] is { } document ? new(known, document.Number) : null;
}

/// <summary>A note on a document that it may hold what is secret (OSL 5 kap. 5 §). It says nothing of who may read it.</summary>
/// <param name="Number">From 1 on the document.</param>
/// <param name="LegalGround">The provisions by which it may be secret.</param>
/// <param name="On">The day on which it was marked.</param>
/// <param name="Party">Key of the party that has marked it.</param>
/// <param name="Authority">Its name.</param>
/// <param name="By">Who marked it.</param>
/// <param name="At">When.</param>
/// <param name="Removed">By whom, when and why it was taken away; null while it stands.</param>
public sealed record SecrecyMarkingView(int Number, string LegalGround, LocalDate On, string Party, string Authority, PersonView By,
    Instant At, WithdrawnDocumentView? Removed)
{
    internal static SecrecyMarkingView Of(SecrecyMarking it, Viewpoint at) => new(it.Marked.Number, it.Marked.LegalGround, it.Marked.On,
        it.Marked.Party, at.Agreement.NameOf(it.Marked.Party, at.Today), at.Name(it.By), it.At,
        it is { Removed: { } removed, RemovedBy: { } by, RemovedAt: { } on } ? new(at.Name(by), on, removed.Reason) : null);
}

/// <param name="By">Who took it back, or away.</param>
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
