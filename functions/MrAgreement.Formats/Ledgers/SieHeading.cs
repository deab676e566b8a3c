using MrAgreement.Parties;
using NodaTime.Text;

namespace MrAgreement.Formats.Ledgers;

/// <summary>A financial year of the file: 0 is the current one, −1 the one before.</summary>
public sealed record FinancialYear(int Number, DateInterval Days);

/// <summary>Whose books a file is from, and when and by what it was made.</summary>
public sealed class SieHeading
{
    readonly SieReading reading;
    readonly List<FinancialYear> years = [];
    bool hasCurrency;

    internal SieHeading(SieReading reading) => this.reading = reading;

    /// <summary>1–4; null where the file does not say, which means 1.</summary>
    public int? Type { get; private set; }

    /// <summary>Some program says that it has imported the file already.</summary>
    public bool IsImported { get; private set; }

    /// <summary>The program that wrote the file, with its version.</summary>
    public string Program { get; private set; } = "";

    public string CompanyName { get; private set; } = "";

    /// <summary>As the file has it.</summary>
    public string OrganisationNumberText { get; private set; } = "";

    /// <summary>Null where the file has none, or what it has is not one.</summary>
    public OrganisationNumber? OrganisationNumber => Parties.OrganisationNumber.TryRead(OrganisationNumberText, out var it) ? it : null;

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "SEK";

    /// <summary>Source: SIE 4B, #KPTYP.</summary>
    public string ChartOfAccounts { get; private set; } = "BAS95";

    public IReadOnlyList<FinancialYear> Years => years;

    internal void Take(string label, ref SieFields fields)
    {
        switch (label)
        {
            case "FLAGGA":
                IsImported = fields.Next() is [(byte)'1'];
                if (IsImported)
                    reading.Warn("ledger-already-imported");
                break;
            case "FORMAT" when reading.Once(fields.Next()) is var format && format != "PC8":
                reading.Warn("ledger-format-unknown", ("format", format));
                break;
            case "SIETYP" when reading.TryNumber(label, fields.Next(), out var type):
                Type = type;
                break;
            case "PROGRAM":
                Program = $"{reading.Once(fields.Next())} {reading.Once(fields.Next())}".Trim();
                break;
            case "FNAMN":
                CompanyName = reading.Once(fields.Next());
                break;
            case "ORGNR" when reading.Once(fields.Next()) is var number && number.Trim().Length > 0:
                var before = (OrganisationNumberText, OrganisationNumber);
                OrganisationNumberText = number;
                if (OrganisationNumber is null || OrganisationNumber != before.OrganisationNumber)
                    Twice(label, before.OrganisationNumberText, number);
                break;
            case "VALUTA" when reading.Once(fields.Next()) is { Length: > 0 } currency:
                Twice(label, hasCurrency ? Currency : "", currency);
                (Currency, hasCurrency) = (currency, true);
                break;
            case "KPTYP" when reading.Once(fields.Next()) is { Length: > 0 } chart:
                ChartOfAccounts = chart;
                break;
            case "RAR":
                Year(ref fields);
                break;
        }
    }

    /// <summary>Whether a day is in one of the years. True where the file declares none.</summary>
    /// <param name="isCurrent">In the current year, or none is declared.</param>
    internal bool Covers(LocalDate day, out bool isCurrent)
    {
        var isCovered = isCurrent = years.Count == 0;
        foreach (var year in years)
            if (year.Days.Contains(day))
            {
                isCovered = true;
                isCurrent |= year.Number == 0;
            }
        return isCovered;
    }

    void Year(ref SieFields fields)
    {
        if (!reading.TryNumber("RAR", fields.Next(), out var number))
            return;
        var first = fields.Next();
        var last = fields.Next();
        // Some programs name the year and leave its days out, which declares nothing.
        if ((first.IsEmpty && last.IsEmpty) || !reading.TryDate(first, out var from) | !reading.TryDate(last, out var to))
            return;
        if (to < from)
            reading.Error("ledger-date-malformed", ("date", reading.Shown(last)));
        else if (reading.TryKeep(0))
        {
            var year = new FinancialYear(number, new(from, to));
            if (years.Find(other => other.Number == number) is { } other)
                Twice("RAR", Days(other), Days(year));
            years.Add(year);
        }
    }

    // Of two files in one, or of one that was changed by hand, nobody can say which it is.
    void Twice(string label, string first, string second)
    {
        if (first.Length > 0 && first != second)
            reading.Error("ledger-told-twice", ("label", $"#{label}"), ("first", first), ("second", second));
    }

    static string Days(FinancialYear it) => $"{LocalDatePattern.Iso.Format(it.Days.Start)}–{LocalDatePattern.Iso.Format(it.Days.End)}";
}
