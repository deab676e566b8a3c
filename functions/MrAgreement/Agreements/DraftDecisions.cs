using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on drafts of submissions and their sign-off within the party.</summary>
static class DraftDecisions
{
    /// <summary>What stands against an act on a party's draft as things are; null for nothing.</summary>
    public static Refused? Against(Dossier dossier, Obligation it, Act act, Occasion on) => SubmissionDecisions.Standing(it, on)
        ?? (act, it.Drafts.GetValueOrDefault(on.By.Party)) switch
        {
            (Act.DraftSubmission, _) => SubmissionDecisions.Settled(dossier, it, _ => null),
            (_, null) => new("no-draft", ("obligation", it.Title)),
            (Act.DiscardDraft, _) => null,
            // Two pairs of eyes: nobody signs off their own words.
            (_, { By: var by }) when by == on.By.Id => new("own-draft", RefusalKind.Forbidden),
            // It waits for whoever drafts, who changes it.
            (_, { SentBack: not null }) => new("draft-sent-back", ("obligation", it.Title)),
            (_, { SignedOffBy: null }) => null,
            _ => new("already-signed-off")
        };

    public static Decision Decide(Dossier dossier, Obligation it, DraftSubmission command, Occasion on)
    {
        if (Against(dossier, it, command.Act, on) is { } denied)
            return denied;
        if (it.IsSettled && !SubmissionDecisions.Reopens(dossier, it,
            command.Statement is { } number ? dossier.Grant.Statements.Find(number) : null))
            return SubmissionDecisions.IsSettled(it).NotSo();
        if (command.Plan is { } plan && SubmissionDecisions.UnfitPlan(dossier, it, plan, on) is { } unfit)
            return unfit;
        var faults = SubmissionDecisions.TextFaults(command.Summary, command.CoverLetter, mayBeEmpty: true);
        var contents = SubmissionDecisions.Held(it, command.Contents ?? [], faults);
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        var (documents, refused) = dossier.Documents.Own(command.Documents, on.By.Party);
        if (refused is not null)
            return refused;
        var content = new SubmissionContent(command.Summary, SubmissionContent.Letter(command.CoverLetter), documents, command.Statement,
            command.Plan, contents);
        var draft = it.Drafts.GetValueOrDefault(on.By.Party);
        return draft?.Content.Equals(content) == true
            ? new Nothing()
            : new SubmissionDrafted(it.Key, it.Revisions.GetValueOrDefault(on.By.Party) + 1, content.Summary, content.CoverLetter,
            documents, content.Statement, on.By.Party, content.Plan, contents.Count > 0 ? contents : null);
    }

    public static Decision Decide(Dossier dossier, Obligation it, SignOffDraft command, Occasion on)
    {
        var draft = it.Drafts.GetValueOrDefault(on.By.Party);
        if (draft?.SignedOffBy == on.By.Id && draft.Revision == command.Revision)
            return new Nothing();
        if (Against(dossier, it, command.Act, on) is { } refused)
            return refused;
        return draft!.Revision == command.Revision
            ? new DraftSignedOff(it.Key, draft.Revision, on.By.Party)
            : new Refused("draft-changed", RefusalKind.NotSo, ("number", draft.Revision));
    }

    public static Decision Decide(Dossier dossier, Obligation it, SendBackDraft command, Occasion on)
    {
        var (draft, reason) = (it.Drafts.GetValueOrDefault(on.By.Party), command.Reason.Trim());
        if (draft?.SentBack is { } done && (draft.Revision, done.By, done.Reason) == (command.Revision, on.By.Id, reason))
            return new Nothing();
        return Against(dossier, it, command.Act, on) ?? Refused.Text("/reason", command.Reason, 4000)
            ?? (draft!.Revision == command.Revision
                ? (Decision)new DraftSentBack(it.Key, draft.Revision, reason, on.By.Party)
                : new Refused("draft-changed", RefusalKind.NotSo, ("number", draft.Revision)));
    }

    public static Decision Decide(Obligation it, DiscardDraft _, Occasion on) =>
        SubmissionDecisions.Standing(it, on) is { } denied ? denied
        : it.Drafts.GetValueOrDefault(on.By.Party) is { } draft ? new DraftDiscarded(it.Key, draft.Revision, on.By.Party)
        : new Nothing();

    /// <summary>Where the party's terms ask for it, only what a colleague has signed off, word for word, is submitted.</summary>
    public static Refused? Unsigned(Party party, Obligation it, SubmissionContent content) =>
        party.SignOff is not true || it.Drafts.GetValueOrDefault(party.Key) is { SignedOffBy: not null } draft
            && draft.Content.Equals(content)
            ? null
            : NotSignedOff(it);

    /// <summary>What stands against submitting anything there: nothing is signed off, or documents are newer than what was, or withdrawn.
    /// </summary>
    public static Refused? AgainstUnsigned(Dossier dossier, Party party, Obligation it) =>
        party.SignOff is not true || it.Drafts.GetValueOrDefault(party.Key) is { SignedOffBy: not null } draft
            && draft.Content.Documents.All(signed => dossier.Documents[signed.Document] is { Withdrawn: null } document
                && document.Versions.Count == signed.Version)
            ? null
            : NotSignedOff(it);

    static Refused NotSignedOff(Obligation it) => new("not-signed-off", ("obligation", it.Title));
}
