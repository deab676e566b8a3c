using System.Diagnostics;

namespace MrAgreement.Benchmarks;

/// <summary>Something of ours measured, as a rule against the barest thing that does the same, in turn in the same run.</summary>
/// <param name="Name">What to give on the command line to run it alone.</param>
/// <param name="Bound">It is cut off after that.</param>
abstract record Benchmark(string Name, TimeSpan Bound)
{
    public abstract Task<IReadOnlyList<Measure>> Run(CancellationToken bound);
}

/// <summary>What one benchmark found: one value a round.</summary>
/// <param name="Asked">What the median is to be at most or at least; null when nothing is asked.</param>
/// <param name="Note">The absolute figures behind a ratio; they hold for the machine of the day only.</param>
sealed record Measure(string What, string Unit, IReadOnlyList<double> Values, Limit? Asked, string Note)
{
    public static Measure OutOfTime(Benchmark benchmark) => new($"{benchmark.Name} ran out of time", "", [], null, $"bound {benchmark.Bound.TotalSeconds:0} s");

    public double Median => Rounds.Median(Values);
}

/// <summary>What is asked of a value.</summary>
sealed record Limit(double Value, bool AtMost)
{
    public bool Holds(double measured) => AtMost ? measured <= Value : measured >= Value;
    public override string ToString() => $"{(AtMost ? "≤" : "≥")} {Value:0.##}";
}

/// <summary>Variants measured in turn, A B A B …, so that a noisy neighbour disturbs them alike.</summary>
static class Rounds
{
    /// <returns>What each variant answered, by round.</returns>
    public static async Task<double[][]> InTurn(int rounds, params Func<Task<double>>[] variants)
    {
        var values = variants.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < variants.Length; i++)
                values[i][round] = await variants[i]();
        return values;
    }

    /// <summary>Milliseconds that one of <paramref name="times"/> takes.</summary>
    public static async Task<double> Milliseconds(int times, Func<Task> act, CancellationToken bound)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            bound.ThrowIfCancellationRequested();
            await act();
        }
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / times;
    }

    /// <summary>One round's value by the other's of the same round.</summary>
    public static double[] Ratio(double[] ours, double[] bare) => [.. ours.Zip(bare, (a, b) => a / b)];

    public static double Median(IReadOnlyList<double> values) => values.Order().ElementAtOrDefault(values.Count / 2);
}
