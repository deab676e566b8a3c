using MrAgreement.Agreements;
using MrAgreement.Web.Http;
using MrAgreement.Web.Obligations;
using MrAgreement.Web.Published;
using MrAgreement.Work;

namespace MrAgreement.Web.Work;

/// <param name="Title">What it is called.</param>
/// <param name="Kind">guide, report, material, course or decision.</param>
/// <param name="On">The day it was published or finished, today or earlier.</param>
/// <param name="Language">As in sv or en-GB.</param>
/// <param name="Document">Id of a document of the caller's party; the newest version counts. Either it or an address.</param>
/// <param name="Address">Of a page of the web.</param>
/// <param name="Measure">Key of the measure of the plan that it comes of.</param>
/// <param name="Audience">elected, leadership, officials or public-facing; none for everybody.</param>
public sealed record PublicationRequest(
    string Title, PublicationKind Kind, LocalDate On, string Language, Guid? Document = null, string? Address = null,
    string? Measure = null, IReadOnlyList<PublicationAudience>? Audience = null)
{
    internal ToldMaterial Told => new(Title, Kind, Document, Address, On, Language, Measure, Audience ?? []);
}

/// <param name="Party">Key of the party that has spread it.</param>
/// <param name="Channel">As in a newsletter or a conference.</param>
/// <param name="On">The day, today or earlier.</param>
/// <param name="Address">Where it can be seen.</param>
public sealed record SpreadingRequest(string Party, string Channel, LocalDate On, string? Address = null);

/// <param name="Checks">What was looked at before it is open to everybody: all three must have passed.</param>
public sealed record ApprovalRequest(PublicationChecks Checks);

/// <summary>Material of one side, and what has become of it.</summary>
/// <param name="Number">From 1, within the agreement.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Kind">guide, report, material, course or decision.</param>
/// <param name="Status">waiting, published, closed (its document may be secret), withdrawn or erased.</param>
/// <param name="On">The day it was published or finished.</param>
/// <param name="Language">Of the material.</param>
/// <param name="Audience">Whom it is for; none for everybody.</param>
/// <param name="Document">The document, in the version that is or may become open; null for a page of the web.</param>
/// <param name="Address">Of a page of the web; null for a document.</param>
/// <param name="Measure">Key of the measure that it comes of.</param>
/// <param name="Party">Key of the party that registered it.</param>
/// <param name="By">Who registered it; null to whoever reads no more than what is public.</param>
/// <param name="At">When.</param>
/// <param name="Spread">How it was spread, oldest first; none to whoever reads no more than what is public.</param>
/// <param name="Approval">That the other side approved it; null while it has not, and to whoever reads no more than what is public.</param>
/// <param name="Withdrawn">Why it was withdrawn; null while it stands.</param>
/// <param name="PublicAddress">Where everybody reads it; null while nobody may.</param>
public sealed record PublicationView(
    int Number, string Title, PublicationKind Kind, PublicationStatus Status, LocalDate On, string Language,
    IReadOnlyList<PublicationAudience> Audience, SubmittedDocumentView? Document, string? Address, string? Measure, string Party,
    PersonView? By, Instant At, IReadOnlyList<SpreadingView> Spread, ApprovalView? Approval, RetractedView? Withdrawn,
    string? PublicAddress)
{
    internal static PublicationView Of(Publication it, Viewpoint at)
    {
        var (material, status, sees) = (it.Material, Publications.StatusOf(at.Dossier, it), at.SeesWork);
        return new(it.Number, material.Title, material.Kind, status, material.On, material.Language, material.Audience,
            material.Document is { } document ? SubmittedDocumentView.Of([document], at)[0] : null, material.Address,
            sees ? material.Measure : null, it.Party, sees ? at.Name(it.By) : null, it.At,
            sees ? [.. it.Spread.Select(told => new SpreadingView(told.Spreading.Party, told.Spreading.Channel, told.Spreading.On,
                told.Spreading.Address, at.Name(told.By), told.At))] : [],
            sees && it.Approved is { } approved 
                ? new(approved.Checks, approved.Sha256, approved.Party, at.Name(approved.By), approved.At) : null,
            it.Withdrawn is { } withdrawn ? new(withdrawn.Reason, at.Name(withdrawn.By), withdrawn.At) : null,
            status == PublicationStatus.Published ? PublishedAddress.Of(at.Dossier.Id, it.Number) : null);
    }
}

/// <param name="Party">Key of the party that has spread it.</param>
/// <param name="Channel">How.</param>
/// <param name="On">The day.</param>
/// <param name="Address">Where it can be seen.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record SpreadingView(string Party, string Channel, LocalDate On, string? Address, PersonView By, Instant At);

/// <param name="Checks">What was looked at.</param>
/// <param name="Sha256">Of the bytes that were approved; null for a page of the web.</param>
/// <param name="Party">Key of the party that approved it.</param>
/// <param name="By">Who approved it.</param>
/// <param name="At">When.</param>
public sealed record ApprovalView(PublicationChecks Checks, Sha256? Sha256, string Party, PersonView By, Instant At);
