using MrAgreement.Agreements;

namespace MrAgreement.Running;

/// <summary>All logs of a store, each held against its head and its chain, and what they name.</summary>
/// <param name="Agreements">How many there are.</param>
/// <param name="Discords">Where heads and logs disagree.</param>
/// <param name="Named">The bytes that they name, and the first agreement that does.</param>
/// <param name="First">When the first event of all happened; null without any.</param>
/// <param name="Last">When the last one did.</param>
public sealed record LogsRead(int Agreements, IReadOnlyList<Discord> Discords,
    IReadOnlyList<(AgreementId Agreement, StoredBytes Bytes)> Named, Instant? First, Instant? Last)
{
    /// <exception cref="UnknownEventException">A newer program has written a log: only that one knows what it names.</exception>
    public static async Task<LogsRead> Of(IEventStore logs, CancellationToken cancellation = default)
    {
        var (agreements, discords, named) = (0, new List<Discord>(), new Dictionary<Sha256, (AgreementId, StoredBytes)>());
        var (first, last) = ((Instant?)null, (Instant?)null);
        foreach (var trace in await logs.Survey(cancellation).ToListAsync(cancellation))
        {
            agreements++;
            var log = trace.Rows == 0 ? [] : await logs.ReadSince(trace.Agreement, 0, cancellation);
            if (Against(trace, log) is { } discord)
                discords.Add(discord);
            if (log.Count > 0)
                (first, last) = (Instant.Min(first ?? log[0].At, log[0].At), Instant.Max(last ?? log[^1].At, log[^1].At));
            foreach (var bytes in NamedBytes.In(log))
                named.TryAdd(bytes.Address, (trace.Agreement, bytes));
        }
        return new(agreements, discords, [.. named.Values], first, last);
    }

    static Discord? Against(LogTrace trace, IReadOnlyList<StoredEvent> log) =>
        trace.Rows == 0 ? new(trace.Agreement, DiscordKind.NoLog, null)
        : trace.Head is null ? new(trace.Agreement, DiscordKind.NoHead, null)
        : HashChain.FirstBreak(trace.Agreement, log, ErasableFields.ReadsErased) is { } broken
            ? new(trace.Agreement, DiscordKind.LogBroken, null) { Sequence = broken }
        // Rows that came in between the look and the reading are no disagreement.
        : log.Count < trace.Head || trace.Rows > trace.Head
        ? new(trace.Agreement, DiscordKind.HeadElsewhere, null) { Sequence = trace.Head }
        : null;
}
