using MrAgreement.Ledgers;

namespace MrAgreement.Formats.Ledgers;

/// <summary>An account as the file declares it.</summary>
/// <param name="Kind">Null where the file does not say.</param>
public sealed record SieAccount(string Number, string Name, SieAccountKind? Kind);

/// <summary>Source: SIE 4B, #KTYP.</summary>
public enum SieAccountKind { Asset, Liability, Cost, Income }

/// <summary>A dimension that rows can be charged by.</summary>
/// <param name="Parent">The dimension that it divides; null for one that stands by itself.</param>
public sealed record SieDimension(int Number, string Name, int? Parent);

/// <summary>The accounts, dimensions and objects that a file declares. Reserved dimensions need no declaration.</summary>
public sealed class SieAccounts
{
    readonly SieReading reading;
    readonly Dictionary<string, SieAccount> accounts = [];
    readonly Dictionary<int, SieDimension> dimensions = [];
    readonly Dictionary<LedgerObject, string> objects = [];

    internal SieAccounts(SieReading reading) => this.reading = reading;

    /// <summary>By number.</summary>
    public IReadOnlyDictionary<string, SieAccount> Accounts => accounts;

    public IReadOnlyDictionary<int, SieDimension> Dimensions => dimensions;

    /// <summary>The name of each.</summary>
    public IReadOnlyDictionary<LedgerObject, string> Objects => objects;

    /// <summary>What rows and balances are charged to, declared or not.</summary>
    public IReadOnlySet<LedgerObject> Charged => reading.Charged;

    internal void Take(string label, ref SieFields fields)
    {
        switch (label)
        {
            case "KONTO":
                Account(reading.Once(fields.Next()), reading.Once(fields.Next()), null);
                break;
            case "KTYP":
                var of = reading.Once(fields.Next());
                var kind = fields.Next();
                if (Kind(kind) is null)
                    reading.Warn("ledger-account-kind-unknown", ("account", of), ("kind", reading.Shown(kind)));
                Account(of, null, Kind(kind));
                break;
            case "DIM" when reading.TryNumber(label, fields.Next(), out var number):
                Dimension(new(number, reading.Once(fields.Next()), null));
                break;
            case "UNDERDIM" when reading.TryNumber(label, fields.Next(), out var number):
                var name = reading.Once(fields.Next());
                if (reading.TryNumber(label, fields.Next(), out var parent))
                    Dimension(new(number, name, parent));
                break;
            case "OBJEKT" when reading.TryNumber(label, fields.Next(), out var dimension):
                var (code, called) = (reading.Once(fields.Next()), reading.Once(fields.Next()));
                if (reading.TryKeep(code.Length + called.Length))
                    objects[new(dimension, code)] = called;
                break;
        }
    }

    // #KTYP follows #KONTO as a rule, but nothing says that it must.
    void Account(string number, string? name, SieAccountKind? kind)
    {
        var known = accounts.GetValueOrDefault(number);
        if (kind is { } second && known?.Kind is { } first && first != second)
            reading.Warn("ledger-account-kind-twice", ("account", number), ("first", Letter(first)), ("second", Letter(second)));
        if (reading.TryKeep(number.Length + (name?.Length ?? 0)))
            accounts[number] = new(number, name ?? known?.Name ?? "", kind ?? known?.Kind);
    }

    void Dimension(SieDimension dimension)
    {
        if (reading.TryKeep(dimension.Name.Length))
            dimensions[dimension.Number] = dimension;
    }

    static string Letter(SieAccountKind kind) => kind switch
    {
        SieAccountKind.Asset => "T",
        SieAccountKind.Liability => "S",
        SieAccountKind.Cost => "K",
        _ => "I"
    };

    static SieAccountKind? Kind(ReadOnlySpan<byte> field) => field switch
    {
        [(byte)'T' or (byte)'t'] => SieAccountKind.Asset,
        [(byte)'S' or (byte)'s'] => SieAccountKind.Liability,
        [(byte)'K' or (byte)'k'] => SieAccountKind.Cost,
        [(byte)'I' or (byte)'i'] => SieAccountKind.Income,
        _ => null
    };
}
