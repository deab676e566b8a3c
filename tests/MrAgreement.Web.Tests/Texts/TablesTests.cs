using System.Text.RegularExpressions;

namespace MrAgreement.Web.Tests.Texts;

/// <summary>Tables on small screens.</summary>
public partial class TablesTests
{
    const int MostColumns = 3;

    [Fact]
    public void What_is_too_wide_for_a_small_screen_is_read_there_as_cards() =>
        Guard.FindsNothing(
            from table in All()
            where Columns().Count(table.Html) > MostColumns && !Adapts().IsMatch(table.Html[..table.Html.IndexOf('>', StringComparison.Ordinal)])
            select $"{table.File}: {table.Html[..60]}");

    [Fact]
    public void On_a_card_every_cell_says_what_it_is() =>
        Guard.FindsNothing(
            from table in All()
            where table.Html.Contains("cards", StringComparison.Ordinal)
            from Match cell in Cells().Matches(table.Html)
            where !cell.Value.Contains("data-label=", StringComparison.Ordinal) && !cell.Value.Contains("colspan=", StringComparison.Ordinal)
            select $"{table.File}: {cell.Value}");

    static IEnumerable<(string File, string Html)> All() =>
        from file in Directory.EnumerateFiles(Path.Combine(Sources.Root, "functions"), "*.razor", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Sources.Root, file).Replace('\\', '/')
        from Match table in Tables().Matches(File.ReadAllText(file))
        select (name, table.Value);

    [GeneratedRegex("""<table\b[\s\S]*?</table>""")]
    private static partial Regex Tables();

    [GeneratedRegex("<th scope=.col")]
    private static partial Regex Columns();

    [GeneratedRegex("""\b(?:cards|sheet|month)\b""")]
    private static partial Regex Adapts();

    [GeneratedRegex("""<td\b[^>]*>(?!</td>)""")]
    private static partial Regex Cells();
}
