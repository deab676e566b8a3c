using System.Collections.Frozen;
using System.Text;

namespace MrAgreement.Formats.Ledgers;

/// <summary>What a record is about, by its label. Source: SIE 4B, 11.</summary>
enum SieSubject { Unknown, Other, Heading, Accounts, Balances, Checksum, Voucher, Row, StruckRow, AddedRow }

/// <summary>A label, in capitals and without its sign.</summary>
sealed record SieLabel(string Text, SieSubject Subject)
{
    static readonly FrozenDictionary<string, SieSubject> subjects = new (SieSubject Subject, string Labels)[]
    {
        (SieSubject.Heading, "FLAGGA FORMAT SIETYP PROGRAM FNAMN ORGNR VALUTA KPTYP RAR"),
        (SieSubject.Accounts, "KONTO KTYP DIM UNDERDIM OBJEKT"),
        (SieSubject.Balances, "IB OIB UB OUB RES"),
        (SieSubject.Checksum, "KSUMMA"),
        (SieSubject.Voucher, "VER"),
        (SieSubject.Row, "TRANS"),
        (SieSubject.StruckRow, "BTRANS"),
        (SieSubject.AddedRow, "RTRANS"),
        (SieSubject.Other, "GEN PROSA FTYP FNR BKOD ADRESS TAXAR OMFATTN ENHET SRU PSALDO PBUDGET")
    }.SelectMany(it => it.Labels.Split(' ').Select(label => (label, it.Subject))).ToFrozenDictionary(it => it.label, it => it.Subject);

    /// <summary>Capitals or not: a row must not fall away because some program writes its label small.</summary>
    public static SieLabel Read(ReadOnlySpan<byte> label)
    {
        var text = Encoding.Latin1.GetString(label).ToUpperInvariant();
        return new(text, subjects.GetValueOrDefault(text));
    }
}
