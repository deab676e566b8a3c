using System.Buffers;
using System.Text.Json;
using MrAgreement.Access;
using MrAgreement.Web.Http;
using NodaTime.Text;

namespace MrAgreement.Web.Packaging;

/// <summary>The log as JSON lines: a row for each event that the reader
/// may know of, with what proves that it stands where it stood.</summary>
static class EventLines
{
    /// <summary>
    /// Each row ends with the event itself, byte by byte as its digest was reckoned; null where the reader may not read it,
    /// and then without a digest.
    /// <c>previous</c> is the hash of the row before; from the first row on that the reader does not see whole there are no hashes.
    /// </summary>
    public static byte[] Write(IReadOnlyList<StoredEvent> log, Viewpoint at)
    {
        var lines = new ArrayBufferWriter<byte>();
        var (previous, sight) = ((Sha256?)HashChain.Start(at.Dossier.Id), LogSight.Of(at.Dossier, at.By, LogIndex.Of(at.Dossier.Id, log)));
        foreach (var row in log)
        {
            if (!Sight.Hides(at.Dossier, at.By, row))
                Write(row, previous, at, sight, lines);
            previous = sight.HashOf(row);
        }
        return lines.WrittenSpan.ToArray();
    }

    static void Write(StoredEvent row, Sha256? previous, Viewpoint at, LogSight sight, ArrayBufferWriter<byte> lines)
    {
        using var json = new Utf8JsonWriter(lines, new JsonWriterOptions { Encoder = ViewJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteNumber("sequence", row.Sequence);
        json.WriteString("at", InstantPattern.ExtendedIso.Format(row.At));
        json.WriteString("actor", row.Actor.Value);
        json.WriteString("name", at.Name(row.Actor).Name);
        json.WriteString("type", row.Type);
        json.WriteString("previous", previous?.ToString());
        json.WriteString("digest", sight.SeesWhole(row) ? row.Digest.ToString() : null);
        json.WriteString("hash", sight.HashOf(row)?.ToString());
        json.WritePropertyName("data");
        if (sight.DataOf(row) is { } data)
            json.WriteRawValue(data, skipInputValidation: true);
        else
            json.WriteNullValue();
        json.WriteEndObject();
        json.Flush();
        lines.Write("\n"u8);
    }
}
