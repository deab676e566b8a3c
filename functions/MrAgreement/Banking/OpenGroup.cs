using MrAgreement.Money;

namespace MrAgreement.Banking;

/// <summary>What is open under one diary number in one direction, and what some of it makes together.</summary>
sealed class OpenGroup
{
    // Pairs grow with the square: of more than these only the oldest are summed.
    const int MostSummed = 64;

    readonly OpenList items = new();
    Dictionary<Kronor, List<OpenItem[]>>? sums;

    public Kronor Left { get; private set; }

    public void Add(OpenItem item)
    {
        items.Add(item);
        Left += item.Left;
    }

    public void Took(OpenItem item)
    {
        if (item.IsPayment)
            return;
        Left -= item.Left;
        sums = null;
    }

    /// <summary>The oldest of which more is left than an amount.</summary>
    public IEnumerable<OpenItem> MoreThan(Kronor amount) => items.Open(MostSummed).Where(item => item.Left > amount);

    public IReadOnlyList<OpenItem> Oldest(int most) => items.Open(most);

    /// <summary>Every two, and the oldest three, four and so on, that make an amount together.</summary>
    public IReadOnlyList<OpenItem[]> Making(Kronor amount) => (sums ??= Summed(items.Open(MostSummed))).GetValueOrDefault(amount) ?? [];

    static Dictionary<Kronor, List<OpenItem[]>> Summed(List<OpenItem> open)
    {
        var sums = new Dictionary<Kronor, List<OpenItem[]>>();
        for (var i = 0; i < open.Count; i++)
            for (var j = i + 1; j < open.Count; j++)
                Add(open[i].Left + open[j].Left, [open[i], open[j]]);
        var oldest = Kronor.Zero;
        for (var i = 0; i < open.Count; i++)
        {
            oldest += open[i].Left;
            if (i >= 2)
                Add(oldest, [.. open.Take(i + 1)]);
        }
        return sums;

        void Add(Kronor sum, OpenItem[] of)
        {
            if (!sums.TryGetValue(sum, out var same))
                sums.Add(sum, same = []);
            if (same.Count < Matching.MostCandidates)
                same.Add(of);
        }
    }
}
