using System.Globalization;
using System.Text.Json;

namespace MrAgreement.Storage.AzureTables;

/// <summary>A row as it was read.</summary>
readonly record struct TableRow(string Key, string ETag, JsonElement Properties)
{
    /// <summary>The most bytes of one binary property.</summary>
    public const int PropertyBytes = 64 * 1024;

    public static TableRow Read(JsonElement row) =>
        new(row.GetProperty("RowKey").GetString()!, row.GetProperty("odata.etag").GetString()!, row);

    public string Text(string property) => Properties.GetProperty(property).GetString()!;

    public string? TextOrNull(string property) => Properties.TryGetProperty(property, out var value) ? value.GetString() : null;

    public long Number(string property) => long.Parse(Text(property), CultureInfo.InvariantCulture);

    public long? NumberOrNull(string property) =>
        TextOrNull(property) is { } digits ? long.Parse(digits, CultureInfo.InvariantCulture) : null;

    /// <summary>Bytes over as many properties as they need; null when there are none.</summary>
    public byte[]? BytesOrNull(string property)
    {
        if (!Properties.TryGetProperty(property, out var first))
            return null;
        var bytes = first.GetBytesFromBase64();
        for (var part = 1; Properties.TryGetProperty($"{property}{part}", out var more); part++)
            bytes = [.. bytes, .. more.GetBytesFromBase64()];
        return bytes;
    }
}
