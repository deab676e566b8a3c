using MrAgreement.Overviews;

namespace MrAgreement.Web.Pages.Turns;

/// <summary>Where on the pages that which waits is done.</summary>
static class TurnPlace
{
    public static string Of(TurnRow it) => $"/agreements/{it.Agreement}{it.Act switch
    {
        "sign" or "close" => "#acts",
        "confirm-amendment" => "#amendments",
        "requisition" => "#requisitions",
        "attest" or "dispatch" or "receive" or "pay" => $"#requisition-{it.Subject}",
        "confirm-payment" or "acknowledge-payment" or "place-payment" => $"#payment-{it.Subject}",
        "attest-adjustment" => $"#adjustment-{it.Subject}",
        "attest-statement" => $"/grant/statements/{it.Subject}",
        "redo-statement" => "/grant/statements",
        "repay" or "repay-claimed" or "round" => "/grant/settlement",
        "costs-told-once" => "/grant/reconciliation",
        "report-spend" or "complete-report" => "/grant/allocation-reports",
        "attest-report" or "review-report" => $"/grant/allocation-reports/{it.Subject}",
        "attest-repayment" or "pay-repayment" or "receive-repayment" or "withdraw-repayment" => $"#repayment-{it.Subject}",
        "match" => $"/grant/bank/{it.Subject}",
        _ => $"/obligations/{Uri.EscapeDataString(it.Subject)}"
    }}";
}
