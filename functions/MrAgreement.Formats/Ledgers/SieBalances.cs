using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Formats.Ledgers;

/// <summary>What an account holds at the end of a financial year, in all or for one object.</summary>
/// <param name="Year">0 for the current one, −1 for the one before.</param>
/// <param name="Objects">None for the account in all.</param>
public sealed record SieBalance(int Year, string Account, IReadOnlyList<LedgerObject> Objects, Kronor Amount);

/// <summary>The balances that a file gives besides its vouchers.</summary>
public sealed class SieBalances
{
    readonly SieReading reading;
    readonly List<SieBalance> opening = [];
    readonly List<SieBalance> closing = [];
    readonly List<SieBalance> results = [];
    readonly Dictionary<string, (Int128 Result, Int128 Booked)> booked = [];

    internal SieBalances(SieReading reading) => this.reading = reading;

    /// <summary>Of balance accounts (#IB), and per object (#OIB), at the beginning of the year.</summary>
    public IReadOnlyList<SieBalance> Opening => opening;

    /// <summary>Of balance accounts (#UB), and per object (#OUB).</summary>
    public IReadOnlyList<SieBalance> Closing => closing;

    /// <summary>Of income and cost accounts (#RES).</summary>
    public IReadOnlyList<SieBalance> Results => results;

    internal void Take(string label, ref SieFields fields)
    {
        IReadOnlyList<LedgerObject> objects = [];
        if (!reading.TryNumber(label, fields.Next(), out var year) || !reading.TryAccount(fields.Next(), out var account)
            || (label is "OIB" or "OUB" && !reading.TryObjects(ref fields, out objects))
            || !reading.TryAmount(fields.Next(), out var amount)
            || !reading.TryKeep(0))
            return;
        (label switch { "RES" => results, "IB" or "OIB" => opening, _ => closing }).Add(new(year, account, objects, amount));
        if (label == "RES" && year == 0)
            booked[account] = (amount.Öre, 0);
    }

    /// <summary>Counts what a voucher of the current year books. Files give the
    /// results before the vouchers; where not, nothing is compared.</summary>
    internal void Book(Voucher voucher)
    {
        if (booked.Count == 0)
            return;
        foreach (var row in voucher.Rows)
        {
            ref var account = ref CollectionsMarshal.GetValueRefOrNullRef(booked, row.Account);
            if (!Unsafe.IsNullRef(ref account))
                account.Booked += row.Amount.Öre;
        }
    }

    /// <summary>Warns where the vouchers do not add up to the results: the
    /// file may hold a part of the year only, or have lost some.</summary>
    internal void Compare()
    {
        var differing = booked.Where(it => it.Value.Result != it.Value.Booked).OrderBy(it => it.Key, StringComparer.Ordinal).ToList();
        if (differing is [var (account, (result, sum)), ..])
            reading.Warn("ledger-results-differ", ("accounts", differing.Count), ("account", account),
                ("result", Kronor.FromÖre((long)result)),
                ("booked", Kronor.FromÖre((long)Int128.Clamp(sum, long.MinValue + 1, long.MaxValue))));
    }
}
