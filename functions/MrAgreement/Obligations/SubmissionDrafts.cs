using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Obligations;

/// <summary>Keeps what one's own party means to submit, finished or not.</summary>
/// <param name="Documents">Ids of documents of one's own party; their newest versions are drafted.</param>
/// <param name="Contents">Where what the clause asks for stands; null for not said.</param>
public sealed record DraftSubmission(string Obligation, string Summary, string? CoverLetter, IReadOnlyList<Guid> Documents, int? Statement,
    int? Plan = null, IReadOnlyList<HeldContent>? Contents = null) : ActWithDocuments(Act.DraftSubmission, Obligation, Documents);

/// <summary>A colleague agrees that the draft may leave the house.</summary>
/// <param name="Revision">The revision that was read.</param>
public sealed record SignOffDraft(string Obligation, int Revision) : ObligationCommand(Act.SignOffDraft, Obligation);

/// <summary>A colleague who should sign it off sends it back instead, and says why.</summary>
/// <param name="Revision">The revision that was read.</param>
public sealed record SendBackDraft(string Obligation, int Revision, string Reason) : ObligationCommand(Act.SendBackDraft, Obligation);

/// <summary>Throws away what one's own party has drafted.</summary>
public sealed record DiscardDraft(string Obligation) : ObligationCommand(Act.DiscardDraft, Obligation);

public sealed record SubmissionDrafted(
    string Obligation, int Revision, string Summary, string? CoverLetter, IReadOnlyList<DocumentVersion> Documents, int? Statement,
    string Party, int? Plan = null, IReadOnlyList<HeldContent>? Contents = null) : OwnEvent(Obligation, Party);

public sealed record DraftSignedOff(string Obligation, int Revision, string Party) : OwnEvent(Obligation, Party);

/// <summary>The draft is not to be signed off as it is; it waits for being changed.</summary>
public sealed record DraftSentBack(string Obligation, int Revision, string Reason, string Party) : OwnEvent(Obligation, Party);

/// <param name="Revision">The last one that there was.</param>
public sealed record DraftDiscarded(string Obligation, int Revision, string Party) : OwnEvent(Obligation, Party);

/// <summary>What a submission says and holds. In which order its documents are named makes no difference.</summary>
/// <param name="Contents">Where what the clause asks for stands, in its order.</param>
public sealed record SubmissionContent(string Summary, string? CoverLetter, IReadOnlyList<DocumentVersion> Documents, int? Statement,
    int? Plan, IReadOnlyList<HeldContent> Contents)
{
    public bool Equals(SubmissionContent? other) =>
        other is not null && (Summary, CoverLetter, Statement, Plan) == (other.Summary, other.CoverLetter, other.Statement, other.Plan)
            && Documents.ToHashSet().SetEquals(other.Documents) && Contents.SequenceEqual(other.Contents);

    /// <summary>Whether it says the same, but for blanks.</summary>
    public bool SaysSame(SubmissionContent other) => Plain.Equals(other.Plain);

    SubmissionContent Plain => this with
    {
        Summary = Words(Summary), CoverLetter = Letter(CoverLetter) is { } letter ? Words(letter) : null,
        Contents = [.. Contents.Select(it => it with { Where = Words(it.Where) })]
    };

    /// <summary>A covering letter without a word in it is none.</summary>
    public static string? Letter(string? coverLetter) => string.IsNullOrWhiteSpace(coverLetter) ? null : coverLetter;

    static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public override int GetHashCode() => HashCode.Combine(Summary, CoverLetter, Statement, Documents.Count);
}

/// <summary>A party's draft of its next submission; gone when it has submitted or discarded it.</summary>
/// <param name="Revision">From 1; every change makes a new one, and none is used twice.</param>
/// <param name="By">Whoever made the last change.</param>
/// <param name="Touched">Sequence of its last event.</param>
public sealed record SubmissionDraft(int Revision, SubmissionContent Content, PersonId By, Instant At, long Touched)
{
    /// <summary>The colleague who has signed off this revision; null until then.</summary>
    public PersonId? SignedOffBy { get; init; }

    public Instant? SignedOffAt { get; init; }

    /// <summary>Why a colleague has sent this revision back; null while nobody has.</summary>
    public SentBack? SentBack { get; init; }
}

/// <summary>Why a draft was sent back, by whom and when.</summary>
public sealed record SentBack(string Reason, PersonId By, Instant At);
