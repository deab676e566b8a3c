using MrAgreement.Money;

namespace MrAgreement.Grants;

/// <summary>
/// What may be reported as spent: no party more than it was allocated in the year.
/// With a right to charge, of no appropriation more than was allocated of it,
/// and all together no more than is decided.
/// </summary>
static class ReportLimits
{
    /// <summary>Why a report can't be accepted as it is; null when it keeps within.</summary>
    public static Refused? Against(Grant it, AllocationReport report)
    {
        var (all, decided) = (it.CountedReports.Sum(r => r.Spent), it.Usable(Kronor.Zero));
        return OfItsOwn(it, report) ?? (it.IsRightToCharge && all > decided
            ? new("reports-exceed-decided", ("spent", all), ("decided", decided))
            : null);
    }

    /// <summary>Whether it keeps within what its own party was allocated: what the party itself may hear.</summary>
    public static Refused? OfItsOwn(Grant it, AllocationReport report)
    {
        var parts = it.Allocations.Where(a => a.Made.Year == report.Year)
            .SelectMany(a => a.Made.Parts.Where(part => part.Party == report.Party).Select(part => (a.Made.Appropriation, part.Amount)))
            .ToList();
        var allocated = parts.Sum(part => part.Amount);
        if (report.Spent > allocated)
            return new("report-exceeds-allocated",
                ("number", report.Number), ("key", report.Party), ("year", report.Year), ("spent", report.Spent), ("allocated", allocated));
        if (!it.IsRightToCharge)
            return null;
        // What names no appropriation may be of any. An item (anslagspost) is a part of its appropriation.
        var free = parts.Where(part => part.Appropriation is null).Sum(part => part.Amount);
        foreach (var of in report.Prepared.Lines.Where(line => line.Appropriation is not null)
            .GroupBy(line => (line.Appropriation!.Area, line.Appropriation.Item)))
        {
            var (spent, most) = (of.Sum(line => line.Amount),
                parts.Where(part => (part.Appropriation?.Area, part.Appropriation?.Item) == of.Key).Sum(part => part.Amount));
            if (spent > most + free)
                return new("report-exceeds-appropriation", ("number", report.Number), ("key", report.Party), ("area", of.Key.Area),
                    ("item", of.Key.Item),
                    ("spent", spent), ("allocated", most));
            free -= Kronor.Greatest(Kronor.Zero, spent - most);
        }
        return null;
    }

    /// <summary>The reports that count, or have been accepted, and go beyond.</summary>
    public static IEnumerable<AllocationReport> Beyond(Grant it) =>
        it.CountedReports.Concat(it.CostReports).DistinctBy(report => report.Number).Where(report => Against(it, report) is not null);

    /// <summary>Why the grant can't be settled as it has been reported; null when all keep within.</summary>
    public static Fault? Against(Grant it) => Beyond(it).ToList() is [var first, ..] beyond
        ? new($"/grant/allocation-reports/{first.Number}", "reports-exceed-allocated",
        ("list", string.Join(", ", beyond.Select(r => $"{r.Party} {r.Year}"))))
        : null;

    /// <summary>The same as a refusal.</summary>
    public static Refused? Unsettled(Grant it) => Against(it) is { } fault ? new("reports-exceed-allocated", [.. fault.Values]) : null;
}
