using System.Globalization;
using MrAgreement.Money;
using NodaTime.Text;

namespace MrAgreement.Web.Service;

/// <summary>A refusal, to be said later in the language of whoever asks,
/// in the plain types that records and histories are written in.</summary>
public sealed record StoredRefusal(string Slug, string Kind, IReadOnlyList<StoredValue> Values, IReadOnlyList<StoredFault> Faults)
{
    public static StoredRefusal Of(Refused it) =>
        new(it.Slug, it.Kind.ToString(), StoredValue.Of(it.Values),
            [.. it.Faults.Select(f => new StoredFault(f.Pointer, f.Line, f.Rule, StoredValue.Of(f.Values), f.Column))]);

    public Refused Refused() => new(Slug, Enum.Parse<RefusalKind>(Kind), StoredValue.Read(Values))
    {
        Faults = [.. Faults.Select(f => f is { Line: { } row, Column: { } column }
            ? Fault.InCell(row, column, f.Rule, StoredValue.Read(f.Values))
            : f.Line is { } line
            ? Fault.OnLine(line, f.Rule, StoredValue.Read(f.Values))
            : new Fault(f.Pointer, f.Rule, StoredValue.Read(f.Values)))]
    };
}

public sealed record StoredFault(string Pointer, int? Line, string Rule, IReadOnlyList<StoredValue> Values, string? Column = null);

/// <summary>What a refusal's sentence names, by what decides how a language writes it.</summary>
/// <param name="Kind">number, date, money, text, or the name of an enumeration.</param>
public sealed record StoredValue(string Place, string Kind, string Text)
{
    public static IReadOnlyList<StoredValue> Of(IReadOnlyList<(string Place, object Value)> values) =>
        [.. values.Select(v => Of(v.Place, v.Value))];

    public static IReadOnlyList<(string Place, object Value)> Read(IReadOnlyList<StoredValue> values) =>
        [.. values.Select(v => (v.Place, v.Value()))];

    static StoredValue Of(string place, object value) => value switch
    {
        int number => new(place, "number", number.ToString(CultureInfo.InvariantCulture)),
        LocalDate date => new(place, "date", LocalDatePattern.Iso.Format(date)),
        Kronor amount => new(place, "money", amount.ToString()),
        Enum word => new(place, word.GetType().FullName!, word.ToString()),
        _ => new(place, "text", value.ToString() ?? "")
    };

    object Value() => Kind switch
    {
        "number" => int.Parse(Text, CultureInfo.InvariantCulture),
        "date" => LocalDatePattern.Iso.Parse(Text).Value,
        "money" => Kronor.TryParseSum(Text, out var amount) ? amount : Text,
        _ => typeof(Refused).Assembly.GetType(Kind) is { IsEnum: true } word ? Enum.Parse(word, Text) : Text
    };
}
