using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MrAgreement.Calendars;
using MrAgreement.Money;
using MrAgreement.Reconciliations;

namespace MrAgreement.Web.Texts;

/// <summary>The words of one language: every sentence that a person reads, from the files in <c>Texts/sv</c> or <c>Texts/en</c>.</summary>
public sealed partial class Language
{
    public static readonly Language Swedish = new("sv");
    public static readonly Language English = new("en");

    // Not read until somebody speaks it.
    readonly Lazy<FrozenDictionary<string, string>> read;

    Language(string code) => (Code, read) = (code, new(() => Read(code)));

    FrozenDictionary<string, string> Texts => read.Value;

    /// <summary><c>sv</c> or <c>en</c>.</summary>
    public string Code { get; }

    public IEnumerable<string> Keys => Texts.Keys;

    static FrozenDictionary<string, string> Read(string code)
    {
        var assembly = typeof(Language).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"Texts/{code}/", StringComparison.Ordinal))
            .SelectMany(name => JsonSerializer.Deserialize<Dictionary<string, string>>(assembly.GetManifestResourceStream(name)!)!)
            .ToFrozenDictionary();
    }

    /// <summary>Swedish unless English is asked for before it, as in an <c>Accept-Language</c> header or a cookie.</summary>
    public static Language For(string? preferred)
    {
        foreach (var range in (preferred ?? "").Split(','))
        {
            var code = range.Split(';')[0].Trim();
            if (code.StartsWith("sv", StringComparison.OrdinalIgnoreCase))
                return Swedish;
            if (code.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return English;
        }
        return Swedish;
    }

    /// <summary>The text by that key, its places filled: <c>{amount}</c> becomes the
    /// value given for <c>amount</c>, written as the language writes it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text; a test finds that before a reader does.</exception>
    public string Say(string key, params IReadOnlyList<(string Place, object Value)> values)
    {
        if (!Texts.TryGetValue(key, out var text))
            throw new KeyNotFoundException($"No text '{key}' in Texts/{Code}.");
        // In one go: a value that itself holds braces is no text of ours to fill.
        return values.Count == 0 ? text
            : Place().Replace(text, place => values.FirstOrDefault(v => v.Place == place.Groups[1].Value) is { Value: { } value }
            ? Write(place.Groups[1].Value, value)
            : place.Value);
    }

    public string Say(Sentence sentence) => Say(sentence.Key, sentence.Values);

    /// <summary>The text in pieces, so that what people wrote can be told from
    /// our own words: each with whether it is <see cref="Content"/>.</summary>
    public IEnumerable<(string Text, bool IsContent)> Pieces(string key, IReadOnlyList<(string Place, object Value)> values)
    {
        var text = Say(key);
        var from = 0;
        foreach (var place in Place().Matches(text).Where(place => values.Any(v => v.Place == place.Groups[1].Value)))
        {
            yield return (text[from..place.Index], false);
            var value = values.First(v => v.Place == place.Groups[1].Value).Value;
            if (value is Told told)
                foreach (var piece in Pieces(told))
                    yield return piece;
            else
                yield return (Write(place.Groups[1].Value, value), value is Content);
            from = place.Index + place.Length;
        }
        yield return (text[from..], false);
    }

    IEnumerable<(string Text, bool IsContent)> Pieces(Told told) => told.Sentences.SelectMany((sentence, i) => i == 0
            ? Pieces(sentence.Key, sentence.Values) : Pieces(sentence.Key, sentence.Values).Prepend(("; ", false)))
        .Concat(told.GoesOn ? [(" …", false)] : []);

    /// <summary>An amount as it is typed: without the unit, and with spaces between the thousands in both languages.</summary>
    public string Typed(Kronor amount) => Numbers.SwedishKronor(amount).Replace("kr", "", StringComparison.Ordinal)
        .Trim(' ', '\u00A0').Replace(',', this == Swedish ? ',' : '.');

    /// <summary>The text by that key, or null.</summary>
    public string? Find(string key) => Texts.GetValueOrDefault(key);

    // Years are whole numbers too, and are written together.
    string Write(string place, object value) =>
        value is int year && place is ("year" or "from" or "to") ? year.ToString(CultureInfo.InvariantCulture) : Write(value);

    /// <summary>A value as the language writes it in running text.</summary>
    public string Write(object value) => value switch
    {
        LocalDate date => Date(date),
        Kronor amount => Money(amount),
        Enum word => Word(word),
        int number => this == Swedish ? Numbers.Grouped(number) : Numbers.EnglishGrouped(number),
        PlainNumber { Written: var plain } => this == Swedish ? Numbers.SwedishDecimal(plain) : Numbers.EnglishDecimal(plain),
        Told told => string.Concat(Pieces(told).Select(piece => piece.Text)),
        Listed { Entries: var entries, GoesOn: var goesOn } =>
            string.Join(", ", entries.Select(entry => string.Join(' ', entry.Select(Write)))) + (goesOn ? " …" : ""),
        _ => value.ToString() ?? ""
    };

    /// <summary>The word for a value of the field: <c>role.project-lead</c>, <c>obligation-status.open</c>.</summary>
    public string Word(Enum word) =>
        Say($"{JsonNamingPolicy.KebabCaseLower.ConvertName(word.GetType().Name)}.{JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString())}");

    /// <summary>In running text: <c>1 februari 2015</c>, <c>1 February 2015</c>.</summary>
    public string Date(LocalDate date) => $"{date.Day} {Say($"month.{date.Month}")} {date.Year}";

    /// <summary>Day and time of day in Stockholm, in running text.</summary>
    public string Moment(Instant at)
    {
        var local = StockholmTime.LocalOf(at);
        return Say("date.with-time", ("date", local.Date), ("hour", $"{local.Hour:00}"), ("minute", $"{local.Minute:00}"));
    }

    /// <summary><c>söndag</c>, <c>Sunday</c>.</summary>
    public string Weekday(LocalDate date) => Say($"weekday.{(int)date.DayOfWeek}");

    /// <summary>With no-break spaces: <c>4 000 000 kr</c>, <c>312 450,50 kr</c>; in English <c>SEK 312,450.50</c>.</summary>
    public string Money(Kronor amount) => this == Swedish ? Numbers.SwedishKronor(amount) : Numbers.EnglishKronor(amount);

    /// <summary>In a column that tells the unit, with two decimals: <c>312 450,50</c>; in English <c>312,450.50</c>.</summary>
    public string Figure(Kronor amount) => this == Swedish ? Numbers.SwedishFigure(amount) : Numbers.EnglishFigure(amount);

    [GeneratedRegex(@"\{([A-Za-z]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
