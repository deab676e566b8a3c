using MrAgreement.Ledgers;

namespace MrAgreement.Formats.Ledgers;

/// <summary>
/// Reads the vouchers of a SIE file of type 4 (4E and 4I) one by one, in memory that does not grow with the file.
/// What is wrong is noted and the rest read, so that all is told at once: a file with <see cref="Errors"/> must be refused when it has been
/// read to its end, and what came out of it thrown away. That a voucher comes twice is for whoever keeps them to find.
/// Source: SIE 4B, 2008-09-30.
/// </summary>
public sealed class SieReader
{
    readonly SieReading reading;
    readonly SieLines lines;
    readonly SieStructure structure;

    SieReader(Stream file, SieCharacterSet characters, bool withTexts)
    {
        (CharacterSet, Length) = (characters, file.Length - file.Position);
        (reading, lines) = (new(characters), new(file));
        structure = new(reading, characters, withTexts);
    }

    public SieCharacterSet CharacterSet { get; }

    /// <summary>Whole only when the file has been read to its end, as are <see cref="Accounts"/> and <see cref="Balances"/>.</summary>
    public SieHeading Heading => structure.Heading;

    public SieAccounts Accounts => structure.Accounts;
    public SieBalances Balances => structure.Balances;
    public SieChecksumState Checksum => structure.Checksum.State;

    /// <summary>Why the file must be refused.</summary>
    public FileFaults Errors => reading.Errors;

    /// <summary>What whoever imports the file should know.</summary>
    public FileFaults Warnings => reading.Warnings;

    /// <summary>Vouchers so far, also those that something is wrong with.</summary>
    public long Vouchers => structure.Vouchers;

    /// <summary>Rows that count, so far (#TRANS).</summary>
    public long Rows => structure.Rows;

    /// <summary>Rows struck out, which do not count (#BTRANS).</summary>
    public long StruckRows => structure.StruckRows;

    /// <summary>Marks of rows added later, which count once as ordinary rows (#RTRANS).</summary>
    public long AddedRows => structure.AddedRows;

    /// <summary>Records that the standard does not have, and that it says to pass over.</summary>
    public long UnknownRecords => structure.UnknownRecords;

    /// <summary>Bytes read, of <see cref="Length"/>.</summary>
    public long Position => lines.Bytes;

    public long Length { get; }

    /// <summary>Reads the file once to find out its character set, and then stands before its first voucher.</summary>
    /// <param name="file">Read from where it stands; must be able to go back there. Local, as it is waited for.</param>
    /// <param name="characterSet">The name of the character set that it was read by before; null to guess.</param>
    /// <param name="withTexts">Whether to read the texts of vouchers and rows, which may name people; else they are empty.</param>
    /// <exception cref="ArgumentException">The stream can't go back.</exception>
    public static SieReader Open(Stream file, bool withTexts = true, string? characterSet = null, CancellationToken cancellation = default)
    {
        if (!file.CanSeek)
            throw new ArgumentException("The file is read twice and must be able to go back.", nameof(file));
        var start = file.Position;
        var characters = SieCharacterSet.Guess(file, characterSet, cancellation);
        file.Position = start;
        return new(file, characters, withTexts);
    }

    /// <returns>The next voucher that nothing is wrong with; null at the end.</returns>
    public Voucher? Read(CancellationToken cancellation = default)
    {
        while (!structure.IsOver)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!lines.Next(out var line))
            {
                structure.End();
                return null;
            }
            reading.Line = lines.Number;
            if (lines.Number == 1 && CharacterSet.HasByteOrderMark)
                line = line[Math.Min(3, line.Length)..];
            if (structure.Take(Trimmed(line), lines.IsTooLong) is { } read)
                return read;
        }
        return null;
    }

    // The end of a file may be marked by Ctrl-Z, as in DOS.
    static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> line)
    {
        while (line is [.., (byte)'\r' or (byte)' ' or (byte)'\t' or 0x1A])
            line = line[..^1];
        while (line is [(byte)' ' or (byte)'\t', ..])
            line = line[1..];
        return line;
    }
}
