using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MrAgreement.Grants;

namespace MrAgreement.Banking;

/// <summary>
/// What is the same when two files tell of the same transaction: the account, the bank's reference, direction and amount. Where the bank gives no reference,
/// or one reference for a whole bundle, the place among those that are otherwise alike counts too.
/// </summary>
public readonly record struct TransactionIdentity(string Text)
{
    const string ByContent = "content:";

    /// <summary>Whether it rests on the content, since the bank gave no reference: two payments alike in two files may then be taken for one.</summary>
    public bool IsByContent => Text.StartsWith(ByContent, StringComparison.Ordinal);

    public override string ToString() => Text;

    /// <summary>The identities of the transactions of one file, in its order.</summary>
    public static IReadOnlyList<TransactionIdentity> Of(IReadOnlyList<BankTransaction> file)
    {
        var alike = new Dictionary<(string Base, int Entry), int>(file.Count);
        var identities = new TransactionIdentity[file.Count];
        for (var i = 0; i < file.Count; i++)
        {
            var it = file[i];
            var known = it.BankReference is { Length: > 0 } ? $"bank:{it.Account.Number}|{it.BankReference}|{Money(it)}" : ByContent + Hash(it);
            // A reference twice in one entry is the bundle's, not the transaction's; in two entries it is the same transaction twice.
            var place = (known, it.BankReference is { Length: > 0 } ? it.Entry : 0);
            var ordinal = alike[place] = alike.GetValueOrDefault(place) + 1;
            identities[i] = new(ordinal == 1 ? known : string.Create(CultureInfo.InvariantCulture, $"{known}#{ordinal}"));
        }
        return identities;
    }

    /// <summary>The identity of the entry that a transaction belongs to; null where the bank gives it no reference.</summary>
    public static string? OfEntry(BankTransaction it) =>
        it.EntryReference is { Length: > 0 } reference ? $"{it.Account.Number}|{reference}|{Way(it)}" : null;

    static string Hash(BankTransaction it)
    {
        var content = string.Join('\u001F', [
            it.Account.Number, Money(it), it.BookedOn.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), it.EndToEndId, it.Counterpart.Name, it.Counterpart.Account?.Number,
            .. it.PaymentReferences, "\u001E", .. it.References, "\u001E", .. it.Texts]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 16));
    }

    static string Money(BankTransaction it) =>
        $"{Way(it)}|{(it.Amount is { } kronor ? kronor.ToString() : it.Currency + (it.AmountText.Contains('.', StringComparison.Ordinal) ? it.AmountText.TrimEnd('0').TrimEnd('.') : it.AmountText))}";

    static string Way(BankTransaction it) => (it.Direction == PaymentDirection.In ? "in" : "out") + (it.IsReversal ? "-reversal" : "");
}
