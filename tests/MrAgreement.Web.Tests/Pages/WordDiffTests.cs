using MrAgreement.Web.Pages.Obligations;

namespace MrAgreement.Web.Tests.Pages;

public class WordDiffTests
{
    static string Told(string before, string after) => string.Concat(WordDiff.Between(before, after).Select(w => w.Change switch
    {
        WordChange.Removed => $"[-{w.Text}-]",
        WordChange.Added => $"[+{w.Text}+]",
        _ => w.Text
    }));

    [Theory]
    [InlineData("", "", "")]
    [InlineData("Rapporten är klar.", "Rapporten är klar.", "Rapporten är klar.")]
    [InlineData("", "Ny text", "[+Ny text+]")]
    [InlineData("Gammal text", "", "[-Gammal text-]")]
    [InlineData("Vi lämnar rapporten idag.", "Vi lämnar rapporten och bilagan idag.", "Vi lämnar rapporten [+och bilagan +]idag.")]
    [InlineData("Vi lämnar hela rapporten idag.", "Vi lämnar rapporten idag.", "Vi lämnar [-hela -]rapporten idag.")]
    [InlineData("ett två tre", "ett fyra tre", "ett [-två -][+fyra +]tre")]
    public void What_is_common_is_kept_and_the_rest_was_removed_or_added(string before, string after, string told) => Assert.Equal(told, Told(before, after));

    [Fact]
    public void Where_a_line_is_broken_is_no_change() =>
        Assert.All(WordDiff.Between("Första raden och\nandra raden", "Första raden\noch andra raden"), w => Assert.Equal(WordChange.Kept, w.Change));

    [Fact]
    public void Either_side_reads_as_its_own_version_whatever_the_words()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var (before, after) = (Text(random), Text(random));
            var words = WordDiff.Between(before, after);
            Assert.True(Plain(before) == Plain(Side(words, WordChange.Removed)) && Plain(after) == Plain(Side(words, WordChange.Added)), $"Seed {seed}: «{before}» and «{after}»");
        }

        static string Text(Random random) => string.Join(random.Next(5) == 0 ? "\n" : " ", Enumerable.Range(0, random.Next(30)).Select(_ => $"{(char)('a' + random.Next(4))}"));
        static string Side(IReadOnlyList<Words> words, WordChange own) => string.Concat(words.Where(w => w.Change == WordChange.Kept || w.Change == own).Select(w => w.Text));
        static string Plain(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }

    [Fact]
    public void Two_long_texts_are_compared_word_by_word_too()
    {
        var before = Enumerable.Range(0, 20_000).Select(i => $"ord{i} ").ToList();
        // A hundred words are others, a chapter has come, and another has gone.
        List<string> after = [.. before[..5_000].Select((word, i) => i % 50 == 49 ? "annat " : word), .. Enumerable.Repeat("nytt ", 3_000), .. before[5_000..12_000], .. before[15_000..]];

        var words = WordDiff.Between(string.Concat(before), string.Concat(after));

        Assert.Equal([
            .. Enumerable.Range(0, 100).SelectMany(i => (Words[])[new(WordChange.Kept, string.Concat(before[(50 * i)..(50 * i + 49)])), new(WordChange.Removed, before[50 * i + 49]), new(WordChange.Added, i == 99 ? "annat " + string.Concat(Enumerable.Repeat("nytt ", 3_000)) : "annat ")]),
            new(WordChange.Kept, string.Concat(before[5_000..12_000])),
            new(WordChange.Removed, string.Concat(before[12_000..15_000])),
            new(WordChange.Kept, string.Concat(before[15_000..]))
        ], words);
    }

    [Fact]
    public void Two_long_texts_with_nothing_in_common_are_told_as_rewritten()
    {
        var (before, after) = (string.Join(' ', Enumerable.Repeat("a", 2500)), string.Join(' ', Enumerable.Repeat("b", 2500)));

        Assert.Equal([new(WordChange.Removed, before), new(WordChange.Added, after)], WordDiff.Between(before, after));
    }

    [Fact]
    public void What_would_take_too_long_is_told_as_rewritten()
    {
        var (before, after) = (string.Join(' ', Enumerable.Repeat("a", 20_000)), string.Join(' ', Enumerable.Repeat("a", 20_001)));

        Assert.Equal([new(WordChange.Removed, before), new(WordChange.Added, after)], WordDiff.Between(before, after));
    }
}
