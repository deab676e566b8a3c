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

/// <summary>Which forms to show whom. A courtesy only: the rules decide when a form comes in.</summary>
static class ObligationActs
{
    public static IReadOnlyList<ObligationAct> For(Dossier dossier, Obligation it, Actor actor) =>
        dossier.Agreement is { IsRunning: true } agreement
            ? [.. Enum.GetValues<ObligationAct>()
            .Where(act => (agreement.Reopened is null || act == ObligationAct.Extend) && May(act, dossier, actor)
            && Fits(act, dossier, it, actor))]
            : [];

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

    static bool May(ObligationAct act, Dossier dossier, Actor actor) => Rights.May(actor, RightFor(act), dossier.Agreement.Terms.Parties);

    static Right RightFor(ObligationAct act) => act switch
    {
        ObligationAct.Submit or ObligationAct.SignOff or ObligationAct.Withdraw => Right.Deliver,
        ObligationAct.Accept or ObligationAct.Return => Right.Review,
        ObligationAct.Complete or ObligationAct.Confirm or ObligationAct.Schedule => Right.RecordJointAct,
        ObligationAct.Extend => Right.Extend,
        ObligationAct.Waive => Right.Waive
    };

    static bool Fits(ObligationAct act, Dossier dossier, Obligation it, Actor actor) => act switch
    {
        ObligationAct.SignOff => it is { Kind: ObligationKind.Deliverable, IsDelivered: false } && IsMine(it, actor)
            && WantsSignOff(dossier, actor)
            && it.Drafts.GetValueOrDefault(actor.Party) is { SignedOffBy: null } draft && draft.By != actor.Id,
        ObligationAct.Submit => it.Kind == ObligationKind.Deliverable && IsMine(it, actor)
            && (!it.IsDelivered || it.IsSettled && dossier.Grant.Statements.Exists(s => SubmissionDecisions.Reopens(dossier, it, s))),
        ObligationAct.Withdraw => Pending(it)?.Party == actor.Party && IsMine(it, actor),
        ObligationAct.Accept or ObligationAct.Return =>
            it.Acceptance && it.Recipient == actor.Party && Pending(it) is { } pending && pending.Party != actor.Party,
        ObligationAct.Complete => it.Waived is null && it.Responsible.Contains(actor.Party)
            && (it.Kind == ObligationKind.Continuous || it is { Kind: ObligationKind.Joint, Completions.Count: 0 }),
        ObligationAct.Confirm => it.Completions.LastOrDefault() is { ConfirmedBy: null } last && last.Party != actor.Party
            && Concerns(it, actor),
        ObligationAct.Schedule => !it.IsSettled && (it.Kind == ObligationKind.Joint || it.Due is OnceScheduled) && Concerns(it, actor),
        ObligationAct.Extend => it is { IsSettled: false, DueOn: not null } or { AwaitsDate: true },
        ObligationAct.Waive => !it.IsSettled
    };

    static Submission? Pending(Obligation it) => it.LastSubmission is { State: SubmissionState.Submitted } pending ? pending : null;

    static bool IsMine(Obligation it, Actor actor) => it.Responsible.Contains(actor.Party) && (actor.Role != Role.Finance || it.Financial);

    static bool Concerns(Obligation it, Actor actor) => it.Responsible.Contains(actor.Party) || it.Recipient == actor.Party;
}
