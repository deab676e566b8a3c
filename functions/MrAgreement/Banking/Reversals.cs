using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Banking;

/// <summary>Finds the payment that a reversal takes back: the same amount the other way, with a reference in common.</summary>
sealed class Reversals
{
    readonly Dictionary<(PaymentDirection, Kronor, string Key), List<MatchTarget>> targets = [];

    // The bank's references to the transactions of the file that may be taken back.
    readonly Dictionary<int, string> references = [];

    public Reversals(IReadOnlyList<BankTransaction> file, Expectations expected)
    {
        if (!file.Any(it => it.IsReversal))
            return;
        foreach (var it in expected.Payments.OrderBy(p => p.PaidOn).ThenBy(p => p.Agreement.Value).ThenBy(p => p.Number))
        {
            string[] keys = [DiaryNumbersInText.Key(it.DiaryNumber), .. it.References.Select(r => BankText.Key(r)),
                .. Named(it.BankReference)];
            Add(it.Direction, it.Amount, keys, new PaymentTarget(it.Agreement, it.Number));
        }
        // What has become a payment is proposed as that alone.
        var paid = expected.Payments.Select(p => (p.Direction, p.Amount, Key: Named(p.BankReference).FirstOrDefault()))
            .Where(p => p.Key is not null).ToHashSet();
        foreach (var it in file.Where(it => !it.IsReversal))
        {
            if (it.Amount is not { } amount || paid.Contains((it.Direction, amount, Named(it.BankReference).FirstOrDefault())))
                continue;
            Add(it.Direction, amount, Keys(it), new TransactionTarget(it.Number));
            if (Named(it.BankReference).FirstOrDefault() is { Length: > 1 } reference)
                references[it.Number] = reference;
        }
    }

    /// <summary>What it may take back, payments known before this file first.</summary>
    public IReadOnlyList<MatchTarget> Of(BankTransaction reversal)
    {
        var other = reversal.Direction == PaymentDirection.In ? PaymentDirection.Out : PaymentDirection.In;
        return reversal.Amount is { } amount
            ? [.. Keys(reversal).SelectMany(key => targets.GetValueOrDefault((other, amount, key)) ?? []).Distinct()
            .OrderBy(t => t is TransactionTarget).Take(Matching.MostCandidates)]
            : [];
    }

    /// <summary>Whether the reversal carries the bank's own reference to the transaction, and not only the same words.</summary>
    public bool IsNamed(BankTransaction reversal, TransactionTarget taken) =>
        references.TryGetValue(taken.Number, out var reference) && Keys(reversal).Contains(reference);

    void Add(PaymentDirection direction, Kronor amount, IEnumerable<string> keys, MatchTarget target)
    {
        foreach (var key in keys.Where(k => k.Length > 1).Distinct())
        {
            if (!targets.TryGetValue((direction, amount, key), out var same))
                targets.Add((direction, amount, key), same = []);
            if (same.Count < Matching.MostCandidates)
                same.Add(target);
        }
    }

    static IEnumerable<string> Keys(BankTransaction it) =>
    [
        .. Named(it.BankReference),
        .. it.Written.Where(w => !BankReferences.IsPlaceholder(w)).Select(w => BankText.Key(w)),
        .. it.Written.SelectMany(DiaryNumbersInText.In)
    ];

    // As a key; nothing when all that the bank wrote is that it has none.
    static IEnumerable<string> Named(string? reference) => BankReferences.IsPlaceholder(reference) ? [] : [BankText.Key(reference)];
}
