using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using MrAgreement.Formats.Archive;

namespace MrAgreement.Formats.Tests.Archive;

/// <summary>A package read back from its bytes.</summary>
sealed class WrittenPackage
{
    public const string Root = "MRA-2014-1/";

    static readonly XName href = XName.Get("href", "http://www.w3.org/1999/xlink");

    readonly List<(string Path, byte[] Content, DateTime At)> files = [];

    public WrittenPackage(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries)
        {
            using var from = entry.Open();
            using var content = new MemoryStream();
            from.CopyTo(content);
            Assert.StartsWith(Root, entry.FullName, StringComparison.Ordinal);
            files.Add((entry.FullName[Root.Length..], content.ToArray(), entry.LastWriteTime.DateTime));
        }
    }

    public static async Task<byte[]> Bytes(ArchivePackage package, Func<Sha256, Task<Stream?>>? open = null)
    {
        var to = new OneWayStream();
        await ArchivePackageWriter.Write(package, (address, _) => open is null ? SomePackage.Open(package, address) : open(address), to, TestContext.Current.CancellationToken);
        return to.ToArray();
    }

    public static async Task<WrittenPackage> Of(ArchivePackage package) => new(await Bytes(package));

    /// <summary>From the root folder.</summary>
    public IReadOnlyList<string> Paths => [.. files.Select(file => file.Path)];

    public IReadOnlyList<DateTime> Times => [.. files.Select(file => file.At)];

    public byte[] Read(string path) => files.Single(file => file.Path == path).Content;

    public string Text(string path) => Encoding.UTF8.GetString(Read(path));

    public XElement Xml(string path) => XElement.Load(new MemoryStream(Read(path)), LoadOptions.PreserveWhitespace);

    /// <summary>All that a METS file points at: the path that its link leads to, and the element that tells of it.</summary>
    public IEnumerable<(string Path, XElement Told)> Told(string mets) =>
        from it in Xml(mets).Descendants()
        where it.Name.LocalName is "file" or "mdRef"
        let link = it.DescendantsAndSelf().Select(e => e.Attribute(href)).Single(a => a is not null)!
        select (Resolved(mets, link.Value), it);

    /// <summary>The path that a link in a file leads to.</summary>
    public static string Resolved(string from, string link) => Uri.UnescapeDataString(new Uri(new Uri("http://package/" + from), link).AbsolutePath)[1..];

    /// <summary>Takes bytes in order and asynchronously only, as the body of an HTTP answer does.</summary>
    sealed class OneWayStream : Stream
    {
        readonly MemoryStream written = new();

        public byte[] ToArray() => written.ToArray();

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous writes are not allowed.");
        public override void Flush() => throw new InvalidOperationException("Synchronous writes are not allowed.");
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => written.WriteAsync(buffer, offset, count, cancellationToken);
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => written.WriteAsync(buffer, cancellationToken);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
