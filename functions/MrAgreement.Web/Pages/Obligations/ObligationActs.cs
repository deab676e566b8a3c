using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Web.Pages.Obligations;

/// <summary>What somebody can do with an obligation.</summary>
public enum ObligationAct
{
    SignOff,
    Submit,
    Accept,
    Return,
    Withdraw,
    Complete,
    Confirm,
    Schedule,
    Extend,
    Waive
}

/// <summary>Which forms to show whom, of what may be done now.</summary>
static class ObligationActs
{
    public static IReadOnlyList<ObligationAct> For(Dossier dossier, Obligation it, Occasion on) =>
        [.. Enum.GetValues<ObligationAct>().Where(act => Fits(act, dossier, it, on))];

    /// <summary>The one that is the person's turn now; null when none is. The rest can wait, or is a decision out of turn.</summary>
    public static ObligationAct? Now(Obligation it, IReadOnlyList<ObligationAct> acts, LocalDate today) =>
        acts.Cast<ObligationAct?>().FirstOrDefault(act => act switch
    {
        ObligationAct.SignOff or ObligationAct.Submit or ObligationAct.Accept or ObligationAct.Confirm => true,
        ObligationAct.Complete => it.Kind == ObligationKind.Joint && (it.ScheduledOn ?? it.DueOn) is var on && (on is null || on <= today),
        ObligationAct.Schedule => it is { ScheduledOn: null, DueOn: not null },
        ObligationAct.Extend => it.AwaitsDate,
        _ => false
    });

    /// <summary>Whether a colleague must sign off what the person's party submits.</summary>
    public static bool WantsSignOff(Dossier dossier, Actor actor) => dossier.Agreement.Party(actor.Party)?.SignOff is true;

    // A form of its own for what a party has signed off; else the same one drafts and submits.
    static bool Fits(ObligationAct act, Dossier dossier, Obligation it, Occasion on) => act switch
    {
        ObligationAct.SignOff => WantsSignOff(dossier, on.By) && !it.IsDelivered && Acts.May(dossier, Act.SignOffDraft, it.Key, on),
        ObligationAct.Submit => Acts.May(dossier, Act.Submit, it.Key, on)
            || WantsSignOff(dossier, on.By) && !it.IsDelivered && Acts.May(dossier, Act.DraftSubmission, it.Key, on),
        ObligationAct.Withdraw => Acts.May(dossier, Act.WithdrawSubmission, Last(it), on),
        ObligationAct.Accept => Acts.May(dossier, Act.AcceptSubmission, Last(it), on),
        ObligationAct.Return => Acts.May(dossier, Act.ReturnSubmission, Last(it), on),
        ObligationAct.Complete => Acts.May(dossier, Act.CompleteObligation, it.Key, on),
        ObligationAct.Confirm => Acts.May(dossier, Act.ConfirmCompletion, it.Key, on),
        ObligationAct.Schedule => Acts.May(dossier, Act.ScheduleObligation, it.Key, on),
        ObligationAct.Extend => Acts.May(dossier, Act.ExtendObligation, it.Key, on),
        ObligationAct.Waive => Acts.May(dossier, Act.WaiveObligation, it.Key, on)
    };

    static Subject Last(Obligation it) => new(it.Key, it.Submissions.Count);
}
