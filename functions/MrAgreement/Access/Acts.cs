using MrAgreement.Agreements;
using MrAgreement.Archives;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;
using MrAgreement.Work;

namespace MrAgreement.Access;

/// <summary>What may be done now, and by whom: one answer for the rules themselves, for pages, work lists and programs.</summary>
public static partial class Acts
{
    /// <summary>
    /// What stands against an act as things are, whatever would be sent with it; null when it may be done.
    /// A command is refused for the same reason unless the same person has done the same already, or what was sent can't be right.
    /// </summary>
    public static Refused? Against(Dossier it, Act act, Subject of, Occasion on) =>
        Standing(it, act, of, on) ?? (act == Act.CreateAgreement ? null : InItsStream(it, act, of, on));

    /// <summary>Whether an act may be done as things are.</summary>
    public static bool May(Dossier it, Act act, Subject of, Occasion on) => Against(it, act, of, on) is null;

    /// <summary>What stands against an act before its own stream is asked: that this person may not do it at all, that the
    /// agreement is in no state to have it done, or that there is no such obligation or grant.</summary>
    internal static Refused? Standing(Dossier it, Act act, Subject of, Occasion on)
    {
        if (act == Act.CreateAgreement)
            return it.Exists ? new("already-created") : null;
        if (!it.Exists || !Sight.Sees(it.Agreement, on.By))
            return new("no-such-agreement", RefusalKind.NotFound);
        if (AgainstRight(act, on.By, it.Agreement.Terms.Parties) is { } denied)
            return denied;
        return it.Agreement.Status switch
        {
            // What may not be kept may go, a matter has its number, what an authority has is asked for, and what should not be open to
            // everybody is closed, however the agreement stands.
            _ when act.Right() == Right.Erase || act is Act.RecordDiaryNumber or Act.MarkSecrecy or Act.RemoveSecrecyMarking
                or Act.RecordDisclosure or Act.WithdrawDisclosure or Act.WithdrawPublication => null,
            AgreementStatus.Closed when act is Act.CloseAgreement or Act.RecordArchivePackage or Act.DisallowCosts
                or Act.WithdrawDisallowance => null,
            AgreementStatus.Closed => new("agreement-closed"),
            AgreementStatus.Draft when act is not (Act.SignAgreement or Act.RegisterDocument or Act.RegisterDocuments
                or Act.AddDocumentVersion
                or Act.WithdrawDocument) =>
                new("agreement-not-signed"),
            _ when it.Agreement.Reopened is not null && !Settles(act) => new("settlement-only"),
            _ when it.Agreement.HasEnded(on.Today) => AfterTheEnd(it, act, of, on),
            _ => (Refused?)null
        } ?? Missing(it, act, of);
    }

    internal static Refused? AgainstRight(Act act, Actor by, IReadOnlyList<Party> parties) =>
        Rights.May(by, act.Right(), parties) ? null : new("forbidden", RefusalKind.Forbidden, ("role", by.Role));

    static Refused? Missing(Dossier it, Act act, Subject of) =>
        IsOnObligation(act) && !it.Agreement.Obligations.ContainsKey(of.Key!)
            ? new("no-such-obligation", RefusalKind.NotFound, ("key", of.Key!))
        : !IsOnGrant(act) ? null
        : it.Grant.Terms is null ? new("no-grant")
        : it.Grant.IsRightToCharge && act is Act.PrepareRequisition or Act.RecordPayment or Act.PrepareRepayment or Act.ImportBankFile
            or Act.MatchTransaction ? new("transfer-disposition-right") : null;

    static bool IsOnObligation(Act act) => act is Act.AcceptSubmission or Act.ReturnSubmission or Act.NoteSubmission
            or Act.RecordMinistryComment
        || act.Right() is Right.Deliver or Right.RecordJointAct or Right.WriteNote or Right.Extend or Right.Waive
            or Right.AcknowledgeReminder;

    static bool IsOnGrant(Act act) => act is Act.DisallowCosts or Act.WithdrawDisallowance
        || act.Right() is Right.DecideOnAppropriation or Right.PrepareMoney or Right.Attest or Right.ReceiveRequisition
            or Right.EndRequisition or Right.SetOff or Right.RecordPayment or Right.Allocate or Right.ReportSpend or Right.AttestReport
            or Right.Compile;

    // What settles a clawback after the closing: the decision, the payment back, and the papers for them.
    static bool Settles(Act act) => act is
        Act.DisallowCosts or Act.WithdrawDisallowance or Act.ExtendObligation or Act.AcknowledgeReminder or Act.CloseAgreement
        or Act.RegisterDocument or Act.RegisterDocuments or Act.AddDocumentVersion or Act.WithdrawDocument
        or Act.RecordArchivePackage or Act.WaiveException
        or Act.PrepareRepayment or Act.AttestRepayment or Act.WithdrawRepayment or Act.PrepareAdjustment or Act.AttestAdjustment
        or Act.RecordPayment or Act.ConfirmPayment or Act.ContestPayment or Act.ReversePayment or Act.ReceiveRequisition
        or Act.RefuseRequisition
        or Act.EndRequisition or Act.SetOffDebt or Act.ImportBankFile or Act.MatchTransaction or Act.DismissTransaction
        or Act.ReopenTransaction or Act.UnmatchTransaction or Act.WithdrawBankFile or Act.WithdrawPrepared or Act.SendBackPrepared;

    static Refused? AfterTheEnd(Dossier it, Act act, Subject of, Occasion on) => act switch
    {
        Act.ProposeAmendment or Act.ConfirmAmendment or Act.WithdrawAmendment or Act.ReleaseInstalment or Act.WithdrawLapse =>
            new("agreement-terminated"),
        Act.PrepareRequisition => Termination.AgainstRequisitions(it.Agreement, on.Today),
        Act.AttestRequisition or Act.DispatchRequisition
            when it.Grant.Requisitions.Find(of.Number) is { IsInPreparation: true } prepared
            && Termination.Against(it.Agreement, prepared.Period, on.Today) is { } refused => refused with { Kind = RefusalKind.NotNow },
        _ => null
    };

    static Refused? InItsStream(Dossier it, Act act, Subject of, Occasion on) => act switch
    {
        Act.SignAgreement or Act.ConfirmSignature or Act.ContestSignature => Signature.Against(it.Agreement, act, on),
        Act.CloseAgreement => AgreementDecisions.AgainstClosing(it),
        Act.TerminateAgreement or Act.CorrectTermination or Act.WithdrawTermination => Termination.Against(it.Agreement, act, on),
        Act.ProposeAmendment or Act.ConfirmAmendment or Act.ContestAmendment or Act.WithdrawAmendment =>
            Amendment.Against(it.Agreement, act, of, on),
        Act.SetUpBody or Act.TakeSeat or Act.LeaveSeat or Act.RecordMeeting => BodyDecisions.Against(it.Agreement, act, of, on),
        Act.RegisterDocument or Act.RegisterDocuments or Act.AddDocumentVersion => RegisterDecisions.Against(it.Documents, act, of, on),
        Act.WithdrawDocument => DocumentDecisions.Against(it, of, on),
        Act.MarkSecrecy or Act.RemoveSecrecyMarking => SecrecyDecisions.Against(it, act, of, on),
        Act.RecordArchivePackage => PackageRules.Against(it, of.Key!, on.By),
        Act.ReleaseInstalment or Act.CorrectRelease or Act.WithdrawRelease or Act.LapseInstalment or Act.WithdrawLapse =>
            Releases.Against(it.Grant, act, of),
        Act.PrepareRequisition or Act.AttestRequisition or Act.DispatchRequisition or Act.ReceiveRequisition or Act.RefuseRequisition
            or Act.EndRequisition => Requisition.Against(it.Grant, act, of, on),
        Act.SetOffDebt => SetOffDecisions.Against(it, of),
        Act.RecordPayment or Act.ConfirmPayment or Act.ContestPayment or Act.ReversePayment =>
            PaymentDecisions.Against(it, act, of, on),
        Act.PrepareAdjustment or Act.AttestAdjustment => Adjustment.Against(it.Grant, act, of, on),
        Act.PrepareRepayment or Act.AttestRepayment or Act.WithdrawRepayment => Repayment.Against(it.Grant, act, of, on),
        Act.WithdrawPrepared or Act.SendBackPrepared or Act.WithdrawAllocationReport or Act.SendBackAllocationReport =>
            Preparations.Against(it.Grant, act, of, on),
        Act.PrepareStatement or Act.AttestStatement => StatementDecisions.Against(it, act, of, on),
        Act.DisallowCosts or Act.WithdrawDisallowance => DisallowanceDecisions.Against(it, act, of),
        Act.ImportBankFile or Act.MatchTransaction or Act.DismissTransaction or Act.ReopenTransaction or Act.RecogniseTransaction
            or Act.DistinguishTransaction => BankDecisions.Against(it, act, of),
        Act.UnmatchTransaction or Act.WithdrawBankFile or Act.WithdrawLedgerImport => ImportWithdrawals.Against(it, act, of),
        Act.MakeAllocation => AllocationDecisions.Against(it, on),
        Act.PrepareAllocationReport or Act.AttestAllocationReport or Act.AcceptAllocationReport or Act.ReturnAllocationReport =>
            AllocationReport.Against(it.Grant, act, of, on),
        Act.WaiveException => Waivers.Against(it, of.Key!, on),
        Act.RequestErasure or Act.ApproveErasure or Act.DeclineErasure => ErasureDecisions.Against(it, act, of, on),
        Act.RecordDisclosure or Act.WithdrawDisclosure => DisclosureDecisions.Against(it, act, of, on),
        Act.RecordRecommendation or Act.ReviseRecommendation or Act.ImportRecommendations =>
            RecommendationRules.Against(it.Grounds, act, of),
        Act.InformOfRecommendations or Act.ReceiveInformation => InformationDecisions.Against(it, act, of, on),
        Act.RecordFinding or Act.ReviseFinding or Act.RetractFinding => FindingDecisions.Against(it, act, of),
        Act.MakePlanVersion or Act.WriteProjectPlan or Act.CheckProjectPlan or Act.ReportMeasure or Act.AssessMeasure =>
            PlanDecisions.Against(it, act, of, on),
        Act.PublishMaterial or Act.SpreadMaterial or Act.ApprovePublication or Act.WithdrawPublication =>
            PublicationDecisions.Against(it, act, of, on),
        Act.DefineIndicator or Act.ReviseIndicator or Act.SetTarget or Act.EndIndicator or Act.RecordReading =>
            IndicatorDecisions.Against(it, act, of),
        Act.SetSupportLadder or Act.RecordEffort or Act.ReviseEffort or Act.CancelEffort or Act.RecordEffect or Act.DeclareIntent =>
            EffortDecisions.Against(it, act, of),
        Act.FreezeReport => ReportDecisions.Against(it),
        // A party may have registered it anew.
        Act.RecordDiaryNumber => null,
        // Whatever the books, the map or the budget were, they may be told anew.
        Act.ImportLedger or Act.MapCategories or Act.SetBudget => null,
        _ => OnObligation(it, it.Agreement.Obligations[of.Key!], act, of, on)
    };

    static Refused? OnObligation(Dossier dossier, Obligation it, Act act, Subject of, Occasion on) => act switch
    {
        Act.Submit or Act.WithdrawSubmission or Act.AcceptSubmission or Act.ReturnSubmission or Act.NoteSubmission =>
            SubmissionDecisions.Against(dossier, it, act, of, on),
        Act.DraftSubmission or Act.SignOffDraft or Act.SendBackDraft or Act.DiscardDraft => DraftDecisions.Against(dossier, it, act, on),
        Act.WriteInternalNote or Act.RecordMinistryComment => NoteDecisions.Against(it, act, of, on),
        Act.ProposeTime or Act.AgreeToTime or Act.CallOffTime => MeetingDecisions.Against(it, act, of, on),
        Act.GiveView => ConsultationDecisions.Against(it, on),
        Act.AcknowledgeReminder => Acknowledgements.Against(it, on),
        _ => ActDecisions.Against(it, act, on)
    };
}
