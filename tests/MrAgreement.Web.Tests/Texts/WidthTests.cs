using System.Text.RegularExpressions;

namespace MrAgreement.Web.Tests.Texts;

/// <summary>Lines are as wide as a reader takes in at once. Texts may be longer than that: they are read as one.</summary>
public partial class WidthTests
{
    const int Widest = 140;

    [Fact]
    public void No_line_of_the_product_is_wider_than_140_columns_but_for_its_texts() =>
        Guard.FindsNothing(
            from file in Directory.EnumerateFiles(Path.Combine(Sources.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(Sources.Root, file).Replace('\\', '/')
            where !name.Split('/').Any(folder => folder is "bin" or "obj")
            from line in Written().Replace(File.ReadAllText(file), LinesOf).Split('\n').Select((text, at) => (Text: text, Number: at + 1))
            where line.Text.Length > Widest
            select $"{name}:{line.Number}");

    static string LinesOf(Match text) => new('\n', text.Value.Count(c => c == '\n'));

    // Raw strings over several lines, and strings within one.
    [GeneratedRegex(@"""""""[^\S\n]*\n[\s\S]*?\n\s*""""""|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex Written();
}
