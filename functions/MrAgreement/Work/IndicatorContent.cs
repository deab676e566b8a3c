using System.Text.Json;

namespace MrAgreement.Work;

/// <summary>In what an indicator is told.</summary>
public enum IndicatorUnit
{
    YesNo,
    Number,

    /// <summary>So many of so many.</summary>
    Share,
    Scale
}

/// <summary>Which way is the right one.</summary>
public enum IndicatorDirection
{
    Up,
    Down,

    /// <summary>It is to stay as it is.</summary>
    Hold
}

/// <summary>Where its figures come from.</summary>
public enum IndicatorSource
{
    Manual,
    Survey,
    Kolada
}

/// <summary>What an indicator is of: one of them, by its key in the plan.</summary>
public sealed record BelongsTo(string? Measure = null, string? FocusArea = null, string? Goal = null);

/// <summary>The ends of a scale.</summary>
public sealed record ScaleEnds(decimal From, decimal To);

/// <summary>How it was before anything was done.</summary>
/// <param name="Figure">Of a share its fraction, or per cent where that alone is known.</param>
/// <param name="Source">What tells it.</param>
public sealed record Baseline(LocalDate On, Figure Figure, string Source);

/// <summary>What is to be reached by a day.</summary>
/// <param name="Value">In the indicator's unit; of a share per cent.</param>
public sealed record IndicatorTarget(LocalDate By, decimal Value);

/// <summary>By what an indicator is told in parts, as by gender.</summary>
/// <param name="Values">As women, men.</param>
public sealed record Breakdown(string Key, string Title, IReadOnlyList<string> Values);

/// <summary>An indicator (indikator) as it is told.</summary>
/// <param name="Decimals">With which its figures are told.</param>
/// <param name="Cumulative">Whether each figure holds those before it.</param>
/// <param name="Scale">Null where nobody has told its ends, and of other units.</param>
/// <param name="Of">What of the source it is: a question, a key figure; null for nothing said.</param>
public sealed record IndicatorContent(
    string Title, WorkDimension Dimension, IReadOnlyList<Principle> Principles, IndicatorUnit Unit, IndicatorDirection Direction,
    BelongsTo BelongsTo, IReadOnlyList<IndicatorTarget> Targets, IReadOnlyList<Breakdown> Breakdowns, IndicatorSource Source,
    int Decimals = 0, bool Cumulative = false, ScaleEnds? Scale = null, Baseline? Baseline = null, string? Of = null)
{
    const int MostBreakdowns = 20, MostValues = 100, MostTargets = 50, MostDecimals = 6;

    public bool SaysSame(IndicatorContent other) =>
        JsonSerializer.Serialize(this, Json.Options) == JsonSerializer.Serialize(other, Json.Options);

    /// <summary>The same without blanks around words, with nothing said twice, and targets by their days.</summary>
    public IndicatorContent Trimmed() => this with
    {
        Title = Title.Trim(), Principles = [.. Principles.Distinct().Order()],
        BelongsTo = new(Filled(BelongsTo.Measure), Filled(BelongsTo.FocusArea), Filled(BelongsTo.Goal)),
        Targets = [.. Targets.OrderBy(target => target.By).Select(target => target with { Value = Figure.Plain(target.Value) })],
        Breakdowns = [.. Breakdowns.Select(by => new Breakdown(by.Key.Trim(), by.Title.Trim(), [.. by.Values.Select(it => it.Trim())]))],
        Scale = Scale is { } scale ? new(Figure.Plain(scale.From), Figure.Plain(scale.To)) : null,
        Baseline = Baseline is { } before ? before with { Figure = before.Figure.Plain(), Source = before.Source.Trim() } : null,
        Of = Filled(Of)
    };

    /// <summary>What stands against it, whatever the plan says.</summary>
    public IEnumerable<Fault> Faults(LocalDate today)
    {
        var faults = new List<Fault>();
        faults.AddText("/title", Title, 300);
        faults.AddOptionalText("/of", Of, 300);
        if (Decimals is < 0 or > MostDecimals)
            return [.. faults, new("/decimals", "decimals-range", ("max", MostDecimals))];
        if (Cumulative && Unit is IndicatorUnit.YesNo or IndicatorUnit.Scale)
            faults.Add(new("/cumulative", "cumulative-of-number"));
        if (Scale is { } scale && (Unit != IndicatorUnit.Scale || scale.From >= scale.To))
            faults.Add(new("/scale", "scale-ends"));
        if (Baseline is { } before)
        {
            faults.AddText("/baseline/source", before.Source, 300);
            // What is known of a share from before may be no more than its per cent.
            faults.AddRange(Unit == IndicatorUnit.Share && before.Figure is { Value: { } value, Numerator: null, Denominator: null }
                ? Figure.OfValue(this with { Decimals = MostDecimals }, value, "/baseline/value")
                : before.Figure.Faults(this, "/baseline"));
            faults.AddRange(Calendars.DateRange.FaultsOfPast("/baseline/on", before.On, today));
        }
        if (Targets.Count > MostTargets)
            faults.Add(new("/targets", "too-many", ("max", MostTargets)));
        for (var i = 0; i < Math.Min(Targets.Count, MostTargets); i++)
        {
            faults.AddRange(Calendars.DateRange.Faults(($"/targets/{i}/by", Targets[i].By)));
            faults.AddRange(Figure.OfValue(this, Targets[i].Value, $"/targets/{i}/value"));
            if (Baseline is { } start && Targets[i].By <= start.On)
                faults.Add(new($"/targets/{i}/by", "target-before-baseline", ("date", start.On)));
            if (Targets.Take(i).Any(other => other.By == Targets[i].By))
                faults.Add(new($"/targets/{i}/by", "target-twice", ("date", Targets[i].By)));
        }
        faults.AddRange(OfBreakdowns());
        return faults;
    }

    List<Fault> OfBreakdowns()
    {
        var faults = new List<Fault>();
        if (Breakdowns.Count > MostBreakdowns)
            return [new("/breakdowns", "too-many", ("max", MostBreakdowns))];
        for (var i = 0; i < Breakdowns.Count; i++)
        {
            var (by, at) = (Breakdowns[i], $"/breakdowns/{i}");
            if (!PlanContent.IsKey(by.Key))
                faults.Add(new($"{at}/key", "plan-key", ("key", by.Key)));
            else if (Breakdowns.Take(i).Any(other => other.Key == by.Key))
                faults.Add(new($"{at}/key", "key-taken", ("key", by.Key)));
            faults.AddText($"{at}/title", by.Title, 200);
            if (by.Values.Count > MostValues)
                faults.Add(new($"{at}/values", "too-many", ("max", MostValues)));
            else if (by.Values.Count == 0)
                faults.Add(new($"{at}/values", "required", ("field", "values")));
            for (var j = 0; j < Math.Min(by.Values.Count, MostValues); j++)
                if (by.Values.Take(j).Contains(by.Values[j], StringComparer.OrdinalIgnoreCase))
                    faults.Add(new($"{at}/values/{j}", "key-taken", ("key", by.Values[j])));
                else
                    faults.AddName($"{at}/values/{j}", by.Values[j]);
        }
        return faults;
    }

    static string? Filled(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
