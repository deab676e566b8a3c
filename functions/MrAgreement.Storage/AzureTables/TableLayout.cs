using System.Globalization;
using Azure.Data.Tables;

namespace MrAgreement.Storage.AzureTables;

/// <summary>How the rows lie in a table, written into it once: the version, and over how many partitions logs are spread.</summary>
static class TableLayout
{
    const int Version = 1;

    /// <summary>Of a new table. Each takes some 2 000 rows a second: far more than agreements need, and every list asks each.</summary>
    public const int Shards = 2;

    /// <summary>Makes the table when it is missing, and answers the partitions of its logs.</summary>
    /// <exception cref="StoreRefusedException">The table was written by a newer version of the program.</exception>
    public static async Task<IReadOnlyList<string>> Open(AzureTable table, CancellationToken cancellation)
    {
        var row = await table.Find(LogKeys.Meta, LogKeys.Layout, made: false, cancellation);
        if (row is null)
        {
            await table.Create(cancellation);
            await table.Transact([new TableEntity(LogKeys.Meta, LogKeys.Layout) { ["Version"] = Version, ["Shards"] = Shards }.Insert()],
                cancellation);
            // Somebody else may have been first.
            row = await table.Find(LogKeys.Meta, LogKeys.Layout, cancellation);
        }
        var written = row!.GetInt32("Version")!.Value;
        if (written > Version)
            throw new StoreRefusedException(
                $"The table {table.Name} was written by a newer MrAgreement (version {written} of the layout, this one knows {Version}); use the newer program.");
        return [.. Enumerable.Range(0, row.GetInt32("Shards")!.Value)
            .Select(n => n.ToString(CultureInfo.InvariantCulture))];
    }
}
