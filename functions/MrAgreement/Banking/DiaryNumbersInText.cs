using System.Globalization;
using MrAgreement.Documents;

namespace MrAgreement.Banking;

/// <summary>Finds diary numbers in what payers write, and makes keys of them that are equal when the numbers are.</summary>
static class DiaryNumbersInText
{
    const int LongestPrefix = 4;

    static readonly string[] announcements = ["DIARIENUMMER", "DIARIENR", "DNR"];

    public static string Key(DiaryNumber number) =>
        number is { Prefix: { } prefix, Year: { } year, Serial: { } serial }
            ? Key(BankText.Key(prefix), year, serial)
            : Whole(number.ToString());

    /// <summary>What a whole text is the key of, when the numbers of some body are not of
    /// the ministries' form; the text itself when it has neither letter nor digit.</summary>
    public static string Whole(string text) => BankText.Key(text) is { Length: > 0 } key ? $"={key}" : text;

    public static bool IsWhole(string key) => !char.IsLetter(key[0]);

    /// <summary>
    /// The keys of all numbers of the ministries' form in a text: small letters,
    /// spaces around its parts and - for / are read as such, but never a space
    /// inside a number. A date (2015-02-03) is none.
    /// </summary>
    public static IEnumerable<string> In(string text)
    {
        for (var at = text.AsSpan().IndexOfAny('/', '-'); at >= 0; at = Next(text, at))
        {
            var yearEnd = Back(text, at);
            var yearStart = yearEnd - 4;
            if (yearStart < 0 || !Digits(text.AsSpan(yearStart, 4)) || (yearStart > 0 && char.IsAsciiDigit(text[yearStart - 1])))
                continue;
            var serialStart = Forth(text, at + 1);
            var serialEnd = serialStart;
            while (serialEnd < text.Length && char.IsAsciiDigit(text[serialEnd]))
                serialEnd++;
            if (serialEnd - serialStart is 0 or > 5 || IsDate(text.AsSpan(yearStart)))
                continue;
            var lettersEnd = Back(text, yearStart);
            var lettersStart = lettersEnd;
            while (lettersStart > 0 && char.IsLetter(text[lettersStart - 1]))
                lettersStart--;
            var letters = BankText.Key(text.AsSpan(lettersStart, lettersEnd - lettersStart));
            var announced = Array.Find(announcements, a => letters.StartsWith(a, StringComparison.Ordinal));
            var prefix = announced is null ? letters : letters[announced.Length..];
            if (prefix.Length is 0 or > LongestPrefix)
                continue;
            yield return Key(prefix, int.Parse(text.AsSpan(yearStart, 4), CultureInfo.InvariantCulture),
                int.Parse(text.AsSpan(serialStart, serialEnd - serialStart), CultureInfo.InvariantCulture));
        }
    }

    static string Key(string prefix, int year, int serial) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{year:0000}/{serial}");

    static int Next(string text, int at)
    {
        var found = text.AsSpan(at + 1).IndexOfAny('/', '-');
        return found < 0 ? -1 : at + 1 + found;
    }

    // At most two spaces: more is a gap between two things.
    static int Back(string text, int from)
    {
        var to = from;
        while (to > 0 && from - to < 2 && text[to - 1] == ' ')
            to--;
        return to;
    }

    static int Forth(string text, int from)
    {
        var to = from;
        while (to < text.Length && to - from < 2 && text[to] == ' ')
            to++;
        return to;
    }

    static bool Digits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length >= 10 && text[4] == '-' && text[7] == '-' && Digits(text[5..7]) && Digits(text[8..10])
            && (text.Length == 10 || !char.IsAsciiDigit(text[10]));
}
