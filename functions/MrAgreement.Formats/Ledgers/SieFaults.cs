using System.Collections;
using MrAgreement.EventSourcing;

namespace MrAgreement.Formats.Ledgers;

/// <summary>What is wrong with a file, or notable: the first of them, and how many there are.</summary>
public sealed class SieFaults : IReadOnlyList<Fault>
{
    /// <summary>The most that are kept: a file with more than that is mended at its source, not line by line.</summary>
    public const int Most = 100;

    readonly List<Fault> first = [];

    /// <summary>Of all, also those that are not kept.</summary>
    public long Total { get; private set; }

    public int Count => first.Count;

    public Fault this[int index] => first[index];

    public IEnumerator<Fault> GetEnumerator() => first.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(Fault fault)
    {
        Total++;
        if (first.Count < Most)
            first.Add(fault);
    }
}
