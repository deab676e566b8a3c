using System.Text.RegularExpressions;
using System.Xml;
using MrAgreement.Banking;

namespace MrAgreement.Formats.Banking;

/// <summary>
/// Reads the bank's statements (camt.053) and advices (camt.054), versions 001.02–001.08,
/// one transaction at a time, so that the size of the file costs no memory.
/// A file with a single error is refused whole: what was handed over counts only
/// when the end is reached and <see cref="IsRefused"/> is false. What a file holds
/// never makes it throw; an <see cref="IOException"/> of the stream passes through. Source: ISO 20022.
/// </summary>
public sealed partial class CamtReader : IDisposable
{
    readonly CamtXml xml;
    readonly CamtValues values;
    readonly CamtLimits limits;
    readonly IEnumerator<BankTransaction> transactions;
    readonly List<CamtStatement> statements = [];
    bool isOpen, isPastRoot;
    int entries, notBooked, handedOver;

    // The day of the message.
    LocalDate? created;

    /// <param name="file">Read from where it stands, never asked asynchronously, and left open.</param>
    public CamtReader(Stream file, CamtLimits? limits = null)
    {
        this.limits = limits ?? CamtLimits.Default;
        xml = new(new CappedStream(file, this.limits.File));
        values = new(xml, Errors);
        transactions = Transactions().GetEnumerator();
    }

    /// <summary>Null until the beginning of the file has been read.</summary>
    public CamtMessage? Message { get; private set; }

    /// <summary>Those read to their end.</summary>
    public IReadOnlyList<CamtStatement> Statements => statements;

    public CamtCounts Counts => new(entries, notBooked, handedOver);

    /// <summary>What is odd, and no reason to refuse the file.</summary>
    public FileFaults Warnings { get; } = new();

    public FileFaults Errors { get; } = new();

    public bool IsRefused => Errors.Total > 0;

    /// <summary>The transaction that <see cref="Read"/> came to.</summary>
    public BankTransaction Transaction => transactions.Current;

    /// <summary>Goes to the next transaction; false at the end, and where there is no reading on.</summary>
    public bool Read()
    {
        try
        {
            return transactions.MoveNext();
        }
        catch (XmlException broken)
        {
            Errors.Add(xml.LineOf(broken), Fault(broken));
        }
        catch (CamtRefusedException refused)
        {
            Errors.Add(xml.Line, refused.Rule, refused.Values);
        }
        return false;
    }

    // The only way to tell the faults of XML apart is what the message says.
    string Fault(XmlException broken)
    {
        bool Says(string words) => broken.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
        return Says("DTD") ? "xml-doctype"
            : Says("in the given encoding") || Says("Unicode byte order mark") ? "xml-character-set"
            : Says("System does not support") ? "xml-encoding-unknown"
            : isPastRoot && (Says("multiple root elements") || Says("XML declaration")) ? "several-messages"
            : isPastRoot ? "after-xml"
            : xml.IsPreceded || Says("XML declaration") ? "before-xml"
            // What breaks before its first element is something else, such as a ledger file.
            : !isOpen ? "not-xml"
            : Says("is an invalid character") ? "xml-character"
            : Says("Unexpected end of file") ? "xml-cut-short"
            : "xml-malformed";
    }

    /// <summary>Those that are left, in the order of the file.</summary>
    public IEnumerable<BankTransaction> ToEnd()
    {
        while (Read())
            yield return Transaction;
    }

    public void Dispose()
    {
        transactions.Dispose();
        xml.Dispose();
    }

    IEnumerable<BankTransaction> Transactions()
    {
        xml.Open();
        isOpen = true;
        var (kind, version) = Recognised();
        var (message, part) = kind == CamtKind.Statement ? ("BkToCstmrStmt", "Stmt") : ("BkToCstmrDbtCdtNtfctn", "Ntfctn");
        var line = xml.Line;
        foreach (var root in xml.Inside())
        {
            if (root != message)
                continue;
            foreach (var child in xml.Inside())
            {
                if (child == "GrpHdr")
                    ReadHeader(kind, version);
                if (child != part)
                    continue;
                foreach (var transaction in Part(kind))
                    yield return transaction;
            }
        }
        isPastRoot = true;
        xml.ToEnd();
        if (Message is null && !IsRefused)
            values.Missing(line, "GrpHdr");
        if (statements.Count == 0 && !IsRefused)
            values.Missing(line, part);
    }

    IEnumerable<BankTransaction> Part(CamtKind kind)
    {
        if (statements.Count == limits.Statements)
            throw new CamtRefusedException("too-many-statements", ("max", limits.Statements));
        var line = xml.Line;
        var part = new CamtAccountPart(line, kind);
        foreach (var child in xml.Inside())
        {
            if (child != "Ntry")
            {
                part.Read(child, xml, values);
                continue;
            }
            var entry = CamtEntry.Read(++entries, xml, values, limits);
            part.Add(entry);
            if (!entry.IsBooked)
                notBooked++;
            // The account stands before the entries; without it nothing tells whose they are.
            if (part.Account is not { } account)
                break;
            var written = part.Written ?? created;
            if (entry.IsBooked && !entry.HasDay && written is null && !IsRefused)
                values.Missing(xml.Line, "BookgDt");
            foreach (var transaction in entry.Transactions(handedOver + 1, new(kind, statements.Count + 1, account), written, Warnings))
            {
                handedOver++;
                yield return transaction;
            }
        }
        if (part.Account is null)
            throw new CamtRefusedException("element-missing", ("element", "Acct"));
        if (!IsRefused)
            part.Check(Warnings);
        statements.Add(part.Statement);
    }

    void ReadHeader(CamtKind kind, int version)
    {
        var (line, id) = (xml.Line, "");
        Instant? at = null;
        foreach (var child in xml.Inside())
        {
            if (child == "MsgId")
                id = xml.Text();
            else if (child == "CreDtTm" && values.Time() is { } time)
                (at, created) = (time.At, time.Day);
        }
        if (id.Length == 0)
            values.Missing(line, "MsgId");
        else if (at is { } instant)
            Message = new(kind, version, id, instant);
        else if (!IsRefused)
            values.Missing(line, "CreDtTm");
    }

    (CamtKind Kind, int Version) Recognised()
    {
        if (xml.Name == "Document" && Accepted().Match(xml.Namespace) is { Success: true } match)
            return (match.Groups["kind"].Value == "3" ? CamtKind.Statement : CamtKind.Advice, match.Groups["version"].Value[0] - '0');
        throw xml.Name == "Document" && Known().Match(xml.Namespace) is { Success: true } other
            ? new CamtRefusedException("camt-version", ("found", other.Groups["message"].Value))
            : new CamtRefusedException("not-camt", ("found", xml.Name.Length > 40 ? xml.Name[..40] : xml.Name));
    }

    [GeneratedRegex(@"^urn:iso:std:iso:20022:tech:xsd:camt\.05(?<kind>[34])\.001\.0(?<version>[2-8])\z")]
    private static partial Regex Accepted();

    [GeneratedRegex(@"^urn:iso:std:iso:20022:tech:xsd:(?<message>[a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2})\z")]
    private static partial Regex Known();
}
