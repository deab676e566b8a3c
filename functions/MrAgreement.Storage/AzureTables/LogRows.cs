using Azure.Data.Tables;

namespace MrAgreement.Storage.AzureTables;

/// <summary>How events and answers rest in rows.</summary>
static class LogRows
{
    // A row holds 1 MiB with the names of its properties.
    const int RowBytes = 14 * TableRows.PropertyBytes;

    /// <summary>The rows of one event: one, and more when its payload does not fit into it.</summary>
    public static IEnumerable<TableTransactionAction> Write(string shard, Append append, StoredEvent e)
    {
        var data = e.Data ?? [];
        var row = new TableEntity(shard, LogKeys.Event(append.Agreement, e.Sequence))
        {
            ["At"] = e.At.ToUnixTimeMilliseconds(),
            ["Actor"] = e.Actor.Value,
            ["Type"] = e.Type,
            ["Digest"] = $"{e.Digest}",
            ["Hash"] = $"{e.Hash}",
            ["AppendId"] = $"{append.Id}"
        };
        if (e.Salt is { } salt)
            row["Salt"] = $"{salt}";
        yield return (e.Data is null ? row : row.With("Data", data.AsSpan(0, Math.Min(data.Length, RowBytes)))).Insert();
        for (var part = 1; part * RowBytes < data.Length; part++)
        {
            var from = part * RowBytes;
            yield return new TableEntity(shard, LogKeys.EventPart(append.Agreement, e.Sequence, part))
                .With("Data", data.AsSpan(from, Math.Min(data.Length - from, RowBytes))).Insert();
        }
    }

    /// <summary>Adds a row that was read to the events so far: the next event, or more of the last one.</summary>
    /// <exception cref="StoreUnavailableException">A row between them is missing.</exception>
    public static void Read(TableEntity row, AgreementId agreement, long since, List<StoredEvent> events)
    {
        var next = since + events.Count + 1;
        if (row.RowKey == LogKeys.Event(agreement, next))
            events.Add(new(next, Instant.FromUnixTimeMilliseconds(row.Number("At")), new(row.GetString("Actor")), row.GetString("Type"),
                row.Bytes("Data"),
                Sha256.Parse(row.GetString("Digest")), Sha256.Parse(row.GetString("Hash")))
            {
                Salt = row.GetString("Salt") is { } salt ? Salt.Parse(salt) : null
            });
        else if (events.Count > 0 && row.RowKey.StartsWith(LogKeys.Event(agreement, next - 1) + "-", StringComparison.Ordinal))
            events[^1] = events[^1] with { Data = [.. events[^1].Data!, .. row.Bytes("Data")!] };
        else
            throw new StoreUnavailableException($"The table lacks event {next} of the agreement {agreement}; restore it from a backup.");
    }

    /// <summary>What rows hold of one event, whatever somebody has made of them.</summary>
    public static FoundRow Find(AgreementId agreement, long sequence, IEnumerable<TableEntity> rows)
    {
        var events = new List<StoredEvent>();
        try
        {
            foreach (var row in rows)
                Read(row, agreement, sequence - 1, events);
            return new(sequence, events.SingleOrDefault());
        }
        catch (Exception)
        {
            // Whatever is there, it is no event.
            return new(sequence, null);
        }
    }

    public static TableTransactionAction Write(string shard, AgreementId agreement, Answer answer)
    {
        var row = new TableEntity(shard, LogKeys.Answer(agreement, answer.Person, answer.Key))
        {
            ["RequestHash"] = $"{answer.RequestHash}",
            ["Status"] = answer.Status
        };
        if (answer.Location is { } location)
            row["Location"] = location;
        if (answer.ETag is { } etag)
            row["AnswerETag"] = etag;
        return row.With("Body", answer.Body).Insert();
    }

    public static Answer Read(TableEntity row, PersonId person, string key) => new(
        person, key, Sha256.Parse(row.GetString("RequestHash")), row.GetInt32("Status")!.Value, row.GetString("Location"),
        row.GetString("AnswerETag"), row.Bytes("Body")!);
}
