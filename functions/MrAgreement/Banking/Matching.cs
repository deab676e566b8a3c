namespace MrAgreement.Banking;

/// <summary>
/// Finds what each transaction of a bank's file is the payment of. What is matched
/// without a person must name what it pays, in the exact amount, with nothing
/// else that fits; everything weaker is proposed, and the rest waits for somebody to find out.
/// </summary>
public static class Matching
{
    /// <summary>A proposal names no more than these.</summary>
    public const int MostCandidates = 10;

    /// <param name="file">The transactions of one file, in its order.</param>
    /// <param name="told">What other files say of one: <see cref="Duplicate"/>,
    /// <see cref="Perhaps"/>, or null when it is a payment of its own.</param>
    /// <returns>One for each transaction, in the same order.</returns>
    public static IReadOnlyList<MatchedTransaction> Of(IReadOnlyList<BankTransaction> file, Expectations expected,
        Func<BankTransaction, MatchOutcome?>? told = null)
    {
        var reversals = new Reversals(file, expected);
        var open = new OpenItems(expected);
        var results = new List<MatchedTransaction>(file.Count);
        foreach (var it in file)
            results.Add(new(it, told?.Invoke(it) ?? Outcome(it, open, reversals)));
        // The bank itself says what it takes back, and that is certain: so is the reversal, wherever in the file it stands.
        var certain = results.Where(r => r.Outcome is Matched).Select(r => r.Transaction.Number).ToHashSet();
        for (var i = 0; i < results.Count; i++)
            if (results[i] is { Transaction: var it,
                Outcome: Proposed { Rule: MatchRule.Reversal, Candidates: [{ Targets: [TransactionTarget taken] }] } }
                && certain.Remove(taken.Number) && reversals.IsNamed(it, taken))
                results[i] = results[i] with { Outcome = new Matched(MatchRule.Reversal, taken) };
        return results;
    }

    static MatchOutcome Outcome(BankTransaction it, OpenItems open, Reversals reversals)
    {
        if (it.Doubt is { } doubt)
            return new Unmatched(doubt);
        if (it.Amount is not { } amount)
            return new Unmatched("foreign-currency", ("currency", it.Currency), ("amount", it.AmountText));
        if (amount.IsZero)
            return new Unmatched("amount-zero");
        if (it.IsReversal)
            return reversals.Of(it) is [_, ..] takenBack
                ? new Proposed(MatchRule.Reversal, [.. takenBack.Select(t => new Candidate(t))])
                : new Unmatched("reversal-of-nothing-known");

        var found = new Evidence(it, amount, open);
        return found.Named() ?? found.Parted() ?? found.Part() ?? found.Weak() ?? found.Nothing();
    }
}
