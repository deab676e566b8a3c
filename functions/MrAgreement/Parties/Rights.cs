using System.Collections.Frozen;

namespace MrAgreement.Parties;

/// <summary>Something that a person may or may not do with an agreement.</summary>
public enum Right
{
    CreateAgreement,
    SignAgreement,
    ConfirmSignature,
    DecideOnAppropriation,
    Extend,
    Waive,
    Terminate,
    Close,
    ProposeAmendment,
    Deliver,
    Review,
    RecordJointAct,
    AcknowledgeReminder,
    SeeToBodies,
    WriteNote,
    UploadDocument,
    ReadDocuments,
    ReadLog,
    VerifyLog,
    FollowLifecycle,
    MakeArchivePackage,
    FetchArchivePackage,
    PrepareMoney,
    Attest,
    ReceiveRequisition,
    EndRequisition,
    SetOff,
    RecordPayment,
    Allocate,
    ReportSpend,
    AttestReport,
    Compile,
    ManagePeople,
    Erase,
    CommentOnDraft,
    SubscribeToChanges,
    ReadWork,
    TellOfRecommendations,
    ReceiveInformation,
    WriteFindings,
    WritePlan,
    CheckProjectPlan,
    Publish,

    /// <summary>To say that one has read what came in and needs no approval.</summary>
    NoteSubmission,

    /// <summary>To say by what the work is followed, to read it, and to record what is done.</summary>
    FollowWork,

    /// <summary>To write reports on the work and freeze them.</summary>
    WriteReports
}

/// <summary>Who may do what: one table, and what it does not grant is denied.</summary>
public static class Rights
{
    /// <summary>
    /// A right is granted to a role in a party that is this to the agreement; null: whatever the party is, or none.
    /// Rights follow the party's role in the agreement at hand, not its name.
    /// </summary>
    static readonly FrozenSet<(Right, Role, PartyRole?)> table = new (Right Right, PartyRole? Party, Role[] Roles)[]
    {
        (Right.CreateAgreement, PartyRole.Grantor, [Role.Officer]),
        (Right.SignAgreement, PartyRole.Grantor, [Role.Officer]),
        (Right.ConfirmSignature, PartyRole.Grantor, [Role.Officer]),
        (Right.ConfirmSignature, PartyRole.Recipient, [Role.ProjectLead]),
        (Right.DecideOnAppropriation, PartyRole.Grantor, [Role.Officer]),
        (Right.Extend, PartyRole.Grantor, [Role.Officer]),
        (Right.Waive, PartyRole.Grantor, [Role.Officer]),
        (Right.Terminate, PartyRole.Grantor, [Role.Officer]),
        (Right.Close, PartyRole.Grantor, [Role.Officer]),
        (Right.ProposeAmendment, PartyRole.Grantor, [Role.Officer]),
        (Right.ProposeAmendment, PartyRole.Recipient, [Role.ProjectLead]),
        (Right.Deliver, PartyRole.Recipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.Deliver, PartyRole.SubRecipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.Deliver, PartyRole.Grantor, [Role.Officer]),
        (Right.Review, PartyRole.Grantor, [Role.Officer]),
        (Right.NoteSubmission, PartyRole.Grantor, [Role.Officer]),
        (Right.NoteSubmission, PartyRole.Recipient, [Role.ProjectLead]),
        (Right.NoteSubmission, PartyRole.SubRecipient, [Role.ProjectLead]),
        (Right.RecordJointAct, PartyRole.Recipient, [Role.ProjectLead]),
        (Right.RecordJointAct, PartyRole.Grantor, [Role.Officer]),
        (Right.AcknowledgeReminder, PartyRole.Recipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.AcknowledgeReminder, PartyRole.SubRecipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.AcknowledgeReminder, PartyRole.Grantor, [Role.Officer]),
        (Right.AcknowledgeReminder, PartyRole.Payer, [Role.Payer]),
        (Right.SeeToBodies, PartyRole.Recipient, [Role.ProjectLead]),
        (Right.SeeToBodies, PartyRole.Grantor, [Role.Officer]),
        (Right.WriteNote, PartyRole.Recipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.WriteNote, PartyRole.SubRecipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.WriteNote, PartyRole.Grantor, [Role.Officer]),
        (Right.WriteNote, PartyRole.Payer, [Role.Payer]),
        (Right.UploadDocument, PartyRole.Recipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.UploadDocument, PartyRole.SubRecipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.UploadDocument, PartyRole.Grantor, [Role.Officer]),
        (Right.UploadDocument, PartyRole.Payer, [Role.Payer]),
        (Right.ReadDocuments, PartyRole.Recipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.ReadDocuments, PartyRole.SubRecipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.ReadDocuments, PartyRole.Grantor, [Role.Officer]),
        (Right.ReadDocuments, PartyRole.Payer, [Role.Payer]),
        (Right.ReadDocuments, null, [Role.Auditor, Role.Admin]),
        (Right.ReadLog, PartyRole.Recipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.ReadLog, PartyRole.Grantor, [Role.Officer]),
        (Right.ReadLog, PartyRole.Payer, [Role.Payer]),
        (Right.ReadLog, null, [Role.Auditor, Role.Admin]),
        (Right.VerifyLog, null, [Role.Auditor, Role.Admin]),
        (Right.FollowLifecycle, PartyRole.Grantor, [Role.Officer]),
        (Right.FollowLifecycle, null, [Role.Admin]),
        (Right.MakeArchivePackage, PartyRole.Recipient, [Role.ProjectLead]),
        (Right.MakeArchivePackage, PartyRole.SubRecipient, [Role.ProjectLead]),
        (Right.MakeArchivePackage, PartyRole.Grantor, [Role.Officer]),
        (Right.MakeArchivePackage, PartyRole.Payer, [Role.Payer]),
        (Right.MakeArchivePackage, null, [Role.Admin]),
        (Right.FetchArchivePackage, PartyRole.Recipient, [Role.ProjectLead]),
        (Right.FetchArchivePackage, PartyRole.SubRecipient, [Role.ProjectLead]),
        (Right.FetchArchivePackage, PartyRole.Grantor, [Role.Officer]),
        (Right.FetchArchivePackage, PartyRole.Payer, [Role.Payer]),
        (Right.FetchArchivePackage, null, [Role.Auditor, Role.Admin]),
        (Right.ManagePeople, null, [Role.Admin, Role.PartyAdmin]),
        (Right.Erase, PartyRole.Recipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.Erase, PartyRole.SubRecipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.Erase, PartyRole.Grantor, [Role.Officer]),
        (Right.Erase, PartyRole.Payer, [Role.Payer]),
        (Right.CommentOnDraft, PartyRole.Recipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.CommentOnDraft, PartyRole.SubRecipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.CommentOnDraft, PartyRole.Grantor, [Role.Officer]),
        (Right.CommentOnDraft, PartyRole.Payer, [Role.Payer]),
        (Right.SubscribeToChanges, PartyRole.Recipient, [Role.ProjectLead]),
        (Right.SubscribeToChanges, PartyRole.Grantor, [Role.Officer]),
        (Right.SubscribeToChanges, PartyRole.Payer, [Role.Payer]),
        (Right.SubscribeToChanges, null, [Role.Admin]),
        (Right.ReadWork, PartyRole.Recipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.ReadWork, PartyRole.SubRecipient, [Role.ProjectLead, Role.Finance, Role.Approver]),
        (Right.ReadWork, PartyRole.Grantor, [Role.Officer]),
        (Right.ReadWork, null, [Role.Auditor, Role.Admin]),
        (Right.TellOfRecommendations, PartyRole.Grantor, [Role.Officer]),
        (Right.CheckProjectPlan, PartyRole.Grantor, [Role.Officer]),
        (Right.ReceiveInformation, PartyRole.Recipient, [Role.ProjectLead]),
        (Right.Publish, PartyRole.Recipient, [Role.ProjectLead]),
        (Right.Publish, PartyRole.Grantor, [Role.Officer]),
        (Right.WriteReports, PartyRole.Grantor, [Role.Officer]),
        (Right.ReceiveRequisition, PartyRole.Payer, [Role.Payer]),
        (Right.EndRequisition, PartyRole.Payer, [Role.Payer]),
        (Right.EndRequisition, PartyRole.Grantor, [Role.Officer]),
        (Right.SetOff, PartyRole.Payer, [Role.Payer]),
        (Right.RecordPayment, PartyRole.Payer, [Role.Payer]),
        (Right.ReportSpend, PartyRole.Recipient, [Role.ProjectLead, Role.Finance]),
        (Right.ReportSpend, PartyRole.SubRecipient, [Role.ProjectLead, Role.Finance]),
        (Right.AttestReport, PartyRole.Recipient, [Role.Approver]),
        (Right.AttestReport, PartyRole.SubRecipient, [Role.Approver])
    }.SelectMany(row => row.Roles.Select(role => (row.Right, role, row.Party))).ToFrozenSet();

    /// <summary>What goes with a duty: for the party that has been given it, or, when none has, for the recipient.</summary>
    static readonly FrozenSet<(Right, Role, Duty)> duties = new[]
    {
        (Right.PrepareMoney, Role.Finance, Duty.MoneyHandler),
        (Right.Attest, Role.Approver, Duty.MoneyHandler),
        (Right.RecordPayment, Role.Finance, Duty.MoneyHandler),
        (Right.Allocate, Role.Finance, Duty.MoneyHandler),
        (Right.Compile, Role.ProjectLead, Duty.Coordinator),
        (Right.WriteFindings, Role.ProjectLead, Duty.Coordinator),
        (Right.WriteFindings, Role.ProjectLead, Duty.Reporter),
        (Right.WritePlan, Role.ProjectLead, Duty.Coordinator),
        (Right.WritePlan, Role.ProjectLead, Duty.Reporter),
        (Right.FollowWork, Role.ProjectLead, Duty.Coordinator),
        (Right.FollowWork, Role.ProjectLead, Duty.Reporter),
        (Right.WriteReports, Role.ProjectLead, Duty.Coordinator),
        (Right.WriteReports, Role.ProjectLead, Duty.Reporter)
    }.ToFrozenSet();

    static readonly Duty[] allDuties = Enum.GetValues<Duty>();

    public static bool May(Actor actor, Right right, IReadOnlyList<Party> parties) =>
        table.Contains((right, actor.Role, null))
        || parties.FirstOrDefault(p => p.Key == actor.Party) is { } party
            && (table.Contains((right, actor.Role, party.Role))
            || allDuties.Any(duty => duties.Contains((right, actor.Role, duty)) && Does(party, duty, parties)));

    /// <summary>Whether the person's role has the right in some party, or in
    /// none: whether a page about many agreements is for them at all.</summary>
    public static bool MaySomewhere(Actor actor, Right right) =>
        table.Any(granted => (granted.Item1, granted.Item2) == (right, actor.Role))
        || duties.Any(granted => (granted.Item1, granted.Item2) == (right, actor.Role));

    /// <summary>Whether a duty is this party's.</summary>
    public static bool Does(Party party, Duty duty, IReadOnlyList<Party> parties) =>
        parties.Any(p => p.Has(duty)) ? party.Has(duty) : party.Role == PartyRole.Recipient;
}
