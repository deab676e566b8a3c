namespace MrAgreement.Web.Tests.Grants;

/// <summary>What is printed, and how to read it.</summary>
static class Printed
{
    public const string Pdf = "application/pdf";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static readonly (string, string) english = ("Accept-Language", "en");

    public static object Period => new { from = "2014-07-01", to = "2014-12-31" };

    public static object Requisition => new { instalment = "first", amount = 1000.50m, bankgiro = "5050-1055", reference = "Fi2014/1", period = Period };

    public static string Said(WireAnswer pdf)
    {
        pdf.Ok();
        Assert.Equal(Pdf, pdf.MediaType);
        return new PdfText(pdf.Bytes).All.Replace('\u00A0', ' ');
    }
}
