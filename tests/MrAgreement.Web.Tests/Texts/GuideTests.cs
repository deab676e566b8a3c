using System.Text.RegularExpressions;

namespace MrAgreement.Web.Tests.Texts;

/// <summary>The guide for users (docs/handledning.md) calls buttons, headings and pages what the pages call them.</summary>
public partial class GuideTests
{
    // Of a line of its own these are the guide's, and no name of anything.
    static readonly string[] own = ["fetstil", "Gör en överenskommelse.", "Visa utkastet", "Granska", "Besluta", "Avsluta", "Rekvirera"];

    static string Docs => Path.Combine(Sources.Root, "docs");

    static string Guide => File.ReadAllText(Path.Combine(Docs, "handledning.md"));

    static readonly HashSet<string> shown = [.. TextFiles.All.Where(text => text.Language == "sv").Select(text => text.Text)];

    static IEnumerable<string> Unknown(string guide) =>
        Bold().Matches(guide).Select(match => match.Groups[1].Value).Except(own).Where(name => !shown.Contains(name));

    [Fact]
    public void Every_button_and_page_that_it_names_is_called_so() => Guard.FindsNothing(Unknown(Guide));

    [Fact]
    public void A_button_that_is_called_something_else_is_found() =>
        Assert.Equal(["Lämna in alltihop"], Unknown("Välj **Lämna in** eller **Lämna in alltihop**."));

    [Fact]
    public void Every_picture_and_text_that_it_leads_to_is_there() =>
        Guard.FindsNothing(Link().Matches(Guide).Select(match => match.Groups[1].Value).Where(file => !File.Exists(Path.Combine(Docs, file))));

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
