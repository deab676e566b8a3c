using System.Globalization;
using System.Text.Json;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.People;

namespace MrAgreement.Running;

/// <summary>Each party's periods by kind of document, as kept records; who changed them stands in the log of security events.</summary>
public sealed class KeptRetention(IKeptRecords kept, SecurityLog log, IClock machine)
{
    const string Kind = "retention";

    /// <summary>A party's periods, and the version of their record.</summary>
    public async Task<(RetentionPlan Plan, string Tag)> Read(string party, CancellationToken cancellation = default) =>
        await kept.Find(Kind, party, machine.GetCurrentInstant(), cancellation) is { } record
            ? (JsonSerializer.Deserialize<RetentionPlan>(record.Data.Span, Json.Options)!, record.ETag!)
            : (RetentionPlan.None(party), KeptRecord.New);

    /// <summary>Whether somebody may set a party's periods: whom the party trusts with its people.</summary>
    public static bool MaySet(Actor by) => by.Party.Length > 0 && RegisterRules.MayManage(by, by.Party);

    /// <summary>Sets all periods of the person's own party; answers why not, or null.</summary>
    public async Task<Refused?> Set(Actor by, IReadOnlyList<RetentionPeriod> periods, string tag, string? from,
        CancellationToken cancellation = default)
    {
        if (!MaySet(by))
            return new("forbidden", RefusalKind.Forbidden, ("role", by.Role));
        if (RetentionPlan.Faults(periods) is { Count: > 0 } faults)
            return Refused.Invalid(faults);
        var now = machine.GetCurrentInstant();
        var plan = new RetentionPlan(by.Party, [.. periods.Select(it => it with { Reference = it.Reference.Trim() })], by.Id, now);
        if (await kept.Put(new(Kind, by.Party, JsonSerializer.SerializeToUtf8Bytes(plan, Json.Options), tag), now, cancellation) is null)
            return new("changed-meanwhile");
        await log.Write(SecurityEvent.RetentionChanged, by.Id, by.Party, from,
            string.Join(", ", plan.Periods.Select(it => $"{it.Kind} {it.Years?.ToString(CultureInfo.InvariantCulture) ?? "-"}")),
            cancellation);
        return null;
    }
}
