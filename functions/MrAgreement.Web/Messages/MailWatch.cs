using System.Text.Json;
using Microsoft.Extensions.Logging;
using MrAgreement.Calendars;
using MrAgreement.Running;
using NodaTime.Text;

namespace MrAgreement.Web.Messages;

/// <summary>Compares every night what should have gone with what went, and tells of a difference until it is right again.</summary>
/// <param name="bounces">Null where nobody reads them.</param>
public sealed partial class MailWatch(Postman postman, IEventStore logs, IKeptRecords kept, IClock clock, Openings openings,
    ILogger<MailWatch> log, Bounces? bounces = null)
{
    const string Kind = "mail-faults";
    const string Last = "mail-watched";

    /// <summary>Once a day, whoever of several hosts comes first.</summary>
    public async Task LookWhenDue(CancellationToken cancellation)
    {
        var today = LocalDatePattern.Iso.Format(StockholmTime.DateOf(SystemClock.Instance.GetCurrentInstant()));
        if (await kept.Setting(Last, cancellation) == today)
        {
            // What has gone since is told no longer.
            foreach (var (id, _) in await Known(cancellation))
                if (await Missing(id, cancellation) is [])
                    await Note(id, [], cancellation);
            return;
        }
        await Look(cancellation);
        await kept.Set(Last, today, cancellation);
    }

    /// <summary>Looks at every agreement, and clears away what is over.</summary>
    public async Task Look(CancellationToken cancellation)
    {
        await postman.Sweep(cancellation);
        await openings.Sweep(cancellation);
        await (bounces?.Sweep(cancellation) ?? Task.CompletedTask);
        await foreach (var id in logs.ListAgreements(cancellation))
            await Note(id, await Missing(id, cancellation), cancellation);
    }

    /// <summary>Agreements of which something has not gone that should have, as far as is known.</summary>
    public async Task<IReadOnlyList<(AgreementId Agreement, IReadOnlyList<MissingMessage> Missing)>> Known(
        CancellationToken cancellation) =>
        [.. (await kept.Range(Kind, "", Instant.MinValue, cancellation)).Understood(it => (AgreementId.Parse(it.Key, null),
            (IReadOnlyList<MissingMessage>)JsonSerializer.Deserialize<List<MissingMessage>>(it.Data.Span, Json.Options)!))];

    async Task<IReadOnlyList<MissingMessage>> Missing(AgreementId id, CancellationToken cancellation)
    {
        try
        {
            return await postman.Missing(id, clock.GetCurrentInstant(), cancellation);
        }
        catch (Exception e) when (UnreadableLogException.Is(e))
        {
            // Whoever looks after the logs tells of it.
            return [];
        }
    }

    async Task Note(AgreementId id, IReadOnlyList<MissingMessage> missing, CancellationToken cancellation)
    {
        if (missing.Count == 0)
        {
            await kept.Delete(Kind, $"{id}", null, cancellation);
            return;
        }
        foreach (var it in missing)
            Amiss(log, id, Json.NameOf(it.Kind), it.Of);
        await kept.Put(new(Kind, $"{id}", JsonSerializer.SerializeToUtf8Bytes(missing, Json.Options)), Instant.MinValue, cancellation);
    }

    [LoggerMessage(EventName = "MailFault", Level = LogLevel.Error,
        Message = "Messages of agreement {Agreement} have not gone as they should: {Fault} at event {Sequence}.")]
    static partial void Amiss(ILogger logger, AgreementId agreement, string fault, long sequence);
}
