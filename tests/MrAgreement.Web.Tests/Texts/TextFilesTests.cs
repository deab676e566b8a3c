namespace MrAgreement.Web.Tests.Texts;

public class TextFilesTests
{
    [Fact]
    public void Both_languages_have_the_same_keys_in_the_same_files()
    {
        var swedish = Keys("sv");
        var english = Keys("en");
        Assert.NotEmpty(swedish);
        Guard.FindsNothing(swedish.Except(english).Concat(english.Except(swedish)));

        static List<string> Keys(string language) => [.. TextFiles.All.Where(text => text.Language == language).Select(text => $"{text.File} {text.Key}")];
    }

    [Fact]
    public void A_text_has_the_same_places_in_both_languages()
    {
        var differing = TextFiles.All.GroupBy(text => text.Key)
            .Where(texts => texts.Select(text => string.Join(' ', TextFiles.Places(text.Text).Order(StringComparer.Ordinal))).Distinct().Count() > 1)
            .Select(texts => texts.Key);
        Guard.FindsNothing(differing);
    }

    [Fact]
    public void A_place_is_a_word_in_braces_and_every_brace_belongs_to_a_place()
    {
        var faulty = TextFiles.All.Where(text =>
            TextFiles.Places(text.Text).Any(place => place.Length == 0 || !place.All(char.IsAsciiLetter))
            || text.Text.Count(letter => letter is '{' or '}') != 2 * text.Text.Split('{').Skip(1).Count(part => part.Contains('}')));
        Guard.FindsNothing(faulty);
    }

    [Fact]
    public void A_key_stands_once_in_a_language_and_the_keys_of_a_file_are_sorted()
    {
        Guard.FindsNothing(TextFiles.All.GroupBy(text => (text.Language, text.Key)).Where(same => same.Count() > 1).Select(same => same.Key));
        foreach (var file in TextFiles.All.GroupBy(text => (text.Language, text.File)))
            Assert.Equal(file.Select(text => text.Key).Order(StringComparer.Ordinal), file.Select(text => text.Key));
    }

    [Fact]
    public void No_text_is_empty_shouts_or_has_white_space_around_it() =>
        Guard.FindsNothing(TextFiles.All.Where(text => text.Text.Trim().Length == 0 || text.Text != text.Text.Trim() || text.Text.Contains('!', StringComparison.Ordinal)
            || text.Text.Contains("  ", StringComparison.Ordinal) || text.Text.Contains("please", StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void What_lapses_is_called_by_one_name_in_Swedish() =>
        Guard.FindsNothing(TextFiles.All.Where(text => text.Language == "sv" && text.Text.Contains("förfall", StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void The_title_of_a_problem_has_no_places_and_no_full_stop_and_its_detail_is_whole_sentences()
    {
        var problems = TextFiles.All.Where(text => text.Key.StartsWith("problem.", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(problems);
        Guard.FindsNothing(problems.Where(text => !IsDetail(text.Key) && (TextFiles.Places(text.Text).Count > 0 || text.Text.EndsWith('.'))));
        Guard.FindsNothing(problems.Where(text => IsDetail(text.Key) && !text.Text.EndsWith('.')));
        Guard.FindsNothing(TextFiles.All.Where(text => text.Key.StartsWith("rule.", StringComparison.Ordinal) && !text.Text.EndsWith('.')));

        static bool IsDetail(string key) => key.EndsWith(".detail", StringComparison.Ordinal);
    }
}
