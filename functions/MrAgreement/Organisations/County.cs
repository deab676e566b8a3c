using System.Collections.Frozen;

namespace MrAgreement.Organisations;

/// <summary>The 21 counties by letter and number. Source: Statistics Sweden, länskoder; the letters are those of SFS 1973:562.</summary>
public static class County
{
    static readonly FrozenDictionary<string, string> numbers = new Dictionary<string, string>
    {
        ["AB"] = "01", ["C"] = "03", ["D"] = "04", ["E"] = "05", ["F"] = "06", ["G"] = "07", ["H"] = "08", ["I"] = "09", ["K"] = "10",
        ["M"] = "12", ["N"] = "13", ["O"] = "14", ["S"] = "17", ["T"] = "18", ["U"] = "19", ["W"] = "20", ["X"] = "21", ["Y"] = "22",
        ["Z"] = "23", ["AC"] = "24", ["BD"] = "25"
    }.ToFrozenDictionary();

    /// <summary>Their letters, in the order of their numbers.</summary>
    public static readonly IReadOnlyList<string> Letters = [.. numbers.OrderBy(it => it.Value, StringComparer.Ordinal)
        .Select(it => it.Key)];

    /// <summary>Two digits; null for letters of no county.</summary>
    public static string? NumberOf(string letter) => numbers.GetValueOrDefault(letter);
}
