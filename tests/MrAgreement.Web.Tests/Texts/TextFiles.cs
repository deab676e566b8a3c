using System.Text.Json;
using System.Text.RegularExpressions;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Tests.Texts;

/// <summary>The text files as they lie in the sources.</summary>
static partial class TextFiles
{
    public static readonly IReadOnlyList<Language> Languages = [Language.Swedish, Language.English];

    /// <summary>Language, file name, key and text, in the files' own order.</summary>
    public static readonly IReadOnlyList<(string Language, string File, string Key, string Text)> All = [..
        from language in Languages
        from file in Directory.EnumerateFiles(Path.Combine(Sources.Root, "functions", "MrAgreement.Web", "Texts", language.Code), "*.json").Order(StringComparer.Ordinal)
        from text in JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.EnumerateObject().ToList()
        select (language.Code, Path.GetFileName(file), text.Name, text.Value.GetString()!)];

    public static readonly IReadOnlySet<string> Keys = All.Select(text => text.Key).ToHashSet();

    /// <summary>The places of a text, as in <c>{amount}</c>.</summary>
    public static IReadOnlySet<string> Places(string text) => Place().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();

    /// <summary>Whether there is a text by that key, in which <see cref="CSharpText.Anything"/> stands for anything.</summary>
    public static bool Holds(string key) => key.Contains(CSharpText.Anything) ? Keys.Any(Pattern(key).IsMatch) : Keys.Contains(key);

    public static Regex Pattern(string key) => new($"^{Regex.Escape(key).Replace(@"\*", ".+", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Place();
}
