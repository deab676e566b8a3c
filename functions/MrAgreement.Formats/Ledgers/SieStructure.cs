using System.Buffers;
using MrAgreement.Ledgers;

namespace MrAgreement.Formats.Ledgers;

/// <summary>The records of a file in their order: the flag first, rows between the braces of their voucher, the checksum last.</summary>
sealed class SieStructure
{
    static readonly SearchValues<byte> controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b != '\t').Select(b => (byte)b), 127]);

    readonly SieReading reading;
    readonly SieCharacterSet characters;
    readonly SieVoucher voucher;
    readonly Recurring<SieLabel> labels = new(256, SieLabel.Read);
    bool isBegun, isFlagged, isAfterUnknown;
    int skipped;

    public SieStructure(SieReading reading, SieCharacterSet characters, bool withTexts)
    {
        (this.reading, this.characters) = (reading, characters);
        (Heading, Accounts, Balances, Checksum) = (new(reading), new(reading), new(reading), new(reading, characters));
        voucher = new(reading, Heading, withTexts);
    }

    public SieHeading Heading { get; }
    public SieAccounts Accounts { get; }
    public SieBalances Balances { get; }
    public SieChecksum Checksum { get; }
    public long Vouchers { get; private set; }
    public long Rows { get; private set; }
    public long StruckRows { get; private set; }
    public long AddedRows { get; private set; }
    public long UnknownRecords { get; private set; }

    /// <summary>Nothing more can be read.</summary>
    public bool IsOver { get; private set; }

    /// <param name="line">Without blanks around it; nothing of one that is too long.</param>
    /// <returns>The voucher that the line closes.</returns>
    public Voucher? Take(ReadOnlySpan<byte> line, bool isTooLong)
    {
        if (!isBegun && (isTooLong || !line.IsEmpty))
            Begin(line, isTooLong);
        else if (isTooLong)
            Spoil("ledger-line-too-long", ("most", SieLines.MaxLine));
        if (IsOver || line.IsEmpty)
            return null;
        Checksum.Add(line);
        if (skipped > 0)
            skipped += line is [(byte)'{'] ? 1 : line is [(byte)'}'] ? -1 : 0;
        else if (line is [(byte)'}'])
            return Close();
        else if (line is [(byte)'{'])
            OpenBrace();
        else if (line[0] == '#')
            Record(line);
        else
            Spoil("ledger-line-unlabelled");
        return null;
    }

    public void End()
    {
        IsOver = true;
        if (!isBegun)
            reading.Error("ledger-not-sie");
        else if (voucher.IsAnnounced || voucher.IsOpen || skipped > 0 || Checksum.IsRunning)
            reading.Error("ledger-truncated");
        // A file that names no type is of type 1, but one with vouchers can only be of type 4.
        else if (Heading.Type is null && Vouchers == 0)
            reading.Error("ledger-wrong-type", ("type", 1));
        else if (reading.Errors.Total == 0)
            Balances.Compare();
    }

    void Begin(ReadOnlySpan<byte> line, bool isTooLong)
    {
        isBegun = !isTooLong && line[0] == '#' && Label(line).Text == "FLAGGA";
        IsOver = !isBegun;
        if (IsOver)
            reading.Error("ledger-not-sie");
        if (isBegun && !characters.IsDeclared)
            reading.Warn("ledger-encoding-guessed", ("encoding", characters.Name));
        if (isBegun && characters.HasLostCharacters)
            reading.Warn("ledger-characters-lost");
    }

    void Record(ReadOnlySpan<byte> line)
    {
        var (label, subject) = Label(line);
        var isRow = subject is SieSubject.Row or SieSubject.StruckRow or SieSubject.AddedRow;
        isAfterUnknown = subject == SieSubject.Unknown;
        if (voucher.IsAnnounced || (voucher.IsOpen && !isRow && !isAfterUnknown))
            voucher.Break();
        if (isAfterUnknown)
            UnknownRecords++;
        if (subject is SieSubject.Unknown or SieSubject.Other)
            return;
        if (isRow && !voucher.IsOpen)
        {
            reading.Error("ledger-outside-voucher", ("what", $"#{label}"));
            return;
        }
        var fields = new SieFields(line[(label.Length + 1)..]);
        Take(subject, label, ref fields);
        if (fields.IsUnclosed)
            Spoil("ledger-quote-unclosed");
        var control = line.IndexOfAny(controls);
        if (control >= 0)
            Spoil("ledger-control-character", ("code", (int)line[control]));
    }

    void Take(SieSubject subject, string label, ref SieFields fields)
    {
        switch (subject)
        {
            case SieSubject.Row:
                Rows++;
                voucher.Row(ref fields);
                break;
            case SieSubject.Voucher:
                voucher.Announce(ref fields);
                break;
            case SieSubject.StruckRow:
                StruckRows++;
                break;
            case SieSubject.AddedRow:
                AddedRows++;
                voucher.Added(ref fields);
                break;
            case SieSubject.Heading when label == "FLAGGA" && isFlagged:
                reading.Error("ledger-several-files");
                break;
            case SieSubject.Heading:
                isFlagged = true;
                Heading.Take(label, ref fields);
                if (Heading.Type is { } type and not 4)
                {
                    IsOver = true;
                    reading.Error("ledger-wrong-type", ("type", type));
                }
                break;
            case SieSubject.Accounts:
                Accounts.Take(label, ref fields);
                break;
            case SieSubject.Balances:
                Balances.Take(label, ref fields);
                break;
            case SieSubject.Checksum:
                Checksum.Take(fields.Next());
                break;
        }
    }

    void OpenBrace()
    {
        if (voucher.IsAnnounced)
            voucher.Open();
        // A record that the standard does not have can have rows of its own, which are passed over with it.
        else if (isAfterUnknown)
            skipped = 1;
        else if (voucher.IsOpen)
            voucher.Break();
        else
            reading.Error("ledger-outside-voucher", ("what", "{"));
        isAfterUnknown = false;
    }

    Voucher? Close()
    {
        isAfterUnknown = false;
        if (voucher.IsAnnounced)
            voucher.Break();
        else if (!voucher.IsOpen)
            reading.Error("ledger-outside-voucher", ("what", "}"));
        else
        {
            Vouchers++;
            var closed = voucher.Close();
            if (closed is not null && voucher.IsCurrent)
                Balances.Book(closed);
            return closed;
        }
        return null;
    }

    void Spoil(string slug, params IReadOnlyList<(string Place, object Value)> values)
    {
        reading.Error(slug, values);
        voucher.Spoil();
        isAfterUnknown = false;
    }

    SieLabel Label(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny((byte)' ', (byte)'\t');
        return labels.Of(end < 0 ? line[1..] : line[1..end]);
    }
}
