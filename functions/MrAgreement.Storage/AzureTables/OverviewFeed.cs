using System.Collections.Concurrent;
using Azure.Data.Tables;
using MrAgreement.Overviews;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Storage.AzureTables;

/// <summary>Every agreement's rows in the lists.</summary>
sealed class OverviewFeed(AzureTable table, SqliteReadModels replica) : AgreementFeed(table, "overview")
{
    // That what can be found of the agreement was written too.
    const string Searched = "Searched";

    static readonly Dictionary<string, object> marks = new() { [Searched] = true };

    readonly ConcurrentDictionary<AgreementId, bool> outdated = new();

    /// <summary>Agreements whose rows an older version of the program has written, without all that this one shows.</summary>
    public ICollection<AgreementId> Outdated => outdated.Keys;

    public Task Write(IReadOnlyList<AgreementRows> agreements, CancellationToken cancellation) =>
        Write(agreements.Select(rows => new FeedRow(rows.Portfolio.Agreement, rows.Sequence, Pack(rows with { Search = null }), marks)),
            cancellation);

    protected override async Task Apply(IReadOnlyList<TableEntity> news, CancellationToken cancellation)
    {
        var unpacked = news.Select(row => (Row: row, Rows: TryUnpack(row))).ToList();
        await replica.Write([.. unpacked.Select(it => it.Rows).OfType<AgreementRows>()], cancellation);
        foreach (var (row, rows) in unpacked)
            // What no program has packed is written anew from the log.
            if (rows is null || rows.Money is null || rows.Appropriations is null || !row.ContainsKey(Searched))
                outdated[LogKeys.AgreementOf(row.RowKey)] = true;
            else
                outdated.TryRemove(rows.Portfolio.Agreement, out _);
    }

    static AgreementRows? TryUnpack(TableEntity row) =>
        TryUnpack<AgreementRows>(row) is { Portfolio: { Summary: not null } portfolio, Due: not null, WorkItems: not null } it
            && portfolio.Agreement == LogKeys.AgreementOf(row.RowKey) ? it : null;

    protected override async Task Forget(CancellationToken cancellation)
    {
        await replica.ClearLists(cancellation);
        outdated.Clear();
    }
}
