using MrAgreement.Overviews;

namespace MrAgreement.Web.Pages.WorkLists;

/// <summary>Where on the pages that which waits is done.</summary>
static class WorkPlace
{
    public static string Of(WorkItem it) => $"/agreements/{it.Agreement}{it.Work switch
    {
        WorkKind.Sign or WorkKind.ConfirmSignature or WorkKind.SignAgain => "#signature",
        WorkKind.Close => "#acts",
        WorkKind.ConfirmAmendment or WorkKind.AmendmentContested => "#amendments",
        WorkKind.Requisition => "#requisitions",
        WorkKind.Attest or WorkKind.Dispatch or WorkKind.Receive or WorkKind.Pay or WorkKind.RedoRequisition => $"#requisition-{it.Subject}",
        WorkKind.ConfirmPayment or WorkKind.AcknowledgePayment or WorkKind.PlacePayment or WorkKind.PaymentContested =>
            $"#payment-{it.Subject}",
        WorkKind.AttestAdjustment or WorkKind.RedoAdjustment => $"#adjustment-{it.Subject}",
        WorkKind.AttestStatement or WorkKind.ExplainStatement or WorkKind.RedoSentBackStatement => $"/grant/statements/{it.Subject}",
        WorkKind.RedoStatement => "/grant/statements",
        WorkKind.Repay or WorkKind.RepayClaimed or WorkKind.Round => "/grant/settlement",
        WorkKind.CostsToldOnce => "/grant/reconciliation",
        WorkKind.ReportSpend or WorkKind.CompleteReport => "/grant/allocation-reports",
        WorkKind.AttestReport or WorkKind.ReviewReport => $"/grant/allocation-reports/{it.Subject}",
        WorkKind.AttestRepayment or WorkKind.PayRepayment or WorkKind.ReceiveRepayment or WorkKind.WithdrawRepayment
            or WorkKind.RedoRepayment =>
            $"#repayment-{it.Subject}",
        WorkKind.ApproveErasure => $"/erasures#erasure-{it.Subject}",
        WorkKind.Match => $"/grant/bank/{it.Subject}",
        WorkKind.SetDate or WorkKind.Review or WorkKind.Confirm or WorkKind.CompletionContested or WorkKind.Hold
            or WorkKind.AnswerTime or WorkKind.Record or WorkKind.Submit or WorkKind.Complete or WorkKind.SignOff
            or WorkKind.RedoDraft or WorkKind.Late or WorkKind.LateCompletion =>
            $"/obligations/{Uri.EscapeDataString(it.Subject)}"
    }}";
}
