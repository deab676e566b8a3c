using MrAgreement.Work;

namespace MrAgreement.Reports;

/// <summary>A row that is another than when its section was last saved.</summary>
/// <param name="Was">Null of a row that was not there.</param>
/// <param name="Now">Null of a row that is there no longer.</param>
public sealed record ReportChange(ReportRow? Was, ReportRow? Now);

/// <summary>What has become of a block since its section was last saved.</summary>
public static class ReportChanges
{
    /// <summary>Rows that are others, in the order of what is there now; nothing of a block that was never looked at.</summary>
    public static IReadOnlyList<ReportChange> Between(ReportTable? was, ReportTable? now)
    {
        if (was is null || now is not null && was.SaysSame(now))
            return [];
        var before = was.Rows.ToLookup(row => row.Key);
        var after = (now?.Rows ?? []).ToLookup(row => row.Key);
        return
        [
            .. (now?.Rows ?? []).Where(row => before[row.Key].FirstOrDefault() is not { } then || !then.Cells.SequenceEqual(row.Cells))
                .Select(row => new ReportChange(before[row.Key].FirstOrDefault(), row)),
            .. was.Rows.Where(row => !after[row.Key].Any()).Select(row => new ReportChange(row, null))
        ];
    }
}
