using System.Globalization;
using System.Text.Json;
using MrAgreement.Calendars;
using MrAgreement.People;
using NodaTime.Text;

namespace MrAgreement.Running;

/// <summary>The log of security events: kept records by day, so that a day can be read by itself.</summary>
public sealed class SecurityLog(IKeptRecords kept, IClock machine, Func<Guid> newId)
{
    const string Kind = "security-log";

    /// <summary>How long an entry is kept.</summary>
    public static readonly Duration Lasts = Duration.FromDays(730);

    public async Task Write(SecurityEvent happened, PersonId? by, string? about = null, string? from = null, string? detail = null,
        CancellationToken cancellation = default)
    {
        var at = machine.GetCurrentInstant();
        // In order within the day, and never the same twice.
        var key = string.Create(CultureInfo.InvariantCulture,
            $"{LocalDatePattern.Iso.Format(StockholmTime.DateOf(at))}/{at.ToUnixTimeMilliseconds():D15}-{newId():N}");
        await kept.Put(new(Kind, key,
            JsonSerializer.SerializeToUtf8Bytes(new SecurityEntry(at, happened, by, about, from, detail), Json.Options),
            KeptRecord.New, at + Lasts), at, cancellation);
    }

    /// <summary>What happened on a day in Stockholm, the latest first.</summary>
    public async Task<IReadOnlyList<SecurityEntry>> On(LocalDate day, CancellationToken cancellation = default) =>
    [
        .. (await kept.Range(Kind, $"{LocalDatePattern.Iso.Format(day)}/", machine.GetCurrentInstant(), cancellation))
            .Understood(record => JsonSerializer.Deserialize<SecurityEntry>(record.Data.Span, Json.Options)!).Reverse()
    ];

    /// <summary>All that is told of somebody, by or about them, oldest first.</summary>
    public async Task<IReadOnlyList<SecurityEntry>> Of(PersonId person, CancellationToken cancellation = default)
    {
        var (found, now) = (new List<SecurityEntry>(), machine.GetCurrentInstant());
        // A month at a time: all of it may be more than is to be held at once.
        for (var month = StockholmTime.DateOf(now - Lasts).ToYearMonth(); month.OnDayOfMonth(1) <= StockholmTime.DateOf(now);
            month = month.PlusMonths(1))
            found.AddRange((await kept.Range(Kind, string.Create(CultureInfo.InvariantCulture, $"{month.Year:D4}-{month.Month:D2}-"), now,
                cancellation)).Understood(record => JsonSerializer.Deserialize<SecurityEntry>(record.Data.Span, Json.Options)!)
                .Where(entry => entry.By == person || entry.About == person.Value));
        return found;
    }

    /// <summary>Clears away what has been kept long enough.</summary>
    public Task Sweep(CancellationToken cancellation = default) => kept.Sweep(Kind, machine.GetCurrentInstant(), cancellation);
}
