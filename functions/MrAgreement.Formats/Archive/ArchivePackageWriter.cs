using MrAgreement.EventSourcing;

namespace MrAgreement.Formats.Archive;

/// <summary>Writes a package for an archive: E-ARK SIP 2.1.0, which is FGS Paketstruktur 2.0.</summary>
public static class ArchivePackageWriter
{
    /// <param name="open">A stored file's bytes by their SHA-256; null when they are gone.</param>
    /// <param name="to">Gets a ZIP file; need not be seekable.</param>
    /// <exception cref="ArchiveDamagedException">A file's bytes are gone, or are not those that were registered; what was written is not a package.</exception>
    public static Task Write(ArchivePackage package, Func<Sha256, CancellationToken, Task<Stream?>> open, Stream to, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
