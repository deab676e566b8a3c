using System.Text;
using MrAgreement.Formats.Archive;

namespace MrAgreement.Formats.Tests.Archive;

public class ArchiveNamesTests
{
    const string Data = "representations/rep1/data/";

    static async Task<IReadOnlyList<string>> Paths(ArchivePackage package) =>
        [.. (await WrittenPackage.Of(package)).Paths.Where(path => path.StartsWith(Data, StringComparison.Ordinal) && path != Data + "erms.xml").Select(path => path[Data.Length..])];

    [Theory]
    [InlineData("å ä ö é 表.pdf", "å ä ö é 表.pdf")]
    [InlineData("100 % & #1 + (2) 'x'.pdf", "100 % & #1 + (2) 'x'.pdf")]
    [InlineData("%2e%2e%2fx", "%2e%2e%2fx")]
    [InlineData("../../etc/passwd", "_._etc_passwd")]
    [InlineData("..\\..\\x.exe", "_.._x.exe")]
    [InlineData("..", "_")]
    [InlineData("", "_")]
    [InlineData(".", "_")]
    [InlineData(" . ", "_")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("rapport.pdf. . ", "rapport.pdf")]
    [InlineData("a\0b\tc\nd\u007Fe.txt", "a_b_c_d_e.txt")]
    [InlineData("faktura\u202Efdp.exe", "faktura_fdp.exe")]
    [InlineData("osynlig\u200B.pdf", "osynlig_.pdf")]
    [InlineData("<a>:\"b\"|c?*.pdf", "_a___b__c__.pdf")]
    [InlineData("helt😀.pdf", "helt😀.pdf")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.tar.gz", "_nul.tar.gz")]
    [InlineData("com1.txt", "_com1.txt")]
    [InlineData("Lpt9 .txt", "_Lpt9.txt")]
    [InlineData("CON .a.txt", "_CON .a.txt")]
    [InlineData("konto.se", "konto.se")]
    public async Task A_name_is_made_safe_and_its_link_leads_to_it(string name, string safe)
    {
        var package = SomePackage.With([SomePackage.Record(1, "report", ArchivedDirection.Internal, SomePackage.Version(1, name))], []);
        Assert.Equal([$"documents/0001-report/v1/{safe}"], await Paths(package));
        Assert.Contains(Data + $"documents/0001-report/v1/{safe}", (await WrittenPackage.Of(package)).Told("representations/rep1/METS.xml").Select(it => it.Path));
    }

    [Fact]
    public async Task Half_a_character_is_none() => Assert.Equal(["documents/0001-report/v1/halvt_.pdf"],
        await Paths(SomePackage.With([SomePackage.Record(1, "report", ArchivedDirection.Internal, SomePackage.Version(1, "halvt\uD83D.pdf"))], [])));

    [Theory]
    [InlineData("x", ".pdf")]
    [InlineData("å", ".docx")]
    [InlineData("😀", ".pdf")]
    [InlineData("x", ".enalldelestorändelse")]
    public async Task Long_names_are_cut_between_characters_and_keep_their_ending(string letter, string ending)
    {
        var name = string.Concat(Enumerable.Repeat(letter, 300)) + ending;
        var path = Assert.Single(await Paths(SomePackage.With([SomePackage.Record(1, "report", ArchivedDirection.Internal, SomePackage.Version(1, name))], []))).Split('/')[^1];
        Assert.InRange(Encoding.UTF8.GetByteCount(path), 80, 100);
        Assert.DoesNotContain('\uFFFD', path);
        Assert.Equal(ending.Length < 10, path.EndsWith(ending, StringComparison.Ordinal));
    }

    static readonly string[] crowded = ["log/a.txt", "log/A.TXT", "log/a-2.txt", "log/a.txt", "log", "log/a.txt/b", "erms.xml", "documents/0001-report/v1/x", "../..//etc", "/y", "CON/z"];

    [Fact]
    public async Task No_file_takes_another_s_place_or_that_of_a_folder() => Assert.Equal(
        ["log/a.txt", "log/A-2.TXT", "log/a-2-2.txt", "log/a-3.txt", "log-2", "log/a-4.txt/b", "erms-2.xml", "documents/0001-report/v1/x", "_/_/_/etc", "_/y", "_CON/z"],
        await Paths(SomePackage.With([], crowded.Select((path, i) => SomePackage.File(path, $"{i}")))));

    [Fact]
    public async Task Two_records_of_the_same_number_and_kind_both_have_their_place() => Assert.Equal(
        ["documents/0001-report/v1/x.pdf", "documents/0001-report/v1/x-2.pdf"],
        await Paths(SomePackage.With([.. Enumerable.Repeat(SomePackage.Record(1, "report", ArchivedDirection.Internal, SomePackage.Version(1, "x.pdf")), 2)], [])));

    [Fact]
    public async Task The_original_name_is_told_as_it_was()
    {
        var package = await WrittenPackage.Of(SomePackage.With([SomePackage.Record(1, "report", ArchivedDirection.Internal, SomePackage.Version(1, "../CON?.pdf"))], []));
        Assert.Contains("../CON?.pdf", package.Xml("metadata/preservation/premis.xml").Descendants().Where(it => it.Name.LocalName == "originalName").Select(it => it.Value));
        Assert.Equal("../CON?.pdf", package.Xml(Data + "erms.xml").Descendants().Single(it => it.Name.LocalName == "appendix").Attribute("name")!.Value);
    }
}
