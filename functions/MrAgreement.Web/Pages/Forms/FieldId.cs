namespace MrAgreement.Web.Pages.Forms;

/// <summary>Ids of fields: unique on the page, the same whenever the page is shown.</summary>
static class FieldId
{
    const int AgreementPath = 3;
    const int OwnPath = 2;

    // What is one's own has no key before the act: the page of each may hold several.
    static readonly string[] own = ["/me/", "/webhooks/"];

    /// <summary><c>/agreements/…/obligations/final-report/submissions</c> and
    /// <c>summary</c> give <c>obligations-final-report-submissions-summary</c>.</summary>
    public static string Of(string action, string field) =>
        string.Join('-', [.. action.Split('/').Skip(Skipped(action)), .. field.Split('/')]);

    // A register is no part of anything, and its page has a form for one of it and one for many.
    static int Skipped(string action) => action.StartsWith("/organisation", StringComparison.Ordinal) ? 1
        : own.Any(start => action.StartsWith(start, StringComparison.Ordinal)) ? OwnPath : AgreementPath;
}
