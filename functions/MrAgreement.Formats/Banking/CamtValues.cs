using System.Globalization;
using MrAgreement.Calendars;
using MrAgreement.Money;
using NodaTime.Text;

namespace MrAgreement.Formats.Banking;

/// <summary>An amount as the file has it, exact in any currency.</summary>
readonly record struct CamtAmount(decimal Value, string Currency, string Text, int Line)
{
    /// <summary>Null in a foreign currency.</summary>
    public Kronor? InKronor => Currency == "SEK" ? Kronor.FromÖre((long)(Value * 100)) : null;
}

/// <summary>Reads amounts, dates and marks strictly: what is not written as the standard says is a fault on its line.</summary>
sealed class CamtValues(CamtXml xml, FileFaults errors)
{
    // As many as the standard has, in whole and after the point.
    const int MostDigits = 18;
    const int MostDecimals = 5;
    const int MostShown = 40;

    static readonly OffsetDateTimePattern withOffset = OffsetDateTimePattern.ExtendedIso;
    static readonly LocalDateTimePattern withoutOffset = LocalDateTimePattern.ExtendedIso;

    public void Missing(int line, string element) => errors.Add(line, "element-missing", ("element", element));

    /// <summary>The amount that the walk stands on; null when it is refused.</summary>
    public CamtAmount? Amount()
    {
        var (line, currency) = (xml.Line, xml.Attribute("Ccy") ?? "");
        var text = xml.Text();
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
            errors.Add(line, "currency-unreadable", ("currency", Shown(currency)));
        else if (!IsPlain(text))
            errors.Add(line, "amount-unreadable", ("amount", Shown(text)));
        else if (decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) is var value && currency == "SEK"
            && decimal.Round(value, 2) != value)
            errors.Add(line, "amount-decimals", ("amount", text));
        else if (currency == "SEK" && value * 100 > Kronor.Max.Öre)
            errors.Add(line, "amount-too-large", ("amount", text));
        else
            return new(value, currency, text, line);
        return null;
    }

    /// <summary>The day, in Stockholm, of a date or of a date and time inside the
    /// element that the walk stands on; null when refused or missing.</summary>
    public LocalDate? Day()
    {
        LocalDate? day = null;
        foreach (var child in xml.Inside())
        {
            if (child == "Dt")
                day ??= Date();
            else if (child == "DtTm" && Time() is { } time)
                day ??= time.Day;
        }
        return day;
    }

    /// <summary>A date and time, and the day in Stockholm; without an offset it is Stockholm's.</summary>
    public (Instant At, LocalDate Day)? Time()
    {
        var (line, text) = (xml.Line, xml.Text());
        if (withOffset.Parse(text) is { Success: true, Value: var there } && DateRange.Holds(there.Year))
            return (there.ToInstant(), IsSwedish(there.Offset) ? there.Date : StockholmTime.DateOf(there.ToInstant()));
        if (withoutOffset.Parse(text) is { Success: true, Value: var here } && DateRange.Holds(here.Year))
            return (StockholmTime.At(here.Date, here.TimeOfDay), here.Date);
        errors.Add(line, "date-unreadable", ("date", Shown(text)));
        return null;
    }

    // Banks write winter's offset in summer too: what they mean is the day as written.
    static bool IsSwedish(Offset offset) => offset == Offset.FromHours(1) || offset == Offset.FromHours(2);

    /// <summary>CRDT is in to the recipient.</summary>
    public bool? IsCredit()
    {
        var (line, text) = (xml.Line, xml.Text());
        if (text is "CRDT" or "DBIT")
            return text == "CRDT";
        errors.Add(line, "mark-unreadable", ("element", "CdtDbtInd"), ("value", Shown(text)));
        return null;
    }

    public bool IsTrue(string element)
    {
        var (line, text) = (xml.Line, xml.Text());
        if (text is not ("true" or "false" or "1" or "0"))
            errors.Add(line, "mark-unreadable", ("element", element), ("value", Shown(text)));
        return text is "true" or "1";
    }

    // A zone after the date says nothing about which day it is.
    LocalDate? Date()
    {
        var (line, text) = (xml.Line, xml.Text());
        var date = text.EndsWith('Z') ? text[..^1] : text is [.., '+' or '-', _, _, ':', _, _] && text.Length > 10 ? text[..^6] : text;
        if (LocalDatePattern.Iso.Parse(date) is { Success: true } parsed && DateRange.Holds(parsed.Value.Year))
            return parsed.Value;
        errors.Add(line, "date-unreadable", ("date", Shown(text)));
        return null;
    }

    // Digits with at most one point inside: no sign, no exponent, no comma.
    static bool IsPlain(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (whole, decimals) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
        return whole.Length > 0 && (point < 0 || decimals.Length is > 0 and <= MostDecimals) && whole.Length + decimals.Length <= MostDigits
            && whole.All(char.IsAsciiDigit) && decimals.All(char.IsAsciiDigit);
    }

    static string Shown(string text) => text.Length <= MostShown ? text : string.Concat(text.AsSpan(0, MostShown), "…");
}
