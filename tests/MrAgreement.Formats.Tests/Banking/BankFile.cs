using System.Reflection;
using System.Text;
using MrAgreement.Banking;
using MrAgreement.Formats.Banking;

namespace MrAgreement.Formats.Tests.Banking;

/// <summary>A bank's file, and what the reader makes of it.</summary>
sealed record BankFile(string Text)
{
    const string Head = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2015-02-04T04:00:00</CreDtTm></GrpHdr>
        <Stmt><Id>S1</Id><Acct><Id><IBAN>SE35 5000 0000 0549 1000 0003</IBAN></Id><Ccy>SEK</Ccy></Acct>
        """;

    const string Tail = "</Stmt></BkToCstmrStmt></Document>";

    /// <summary>A statement with these entries, from line 4 on.</summary>
    public static BankFile With(string entries) => new($"{Head}\n{entries}\n{Tail}");

    /// <summary>One of the whole files.</summary>
    public static BankFile Named(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return new(reader.ReadToEnd());
    }

    /// <summary>An entry of SEK 100 in, but for what is given.</summary>
    public static string Entry(
        string amount = "100.00", string currency = "SEK", string mark = "CRDT", string status = "<Sts>BOOK</Sts>", string day = "<BookgDt><Dt>2015-02-03</Dt></BookgDt>", string inside = "") =>
        $"""<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>{status}{day}<AcctSvcrRef>B1</AcctSvcrRef>{inside}</Ntry>""";

    public static string Details(params string[] transactions) => $"<NtryDtls>{string.Concat(transactions.Select(t => $"<TxDtls>{t}</TxDtls>"))}</NtryDtls>";

    public static string Amount(string amount, string currency = "SEK") => $"""<AmtDtls><TxAmt><Amt Ccy="{currency}">{amount}</Amt></TxAmt></AmtDtls>""";

    public BankFile Replace(string old, string with)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        return new(Text.Replace(old, with, StringComparison.Ordinal));
    }

    public Reading Read(CamtLimits? limits = null) => Reading.Of(Encoding.UTF8.GetBytes(Text), limits);
}

/// <summary>A file read to its end.</summary>
sealed record Reading(CamtReader Reader, IReadOnlyList<BankTransaction> Transactions)
{
    public static Reading Of(byte[] file, CamtLimits? limits = null)
    {
        using var reader = new CamtReader(new MemoryStream(file), limits);
        return new(reader, [.. reader.ToEnd()]);
    }

    /// <summary>The only transaction of a file that is not refused.</summary>
    public BankTransaction Only
    {
        get
        {
            Accepted();
            return Assert.Single(Transactions);
        }
    }

    public Reading Accepted()
    {
        Assert.Empty(Reader.Errors.Select(e => $"{e.Line}: {e.Rule}"));
        return this;
    }

    /// <summary>The only fault.</summary>
    public (string Rule, int? Line) Error
    {
        get
        {
            var fault = Assert.Single(Reader.Errors);
            return (fault.Rule, fault.Line);
        }
    }
}
