using MrAgreement.EventSourcing;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on drafts of submissions and their sign-off within the party.</summary>
static class DraftDecisions
{
    public static Decision Decide(Dossier dossier, Obligation it, DraftSubmission command, Occasion on)
    {
        if (SubmissionDecisions.Standing(it, on) is { } denied)
            return denied;
        if (it.IsSettled && !SubmissionDecisions.Reopens(dossier, it,
            command.Statement is { } number ? dossier.Grant.Statements.ElementAtOrDefault(number - 1) : null))
            return new Refused("obligation-settled", ("obligation", it.Title));
        if (SubmissionDecisions.TextFaults(command.Summary, command.CoverLetter, mayBeEmpty: true) is { Count: > 0 } faults)
            return Refused.Invalid(faults);
        var (documents, refused) = dossier.Documents.Own(command.Documents, on.By.Party);
        if (refused is not null)
            return refused;
        var content = new SubmissionContent(command.Summary, SubmissionContent.Letter(command.CoverLetter), documents, command.Statement);
        var draft = it.Drafts.GetValueOrDefault(on.By.Party);
        return draft?.Content.Equals(content) == true
            ? new Nothing()
            : new SubmissionDrafted(it.Key, it.Revisions.GetValueOrDefault(on.By.Party) + 1, content.Summary, content.CoverLetter,
            documents, content.Statement, on.By.Party);
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
        return it.Drafts.GetValueOrDefault(on.By.Party) is { } draft
            ? new DraftDiscarded(it.Key, draft.Revision, on.By.Party)
            : new Nothing();
    }

    /// <summary>Where the party's terms ask for it, only what a colleague has signed off, word for word, is submitted.</summary>
    public static Refused? Unsigned(Party party, Obligation it, SubmissionContent content) =>
        party.SignOff is not true || it.Drafts.GetValueOrDefault(party.Key) is { SignedOffBy: not null } draft
            && draft.Content.Equals(content)
            ? null
            : new("not-signed-off", ("obligation", it.Title));
}
