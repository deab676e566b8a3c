using System.Text;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Formats.Ledgers;

/// <summary>One file being read: its fields as values, and what is noted against the line that they stand on.</summary>
sealed class SieReading
{
    // What is declared besides the vouchers is kept in memory; in real files it is below one megabyte.
    const long MostKept = 32 * 1024 * 1024;
    const int MostShown = 40;
    const int MostCharged = 10_000;

    readonly SieCharacterSet characters;
    readonly Recurring<string> texts;
    readonly Recurring<string> names;
    readonly Recurring<SieObjects> objects;
    readonly HashSet<LedgerObject> charged = [];
    long kept;

    public SieReading(SieCharacterSet characters)
    {
        this.characters = characters;
        texts = new(4096, characters.Text);
        names = new(1024, characters.Text);
        objects = new(1024, inside => Note(SieObjects.Read(inside, Name)));
    }

    public int Line { get; set; }
    public FileFaults Errors { get; } = new();
    public FileFaults Warnings { get; } = new();

    /// <summary>The objects that rows and balances name, the first <see cref="MostCharged"/> of them.</summary>
    public IReadOnlySet<LedgerObject> Charged => charged;

    public void Error(string slug, params IReadOnlyList<(string Place, object Value)> values) =>
        Errors.Add(Math.Max(Line, 1), slug, values);

    public void Warn(string slug, params IReadOnlyList<(string Place, object Value)> values) =>
        Warnings.Add(Math.Max(Line, 1), slug, values);

    /// <summary>Something short that comes again and again: an account, a series, an object's code.</summary>
    public string Name(ReadOnlySpan<byte> field) => names.Of(field);

    /// <summary>A text that may come again, as a voucher's often does on its rows.</summary>
    public string Text(ReadOnlySpan<byte> field) => texts.Of(field);

    /// <summary>A text that hardly comes again.</summary>
    public string Once(ReadOnlySpan<byte> field) => characters.Text(field);

    public bool TryAmount(ReadOnlySpan<byte> field, out Kronor amount)
    {
        amount = default;
        if (!SieValues.TryAmount(field, out var öre))
            Error("ledger-amount-malformed", ("amount", Shown(field)));
        else if (Math.Abs(öre) > Kronor.Max.Öre)
            Error("ledger-amount-too-large", ("amount", Shown(field)), ("most", Kronor.Max));
        else
        {
            amount = Kronor.FromÖre(öre);
            return true;
        }
        return false;
    }

    public bool TryDate(ReadOnlySpan<byte> field, out LocalDate date)
    {
        var isDate = SieValues.TryDate(field, out date);
        if (!isDate)
            Error("ledger-date-malformed", ("date", Shown(field)));
        return isDate;
    }

    public bool TryAccount(ReadOnlySpan<byte> field, out string account)
    {
        var isAccount = SieValues.IsAccount(field);
        account = isAccount ? Name(field) : "";
        if (!isAccount)
            Error("ledger-account-malformed", ("account", Shown(field)));
        return isAccount;
    }

    public bool TryObjects(ref SieFields fields, out IReadOnlyList<LedgerObject> list)
    {
        list = [];
        if (!fields.TryList(out var inside))
        {
            if (fields.IsAtList)
                Error("ledger-objects-malformed", ("objects", "{"));
            else
                Error("ledger-objects-missing");
            return false;
        }
        var read = objects.Of(inside);
        list = read.List;
        if (!read.IsWellFormed)
            Error("ledger-objects-malformed", ("objects", Shown(inside)));
        return read.IsWellFormed;
    }

    SieObjects Note(SieObjects read)
    {
        foreach (var it in read.List)
            if (charged.Count < MostCharged)
                charged.Add(it);
        return read;
    }

    /// <summary>A whole number: of a dimension, or of a financial year, where it may be negative.</summary>
    public bool TryNumber(string label, ReadOnlySpan<byte> field, out int number)
    {
        var isNegative = field is [(byte)'-', ..];
        var isNumber = SieValues.TryDigits(isNegative ? field[1..] : field, out number);
        if (isNegative)
            number = -number;
        if (!isNumber)
            Error("ledger-field-malformed", ("label", $"#{label}"), ("value", Shown(field)));
        return isNumber;
    }

    /// <summary>Asks for room to keep something in memory until the file is at its end.</summary>
    public bool TryKeep(int characters)
    {
        var fitted = kept <= MostKept;
        kept += 100 + (2 * characters);
        if (fitted && kept > MostKept)
            Error("ledger-too-much-declared", ("most", MostKept / (1024 * 1024)));
        return kept <= MostKept;
    }

    /// <summary>A field as a sentence can quote it.</summary>
    public string Shown(ReadOnlySpan<byte> field)
    {
        var text = new StringBuilder(characters.Text(field[..Math.Min(field.Length, MostShown)]));
        for (var i = 0; i < text.Length; i++)
            if (char.IsControl(text[i]))
                text[i] = '\uFFFD';
        return field.Length > MostShown ? text.Append('…').ToString() : text.ToString();
    }
}
