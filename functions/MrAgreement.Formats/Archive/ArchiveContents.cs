using System.Globalization;

namespace MrAgreement.Formats.Archive;

/// <summary>A file in the package's data folder: a version of a document, or something else that belongs to the case.</summary>
/// <param name="Path">Within the data folder.</param>
/// <param name="Name">What it was called where it came from.</param>
/// <param name="By">Who registered it; null for what is no registered document.</param>
sealed record DataFile(string Path, string Name, string Description, string MediaType, Instant At, string? By, Sha256 Sha256, long Size,
    byte[]? Content);

/// <summary>What lies where in the package's data folder.</summary>
sealed record ArchiveContents(IReadOnlyList<(ArchivedRecord Record, IReadOnlyList<DataFile> Versions)> Records,
    IReadOnlyList<DataFile> Others)
{
    public const string Representation = "representations/rep1";
    public const string Folder = $"{Representation}/data/";

    public IEnumerable<DataFile> Files => Records.SelectMany(record => record.Versions).Concat(Others);

    public static ArchiveContents Of(ArchivePackage package)
    {
        var paths = new PackagePaths();
        paths.Take(Erms.Path);
        return new([.. package.Records.Select(record => (record, Versions(record, paths)))],
            [.. package.Files.Select(file => Other(file, paths))]);
    }

    static IReadOnlyList<DataFile> Versions(ArchivedRecord record, PackagePaths paths) =>
        [.. record.Versions.Select(it => new DataFile(
            paths.Take(string.Create(CultureInfo.InvariantCulture,
                $"documents/{record.Number:0000}-{record.Kind}/v{it.Number}/{it.Name.Replace('/', '_')}")),
            it.Name, string.Create(CultureInfo.InvariantCulture, $"Version {it.Number}"), it.MediaType, it.At, it.By, it.Sha256, it.Size,
            null))];

    static DataFile Other(ArchivedFile it, PackagePaths paths) =>
        new(paths.Take(it.Path), it.Path.Split('/')[^1], it.Description, it.MediaType, it.At, null, it.Sha256, it.Size, it.Content);
}
