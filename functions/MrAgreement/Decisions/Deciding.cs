using System.Diagnostics;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Archives;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;

namespace MrAgreement.Decisions;

/// <summary>What becomes of a command: whether it may be done as things stand, which rule answers, and what follows.</summary>
public static class Deciding
{
    /// <summary>The decision on a command, with everything that follows from it.</summary>
    public static Decision Decide(this Dossier it, Command command, Occasion on)
    {
        if (Standing(it, command, on) is { } refused)
            return refused;
        var decision = Decided(it, command, on);
        return decision is Accepted accepted ? Consequences.With(it, accepted.Events, on) : decision;
    }

    // Whether this person may do this at all, and whether the agreement is in a state to have it done.
    static Refused? Standing(Dossier it, Command command, Occasion on)
    {
        if (command is CreateAgreement create)
            return it.Exists ? new Refused("already-created") : May(on, command, create.Terms.Parties);
        if (!it.Exists || !Visibility.Sees(on.By, it.Agreement))
            return new Refused("no-such-agreement", RefusalKind.NotFound);
        if (May(on, command, it.Agreement.Terms.Parties) is { } denied)
            return denied;
        return it.Agreement.Status switch
        {
            AgreementStatus.Closed when command is CloseAgreement or RecordArchivePackage or DisallowCosts or WithdrawDisallowance => null,
            AgreementStatus.Closed => new Refused("agreement-closed"),
            AgreementStatus.Draft when command is not (SignAgreement or RegisterDocument or AddDocumentVersion) =>
                new Refused("agreement-not-signed"),
            _ when it.Agreement.Reopened is not null && !Settles(command) => new Refused("settlement-only"),
            _ when it.Agreement.HasEnded(on.Today) => AfterTheEnd(it, command, on),
            _ => null
        };
    }

    static Refused? May(Occasion on, Command command, IReadOnlyList<Party> parties) =>
        Rights.May(on.By, CommandRights.For(command), parties)
            ? null
            : new Refused("forbidden", RefusalKind.Forbidden, ("role", on.By.Role));

    static Decision Decided(Dossier it, Command command, Occasion on) => command switch
    {
        CreateAgreement c => AgreementDecisions.Decide(c),
        SignAgreement c => AgreementDecisions.Decide(it.Agreement, c, on),
        TerminateAgreement c => Termination.Decide(it, c, on),
        CorrectTermination c => Termination.Decide(it.Agreement, c, on),
        WithdrawTermination c => Termination.Decide(it.Agreement, c, on),
        CloseAgreement c => AgreementDecisions.Decide(it, c),
        ProposeAmendment c => Amendment.Decide(it, c, on),
        ConfirmAmendment c => Amendment.Decide(it.Agreement, c, on),
        ObligationCommand c when !it.Agreement.Obligations.ContainsKey(c.Obligation) =>
            new Refused("no-such-obligation", RefusalKind.NotFound, ("key", c.Obligation)),
        ActWithDocuments { Enclosed.Count: > 0 } c => EnclosedDocuments.Decide(it, c, on, (after, act) => Decided(after, act, on)),
        ObligationCommand c => Decided(it, it.Agreement.Obligations[c.Obligation], c, on),
        RegisterDocument c => Register.Decide(it.Documents, c, on),
        AddDocumentVersion c => Register.Decide(it.Documents, c, on),
        RecordArchivePackage c => PackageRules.Decide(it, c, on),
        GrantCommand when it.Grant.Terms is null => new Refused("no-grant"),
        PrepareRequisition or RecordPayment or PrepareRepayment or ImportBankFile or MatchTransaction when it.Grant.IsRightToCharge =>
            new Refused("transfer-disposition-right"),
        ReleaseInstalment c => Releases.Decide(it, c, on),
        CorrectRelease c => Releases.Decide(it, c, on),
        WithdrawRelease c => Releases.Decide(it, c),
        LapseInstalment c => Instalment.Decide(it.Grant, c),
        WithdrawLapse c => Instalment.Decide(it.Grant, c),
        PrepareRequisition c => Requisition.Decide(it.Grant, c, on),
        AttestRequisition c => Requisition.Decide(it.Grant, c, on),
        DispatchRequisition c => Requisition.Decide(it.Grant, c, on),
        ReceiveRequisition c => Requisition.Decide(it.Grant, c, on),
        RefuseRequisition c => Requisition.Decide(it.Grant, c, on),
        EndRequisition c => Requisition.Decide(it.Grant, c, on),
        RecordPayment c => PaymentDecisions.Decide(it, c, on),
        ConfirmPayment c => PaymentConfirmations.Decide(it, c, on),
        PrepareAdjustment c => Adjustment.Decide(it.Grant, it.CostDays, c, on),
        AttestAdjustment c => Adjustment.Decide(it.Grant, c, on),
        PrepareRepayment c => Repayment.Decide(it.Grant, c, on),
        AttestRepayment c => Repayment.Decide(it.Grant, c, on),
        WithdrawRepayment c => Repayment.Decide(it.Grant, c, on),
        ReversePayment c => PaymentDecisions.Decide(it, c, on),
        ImportLedger c => LedgerDecisions.Decide(it.Grant, c),
        DisallowCosts c => DisallowanceDecisions.Decide(it, c, on),
        WithdrawDisallowance c => DisallowanceDecisions.Decide(it, c, on),
        ImportBankFile c => BankDecisions.Decide(it, c, on),
        MatchTransaction c => BankDecisions.Decide(it, c, on),
        DismissTransaction c => BankDecisions.Decide(it, c),
        ReopenTransaction c => BankDecisions.Decide(it.Grant, c, on),
        RecogniseTransaction c => BankDecisions.Decide(it.Grant, c, on),
        DistinguishTransaction c => BankDecisions.Decide(it.Grant, c, on),
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
        _ => throw new UnreachableException($"No rule for {command}.")
    };

    static Decision Decided(Dossier dossier, Obligation it, ObligationCommand command, Occasion on) => command switch
    {
        Submit c => SubmissionDecisions.Decide(dossier, it, c, on),
        AcceptSubmission c => SubmissionDecisions.Decide(dossier, it, c, on),
        ReturnSubmission c => SubmissionDecisions.Decide(it, c, on),
        WithdrawSubmission c => SubmissionDecisions.Decide(it, c, on),
        CompleteObligation c => ActDecisions.Decide(dossier, it, c, on),
        ConfirmCompletion c => ActDecisions.Decide(dossier.Agreement, it, c, on),
        ScheduleObligation c => ActDecisions.Decide(it, c, on),
        ExtendObligation c => ActDecisions.Decide(dossier.Agreement, it, c, on),
        WaiveObligation c => ActDecisions.Decide(it, c, on),
        WriteInternalNote c => NoteDecisions.Decide(it, c, on),
        RecordMinistryComment c => NoteDecisions.Decide(it, c, on),
        DraftSubmission c => DraftDecisions.Decide(dossier, it, c, on),
        SignOffDraft c => DraftDecisions.Decide(it, c, on),
        DiscardDraft c => DraftDecisions.Decide(it, c, on),
        GiveView c => ConsultationDecisions.Decide(it, c, on),
        _ => throw new UnreachableException($"No rule for {command}.")
    };

    // What settles a clawback after the closing: the decision, the payment back, and the papers for them.
    static bool Settles(Command command) => command is
        DisallowCosts or WithdrawDisallowance or ExtendObligation or CloseAgreement or RegisterDocument or AddDocumentVersion
            or RecordArchivePackage or WaiveException
        or PrepareRepayment or AttestRepayment or WithdrawRepayment or PrepareAdjustment or AttestAdjustment or RecordPayment
        or ConfirmPayment or ReversePayment or ReceiveRequisition or RefuseRequisition or EndRequisition or ImportBankFile
        or MatchTransaction or DismissTransaction or ReopenTransaction;

    static Refused? AfterTheEnd(Dossier it, Command command, Occasion on) => command switch
    {
        ProposeAmendment or ConfirmAmendment or ReleaseInstalment or WithdrawLapse => new("agreement-terminated"),
        PrepareRequisition c => Termination.Against(it.Agreement, c.Period, on.Today),
        AttestRequisition c => Sending(it, c.Number, on),
        DispatchRequisition c => Sending(it, c.Number, on),
        _ => null
    };

    static Refused? Sending(Dossier it, int requisition, Occasion on) =>
        it.Grant.Requisitions.ElementAtOrDefault(requisition - 1) is { IsInPreparation: true } prepared
        ? Termination.Against(it.Agreement, prepared.Period, on.Today)
        : null;
}
