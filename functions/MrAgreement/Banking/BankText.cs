using System.Text;

namespace MrAgreement.Banking;

/// <summary>Text as banks pass it on: spaces, signs, small letters and the dots over letters get lost.</summary>
static class BankText
{
    /// <summary>Letters and digits only, upper-case, Å and Ä as A, Ö as O.</summary>
    public static string Key(ReadOnlySpan<char> text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
                key.Append(Folded(c));
        }
        return key.ToString();
    }

    /// <summary>The key of the first word, of the first two, and so on: a payer's name is often followed by a department's.</summary>
    public static IEnumerable<string> Beginnings(string text)
    {
        var key = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i]))
                key.Append(Folded(text[i]));
            if (key.Length > 0 && char.IsLetterOrDigit(text[i]) && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1])))
                yield return key.ToString();
        }
    }

    public static char Folded(char c) => char.ToUpperInvariant(c) switch
    {
        'Å' or 'Ä' or 'Æ' => 'A',
        'Ö' or 'Ø' => 'O',
        'É' or 'È' => 'E',
        'Ü' => 'U',
        var upper => upper
    };
}
