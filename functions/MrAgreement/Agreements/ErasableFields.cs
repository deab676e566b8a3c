using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>What of each event may be erased: free texts, names and file names; never amounts, days, keys, references and decisions.
/// </summary>
public static class ErasableFields
{
    /// <summary>What stands in a field that was erased.</summary>
    public const string Erased = "raderat";

    // Beside the list of stored names: an event that is missing here fails a test. A step of * goes into every element.
    static readonly Dictionary<Type, string[]> fields = new()
    {
        // Terms are what the parties have agreed, and what their signature is of.
        [typeof(AgreementCreated)] = [],
        [typeof(AgreementSigned)] = ["signatories/*/name"],
        [typeof(SignatureConfirmed)] = [],
        [typeof(SignatureContested)] = ["reason"],
        [typeof(AgreementTerminated)] = [],
        [typeof(TerminationAnnounced)] = [],
        [typeof(TerminationCorrected)] = [],
        [typeof(TerminationWithdrawn)] = ["reason"],
        [typeof(AgreementClosed)] = [],
        [typeof(DiaryNumberRecorded)] = [],
        [typeof(SettlementReopened)] = [],
        [typeof(AmendmentProposed)] = ["changes/*/drop/reason", "changes/*/revise/text"],
        [typeof(AmendmentConfirmed)] = [],
        [typeof(AmendmentTookEffect)] = [],
        [typeof(SubmissionMade)] = ["summary", "coverLetter", "contents/*/where"],
        [typeof(SubmissionAccepted)] = ["comment"],
        [typeof(SubmissionReturned)] = ["reason"],
        [typeof(SubmissionWithdrawn)] = ["reason"],
        [typeof(ObligationCompleted)] = ["note", "consultation/items/*/considered", "consultation/participants/*/name"],
        [typeof(SubmissionNoted)] = [],
        [typeof(CompletionConfirmed)] = [],
        [typeof(ObligationScheduled)] = [],
        [typeof(ExtensionGranted)] = [],
        [typeof(ObligationWaived)] = ["reason"],
        [typeof(ObligationAdded)] = [],
        [typeof(ObligationFulfilled)] = [],
        [typeof(ObligationReopened)] = [],
        [typeof(RepaymentClaimed)] = [],
        [typeof(ObligationRedated)] = [],
        [typeof(DateLost)] = [],
        [typeof(ReminderSent)] = [],
        [typeof(ReviewReminded)] = [],
        [typeof(ReminderAcknowledged)] = ["reason"],
        [typeof(InternalNoteWritten)] = ["text"],
        [typeof(MinistryCommentRecorded)] = ["text"],
        [typeof(SubmissionDrafted)] = ["summary", "coverLetter", "contents/*/where"],
        [typeof(DraftSignedOff)] = [],
        [typeof(DraftDiscarded)] = [],
        [typeof(ViewGiven)] = ["text"],
        [typeof(TimeProposed)] = ["place", "link"],
        [typeof(TimeAgreed)] = [],
        [typeof(TimeCalledOff)] = ["reason"],
        [typeof(BodySetUp)] = ["title"],
        [typeof(SeatTaken)] = ["function"],
        [typeof(SeatLeft)] = [],
        [typeof(MeetingHeld)] = ["agenda"],
        [typeof(GrantOpened)] = [],
        [typeof(InstalmentReleased)] = [],
        [typeof(InstalmentLapsed)] = ["reason"],
        [typeof(LapseWithdrawn)] = ["reason"],
        [typeof(ReleaseCorrected)] = ["reason"],
        [typeof(ReleaseWithdrawn)] = ["reason"],
        [typeof(AgreedAmountRaised)] = [],
        [typeof(RequisitionPrepared)] = [],
        [typeof(RequisitionAttested)] = [],
        [typeof(RequisitionDispatched)] = [],
        [typeof(RequisitionReceived)] = [],
        [typeof(RequisitionRefused)] = ["reason"],
        [typeof(RequisitionEnded)] = ["reason"],
        [typeof(PaymentRecorded)] = [],
        [typeof(PaymentConfirmed)] = [],
        [typeof(AdjustmentPrepared)] = ["reason"],
        [typeof(AdjustmentAttested)] = [],
        [typeof(RepaymentPrepared)] = [],
        [typeof(RepaymentAttested)] = [],
        [typeof(RepaymentWithdrawn)] = ["reason"],
        [typeof(AmendmentContested)] = ["reason"],
        [typeof(AmendmentWithdrawn)] = ["reason"],
        [typeof(DutyEnded)] = [],
        [typeof(InstalmentAmended)] = [],
        [typeof(DraftSentBack)] = ["reason"],
        [typeof(CompletionContested)] = ["reason"],
        [typeof(PaymentContested)] = ["reason"],
        [typeof(PreparedWithdrawn)] = ["reason"],
        [typeof(PreparedSentBack)] = ["reason"],
        [typeof(FinalAccountsFixed)] = [],
        [typeof(FinalAccountsReopened)] = [],
        [typeof(PaymentReversed)] = ["reason"],
        [typeof(DebtSetOff)] = ["reason"],
        [typeof(LedgerImported)] = ["name"],
        [typeof(CategoriesMapped)] = [],
        [typeof(BudgetSet)] = [],
        // Its content is what was attested, by its digest.
        [typeof(StatementPrepared)] = ["explanations/*/text"],
        [typeof(StatementAttested)] = [],
        [typeof(StatementSubmitted)] = [],
        [typeof(ExceptionWaived)] = ["reason"],
        [typeof(CostsDisallowed)] = ["reason"],
        [typeof(DisallowanceWithdrawn)] = ["reason"],
        [typeof(BankFileImported)] = ["file/name"],
        [typeof(TransactionMatched)] = [],
        [typeof(TransactionDismissed)] = ["reason"],
        [typeof(TransactionReopened)] = [],
        [typeof(TransactionUnmatched)] = ["reason"],
        [typeof(LedgerImportWithdrawn)] = ["reason"],
        [typeof(BankFileWithdrawn)] = ["reason"],
        [typeof(TransactionRecognised)] = [],
        [typeof(TransactionDistinguished)] = [],
        [typeof(AllocationMade)] = [],
        [typeof(AllocationReportPrepared)] = ["comment"],
        [typeof(AllocationReportAttested)] = [],
        [typeof(AllocationReportAccepted)] = ["comment"],
        [typeof(AllocationReportReturned)] = ["reason"],
        [typeof(DocumentRegistered)] = ["title", "file/name", "from"],
        [typeof(DocumentVersionAdded)] = ["file/name"],
        [typeof(DocumentWithdrawn)] = ["reason"],
        [typeof(SecrecyMarked)] = [],
        [typeof(SecrecyMarkingRemoved)] = ["reason"],
        [typeof(DisclosureRecorded)] = ["to", "decidedBy", "ground"],
        [typeof(DisclosureWithdrawn)] = ["reason"],
        [typeof(ArchivePackageMade)] = [],
        [typeof(ErasureRequested)] = [],
        [typeof(ErasureDeclined)] = [],
        [typeof(ContentErased)] = [],
        [typeof(MessageHandedOver)] = [],
        [typeof(MessageGivenUp)] = [],
        [typeof(MessageBounced)] = [],
        [typeof(RecommendationRecorded)] = ["recommendations/*/text/en", "recommendations/*/text/sv"],
        [typeof(RecommendationRevised)] = ["content/text/en", "content/text/sv"],
        [typeof(RecommendationsInformed)] = ["how"],
        [typeof(InformationReceived)] = [],
        [typeof(FindingRecorded)] = ["finding/title", "finding/text", "finding/sources/*/interview"],
        [typeof(FindingRevised)] = ["finding/title", "finding/text", "finding/sources/*/interview"],
        [typeof(FindingRetracted)] = ["reason"],
        // Its content is what was handed over, by its digest.
        [typeof(PlanVersionMade)] = ["summary"],
        [typeof(ProjectPlanWritten)] = ["text"],
        [typeof(ProjectPlanChecked)] = ["comment"],
        [typeof(MeasureReported)] = ["report/text"],
        [typeof(MeasureReportCorrected)] = ["report/text"],
        [typeof(MeasureAssessed)] = ["text", "livesOn"],
        [typeof(MaterialPublished)] = ["material/title", "material/address"],
        [typeof(MaterialSpread)] = ["spreading/channel", "spreading/address"],
        [typeof(PublicationApproved)] = ["checks/secrecy/note", "checks/personalData/note", "checks/accessibility/note"],
        [typeof(PublicationWithdrawn)] = ["reason"],
        [typeof(IndicatorDefined)] = ["content/title", "content/of", "content/baseline/source"],
        [typeof(IndicatorRevised)] = ["content/title", "content/of", "content/baseline/source"],
        [typeof(IndicatorEnded)] = ["reason"],
        [typeof(TargetSet)] = [],
        [typeof(ReadingRecorded)] = ["reading/source"],
        [typeof(ReadingCorrected)] = ["reading/source"],
        [typeof(SupportLadderSet)] = [],
        [typeof(EffortRecorded)] = ["effort/title"],
        [typeof(EffortRevised)] = ["effort/title"],
        [typeof(EffortCancelled)] = ["reason"],
        [typeof(EffectSeen)] = ["seen/text", "seen/evidence"],
        [typeof(IntentDeclared)] = ["text"],
        // Its content is what its documents say, by its digest.
        [typeof(ReportFrozen)] = []
    };

    /// <summary>What may be erased of an event; null for one that says nothing of it.</summary>
    public static IReadOnlyList<string>? Of(Type happened) => fields.GetValueOrDefault(happened);

    /// <summary>The kinds of which something may be erased, by their stored names, and what: as packages and docs/verify.py have it.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ByName { get; } = new SortedDictionary<string, IReadOnlyList<string>>(
        EventJson.Types.Where(stored => fields.GetValueOrDefault(stored.Value) is { Length: > 0 })
            .ToDictionary(stored => stored.Key, stored => (IReadOnlyList<string>)fields[stored.Value]), StringComparer.Ordinal);

    public static bool Has(Event happened) => fields[happened.GetType()].Length > 0;

    /// <summary>The payload with all that may go of it erased.</summary>
    public static byte[] Erase(string type, byte[] data)
    {
        var json = JsonNode.Parse(data)!;
        foreach (var field in fields[EventJson.Types[type]])
            Erase(json, field.Split('/'));
        return JsonSerializer.SerializeToUtf8Bytes(json, Json.Options);
    }

    /// <summary>Whether a row is of an event of which something may be erased, and all of that reads so.</summary>
    public static bool ReadsErased(StoredEvent row)
    {
        if (row.Data is not { } data || !EventJson.Types.TryGetValue(row.Type, out var type) || fields[type].Length == 0)
            return false;
        try
        {
            // What is no event of ours hides nothing that was erased, whatever it reads.
            EventJson.Read(row.Type, data);
            return Erase(row.Type, data).AsSpan().SequenceEqual(data);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    static void Erase(JsonNode? at, ReadOnlySpan<string> path)
    {
        if (path is ["*", ..])
        {
            foreach (var each in at as JsonArray ?? [])
                Erase(each, path[1..]);
        }
        else if (at is JsonObject it && it[path[0]] is { } inner)
        {
            if (path.Length > 1)
                Erase(inner, path[1..]);
            else if (inner.GetValue<string>().Length > 0)
                it[path[0]] = Erased;
        }
    }
}
