using System.Diagnostics;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Archives;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;
using MrAgreement.Reports;
using MrAgreement.Work;

namespace MrAgreement.Decisions;

/// <summary>What becomes of a command: whether it may be done as things stand, which rule answers, and what follows.</summary>
public static class Deciding
{
    /// <summary>The decision on a command, with everything that follows from it.</summary>
    public static Decision Decide(this Dossier it, Command command, Occasion on)
    {
        if (Acts.Standing(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var decision = Decided(it, command, on);
        return decision is Accepted accepted ? Consequences.With(it, accepted.Events, on) : decision;
    }

    static Decision Decided(Dossier it, Command command, Occasion on) => command switch
    {
        IWithDocuments { Enclosed.Count: > 0 } c => EnclosedDocuments.Decide(it, c, on, (after, act) => Decided(after, act, on)),
        CreateAgreement c => Acts.AgainstRight(c.Act, on.By, c.Terms.Parties) ?? AgreementDecisions.Decide(c),
        SignAgreement c => Signature.Decide(it, c, on),
        ConfirmSignature c => Signature.Decide(it.Agreement, c, on),
        ContestSignature c => Signature.Decide(it.Agreement, c, on),
        TerminateAgreement c => Termination.Decide(it, c, on),
        CorrectTermination c => Termination.Decide(it.Agreement, c, on),
        WithdrawTermination c => Termination.Decide(it.Agreement, c, on),
        CloseAgreement c => AgreementDecisions.Decide(it, c),
        ProposeAmendment c => Amendment.Decide(it, c, on),
        ContestAmendment c => Amendment.Decide(it.Agreement, c, on),
        WithdrawAmendment c => Amendment.Decide(it.Agreement, c, on),
        ConfirmAmendment c => Amendment.Decide(it.Agreement, c, on),
        ObligationCommand c => Decided(it, it.Agreement.Obligations[c.Obligation], c, on),
        SetUpBody c => BodyDecisions.Decide(it.Agreement, c, on),
        TakeSeat c => BodyDecisions.Decide(it.Agreement, c, on),
        LeaveSeat c => BodyDecisions.Decide(it.Agreement, c, on),
        RecordMeeting c => BodyDecisions.Decide(it, c, on),
        RegisterDocument c => DocumentDecisions.Decide(it, c, on),
        AddDocumentVersion c => DocumentDecisions.Decide(it, c, on),
        RegisterDocuments c => DocumentDecisions.Decide(it, c, on),
        WithdrawDocument c => DocumentDecisions.Decide(it, c, on),
        MarkSecrecy c => SecrecyDecisions.Decide(it, c, on),
        RemoveSecrecyMarking c => SecrecyDecisions.Decide(it, c, on),
        RecordDisclosure c => DisclosureDecisions.Decide(it, c, on),
        WithdrawDisclosure c => DisclosureDecisions.Decide(it, c, on),
        RecordArchivePackage c => PackageRules.Decide(it, c, on),
        RecordDiaryNumber c => OwnDiaryNumbers.Decide(it.Agreement, c, on),
        RequestErasure c => ErasureDecisions.Decide(it, c, on),
        ApproveErasure c => ErasureDecisions.Decide(it, c, on),
        DeclineErasure c => ErasureDecisions.Decide(it, c, on),
        ReleaseInstalment c => Releases.Decide(it, c, on),
        CorrectRelease c => Releases.Decide(it, c, on),
        WithdrawRelease c => Releases.Decide(it, c),
        LapseInstalment c => Releases.Decide(it, c),
        WithdrawLapse c => Releases.Decide(it, c),
        PrepareRequisition c => Termination.Against(it.Agreement, c.Period, on.Today) ?? Requisition.Decide(it.Grant, c, on),
        AttestRequisition c => Requisition.Decide(it.Grant, c, on),
        DispatchRequisition c => Requisition.Decide(it.Grant, c, on),
        ReceiveRequisition c => Requisition.Decide(it.Grant, c, on),
        RefuseRequisition c => Requisition.Decide(it.Grant, c, on),
        EndRequisition c => Requisition.Decide(it.Grant, c, on),
        SetOffDebt c => SetOffDecisions.Decide(it, c, on),
        RecordPayment c => PaymentDecisions.Decide(it, c, on),
        ContestPayment c => PaymentConfirmations.Decide(it, c, on),
        ConfirmPayment c => PaymentConfirmations.Decide(it, c, on),
        PrepareAdjustment c => Adjustment.Decide(it.Grant, it.CostDays, c, on),
        AttestAdjustment c => Adjustment.Decide(it.Grant, c, on),
        PrepareRepayment c => Repayment.Decide(it.Grant, c, on),
        AttestRepayment c => Repayment.Decide(it.Grant, c, on),
        PreparedCommand c => Preparations.Decide(it.Grant, c, on),
        WithdrawRepayment c => Repayment.Decide(it.Grant, c, on),
        ReversePayment c => PaymentDecisions.Decide(it, c, on),
        ImportLedger c => LedgerDecisions.Decide(it.Grant, c),
        DisallowCosts c => DisallowanceDecisions.Decide(it, c, on),
        WithdrawDisallowance c => DisallowanceDecisions.Decide(it, c, on),
        ImportBankFile c => BankDecisions.Decide(it, c, on),
        MatchTransaction c => BankDecisions.Decide(it, c, on),
        DismissTransaction c => BankDecisions.Decide(it, c),
        ReopenTransaction c => BankDecisions.Decide(it, c, on),
        RecogniseTransaction c => BankDecisions.Decide(it, c, on),
        DistinguishTransaction c => BankDecisions.Decide(it, c, on),
        UnmatchTransaction c => ImportWithdrawals.Decide(it, c),
        WithdrawBankFile c => ImportWithdrawals.Decide(it, c),
        WithdrawLedgerImport c => ImportWithdrawals.Decide(it, c),
        MapCategories c => CategoryMap.Decide(it.Grant, c),
        SetBudget c => BudgetDecisions.Decide(it.Grant, c),
        PrepareStatement c => StatementDecisions.Decide(it, c, on),
        AttestStatement c => StatementDecisions.Decide(it, c, on),
        MakeAllocation c => AllocationDecisions.Decide(it, c, on),
        PrepareAllocationReport c => AllocationReport.Decide(it.Grant, c, on),
        AttestAllocationReport c => AllocationReport.Decide(it.Grant, c, on),
        AcceptAllocationReport c => AllocationReport.Decide(it.Grant, it.Agreement.Terms.Parties, c, on),
        ReturnAllocationReport c => AllocationReport.Decide(it.Grant, c, on),
        WaiveException c => Waivers.Decide(it, c, on),
        RecordRecommendation c => RecommendationRules.Decide(it.Grounds, c, on),
        ReviseRecommendation c => RecommendationRules.Decide(it.Grounds, c, on),
        ImportRecommendations c => RecommendationRules.Decide(it.Grounds, c, on),
        InformOfRecommendations c => InformationDecisions.Decide(it, c, on),
        ReceiveInformation c => InformationDecisions.Decide(it, c, on),
        RecordFinding c => FindingDecisions.Decide(it, c, on),
        ReviseFinding c => FindingDecisions.Decide(it, c, on),
        RetractFinding c => FindingDecisions.Decide(it, c, on),
        MakePlanVersion c => PlanDecisions.Decide(it, c, on),
        WriteProjectPlan c => PlanDecisions.Decide(it, c, on),
        CheckProjectPlan c => PlanDecisions.Decide(it, c, on),
        ReportMeasure c => PlanDecisions.Decide(it, c, on),
        AssessMeasure c => PlanDecisions.Decide(it, c, on),
        PublishMaterial c => PublicationDecisions.Decide(it, c, on),
        SpreadMaterial c => PublicationDecisions.Decide(it, c, on),
        ApprovePublication c => PublicationDecisions.Decide(it, c, on),
        WithdrawPublication c => PublicationDecisions.Decide(it, c, on),
        DefineIndicator c => IndicatorDecisions.Decide(it, c, on),
        ReviseIndicator c => IndicatorDecisions.Decide(it, c, on),
        SetTarget c => IndicatorDecisions.Decide(it, c, on),
        EndIndicator c => IndicatorDecisions.Decide(it, c, on),
        RecordReading c => IndicatorDecisions.Decide(it, c, on),
        SetSupportLadder c => EffortDecisions.Decide(it, c, on),
        DeclareIntent c => EffortDecisions.Decide(it, c, on),
        RecordEffort c => EffortDecisions.Decide(it, c, on),
        ReviseEffort c => EffortDecisions.Decide(it, c, on),
        CancelEffort c => EffortDecisions.Decide(it, c, on),
        RecordEffect c => EffortDecisions.Decide(it, c, on),
        FreezeReport c => Freezing.Decide(it, c, on),
        _ => throw new UnreachableException($"No rule for {command}.")
    };

    static Decision Decided(Dossier dossier, Obligation it, ObligationCommand command, Occasion on) => command switch
    {
        Submit c => SubmissionDecisions.Decide(dossier, it, c, on),
        AcceptSubmission c => SubmissionDecisions.Decide(dossier, it, c, on),
        ReturnSubmission c => SubmissionDecisions.Decide(dossier, it, c, on),
        NoteSubmission c => SubmissionDecisions.Decide(dossier, it, c, on),
        WithdrawSubmission c => SubmissionDecisions.Decide(dossier, it, c, on),
        CompleteObligation c => ActDecisions.Decide(dossier, it, c, on),
        ContestCompletion c => ActDecisions.Decide(it, c, on),
        ConfirmCompletion c => ActDecisions.Decide(dossier.Agreement, it, c, on),
        ScheduleObligation c => ActDecisions.Decide(it, c, on),
        ExtendObligation c => ActDecisions.Decide(dossier.Agreement, it, c, on),
        WaiveObligation c => ActDecisions.Decide(it, c, on),
        WriteInternalNote c => NoteDecisions.Decide(it, c, on),
        RecordMinistryComment c => NoteDecisions.Decide(it, c, on),
        DraftSubmission c => DraftDecisions.Decide(dossier, it, c, on),
        SignOffDraft c => DraftDecisions.Decide(dossier, it, c, on),
        SendBackDraft c => DraftDecisions.Decide(dossier, it, c, on),
        DiscardDraft c => DraftDecisions.Decide(it, c, on),
        ProposeTime c => MeetingDecisions.Decide(it, c, on),
        AgreeToTime c => MeetingDecisions.Decide(it, c, on),
        CallOffTime c => MeetingDecisions.Decide(it, c, on),
        GiveView c => ConsultationDecisions.Decide(it, c, on),
        AcknowledgeReminder c => Acknowledgements.Decide(it, c, on),
        _ => throw new UnreachableException($"No rule for {command}.")
    };
}
