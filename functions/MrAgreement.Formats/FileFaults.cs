using System.Collections;

namespace MrAgreement.Formats;

/// <summary>What is wrong with a file, or notable, in the order of its lines: the first of them, and how many there are.</summary>
public sealed class FileFaults : IReadOnlyList<Fault>
{
    /// <summary>The most that are kept: a file with more than that is mended at its source, not line by line.</summary>
    public const int Most = 100;

    readonly List<Fault> first = [];

    /// <summary>Of all, also those that are not kept.</summary>
    public long Total { get; private set; }

    /// <summary>Those kept.</summary>
    public int Count => first.Count;

    public Fault this[int index] => first[index];

    public IEnumerator<Fault> GetEnumerator() => first.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(int line, string rule, params IReadOnlyList<(string Place, object Value)> values) =>
        Add(Fault.OnLine(line, rule, values));

    internal void Add(Fault fault)
    {
        if (++Total <= Most)
            first.Add(fault);
    }
}
