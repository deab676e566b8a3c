using System.Collections;
using MrAgreement.EventSourcing;

namespace MrAgreement.Formats.Banking;

/// <summary>Faults in the order of the file; the first hundred are kept, all are counted.</summary>
public sealed class FaultList : IReadOnlyList<Fault>
{
    public const int Most = 100;

    readonly List<Fault> kept = [];

    /// <summary>All of them, also those not kept.</summary>
    public int Total { get; private set; }

    /// <summary>Those kept.</summary>
    public int Count => kept.Count;

    public Fault this[int index] => kept[index];

    public IEnumerator<Fault> GetEnumerator() => kept.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(int line, string rule, params IReadOnlyList<(string Place, object Value)> values)
    {
        if (++Total <= Most)
            kept.Add(Fault.OnLine(line, rule, values));
    }
}
