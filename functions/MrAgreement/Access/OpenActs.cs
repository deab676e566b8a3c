using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;

namespace MrAgreement.Access;

public static partial class Acts
{
    /// <summary>Everything that may be done now, and whose each is to do.</summary>
    public static IEnumerable<OpenAct> Open(Dossier it, Instant now) =>
        from act in Enum.GetValues<Act>()
        let hands = With(it, act.Right()).ToList()
        from of in Subjects(it, act, now)
        from hand in hands
        let open = Open(it, act, of, hand.Party, hand.Role, now)
        where open is not null
        select open;

    /// <summary>An act as it is open to the people of one role in a party; null when it is not.</summary>
    public static OpenAct? Open(Dossier it, Act act, Subject of, string? party, Role role, Instant now)
    {
        return IsOpen(PersonId.System)
            ? new(act, of, party, role, [.. Involved(it, act, of).Distinct().Where(person => !IsOpen(person))])
            : null;

        bool IsOpen(PersonId person) => May(it, act, of, new(new(person, party ?? "", role), now));
    }

    // No party for those who have the right everywhere.
    static IEnumerable<(string? Party, Role Role)> With(Dossier it, Right right) => it.Exists
        ? it.Agreement.Terms.Parties.Select(party => (string?)party.Key).Append(null)
            .SelectMany(party => Enum.GetValues<Role>().Where(role => Rights.May(new(PersonId.System, party ?? "", role), right,
                it.Agreement.Terms.Parties) && (party is not null || IsEverywhere(role))).Select(role => (party, role)))
        : [];

    static bool IsEverywhere(Role role) => new Actor(PersonId.System, "", role).SeesEveryAgreement;

    /// <summary>What an act can be done to, whether it may be or not.</summary>
    public static IEnumerable<Subject> Subjects(Dossier it, Act act, Instant now) => act switch
    {
        Act.ConfirmAmendment or Act.ContestAmendment or Act.WithdrawAmendment => UpTo(it.Agreement.Amendments.Count),
        Act.TakeSeat or Act.RecordMeeting => it.Agreement.Bodies.Select(body => (Subject)body.Key),
        Act.LeaveSeat => it.Agreement.Bodies.SelectMany(body => body.Seats.Select(seat => new Subject(body.Key, seat.Number))),
        Act.AddDocumentVersion or Act.WithdrawDocument or Act.MarkSecrecy => it.Documents.InOrder.Select(document => (Subject)document.Id),
        Act.RemoveSecrecyMarking => it.Documents.InOrder.SelectMany(document =>
            document.Markings.Select(marking => new Subject(Number: marking.Marked.Number, Id: document.Id))),
        Act.RecordArchivePackage => it.Agreement.Terms.Parties.Select(party => (Subject)party.Key),
        Act.WithdrawSubmission or Act.AcceptSubmission or Act.ReturnSubmission or Act.NoteSubmission or Act.RecordMinistryComment =>
            it.Agreement.InOrder.SelectMany(o => o.Submissions.Select(submission => new Subject(o.Key, submission.Number))),
        Act.AgreeToTime or Act.CallOffTime => it.Agreement.InOrder.SelectMany(o => o.Times.Select(time => new Subject(o.Key, time.Number))),
        _ when IsOnObligation(act) => it.Agreement.InOrder.Select(o => (Subject)o.Key),
        _ when act.Right() == Right.DecideOnAppropriation || act == Act.PrepareRequisition =>
            it.Grant.Instalments.Select(instalment => (Subject)instalment.Key),
        Act.AttestRequisition or Act.DispatchRequisition or Act.ReceiveRequisition or Act.RefuseRequisition or Act.EndRequisition
            or Act.SetOffDebt =>
            UpTo(it.Grant.Requisitions.Count),
        Act.ConfirmPayment or Act.ContestPayment or Act.ReversePayment => UpTo(it.Grant.Payments.Count),
        Act.AttestAdjustment => UpTo(it.Grant.Adjustments.Count),
        Act.AttestRepayment or Act.WithdrawRepayment => UpTo(it.Grant.Repayments.Count),
        Act.AttestStatement => UpTo(it.Grant.Statements.Count),
        Act.WithdrawPrepared or Act.SendBackPrepared or Act.WithdrawAllocationReport or Act.SendBackAllocationReport =>
            Preparations.Kinds(act).SelectMany(kind => Preparations.Subjects(it.Grant, kind)),
        Act.WithdrawDisallowance => UpTo(it.Grant.Disallowances.Count),
        Act.MatchTransaction or Act.DismissTransaction or Act.ReopenTransaction or Act.RecogniseTransaction
            or Act.DistinguishTransaction => it.Grant.BankImports.SelectMany(import =>
                UpTo(import.Read.File.Transactions).Select(of => of with { Id = import.Read.File.Import })),
        Act.UnmatchTransaction => it.Grant.BankImports.SelectMany(import =>
            import.Matches.Keys.Order().Select(number => new Subject(Number: number, Id: import.Read.File.Import))),
        Act.WithdrawBankFile => it.Grant.BankImports.Select(import => (Subject)import.Read.File.Import),
        Act.WithdrawLedgerImport => it.Grant.Ledger.Imports.Select(import => (Subject)import.Read.Import),
        Act.PrepareAllocationReport => it.Grant.Allocations.Select(a => a.Made.Year).Distinct().Select(year => (Subject)year),
        Act.AttestAllocationReport or Act.AcceptAllocationReport or Act.ReturnAllocationReport => UpTo(it.Grant.AllocationReports.Count),
        Act.WithdrawDisclosure => UpTo(it.Documents.Disclosures.Count),
        Act.ReviseRecommendation => UpTo(it.Grounds.Recommendations.Count),
        Act.ReceiveInformation => UpTo(it.Grounds.Informations.Count),
        Act.ReviseFinding or Act.RetractFinding => UpTo(it.Grounds.Findings.Count),
        Act.WriteProjectPlan or Act.CheckProjectPlan => it.Grounds.Plans.SelectMany(version => version.Content.FocusAreas)
            .Select(area => area.Key).Distinct().Select(key => (Subject)key),
        Act.ReportMeasure or Act.AssessMeasure => it.Grounds.Plans.SelectMany(version => version.Content.Measures)
            .Select(measure => measure.Key).Distinct().Select(key => (Subject)key),
        Act.SpreadMaterial or Act.ApprovePublication or Act.WithdrawPublication => UpTo(it.Grounds.Publications.Count),
        Act.ReviseIndicator or Act.SetTarget or Act.EndIndicator or Act.RecordReading =>
            it.Grounds.Indicators.Keys.Select(key => (Subject)key),
        Act.ReviseEffort or Act.CancelEffort or Act.RecordEffect => UpTo(it.Grounds.Support.Efforts.Count),
        Act.ApproveErasure or Act.DeclineErasure => UpTo(it.Erasures.InOrder.Count),
        Act.WaiveException => Reconciliation.Of(it, new Occasion(Actor.System, now).Today).Select(check => (Subject)check.Rule),
        _ => [default]
    };

    static IEnumerable<Subject> UpTo(int count) => Enumerable.Range(1, count).Select(number => (Subject)number);

    // Whose hand may be in it.
    static IEnumerable<PersonId> Involved(Dossier it, Act act, Subject of) => act switch
    {
        Act.ConfirmSignature or Act.ContestSignature => [it.Agreement.Signature!.By],
        Act.ConfirmAmendment or Act.ContestAmendment => [it.Agreement.Amendments[of.Number - 1].By],
        Act.ConfirmCompletion or Act.ContestCompletion => [it.Agreement.Obligations[of.Key!].Completions[^1].By],
        Act.AgreeToTime => [it.Agreement.Obligations[of.Key!].Times[of.Number - 1].By],
        Act.ConfirmPayment or Act.ContestPayment => [it.Grant.Payments[of.Number - 1].By],
        Act.AcceptSubmission or Act.ReturnSubmission or Act.NoteSubmission or Act.RecordMinistryComment =>
            [it.Agreement.Obligations[of.Key!].Submission(of.Number)!.By],
        Act.SignOffDraft or Act.SendBackDraft => it.Agreement.Obligations[of.Key!].Drafts.Values.Select(draft => draft.By),
        Act.AttestRequisition => [it.Grant.Requisitions[of.Number - 1].PreparedBy],
        Act.AttestAdjustment => [it.Grant.Adjustments[of.Number - 1].PreparedBy],
        Act.AttestRepayment => [it.Grant.Repayments[of.Number - 1].PreparedBy],
        Act.SendBackPrepared or Act.SendBackAllocationReport =>
            Preparations.PreparedBy(it.Grant, of) is { } preparedBy ? [preparedBy] : [],
        Act.AttestStatement => [it.Grant.Statements[of.Number - 1].PreparedBy],
        Act.AttestAllocationReport => [it.Grant.AllocationReports[of.Number - 1].PreparedBy],
        Act.AcceptAllocationReport or Act.ReturnAllocationReport => it.Grant.AllocationReports[of.Number - 1] is var report
            && report.AttestedBy is { } attested ? [report.PreparedBy, attested] : [report.PreparedBy],
        Act.ReceiveInformation => [it.Grounds.Informations[of.Number - 1].By],
        Act.CheckProjectPlan => it.Grounds.ProjectPlans.GetValueOrDefault(of.Key!) is { } plan ? [plan.Last.By] : [],
        Act.ApprovePublication => [it.Grounds.Publications[of.Number - 1].By],
        Act.ApproveErasure => [it.Erasures[of.Number]!.By],
        _ => []
    };
}
