namespace MrAgreement.Money;

/// <summary>Shares an amount by a weighted key (fördelningsnyckel), to the öre with nothing lost.</summary>
public static class Sharing
{
    /// <summary>
    /// The parts, in the order of the key. By the largest remainder: whole öre first, and those left over to whoever lost the most by that;
    /// where several lost the same, to the first of them. A negative amount is
    /// shared as the positive one is, so that it takes back exactly the same.
    /// </summary>
    /// <param name="weights">Whole numbers of at least 1.</param>
    public static IReadOnlyList<Kronor> By(Kronor amount, IReadOnlyList<int> weights)
    {
        if (weights.Count == 0 || weights.Any(weight => weight < 1))
            throw new ArgumentException("A key has weights of at least 1.", nameof(weights));
        var all = weights.Sum(weight => (long)weight);
        // An amount times a weight may be more than a long holds.
        var exact = weights.Select(weight => Int128.DivRem((Int128)amount.Absolute.Öre * weight, all)).ToList();
        var parts = exact.Select(part => (long)part.Quotient).ToArray();
        var left = (int)(amount.Absolute.Öre - parts.Sum());
        // The sort keeps the order of the key among equals.
        foreach (var (_, i) in exact.Select((part, i) => (part.Remainder, i)).OrderByDescending(part => part.Remainder).Take(left))
            parts[i]++;
        return [.. parts.Select(öre => Kronor.FromÖre(amount.IsNegative ? -öre : öre))];
    }
}
