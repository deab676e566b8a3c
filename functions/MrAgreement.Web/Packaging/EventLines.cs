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
    /// Each row ends with the event itself, byte by byte as its digest was reckoned; null where the reader may not read it.
    /// <c>previous</c> is the hash of the row before, <c>passed</c> the seals of those that were left out in between. From the first
    /// row without a salt on that the reader does not see whole there are no hashes.
    /// </summary>
    /// <returns>The lines, and the seals of rows that are left out after the last.</returns>
    public static (byte[] Lines, IReadOnlyList<Sha256> Passed) Write(IReadOnlyList<StoredEvent> log, Viewpoint at)
    {
        var lines = new ArrayBufferWriter<byte>();
        var (previous, sight) = ((Sha256?)HashChain.Start(at.Dossier.Id), LogSight.Of(at.Dossier, at.By, LogIndex.Of(at.Dossier.Id, log)));
        var passed = new List<Sha256>();
        foreach (var row in log)
            if (Sight.Hides(at.Dossier, at.By, row))
            {
                if (sight.HashOf(row) is not null)
                    passed.Add(HashChain.Seal(row));
                else
                    previous = null;
            }
            else
            {
                Write(row, previous, passed, at, sight, lines);
                previous = sight.HashOf(row);
                passed.Clear();
            }
        return (lines.WrittenSpan.ToArray(), passed);
    }

    static void Write(StoredEvent row, Sha256? previous, List<Sha256> passed, Viewpoint at, LogSight sight, ArrayBufferWriter<byte> lines)
    {
        using var json = new Utf8JsonWriter(lines, new JsonWriterOptions { Encoder = ViewJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteNumber("sequence", row.Sequence);
        json.WriteString("at", InstantPattern.ExtendedIso.Format(row.At));
        json.WriteString("actor", row.Actor.Value);
        json.WriteString("name", at.Name(row.Actor).Name);
        json.WriteString("type", row.Type);
        json.WriteString("previous", previous?.ToString());
        if (previous is not null && passed.Count > 0)
        {
            json.WriteStartArray("passed");
            foreach (var seal in passed)
                json.WriteStringValue(seal.ToString());
            json.WriteEndArray();
        }
        var (data, whole) = (sight.DataOf(row), sight.SeesWhole(row));
        json.WriteString("digest", sight.DigestOf(row)?.ToString());
        json.WriteString("salt", sight.SaltOf(row)?.ToString());
        json.WriteString("hash", sight.HashOf(row)?.ToString());
        if (data is not null && !whole)
            json.WriteBoolean("part", true);
        json.WritePropertyName("data");
        if (data is not null)
            json.WriteRawValue(data, skipInputValidation: true);
        else
            json.WriteNullValue();
        json.WriteEndObject();
        json.Flush();
        lines.Write("\n"u8);
    }
}
