using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using NodaTime.Text;

namespace MrAgreement.Storage.Sqlite;

/// <summary>How the field's types rest in columns.</summary>
static class SqliteValues
{
    /// <summary>All values of a row in the order of its columns, to be told from any other row's.</summary>
    public static byte[] Told(this SqliteDataReader row) => Encoding.UTF8.GetBytes(string.Join('\u001f', Enumerable.Range(0, row.FieldCount)
        // Nothing is not the same as a text without letters.
        .Select(i => row.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : row.IsDBNull(i) ? "\u001e"
            : string.Create(CultureInfo.InvariantCulture, $"{row.GetValue(i)}"))));

    public static byte[] Column(AgreementId agreement) => agreement.Value.ToByteArray(bigEndian: true);

    public static string Column(LocalDate date) => LocalDatePattern.Iso.Format(date);

    /// <summary><c>|SKR|RK|</c>; what is not a letter or digit in a key is escaped, so that no key can pass for two.</summary>
    public static string Column(IReadOnlyList<string> parties) => string.Concat(parties.Select(p => "|" + Uri.EscapeDataString(p))) + "|";

    /// <summary>What <see cref="Column(IReadOnlyList{string})"/> contains when the party is among them.</summary>
    public static string Member(string party) => $"|{Uri.EscapeDataString(party)}|";

    /// <summary>What holds of a column that is an agreement's key, as SQL.</summary>
    public static string IsKey(string column) => $"typeof({column}) = 'blob' AND length({column}) = 16";

    /// <summary>Of what no program has written, a key that no agreement has: whoever looks for its log finds none.</summary>
    public static AgreementId Agreement(this SqliteDataReader row, int column) =>
        row.GetValue(column) is byte[] key && key.Length == 16 ? new(new Guid(key, bigEndian: true))
            : StrangeKey.Of(row.GetValue(column) is byte[] other ? Convert.ToHexString(other) : $"'{row.GetValue(column)}'");

    public static Sha256 Hash(this SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));

    /// <summary>Of what is no hash, one that no row has: whoever compares it finds that it differs.</summary>
    public static Sha256 HashOrNone(this SqliteDataReader row, int column) => row.GetValue(column) is byte[] hash && hash.Length == 32
        ? new(hash)
        : Sha256.Of(row.GetValue(column) as byte[] ?? []);

    public static Instant Moment(this SqliteDataReader row, int column) => Milliseconds.Read(row.GetInt64(column));

    /// <summary>Of columns sequence, at, actor, type, data, digest, hash and salt.</summary>
    public static StoredEvent Event(this SqliteDataReader row) =>
        new(row.GetInt64(0), Instant.FromUnixTimeMilliseconds(row.GetInt64(1)), new(row.GetString(2)),
            row.GetString(3), row.IsDBNull(4) ? null : row.Bytes(4), row.Hash(5),
            row.Hash(6))
        {
            Salt = row.IsDBNull(7) ? null : new Salt(row.Bytes(7))
        };

    public static LocalDate Date(this SqliteDataReader row, int column) =>
        LocalDatePattern.Iso.Parse(row.GetString(column)).GetValueOrThrow();

    public static byte[] Bytes(this SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static IReadOnlyList<string> Parties(this SqliteDataReader row, int column) =>
        [.. row.GetString(column).Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    public static int Count(object? scalar) => Convert.ToInt32(scalar, CultureInfo.InvariantCulture);
}
