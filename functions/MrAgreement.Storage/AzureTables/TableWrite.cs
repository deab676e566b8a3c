using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Azure.Core;

namespace MrAgreement.Storage.AzureTables;

/// <summary>One row to be written or deleted.</summary>
/// <param name="ETag">The row must be as it was then; null when that does not matter, or the row is new.</param>
sealed record TableWrite(RequestMethod Method, string Partition, string Key, string? ETag, byte[] Json)
{
    /// <summary>Whether the row must be new.</summary>
    public bool Inserts => Method == RequestMethod.Post;

    public static TableWrite Insert(string partition, string key, Action<Utf8JsonWriter>? properties = null) =>
        new(RequestMethod.Post, partition, key, null, Entity(partition, key, properties));

    /// <param name="etag">The row must be as it was then; null to put it whatever was there.</param>
    public static TableWrite Put(string partition, string key, string? etag, Action<Utf8JsonWriter>? properties = null) =>
        new(RequestMethod.Put, partition, key, etag, Entity(partition, key, properties));

    /// <param name="etag">The row must be as it was then; <c>*</c> for whatever it is.</param>
    public static TableWrite Delete(string partition, string key, string etag) => new(RequestMethod.Delete, partition, key, etag, []);

    static byte[] Entity(string partition, string key, Action<Utf8JsonWriter>? properties)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("PartitionKey", partition);
        json.WriteString("RowKey", key);
        properties?.Invoke(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>How properties are written.</summary>
static class TableJson
{
    public static void WriteNumber64(this Utf8JsonWriter json, string property, long? value)
    {
        if (value is not { } number)
            return;
        json.WriteString($"{property}@odata.type", "Edm.Int64");
        json.WriteString(property, number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Over as many properties as the bytes need: <c>Data</c>, <c>Data1</c> and so on.</summary>
    public static void WriteBytes(this Utf8JsonWriter json, string property, ReadOnlySpan<byte> bytes)
    {
        var part = 0;
        do
        {
            var name = part == 0 ? property : $"{property}{part}";
            var length = Math.Min(bytes.Length, TableRow.PropertyBytes);
            json.WriteString($"{name}@odata.type", "Edm.Binary");
            json.WriteBase64String(name, bytes[..length]);
            bytes = bytes[length..];
            part++;
        } while (bytes.Length > 0);
    }
}
