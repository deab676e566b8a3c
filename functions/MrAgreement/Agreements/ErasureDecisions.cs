using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Erasures: asked for by one person of a party that has it, and approved by another. What several parties have, since it was
/// handed over, goes only when two of them will have it so.</summary>
public static class ErasureDecisions
{
    const int LongestReference = 100;

    /// <summary>What stands against it as things are; null for nothing.</summary>
    public static Refused? Against(Dossier it, Act act, Subject of, Occasion on) => act == Act.RequestErasure
        ? Left(it, on.By.Party).Any() ? null : new("nothing-to-erase")
        : it.Erasures[of.Number] is not { } erasure
            || erasure.Asked.Party != on.By.Party && !Holders(it, erasure.Asked).Contains(on.By.Party)
            ? new("no-such-erasure", RefusalKind.NotFound, ("number", of.Number))
        : erasure.State != ErasureState.Asked ? new("erasure-decided", ("number", of.Number))
        : act == Act.DeclineErasure ? null
        : it.Erasures.IsGone(erasure.Asked) ? new("nothing-to-erase")
        : erasure.By == on.By.Id ? FourEyes.Refusal
        : Approvers(it, erasure.Asked) is var approvers && !approvers.Contains(on.By.Party)
            ? new("erasure-of-several", RefusalKind.Forbidden, ("parties", string.Join(", ", approvers)))
        : null;

    /// <summary>The rows of which one of the party's people may still ask for an erasure, oldest first.</summary>
    public static IEnumerable<long> Left(Dossier it, string party) =>
        it.Erasures.Left().Where(row => Holders(it, row.Row).Contains(party)).Select(row => row.Sequence);

    /// <summary>Keys of the parties that have what is to go: one, or several since it was handed over.</summary>
    public static IReadOnlyList<string> Holders(Dossier it, ErasureRequested asked) =>
        asked.Document is { } document ? Holders(it, document)
        : it.Erasures.Rows.GetValueOrDefault(asked.Row ?? 0) is { } row ? Holders(it, row)
        : [];

    /// <summary>Keys of the parties whose people may approve it: the others that have it, and where nobody else has, one's own.</summary>
    public static IReadOnlyList<string> Approvers(Dossier it, ErasureRequested asked) => Holders(it, asked) is { Count: > 1 } several
        ? [.. several.Where(party => party != asked.Party)]
        : [asked.Party];

    static IReadOnlyList<string> Holders(Dossier it, ErasableRow row) =>
        row.Document is { } document && row.Type != removal ? Holders(it, document)
        : row.To is { } to && to != row.Party ? [row.Party, to]
        : [row.Party];

    static IReadOnlyList<string> Holders(Dossier it, Guid document) => it.Documents[document] is { } found
        ? [.. it.Agreement.Terms.Parties.Select(party => party.Key).Where(party => DocumentDecisions.Holds(it, party, found))]
        : [];

    // A party's reasons are its own, whoever has the document.
    const string removal = "secrecy-marking-removed";

    public static Decision Decide(Dossier it, RequestErasure command, Occasion on)
    {
        var (faults, reference) = (new List<Fault>(), HiddenLetters.WithoutOrNull(command.Reference));
        var pending = it.Erasures.InOrder.Find(other => other.State == ErasureState.Asked
            && (other.Asked.Row, other.Asked.Document) == (command.Row, command.Document));
        if (pending?.By == on.By.Id && (pending.Asked.Ground, pending.Asked.Reference) == (command.Ground, reference))
            return new Nothing();
        if (Against(it, command.Act, default, on) is { } refused)
            return refused;
        if (command.Row is null == command.Document is null)
            faults.Add(new("/row", "erasure-of-one"));
        if (command.Ground == ErasureGround.Disposal && reference is null)
            faults.Add(new("/reference", "disposal-without-number"));
        faults.AddOptionalText("/reference", reference, LongestReference);
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        var number = it.Erasures.InOrder.Count + 1;
        var asked = new ErasureRequested(number, command.Row, command.Document, command.Ground, reference, on.By.Party);
        var rows = it.Erasures.RowsOf(asked);
        if (rows.Count == 0 || !Holders(it, asked).Contains(on.By.Party))
            return Refused.Invalid(new Fault(command.Row is null ? "/document" : "/row", "nothing-to-erase-there"));
        if (command.Document is { } document ? it.Erasures.IsErased(document) : it.Erasures.Erased.ContainsKey(rows[0]))
            return new Refused("already-erased").NotSo();
        if (pending is not null)
            return new Refused("erasure-asked", ("number", pending.Asked.Number)).NotSo();
        return asked with { Own = it.Erasures.Rows[rows[0]].IsOwn ? true : null };
    }

    public static Decision Decide(Dossier it, DeclineErasure command, Occasion on) =>
        it.Erasures[command.Number] is { State: ErasureState.Declined } done && done.DecidedBy == on.By.Id
            ? new Nothing()
            : Against(it, command.Act, command.Number, on)
                ?? (Decision)new ErasureDeclined(command.Number, on.By.Party, it.Erasures[command.Number]!.Asked.Own);

    public static Decision Decide(Dossier it, ApproveErasure command, Occasion on) =>
        it.Erasures[command.Number] is { State: ErasureState.Done } done && done.DecidedBy == on.By.Id ? new Nothing()
        : Against(it, command.Act, command.Number, on) is { } refused ? refused
        : it.Erasures[command.Number] is { Asked: var asked, By: var by }
            ? new Accepted([.. command.Rows.Select(row => new ContentErased(asked.Number, row.Sequence, asked.Ground, asked.Reference, by,
                on.By.Id, HashChain.DigestNow(row), asked.Party, asked.Document, asked.Own))])
            : new Nothing();

    /// <summary>What erases a row again that the list of erasures has: the log was put back from a copy that still held it. Null where
    /// there is nothing of it any more.</summary>
    public static ContentErased? Again(Dossier it, ListedErasure listed, StoredEvent row) =>
        it.Erasures.Rows.ContainsKey(listed.Row) && !it.Erasures.Erased.ContainsKey(listed.Row)
            ? new(NumberOf(it, listed), listed.Row, listed.Ground, listed.Reference, listed.AskedBy, listed.ApprovedBy,
                HashChain.DigestNow(row), listed.Party, listed.Document, listed.Own)
            : null;

    /// <summary>The row as what may be erased, after its event; null where nothing of it may.</summary>
    internal static ErasableRow? RowOf(Dossier after, Event happened) =>
        ErasableFields.Has(happened) && happened is not ObligationWaived { Reason: Termination.Reason }
        ? new(EventJson.NameOf(happened), PartyOf(after, happened), happened is OwnEvent, happened switch
        {
            DocumentRegistered e => e.Document,
            DocumentVersionAdded e => e.Document,
            DocumentWithdrawn e => e.Document,
            // Another party's marking is its own record.
            SecrecyMarkingRemoved e when after.Documents[e.Document]!.Party == e.Party => e.Document,
            _ => null
        }, happened switch
        {
            SubmissionMade made => after.Agreement.Obligations[made.Obligation].Recipient,
            // What is agreed, who signed it, and what is done together, is both sides'.
            AmendmentProposed or AgreementSigned or ViewGiven or TimeProposed or TimeCalledOff or BodyEvent
                or MaterialPublished or MaterialSpread or PublicationApproved or PublicationWithdrawn => OtherSide(after, happened),
            ObligationCompleted e when after.Agreement.Obligations[e.Obligation].IsMeeting => OtherSide(after, happened),
            _ => null
        })
        : null;

    static string OtherSide(Dossier it, Event happened) =>
        Of(it, PartyOf(it, happened) == Of(it, PartyRole.Grantor) ? PartyRole.Recipient : PartyRole.Grantor);

    // The request may be in the copy still, or lost with what came after it; a document has one, of all its rows.
    static int NumberOf(Dossier it, ListedErasure listed) => it.Erasures.InOrder.Find(asked =>
        asked.State == ErasureState.Asked && asked.Asked.Row is { } row && row == listed.Row
            || asked.State != ErasureState.Declined && asked.Asked.Document is { } document && document == listed.Document)?.Asked.Number
                ?? it.Erasures.InOrder.Count + 1;

    internal static string PartyOf(Dossier it, Event happened) => happened switch
    {
        AgreementSigned e => e.Party ?? Of(it, PartyRole.Grantor),
        SignatureConfirmed e => e.Party,
        SignatureContested e => e.Party,
        AmendmentProposed e => e.Party,
        AmendmentConfirmed e => e.Party,
        AmendmentContested e => e.Party,
        AmendmentWithdrawn e => e.Party,
        CompletionConfirmed e => e.Party,
        CompletionContested e => e.Party,
        ReminderAcknowledged e => e.Party,
        PaymentContested e => e.Party,
        SubmissionMade e => e.Party,
        SubmissionWithdrawn e => it.Agreement.Obligations[e.Obligation].Submissions[e.Number - 1].Party,
        SubmissionAccepted e => it.Agreement.Obligations[e.Obligation].Recipient ?? Of(it, PartyRole.Grantor),
        SubmissionReturned e => it.Agreement.Obligations[e.Obligation].Recipient ?? Of(it, PartyRole.Grantor),
        ObligationCompleted e => e.Party,
        OwnEvent e => e.Party,
        ViewGiven e => e.Party,
        BodySetUp e => e.Party,
        SeatTaken e => e.Party,
        MeetingHeld e => e.Party,
        TimeProposed e => e.Party,
        TimeAgreed e => e.Party,
        TimeCalledOff e => e.Party,
        DocumentRegistered e => e.Party,
        DocumentVersionAdded e => it.Documents[e.Document]!.Party,
        DocumentWithdrawn e => it.Documents[e.Document]!.Party,
        SecrecyMarkingRemoved e => e.Party,
        WorkEvent e => e.Party,
        DisclosureRecorded e => e.Party,
        DisclosureWithdrawn e => e.Party,
        // What was never sent falls with a decision of the grantor's.
        RequisitionRefused e when it.Grant.Requisitions[e.Number - 1].DispatchedOn is null => Of(it, PartyRole.Grantor),
        RequisitionEnded { Party: { } party } => party,
        PaymentReversed { Party: { } party } => party,
        RequisitionRefused or RequisitionEnded or DebtSetOff => Of(it, PartyRole.Payer),
        AllocationReportPrepared e => e.Party,
        PreparedUndone { What: PreparedKind.AllocationReport } e => it.Grant.AllocationReports[e.Number - 1].Party,
        AllocationReportAccepted or AllocationReportReturned => With(it, Duty.Coordinator),
        PaymentReversed e when it.Grant.Payments.Find(payment => payment.Number == e.Number)?.Side == PartyRole.Payer =>
            Of(it, PartyRole.Payer),
        InstalmentLapsed or LapseWithdrawn or ReleaseCorrected or ReleaseWithdrawn or CostsDisallowed or DisallowanceWithdrawn =>
            Of(it, PartyRole.Grantor),
        GrantEvent => With(it, Duty.MoneyHandler),
        _ => Of(it, PartyRole.Grantor)
    };

    internal static string Of(Dossier it, PartyRole role) =>
        (it.Agreement.Terms.Parties.FirstOrDefault(party => party.Role == role) ?? it.Agreement.Terms.Parties[0]).Key;

    internal static string With(Dossier it, Duty duty) =>
        it.Agreement.Terms.Parties.FirstOrDefault(party => Rights.Does(party, duty, it.Agreement.Terms.Parties))?.Key
            ?? Of(it, PartyRole.Recipient);
}
