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

    /// <summary>The same of a text that may be left out: trimmed, null where nothing is left.</summary>
    public static string? WithoutOrNull(string? text) => text is null || Without(text).Trim() is not { Length: > 0 } left ? null : left;

    /// <summary>The same of a text of several lines, whose breaks stay.</summary>
    public static string WithoutInLines(string text) => string.Concat(text.EnumerateRunes()
        .Where(rune => rune.Value is '\n' or '\r' or '\t' || !Is(rune)).Select(rune => rune.ToString()));

    // Letters of no width and blank ones that the standard counts among letters, marks and symbols.
    // Source: Unicode 16, DerivedCoreProperties, Default_Ignorable_Code_Point, and the empty cell of Braille.
    static bool IsBlank(int letter) => letter is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F)
        or 0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);

    static bool Is(Rune letter) => IsBlank(letter.Value) || Rune.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
