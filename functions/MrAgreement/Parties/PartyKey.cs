using System.Text.RegularExpressions;

namespace MrAgreement.Parties;

/// <summary>How the short global key of a party is written, as in <c>SKR</c> or <c>LST-C</c>.</summary>
public static partial class PartyKey
{
    /// <summary>As a regular expression that browsers understand too.</summary>
    public const string Pattern = "[A-ZÅÄÖ0-9][A-Za-zÅÄÖåäö0-9\\-]{0,19}";

    public static bool Is(string text) => Whole().IsMatch(text);

    [GeneratedRegex(@$"^{Pattern}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
