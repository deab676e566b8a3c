using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Archives;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;
using NodaTime;

namespace MrAgreement.Agreements;

/// <summary>Everything about one agreement (akten): its log, folded. One command may touch several of its streams at once.</summary>
public sealed record Dossier(AgreementId Id)
{
    Agreement? agreement;

    /// <summary>Sequence of the log's last event; 0 before the first.</summary>
    public long Sequence { get; init; }

    /// <summary>Sequence of the last event that was neither a reminder, nor kept by a party to itself, nor a package for an archive.</summary>
    public long Touched { get; init; }

    /// <summary>Recorded time of that event.</summary>
    public Instant TouchedAt { get; init; } = Instant.MinValue;

    /// <summary>Hash of the log's last row.</summary>
    public Sha256 Hash { get; init; } = HashChain.Start(Id);

    /// <summary>Recorded time of the log's last event.</summary>
    public Instant LastAt { get; init; } = Instant.MinValue;

    public Agreement Agreement { get => agreement ?? throw new InvalidOperationException($"There is no agreement {Id}."); init => agreement = value; }
    public Grant Grant { get; init; } = Grant.None;
    public Register Documents { get; init; } = Register.Empty;
    public ArchivePackages Packages { get; init; } = ArchivePackages.None;

    /// <summary>The stored bytes that its log names, by address.</summary>
    public ImmutableDictionary<Sha256, StoredBytes> Bytes { get; init; } = ImmutableDictionary<Sha256, StoredBytes>.Empty;

    public bool Exists => agreement is not null;

    /// <summary>The days on which a cost is the agreement's: those that the terms let count, or else its own, from the signature to its end.</summary>
    public Period CostDays => Grant.Terms?.Eligible ?? new(
        LocalDate.Max(Agreement.Terms.Period.From, Agreement.Signed?.SignedOn ?? LocalDate.MinIsoValue),
        LocalDate.Min(Agreement.Terms.Period.To, Agreement.Terminated?.On ?? LocalDate.MaxIsoValue));

    /// <exception cref="UnknownEventException">The row was written by a newer version of the program.</exception>
    public Dossier With(StoredEvent row) =>
        Evolve(EventJson.Read(row.Type, row.Data ?? throw new InvalidDataException($"Row {row.Sequence} of {Id} has been erased.")), new(row.Sequence, row.At, row.Actor)) with
        {
            Hash = row.Hash
        };

    public Dossier With(IEnumerable<StoredEvent> rows) => rows.Aggregate(this, (it, row) => it.With(row));

    public Dossier Evolve(Event happened, Recorded recorded)
    {
        var after = happened switch
        {
            AgreementEvent e => this with { Agreement = Agreement.Evolve(agreement, e, recorded) },
            GrantEvent e => this with { Grant = Grant.Evolve(Grant, e, recorded) },
            DocumentEvent e => this with { Documents = Register.Evolve(Documents, e, recorded) },
            ArchiveEvent e => this with { Packages = ArchivePackages.Evolve(Packages, e, recorded) },
            _ => throw new UnreachableException($"No stream for {happened}.")
        };
        foreach (var named in happened.Bytes())
            after = after with { Bytes = after.Bytes.SetItem(named.Address, named) };
        return happened is ReminderSent or OwnEvent or ArchiveEvent
            ? after with { Sequence = recorded.Sequence, LastAt = recorded.At }
            : after with { Sequence = recorded.Sequence, LastAt = recorded.At, Touched = recorded.Sequence, TouchedAt = recorded.At };
    }

    /// <summary>The decision on a command, with everything that follows from it.</summary>
    public Decision Decide(Command command, Occasion on)
    {
        if (Standing(command, on) is { } refused)
            return refused;
        var decision = Decided(command, on);
        return decision is Accepted accepted ? Consequences.With(this, accepted.Events, on) : decision;
    }

    // Whether this person may do this at all, and whether the agreement is in a state to have it done.
    Refused? Standing(Command command, Occasion on)
    {
        if (command is CreateAgreement create)
            return Exists ? new Refused("already-created") : May(on, command, create.Terms.Parties);
        if (!Exists || !Rights.Sees(on.By, Agreement))
            return new Refused("no-such-agreement", RefusalKind.NotFound);
        if (May(on, command, Agreement.Terms.Parties) is { } denied)
            return denied;
        return Agreement.Status switch
        {
            AgreementStatus.Closed when command is CloseAgreement or RecordArchivePackage or DisallowCosts or WithdrawDisallowance => null,
            AgreementStatus.Closed => new Refused("agreement-closed"),
            AgreementStatus.Draft when command is not (SignAgreement or RegisterDocument or AddDocumentVersion) => new Refused("agreement-not-signed"),
            _ when Agreement.Reopened is not null && !Settles(command) => new Refused("settlement-only"),
            _ when Agreement.HasEnded(on.Today) => AfterTheEnd(command, on),
            _ => null
        };
    }

    // What settles a clawback after the closing: the decision, the payment back, and the papers for them.
    static bool Settles(Command command) => command is
        DisallowCosts or WithdrawDisallowance or ExtendObligation or CloseAgreement or RegisterDocument or AddDocumentVersion or RecordArchivePackage or WaiveException
        or PrepareRepayment or AttestRepayment or PrepareAdjustment or AttestAdjustment or RecordPayment or ConfirmPayment or ReversePayment
        or ReceiveRequisition or RefuseRequisition or EndRequisition or ImportBankFile or MatchTransaction or DismissTransaction or ReopenTransaction;

    Refused? AfterTheEnd(Command command, Occasion on) => command switch
    {
        ProposeAmendment or ConfirmAmendment or ReleaseInstalment or WithdrawLapse => new("agreement-terminated"),
        PrepareRequisition c => Termination.Against(Agreement, c.Period, on.Today),
        AttestRequisition c => Sending(c.Number, on),
        DispatchRequisition c => Sending(c.Number, on),
        _ => null
    };

    Refused? Sending(int requisition, Occasion on) => Grant.Requisitions.ElementAtOrDefault(requisition - 1) is { IsInPreparation: true } prepared
        ? Termination.Against(Agreement, prepared.Period, on.Today)
        : null;

    static Refused? May(Occasion on, Command command, IReadOnlyList<Party> parties) =>
        Rights.May(on.By, Rights.For(command), parties) ? null : new Refused("forbidden", RefusalKind.Forbidden, ("role", on.By.Role));

    Decision Decided(Command command, Occasion on) => command switch
    {
        CreateAgreement c => AgreementDecisions.Decide(c),
        SignAgreement c => AgreementDecisions.Decide(Agreement, c, on),
        TerminateAgreement c => Termination.Decide(this, c, on),
        CorrectTermination c => Termination.Decide(Agreement, c, on),
        WithdrawTermination c => Termination.Decide(Agreement, c, on),
        CloseAgreement c => AgreementDecisions.Decide(this, c),
        ProposeAmendment c => Amendment.Decide(this, c, on),
        ConfirmAmendment c => Amendment.Decide(Agreement, c, on),
        ObligationCommand c when !Agreement.Obligations.ContainsKey(c.Obligation) => new Refused("no-such-obligation", RefusalKind.NotFound, ("key", c.Obligation)),
        ActWithDocuments { Enclosed.Count: > 0 } c => ActWithDocuments.Decide(this, c, on, (it, act) => it.Decided(act, on)),
        ObligationCommand c => Decided(Agreement.Obligations[c.Obligation], c, on),
        RegisterDocument c => Register.Decide(Documents, c, on),
        AddDocumentVersion c => Register.Decide(Documents, c, on),
        RecordArchivePackage c => ArchivePackages.Decide(this, c, on),
        GrantCommand when Grant.Terms is null => new Refused("no-grant"),
        PrepareRequisition or RecordPayment or PrepareRepayment or ImportBankFile or MatchTransaction when Grant.IsRightToCharge => new Refused("transfer-disposition-right"),
        ReleaseInstalment c => Releases.Decide(this, c, on),
        CorrectRelease c => Releases.Decide(this, c, on),
        WithdrawRelease c => Releases.Decide(this, c),
        LapseInstalment c => Instalment.Decide(Grant, c),
        WithdrawLapse c => Instalment.Decide(Grant, c),
        PrepareRequisition c => Requisition.Decide(Grant, c, on),
        AttestRequisition c => Requisition.Decide(Grant, c, on),
        DispatchRequisition c => Requisition.Decide(Grant, c, on),
        ReceiveRequisition c => Requisition.Decide(Grant, c, on),
        RefuseRequisition c => Requisition.Decide(Grant, c, on),
        EndRequisition c => Requisition.Decide(Grant, c, on),
        RecordPayment c => Payment.Decide(this, c, on),
        ConfirmPayment c => PaymentConfirmations.Decide(this, c, on),
        PrepareAdjustment c => Adjustment.Decide(this, c, on),
        AttestAdjustment c => Adjustment.Decide(Grant, c, on),
        PrepareRepayment c => Repayment.Decide(Grant, c, on),
        AttestRepayment c => Repayment.Decide(Grant, c, on),
        ReversePayment c => Payment.Decide(this, c, on),
        ImportLedger c => LedgerDecisions.Decide(Grant, c),
        DisallowCosts c => Disallowance.Decide(this, c, on),
        WithdrawDisallowance c => Disallowance.Decide(this, c, on),
        ImportBankFile c => BankDecisions.Decide(this, c, on),
        MatchTransaction c => BankDecisions.Decide(this, c, on),
        DismissTransaction c => BankDecisions.Decide(this, c),
        ReopenTransaction c => BankDecisions.Decide(Grant, c, on),
        RecogniseTransaction c => BankDecisions.Decide(Grant, c, on),
        DistinguishTransaction c => BankDecisions.Decide(Grant, c, on),
        MapCategories c => CategoryMap.Decide(Grant, c),
        SetBudget c => BudgetDecisions.Decide(Grant, c),
        PrepareStatement c => Statement.Decide(this, c, on),
        AttestStatement c => Statement.Decide(this, c, on),
        MakeAllocation c => Allocation.Decide(this, c, on),
        PrepareAllocationReport c => AllocationReport.Decide(Grant, c, on),
        AttestAllocationReport c => AllocationReport.Decide(Grant, c, on),
        AcceptAllocationReport c => AllocationReport.Decide(this, c, on),
        ReturnAllocationReport c => AllocationReport.Decide(Grant, c, on),
        WaiveException c => WaivedException.Decide(this, c, on),
        _ => throw new UnreachableException($"No rule for {command}.")
    };

    Decision Decided(Obligation it, ObligationCommand command, Occasion on) => command switch
    {
        Submit c => SubmissionDecisions.Decide(this, it, c, on),
        AcceptSubmission c => SubmissionDecisions.Decide(this, it, c, on),
        ReturnSubmission c => SubmissionDecisions.Decide(it, c, on),
        WithdrawSubmission c => SubmissionDecisions.Decide(it, c, on),
        CompleteObligation c => ActDecisions.Decide(this, it, c, on),
        ConfirmCompletion c => ActDecisions.Decide(Agreement, it, c, on),
        ScheduleObligation c => ActDecisions.Decide(it, c, on),
        ExtendObligation c => ActDecisions.Decide(Agreement, it, c, on),
        WaiveObligation c => ActDecisions.Decide(it, c, on),
        WriteInternalNote c => NoteDecisions.Decide(it, c, on),
        RecordMinistryComment c => NoteDecisions.Decide(it, c, on),
        DraftSubmission c => DraftDecisions.Decide(this, it, c, on),
        SignOffDraft c => DraftDecisions.Decide(it, c, on),
        DiscardDraft c => DraftDecisions.Decide(it, c, on),
        GiveView c => ConsultationDecisions.Decide(it, c, on),
        _ => throw new UnreachableException($"No rule for {command}.")
    };
}
