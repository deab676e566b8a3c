namespace MrAgreement.Banking;

/// <summary>Which of the recipient's account numbers are one account: a bankgiro number,
/// the account behind it, and the same with the country's letters before it.</summary>
sealed class OwnAccounts
{
    // Shorter numbers may be the end of anything.
    const int Shortest = 7;

    // What files show: a payment to the one is booked on the other.
    readonly HashSet<(string, string)> linked = [];
    readonly Dictionary<string, HashSet<string>> schemes = [];

    public void Add(BankTransaction it)
    {
        if (it.OwnAccount is not { Number.Length: > 0 } own || own.Number == it.Account.Number
            || !linked.Add((own.Number, it.Account.Number)))
            return;
        linked.Add((it.Account.Number, own.Number));
        Scheme(own.Number).Add(it.Account.Scheme);
        Scheme(it.Account.Number).Add(own.Scheme);
    }

    /// <summary>Whether two are the same account; null when nothing tells.</summary>
    public bool? AreOne(BankAccount one, BankAccount other)
    {
        if (one.Number == other.Number || linked.Contains((one.Number, other.Number)) || Ends(one, other) || Ends(other, one))
            return true;
        if (one.Scheme == other.Scheme || (IsNumbered(one) && IsNumbered(other)) || Scheme(one.Number).Contains(other.Scheme)
            || Scheme(other.Number).Contains(one.Scheme))
            return false;
        return null;
    }

    static bool IsNumbered(BankAccount it) => it.Scheme is "IBAN" or "BBAN";

    // SE, two check digits, three for the bank, and the account's number after zeros; with the clearing number or without it.
    static bool Ends(BankAccount iban, BankAccount other)
    {
        if (iban.Scheme != "IBAN" || other.Scheme == "IBAN" || iban.Number.Length < 12)
            return false;
        var (inside, number) = (iban.Number[7..].TrimStart('0'), other.Number.TrimStart('0'));
        return inside.Length >= Shortest && number.Length >= Shortest
            && (inside.EndsWith(number, StringComparison.Ordinal) || number.EndsWith(inside, StringComparison.Ordinal));
    }

    HashSet<string> Scheme(string number) => schemes.TryGetValue(number, out var known) ? known : schemes[number] = [];
}
