using System.Text;
using MrAgreement.Formats.Archive;

namespace MrAgreement.Web.Packaging;

/// <summary>Files that an archive must not get, since they are harmful: the package tells of them in their place.</summary>
static class Withheld
{
    /// <param name="harmful">What was found in which bytes.</param>
    public static ArchivePackage From(ArchivePackage package, IReadOnlyDictionary<Sha256, string> harmful)
    {
        if (harmful.Count == 0)
            return package;
        var text = Encoding.UTF8.GetBytes(string.Concat(package.Records.SelectMany(record => record.Versions
            .Where(version => harmful.ContainsKey(version.Sha256))
            .Select(version => $"Handling {record.Number} ”{record.Title}”, version {version.Number} ({version.Name}, "
                + $"SHA-256 {version.Sha256}) lämnas inte ut: {harmful[version.Sha256]} hittades i den.\r\n"))));
        return package with
        {
            Records = [.. package.Records
                .Select(record => record with { Versions = [.. record.Versions.Where(version => !harmful.ContainsKey(version.Sha256))] })
                .Where(record => record.Versions.Count > 0)],
            Files = [.. package.Files, new("documents-withheld.txt", "text/plain", "Handlingar som inte lämnas ut, eftersom de är skadliga",
                package.MadeAt, Sha256.Of(text), text.Length, text)]
        };
    }
}
