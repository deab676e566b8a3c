using MrAgreement.Banking;

namespace MrAgreement.Formats.Banking;

/// <summary>One transaction of an entry, as far as the file tells of it.</summary>
sealed class CamtDetails(int line)
{
    public int Line => line;
    public CamtAmount? Amount { get; private set; }
    public bool? IsCredit { get; private set; }
    public string? BankReference { get; private set; }
    public string? EndToEndId { get; private set; }
    public string? InstructionId { get; private set; }
    public string? TransactionId { get; private set; }
    public string? UniqueId { get; private set; }
    public string? DebtorName { get; private set; }
    public string? CreditorName { get; private set; }
    public BankAccount? DebtorAccount { get; private set; }
    public BankAccount? CreditorAccount { get; private set; }
    public List<string> References { get; } = [];
    public List<string> Documents { get; } = [];
    public List<string> PaymentReferences { get; } = [];
    public List<string> Texts { get; } = [];
    public List<PaymentPart> Parts { get; } = [];

    /// <summary>Reads the TxDtls that the walk stands on.</summary>
    public static CamtDetails Read(CamtXml xml, CamtValues values)
    {
        var it = new CamtDetails(xml.Line);
        CamtAmount? amount = null, transaction = null, instructed = null;
        foreach (var child in xml.Inside())
        {
            switch (child)
            {
                case "Refs": it.ReadReferences(xml); break;
                case "Amt": amount = values.Amount(); break;
                case "CdtDbtInd": it.IsCredit = values.IsCredit(); break;
                case "AmtDtls":
                    foreach (var kind in xml.Inside())
                    {
                        if (kind is not ("TxAmt" or "InstdAmt"))
                            continue;
                        foreach (var inner in xml.Inside())
                        {
                            if (inner != "Amt")
                                continue;
                            if (kind == "TxAmt")
                                transaction = values.Amount();
                            else
                                instructed = values.Amount();
                        }
                    }
                    break;
                case "RltdPties": it.ReadParties(xml); break;
                case "RmtInf": it.ReadRemittance(xml, values); break;
                case "AddtlTxInf": Add(it.Texts, xml.Text()); break;
            }
        }
        it.Amount = amount ?? transaction ?? instructed;
        return it;
    }

    void ReadReferences(CamtXml xml)
    {
        foreach (var child in xml.Inside())
        {
            switch (child)
            {
                case "AcctSvcrRef": BankReference = NullIfEmpty(xml.Text()); break;
                // What the payer's bank writes when the payer gave none.
                case "EndToEndId": EndToEndId = NullIfEmpty(xml.Text()) is { } id and not "NOTPROVIDED" ? id : null; break;
                case "InstrId": Add(References, InstructionId = xml.Text()); break;
                case "TxId": Add(References, TransactionId = xml.Text()); break;
                case "UETR": UniqueId = NullIfEmpty(xml.Text()); break;
            }
        }
    }

    void ReadParties(CamtXml xml)
    {
        string? ultimateDebtor = null, ultimateCreditor = null;
        foreach (var child in xml.Inside())
        {
            switch (child)
            {
                case "Dbtr": DebtorName = PartyName(xml); break;
                case "Cdtr": CreditorName = PartyName(xml); break;
                case "UltmtDbtr": ultimateDebtor = PartyName(xml); break;
                case "UltmtCdtr": ultimateCreditor = PartyName(xml); break;
                case "DbtrAcct": DebtorAccount = CamtAccounts.Read(xml).Account; break;
                case "CdtrAcct": CreditorAccount = CamtAccounts.Read(xml).Account; break;
            }
        }
        DebtorName ??= ultimateDebtor;
        CreditorName ??= ultimateCreditor;
    }

    // 02: Dbtr/Nm. 08: Dbtr/Pty/Nm, or Dbtr/Agt/FinInstnId/Nm.
    static string? PartyName(CamtXml xml)
    {
        string? name = null;
        foreach (var child in xml.Inside())
        {
            if (child == "Nm")
                name ??= NullIfEmpty(xml.Text());
            else if (child is "Pty" or "Agt" or "FinInstnId")
                name ??= PartyName(xml);
        }
        return name;
    }

    void ReadRemittance(CamtXml xml, CamtValues values)
    {
        foreach (var child in xml.Inside())
        {
            if (child == "Ustrd")
                Add(Texts, xml.Text());
            else if (child == "Strd")
                ReadStructured(xml, values);
        }
    }

    void ReadStructured(CamtXml xml, CamtValues values)
    {
        string? document = null, creditor = null;
        CamtAmount? remitted = null;
        foreach (var child in xml.Inside())
        {
            switch (child)
            {
                case "RfrdDocInf": document = xml.TextOf("Nb"); break;
                case "CdtrRefInf": creditor = xml.TextOf("Ref"); break;
                case "AddtlRmtInf": Add(Texts, xml.Text()); break;
                case "RfrdDocAmt":
                    foreach (var kind in xml.Inside())
                    {
                        if (kind == "RmtdAmt")
                            remitted = values.Amount();
                    }
                    break;
            }
        }
        Add(References, document);
        Add(Documents, document);
        Add(PaymentReferences, creditor);
        if (remitted?.InKronor is { } kronor && (NullIfEmpty(document) ?? creditor) is { Length: > 0 } reference)
            Parts.Add(new(reference, NullIfEmpty(document) is null, kronor));
    }

    static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // A bundle's file may repeat itself; what a payer can say ends somewhere.
    static void Add(List<string> list, string? text)
    {
        if (text is { Length: > 0 } && list.Count < 100 && !list.Contains(text))
            list.Add(text);
    }
}
