namespace MrAgreement.Storage.AzureTables;

/// <summary>How events and answers rest in rows.</summary>
static class LogRows
{
    // A row holds 1 MiB with the names of its properties.
    const int RowBytes = 14 * TableRow.PropertyBytes;

    /// <summary>The rows of one event: one, and more when its payload does not fit into it.</summary>
    public static IEnumerable<TableWrite> Write(string shard, Append append, StoredEvent e)
    {
        var data = e.Data ?? [];
        yield return TableWrite.Insert(shard, LogKeys.Event(append.Agreement, e.Sequence), json =>
        {
            json.WriteNumber64("At", e.At.ToUnixTimeMilliseconds());
            json.WriteString("Actor", e.Actor.Value);
            json.WriteString("Type", e.Type);
            json.WriteString("Digest", e.Digest.ToString());
            json.WriteString("Hash", e.Hash.ToString());
            json.WriteString("AppendId", append.Id);
            if (e.Salt is { } salt)
                json.WriteString("Salt", salt.ToString());
            if (e.Data is not null)
                json.WriteBytes("Data", data.AsSpan(0, Math.Min(data.Length, RowBytes)));
        });
        for (var part = 1; part * RowBytes < data.Length; part++)
        {
            var from = part * RowBytes;
            yield return TableWrite.Insert(shard, LogKeys.EventPart(append.Agreement, e.Sequence, part),
                json => json.WriteBytes("Data", data.AsSpan(from, Math.Min(data.Length - from, RowBytes))));
        }
    }

    /// <summary>Adds a row that was read to the events so far: the next event, or more of the last one.</summary>
    /// <exception cref="StoreUnavailableException">A row between them is missing.</exception>
    public static void Read(TableRow row, AgreementId agreement, long since, List<StoredEvent> events)
    {
        var next = since + events.Count + 1;
        if (row.Key == LogKeys.Event(agreement, next))
            events.Add(new(next, Instant.FromUnixTimeMilliseconds(row.Number("At")), new(row.Text("Actor")), row.Text("Type"),
                row.BytesOrNull("Data"),
                Sha256.Parse(row.Text("Digest")), Sha256.Parse(row.Text("Hash")))
            {
                Salt = row.TextOrNull("Salt") is { } salt ? Salt.Parse(salt) : null
            });
        else if (events.Count > 0 && row.Key.StartsWith(LogKeys.Event(agreement, next - 1) + "-", StringComparison.Ordinal))
            events[^1] = events[^1] with { Data = [.. events[^1].Data!, .. row.BytesOrNull("Data")!] };
        else
            throw new StoreUnavailableException($"The table lacks event {next} of the agreement {agreement}; restore it from a backup.");
    }

    /// <summary>What rows hold of one event, whatever somebody has made of them.</summary>
    public static FoundRow Find(AgreementId agreement, long sequence, IEnumerable<TableRow> rows)
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

    public static TableWrite Write(string shard, AgreementId agreement, Answer answer) =>
        TableWrite.Insert(shard, LogKeys.Answer(agreement, answer.Person, answer.Key), json =>
        {
            json.WriteString("RequestHash", answer.RequestHash.ToString());
            json.WriteNumber("Status", answer.Status);
            if (answer.Location is { } location)
                json.WriteString("Location", location);
            if (answer.ETag is { } etag)
                json.WriteString("AnswerETag", etag);
            json.WriteBytes("Body", answer.Body);
        });

    public static Answer Read(TableRow row, PersonId person, string key) => new(
        person, key, Sha256.Parse(row.Text("RequestHash")), row.Properties.GetProperty("Status").GetInt32(), row.TextOrNull("Location"),
        row.TextOrNull("AnswerETag"), row.BytesOrNull("Body")!);
}
