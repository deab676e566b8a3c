using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Web.Pages.Obligations;

/// <summary>Which forms to show whom, of what may be done now with an obligation.</summary>
static class ObligationActs
{
    // In the order in which they are shown.
    static readonly IReadOnlyList<Act> shown =
    [
        Act.SignOffDraft, Act.SendBackDraft, Act.Submit, Act.AcceptSubmission, Act.ReturnSubmission, Act.NoteSubmission,
        Act.WithdrawSubmission, Act.CompleteObligation, Act.ConfirmCompletion, Act.AgreeToTime, Act.ProposeTime, Act.ScheduleObligation,
        Act.CallOffTime, Act.ExtendObligation, Act.WaiveObligation
    ];

    public static IReadOnlyList<Act> For(Dossier dossier, Obligation it, Occasion on) =>
        [.. shown.Where(act => Fits(act, dossier, it, on))];

    /// <summary>The one that is the person's turn now; null when none is. The rest can wait, or is a decision out of turn.</summary>
    public static Act? Now(Obligation it, IReadOnlyList<Act> acts, LocalDate today) =>
        acts.Cast<Act?>().FirstOrDefault(act => act switch
    {
        Act.SignOffDraft or Act.Submit or Act.AcceptSubmission or Act.NoteSubmission or Act.ConfirmCompletion
            or Act.AgreeToTime => true,
        Act.CompleteObligation => it.Kind == ObligationKind.Joint
            && (it.ScheduledOn ?? it.EffectiveDueOn) is var on && (on is null || on <= today),
        Act.ProposeTime => it is { ScheduledOn: null, OpenTime: null, DueOn: not null },
        Act.ScheduleObligation => it is { ScheduledOn: null, DueOn: not null },
        Act.ExtendObligation => it.AwaitsDate,
        _ => false
    });

    /// <summary>Whether a colleague must sign off what the person's party submits.</summary>
    public static bool WantsSignOff(Dossier dossier, Actor actor) => dossier.Agreement.Party(actor.Party)?.SignOff is true;

    // One form drafts and submits; of what is delivered already nothing more is drafted.
    static bool Fits(Act act, Dossier dossier, Obligation it, Occasion on) => act switch
    {
        Act.SignOffDraft or Act.SendBackDraft => Drafts(dossier, it, on) && Acts.May(dossier, act, it.Key, on),
        Act.Submit => Acts.May(dossier, act, it.Key, on) || Drafts(dossier, it, on) && Acts.May(dossier, Act.DraftSubmission, it.Key, on),
        Act.WithdrawSubmission or Act.AcceptSubmission or Act.ReturnSubmission or Act.NoteSubmission =>
            Acts.May(dossier, act, new(it.Key, it.Submissions.Count), on),
        Act.AgreeToTime or Act.CallOffTime => it.Times.FindLast(time => time.State == TimeState.Proposed
            || act == Act.CallOffTime && time.Stands) is { } time && Acts.May(dossier, act, new(it.Key, time.Number), on),
        _ => Acts.May(dossier, act, it.Key, on)
    };

    static bool Drafts(Dossier dossier, Obligation it, Occasion on) => WantsSignOff(dossier, on.By) && !it.IsDelivered;
}
