using System.Text.Json;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Events to JSON and back, by their stored names.</summary>
public static class EventJson
{
    // Stored for ever: add cases; never rename, remove or reuse one (docs/decisions/0002).
    static readonly Dictionary<Type, string> names = new()
    {
        [typeof(AgreementCreated)] = "agreement-created",
        [typeof(AgreementSigned)] = "agreement-signed",
        [typeof(SignatureConfirmed)] = "signature-confirmed",
        [typeof(SignatureContested)] = "signature-contested",
        [typeof(AgreementTerminated)] = "agreement-terminated",
        [typeof(TerminationAnnounced)] = "termination-announced",
        [typeof(TerminationCorrected)] = "termination-corrected",
        [typeof(TerminationWithdrawn)] = "termination-withdrawn",
        [typeof(AgreementClosed)] = "agreement-closed",
        [typeof(DiaryNumberRecorded)] = "diary-number-recorded",
        [typeof(SettlementReopened)] = "settlement-reopened",
        [typeof(AmendmentProposed)] = "amendment-proposed",
        [typeof(AmendmentConfirmed)] = "amendment-confirmed",
        [typeof(AmendmentTookEffect)] = "amendment-took-effect",
        [typeof(SubmissionMade)] = "submission-made",
        [typeof(SubmissionAccepted)] = "submission-accepted",
        [typeof(SubmissionNoted)] = "submission-noted",
        [typeof(SubmissionReturned)] = "submission-returned",
        [typeof(SubmissionWithdrawn)] = "submission-withdrawn",
        [typeof(ObligationCompleted)] = "obligation-completed",
        [typeof(CompletionConfirmed)] = "completion-confirmed",
        [typeof(ObligationScheduled)] = "obligation-scheduled",
        [typeof(ExtensionGranted)] = "extension-granted",
        [typeof(ObligationWaived)] = "obligation-waived",
        [typeof(ObligationAdded)] = "obligation-added",
        [typeof(ObligationFulfilled)] = "obligation-fulfilled",
        [typeof(ObligationReopened)] = "obligation-reopened",
        [typeof(RepaymentClaimed)] = "repayment-claimed",
        [typeof(ObligationRedated)] = "obligation-redated",
        [typeof(DateLost)] = "date-lost",
        [typeof(ReminderSent)] = "reminder-sent",
        [typeof(ReviewReminded)] = "review-reminded",
        [typeof(ReminderAcknowledged)] = "reminder-acknowledged",
        [typeof(InternalNoteWritten)] = "internal-note-written",
        [typeof(MinistryCommentRecorded)] = "ministry-comment-recorded",
        [typeof(SubmissionDrafted)] = "submission-drafted",
        [typeof(DraftSignedOff)] = "draft-signed-off",
        [typeof(DraftDiscarded)] = "draft-discarded",
        [typeof(ViewGiven)] = "view-given",
        [typeof(TimeProposed)] = "time-proposed",
        [typeof(TimeAgreed)] = "time-agreed",
        [typeof(TimeCalledOff)] = "time-called-off",
        [typeof(BodySetUp)] = "body-set-up",
        [typeof(SeatTaken)] = "seat-taken",
        [typeof(SeatLeft)] = "seat-left",
        [typeof(MeetingHeld)] = "meeting-held",
        [typeof(GrantOpened)] = "grant-opened",
        [typeof(InstalmentReleased)] = "instalment-released",
        [typeof(InstalmentLapsed)] = "instalment-lapsed",
        [typeof(LapseWithdrawn)] = "lapse-withdrawn",
        [typeof(ReleaseCorrected)] = "release-corrected",
        [typeof(ReleaseWithdrawn)] = "release-withdrawn",
        [typeof(AgreedAmountRaised)] = "agreed-amount-raised",
        [typeof(RequisitionPrepared)] = "requisition-prepared",
        [typeof(RequisitionAttested)] = "requisition-attested",
        [typeof(RequisitionDispatched)] = "requisition-dispatched",
        [typeof(RequisitionReceived)] = "requisition-received",
        [typeof(RequisitionRefused)] = "requisition-refused",
        [typeof(RequisitionEnded)] = "requisition-ended",
        [typeof(PaymentRecorded)] = "payment-recorded",
        [typeof(PaymentConfirmed)] = "payment-confirmed",
        [typeof(AdjustmentPrepared)] = "adjustment-prepared",
        [typeof(AdjustmentAttested)] = "adjustment-attested",
        [typeof(RepaymentPrepared)] = "repayment-prepared",
        [typeof(RepaymentAttested)] = "repayment-attested",
        [typeof(RepaymentWithdrawn)] = "repayment-withdrawn",
        [typeof(AmendmentContested)] = "amendment-contested",
        [typeof(AmendmentWithdrawn)] = "amendment-withdrawn",
        [typeof(DutyEnded)] = "duty-ended",
        [typeof(InstalmentAmended)] = "instalment-amended",
        [typeof(DraftSentBack)] = "draft-sent-back",
        [typeof(CompletionContested)] = "completion-contested",
        [typeof(PaymentContested)] = "payment-contested",
        [typeof(PreparedWithdrawn)] = "prepared-withdrawn",
        [typeof(PreparedSentBack)] = "prepared-sent-back",
        [typeof(FinalAccountsFixed)] = "final-accounts-fixed",
        [typeof(FinalAccountsReopened)] = "final-accounts-reopened",
        [typeof(PaymentReversed)] = "payment-reversed",
        [typeof(DebtSetOff)] = "debt-set-off",
        [typeof(LedgerImported)] = "ledger-imported",
        [typeof(CategoriesMapped)] = "categories-mapped",
        [typeof(BudgetSet)] = "budget-set",
        [typeof(StatementPrepared)] = "statement-prepared",
        [typeof(StatementAttested)] = "statement-attested",
        [typeof(StatementSubmitted)] = "statement-submitted",
        [typeof(ExceptionWaived)] = "exception-waived",
        [typeof(CostsDisallowed)] = "costs-disallowed",
        [typeof(DisallowanceWithdrawn)] = "disallowance-withdrawn",
        [typeof(BankFileImported)] = "bank-file-imported",
        [typeof(TransactionMatched)] = "transaction-matched",
        [typeof(TransactionDismissed)] = "transaction-dismissed",
        [typeof(TransactionReopened)] = "transaction-reopened",
        [typeof(TransactionUnmatched)] = "transaction-unmatched",
        [typeof(LedgerImportWithdrawn)] = "ledger-import-withdrawn",
        [typeof(BankFileWithdrawn)] = "bank-file-withdrawn",
        [typeof(TransactionRecognised)] = "transaction-recognised",
        [typeof(TransactionDistinguished)] = "transaction-distinguished",
        [typeof(AllocationMade)] = "allocation-made",
        [typeof(AllocationReportPrepared)] = "allocation-report-prepared",
        [typeof(AllocationReportAttested)] = "allocation-report-attested",
        [typeof(AllocationReportAccepted)] = "allocation-report-accepted",
        [typeof(AllocationReportReturned)] = "allocation-report-returned",
        [typeof(DocumentRegistered)] = "document-registered",
        [typeof(DocumentVersionAdded)] = "document-version-added",
        [typeof(DocumentWithdrawn)] = "document-withdrawn",
        [typeof(SecrecyMarked)] = "secrecy-marked",
        [typeof(SecrecyMarkingRemoved)] = "secrecy-marking-removed",
        [typeof(DisclosureRecorded)] = "disclosure-recorded",
        [typeof(DisclosureWithdrawn)] = "disclosure-withdrawn",
        [typeof(ArchivePackageMade)] = "archive-package-made",
        [typeof(ErasureRequested)] = "erasure-requested",
        [typeof(ErasureDeclined)] = "erasure-declined",
        [typeof(ContentErased)] = ErasedRows.Type,
        [typeof(MessageHandedOver)] = "message-handed-over",
        [typeof(MessageGivenUp)] = "message-given-up",
        [typeof(MessageBounced)] = "message-bounced",
        [typeof(RecommendationRecorded)] = "recommendation-recorded",
        [typeof(RecommendationRevised)] = "recommendation-revised",
        [typeof(RecommendationsInformed)] = "recommendations-informed",
        [typeof(InformationReceived)] = "information-received",
        [typeof(FindingRecorded)] = "finding-recorded",
        [typeof(FindingRevised)] = "finding-revised",
        [typeof(FindingRetracted)] = "finding-retracted",
        [typeof(PlanVersionMade)] = "plan-version-made",
        [typeof(ReportFrozen)] = "report-frozen",
        [typeof(ProjectPlanWritten)] = "project-plan-written",
        [typeof(ProjectPlanChecked)] = "project-plan-checked",
        [typeof(MeasureReported)] = "measure-reported",
        [typeof(MeasureReportCorrected)] = "measure-report-corrected",
        [typeof(MeasureAssessed)] = "measure-assessed",
        [typeof(MaterialPublished)] = "material-published",
        [typeof(MaterialSpread)] = "material-spread",
        [typeof(PublicationApproved)] = "publication-approved",
        [typeof(PublicationWithdrawn)] = "publication-withdrawn",
        [typeof(IndicatorDefined)] = "indicator-defined",
        [typeof(IndicatorRevised)] = "indicator-revised",
        [typeof(IndicatorEnded)] = "indicator-ended",
        [typeof(TargetSet)] = "target-set",
        [typeof(ReadingRecorded)] = "reading-recorded",
        [typeof(ReadingCorrected)] = "reading-corrected",
        [typeof(SupportLadderSet)] = "support-ladder-set",
        [typeof(EffortRecorded)] = "effort-recorded",
        [typeof(EffortRevised)] = "effort-revised",
        [typeof(EffortCancelled)] = "effort-cancelled",
        [typeof(EffectSeen)] = "effect-seen",
        [typeof(IntentDeclared)] = "intent-declared"
    };

    static readonly Dictionary<string, Type> types = names.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Every stored name and the event it stands for.</summary>
    public static IReadOnlyDictionary<string, Type> Types => types;

    public static string NameOf(Event happened) => names[happened.GetType()];

    public static byte[] Write(Event happened) => JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), Json.Options);

    /// <exception cref="UnknownEventException">No event has that stored name.</exception>
    /// <exception cref="JsonException">The payload does not read as that event.</exception>
    public static Event Read(string type, byte[] data) =>
        types.TryGetValue(type, out var known)
            ? (Event)JsonSerializer.Deserialize(data, known, Json.Stored)!
            : throw new UnknownEventException(type);
}
