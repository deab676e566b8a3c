using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Obligations;
using MrAgreement.Web.Http;
using MrAgreement.Web.Registry;

namespace MrAgreement.Web.Obligations;

/// <summary>An obligation as it stands, or stood at the end of a day.</summary>
/// <param name="Key">Unique in the agreement, as in annual-consultation-2015.</param>
/// <param name="Title">Its title.</param>
/// <param name="Kind">deliverable, joint, continuous, payment, repayment or requisition.</param>
/// <param name="Is">What it is for, as the terms state it or as its shape tells: mapping, plan, follow-up-report,
/// statement, final-report, final-accounts, information or dissemination; null for anything else.</param>
/// <param name="Responsible">Keys of the parties that owe it.</param>
/// <param name="Recipient">Key of the party it is owed to.</param>
/// <param name="DueOn">The nominal date; after a return the date to complete by.</param>
/// <param name="EffectiveDueOn">The date by the agreement's working-day rule; the deadline is the end of that day in Stockholm.</param>
/// <param name="DueText">The date with its reason, in the caller's language.</param>
/// <param name="ScheduledOn">When it is to take place, as the parties have scheduled it.</param>
/// <param name="AwaitsDate">Whether what its date was counted from was let go: it
/// waits for the grantor to set a date, by an extension, or to waive it.</param>
/// <param name="Status">waiting, open, submitted, returned, done or waived.</param>
/// <param name="Overdue">Past its effective date and not submitted, done or waived.</param>
/// <param name="OverdueDays">Days past the effective date; 0 when not overdue.</param>
/// <param name="Rests">Keys of what should come before it.</param>
/// <param name="WaitsFor">Those of them that are not settled yet.</param>
/// <param name="Clause">Heading of the clause it comes from.</param>
/// <param name="Acceptance">Whether the recipient accepts or returns what is delivered.</param>
/// <param name="Documents">Kinds of document that a submission must hold.</param>
/// <param name="DeliveredOn">The day on which what was owed came in.</param>
/// <param name="Late">Whether that was after the effective date; null when nothing has come in.</param>
/// <param name="Submissions">Every version that was delivered.</param>
/// <param name="Completions">Recorded performances of a joint or continuous obligation.</param>
/// <param name="Waiver">Why it was let go.</param>
/// <param name="Reminders">Every rung of the ladder for the present date.</param>
/// <param name="Moves">How the nominal date has moved since it first had one.</param>
/// <param name="Agenda">What a consultation must treat.</param>
/// <param name="Times">When its parties have proposed to meet, and what became of each.</param>
/// <param name="Text">What the clause says; null when the terms do not repeat it.</param>
/// <param name="Reading">What of it is our reading (tolkning) and no clause, each part with its reason; a text alone where it is of the
/// obligation as a whole; null for nothing.</param>
/// <param name="Contents">What the clause says that a deliverable shall (must) or should hold.</param>
/// <param name="Drafts">Drafts of the next submission that the caller may see: their own party's.</param>
/// <param name="Notes">Internal notes of the caller's own party.</param>
public sealed record ObligationView(
    string Key, string Title, ObligationKind Kind, Purpose? Is, IReadOnlyList<string> Responsible, string? Recipient, LocalDate? DueOn,
    LocalDate? EffectiveDueOn, string DueText,
    LocalDate? ScheduledOn, bool AwaitsDate, ObligationStatus Status, bool Overdue, int OverdueDays, IReadOnlyList<string> Rests,
    IReadOnlyList<string> WaitsFor, string? Clause,
    bool Acceptance, IReadOnlyList<string> Documents, LocalDate? DeliveredOn, bool? Late, IReadOnlyList<SubmissionView> Submissions,
    IReadOnlyList<CompletionView> Completions, WaiverView? Waiver, IReadOnlyList<ReminderView> Reminders,
    IReadOnlyList<DateMoveView> Moves, IReadOnlyList<AgendaItem> Agenda,
    IReadOnlyList<ProposedTimeView> Times, string? Text, Reading? Reading,
    IReadOnlyList<ContentItem> Contents,
    IReadOnlyList<SubmissionDraftView> Drafts,
    IReadOnlyList<InternalNoteView> Notes)
{
    internal static ObligationView Of(Obligation it, Viewpoint at)
    {
        var agreement = at.Agreement;
        var overdue = agreement.IsRunning && it.IsOverdue(at.Today);
        return new(it.Key, it.Title, it.Kind, agreement.PurposeOf(it), it.Responsible, it.Recipient, it.DueOn, it.EffectiveDueOn,
            Texts.DueText.Of(at.Language, at.Dossier, it),
            it.ScheduledOn, it.AwaitsDate, agreement.StatusOf(it), overdue,
            overdue ? Period.DaysBetween(it.EffectiveDueOn!.Value, at.Today) : 0,
            it.Rests, [.. agreement.WaitsFor(it).Select(o => o.Key)], it.Clause, it.Acceptance, it.Documents,
            it.DeliveredOn, it is { DeliveredOn: { } on, EffectiveDueOn: { } due } ? on > due : null,
            at.SeesSubmissions ? [.. it.Submissions.Select(s => SubmissionView.Of(s, it, at))] : [],
            at.SeesSubmissions ? [.. it.Completions.Select(c => CompletionView.Of(c, at))] : [],
            it.Waived is { } waived ? new(waived.Reason, waived.Reference, at.Name(waived.By), waived.At) : null,
            [.. MrAgreement.Obligations.Reminders.Ladder(it, agreement.Plan).Select(ReminderView.Of)],
            [.. it.Moves.Select(m => new DateMoveView(m.From, m.To, EventJson.NameOf(m.Because), (m.Because as ObligationEvent)?.Obligation,
                at.Name(m.Recorded.By), m.Recorded.At))],
            it.Agenda, at.SeesSubmissions ? [.. it.Times.Select(time => ProposedTimeView.Of(time, at))] : [], it.Text, it.Reading,
            it.Contents, SubmissionDraftView.Seen(it, at), InternalNoteView.Seen(it, at));
    }
}

/// <param name="Number">From 1, within the obligation.</param>
/// <param name="Status">submitted, accepted, returned or withdrawn.</param>
/// <param name="Summary">What was delivered, in short.</param>
/// <param name="CoverLetter">Words to the recipient; null when there were none.</param>
/// <param name="Documents">What was handed over.</param>
/// <param name="Statement">Number of the statement that it delivers; null when it delivers none.</param>
/// <param name="Party">Key of the party that submitted it.</param>
/// <param name="By">Who submitted it.</param>
/// <param name="At">When it came in.</param>
/// <param name="Decision">What became of it; null while undecided.</param>
/// <param name="Comments">What other ministries have said of it; only the recipient's people see that there are any.</param>
/// <param name="Plan">Number of the version of the plan that it delivers; null when it delivers none.</param>
/// <param name="Receipt">By whom and when it was received, and under which number; null where it went to nobody else.</param>
/// <param name="Contents">All that the clause asks for, and where it stands.</param>
/// <param name="Noted">Who of the recipient has read what needs no approval, and when; null until somebody has.</param>
/// <param name="Warnings">plan-version-not-chosen, where a version of the plan was made and this submission delivers none: no version
/// counts by it.</param>
public sealed record SubmissionView(
    int Number, SubmissionState Status, string Summary, string? CoverLetter, IReadOnlyList<SubmittedDocumentView> Documents, int? Statement,
    string Party, PersonView By, Instant At,
    SubmissionDecisionView? Decision, IReadOnlyList<MinistryCommentView> Comments, ReceiptView? Receipt,
    int? Plan, IReadOnlyList<HeldContentView> Contents, SubmissionReaderView? Noted, IReadOnlyList<string> Warnings)
{
    internal static SubmissionView Of(Submission it, Obligation of, Viewpoint at) => new(
        it.Number, it.State, it.Summary, it.CoverLetter, SubmittedDocumentView.Of(it.Documents, at), it.Statement, it.Party,
        at.Name(it.By), it.At,
        it.Decision is { } decision ? new(at.Name(decision.By), decision.At, decision.Text, decision.CompleteBy) : null,
        MinistryCommentView.Seen(of, it.Number, at), ReceiptView.Of(it, of, at.Agreement), it.Plan,
        HeldContentView.Of(it.Content, of), it.Noted is { } noted ? new(at.Name(noted.By), noted.At) : null,
        it is { Plan: null, Stands: true } && of.LastSubmission == it
            && SubmissionDecisions.LeftOut(at.Dossier, of, it.Party) is { } ? ["plan-version-not-chosen"] : []);
}

/// <param name="By">Who has read it.</param>
/// <param name="At">When they said so.</param>
public sealed record SubmissionReaderView(PersonView By, Instant At);

/// <param name="Key">Of the item in the terms.</param>
/// <param name="Title">What the clause asks for.</param>
/// <param name="Must">Whether it shall be there, or should.</param>
/// <param name="Where">Where it stands, as the sender says; null for not said.</param>
public sealed record HeldContentView(string Key, string Title, bool Must, string? Where)
{
    internal static IReadOnlyList<HeldContentView> Of(SubmissionContent it, Obligation of) => [.. of.Contents.Select(item =>
        new HeldContentView(item.Key, item.Title, item.Must == true, it.Contents.FirstOrDefault(held => held.Key == item.Key)?.Where))];
}

/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
/// <param name="Text">Comment on an acceptance, reason of a return or a withdrawal.</param>
/// <param name="CompleteBy">The new date, of a return.</param>
public sealed record SubmissionDecisionView(PersonView By, Instant At, string? Text, LocalDate? CompleteBy);

/// <param name="Id">UUID of the document.</param>
/// <param name="Version">The version that was handed over.</param>
/// <param name="Title">Its title; null when the caller may not see it.</param>
/// <param name="Kind">Its kind.</param>
public sealed record SubmittedDocumentView(Guid Id, int Version, string? Title, string? Kind)
{
    internal static IReadOnlyList<SubmittedDocumentView> Of(IReadOnlyList<DocumentVersion> documents, Viewpoint at) =>
        [.. documents.Select(d => at.Dossier.Documents[d.Document] is { } document
            && Sight.Sees(at.Dossier, at.By, document)
            ? new SubmittedDocumentView(d.Document, d.Version, document.Title, document.Kind)
            : new SubmittedDocumentView(d.Document, d.Version, null, null))];
}

/// <param name="DoneOn">The day it was done.</param>
/// <param name="Note">What was done.</param>
/// <param name="Documents">Documents handed over with the record.</param>
/// <param name="Party">Key of the party that recorded it.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Confirmed">Whether the other party has confirmed it.</param>
/// <param name="ConfirmedBy">Who confirmed it.</param>
/// <param name="ConfirmedAt">When.</param>
/// <param name="Contested">What the other party says is not right; null for nothing.</param>
public sealed record CompletionView(
    LocalDate DoneOn, string Note, IReadOnlyList<SubmittedDocumentView> Documents, string Party, PersonView By, Instant At, bool Confirmed,
    PersonView? ConfirmedBy, Instant? ConfirmedAt, ContestView? Contested)
{
    internal static CompletionView Of(Completion it, Viewpoint at) => new(
        it.DoneOn, it.Note, SubmittedDocumentView.Of(it.Documents, at), it.Party, at.Name(it.By), it.At, it.ConfirmedBy is not null,
        at.Name(it.ConfirmedBy), it.ConfirmedAt, ContestView.Of(it.Contested, at));
}

/// <param name="Reason">Why it was let go.</param>
/// <param name="Reference">The decision's reference.</param>
/// <param name="By">Who let it go.</param>
/// <param name="At">When.</param>
public sealed record WaiverView(string Reason, string Reference, PersonView By, Instant At);

/// <param name="From">The date it had.</param>
/// <param name="To">The date it got; null when it has none any more.</param>
/// <param name="Because">Stored name of the event that moved it.</param>
/// <param name="Obligation">Key of the obligation that the event concerned:
/// this one, or what it hangs on; null for the agreement as a whole.</param>
/// <param name="By">Who did that.</param>
/// <param name="At">When.</param>
public sealed record DateMoveView(LocalDate From, LocalDate? To, string Because, string? Obligation, PersonView By, Instant At);

/// <param name="Rung">Signed days from the effective date: −90 … +28.</param>
/// <param name="PlannedFor">08:00 in Stockholm on that day.</param>
/// <param name="At">When it was sent; null until then.</param>
/// <param name="To">Keys of the parties reminded, or to be reminded.</param>
/// <param name="Skipped">Whether the day had passed when the date was set, so that it is not sent.</param>
/// <param name="Held">Whether it is not sent because all whom it would go to have asked to be reminded later.</param>
public sealed record ReminderView(int Rung, Instant PlannedFor, Instant? At, IReadOnlyList<string> To, bool Skipped, bool Held)
{
    internal static ReminderView Of(Rung rung) =>
        new(rung.Days, rung.PlannedFor, rung.Sent?.At, rung.To, rung.IsSkipped, rung.IsHeld);
}
