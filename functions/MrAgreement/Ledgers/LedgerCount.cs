using System.Text.Json;
using System.Text.Json.Serialization;
using MrAgreement.Money;

namespace MrAgreement.Ledgers;

/// <summary>Which rows of a ledger belong to the agreement.</summary>
/// <param name="Dimension">6 for projects. Source: SIE 4B, reserved dimensions.</param>
/// <param name="Code">The object's code, as in <c>P 2289</c>.</param>
public sealed record Project(int Dimension, string Code)
{
    public bool Carries(VoucherRow row)
    {
        // A loop: this is asked for every row of a file.
        for (var i = 0; i < row.Objects.Count; i++)
            if (row.Objects[i].Dimension == Dimension && row.Objects[i].Code == Code)
                return true;
        return false;
    }
}

/// <summary>What the project's rows on an account come to on a day; written
/// <c>["5010","2015-02-03",187500,2]</c>, since an event may hold tens of thousands.</summary>
[JsonConverter(typeof(Converter))]
public sealed record LedgerTotal(string Account, LocalDate Date, Kronor Amount, int Rows)
{
    sealed class Converter : JsonConverter<LedgerTotal>
    {
        public override LedgerTotal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var account = Next<string>(ref reader, options);
            var date = Next<LocalDate>(ref reader, options);
            var amount = Next<Kronor>(ref reader, options);
            var rows = Next<int>(ref reader, options);
            return reader.Read() && reader.TokenType == JsonTokenType.EndArray
                ? new(account, date, amount, rows)
                : throw new JsonException("A total has four parts.");
        }

        public override void Write(Utf8JsonWriter writer, LedgerTotal value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(value.Account);
            JsonSerializer.Serialize(writer, value.Date, options);
            JsonSerializer.Serialize(writer, value.Amount, options);
            writer.WriteNumberValue(value.Rows);
            writer.WriteEndArray();
        }

        static T Next<T>(ref Utf8JsonReader reader, JsonSerializerOptions options) =>
            reader.Read() && JsonSerializer.Deserialize<T>(ref reader, options) is { } part
                ? part
                : throw new JsonException("A total has four parts.");
    }
}

/// <summary>Sums by account and day, while a file streams by; as small as the days and accounts are few.</summary>
public sealed class LedgerCount
{
    readonly Dictionary<(string Account, LocalDate Date), (Kronor Amount, int Rows)> sums = [];

    public void Add(VoucherRow row) => Add(row.Account, row.Date, row.Amount, 1);

    /// <summary>Takes away what an earlier version of a voucher had brought.</summary>
    public void Take(LedgerTotal total) => Add(total.Account, total.Date, -total.Amount, -total.Rows);

    /// <summary>In order of day and account; what comes to nothing is left out.</summary>
    public IReadOnlyList<LedgerTotal> Totals =>
    [
        .. sums.Where(sum => sum.Value != default).OrderBy(sum => sum.Key.Date).ThenBy(sum => sum.Key.Account, StringComparer.Ordinal)
            .Select(sum => new LedgerTotal(sum.Key.Account, sum.Key.Date, sum.Value.Amount, sum.Value.Rows))
    ];

    void Add(string account, LocalDate date, Kronor amount, int rows)
    {
        ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sums, (account, date), out _);
        sum = (sum.Amount + amount, sum.Rows + rows);
    }
}
