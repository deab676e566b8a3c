using MrAgreement.Parties;

namespace MrAgreement.Drafts;

/// <summary>Who may do what with drafts of terms.</summary>
public static class DraftSight
{
    /// <summary>Whether somebody may write drafts at all: whoever may make agreements of them.</summary>
    /// <param name="mayGrant">Whether the person's party may make agreements.</param>
    public static bool Writes(Actor by, bool mayGrant) => mayGrant && Rights.MaySomewhere(by, Right.CreateAgreement);

    /// <summary>Whether this draft is theirs to write.</summary>
    public static bool Writes(TermsDraft draft, Actor by, bool mayGrant) => draft.Party == by.Party && Writes(by, mayGrant);

    /// <summary>Whether they may read it and comment on it: its own people, and those of the parties that it is shown to.</summary>
    public static bool Sees(TermsDraft draft, Actor by, bool mayGrant) => Writes(draft, by, mayGrant)
        || draft.ShownTo.Contains(by.Party)
            && Rights.May(by, Right.CommentOnDraft, DraftTerms.Parties(DraftTerms.Whole(draft)));
}
