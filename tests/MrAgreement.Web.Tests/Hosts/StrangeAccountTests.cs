using Azure.Data.Tables;
using MrAgreement.Local;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>One row in an account's table that no program has written.</summary>
public class StrangeAccountTests(Azurite azurite)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_no_program_has_written_in_the_table_stops_nothing_and_is_named()
    {
        using var folder = new TemporaryFolder();
        var storage = azurite.FreshAccount();
        var table = AzureAccount.Parse(storage, () => throw new InvalidOperationException("The key is enough.")).Tables.GetTableClient(AzureStores.TableName);
        await using var host = await RunningHost.Start(storage: storage);
        var (path, other) = (await Posted.Agreement(host), await Posted.Agreement(host));
        (await host.Admin.Get("changes")).Is(200);
        (await host.Officer.Get("agreements")).Is(200);
        var id = path["agreements/".Length..].Replace("-", "", StringComparison.Ordinal);
        var rows = await table.QueryAsync<TableEntity>(cancellationToken: Cancellation).ToListAsync(Cancellation);
        var (head, shard) = (rows.Single(row => row.RowKey == $"{id}-h"), rows.Single(row => row.RowKey == $"l{id}").PartitionKey);
        var elsewhere = shard == "0" ? "1" : "0";
        var first = rows.Single(row => row.RowKey == $"{id}-e0000000001");
        var move = rows.First(row => row is { PartitionKey: "changes", RowKey: ['m', ..] });
        TableEntity Head(string property, object value) => new(head) { [property] = value };
        TableEntity[] strange =
        [
            Head("AppendId", "x"), Head("Hash", "zz"), Head("Sequence", "3"),
            new(shard, "w0x"), new(elsewhere, $"w000000000000000-{id}"), new(elsewhere, $"l{id}"), new(shard, "lzzz"),
            new(shard, "nzzz"), new(shard, $"n{new string('0', 32)}"), new(shard, "mzzz"),
            new(first) { ["Hash"] = "zz" }, new(first) { ["At"] = long.MaxValue },
            new("kept-log-faults", "k78") { ["Data"] = "x" }
        ];
        // Mended by what comes next, or passed over.
        TableEntity[] unnamed =
        [
            new(shard, $"m{id}") { ["Sequence"] = "x" }, new(move) { ["Hash"] = "zz" }, new(move) { ["Place"] = "x", ["To"] = "x" },
            new(rows.Single(row => row is { PartitionKey: "changes", RowKey: "counter" })) { ["Place"] = "x" }
        ];
        foreach (var it in strange.Concat(unnamed))
        {
            var named = $"{it.PartitionKey} {it.RowKey} {string.Join(' ', it.Select(pair => $"{pair.Key}={pair.Value}"))}";
            var before = rows.Find(row => (row.PartitionKey, row.RowKey) == (it.PartitionKey, it.RowKey));
            await table.UpsertEntityAsync(it, TableUpdateMode.Replace, Cancellation);

            Assert.True((await host.Admin.Post("checkpoints")).Status is 200 or 201, named);
            foreach (var asked in new[] { "changes", "agreements", "deadlines", $"{other}/events/verification" })
                Assert.True((await host.Admin.Get(asked)).Status == 200, $"{named}: {asked}");
            Assert.True((await host.Lead.Get("me/export")).Status == 200, $"{named}: me/export");
            (await host.Admin.Get("/health/ready")).Is(200);
            using (var stores = await Stores.Open(HostSettings.Read(["--data", folder["data"], "--storage", storage, "--verify"], _ => null)))
            {
                using var errors = new StringWriter();
                var code = await Verification.Run(stores, TextWriter.Null, errors);
                Assert.True(code == 1 || unnamed.Contains(it), $"{named}: nothing is named.");
            }

            if (before is not null)
                await table.UpsertEntityAsync(before, TableUpdateMode.Replace, Cancellation);
            else
                await table.DeleteEntityAsync(it.PartitionKey, it.RowKey, cancellationToken: Cancellation);
        }
    }
}
