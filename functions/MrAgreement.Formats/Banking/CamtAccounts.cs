using MrAgreement.Banking;

namespace MrAgreement.Formats.Banking;

/// <summary>Reads an account: its IBAN, or another number with the name of its scheme (BBAN, BGNR).</summary>
static class CamtAccounts
{
    /// <summary>The account that the walk stands on, and its currency where given; no account when it has no number.</summary>
    public static (BankAccount? Account, string? Currency) Read(CamtXml xml)
    {
        string? iban = null, other = null, scheme = null, currency = null;
        foreach (var child in xml.Inside())
        {
            if (child == "Ccy")
                currency = xml.Text();
            if (child != "Id")
                continue;
            foreach (var kind in xml.Inside())
            {
                if (kind == "IBAN")
                    iban = xml.Text();
                if (kind != "Othr")
                    continue;
                foreach (var part in xml.Inside())
                {
                    if (part == "Id")
                        other = xml.Text();
                    else if (part == "SchmeNm")
                        scheme = Scheme(xml);
                }
            }
        }
        var account = iban is { Length: > 0 } ? BankAccount.Of("IBAN", iban) : BankAccount.Of(scheme ?? "", other ?? "");
        return (account.Number.Length > 0 ? account : null, currency);
    }

    static string? Scheme(CamtXml xml)
    {
        string? scheme = null;
        foreach (var child in xml.Inside())
        {
            if (child is "Cd" or "Prtry")
                scheme ??= xml.Text();
        }
        return scheme;
    }
}
