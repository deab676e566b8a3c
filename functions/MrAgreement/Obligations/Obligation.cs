using System.Collections.Immutable;

namespace MrAgreement.Obligations;

/// <summary>One obligation that exists: of a yearly one, one year's occurrence.</summary>
/// <param name="Key">Unique in the agreement, as in <c>annual-consultation-2015</c>.</param>
/// <param name="TermsKey">The key that it has in the terms, as in <c>annual-consultation</c>.</param>
/// <param name="Year">The year, of a yearly one.</param>
/// <param name="Rests">Keys of existing obligations that should come before it.</param>
/// <param name="Instalment">Key of the instalment that it requisitions, or whose own repayment it is.</param>
public sealed record Obligation(
    string Key,
    string TermsKey,
    int? Year,
    string Title,
    ObligationKind Kind,
    IReadOnlyList<string> Responsible,
    string? Recipient,
    DueRule Due,
    IReadOnlyList<string> Rests,
    bool Acceptance,
    IReadOnlyList<string> Documents,
    string? Clause,
    bool Financial,
    string? Instalment = null)
{
    /// <summary>What the agreement says that it must treat, of a consultation.</summary>
    public IReadOnlyList<AgendaItem> Agenda { get; init; } = [];

    /// <summary>What it is for, as its terms state it; <see cref="Purposes"/> tells it where they don't.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>What its clause says; null when the terms do not repeat it.</summary>
    public string? Text { get; init; }

    /// <summary>What of it is our reading and no clause; null for nothing.</summary>
    public Reading? Reading { get; init; }

    /// <summary>What the clause says that it shall or should hold.</summary>
    public IReadOnlyList<ContentItem> Contents { get; init; } = [];

    /// <summary>What shall be there and of which a submission says no place: a warning, and no fault.</summary>
    public IReadOnlyList<ContentItem> Lacking(SubmissionContent it) =>
        [.. Contents.Where(item => item.Must == true && it.Contents.All(held => held.Key != item.Key))];

    /// <summary>Whether its acceptance is a practice that no clause asks for.</summary>
    public bool IsReviewedByPractice => Acceptance && Reading?.Acceptance is not null;

    /// <summary>Key of what its date was counted from, when that was let go; null while it has not been.</summary>
    public string? LostDateOf { get; init; }

    /// <summary>Whether it waits for the grantor to set a date for it, or to let it go too.</summary>
    public bool AwaitsDate => LostDateOf is not null && DecidedDueOn is null && ScheduledOn is null && !IsDelivered;

    /// <summary>The nominal date; null when there is none (yet). Frozen once the obligation is done or waived.</summary>
    public LocalDate? DueOn { get; init; }

    /// <summary>The date by the agreement's working-day rule; the deadline is the end of that day in Stockholm.</summary>
    public LocalDate? EffectiveDueOn { get; init; }

    /// <summary>The effective date that it had first; differs from the present one when it has been moved.</summary>
    public LocalDate? FirstDueOn { get; init; }

    public bool IsMoved => FirstDueOn != EffectiveDueOn;

    /// <summary>The newest decision on this date that governs over the due rule: extension or return.</summary>
    public LocalDate? DecidedDueOn { get; init; }

    /// <summary>The day by which it was last to be completed; null for none, and once it was extended.</summary>
    public LocalDate? CompletesBy { get; init; }

    /// <summary>What was decided of its date before it was first returned.</summary>
    public LocalDate? DecidedBeforeReturn { get; init; }

    /// <summary>Whether its date is the day by which it is to be completed: that moves nothing else.</summary>
    public bool IsToComplete => CompletesBy is { } by && by == DecidedDueOn;

    /// <summary>The date that others are counted from: its own, as it was before it was returned. Frozen with it.</summary>
    public LocalDate? CountedFrom { get; init; }

    /// <summary>The last extension that was granted; null for none.</summary>
    public ExtensionGranted? Extended { get; init; }

    /// <summary>When it is to take place, as the parties have scheduled it.</summary>
    public LocalDate? ScheduledOn { get; init; }

    /// <summary>How its date has moved since it first had one, oldest first.</summary>
    public ImmutableList<DateMove> Moves { get; init; } = [];

    public ImmutableList<Submission> Submissions { get; init; } = [];

    /// <summary>Recorded performances of a joint or continuous obligation; the last one counts.</summary>
    public ImmutableList<Completion> Completions { get; init; } = [];

    /// <summary>Each party's latest view on each item of the agenda.</summary>
    public ImmutableList<GivenView> Views { get; init; } = [];

    /// <summary>When the parties of a joint obligation have proposed to meet, by number.</summary>
    public ImmutableList<ProposedTime> Times { get; init; } = [];

    /// <summary>How often anything has become of them: calendars go by it.</summary>
    public int TimeChanges { get; init; }

    /// <summary>The time that both have agreed on; null when they have not.</summary>
    public ProposedTime? AgreedTime => Times.FindLast(time => time.State == TimeState.Agreed);

    /// <summary>The time that waits for the other party; null when none does.</summary>
    public ProposedTime? OpenTime => Times is [.., { State: TimeState.Proposed } open] ? open : null;

    /// <summary>Whether parties meet for it, so that one proposes a time and another agrees.</summary>
    public bool IsMeeting => Kind == ObligationKind.Joint && Responsible.Append(Recipient).OfType<string>().Distinct().Skip(1).Any();

    /// <summary>Each party's draft of its next submission, by the party's key.</summary>
    public ImmutableDictionary<string, SubmissionDraft> Drafts { get; init; } = ImmutableDictionary<string, SubmissionDraft>.Empty;

    /// <summary>The last revision that each party has drafted, by the party's
    /// key: nobody signs off a number that meant other words before.</summary>
    public ImmutableDictionary<string, int> Revisions { get; init; } = ImmutableDictionary<string, int>.Empty;

    public ImmutableList<InternalNote> Notes { get; init; } = [];

    public ImmutableList<MinistryComment> MinistryComments { get; init; } = [];

    public Waiver? Waived { get; init; }

    /// <summary>The day on which the grant's events fulfilled it (requisition, payment, repayment).</summary>
    public LocalDate? FulfilledOn { get; init; }

    /// <summary>Number of the disallowance whose day it has, of a repayment; null while it has the agreed one.</summary>
    public int? Claimed { get; init; }

    /// <summary>The nominal day that this disallowance gave it; null while none has, and once an extension has moved it on.</summary>
    public LocalDate? ClaimedDueOn { get; init; }

    /// <summary>The nominal days that extensions gave to what a disallowance
    /// claims, by its number: they stay while another part comes first.</summary>
    public ImmutableDictionary<int, LocalDate> ExtendedClaims { get; init; } = ImmutableDictionary<int, LocalDate>.Empty;

    /// <summary>Whether its day is that of the disallowance.</summary>
    public bool HasClaimedDay => ClaimedDueOn is { } claimed && claimed == DecidedDueOn;

    /// <summary>The day that it had before a clawback gave it another; null while none has.</summary>
    public AgreedDay? Agreed { get; init; }

    /// <summary>Since when reminders run for the present date: rungs before it are skipped. Null: none run.</summary>
    public Instant? RemindersSince { get; init; }

    public ImmutableList<SentReminder> Reminders { get; init; } = [];

    /// <summary>Reminders of what waited for its review.</summary>
    public ImmutableList<SentReviewReminder> ReviewReminders { get; init; } = [];

    /// <summary>What parties have said of their reminders, of former dates too.</summary>
    public ImmutableList<Acknowledgement> Acknowledged { get; init; } = [];

    /// <summary>Sequence of the last event that touched it, neither reminders nor what a party keeps to itself counted.</summary>
    public long Touched { get; init; }

    /// <summary>The version as a party's people see it: their own draft counts with the rest.</summary>
    public long VersionFor(string party) => Math.Max(Touched, Drafts.GetValueOrDefault(party)?.Touched ?? 0);

    public Submission? LastSubmission => Submissions.Count == 0 ? null : Submissions[^1];

    /// <summary>The submission of that number; null when there is none.</summary>
    public Submission? Submission(int number) => number >= 1 && number <= Submissions.Count ? Submissions[number - 1] : null;

    /// <summary>Whether nothing more is owed.</summary>
    public bool IsSettled => Waived is not null || IsDone;

    /// <summary>What was accepted stays so when a later version is returned or taken back; while that one waits, nothing is done.</summary>
    public bool IsDone => FulfilledOn is not null || Completions.Count > 0 || LastSubmission is { State: not SubmissionState.Submitted }
        && Submissions.Exists(s => s.State == SubmissionState.Accepted);

    /// <summary>The submission that counts: the last accepted one, or else the one that waits for its review; null for none.</summary>
    public Submission? Standing => Submissions.FindLast(s => s.State == SubmissionState.Accepted)
        ?? (LastSubmission is { State: SubmissionState.Submitted } pending ? pending : null);

    /// <summary>Whether it waits for a decision or is settled: then no reminder runs and it is not overdue.</summary>
    public bool IsDelivered => IsSettled || LastSubmission?.State == SubmissionState.Submitted;

    /// <summary>The day on which what was owed came in: the first day of the submission that counts, the day done, or fulfilled.</summary>
    public LocalDate? DeliveredOn =>
        FulfilledOn
        ?? (Completions.Count > 0 ? Completions[^1].DoneOn : default(LocalDate?))
        ?? (Submissions.Find(s => s.State == SubmissionState.Accepted) ?? Standing)?.On;

    /// <summary>Delivered, and after its effective date.</summary>
    public bool IsDeliveredLate => DeliveredOn > EffectiveDueOn;

    /// <summary>The day that the parties have set for it, where it is another than the last day for it.</summary>
    public LocalDate? TakesPlaceOn => ScheduledOn == EffectiveDueOn ? null : ScheduledOn;

    /// <summary>Past its effective date and not delivered.</summary>
    public bool IsOverdue(LocalDate today) => !IsDelivered && EffectiveDueOn < today;
}

/// <summary>A nominal date that moved, and what moved it.</summary>
/// <param name="To">Null when it has no date any more.</param>
/// <param name="Because">The event: its own, or that of what it hangs on.</param>
public sealed record DateMove(LocalDate From, LocalDate? To, Event Because, Recorded Recorded);

/// <param name="Decided">By a decision, when one governed over the due rule.</param>
public sealed record AgreedDay(LocalDate? Decided, LocalDate? Effective);

public sealed record Waiver(string Reason, string Reference, PersonId By, Instant At);

/// <param name="Rung">Signed days from the effective date: −90 … +28.</param>
/// <param name="DueOn">The effective date that it reminded of.</param>
/// <param name="To">Keys of the parties reminded.</param>
public sealed record SentReminder(int Rung, LocalDate DueOn, Instant At, IReadOnlyList<string> To);

/// <param name="Submission">Number of what waited.</param>
/// <param name="Days">Days that it had waited.</param>
public sealed record SentReviewReminder(int Submission, int Days, Instant At, IReadOnlyList<string> To);
