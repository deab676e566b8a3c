using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Parties;
using NodaTime;

namespace MrAgreement.Obligations;

/// <summary>Keeps what one's own party means to submit, finished or not.</summary>
/// <param name="Documents">Ids of documents of one's own party; their newest versions are drafted.</param>
public sealed record DraftSubmission(string Obligation, string Summary, string? CoverLetter, IReadOnlyList<Guid> Documents, int? Statement) : ActWithDocuments(Obligation, Documents);

/// <summary>A colleague agrees that the draft may leave the house.</summary>
/// <param name="Revision">The revision that was read.</param>
public sealed record SignOffDraft(string Obligation, int Revision) : ObligationCommand(Obligation);

/// <summary>Throws away what one's own party has drafted.</summary>
public sealed record DiscardDraft(string Obligation) : ObligationCommand(Obligation);

public sealed record SubmissionDrafted(
    string Obligation, int Revision, string Summary, string? CoverLetter, IReadOnlyList<DocumentVersion> Documents, int? Statement, string Party) : OwnEvent(Obligation, Party);

public sealed record DraftSignedOff(string Obligation, int Revision, string Party) : OwnEvent(Obligation, Party);

/// <param name="Revision">The last one that there was.</param>
public sealed record DraftDiscarded(string Obligation, int Revision, string Party) : OwnEvent(Obligation, Party);

/// <summary>What a submission says and holds. In which order its documents are named makes no difference.</summary>
public sealed record SubmissionContent(string Summary, string? CoverLetter, IReadOnlyList<DocumentVersion> Documents, int? Statement)
{
    public bool Equals(SubmissionContent? other) =>
        other is not null && (Summary, CoverLetter, Statement) == (other.Summary, other.CoverLetter, other.Statement) && Documents.ToHashSet().SetEquals(other.Documents);

    /// <summary>Whether it says the same, but for blanks.</summary>
    public bool SaysSame(SubmissionContent other) => Plain.Equals(other.Plain);

    SubmissionContent Plain => this with { Summary = Words(Summary), CoverLetter = SubmissionDecisions.Letter(CoverLetter) is { } letter ? Words(letter) : null };

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
}

/// <summary>Decisions on drafts of submissions and their sign-off within the party.</summary>
static class DraftDecisions
{
    public static Decision Decide(Dossier dossier, Obligation it, DraftSubmission command, Occasion on)
    {
        if (SubmissionDecisions.Standing(it, on) is { } denied)
            return denied;
        if (it.IsSettled && !SubmissionDecisions.Reopens(dossier, it, command.Statement is { } number ? dossier.Grant.Statements.ElementAtOrDefault(number - 1) : null))
            return new Refused("obligation-settled", ("obligation", it.Title));
        if (SubmissionDecisions.TextFaults(command.Summary, command.CoverLetter, mayBeEmpty: true) is { Count: > 0 } faults)
            return Refused.Invalid(faults);
        var (documents, refused) = dossier.Documents.Own(command.Documents, on.By.Party);
        if (refused is not null)
            return refused;
        var content = new SubmissionContent(command.Summary, SubmissionDecisions.Letter(command.CoverLetter), documents, command.Statement);
        var draft = it.Drafts.GetValueOrDefault(on.By.Party);
        return draft?.Content.Equals(content) == true
            ? new Nothing()
            : new SubmissionDrafted(it.Key, it.Revisions.GetValueOrDefault(on.By.Party) + 1, content.Summary, content.CoverLetter, documents, content.Statement, on.By.Party);
    }

    public static Decision Decide(Obligation it, SignOffDraft command, Occasion on)
    {
        if (SubmissionDecisions.Standing(it, on) is { } denied)
            return denied;
        if (it.Drafts.GetValueOrDefault(on.By.Party) is not { } draft)
            return new Refused("no-draft", ("obligation", it.Title));
        if (draft.Revision != command.Revision)
            return new Refused("draft-changed", ("number", draft.Revision));
        if (draft.SignedOffBy == on.By.Id)
            return new Nothing();
        // Two pairs of eyes: nobody signs off their own words.
        if (draft.By == on.By.Id)
            return new Refused("own-draft", RefusalKind.Forbidden);
        return draft.SignedOffBy is null ? new DraftSignedOff(it.Key, draft.Revision, on.By.Party) : new Refused("already-signed-off");
    }

    public static Decision Decide(Obligation it, DiscardDraft command, Occasion on)
    {
        if (SubmissionDecisions.Standing(it, on) is { } denied)
            return denied;
        return it.Drafts.GetValueOrDefault(on.By.Party) is { } draft ? new DraftDiscarded(it.Key, draft.Revision, on.By.Party) : new Nothing();
    }

    /// <summary>Where the party's terms ask for it, only what a colleague has signed off, word for word, is submitted.</summary>
    public static Refused? Unsigned(Party party, Obligation it, SubmissionContent content) =>
        party.SignOff is not true || it.Drafts.GetValueOrDefault(party.Key) is { SignedOffBy: not null } draft && draft.Content.Equals(content)
            ? null
            : new("not-signed-off", ("obligation", it.Title));
}
