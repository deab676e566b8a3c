namespace MrAgreement.Web.Pages.Forms;

/// <summary>Ids of fields: unique on the page, the same whenever the page is shown.</summary>
static class FieldId
{
    const int AgreementPath = 3;

    /// <summary><c>/agreements/…/obligations/final-report/submissions</c> and
    /// <c>summary</c> give <c>obligations-final-report-submissions-summary</c>.</summary>
    public static string Of(string action, string field) =>
        string.Join('-', [.. action.Split('/').Skip(AgreementPath), .. field.Split('/')]);
}
