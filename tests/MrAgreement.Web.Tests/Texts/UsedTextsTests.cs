using System.Text.RegularExpressions;

namespace MrAgreement.Web.Tests.Texts;

/// <summary>The sources ask for no text that does not exist, and no text lies about unused.</summary>
public partial class UsedTextsTests
{
    // Their keys are made of names of the field; tests of their own see to them.
    static readonly string[] families = ["condition.", "due.", "event.", "month.", "problem.", "rule.", "weekday."];

    static readonly IReadOnlyList<string> literals = [.. Sources.All.SelectMany(source => CSharpText.Literals(source.Text)).Distinct()];

    [Fact]
    public void Every_text_that_the_sources_ask_for_exists()
    {
        var asked = Asked().ToList();
        Assert.NotEmpty(asked);
        Guard.FindsNothing(asked.Where(ask => !TextFiles.Holds(ask.Key)).Select(ask => $"{ask.Call.Where}: {ask.Key}"));
    }

    [Fact]
    public void Every_key_of_a_family_that_the_sources_spell_out_exists() =>
        Guard.FindsNothing(literals.Where(literal => Key().IsMatch(literal) && families.Any(family => literal.StartsWith(family, StringComparison.Ordinal)) && !TextFiles.Holds(literal)));

    [Fact]
    public void Every_place_of_a_text_is_given_its_value_where_it_is_asked_for()
    {
        var unfilled =
            from ask in Asked()
            let given = ask.Call.Places(1)
            where given is not null
            from text in TextFiles.All
            where text.Key == ask.Key
            from place in TextFiles.Places(text.Text)
            where !given.Contains(place)
            select $"{ask.Call.Where}: no {{{place}}} for {text.Key}";
        Guard.FindsNothing(unfilled.Distinct());
    }

    [Fact]
    public void Every_text_is_used()
    {
        var words = WordFamilies().ToHashSet();
        var spelled = literals.ToHashSet();
        var patterns = literals.Where(literal => Composed().IsMatch(literal)).Select(TextFiles.Pattern).ToList();
        Guard.FindsNothing(TextFiles.Keys.Where(key =>
            !families.Where(family => family != "due.").Any(family => key.StartsWith(family, StringComparison.Ordinal))
            && !words.Contains(key.Split('.')[0])
            && key != "overdue"
            && !spelled.Contains(key)
            && !patterns.Any(pattern => pattern.IsMatch(key))));
    }

    static IEnumerable<(Call Call, string Key)> Asked() =>
        from source in Sources.All
        from call in source.Calls(Say())
        where call.Arguments.Count > 0
        from key in CSharpText.Texts(call.Arguments[0])
        where key.Trim('*', '.').Length > 0
        select (call, key);

    static IEnumerable<string> WordFamilies() =>
        typeof(Money.Kronor).Assembly.GetExportedTypes().Where(type => type.IsEnum).Select(type => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name));

    [GeneratedRegex(@"\.Say\(|(?<![\w.])Say\(")]
    private static partial Regex Say();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*(\.[a-z0-9*-]+)+\z")]
    private static partial Regex Key();

    // An interpolated key says at least its first word: plan.*, never *.title alone.
    [GeneratedRegex(@"^[a-z][a-z0-9-]*\.[a-z0-9.*-]*\*[a-z0-9.*-]*\z")]
    private static partial Regex Composed();
}
