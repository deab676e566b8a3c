using MrAgreement.Overviews;
using MrAgreement.Web.Pages.Agreements;

namespace MrAgreement.Web.Pages.WorkLists;

/// <summary>Where on the pages that which waits is done.</summary>
static class WorkPlace
{
    public static string Of(WorkItem it) => $"/agreements/{it.Agreement}{it.Work switch
    {
        WorkKind.Sign or WorkKind.ConfirmSignature or WorkKind.SignAgain => Places.To("signature"),
        WorkKind.Close => Places.To("acts"),
        WorkKind.ConfirmAmendment => Places.To("amendments"),
        WorkKind.AmendmentContested => $"/amendments?{AmendmentPrefill.Instead}={it.Subject}",
        WorkKind.Requisition => Places.To("requisitions"),
        WorkKind.Attest or WorkKind.Dispatch or WorkKind.Receive or WorkKind.Pay or WorkKind.RedoRequisition =>
            Places.To($"requisition-{it.Subject}"),
        WorkKind.ConfirmPayment or WorkKind.AcknowledgePayment or WorkKind.PlacePayment or WorkKind.PaymentContested =>
            Places.To($"payment-{it.Subject}"),
        WorkKind.AttestAdjustment or WorkKind.RedoAdjustment => Places.To($"adjustment-{it.Subject}"),
        WorkKind.AttestStatement or WorkKind.ExplainStatement or WorkKind.RedoSentBackStatement => $"/grant/statements/{it.Subject}",
        WorkKind.RedoStatement => "/grant/statements",
        WorkKind.Repay or WorkKind.RepayClaimed or WorkKind.Round => "/grant/settlement",
        WorkKind.CostsToldOnce => "/grant/reconciliation",
        WorkKind.ReportSpend or WorkKind.CompleteReport => "/grant/allocation-reports",
        WorkKind.AttestReport or WorkKind.ReviewReport => $"/grant/allocation-reports/{it.Subject}",
        WorkKind.AttestRepayment or WorkKind.PayRepayment or WorkKind.ReceiveRepayment or WorkKind.WithdrawRepayment
            or WorkKind.RedoRepayment =>
            Places.To($"repayment-{it.Subject}"),
        WorkKind.InformOfRecommendations => $"{Places.Recommendations}#inform",
        WorkKind.ReceiveInformation => $"{Places.Recommendations}#information-{it.Subject}",
        WorkKind.CheckProjectPlan => $"{Places.Plan}/focus-areas/{it.Subject}",
        WorkKind.ReportMeasure => $"{Places.Plan}/measures/{it.Subject}",
        WorkKind.ApprovePublication => $"{Places.Publications}/{it.Subject}",
        WorkKind.ReadIndicator => $"{Places.Indicators}/{it.Subject}",
        WorkKind.ApproveErasure => $"/erasures#erasure-{it.Subject}",
        WorkKind.Match => $"/grant/bank/{it.Subject}",
        WorkKind.SetDate or WorkKind.Review or WorkKind.NoteSubmission or WorkKind.Confirm or WorkKind.CompletionContested or WorkKind.Hold
            or WorkKind.AnswerTime or WorkKind.Record or WorkKind.Submit or WorkKind.Complete or WorkKind.SignOff
            or WorkKind.RedoDraft or WorkKind.Late or WorkKind.LateCompletion =>
            $"/obligations/{Uri.EscapeDataString(it.Subject)}"
    }}";
}
