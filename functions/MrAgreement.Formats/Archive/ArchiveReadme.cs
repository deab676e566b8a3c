using System.Text;
using NodaTime.Text;

namespace MrAgreement.Formats.Archive;

/// <summary>What lies where in the package and how to verify it, in Swedish and English, for whoever opens it in thirty years.</summary>
static class ArchiveReadme
{
    public const string Path = "documentation/readme.txt";

    public static byte[] Of(ArchivePackage package) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(ArchiveSchemas.Resource("Readme.txt"))
        .Replace("{package}", package.Id, StringComparison.Ordinal)
        .Replace("{case}", package.Case.Id.ToString(), StringComparison.Ordinal)
        .Replace("{madeAt}", InstantPattern.ExtendedIso.Format(package.MadeAt), StringComparison.Ordinal)
        .Replace("{software}", $"{ArchiveXml.Software} {package.SoftwareVersion}", StringComparison.Ordinal)
        .Replace("{creator}", package.Case.Creator.Name, StringComparison.Ordinal)
        .Replace("{diaryNumber}", package.Case.DiaryNumber.ToString(), StringComparison.Ordinal)
        .Replace("{title}", package.Case.Title, StringComparison.Ordinal));
}
