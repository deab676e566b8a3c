using System.IO.Compression;
using MrAgreement.Formats.Archive;

namespace MrAgreement.Formats.Tests.Archive;

public class ArchiveDamageTests
{
    const string Path = "documents/0002-decision/v1/beslut.pdf";

    static readonly ArchivePackage package = SomePackage.With();

    static Task<ArchiveDamagedException> Refused(ArchivePackage package, Func<Stream?> decision) => Assert.ThrowsAsync<ArchiveDamagedException>(() => WrittenPackage.Bytes(package,
        address => address == SomePackage.Decision.Versions[0].Sha256 ? Task.FromResult(decision()) : SomePackage.Open(SomePackage.With(), address)));

    [Fact]
    public async Task Bytes_that_are_gone_make_no_package()
    {
        var damaged = await Refused(package, () => null);
        Assert.Equal((Path, true, SomePackage.Decision.Versions[0].Sha256), (damaged.Path, damaged.Gone, damaged.Registered));
    }

    [Theory]
    [InlineData("beslut.pdF")]
    [InlineData("beslut.pd")]
    [InlineData("beslut.pdf ")]
    [InlineData("")]
    public async Task Other_bytes_than_those_registered_make_no_package(string content)
    {
        var damaged = await Refused(package, () => new MemoryStream(SomePackage.Bytes(content)));
        Assert.Equal((Path, false), (damaged.Path, damaged.Gone));
    }

    [Fact]
    public async Task Another_size_than_that_registered_makes_no_package()
    {
        var decision = SomePackage.Decision;
        Assert.False((await Refused(SomePackage.With([decision with { Versions = [decision.Versions[0] with { Size = 11 }] }]), () => new MemoryStream(SomePackage.Bytes("beslut.pdf")))).Gone);
    }

    [Fact]
    public async Task Bytes_that_never_end_are_given_up() => Assert.False((await Refused(package, () => new EndlessStream())).Gone);

    [Fact]
    public async Task Given_bytes_are_checked_too() =>
        Assert.Equal("log/events.jsonl", (await Assert.ThrowsAsync<ArchiveDamagedException>(() => WrittenPackage.Bytes(SomePackage.With(files: [SomePackage.Log with { Sha256 = Sha256.Of([]) }])))).Path);

    [Fact]
    public async Task What_was_written_before_the_damage_is_not_taken_for_a_package()
    {
        using var to = new MemoryStream();
        await Assert.ThrowsAsync<ArchiveDamagedException>(() =>
            ArchivePackageWriter.Write(SomePackage.With([SomePackage.Decision], []), (_, _) => Task.FromResult<Stream?>(null), to, TestContext.Current.CancellationToken));
        Assert.True(to.Length > 10_000, $"{to.Length} bytes.");
        Assert.Throws<InvalidDataException>(() => new ZipArchive(new MemoryStream(to.ToArray())));
    }

    [Fact]
    public async Task The_target_stays_open_for_whoever_opened_it()
    {
        using var to = new MemoryStream();
        await ArchivePackageWriter.Write(package, (address, _) => SomePackage.Open(package, address), to, TestContext.Current.CancellationToken);
        Assert.True(to.CanWrite);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("MRA 1")]
    [InlineData("å")]
    public async Task A_package_is_named_by_letters_digits_and_hyphens(string id) => await Assert.ThrowsAsync<ArgumentException>(() => WrittenPackage.Bytes(package with { Id = id }));

    sealed class EndlessStream : MemoryStream
    {
        long given;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if ((given += buffer.Length) > 1 << 20)
                throw new InvalidOperationException("Still read from.");
            buffer.Span.Clear();
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
