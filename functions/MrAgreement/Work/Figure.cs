using System.Text.Json.Serialization;

namespace MrAgreement.Work;

/// <summary>What is read of an indicator: a value, or so many of so many.</summary>
/// <param name="Value">1 for yes and 0 for no; null where it is a fraction.</param>
public sealed record Figure(decimal? Value = null, long? Numerator = null, long? Denominator = null)
{
    public const long Most = 1_000_000_000_000;

    [JsonIgnore]
    public bool IsFraction => Numerator is not null && Denominator is > 0;

    /// <summary>The value, or per cent of the whole as exactly as it can be told; only what is shown is rounded.</summary>
    [JsonIgnore]
    public decimal Exact => IsFraction ? 100m * Numerator!.Value / Denominator!.Value : Value ?? 0;

    /// <summary>With so many decimals, half away from zero.</summary>
    public decimal Shown(int decimals) => Math.Round(Exact, decimals, MidpointRounding.AwayFromZero);

    /// <summary>The same without zeros at the end of its decimals, so that what is alike is written alike.</summary>
    public Figure Plain() => Value is { } value ? this with { Value = Plain(value) } : this;

    public static decimal Plain(decimal value) => value / 1.000000000000000000000000000m;

    /// <summary>What stands against it as a figure of an indicator.</summary>
    /// <param name="at">Where it stands, as in <c>/parts/0</c>; empty for the reading itself.</param>
    /// <param name="field">What a value is called there.</param>
    public IEnumerable<Fault> Faults(IndicatorContent of, string at, string field = "value")
    {
        if (of.Unit == IndicatorUnit.Share)
            return Value is not null || Numerator is null || Denominator is null ? [new($"{at}/numerator", "share-of-fraction")]
                : Denominator is < 1 or > Most || Numerator < 0 || Numerator > Denominator
                    ? [new($"{at}/numerator", "fraction-range", ("max", Most))] : [];
        if (Value is not { } value || Numerator is not null || Denominator is not null)
            return [new($"{at}/{field}", "value-alone")];
        return OfValue(of, value, $"{at}/{field}");
    }

    /// <summary>What stands against a value of the indicator's unit; of a share it is per cent.</summary>
    public static IEnumerable<Fault> OfValue(IndicatorContent of, decimal value, string at)
    {
        if (of.Unit == IndicatorUnit.YesNo ? value is not (0 or 1) : of.Unit == IndicatorUnit.Share && value is < 0 or > 100)
            yield return new(at, of.Unit == IndicatorUnit.YesNo ? "value-yes-no" : "value-per-cent");
        else if (Math.Abs(value) > Most)
            yield return new(at, "value-range", ("max", Most));
        else if (Math.Round(value, of.Decimals) != value)
            yield return new(at, "value-decimals", ("max", of.Decimals));
        else if (of is { Unit: IndicatorUnit.Scale, Scale: { } scale } && (value < scale.From || value > scale.To))
            yield return new(at, "value-outside-scale", ("from", scale.From), ("to", scale.To));
    }
}
