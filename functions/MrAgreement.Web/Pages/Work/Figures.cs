using System.Globalization;
using MrAgreement.Organisations;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Texts;
using MrAgreement.Work;

namespace MrAgreement.Web.Pages.Work;

/// <summary>Figures of indicators, as they are written and typed.</summary>
static class Figures
{
    /// <summary><c>63 % (10 av 16)</c>, <c>Ja</c>, <c>1 200,5</c>.</summary>
    public static string Of(Language language, IndicatorContent of, Figure it) => it.IsFraction
        ? language.Say("indicators.fraction", ("share", Value(language, of, it.Exact)), ("count", Whole(language, it.Numerator!.Value)),
            ("of", Whole(language, it.Denominator!.Value)))
        : Value(language, of, it.Exact);

    /// <summary>A value in the indicator's unit, rounded half away from zero; of a share per cent.</summary>
    public static string Value(Language language, IndicatorContent of, decimal value) => of.Unit switch
    {
        IndicatorUnit.YesNo => language.Say(value == 0 ? "indicators.no" : "indicators.yes"),
        IndicatorUnit.Share => language.Say("indicators.per-cent", ("share", Plain(language, value, of.Decimals))),
        _ => Plain(language, value, of.Decimals)
    };

    /// <summary>How much it has moved, with its sign; of a share in percentage points.</summary>
    public static string Change(Language language, IndicatorContent of, decimal change) =>
        (change > 0 ? "+" : "") + Plain(language, change, of.Unit == IndicatorUnit.YesNo ? 0 : of.Decimals)
            + (of.Unit == IndicatorUnit.Share ? $" {language.Say("indicators.points")}" : "");

    public static string Plain(Language language, decimal value, int decimals) => language.Write(new PlainNumber(
        Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString($"F{decimals}", CultureInfo.InvariantCulture)));

    public static string Whole(Language language, long number) =>
        language == Language.Swedish ? Numbers.Grouped(number) : Numbers.EnglishGrouped(number);

    /// <summary><c>12 av 26 (46,2 %)</c>; nothing of none.</summary>
    public static string Of(Language language, Part it) => it.Share is not { } share ? "–"
        : language.Say("reached.part", ("in", it.In), ("of", it.Of),
            ("share", language.Say("indicators.per-cent", ("share", Plain(language, share, 1)))));

    /// <summary>As people write it, with a comma or a point; what can't be read is noted beside its field.</summary>
    public static decimal? Read(Filled f, string field)
    {
        if (f.Optional(field) is not { } text)
            return null;
        if (decimal.TryParse(Filled.Plain(text.TrimEnd('%')), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var value))
            return value;
        f.Note(new($"/{field}", "invalid-number"));
        return null;
    }

    /// <summary>As it is typed.</summary>
    public static string Typed(decimal? value) => value?.ToString(CultureInfo.InvariantCulture).Replace('.', ',') ?? "";
}
