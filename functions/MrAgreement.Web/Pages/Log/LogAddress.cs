namespace MrAgreement.Web.Pages.Log;

/// <summary>The address of one event in a log, on whatever page of it.</summary>
static class LogAddress
{
    public static string Of(AgreementId agreement, long sequence) => $"/agreements/{agreement}/log?event={sequence}#e{sequence}";
}
