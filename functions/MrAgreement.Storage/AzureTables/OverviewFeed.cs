using System.Collections.Concurrent;
using Azure.Data.Tables;
using MrAgreement.Overviews;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.AzureTables;

/// <summary>Every agreement's rows in the lists. What can be found of it stands in a row beside them, written in the same transaction, and
/// only where it has changed; a digest of it goes with the rows.</summary>
sealed class OverviewFeed(AzureTable table, SqliteReadModels replica) : AgreementFeed(table, Partition)
{
    public const string Partition = "overview", FoundDigest = "Found", Packed = "Rows";

    readonly ConcurrentDictionary<AgreementId, bool> outdated = new();
    readonly ConcurrentDictionary<AgreementId, string> found = new();

    /// <summary>Agreements whose rows an older version of the program has written, without all that this one shows.</summary>
    public ICollection<AgreementId> Outdated => outdated.Keys;

    /// <summary>Of each agreement, the digest of what can be found of it; empty where nothing was told of that.</summary>
    public IReadOnlyDictionary<AgreementId, string> Found => found;

    /// <summary>The key of what can be found of an agreement: before the rows of all generations, so that following them passes it over.
    /// </summary>
    public static string KeyOfFound(AgreementId agreement) => $"f{agreement.Value:N}";

    public Task Write(IReadOnlyList<AgreementRows> agreements, CancellationToken cancellation) =>
        Write(agreements.Select(Row), cancellation);

    FeedRow Row(AgreementRows rows)
    {
        var id = rows.Portfolio.Agreement;
        var digest = rows.Search is { } told ? Convert.ToHexString(SearchTable.Digest(told)) : found.GetValueOrDefault(id, "");
        return new(id, rows.Sequence, Pack(rows with { Search = null }), rows.Search is { } search ? Pack(search) : [],
            new Dictionary<string, object> { [FoundDigest] = digest });
    }

    protected override TableEntity? Beside(FeedRow row) =>
        row.Found.Length == 0 || found.GetValueOrDefault(row.Agreement) == (string)row.Marks[FoundDigest] ? null
        : new TableEntity(Partition, KeyOfFound(row.Agreement)) { [FoundDigest] = row.Marks[FoundDigest] }.With(Packed, row.Found);

    protected override async Task Apply(IReadOnlyList<TableEntity> news, CancellationToken cancellation)
    {
        var unpacked = news.Select(row => (Row: row, Rows: TryUnpack(row))).ToList();
        await replica.Write([.. unpacked.Select(it => it.Rows).OfType<AgreementRows>()], cancellation);
        foreach (var (row, rows) in unpacked)
        {
            var (id, digest) = (LogKeys.AgreementOf(row.RowKey), row.TextOrNone(FoundDigest));
            if (digest is not null)
                found[id] = digest;
            // What no program has packed is written anew from the log.
            if (rows?.Money is null || rows.Appropriations is null || digest is null)
                outdated[id] = true;
            else
                outdated.TryRemove(id, out _);
        }
    }

    protected override async Task Forget(CancellationToken cancellation)
    {
        await replica.ClearLists(cancellation);
        outdated.Clear();
        found.Clear();
    }

    static AgreementRows? TryUnpack(TableEntity row) =>
        TryUnpack<AgreementRows>(row) is { Portfolio: { Summary: not null } portfolio, Due: not null, WorkItems: not null } it
            && portfolio.Agreement == LogKeys.AgreementOf(row.RowKey) ? it : null;
}
