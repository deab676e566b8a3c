using MrAgreement.Documents;

namespace MrAgreement.Obligations;

/// <summary>A numbered version of what was delivered; stays on record whatever becomes of it.</summary>
/// <param name="Number">From 1, within the obligation.</param>
/// <param name="On">The day in Stockholm on which it came in.</param>
public sealed record Submission(
    int Number, string Summary, IReadOnlyList<DocumentVersion> Documents, PersonId By, string Party, Instant At, LocalDate On,
    SubmissionState State)
{
    public SubmissionDecision? Decision { get; init; }

    /// <summary>Who of the receiver has read what needs no approval; null until then.</summary>
    public SubmissionReader? Noted { get; init; }

    /// <summary>The effective date that it came in against; stays when the obligation's date moves. Null when there was none.</summary>
    public LocalDate? DueOn { get; init; }

    /// <summary>How many days after its date it came in; 0 for in time.</summary>
    public int DaysLate => DueOn < On ? NodaTime.Period.DaysBetween(DueOn.Value, On) : 0;

    /// <summary>Number of the statement that it delivers; null when it delivers none.</summary>
    public int? Statement { get; init; }

    /// <summary>Number of the version of the plan that it delivers; null when it delivers none.</summary>
    public int? Plan { get; init; }

    /// <summary>Words to the recipient (missiv); null when there are none.</summary>
    public string? CoverLetter { get; init; }

    /// <summary>Whether it was neither taken back nor returned.</summary>
    public bool Stands => State is SubmissionState.Submitted or SubmissionState.Accepted;

    /// <summary>Where what the clause asks for stands, as its sender says.</summary>
    public IReadOnlyList<HeldContent> Contents { get; init; } = [];

    public SubmissionContent Content => new(Summary, CoverLetter, Documents, Statement, Plan, Contents);
}

/// <summary>Who said that their party has read it.</summary>
public sealed record SubmissionReader(PersonId By, Instant At);

public enum SubmissionState
{
    Submitted,
    Accepted,
    Returned,
    Withdrawn
}

/// <summary>What became of a submission, by whom, and in what words.</summary>
/// <param name="Text">Comment on an acceptance, reason of a return or a withdrawal.</param>
/// <param name="CompleteBy">New date, of a return.</param>
public sealed record SubmissionDecision(PersonId By, Instant At, string? Text, LocalDate? CompleteBy);
