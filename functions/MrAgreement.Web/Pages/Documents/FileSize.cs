using System.Globalization;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Documents;

/// <summary>The size of a file as people read it: <c>12 kB</c>, <c>1,4 MB</c>.</summary>
static class FileSize
{
    public static string Of(long bytes, Language language) => bytes switch
    {
        < 1_000_000 => $"{Math.Max(1, bytes / 1000)}\u00A0kB",
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000m:0.0}\u00A0MB")
            .Replace(".", language == Language.Swedish ? "," : ".", StringComparison.Ordinal)
    };
}
