using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Decisions;

/// <summary>The right that each command takes.</summary>
public static class CommandRights
{
    /// <summary>The right that a command takes.</summary>
    public static Right For(Command command) => command switch
    {
        CreateAgreement => Right.CreateAgreement,
        SignAgreement => Right.SignAgreement,
        TerminateAgreement or CorrectTermination or WithdrawTermination => Right.Terminate,
        CloseAgreement => Right.Close,
        ProposeAmendment or ConfirmAmendment => Right.ProposeAmendment,
        Submit or WithdrawSubmission or DraftSubmission or SignOffDraft or DiscardDraft => Right.Deliver,
        AcceptSubmission or ReturnSubmission or RecordMinistryComment or DisallowCosts or WithdrawDisallowance => Right.Review,
        CompleteObligation or ConfirmCompletion or ScheduleObligation or GiveView => Right.RecordJointAct,
        WriteInternalNote => Right.WriteNote,
        ExtendObligation => Right.Extend,
        WaiveObligation => Right.Waive,
        RegisterDocument or AddDocumentVersion => Right.UploadDocument,
        RecordArchivePackage => Right.MakeArchivePackage,
        ReleaseInstalment or CorrectRelease or WithdrawRelease or LapseInstalment or WithdrawLapse => Right.DecideOnAppropriation,
        PrepareRequisition or DispatchRequisition or PrepareAdjustment or PrepareRepayment or WithdrawRepayment or PrepareStatement =>
            Right.PrepareMoney,
        ImportBankFile or MatchTransaction or DismissTransaction or ReopenTransaction or RecogniseTransaction or DistinguishTransaction
            or ImportLedger or MapCategories or SetBudget => Right.PrepareMoney,
        AttestRequisition or AttestAdjustment or AttestRepayment or AttestStatement or WaiveException => Right.Attest,
        ReceiveRequisition or RefuseRequisition => Right.ReceiveRequisition,
        EndRequisition => Right.EndRequisition,
        RecordPayment or ConfirmPayment or ReversePayment => Right.RecordPayment,
        MakeAllocation => Right.Allocate,
        PrepareAllocationReport => Right.ReportSpend,
        AttestAllocationReport => Right.AttestReport,
        AcceptAllocationReport or ReturnAllocationReport => Right.Compile,
        _ => throw new System.Diagnostics.UnreachableException($"No right for {command}.")
    };
}
