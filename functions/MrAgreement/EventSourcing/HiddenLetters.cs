using System.Globalization;
using System.Text;

namespace MrAgreement.EventSourcing;

/// <summary>Letters that are not seen, or that turn or hide those beside them: U+202E and its kind, line breaks, and what is no letter at
/// all. Names of people, parties and files have none.</summary>
public static class HiddenLetters
{
    public static bool AreIn(string text) => text.EnumerateRunes().Any(Is);

    public static string Without(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => !Is(rune)).Select(rune => rune.ToString()));

    static bool Is(Rune letter) => Rune.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
