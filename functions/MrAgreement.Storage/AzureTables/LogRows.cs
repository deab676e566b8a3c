using Azure.Data.Tables;

namespace MrAgreement.Storage.AzureTables;

/// <summary>How events and answers rest in rows.</summary>
static class LogRows
{
    // A row holds 1 MiB with the names of its properties.
    const int RowBytes = 14 * TableRows.PropertyBytes;

    // What replaces a row is measured as it is sent, in Base64.
    const int ReplacedBytes = 10 * TableRows.PropertyBytes;

    /// <summary>The rows of one event: one, and more when its payload does not fit into it.</summary>
    public static IEnumerable<TableTransactionAction> Write(string shard, Append append, StoredEvent e) =>
        Rows(shard, append.Agreement, $"{append.Id}", e, RowBytes).Select(row => row.Insert());

    /// <summary>The same over what stands there, of which nothing is left.</summary>
    /// <param name="there">The event's rows as they are.</param>
    public static IEnumerable<TableTransactionAction> Replace(string shard, AgreementId agreement, StoredEvent e,
        IReadOnlyList<TableEntity> there)
    {
        IReadOnlyList<TableEntity> rows = [.. Rows(shard, agreement, there[0].GetString("AppendId"), e, ReplacedBytes)];
        return rows.Select(row => row.Put()).Concat(there.Skip(rows.Count).Select(row => TableRows.Delete(shard, row.RowKey)));
    }

    static IEnumerable<TableEntity> Rows(string shard, AgreementId agreement, string append, StoredEvent e, int rowBytes)
    {
        var data = e.Data ?? [];
        var row = new TableEntity(shard, LogKeys.Event(agreement, e.Sequence))
        {
            ["At"] = e.At.ToUnixTimeMilliseconds(),
            ["Actor"] = e.Actor.Value,
            ["Type"] = e.Type,
            ["Digest"] = $"{e.Digest}",
            ["Hash"] = $"{e.Hash}",
            ["AppendId"] = append
        };
        if (e.Salt is { } salt)
            row["Salt"] = $"{salt}";
        yield return e.Data is null ? row : row.With("Data", data.AsSpan(0, Math.Min(data.Length, rowBytes)));
        for (var part = 1; part * rowBytes < data.Length; part++)
        {
            var from = part * rowBytes;
            yield return new TableEntity(shard, LogKeys.EventPart(agreement, e.Sequence, part))
                .With("Data", data.AsSpan(from, Math.Min(data.Length - from, rowBytes)));
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
