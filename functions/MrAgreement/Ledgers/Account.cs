using MrAgreement.Money;

namespace MrAgreement.Ledgers;

/// <summary>What a row on an account means to a grant.</summary>
public enum AccountKind
{
    /// <summary>Counts as spent.</summary>
    Cost,

    /// <summary>Grants received (39xx): what is received is told by the bank, not by the ledger.</summary>
    GrantIncome,

    /// <summary>Other income of the project, a conference fee say; shown gross.</summary>
    OtherIncome,

    /// <summary>Short-term liabilities and accruals (28xx, 29xx): where a grant's unspent money rests at the turn of the year.</summary>
    Liability,

    /// <summary>Other balance accounts.</summary>
    Balance,

    /// <summary>Costs and financial items that were not chosen to count.</summary>
    NotChosen
}

/// <summary>An account that carries the project, with what a file has on it.</summary>
/// <param name="Name">As the file has it; empty when the file does not name it.</param>
/// <param name="Amount">Debit positive, credit negative.</param>
public sealed record Account(string Number, string Name, AccountKind Kind, Kronor Amount, int Rows)
{
    /// <summary>The costs of the BAS chart of accounts, when nobody has chosen others: classes 4 to 7.</summary>
    public static readonly IReadOnlyList<AccountRange> UsualCosts = [new(4000, 7999)];

    /// <summary>Kind by the file's own word where it gives one (#KTYP: T,
    /// S, K, I), else by the class in the BAS chart of accounts.</summary>
    /// <param name="chosen">The accounts that count as costs; null for the usual ones, and those that the file calls costs.</param>
    public static AccountKind KindOf(string number, char? type, IReadOnlyList<AccountRange>? chosen)
    {
        var first = number.Length > 0 ? number[0] : '0';
        var isBalance = type is 'T' or 'S' || (type is null && first is '1' or '2');
        if (isBalance)
            return number.StartsWith("28", StringComparison.Ordinal) || number.StartsWith("29", StringComparison.Ordinal)
                ? AccountKind.Liability
                : AccountKind.Balance;
        // Before what was chosen: income is no cost, whatever range it lies in.
        if (type == 'I' || (type is null && first == '3'))
            return number.StartsWith("39", StringComparison.Ordinal) ? AccountKind.GrantIncome : AccountKind.OtherIncome;
        var counts = chosen is null ? type == 'K' || UsualCosts.Any(range => range.Holds(number))
            : chosen.Any(range => range.Holds(number));
        return counts ? AccountKind.Cost : AccountKind.NotChosen;
    }
}
