using MrAgreement.Banking;

namespace MrAgreement.Formats.Banking;

/// <summary>One account's part of the file (Stmt or Ntfctn) while it is
/// read: whose it is, its balances, and what its entries make.</summary>
sealed class CamtAccountPart(int line, CamtKind kind)
{
    string id = "";
    BankAccount? account;
    string? currency;
    LocalDate? from;
    LocalDate? to;
    LocalDate? written;
    CamtAmount? opening;
    CamtAmount? closing;
    decimal booked;
    readonly HashSet<string> currencies = [];

    public BankAccount? Account => account;

    /// <summary>The day it was written; null where only the message says.</summary>
    public LocalDate? Written => written;

    public CamtStatement Statement => new(id, account ?? default, currency, from, to, opening?.InKronor, closing?.InKronor);

    /// <summary>Reads one of its elements, unless it is an entry.</summary>
    public void Read(string element, CamtXml xml, CamtValues values)
    {
        switch (element)
        {
            case "Id": id = xml.Text(); break;
            case "CreDtTm": written = values.Time()?.Day; break;
            case "Acct": (account, currency) = CamtAccounts.Read(xml); break;
            case "FrToDt":
                foreach (var end in xml.Inside())
                {
                    if (end == "FrDtTm")
                        from = values.Time()?.Day;
                    else if (end == "ToDtTm")
                        to = values.Time()?.Day;
                }
                break;
            case "Bal" when kind == CamtKind.Statement: ReadBalance(xml, values); break;
        }
    }

    public void Add(CamtEntry entry)
    {
        if (!entry.IsBooked || entry.Signed is not { } amount)
            return;
        booked += amount.Value;
        currencies.Add(amount.Currency);
    }

    /// <summary>Whether the opening balance and what was booked make the closing balance; said only when the file has both.</summary>
    public void Check(FileFaults warnings)
    {
        if (opening is not { } first || closing is not { } last)
            return;
        if (first.Currency != last.Currency || currencies.Any(c => c != last.Currency))
            warnings.Add(line, "statement-currencies", ("statement", id));
        else if (first.Value + booked != last.Value)
            warnings.Add(line, "balances-do-not-sum", ("statement", id), ("opening", first.Value), ("booked", booked),
                ("closing", last.Value), ("currency", last.Currency));
    }

    // The opening balance is the one of the day, or else the closing balance of the day before.
    void ReadBalance(CamtXml xml, CamtValues values)
    {
        string? code = null;
        CamtAmount? amount = null;
        bool? isCredit = null;
        foreach (var child in xml.Inside())
        {
            switch (child)
            {
                case "Tp":
                    foreach (var type in xml.Inside())
                    {
                        if (type == "CdOrPrtry")
                            code = xml.TextOf("Cd");
                    }
                    break;
                case "Amt": amount = values.Amount(); break;
                case "CdtDbtInd": isCredit = values.IsCredit(); break;
            }
        }
        if (amount is not { } unsigned || isCredit is not { } credit)
            return;
        var signed = unsigned with { Value = credit ? unsigned.Value : -unsigned.Value };
        if (code == "CLBD")
            closing = signed;
        else if (code == "OPBD" || (code == "PRCD" && opening is null))
            opening = signed;
    }
}
