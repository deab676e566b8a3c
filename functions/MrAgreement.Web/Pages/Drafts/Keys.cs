using System.Globalization;
using MrAgreement.Web.Pages.Agreements;

namespace MrAgreement.Web.Pages.Drafts;

/// <summary>The keys that things get of their titles, where nobody gives them one.</summary>
static class Keys
{
    /// <param name="taken">Those that others have.</param>
    public static string Of(string title, IEnumerable<string?> taken)
    {
        var others = taken.ToHashSet();
        var key = AmendmentForms.KeyOf(title) is { Length: > 0 } made ? made : "x";
        // A year at the end would be taken for that of a yearly one.
        if (key.Length > 5 && key[^5] == '-' && key[^4..].All(char.IsAsciiDigit))
            key += "-x";
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}-{n}"))
            .First(it => !others.Contains(it));
    }
}
