using MrAgreement.Access;
using MrAgreement.Obligations;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Obligations;

/// <summary>A party's draft of its next submission.</summary>
/// <param name="Revision">From 1; every change makes a new one.</param>
/// <param name="Summary">What is delivered, in short.</param>
/// <param name="CoverLetter">Words to the recipient.</param>
/// <param name="Documents">What is to be handed over.</param>
/// <param name="Statement">Number of the statement that it is to deliver.</param>
/// <param name="Party">Key of the party.</param>
/// <param name="By">Who made the last change.</param>
/// <param name="At">When.</param>
/// <param name="SignedOffBy">The colleague who has signed off this revision.</param>
/// <param name="SignedOffAt">When.</param>
/// <param name="SentBack">Why a colleague has sent this revision back; null when nobody has.</param>
/// <param name="Plan">Number of the version of the plan that it is to deliver.</param>
/// <param name="Contents">All that the clause asks for, and where it stands.</param>
public sealed record SubmissionDraftView(
    int Revision, string Summary, string? CoverLetter, IReadOnlyList<SubmittedDocumentView> Documents, int? Statement, string Party,
    PersonView By, Instant At,
    PersonView? SignedOffBy, Instant? SignedOffAt, SentBackView? SentBack, int? Plan,
    IReadOnlyList<HeldContentView> Contents)
{
    internal static SubmissionDraftView Of(SubmissionDraft it, string party, Obligation of, Viewpoint at) => new(
        it.Revision, it.Content.Summary, it.Content.CoverLetter, SubmittedDocumentView.Of(it.Content.Documents, at), it.Content.Statement,
        party, at.Name(it.By), it.At,
        at.Name(it.SignedOffBy), it.SignedOffAt,
        it.SentBack is { } back ? new(back.Reason, at.Name(back.By), back.At) : null, it.Content.Plan,
        HeldContentView.Of(it.Content, of));

    /// <summary>Those that the viewer sees.</summary>
    internal static IReadOnlyList<SubmissionDraftView> Seen(Obligation it, Viewpoint at) =>
        [.. it.Drafts.Where(d => Sight.SeesDraft(at.Dossier, at.By, d.Key)).OrderBy(d => d.Key, StringComparer.Ordinal)
            .Select(d => Of(d.Value, d.Key, it, at))];
}

/// <param name="Submission">Number of the submission that it is about; null for the obligation as a whole.</param>
/// <param name="Text">The note.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
public sealed record InternalNoteView(int? Submission, string Text, PersonView By, Instant At)
{
    internal static InternalNoteView Of(InternalNote it, Viewpoint at) => new(it.Submission, it.Text, at.Name(it.By), it.At);

    internal static IReadOnlyList<InternalNoteView> Seen(Obligation it, Viewpoint at) =>
        [.. it.Notes.Where(n => Sight.IsOwnHouse(at.Dossier, at.By, n.Party)).Select(n => Of(n, at))];
}

/// <param name="Ministry">The ministry that said it.</param>
/// <param name="Text">What it said.</param>
/// <param name="ReceivedOn">The day it came in.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When it was recorded.</param>
public sealed record MinistryCommentView(string Ministry, string Text, LocalDate ReceivedOn, PersonView By, Instant At)
{
    internal static MinistryCommentView Of(MinistryComment it, Viewpoint at) =>
        new(it.Ministry, it.Text, it.ReceivedOn, at.Name(it.By), it.At);

    internal static IReadOnlyList<MinistryCommentView> Seen(Obligation it, int submission, Viewpoint at) =>
        [.. it.MinistryComments.Where(c => c.Submission == submission && Sight.IsOwnHouse(at.Dossier, at.By, c.Party))
            .Select(c => Of(c, at))];
}

/// <param name="Reason">What is to be changed.</param>
/// <param name="By">Who sent it back.</param>
/// <param name="At">When.</param>
public sealed record SentBackView(string Reason, PersonView By, Instant At);
