using Azure;
using Azure.Data.Tables;

namespace MrAgreement.Storage.AzureTables;

/// <summary>Rows as they are read and written.</summary>
static class TableRows
{
    /// <summary>The most bytes of one binary property.</summary>
    public const int PropertyBytes = 64 * 1024;

    /// <summary>The row must be new.</summary>
    public static TableTransactionAction Insert(this TableEntity row) => new(TableTransactionActionType.Add, row);

    /// <param name="etag">The row must be as it was then; null to put it whatever was there.</param>
    public static TableTransactionAction Put(this TableEntity row, string? etag = null) => etag is null
        ? new(TableTransactionActionType.UpsertReplace, row)
        : new(TableTransactionActionType.UpdateReplace, row, new(etag));

    /// <param name="etag">The row must be as it was then; null for whatever it is.</param>
    public static TableTransactionAction Delete(string partition, string key, string? etag = null) =>
        new(TableTransactionActionType.Delete, new TableEntity(partition, key), etag is null ? ETag.All : new(etag));

    public static string Mark(this TableEntity row) => row.ETag.ToString();

    /// <summary>A whole number; null where there is none, or something that no program has written.</summary>
    public static long? NumberOrNone(this TableEntity row, string property) =>
        row.TryGetValue(property, out var it) && it is long number ? number : null;

    /// <summary>A hash as text, likewise.</summary>
    public static Sha256? HashOrNone(this TableEntity row, string property) =>
        row.TryGetValue(property, out var it) && it is string text && Sha256.TryParse(text, null, out var hash) ? hash : null;

    /// <summary>Text, likewise.</summary>
    public static string? TextOrNone(this TableEntity row, string property) => row.TryGetValue(property, out var it) ? it as string : null;

    public static long Number(this TableEntity row, string property) => row.GetInt64(property)!.Value;

    /// <summary>Sets bytes over as many properties as they need: <c>Data</c>, <c>Data1</c> and so on.</summary>
    public static TableEntity With(this TableEntity row, string property, ReadOnlySpan<byte> bytes)
    {
        var part = 0;
        do
        {
            var length = Math.Min(bytes.Length, PropertyBytes);
            row[Part(property, part++)] = bytes[..length].ToArray();
            bytes = bytes[length..];
        } while (bytes.Length > 0);
        return row;
    }

    /// <summary>Bytes over as many properties as they took; null when there are none.</summary>
    public static byte[]? Bytes(this TableEntity row, string property)
    {
        var bytes = row.GetBinary(property);
        for (var part = 1; row.GetBinary(Part(property, part)) is { } more; part++)
            bytes = [.. bytes!, .. more];
        return bytes;
    }

    static string Part(string property, int part) => part == 0 ? property : $"{property}{part}";
}
