using Microsoft.AspNetCore.Http;
using MrAgreement.Formats.Tables;
using MrAgreement.Web.Http;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Portfolio;

/// <summary>A list across agreements as a file, in the format that its address ends in.</summary>
static class SheetFile
{
    public static readonly IReadOnlyList<string> Formats = ["xlsx", "csv"];

    /// <param name="name">Key of the text that the file is called by.</param>
    public static IResult Of(string format, string name, PageVisitor visitor, Sheet sheet)
    {
        var file = $"{Attachment.Name(visitor.Language.Say(name), LocalDatePattern.Iso.Format(visitor.Present))}.{format}";
        return format == "csv" ? Attachment.Of(Csv.Write(sheet), Csv.MediaType, file)
            : Attachment.Of(Workbook.Write([sheet]), Workbook.MediaType, file);
    }
}
