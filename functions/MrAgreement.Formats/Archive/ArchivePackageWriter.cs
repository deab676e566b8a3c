using System.Xml.Linq;

namespace MrAgreement.Formats.Archive;

/// <summary>Writes a package for an archive: E-ARK SIP 2.1.0, which is FGS Paketstruktur 2.0.</summary>
public static class ArchivePackageWriter
{
    /// <summary>The same package is always the same bytes.</summary>
    /// <param name="open">A stored file's bytes by their SHA-256; null when they are gone.</param>
    /// <param name="to">Gets a ZIP file; need not be seekable.</param>
    /// <exception cref="ArchiveDamagedException">A file's bytes are gone, or are not
    /// those that were registered; what was written is not a package.</exception>
    public static async Task Write(ArchivePackage package, Func<Sha256, CancellationToken, Task<Stream?>> open, Stream to,
        CancellationToken cancellation)
    {
        if (package.Id.Length == 0 || !package.Id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"A package is named by letters, digits and hyphens, not '{package.Id}'.", nameof(package));
        var contents = ArchiveContents.Of(package);
        var zip = PackageZip.Begin(package, to);

        var readme = await zip.Add(ArchiveReadme.Path, "text/plain", ArchiveReadme.Of(package), cancellation);
        var schemas = new List<PackagedFile>();
        foreach (var (name, content) in ArchiveSchemas.All)
            schemas.Add(await zip.Add($"{ArchiveSchemas.Folder}/{name}", ArchiveXml.MediaType, content, cancellation));

        var data = new List<PackagedFile>();
        foreach (var file in contents.Files)
            data.Add(await zip.Add(file, open, cancellation));
        data.Add(await Add(ArchiveContents.Folder + Erms.Path, Erms.Of(package, contents)));

        // From here on, each is told of by those that come after it; so METS comes last.
        var preservation = await Add(Premis.Path, Premis.Of(package, contents, data));
        var description = await Add(DublinCore.Path, DublinCore.Of(package));
        var representation = await Add(Mets.PathOfRepresentation, Mets.OfRepresentation(package, data));
        await Add(Mets.Path, Mets.OfPackage(package, description, preservation, readme, schemas, representation));
        await zip.End(cancellation);

        Task<PackagedFile> Add(string path, XElement xml) => zip.Add(path, ArchiveXml.MediaType, ArchiveXml.Bytes(xml), cancellation);
    }
}
