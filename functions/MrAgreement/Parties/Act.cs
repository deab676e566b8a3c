namespace MrAgreement.Parties;

/// <summary>Everything that can be done to an agreement: one act for each command.</summary>
public enum Act
{
    CreateAgreement,
    SignAgreement,
    ConfirmSignature,
    ContestSignature,
    TerminateAgreement,
    CorrectTermination,
    WithdrawTermination,
    CloseAgreement,
    ProposeAmendment,
    ConfirmAmendment,
    ContestAmendment,
    Submit,
    WithdrawSubmission,
    DraftSubmission,
    SignOffDraft,
    SendBackDraft,
    DiscardDraft,
    AcceptSubmission,
    ReturnSubmission,
    RecordMinistryComment,
    DisallowCosts,
    WithdrawDisallowance,
    CompleteObligation,
    ConfirmCompletion,
    ContestCompletion,
    ScheduleObligation,
    GiveView,
    WriteInternalNote,
    ExtendObligation,
    WaiveObligation,
    AcknowledgeReminder,
    RegisterDocument,
    AddDocumentVersion,
    RegisterDocuments,
    WithdrawDocument,
    MarkSecrecy,
    RemoveSecrecyMarking,
    RecordDisclosure,
    WithdrawDisclosure,
    RecordArchivePackage,
    ReleaseInstalment,
    CorrectRelease,
    WithdrawRelease,
    LapseInstalment,
    WithdrawLapse,
    PrepareRequisition,
    DispatchRequisition,
    PrepareAdjustment,
    PrepareRepayment,
    WithdrawRepayment,
    PrepareStatement,
    ImportBankFile,
    MatchTransaction,
    DismissTransaction,
    ReopenTransaction,
    RecogniseTransaction,
    DistinguishTransaction,
    UnmatchTransaction,
    WithdrawBankFile,
    ImportLedger,
    WithdrawLedgerImport,
    MapCategories,
    SetBudget,
    AttestRequisition,
    AttestAdjustment,
    AttestRepayment,
    AttestStatement,
    WaiveException,
    WithdrawPrepared,
    SendBackPrepared,
    ReceiveRequisition,
    RefuseRequisition,
    EndRequisition,
    RecordPayment,
    ConfirmPayment,
    ContestPayment,
    ReversePayment,
    MakeAllocation,
    PrepareAllocationReport,
    AttestAllocationReport,
    WithdrawAllocationReport,
    SendBackAllocationReport,
    AcceptAllocationReport,
    ReturnAllocationReport,
    RecordDiaryNumber,
    RequestErasure,
    ApproveErasure,
    DeclineErasure
}

/// <summary>What may be done with which right.</summary>
public static class ActRights
{
    /// <summary>The right that an act takes.</summary>
    public static Right Right(this Act act) => act switch
    {
        Act.CreateAgreement => Parties.Right.CreateAgreement,
        Act.SignAgreement => Parties.Right.SignAgreement,
        Act.ConfirmSignature or Act.ContestSignature => Parties.Right.ConfirmSignature,
        Act.TerminateAgreement or Act.CorrectTermination or Act.WithdrawTermination => Parties.Right.Terminate,
        Act.CloseAgreement => Parties.Right.Close,
        Act.ProposeAmendment or Act.ConfirmAmendment or Act.ContestAmendment => Parties.Right.ProposeAmendment,
        Act.Submit or Act.WithdrawSubmission or Act.DraftSubmission or Act.SignOffDraft or Act.SendBackDraft
            or Act.DiscardDraft => Parties.Right.Deliver,
        Act.AcceptSubmission or Act.ReturnSubmission or Act.RecordMinistryComment or Act.DisallowCosts
            or Act.WithdrawDisallowance => Parties.Right.Review,
        Act.CompleteObligation or Act.ConfirmCompletion or Act.ContestCompletion or Act.ScheduleObligation
            or Act.GiveView => Parties.Right.RecordJointAct,
        Act.WriteInternalNote => Parties.Right.WriteNote,
        Act.ExtendObligation => Parties.Right.Extend,
        Act.WaiveObligation => Parties.Right.Waive,
        Act.AcknowledgeReminder => Parties.Right.AcknowledgeReminder,
        Act.RegisterDocument or Act.RegisterDocuments or Act.AddDocumentVersion or Act.WithdrawDocument
            or Act.RecordDiaryNumber or Act.MarkSecrecy or Act.RemoveSecrecyMarking or Act.RecordDisclosure
            or Act.WithdrawDisclosure => Parties.Right.UploadDocument,
        Act.RecordArchivePackage => Parties.Right.MakeArchivePackage,
        Act.ReleaseInstalment or Act.CorrectRelease or Act.WithdrawRelease or Act.LapseInstalment
            or Act.WithdrawLapse => Parties.Right.DecideOnAppropriation,
        Act.PrepareRequisition or Act.DispatchRequisition or Act.PrepareAdjustment or Act.PrepareRepayment
            or Act.WithdrawRepayment or Act.PrepareStatement or Act.ImportBankFile or Act.MatchTransaction
            or Act.DismissTransaction or Act.ReopenTransaction or Act.RecogniseTransaction
            or Act.DistinguishTransaction or Act.UnmatchTransaction or Act.WithdrawBankFile or Act.ImportLedger
            or Act.WithdrawLedgerImport or Act.MapCategories or Act.SetBudget or Act.WithdrawPrepared => Parties.Right.PrepareMoney,
        Act.AttestRequisition or Act.AttestAdjustment or Act.AttestRepayment or Act.AttestStatement
            or Act.WaiveException or Act.SendBackPrepared => Parties.Right.Attest,
        Act.ReceiveRequisition or Act.RefuseRequisition => Parties.Right.ReceiveRequisition,
        Act.EndRequisition => Parties.Right.EndRequisition,
        Act.RecordPayment or Act.ConfirmPayment or Act.ContestPayment or Act.ReversePayment => Parties.Right.RecordPayment,
        Act.MakeAllocation => Parties.Right.Allocate,
        Act.PrepareAllocationReport or Act.WithdrawAllocationReport => Parties.Right.ReportSpend,
        Act.AttestAllocationReport or Act.SendBackAllocationReport => Parties.Right.AttestReport,
        Act.AcceptAllocationReport or Act.ReturnAllocationReport => Parties.Right.Compile,
        Act.RequestErasure or Act.ApproveErasure or Act.DeclineErasure => Parties.Right.Erase
    };
}
