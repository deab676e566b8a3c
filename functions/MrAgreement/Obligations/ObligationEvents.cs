using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Documents;

namespace MrAgreement.Obligations;

/// <summary>Something that happens to one obligation.</summary>
/// <param name="Obligation">Its key.</param>
public abstract record ObligationEvent(string Obligation) : Event
{
    public static Obligation Evolve(Obligation before, ObligationEvent happened, Recorded recorded)
    {
        var after = Changed(before, happened, recorded);
        return happened is ReminderEvent or OwnEvent ? after : after with { Touched = recorded.Sequence };
    }

    static Obligation Changed(Obligation it, ObligationEvent happened, Recorded recorded) => happened switch
    {
        SubmissionMade e => it with
        {
            Submissions = it.Submissions.Add(new(e.Number, e.Summary, e.Documents, recorded.By, e.Party, recorded.At,
                StockholmTime.DateOf(recorded.At), it.Acceptance ? SubmissionState.Submitted : SubmissionState.Accepted)
            {
                Statement = e.Statement, Plan = e.Plan, CoverLetter = e.CoverLetter, Contents = e.Contents ?? [], DueOn = it.EffectiveDueOn
            }),
            Drafts = it.Drafts.Remove(e.Party)
        },
        SubmissionAccepted e => Decided(it, e.Number, SubmissionState.Accepted, new(recorded.By, recorded.At, e.Comment, null)),
        // Rungs that passed while the submission lay with the receiver are not sent afterwards.
        SubmissionReturned e => Decided(it, e.Number, SubmissionState.Returned, new(recorded.By, recorded.At, e.Reason, e.CompleteBy)) with
        {
            DecidedDueOn = e.CompleteBy, CompletesBy = e.CompleteBy,
            DecidedBeforeReturn = it.IsToComplete ? it.DecidedBeforeReturn : it.DecidedDueOn, RemindersSince = recorded.At
        },
        SubmissionWithdrawn e => Decided(it, e.Number, SubmissionState.Withdrawn,
            new(recorded.By, recorded.At, e.Reason, null)) with { RemindersSince = recorded.At },
        SubmissionNoted e => it with
        {
            Submissions = it.Submissions.SetItem(e.Number - 1,
                it.Submissions[e.Number - 1] with { Noted = new(recorded.By, recorded.At) })
        },
        ObligationCompleted e => it with { Completions = it.Completions.Add(new(e.DoneOn, e.Note, e.Documents, recorded.By, e.Party,
            recorded.At) { Consultation = e.Consultation }) },
        CompletionConfirmed => it with
        {
            Completions = it.Completions.SetItem(it.Completions.Count - 1,
                it.Completions[^1] with { ConfirmedBy = recorded.By, ConfirmedAt = recorded.At, Contested = null })
        },
        CompletionContested e => it with
        {
            Completions = it.Completions.SetItem(it.Completions.Count - 1,
                it.Completions[^1] with { Contested = new(e.Party, e.Reason, recorded.By, recorded.At) })
        },
        ObligationScheduled e => it with { ScheduledOn = e.On, DecidedDueOn = it.Due is OnceScheduled ? null : it.DecidedDueOn },
        ExtensionGranted e => it with
        {
            DecidedDueOn = e.DueOn, CompletesBy = null, ClaimedDueOn = null, Extended = e,
            ExtendedClaims = it.Claimed is { } extended ? it.ExtendedClaims.SetItem(extended, e.DueOn) : it.ExtendedClaims
        },
        ObligationWaived e => it with { Waived = new(e.Reason, e.Reference, recorded.By, recorded.At) },
        ObligationFulfilled e => it with { FulfilledOn = e.On },
        ObligationReopened => it with { FulfilledOn = null, RemindersSince = recorded.At },
        RepaymentClaimed { Disallowance: { } number } e => it with
        {
            Claimed = number, ClaimedDueOn = it.ExtendedClaims.ContainsKey(number) ? null : e.DueOn,
            Agreed = it.Agreed ?? new(it.DecidedDueOn, it.EffectiveDueOn),
            DecidedDueOn = e.DueOn, Waived = null, FulfilledOn = null, RemindersSince = recorded.At
        },
        RepaymentClaimed => it with
        {
            Claimed = null, ClaimedDueOn = null, Agreed = null, DecidedDueOn = it.Agreed?.Decided, RemindersSince = recorded.At
        },
        ObligationRedated e => it with
        {
            Due = new OnDate(e.DueOn), DecidedDueOn = it.Due == new OnDate(e.DueOn) ? it.DecidedDueOn : null, Clause = e.Clause,
            Waived = null,
            RemindersSince = it.Waived is null ? it.RemindersSince : recorded.At
        },
        DateLost e => it with { LostDateOf = e.Of },
        InternalNoteWritten e => it with { Notes = it.Notes.Add(new(e.Submission, e.Text, recorded.By, e.Party, recorded.At)) },
        MinistryCommentRecorded e => it with
        {
            MinistryComments = it.MinistryComments.Add(new(e.Submission, e.Ministry, e.Text, e.ReceivedOn, recorded.By, e.Party,
                recorded.At))
        },
        SubmissionDrafted e => it with
        {
            Drafts = it.Drafts.SetItem(e.Party,
                new(e.Revision, new(e.Summary, e.CoverLetter, e.Documents, e.Statement, e.Plan, e.Contents ?? []), recorded.By, recorded.At,
                    recorded.Sequence)),
            Revisions = it.Revisions.SetItem(e.Party, e.Revision)
        },
        DraftSentBack e => it with
        {
            Drafts = it.Drafts.SetItem(e.Party, it.Drafts[e.Party] with
            {
                SentBack = new(e.Reason, recorded.By, recorded.At), Touched = recorded.Sequence
            })
        },
        DraftSignedOff e => it with
        {
            Drafts = it.Drafts.SetItem(e.Party,
                it.Drafts[e.Party] with { SignedOffBy = recorded.By, SignedOffAt = recorded.At, Touched = recorded.Sequence })
        },
        DraftDiscarded e => it with { Drafts = it.Drafts.Remove(e.Party) },
        TimeProposed e => ProposedTimes.Evolve(it, e, recorded),
        TimeAgreed e => ProposedTimes.Evolve(it, e, recorded),
        TimeCalledOff e => ProposedTimes.Evolve(it, e, recorded),
        ViewGiven e => it with { Views = it.Views.RemoveAll(v => (v.Item, v.Party) == (e.Item, e.Party))
            .Add(new(e.Item, e.Text, recorded.By, e.Party, recorded.At)) },
        ReminderSent e => it with { Reminders = it.Reminders.Add(new(e.Rung, e.DueOn, recorded.At, e.To)) },
        ReviewReminded e => it with { ReviewReminders = it.ReviewReminders.Add(new(e.Submission, e.Days, recorded.At, e.To)) },
        ReminderAcknowledged e => it with
        {
            Acknowledged = it.Acknowledged.Add(new(e.Party, e.DueOn, e.Until, e.Reason, recorded.By, recorded.At, e.Submission))
        },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    static Obligation Decided(Obligation it, int number, SubmissionState state, SubmissionDecision decision) => it with
    {
        Submissions = it.Submissions.SetItem(number - 1, it.Submissions[number - 1] with { State = state, Decision = decision })
    };
}

/// <summary>A numbered version was delivered; without acceptance in the terms that settles the obligation.</summary>
public sealed record SubmissionMade(string Obligation, int Number, string Summary, IReadOnlyList<DocumentVersion> Documents, string Party,
    int? Statement = null, string? CoverLetter = null, int? Plan = null, IReadOnlyList<HeldContent>? Contents = null)
    : ObligationEvent(Obligation);

public sealed record SubmissionAccepted(string Obligation, int Number, string? Comment) : ObligationEvent(Obligation);

/// <summary>The receiver asks for completion; <paramref name="CompleteBy"/> is the due date from here on.</summary>
public sealed record SubmissionReturned(string Obligation, int Number, string Reason, LocalDate CompleteBy) : ObligationEvent(Obligation);

/// <summary>The receiver has read what needs no approval.</summary>
public sealed record SubmissionNoted(string Obligation, int Number) : ObligationEvent(Obligation);

/// <summary>The sender took it back before it was decided; it stays on record.</summary>
public sealed record SubmissionWithdrawn(string Obligation, int Number, string Reason) : ObligationEvent(Obligation);

/// <summary>A joint or continuous obligation was performed, as one party records it.</summary>
/// <param name="Consultation">What was treated and decided, of a consultation.</param>
public sealed record ObligationCompleted(
    string Obligation, LocalDate DoneOn, string Note, IReadOnlyList<DocumentVersion> Documents, string Party,
    ConsultationRecord? Consultation = null) : ObligationEvent(Obligation);

/// <summary>The other party confirms the last record.</summary>
public sealed record CompletionConfirmed(string Obligation, string Party) : ObligationEvent(Obligation);

/// <summary>The other party says that the last record is not right.</summary>
public sealed record CompletionContested(string Obligation, string Party, string Reason) : ObligationEvent(Obligation);

/// <summary>The parties set or moved the day on which it takes place.</summary>
public sealed record ObligationScheduled(string Obligation, LocalDate On) : ObligationEvent(Obligation);

/// <summary>The party it is owed to has given a later date (anstånd).</summary>
public sealed record ExtensionGranted(string Obligation, LocalDate DueOn, string Reference) : ObligationEvent(Obligation);

public sealed record ObligationWaived(string Obligation, string Reason, string Reference) : ObligationEvent(Obligation);

/// <summary>What the grant has to show fulfils the obligation (a requisition dispatched, the grant paid, the balance at zero).</summary>
public sealed record ObligationFulfilled(string Obligation, LocalDate On) : ObligationEvent(Obligation);

/// <summary>What fulfilled the obligation no longer holds (a requisition refused, a balance that is zero no more).</summary>
public sealed record ObligationReopened(string Obligation) : ObligationEvent(Obligation);

/// <summary>What is to be paid back next is a clawback's part, and its day the repayment's; or what was unspent again.</summary>
/// <param name="Disallowance">Number of the decision; null when the agreed day is the next again.</param>
/// <param name="DueOn">Its day; null likewise.</param>
public sealed record RepaymentClaimed(string Obligation, int? Disallowance, LocalDate? DueOn) : ObligationEvent(Obligation);

/// <summary>The decision that brought the obligation has another day for it, or brings it back.</summary>
/// <param name="Clause">Reference of the decision; null when the day is that of the terms again.</param>
public sealed record ObligationRedated(string Obligation, LocalDate DueOn, string? Clause) : ObligationEvent(Obligation);

/// <summary>What its date was counted from was let go: it has none until the grantor sets one.</summary>
/// <param name="Of">Key of the obligation that was let go.</param>
public sealed record DateLost(string Obligation, string Of) : ObligationEvent(Obligation);

/// <summary>Somebody was reminded: it changes nothing of the obligation, and no version.</summary>
/// <param name="To">Keys of the parties.</param>
public abstract record ReminderEvent(string Obligation, IReadOnlyList<string> To) : ObligationEvent(Obligation);

/// <summary>A reminder went out: once for each rung and date.</summary>
/// <param name="DueOn">The effective date that it reminds of.</param>
public sealed record ReminderSent(string Obligation, int Rung, LocalDate DueOn, Instant PlannedFor, IReadOnlyList<string> To)
    : ReminderEvent(Obligation, To);

/// <summary>Something delivered has waited so long for its review: once for each step.</summary>
/// <param name="Submission">Its number.</param>
/// <param name="Days">Days since it came in.</param>
public sealed record ReviewReminded(string Obligation, int Submission, int Days, Instant PlannedFor, IReadOnlyList<string> To)
    : ReminderEvent(Obligation, To);

/// <summary>An obligation came to exist after signature, by the release of an
/// instalment: to requisition it, or to pay back what is unspent of it.</summary>
/// <param name="Clause">Reference of the decision that released it.</param>
public sealed record ObligationAdded(
    string Obligation, ObligationKind Kind, string Instalment, LocalDate DueOn, IReadOnlyList<string> Rests, string? Clause) : Event;
